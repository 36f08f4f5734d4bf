/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-modules.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouModuleRow:
 *
 * One card module in the preferences: its name, how it does, where it comes from, a switch, and a button to
 * take it out of the list where the user has put it there.
 */
#define TOU_TYPE_MODULE_ROW (tou_module_row_get_type ())
G_DECLARE_FINAL_TYPE (TouModuleRow, tou_module_row, TOU, MODULE_ROW, GtkListBoxRow)

/** tou_module_row_new: @entry: of @modules; that of the row for good, by its path. */
GtkWidget *tou_module_row_new (TouCardModules *modules, const TouModuleEntry *entry);

/** tou_module_row_is_for: Returns: whether it is the row of @entry. */
gboolean tou_module_row_is_for (TouModuleRow *self, const TouModuleEntry *entry);

/** tou_module_row_show: @entry as it is now. @is_looking: a module that has not answered is being asked. */
void tou_module_row_show (TouModuleRow *self, const TouModuleEntry *entry, gboolean is_looking);

G_END_DECLS
