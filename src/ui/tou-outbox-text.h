/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-outbox-flow.h"

G_BEGIN_DECLS

/* What is said of what was sent and had no answer: translated sentences. Main thread. */

/** tou_outbox_text_dup_fate: Returns: (transfer full): what is known of @item, and what to do */
char *tou_outbox_text_dup_fate (TouOutboxFlow *outbox, const TouOutboxItem *item);

/** tou_outbox_text_dup_waiting: Returns: (transfer full) (nullable): that something waits for its user to
 * sign in; %NULL: nothing does */
char *tou_outbox_text_dup_waiting (TouOutboxFlow *outbox, const char *agency_id);

/** tou_outbox_text_dup_question: Returns: (transfer full) (nullable): what has to be said before @operation
 * is begun anew; %NULL: nothing of it is open */
char *tou_outbox_text_dup_question (TouOutboxFlow *outbox, TouOperation operation);

G_END_DECLS
