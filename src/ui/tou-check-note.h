/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-unlock-step.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouCheckNote: what the check of the card's certificate could not find out, as a line that stops nobody.
 * Not visible when there is nothing to say. */
#define TOU_TYPE_CHECK_NOTE (tou_check_note_get_type ())
G_DECLARE_FINAL_TYPE (TouCheckNote, tou_check_note, TOU, CHECK_NOTE, GtkBox)

/** tou_check_note_new: follows @step, which is referenced. */
GtkWidget *tou_check_note_new (TouUnlockStep *step);

G_END_DECLS
