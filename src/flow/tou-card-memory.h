/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"
#include "tou-session-flow.h"
#include "tou-unlock-step.h"

G_BEGIN_DECLS

/**
 * TouCardMemory:
 *
 * Which card was used last at the session's agency and in its category, by its certificate and never by its
 * place: a reader or slot may hold another card the next time. A store that fails costs the memory alone.
 * Main thread.
 */
#define TOU_TYPE_CARD_MEMORY (tou_card_memory_get_type ())
G_DECLARE_FINAL_TYPE (TouCardMemory, tou_card_memory, TOU, CARD_MEMORY, GObject)

/** tou_card_memory_new: all are referenced. @step: is told what is preferred. */
TouCardMemory *tou_card_memory_new (TouRecordStore *store, TouSessionFlow *session, TouUnlockStep *step);

/** tou_card_memory_recall: sets what @step prefers, when the store has answered; nothing until then. */
void tou_card_memory_recall (TouCardMemory *self);

/** tou_card_memory_remember: @certificate is the one in use. */
void tou_card_memory_remember (TouCardMemory *self, const TouCardCertificate *certificate);

G_END_DECLS
