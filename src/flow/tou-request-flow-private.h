/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-memory.h"
#include "tou-request-flow.h"
#include "tou-submission-run.h"

G_BEGIN_DECLS

/* For tou-request-flow.c and tou-request-submission.c alone. Main thread. */

typedef struct {
    TouSessionFlow *session;
    TouCardAccess *cards;
    TouRecordStore *store;
    TouProofChecker *proofs;
    TouUnlockStep *unlock;
    TouCardMemory *memory;
    TouContactForm *form;  /* (nullable): the operation has none */
    TouSubmissionRun *run; /* the newest submission, NULL before the first */

    TouRequestState state;
    char *user_id; /* whose work it is */
    TouCategory category;
    TouRegistration *registration;
    TouCompany *company;
    TouCardCertificate *certificate; /* the unlocked card's; it stays when the card is not needed any more */

    TouCardCertificate *filled_with; /* (nullable): the one in use when the user last saw what it says */

    GCancellable *preparing;  /* our own, of the question under way that still counts */
    GCancellable *submitting; /* likewise, of the submission */
    gboolean is_left;         /* left while submitting */
} TouRequestFlowPrivate;

/** tou_request_flow_get_private: Returns: (transfer none): what the class itself keeps. */
TouRequestFlowPrivate *tou_request_flow_get_private (TouRequestFlow *self);

/** tou_request_flow_set_state: tells "notify::state" when it is another one. */
void tou_request_flow_set_state (TouRequestFlow *self, TouRequestState state);

/** tou_request_flow_enter_card: to CARD; the certificate in use is forgotten. */
void tou_request_flow_enter_card (TouRequestFlow *self);

/** tou_request_flow_tell_card_lost: emits "card-lost"; after tou_request_flow_enter_card(). */
void tou_request_flow_tell_card_lost (TouRequestFlow *self);

G_END_DECLS
