/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"
#include "tou-review-flow.h"

G_BEGIN_DECLS

/** TouOutboxFate: what is known of something that was sent and had no answer. */
typedef enum {
    TOU_OUTBOX_FATE_UNKNOWN,  /* nothing; the user who sent it has to be signed in at its agency */
    TOU_OUTBOX_FATE_ABSENT,   /* the service says that it does not have it */
    TOU_OUTBOX_FATE_RECEIVED, /* its receipt is kept now */
} TouOutboxFate;

/** TouOutboxItem: one such submission. */
typedef struct {
    TouSubmission
        *submission; /* as tou_record_store_list_unsettled_async() gives it; its receipt once there */
    TouOutboxFate fate;
    gboolean is_refused; /* ABSENT: it was sent again, and refused: it cannot be sent any more */
} TouOutboxItem;

/**
 * TouOutboxFlow:
 *
 * Settles what was sent and had no answer when the program ended, or another user or agency was chosen. At
 * each sign-in the service is asked about what this user sent to it (what an older version kept without its
 * user: about all of it): a receipt is checked and kept, and the draft that it was made of deleted. What the
 * service does not have stays until the user sends the same bytes again or gives it up: nothing is sent
 * unasked. What was given up is asked about for a day more. What a request flow itself has still to settle is
 * left to it.
 *
 * Signal "changed": another list or fate, or the asking began or ended. Main thread, no GTK.
 */
#define TOU_TYPE_OUTBOX_FLOW (tou_outbox_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouOutboxFlow, tou_outbox_flow, TOU, OUTBOX_FLOW, GObject)

/** tou_outbox_flow_new: all are referenced. */
TouOutboxFlow *tou_outbox_flow_new (TouSessionFlow *session, TouRecordStore *store, TouProofChecker *proofs);

/** tou_outbox_flow_follow: @flow (referenced): settles its own, and loses a draft that was received. */
void tou_outbox_flow_follow (TouOutboxFlow *self, TouRequestFlow *flow);
/** tou_outbox_flow_follow_review: @review (referenced): what stands in its list has been received: it is
 * asked for. */
void tou_outbox_flow_follow_review (TouOutboxFlow *self, TouReviewFlow *review);

/** tou_outbox_flow_refresh: reads what is not settled, and asks the service about it where a session is open.
 */
void tou_outbox_flow_refresh (TouOutboxFlow *self);
gboolean tou_outbox_flow_is_busy (TouOutboxFlow *self);

/** tou_outbox_flow_find: Returns: (transfer none) (nullable): of what the user of the session sent, the first
 * that there is something to say of. */
const TouOutboxItem *tou_outbox_flow_find (TouOutboxFlow *self);
/** tou_outbox_flow_find_operation: Returns: (transfer none) (nullable): likewise the first of @operation in
 * the session's category that is not RECEIVED. */
const TouOutboxItem *tou_outbox_flow_find_operation (TouOutboxFlow *self, TouOperation operation);
/** tou_outbox_flow_find_waiting: Returns: (transfer none) (nullable): the first that waits for someone to
 * sign in, at this agency if there is one here. */
const TouOutboxItem *tou_outbox_flow_find_waiting (TouOutboxFlow *self);

/** tou_outbox_flow_can_send_again: whether @item may be sent again in this session. */
gboolean tou_outbox_flow_can_send_again (TouOutboxFlow *self, const TouOutboxItem *item);
/** tou_outbox_flow_send_again: the identical bytes. */
void tou_outbox_flow_send_again (TouOutboxFlow *self, const TouOutboxItem *item);
/** tou_outbox_flow_give_up: @item: ABSENT. */
void tou_outbox_flow_give_up (TouOutboxFlow *self, const TouOutboxItem *item);
/** tou_outbox_flow_dismiss: @item: RECEIVED, and the user has read it. */
void tou_outbox_flow_dismiss (TouOutboxFlow *self, const TouOutboxItem *item);

/** tou_outbox_flow_get_error: Returns: (transfer none) (nullable): what went wrong last: TOU_SERVICE_ERROR,
 * TOU_STORE_ERROR, TOU_FLOW_ERROR_RECEIPT_NOT_KEPT. */
const GError *tou_outbox_flow_get_error (TouOutboxFlow *self);

G_END_DECLS
