/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-error-catalogue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouErrorListWindow:
 *
 * エラーコード表 (manual 6.2): all codes, searched by code or by words of message, cause and remedy, with
 * every explained cause. It stands beside the work and beside modal dialogs, and disturbs neither.
 */
#define TOU_TYPE_ERROR_LIST_WINDOW (tou_error_list_window_get_type ())
G_DECLARE_FINAL_TYPE (TouErrorListWindow, tou_error_list_window, TOU, ERROR_LIST_WINDOW, GtkWindow)

/** tou_error_list_window_present: shows the one list there is, made when it is first asked for. @over: any
 * window of the program; the list goes with its main window. @entry: (nullable): the code to show, that cause
 * first. Returns: (transfer none) */
TouErrorListWindow *tou_error_list_window_present (GtkWindow *over, const TouErrorEntry *entry);

G_END_DECLS
