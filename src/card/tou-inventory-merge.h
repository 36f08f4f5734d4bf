/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"

G_BEGIN_DECLS

/* One inventory out of those of several modules. */

/**
 * tou_inventory_merge_add:
 * @self: not shared yet
 * @part: what one module sees
 * @member: the module's number
 *
 * Adds @part: a reader that several modules see is there once, with what the one says that knows most of its
 * card; so is a card, told by its reader and its certificates, of the module that was added first. Tokens get
 * names that no other module's have. The modules of @part are left out.
 */
void tou_inventory_merge_add (TouCardInventory *self, const TouCardInventory *part, guint member);

/**
 * tou_inventory_merge_split_id:
 * @id: of a token of a merged inventory
 * @out_member: (out): the number of its module
 *
 * Returns: (transfer none) (nullable): its name there; %NULL: of no merged inventory
 */
const char *tou_inventory_merge_split_id (const char *id, guint *out_member);

/** tou_inventory_merge_describe: Returns: (transfer full): the same text for inventories that look the same
 * to a user, readers and cards. @inventory: (nullable) */
char *tou_inventory_merge_describe (const TouCardInventory *inventory);

G_END_DECLS
