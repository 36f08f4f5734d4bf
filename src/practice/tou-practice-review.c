/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-review.h"

#include "tou-practice-accounts.h"

/* A renewal brings a card alone; the contact stays what it was. */
static gboolean
keep_contact (sqlite3 *db, const TouPracticeSubmission *renewal, GError **error)
{
    g_autoptr (TouRegistration) registration = NULL;
    TouPracticeSubmission renewed = *renewal;

    if (!tou_practice_registrations_find (db, renewal->vendor_number, renewal->category, &registration,
                                          error))
        return FALSE;
    renewed.contact = registration != NULL ? registration->contact : NULL;
    return tou_practice_registrations_put (db, &renewed, error);
}

gboolean
tou_practice_review_apply (sqlite3 *db, const TouPracticeSubmission *submission, GError **error)
{
    if (submission->operation == TOU_OPERATION_CARD_RENEWAL)
        return keep_contact (db, submission, error);
    if (submission->operation == TOU_OPERATION_CONTACT_CHANGE
        && !tou_practice_accounts_set_numbers (db, submission->vendor_number, submission->company_phone,
                                               submission->company_fax, error))
        return FALSE;
    return tou_practice_registrations_put (db, submission, error);
}

gboolean
tou_practice_review_decide (sqlite3 *db, const char *submission_id, gboolean approve, const char *reason,
                            GError **error)
{
    TouReviewState state = approve ? TOU_REVIEW_STATE_APPROVED : TOU_REVIEW_STATE_DENIED;
    g_autoptr (TouPracticeSubmission) submission = NULL;

    if (!tou_practice_submissions_find (db, submission_id, &submission, error))
        return FALSE;
    if (submission == NULL
        || (submission->state != TOU_REVIEW_STATE_RECEIVED
            && submission->state != TOU_REVIEW_STATE_UNDER_REVIEW)) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no submission waits by that id");
        return FALSE;
    }
    return tou_practice_submissions_set_state (db, submission_id, state, approve ? NULL : reason, error)
           && (!approve || tou_practice_review_apply (db, submission, error));
}
