/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_section_new: @section on screen: heading (if it has one) and aligned lines whose values can be
 * selected. @labels: (nullable): the group that makes the labels of a page equally wide.
 * Returns: (transfer floating): a shown box, to which more can be added */
GtkWidget *tou_section_new (const TouSheetSection *section, GtkSizeGroup *labels);

/** tou_section_fill: replaces what @box holds by all sections of @sheet. */
void tou_section_fill (GtkBox *box, const TouRecordSheet *sheet, GtkSizeGroup *labels);

/** tou_section_fill_densely: the same in fewer lines, above what is to be typed: short ones in pairs. */
void tou_section_fill_densely (GtkBox *box, const TouRecordSheet *sheet, GtkSizeGroup *labels);

G_END_DECLS
