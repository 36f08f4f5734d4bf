/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouCountdown: how many seconds are left of a time that somebody else measures; shown while it runs. Main
 * thread. */
#define TOU_TYPE_COUNTDOWN (tou_countdown_get_type ())
G_DECLARE_FINAL_TYPE (TouCountdown, tou_countdown, TOU, COUNTDOWN, GtkLabel)

/** tou_countdown_start: @seconds: from now; 0: not known, nothing is shown. */
void tou_countdown_start (TouCountdown *self, guint seconds);

void tou_countdown_stop (TouCountdown *self);

G_END_DECLS
