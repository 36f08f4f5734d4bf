/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouErrorDialog: the same error in a window of its own (manual 6.1, the first form). It closes itself on
 * any response; show it with gtk_window_present(). Response GTK_RESPONSE_APPLY: the user allowed a damaged
 * practice folder to be made anew. */
#define TOU_TYPE_ERROR_DIALOG (tou_error_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TouErrorDialog, tou_error_dialog, TOU, ERROR_DIALOG, GtkDialog)

/** tou_error_dialog_new: @profile: (nullable): whose help desk is named. */
GtkWidget *tou_error_dialog_new (GtkWindow *parent, const GError *error, const TouServiceProfile *profile);

G_END_DECLS
