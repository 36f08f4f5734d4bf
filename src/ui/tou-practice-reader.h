/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouPracticeReader: one practice reader: what is in it, and a button to put a card in or take it out.
 * Signal "error" (GError *error): that did not work. */
#define TOU_TYPE_PRACTICE_READER (tou_practice_reader_get_type ())
G_DECLARE_FINAL_TYPE (TouPracticeReader, tou_practice_reader, TOU, PRACTICE_READER, GtkBox)

/** tou_practice_reader_new: @name: the reader's; @number: from 1, the mnemonic of its button. */
GtkWidget *tou_practice_reader_new (TouPracticeControl *control, const char *name, guint number);

/** tou_practice_reader_set_cards: @cards: (element-type TouPracticeCard): all there are, wherever they are.
 */
void tou_practice_reader_set_cards (TouPracticeReader *self, GPtrArray *cards);

G_END_DECLS
