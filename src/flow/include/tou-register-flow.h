/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

G_BEGIN_DECLS

/**
 * TouRegisterFlow:
 *
 * 登録, a new registration (manual 2.2): a #TouRequestFlow for which every fit card will do and nothing has
 * to be registered before. A bidder who is qualified for both categories applies once for each (manual 2.1
 * (1)): after the first, the second follows with the same card session and everything that was typed.
 */
#define TOU_TYPE_REGISTER_FLOW (tou_register_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouRegisterFlow, tou_register_flow, TOU, REGISTER_FLOW, TouRequestFlow)

/** tou_register_flow_new: Returns: (transfer full): a #TouRegisterFlow */
TouRequestFlow *tou_register_flow_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                                       TouProofChecker *proofs);

/** tou_register_flow_can_repeat: whether the first of two registrations is COMPLETED, its card still unlocked
 * and its session open. @out_category: (out) (optional): the other category */
gboolean tou_register_flow_can_repeat (TouRegisterFlow *self, TouCategory *out_category);

/** tou_register_flow_repeat_async: the session goes on with the other category, and what was typed stands for
 * confirmation: to CONFIRMING. After an error the state is COMPLETED, and the same may be tried again unless
 * the session or the card is gone. Errors: TOU_SERVICE_ERROR, TOU_FLOW_ERROR_WRONG_STATE: there is nothing to
 * repeat, or the card went meanwhile. */
void tou_register_flow_repeat_async (TouRegisterFlow *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_register_flow_repeat_finish (TouRegisterFlow *self, GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
