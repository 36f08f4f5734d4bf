/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-renewal-error.h"
#include "tou-request-flow.h"

G_BEGIN_DECLS

/** TouRenewalStep: which of the two cards has its turn. */
typedef enum {
    TOU_RENEWAL_STEP_CURRENT_CARD, /* the registered card is asked for */
    TOU_RENEWAL_STEP_AUTHORIZING,  /* it signs the authorization: it has to stay in the reader */
    TOU_RENEWAL_STEP_NEW_CARD,     /* the new card is asked for; the current one may go */
    TOU_RENEWAL_STEP_READY,        /* the new card can sign the request */
} TouRenewalStep;

/**
 * TouCardRenewalFlow:
 *
 * ICカード更新 (manual 4): a #TouRequestFlow that uses its unlock step twice, in one reader or in two. The
 * registered card signs an authorization (docs/signed-request.md, section 3); then the agent is replaced, and
 * the new card signs the request that contains it. There is no form. Cards are told apart by their
 * certificates' SHA-256 alone.
 *
 * "notify::step" tells each change of the step. Signal "authorization-failed" (GError): the current card did
 * not get to sign; the step is CURRENT_CARD again and the request state CARD, or IDLE when the session is
 * over. An authorization is good for ten minutes, and as often as it takes while the service does not accept
 * a request with it.
 */
#define TOU_TYPE_CARD_RENEWAL_FLOW (tou_card_renewal_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouCardRenewalFlow, tou_card_renewal_flow, TOU, CARD_RENEWAL_FLOW, TouRequestFlow)

/** tou_card_renewal_flow_new: Returns: (transfer full): a #TouCardRenewalFlow */
TouRequestFlow *tou_card_renewal_flow_new (TouSessionFlow *session, TouCardAccess *cards,
                                           TouRecordStore *store, TouProofChecker *proofs);

TouRenewalStep tou_card_renewal_flow_get_step (TouCardRenewalFlow *self);

/** tou_card_renewal_flow_check: after tou_request_flow_prepare_async(): whether what is registered can be
 * renewed at all. Errors: TOU_RENEWAL_ERROR_CURRENT_EXPIRED. */
gboolean tou_card_renewal_flow_check (TouCardRenewalFlow *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_renewal_flow_get_current: Returns: (transfer none) (nullable): the certificate that signed the
 * authorization; from AUTHORIZING on. The new one is tou_request_flow_get_certificate(). */
TouCardCertificate *tou_card_renewal_flow_get_current (TouCardRenewalFlow *self);

G_END_DECLS
