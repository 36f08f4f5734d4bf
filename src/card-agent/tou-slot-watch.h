/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-desk.h"
#include "tou-worker.h"

G_BEGIN_DECLS

/**
 * TouSlotWatch:
 *
 * Tells when readers or cards came or went. Where the module's slots are PC/SC readers it waits for PC/SC's
 * events (TouPcscWatch) and leaves the card alone; else it looks four times a second, on the worker, between
 * its other work. Main thread.
 *
 * Signals: "changed"; "lost": the unlocked token is gone (after "changed").
 */
#define TOU_TYPE_SLOT_WATCH (tou_slot_watch_get_type ())
G_DECLARE_FINAL_TYPE (TouSlotWatch, tou_slot_watch, TOU, SLOT_WATCH, GObject)

/** tou_slot_watch_new: @desk: belongs to @worker's thread and outlives the work pushed there */
TouSlotWatch *tou_slot_watch_new (TouWorker *worker, TouCardDesk *desk);

/** tou_slot_watch_set_running: stopped at first, and while a call is at work; what happens meanwhile is told
 * afterwards. */
void tou_slot_watch_set_running (TouSlotWatch *self, gboolean running);

G_END_DECLS
