/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"
#include "tou-review-flow.h"

G_BEGIN_DECLS

/* What the registration menu says to a company that has applied for its registration, or has it: one or two
 * translated sentences. @application: the newest for a registration, used with TOU_STANDING_WAITING alone.
 * Main thread. */

/** tou_standing_text_dup_hint: beside 登録, in place of what it does. Returns: (transfer full) (nullable):
 * %NULL for TOU_STANDING_NEW */
char *tou_standing_text_dup_hint (TouStanding standing, const TouApplication *application);

/** tou_standing_text_get_question: what there is already, when 登録 is pressed all the same. Returns:
 * (transfer none) (nullable): %NULL for TOU_STANDING_NEW */
const char *tou_standing_text_get_question (TouStanding standing);

/** tou_standing_text_dup_renewal_question: likewise for IC card renewal. @application: (nullable): the newest
 * renewal that waits for its result. Returns: (transfer full) (nullable): %NULL without one */
char *tou_standing_text_dup_renewal_question (const TouApplication *application);

/** tou_standing_text_dup_refusal: why nothing can be changed yet. Returns: (transfer full) */
char *tou_standing_text_dup_refusal (TouStanding standing, const TouApplication *application);

/** tou_standing_text_dup_elsewhere: where the registration is that was applied for last, when it is not one
 * of the category that the user is in now. Returns: (transfer full) (nullable) */
char *tou_standing_text_dup_elsewhere (TouRequestFlow *registration);

G_END_DECLS
