/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouFold:
 *
 * A row that becomes a column where it has not the room: each child that does not expand wants its natural
 * width, each that does ("hexpand") up to TOU_FOLD_ROOM. So a page needs no more width than its widest part,
 * whatever the size of the text. Where rows stand below each other, a #GtkSizeGroup gives them equal columns
 * and folds them together. It draws nothing of its own. In a column those with "vexpand" share the height
 * that is left. A label without text keeps its place in a row and has none in a column. Main thread.
 */
#define TOU_TYPE_FOLD (tou_fold_get_type ())
G_DECLARE_FINAL_TYPE (TouFold, tou_fold, TOU, FOLD, GtkContainer)

/** TOU_FOLD_ROOM: what text that wraps gets beside others before the row is folded, in em. */
#define TOU_FOLD_ROOM 15

/**
 * TouFold:spacing: between the children of a row, in pixels
 * TouFold:fold-spacing: between those of a column, in pixels
 */

/** tou_fold_new: visible; @spacing, @fold_spacing: in pixels */
GtkWidget *tou_fold_new (int spacing, int fold_spacing);

/** tou_fold_hide_folded: @child is not there while the row is folded: what would say nothing above or below
 * the others. */
void tou_fold_hide_folded (TouFold *self, GtkWidget *child);

/** tou_fold_get_em: Returns: the size of @widget's font, in pixels */
int tou_fold_get_em (GtkWidget *widget);

G_END_DECLS
