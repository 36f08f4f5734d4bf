/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-hub.h"
#include "tou-module-search.h"

G_BEGIN_DECLS

/**
 * TouModuleList:
 *
 * #TouCardModules out of what is found on this computer and what the user has chosen; gives a hub the modules
 * that are in use. The settings are those of data/io.github.touroku.Touroku.gschema.xml: card-modules,
 * unused-card-modules, find-card-modules. Main thread.
 */
#define TOU_TYPE_MODULE_LIST (tou_module_list_get_type ())
G_DECLARE_FINAL_TYPE (TouModuleList, tou_module_list, TOU, MODULE_LIST, GObject)

/**
 * tou_module_list_new:
 * @settings: (nullable): %NULL: nothing is kept
 * @places: (transfer full): where to look
 *
 * The search begins at once; the user's own modules are in the hub before it has ended.
 */
TouModuleList *tou_module_list_new (GSettings *settings, TouModulePlaces *places, TouCardHub *hub);

G_END_DECLS
