/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-session-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouSessionClock: how many minutes the session lasts if nothing more is asked of the service, while it can
 * be seen. In the last minutes it stands out and says what follows, and a screen reader says it once. It
 * never takes the focus. Main thread. */
#define TOU_TYPE_SESSION_CLOCK (tou_session_clock_get_type ())
G_DECLARE_FINAL_TYPE (TouSessionClock, tou_session_clock, TOU, SESSION_CLOCK, GtkLabel)

/** tou_session_clock_follow: once. */
void tou_session_clock_follow (TouSessionClock *self, TouSessionFlow *session);

G_END_DECLS
