/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouPracticePanel: the desk beside the PC: two readers, the cards, and what to type in practice; and the
 * agency's people, who decide about applications. A window in a group of its own, so that cards can be put in
 * while a modal dialog asks for one. Closing hides it. */
#define TOU_TYPE_PRACTICE_PANEL (tou_practice_panel_get_type ())
G_DECLARE_FINAL_TYPE (TouPracticePanel, tou_practice_panel, TOU, PRACTICE_PANEL, GtkWindow)

GtkWidget *tou_practice_panel_new (GtkWindow *parent, TouPracticeControl *control);

G_END_DECLS
