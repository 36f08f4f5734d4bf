/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Times as the screens write them: in Japan's time, in which the services set their deadlines, wherever the
 * PC is. @time_us: microseconds since 1970 UTC. */

/** tou_time_text_moment: Returns: (transfer full): "2026年11月23日 18時28分" */
char *tou_time_text_moment (gint64 time_us);

/** tou_time_text_date: Returns: (transfer full): "2028/02/29" */
char *tou_time_text_date (gint64 time_us);

G_END_DECLS
