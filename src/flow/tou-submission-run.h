/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"
#include "tou-proof-checker.h"
#include "tou-record-store.h"
#include "tou-session-flow.h"

G_BEGIN_DECLS

/** TouSubmissionStep: where a submission stands. */
typedef enum {
    TOU_SUBMISSION_STEP_READY,      /* nothing is under way and nothing sent waits for its answer */
    TOU_SUBMISSION_STEP_ASKING,     /* the service is asked for a nonce */
    TOU_SUBMISSION_STEP_SIGNING,    /* signature, our own check of it */
    TOU_SUBMISSION_STEP_SUBMITTING, /* into the store, out to the service, receipt */
    TOU_SUBMISSION_STEP_UNCERTAIN,  /* sent; whether it arrived is not known, or its receipt is not kept */
    TOU_SUBMISSION_STEP_DONE,
} TouSubmissionStep;

/**
 * TouSubmissionRun:
 *
 * One signed request on its way: nonce, JSON, signature by the unlocked card, our own check of it, into the
 * store, out to the service, receipt checked and kept. The same for a registration, a card renewal and a
 * contact change; the #TouRequest says which. Main thread. "notify::step" tells each change.
 *
 * Nothing is sent that the store does not have, and what is in the store as SIGNED was never sent. A request
 * refused for its nonce alone when it was first sent is signed once more with a fresh one and a new
 * submission id.
 */
#define TOU_TYPE_SUBMISSION_RUN (tou_submission_run_get_type ())
G_DECLARE_FINAL_TYPE (TouSubmissionRun, tou_submission_run, TOU, SUBMISSION_RUN, GObject)

TouSubmissionRun *tou_submission_run_new (TouSessionFlow *session, TouCardAccess *cards,
                                          TouRecordStore *store, TouProofChecker *proofs);

TouSubmissionStep tou_submission_run_get_step (TouSubmissionRun *self);

/**
 * tou_submission_run_send_async:
 * @request: (transfer full): operation, category, certificate_sha256, company, contact and authorization set;
 *   audience, submission id, nonce and time are filled in here
 *
 * From READY. Errors: TOU_CARD_ERROR (BAD_SIGNATURE: our own check failed), TOU_SERVICE_ERROR
 * (BAD_RECEIPT: the receipt does not check), TOU_STORE_ERROR, TOU_PROFILE_ERROR_MISSING when the profile
 * names no authority for receipts, TOU_FLOW_ERROR_WRONG_STATE, TOU_FLOW_ERROR_RECEIPT_NOT_KEPT,
 * G_IO_ERROR_CANCELLED. Afterwards the step is DONE, UNCERTAIN, or READY when nothing stands at the service.
 */
void tou_submission_run_send_async (TouSubmissionRun *self, TouRequest *request, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);

/** tou_submission_run_resume_async: from UNCERTAIN: asks what became of the submission and sends the
 * identical bytes again if it never arrived. Ends as tou_submission_run_send_async() does, but READY: a
 * refusal of what is sent again says nothing of what was sent before. After one the bytes are not sent a
 * third time: TOU_FLOW_ERROR_NOT_RECEIVED when the service still does not have them. */
void tou_submission_run_resume_async (TouSubmissionRun *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);

/** tou_submission_run_finish: ends either. Returns: (transfer full) (nullable): the receipt */
TouReceipt *tou_submission_run_finish (TouSubmissionRun *self, GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_submission_run_is_refusal: @error: of a copy that was sent again: whether it is an answer, whoever
 * gave it, that a further copy would get as well. */
gboolean tou_submission_run_is_refusal (const GError *error);

/** tou_submission_run_may_give_up: whether that was the answer. */
gboolean tou_submission_run_may_give_up (TouSubmissionRun *self);

/** tou_submission_run_give_up_async: then: the user does not wait for it any longer; the record says so.
 * Afterwards the step is READY. Errors: TOU_STORE_ERROR, TOU_FLOW_ERROR_WRONG_STATE. */
void
tou_submission_run_give_up_async (TouSubmissionRun *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean tou_submission_run_give_up_finish (TouSubmissionRun *self, GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_submission_run_needs_unlock: whether the last signature failed at the card, so that it has to be
 * unlocked before the next. */
gboolean tou_submission_run_needs_unlock (TouSubmissionRun *self);

/** tou_submission_run_get_submission: Returns: (transfer none) (nullable): what was signed last. */
const TouSubmission *tou_submission_run_get_submission (TouSubmissionRun *self);

G_END_DECLS
