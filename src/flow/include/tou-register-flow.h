/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

G_BEGIN_DECLS

/** TouRegisterFlow: 登録, a new registration (manual 2.2): a #TouRequestFlow for which every fit card will do
 * and nothing has to be registered before. */
#define TOU_TYPE_REGISTER_FLOW (tou_register_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouRegisterFlow, tou_register_flow, TOU, REGISTER_FLOW, TouRequestFlow)

/** tou_register_flow_new: Returns: (transfer full): a #TouRegisterFlow */
TouRequestFlow *tou_register_flow_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                                       TouProofChecker *proofs);

G_END_DECLS
