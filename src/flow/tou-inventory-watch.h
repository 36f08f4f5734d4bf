/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"

G_BEGIN_DECLS

/**
 * TouInventoryWatch:
 *
 * The newest list of readers and cards. One list is asked for at a time; what changes meanwhile leads to one
 * more. Main thread. Signal "changed": a new list, or a new reason why there is none; "idle":
 * the list under way has ended, however it did.
 */
#define TOU_TYPE_INVENTORY_WATCH (tou_inventory_watch_get_type ())
G_DECLARE_FINAL_TYPE (TouInventoryWatch, tou_inventory_watch, TOU, INVENTORY_WATCH, GObject)

TouInventoryWatch *tou_inventory_watch_new (TouCardAccess *cards);

/** tou_inventory_watch_start: lists now and on each change from now on. */
void tou_inventory_watch_start (TouInventoryWatch *self);

/** tou_inventory_watch_pause: changes no longer lead to a list; one under way still ends with "changed". */
void tou_inventory_watch_pause (TouInventoryWatch *self);

/** tou_inventory_watch_stop: pauses and cancels a list under way, without "changed". */
void tou_inventory_watch_stop (TouInventoryWatch *self);

gboolean tou_inventory_watch_is_listing (TouInventoryWatch *self);

/** tou_inventory_watch_get_inventory: Returns: (transfer none) (nullable) */
TouCardInventory *tou_inventory_watch_get_inventory (TouInventoryWatch *self);
/** tou_inventory_watch_get_error: Returns: (transfer none) (nullable) */
const GError *tou_inventory_watch_get_error (TouInventoryWatch *self);

G_END_DECLS
