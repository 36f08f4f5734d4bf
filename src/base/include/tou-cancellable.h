/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * tou_cancellable_new_following:
 * @outer: (nullable): the caller's
 *
 * A cancellable of one's own that is cancelled with @outer, so that work can also be ended by the one who
 * does it, by a time-out or by leaving. It may outlive @outer and may go before it. Any thread.
 *
 * Returns: (transfer full): cancelled already when @outer is
 */
GCancellable *tou_cancellable_new_following (GCancellable *outer) G_GNUC_WARN_UNUSED_RESULT;

/**
 * tou_cancellable_watch:
 * @cancellable: (nullable)
 *
 * Has the default main context call @callback once @cancellable is cancelled, and never from within
 * g_cancellable_cancel(): the one who cancels may not expect that a task ends at once.
 *
 * Returns: (transfer full) (nullable): %NULL without @cancellable; for tou_cancellable_unwatch()
 */
GSource *tou_cancellable_watch (GCancellable *cancellable, GCancellableSourceFunc callback,
                                gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

/** tou_cancellable_unwatch: @watch: (inout) (nullable): no call comes from it any more. */
void tou_cancellable_unwatch (GSource **watch);

G_END_DECLS
