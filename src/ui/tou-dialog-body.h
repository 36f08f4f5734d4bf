/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouDialogBody:
 *
 * What a dialog holds above its buttons. It asks for its "width" (in em, as a rule TOU_DIALOG_BODY_WIDTH), or
 * what the screen has, so that text inside wraps; where it would push the buttons off the screen it is less
 * high and can be scrolled. Main thread.
 */
#define TOU_TYPE_DIALOG_BODY (tou_dialog_body_get_type ())
G_DECLARE_FINAL_TYPE (TouDialogBody, tou_dialog_body, TOU, DIALOG_BODY, GtkScrolledWindow)

/** TOU_DIALOG_BODY_WIDTH: in em */
#define TOU_DIALOG_BODY_WIDTH 46

/** tou_dialog_body_measure_hidden: Returns: how much of its height it does not ask for, as things are, in
 * pixels */
int tou_dialog_body_measure_hidden (TouDialogBody *self);

G_END_DECLS
