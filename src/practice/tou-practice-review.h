/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-submissions.h"

G_BEGIN_DECLS

/* What the people of an agency do (manual 5). All within a transaction of the caller's. Errors:
 * G_IO_ERROR_NOT_FOUND when no submission waits by that id; G_IO_ERROR_INVALID_ARGUMENT: a reason of more
 * than TOU_WIRE_MAX_TEXT bytes; #GIOErrorEnum of the database. */

/** tou_practice_review_decide: 確認中, 承認 or 否認 of a submission that waits for it. On approval its
 * contact and card become the registered ones; a former card stops. @reason: of a denial (nullable) */
gboolean tou_practice_review_decide (sqlite3 *db, const char *submission_id, TouPracticeDecision decision,
                                     const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_review_apply: @submission takes effect: what is registered becomes what it says, with the
 * company from the newest qualification data. */
gboolean tou_practice_review_apply (sqlite3 *db, const TouPracticeSubmission *submission,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_review_pass_time: the review that goes by itself: a submission is under review @after_us
 * after it was accepted, and decided after twice that. @denial: (nullable): the reason with which all are
 * denied; %NULL: approved */
gboolean tou_practice_review_pass_time (sqlite3 *db, gint64 now_us, gint64 after_us, const char *denial,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
