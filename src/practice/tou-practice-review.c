/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-review.h"

#include "tou-practice-accounts.h"
#include "tou-wire.h"

#include <string.h>

/* A renewal brings a card alone; the contact stays what it was. */
static gboolean
keep_contact (sqlite3 *db, const TouPracticeSubmission *renewal, const TouCompany *company, GError **error)
{
    g_autoptr (TouRegistration) registration = NULL;
    TouPracticeSubmission renewed = *renewal;

    if (!tou_practice_registrations_find (db, renewal->vendor_number, renewal->category, &registration,
                                          error))
        return FALSE;
    renewed.contact = registration != NULL ? registration->contact : NULL;
    return tou_practice_registrations_put (db, &renewed, company, error);
}

gboolean
tou_practice_review_apply (sqlite3 *db, const TouPracticeSubmission *submission, GError **error)
{
    g_autoptr (TouCompany) company = NULL;

    if (submission->operation == TOU_OPERATION_CONTACT_CHANGE
        && !tou_practice_accounts_set_numbers (db, submission->vendor_number, submission->company_phone,
                                               submission->company_fax, error))
        return FALSE;
    company = tou_practice_accounts_load_company (db, submission->vendor_number, error);
    if (company == NULL)
        return FALSE;
    if (submission->operation == TOU_OPERATION_CARD_RENEWAL)
        return keep_contact (db, submission, company, error);
    return tou_practice_registrations_put (db, submission, company, error);
}

static gboolean
waits_for (const TouPracticeSubmission *submission, TouPracticeDecision decision)
{
    if (submission == NULL)
        return FALSE;
    return submission->state == TOU_REVIEW_STATE_RECEIVED
           || (submission->state == TOU_REVIEW_STATE_UNDER_REVIEW
               && decision != TOU_PRACTICE_DECISION_START_REVIEW);
}

gboolean
tou_practice_review_decide (sqlite3 *db, const char *submission_id, TouPracticeDecision decision,
                            const char *reason, GError **error)
{
    static const TouReviewState states[] = {
        [TOU_PRACTICE_DECISION_START_REVIEW] = TOU_REVIEW_STATE_UNDER_REVIEW,
        [TOU_PRACTICE_DECISION_APPROVE] = TOU_REVIEW_STATE_APPROVED,
        [TOU_PRACTICE_DECISION_DENY] = TOU_REVIEW_STATE_DENIED,
    };
    g_autoptr (TouPracticeSubmission) submission = NULL;

    /* A client reads no longer text, and would not read the history at all. */
    if (reason != NULL && strlen (reason) > TOU_WIRE_MAX_TEXT) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "the reason is too long");
        return FALSE;
    }
    if (!tou_practice_submissions_find (db, submission_id, &submission, error))
        return FALSE;
    if (!waits_for (submission, decision)) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no submission waits by that id");
        return FALSE;
    }
    return tou_practice_submissions_set_state (db, submission_id, states[decision],
                                               decision == TOU_PRACTICE_DECISION_DENY ? reason : NULL, error)
           && (decision != TOU_PRACTICE_DECISION_APPROVE
               || tou_practice_review_apply (db, submission, error));
}

static gboolean
decide_all (sqlite3 *db, TouReviewState waiting, gint64 before_us, TouPracticeDecision decision,
            const char *reason, GError **error)
{
    g_autoptr (GPtrArray) ids = tou_practice_submissions_list_waiting (db, waiting, before_us, error);

    for (guint i = 0; ids != NULL && i < ids->len; i++)
        if (!tou_practice_review_decide (db, g_ptr_array_index (ids, i), decision, reason, error))
            return FALSE;
    return ids != NULL;
}

gboolean
tou_practice_review_pass_time (sqlite3 *db, gint64 now_us, gint64 after_us, const char *denial,
                               GError **error)
{
    TouPracticeDecision decision = denial != NULL ? TOU_PRACTICE_DECISION_DENY
                                                  : TOU_PRACTICE_DECISION_APPROVE;

    return decide_all (db, TOU_REVIEW_STATE_RECEIVED, now_us - after_us, TOU_PRACTICE_DECISION_START_REVIEW,
                       NULL, error)
           && decide_all (db, TOU_REVIEW_STATE_UNDER_REVIEW, now_us - 2 * after_us, decision, denial, error);
}
