/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-cms-sign.h"
#include "tou-practice-review.h"
#include "tou-request-verifier.h"
#include "tou-wire-answer.h"
#include "tou-wire-request.h"

#define SIGNED_TYPE "application/pkcs7-mime"

static char *
hash_bytes (GBytes *bytes)
{
    return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

static TouPracticeAnswer *
answer_accepted (const TouPracticeSubmission *submission, guint status)
{
    g_autoptr (TouReceipt) receipt = tou_practice_submission_dup_receipt (submission);

    return tou_practice_answer_new_json (status, tou_wire_write_accepted (receipt));
}

/* The same id again: the first answer for the same bytes from the same company, and nothing else. */
static TouPracticeAnswer *
answer_again (TouPracticeVisit *visit, const TouPracticeSubmission *submission)
{
    TouPracticeAnswer *answer;

    if (g_strcmp0 (submission->vendor_number, visit->session.vendor_number) != 0
        || !g_bytes_equal (submission->cms, visit->call->body))
        return tou_practice_answer_new_problem ("submission-conflict", NULL, NULL);
    answer = answer_accepted (submission, 200);
    tou_practice_answer_set_header (answer, "Idempotent-Replayed", "true");
    return answer;
}

static GBytes *
sign_receipt (TouPracticeVisit *visit, const TouPracticeSubmission *submission, GError **error)
{
    g_autoptr (TouReceipt) receipt = tou_practice_submission_dup_receipt (submission);
    g_autoptr (GBytes) content = tou_wire_write_receipt (receipt, visit->service->audience,
                                                         submission->operation, submission->category);

    return tou_cms_sign (content, visit->service->receipt_certificate, visit->service->receipt_key, error);
}

static TouPracticeSubmission *
describe_submission (TouPracticeVisit *visit, const TouVerifiedRequest *verified)
{
    TouPracticeSubmission *submission = tou_practice_submission_new ();
    const TouRequest *request = verified->request;

    submission->submission_id = g_strdup (request->submission_id);
    submission->vendor_number = g_strdup (visit->session.vendor_number);
    submission->category = request->category;
    submission->operation = request->operation;
    submission->cms = g_bytes_ref (visit->call->body);
    submission->request_sha256 = hash_bytes (visit->call->body);
    submission->accepted_at_us = visit->now_us - visit->now_us % G_USEC_PER_SEC;
    submission->contact = request->contact != NULL ? tou_contact_copy (request->contact) : NULL;
    submission->company_phone = g_strdup (request->company->phone);
    submission->company_fax = g_strdup (request->company->fax);
    submission->card_sha256 = g_strdup (verified->card->sha256);
    submission->card_serial = g_strdup (verified->card->serial);
    submission->card_issuer = g_strdup (verified->card->issuer);
    submission->card_not_after_us = verified->card->not_after_us;
    /* A contact change takes effect at once (manual 2.3); the others wait for the review. */
    submission->state = request->operation == TOU_OPERATION_CONTACT_CHANGE ? TOU_REVIEW_STATE_APPROVED
                                                                           : TOU_REVIEW_STATE_RECEIVED;
    return submission;
}

static TouPracticeAnswer *
accept (TouPracticeVisit *visit, const TouVerifiedRequest *verified, GError **error)
{
    g_autoptr (TouPracticeSubmission) submission = describe_submission (visit, verified);
    sqlite3 *db = visit->service->db;

    submission->reception_number = tou_practice_submissions_take_number (db, visit->now_us, error);
    if (submission->reception_number == NULL)
        return NULL;
    submission->receipt = sign_receipt (visit, submission, error);
    if (submission->receipt == NULL || !tou_practice_submissions_add (db, submission, error))
        return NULL;
    if (submission->state == TOU_REVIEW_STATE_APPROVED && !tou_practice_review_apply (db, submission, error))
        return NULL;
    return answer_accepted (submission, 201);
}

/* What is looked at before the body is; Returns: (transfer full) (nullable): the answer, if that is the end
 * of it */
static TouPracticeAnswer *
answer_early (TouPracticeVisit *visit, gboolean *out_failed, GError **error)
{
    g_autoptr (TouPracticeSubmission) known = NULL;

    if (visit->call->body_is_too_large)
        return tou_practice_answer_new_problem ("too-large", NULL, NULL);
    if (!tou_practice_call_has_type (visit->call, SIGNED_TYPE))
        return tou_practice_answer_new_problem ("media-type", NULL, NULL);
    if (!tou_wire_is_uuid (visit->call->idempotency_key))
        return tou_practice_answer_new_problem ("bad-request", "Idempotency-Key is no UUID in lower case",
                                                NULL);
    *out_failed = !tou_practice_submissions_find (visit->service->db, visit->call->idempotency_key, &known,
                                                  error);
    return known != NULL ? answer_again (visit, known) : NULL;
}

TouPracticeAnswer *
tou_practice_call_submit (TouPracticeVisit *visit, GError **error)
{
    gboolean failed = FALSE;
    TouPracticeAnswer *answer = answer_early (visit, &failed, error);
    g_auto (TouVerifiedRequest) verified = { 0 };

    if (answer != NULL || failed)
        return answer;
    if (!tou_request_verifier_check (visit, &verified, error))
        return NULL;
    if (verified.refusal != NULL)
        return tou_practice_answer_new_problem (verified.refusal, verified.detail, verified.field);
    return accept (visit, &verified, error);
}
