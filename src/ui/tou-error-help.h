/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-error-catalogue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* F1: the list of error codes, open at what the window in front says has gone wrong. Main thread. */

/** tou_error_help_mark: @widget, while it can be seen, says what @entry (nullable) is about. */
void tou_error_help_mark (GtkWidget *widget, const TouErrorEntry *entry);

/** tou_error_help_show: opens the list at the first error that @window shows; at its top where it shows none.
 */
void tou_error_help_show (GtkWindow *window);

/** tou_error_help_add_key: F1 does so in @window, when what has the focus does not take the key. For dialogs
 * and side windows; in their init. */
void tou_error_help_add_key (GtkWindow *window);

G_END_DECLS
