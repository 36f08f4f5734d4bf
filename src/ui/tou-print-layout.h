/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-sheet.h"

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/** TouPrintLayout: a sheet broken into pages. All lengths are points (1/72 inch). */
typedef struct _TouPrintLayout TouPrintLayout;

/** tou_print_layout_new: @sheet must outlive it. @context: (transfer full). @width, @height: of what can be
 * printed on. */
TouPrintLayout *
tou_print_layout_new (const TouRecordSheet *sheet, PangoContext *context, double width, double height);
void tou_print_layout_free (TouPrintLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPrintLayout, tou_print_layout_free)

guint tou_print_layout_get_n_pages (const TouPrintLayout *self);

/** tou_print_layout_draw: @page: from 0. The origin of @cairo is the upper left corner of the page. */
void tou_print_layout_draw (TouPrintLayout *self, cairo_t *cairo, guint page);

G_END_DECLS
