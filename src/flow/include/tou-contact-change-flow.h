/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

G_BEGIN_DECLS

/**
 * TouContactChangeFlow:
 *
 * 変更, a change of the registered contact (manual 3): a #TouRequestFlow that begins with what is registered.
 * The form is filled with it, 代表電話番号 and 代表FAX番号 included; the rest of the company comes from the
 * newest qualification data. Only the registered card will do (TOU_FLOW_ERROR_OTHER_CARD), and something must
 * have been changed (TOU_FLOW_ERROR_UNCHANGED, from tou_request_flow_confirm()). There is no review.
 */
#define TOU_TYPE_CONTACT_CHANGE_FLOW (tou_contact_change_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouContactChangeFlow, tou_contact_change_flow, TOU, CONTACT_CHANGE_FLOW, TouRequestFlow)

/** tou_contact_change_flow_new: Returns: (transfer full): a #TouContactChangeFlow */
TouRequestFlow *tou_contact_change_flow_new (TouSessionFlow *session, TouCardAccess *cards,
                                             TouRecordStore *store, TouProofChecker *proofs);

/** tou_contact_change_flow_get_registered: Returns: (transfer none) (nullable): the registered contact with
 * the company's numbers, as the form tidies them; once the flow has begun. */
const TouContact *tou_contact_change_flow_get_registered (TouContactChangeFlow *self);

G_END_DECLS
