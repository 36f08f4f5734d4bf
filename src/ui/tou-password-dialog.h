/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-session-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouPasswordDialog:
 *
 * The session is over, and the work is to go on where it stands: the same user enters the password once more,
 * for the same category. Every failure is shown inside, so that only the password has to be typed again.
 * Main thread.
 *
 * It hides and destroys itself. Signals, one of the two, once: "signed-in": a new session is open.
 * "closed": the user gave up.
 */
#define TOU_TYPE_PASSWORD_DIALOG (tou_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TouPasswordDialog, tou_password_dialog, TOU, PASSWORD_DIALOG, GtkDialog)

/** tou_password_dialog_new: @session: in which somebody was signed in. Show it with gtk_window_present().
 * Returns: (transfer none) */
TouPasswordDialog *tou_password_dialog_new (GtkWindow *parent, TouSessionFlow *session);

G_END_DECLS
