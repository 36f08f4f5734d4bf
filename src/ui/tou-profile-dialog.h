/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouProfileDialog:
 *
 * Asks whether a service profile that was opened may replace the one of the same agency, or, where it is of
 * another agency that is called the same, whether it may stand beside it. Shows both, the address first. The
 * answer that changes nothing is the default. Modal; it goes by itself when it is answered.
 *
 * "response" is GTK_RESPONSE_ACCEPT for taking it.
 */
#define TOU_TYPE_PROFILE_DIALOG (tou_profile_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TouProfileDialog, tou_profile_dialog, TOU, PROFILE_DIALOG, GtkDialog)

/** tou_profile_dialog_new: @known: what is in the list; @opened: what is in the file. */
GtkWidget *
tou_profile_dialog_new (GtkWindow *parent, const TouServiceProfile *known, const TouServiceProfile *opened);

G_END_DECLS
