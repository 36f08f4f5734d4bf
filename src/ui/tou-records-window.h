/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouRecordsWindow:
 *
 * What was handed in, newest first, to be looked at, printed and saved again at any time; needs neither the
 * service nor a sign-in. A window beside the work, so that a form or a submission under way is not disturbed.
 */
#define TOU_TYPE_RECORDS_WINDOW (tou_records_window_get_type ())
G_DECLARE_FINAL_TYPE (TouRecordsWindow, tou_records_window, TOU, RECORDS_WINDOW, GtkWindow)

/** tou_records_window_new: hidden; it goes with @parent. @is_practice: says so. */
GtkWidget *tou_records_window_new (GtkWindow *parent, TouRecordFlow *flow, gboolean is_practice);

/** tou_records_window_present: reads the list anew and shows it. */
void tou_records_window_present (TouRecordsWindow *self);

G_END_DECLS
