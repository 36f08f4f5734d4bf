/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouRecordPrinted: @error: %NULL when it was printed or given up. */
typedef void (*TouRecordPrinted) (const GError *error, gpointer user_data);

/** tou_record_print_run: shows the print dialog for @sheet (transfer full; A4, as many pages as it takes) and
 * returns at once. @parent: (nullable); @callback: called once when the printing is over; @destroy:
 * (nullable): for @user_data. Main thread. */
void tou_record_print_run (TouRecordSheet *sheet, GtkWindow *parent, TouRecordPrinted callback,
                           gpointer user_data, GDestroyNotify destroy);

/** tou_record_print_to_pdf: the same pages as a PDF whose text can be searched and copied. Needs no display;
 * does not write anywhere. Errors: G_IO_ERROR_FAILED.
 * Returns: (transfer full) (nullable) */
GBytes *tou_record_print_to_pdf (const TouRecordSheet *sheet, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
