/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The room that a dialog which takes the size that it needs has on its screen. Main thread. */

/** tou_dialog_room_get_height: Returns: how high @dialog may be, in logical pixels: the screen that it is on,
 * or that its parent is on, less what a window manager puts around it. */
int tou_dialog_room_get_height (GtkWindow *dialog);

/** tou_dialog_room_get_width: the same, how wide. */
int tou_dialog_room_get_width (GtkWindow *dialog);

/** tou_dialog_room_measure_rest: Returns: how high @dialog would be without @part of it, as things are, if it
 * had all the room there could be. */
int tou_dialog_room_measure_rest (GtkWindow *dialog, GtkWidget *part);

/** tou_dialog_room_keep: moves @dialog up when what has come into it would push its buttons off the screen.
 * From its size_allocate(), after that of the parent class; @allocation: as there. */
void tou_dialog_room_keep (GtkWindow *dialog, const GtkAllocation *allocation);

G_END_DECLS
