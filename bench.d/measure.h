/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ms_since: @start_us: of g_get_monotonic_time(). Returns: milliseconds */
double ms_since (gint64 start_us);

/** watch_loop: from now on the default main context is watched: how long it stands still, from the end of one
 * poll to the beginning of the next. Once a program; main thread, as the next two. */
void watch_loop (void);

/** restart_loop_watch: forgets what was measured. */
void restart_loop_watch (void);

/** get_longest_ms: Returns: how long the loop stood still at most, in milliseconds. */
double get_longest_ms (void);

G_END_DECLS
