/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tou_comparison_new:
 * @before, @after: the same labels in the same order; their headings become those of the columns
 * @labels: (nullable): the group that makes the labels of a page equally wide
 *
 * Two states of the same things side by side: the registered contact and the one typed, the card in use and
 * the new one. What differs is said by a word beside it and by its weight, not by colour alone. Returns:
 * (transfer floating): a shown grid whose values can be selected
 */
GtkWidget *
tou_comparison_new (const TouSheetSection *before, const TouSheetSection *after, GtkSizeGroup *labels);

/** tou_comparison_new_changes: the same of the lines that differ; those that do not are dropped from both.
 * Returns: (transfer floating) (nullable): %NULL when none differs */
GtkWidget *tou_comparison_new_changes (TouSheetSection *before, TouSheetSection *after, GtkSizeGroup *labels);

G_END_DECLS
