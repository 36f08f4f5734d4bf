/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TOU_PRACTICE_PANEL_ACTION: the action of the application that shows and hides the practice panel; there in
 * practice only. */
#define TOU_PRACTICE_PANEL_ACTION "practice-panel"

/** TouPracticeButton: for templates of dialogs that ask for a card: opens the practice panel, which a modal
 * dialog does not bar; so does F9 in that dialog. It shows itself in practice and stays away otherwise. */
#define TOU_TYPE_PRACTICE_BUTTON (tou_practice_button_get_type ())
G_DECLARE_FINAL_TYPE (TouPracticeButton, tou_practice_button, TOU, PRACTICE_BUTTON, GtkButton)

G_END_DECLS
