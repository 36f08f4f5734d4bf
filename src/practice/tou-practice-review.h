/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-submissions.h"

G_BEGIN_DECLS

/** tou_practice_review_decide: 承認 or 否認 of a submission that waits for it (manual 5). On approval its
 * contact and card become the registered ones. Within a transaction of the caller's. @reason: of a denial
 * (nullable). Errors: G_IO_ERROR_NOT_FOUND when none waits by that id; #GIOErrorEnum of the database. */
gboolean tou_practice_review_decide (sqlite3 *db, const char *submission_id, gboolean approve,
                                     const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_review_apply: @submission takes effect: what is registered becomes what it says. */
gboolean tou_practice_review_apply (sqlite3 *db, const TouPracticeSubmission *submission,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
