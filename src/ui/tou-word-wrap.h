/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_word_wrap_set: no line of the labels in @root breaks inside a katakana word (with the letters before
 * it, as in ICカード) or a date, now and whenever their text changes. Unicode's rules allow a break between
 * any two of those characters. Labels that are added later are not seen. */
void tou_word_wrap_set (GtkWidget *root);

/** tou_word_wrap_find: Returns: (transfer full) (nullable): the attributes that keep the words of @text
 * whole; %NULL: there is none to be kept. */
PangoAttrList *tou_word_wrap_find (const char *text);

G_END_DECLS
