/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-verifier.h"

G_BEGIN_DECLS

/** tou_authorization_verifier_check: the checks of docs/signed-request.md section 4 that concern the current
 * card's word in a card renewal, in that order, up to the first that fails: that is the refusal of @renewal,
 * whose own envelope and content have passed. The authorization's nonce is used up only when nothing else is
 * wrong, so that the current card need not be put in again for a mistake with the new one. Returns: %FALSE
 * with @error set when the service itself failed */
gboolean tou_authorization_verifier_check (TouPracticeVisit *visit, TouVerifiedRequest *renewal,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
