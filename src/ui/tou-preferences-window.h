/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-modules.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouPreferencesWindow:
 *
 * The card software on this computer: what there is, how it does, and which of it is used. A window beside
 * the work; it does not hold up a form or a card that is open.
 */
#define TOU_TYPE_PREFERENCES_WINDOW (tou_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (TouPreferencesWindow, tou_preferences_window, TOU, PREFERENCES_WINDOW, GtkWindow)

/** tou_preferences_window_new: hidden; it goes with @parent. @modules: (nullable): %NULL in practice */
GtkWidget *tou_preferences_window_new (GtkWindow *parent, TouCardModules *modules);

/** tou_preferences_window_present: shows it, and looks at the modules again. */
void tou_preferences_window_present (TouPreferencesWindow *self);

G_END_DECLS
