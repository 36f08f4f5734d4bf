/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-desk.h"
#include "tou-worker.h"

G_BEGIN_DECLS

/**
 * TouSlotWatch:
 *
 * Looks four times a second whether readers or cards came or went, on the worker, between its other work. A
 * source of PC/SC events can take its place: nothing else knows how the news comes. Main thread.
 *
 * Signals: "changed"; "lost": the unlocked token is gone (after "changed").
 */
#define TOU_TYPE_SLOT_WATCH (tou_slot_watch_get_type ())
G_DECLARE_FINAL_TYPE (TouSlotWatch, tou_slot_watch, TOU, SLOT_WATCH, GObject)

/** tou_slot_watch_new: @desk: belongs to @worker's thread and outlives the work pushed there */
TouSlotWatch *tou_slot_watch_new (TouWorker *worker, TouCardDesk *desk);

/** tou_slot_watch_set_running: stopped at first, and while a call is at work. */
void tou_slot_watch_set_running (TouSlotWatch *self, gboolean running);

G_END_DECLS
