/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-flow-error.h"
#include "tou-receipt-check.h"
#include "tou-session-flow-private.h"
#include "tou-submission-run.h"

#define BAD_NONCE "urn:touroku:problem:bad-nonce"
/* What passes by itself: RFC 9110, section 15.5.9, and RFC 6585, section 4. */
#define REQUEST_TIMEOUT 408
#define TOO_MANY_REQUESTS 429

struct _TouSubmissionRun {
    GObject parent_instance;

    TouSessionFlow *session;
    TouCardAccess *cards;
    TouRecordStore *store;
    TouProofChecker *proofs;

    TouSubmissionStep step;
    gboolean is_busy;
    TouRequest *request;
    TouSubmission *submission; /* what was signed last */
    TouReceipt *receipt;       /* checked, on its way into the store */
    GError *refusal;           /* on its way into the store */
    gboolean is_resend;        /* the bytes went out before */
    gboolean is_resend_refused;
    gboolean may_give_up; /* after that the service had still not received it */
    gboolean needs_unlock;
    guint n_signed; /* signatures made for this request */
};

enum {
    PROP_STEP = 1,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TouSubmissionRun, tou_submission_run, G_TYPE_OBJECT)

/* What a failed call says about the request that it carried. */
typedef enum {
    VERDICT_NOT_TAKEN, /* it did not get as far as being looked at */
    VERDICT_REFUSED,
    VERDICT_UNKNOWN, /* it may have been accepted */
} Verdict;

/* Each step takes the task over (transfer full) and hands it to the callback of what it waits for. */
static void ask_nonce (GTask *task);
static void send_bytes (GTask *task);

static TouRegistrationService *
get_service (TouSubmissionRun *self)
{
    return tou_session_flow_get_service (self->session);
}

static GBytes *
get_receipt_authority (TouSubmissionRun *self)
{
    return tou_service_profile_get_certificates (tou_session_flow_get_profile (self->session),
                                                 TOU_PROFILE_USE_RECEIPTS);
}

static void
set_step (TouSubmissionRun *self, TouSubmissionStep step)
{
    if (self->step == step)
        return;
    self->step = step;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STEP]);
}

static void
fail (GTask *task, TouSubmissionStep step, GError *error)
{
    TouSubmissionRun *self = g_task_get_source_object (task);

    self->is_busy = FALSE;
    tou_session_flow_note_error (self->session, error);
    set_step (self, step);
    g_task_return_error (task, error);
    g_object_unref (task);
}

static gboolean
fail_if_cancelled (GTask *task, TouSubmissionStep step)
{
    GError *error = NULL;

    if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
        return FALSE;
    fail (task, step, error);
    return TRUE;
}

static gboolean
is_refused_by_status (const GError *error)
{
    guint status = tou_service_error_get_status (error);

    return status >= 400 && status < 500;
}

static Verdict
judge (const GError *error)
{
    if (error->domain != TOU_SERVICE_ERROR)
        return VERDICT_UNKNOWN;
    if (tou_session_flow_is_session_over (error))
        return VERDICT_NOT_TAKEN;
    switch ((TouServiceError) error->code) {
    case TOU_SERVICE_ERROR_NAME_NOT_FOUND:
    case TOU_SERVICE_ERROR_UNREACHABLE:
    case TOU_SERVICE_ERROR_UNTRUSTED:
    case TOU_SERVICE_ERROR_TLS:
    case TOU_SERVICE_ERROR_NOT_SIGNED_IN:
    case TOU_SERVICE_ERROR_SESSION_LOST:
    case TOU_SERVICE_ERROR_SESSION_OVER:
        return VERDICT_NOT_TAKEN;
    case TOU_SERVICE_ERROR_NOT_FOUND:
        return VERDICT_REFUSED;
    case TOU_SERVICE_ERROR_PROBLEM:
        return is_refused_by_status (error) ? VERDICT_REFUSED : VERDICT_UNKNOWN;
    case TOU_SERVICE_ERROR_TIMED_OUT:
    case TOU_SERVICE_ERROR_CONNECTION_LOST:
    case TOU_SERVICE_ERROR_BAD_ANSWER:
    case TOU_SERVICE_ERROR_ANSWER_TOO_LARGE:
    case TOU_SERVICE_ERROR_UNAVAILABLE:
    case TOU_SERVICE_ERROR_GATEWAY:
    case TOU_SERVICE_ERROR_SERVER_FAILED:
    case TOU_SERVICE_ERROR_FORBIDDEN:
    case TOU_SERVICE_ERROR_REDIRECTED:
    case TOU_SERVICE_ERROR_MISSING:
    case TOU_SERVICE_ERROR_BAD_RECEIPT:
    case TOU_SERVICE_ERROR_FAILED:
    default:
        return VERDICT_UNKNOWN;
    }
}

static void
on_receipt_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    g_autoptr (GError) fault = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &fault)) {
        /* What the store's errors say to people is true of what was not sent yet. */
        fail (task, TOU_SUBMISSION_STEP_UNCERTAIN,
              g_error_new (TOU_FLOW_ERROR, TOU_FLOW_ERROR_RECEIPT_NOT_KEPT,
                           "The receipt is not in the store: %s", fault->message));
        return;
    }
    self->submission->state = TOU_SUBMISSION_STATE_ACCEPTED;
    self->submission->receipt = g_steal_pointer (&self->receipt);
    self->is_busy = FALSE;
    set_step (self, TOU_SUBMISSION_STEP_DONE);
    g_task_return_pointer (task, tou_receipt_copy (self->submission->receipt),
                           (GDestroyNotify) tou_receipt_free);
    g_object_unref (task);
}

static void
keep_receipt (GTask *task, const TouReceipt *answer)
{
    TouSubmissionRun *self = g_task_get_source_object (task);
    GError *error = NULL;

    g_clear_pointer (&self->receipt, tou_receipt_free);
    self->receipt = tou_receipt_check (self->proofs, get_receipt_authority (self), self->submission, answer,
                                       &error);
    if (self->receipt == NULL)
        fail (task, TOU_SUBMISSION_STEP_UNCERTAIN, error);
    else
        tou_record_store_put_receipt_async (self->store, self->receipt, on_receipt_kept, task);
}

static void
on_refusal_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    g_autoptr (GError) refusal = g_steal_pointer (&self->refusal);
    g_autoptr (GError) error = NULL;
    gboolean is_nonce_alone = g_strcmp0 (tou_service_error_get_type_uri (refusal), BAD_NONCE) == 0;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error))
        g_debug ("The refusal is not in the store: %s", error->message);
    if (is_nonce_alone && self->n_signed == 1)
        ask_nonce (task);
    else
        fail (task, TOU_SUBMISSION_STEP_READY, g_steal_pointer (&refusal));
}

static void
keep_refusal (GTask *task, TouSubmissionState state, GError *refusal)
{
    TouSubmissionRun *self = g_task_get_source_object (task);
    TouSubmission *submission = self->submission;

    submission->state = state;
    if (state == TOU_SUBMISSION_STATE_REFUSED)
        tou_set_text (&submission->refusal_code, tou_service_error_get_code (refusal));
    self->refusal = refusal;
    tou_record_store_set_state_async (self->store, submission->id, state, submission->refusal_code,
                                      on_refusal_kept, task);
}

gboolean
tou_submission_run_is_refusal (const GError *error)
{
    guint status = error->domain == TOU_SERVICE_ERROR ? tou_service_error_get_status (error) : 0;

    return status >= 300 && status < 500 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS
           && !tou_session_flow_is_session_over (error);
}

/* What is said of a second copy says nothing of the first: that one may have used up the nonce for which this
 * one is refused, and may have come before the limit, or in the session, that this one missed. */
static void
settle (GTask *task, GError *error)
{
    TouSubmissionRun *self = g_task_get_source_object (task);
    Verdict verdict = judge (error);

    if (self->is_resend)
        self->is_resend_refused = tou_submission_run_is_refusal (error);
    if (self->is_resend || verdict == VERDICT_UNKNOWN)
        fail (task, TOU_SUBMISSION_STEP_UNCERTAIN, error);
    else
        keep_refusal (task,
                      verdict == VERDICT_REFUSED ? TOU_SUBMISSION_STATE_REFUSED : TOU_SUBMISSION_STATE_SIGNED,
                      error);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    GError *error = NULL;
    g_autoptr (TouReceipt) answer = tou_registration_service_submit_finish (TOU_REGISTRATION_SERVICE (source),
                                                                            result, &error);

    if (answer != NULL)
        keep_receipt (task, answer);
    else
        settle (task, error);
}

static void
send_bytes (GTask *task)
{
    TouSubmissionRun *self = g_task_get_source_object (task);
    const TouSubmission *submission = self->submission;

    tou_registration_service_submit_async (get_service (self), submission->operation, submission->id,
                                           submission->cms, g_task_get_cancellable (task), on_submitted,
                                           task);
}

static void
on_marked_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    GError *error = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error)) {
        fail (task, TOU_SUBMISSION_STEP_READY, error);
        return;
    }
    self->submission->state = TOU_SUBMISSION_STATE_SENT;
    if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
        keep_refusal (task, TOU_SUBMISSION_STATE_SIGNED, error);
    else
        send_bytes (task);
}

static void
on_submission_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    GError *error = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error))
        fail (task, TOU_SUBMISSION_STEP_READY, error);
    else if (!fail_if_cancelled (task, TOU_SUBMISSION_STEP_READY))
        tou_record_store_set_state_async (self->store, self->submission->id, TOU_SUBMISSION_STATE_SENT, NULL,
                                          on_marked_sent, task);
}

static GError *
make_signature_error (const GError *fault)
{
    return g_error_new (TOU_CARD_ERROR, TOU_CARD_ERROR_BAD_SIGNATURE,
                        "The card's signature does not check: %s", fault->message);
}

static void
keep_submission (GTask *task, GBytes *cms)
{
    TouSubmissionRun *self = g_task_get_source_object (task);
    TouSubmission *submission = self->submission;
    g_autoptr (GError) fault = NULL;

    if (!tou_proof_checker_check_request (self->proofs, cms, submission->content,
                                          submission->certificate_sha256, &fault)) {
        fail (task, TOU_SUBMISSION_STEP_READY, make_signature_error (fault));
        return;
    }
    submission->cms = g_bytes_ref (cms);
    set_step (self, TOU_SUBMISSION_STEP_SUBMITTING);
    tou_record_store_put_submission_async (self->store, submission, on_submission_kept, task);
}

static void
on_signed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    GError *error = NULL;
    g_autoptr (GBytes) cms = tou_card_access_sign_finish (TOU_CARD_ACCESS (source), result, &error);

    self->needs_unlock = cms == NULL;
    self->n_signed++;
    if (cms == NULL)
        fail (task, TOU_SUBMISSION_STEP_READY, error);
    else if (!fail_if_cancelled (task, TOU_SUBMISSION_STEP_READY))
        keep_submission (task, cms);
}

static void
fill_request (TouSubmissionRun *self, const char *nonce)
{
    TouServiceProfile *profile = tou_session_flow_get_profile (self->session);
    g_autofree char *id = g_uuid_string_random ();

    tou_set_text (&self->request->audience, tou_service_profile_get_audience (profile));
    tou_set_text (&self->request->submission_id, id);
    tou_set_text (&self->request->nonce, nonce);
    self->request->time_us = tou_clock_now_us (tou_session_flow_get_clock (self->session));
}

static void
make_submission (TouSubmissionRun *self)
{
    const TouRequest *request = self->request;
    TouSubmission *submission = tou_submission_new ();

    submission->id = g_strdup (request->submission_id);
    submission->agency_id = g_strdup (
        tou_service_profile_get_id (tou_session_flow_get_profile (self->session)));
    submission->user_id = g_strdup (tou_session_flow_get_user_id (self->session));
    submission->operation = request->operation;
    submission->category = request->category;
    submission->signed_at_us = request->time_us;
    submission->certificate_sha256 = g_strdup (request->certificate_sha256);
    submission->content = tou_registration_service_compose (get_service (self), request);
    g_clear_pointer (&self->submission, tou_submission_free);
    self->submission = submission;
}

static void
on_nonce_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    GError *error = NULL;
    g_autofree char *nonce = tou_registration_service_get_nonce_finish (TOU_REGISTRATION_SERVICE (source),
                                                                        result, &error);

    if (nonce == NULL) {
        fail (task, TOU_SUBMISSION_STEP_READY, error);
        return;
    }
    fill_request (self, nonce);
    make_submission (self);
    set_step (self, TOU_SUBMISSION_STEP_SIGNING);
    tou_card_access_sign_async (self->cards, self->submission->content, self->submission->certificate_sha256,
                                g_task_get_cancellable (task), on_signed, task);
}

static void
ask_nonce (GTask *task)
{
    TouSubmissionRun *self = g_task_get_source_object (task);

    self->is_resend = FALSE;
    set_step (self, TOU_SUBMISSION_STEP_ASKING);
    tou_registration_service_get_nonce_async (get_service (self), g_task_get_cancellable (task), on_nonce_got,
                                              task);
}

/* @absence: (transfer full): the service does not have it. What it has refused once more is not sent again.
 */
static void
take_absence (GTask *task, GError *absence)
{
    TouSubmissionRun *self = g_task_get_source_object (task);
    g_autoptr (GError) cause = absence;

    if (!self->is_resend_refused) {
        send_bytes (task);
        return;
    }
    self->may_give_up = TRUE;
    fail (task, TOU_SUBMISSION_STEP_UNCERTAIN,
          g_error_new (TOU_FLOW_ERROR, TOU_FLOW_ERROR_NOT_RECEIVED, "Refused when sent again, and: %s",
                       cause->message));
}

static void
on_submission_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    GError *error = NULL;
    g_autoptr (TouReceipt) answer = tou_registration_service_get_submission_finish (
        TOU_REGISTRATION_SERVICE (source), result, &error);

    /* Unless there was an answer whose receipt could not be kept. */
    if (answer != NULL)
        answer->was_repeat = self->receipt == NULL;
    if (answer != NULL)
        keep_receipt (task, answer);
    else if (g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND))
        take_absence (task, error);
    else
        fail (task, TOU_SUBMISSION_STEP_UNCERTAIN, error);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_STEP)
        g_value_set_uint (value, TOU_SUBMISSION_RUN (object)->step);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
finalize (GObject *object)
{
    TouSubmissionRun *self = TOU_SUBMISSION_RUN (object);

    g_clear_object (&self->session);
    g_clear_object (&self->cards);
    g_clear_object (&self->store);
    g_clear_object (&self->proofs);
    g_clear_pointer (&self->request, tou_request_free);
    g_clear_pointer (&self->submission, tou_submission_free);
    g_clear_pointer (&self->receipt, tou_receipt_free);
    g_clear_error (&self->refusal);
    G_OBJECT_CLASS (tou_submission_run_parent_class)->finalize (object);
}

static void
tou_submission_run_class_init (TouSubmissionRunClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = get_property;
    object_class->finalize = finalize;
    props[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 0, TOU_SUBMISSION_STEP_DONE,
                                          TOU_SUBMISSION_STEP_READY,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tou_submission_run_init (TouSubmissionRun *self)
{
}

TouSubmissionRun *
tou_submission_run_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                        TouProofChecker *proofs)
{
    TouSubmissionRun *self = g_object_new (TOU_TYPE_SUBMISSION_RUN, NULL);

    self->session = g_object_ref (session);
    self->cards = g_object_ref (cards);
    self->store = g_object_ref (store);
    self->proofs = g_object_ref (proofs);
    return self;
}

TouSubmissionStep
tou_submission_run_get_step (TouSubmissionRun *self)
{
    return self->step;
}

static GTask *
make_task (TouSubmissionRun *self, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data, gpointer tag)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, tag);
    /* The step tells what happened; a cancel that comes after it must not say otherwise. */
    g_task_set_check_cancellable (task, FALSE);
    return task;
}

static gboolean
check_may_start (TouSubmissionRun *self, TouSubmissionStep from, GError **error)
{
    if (self->is_busy || self->step != from)
        g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE, "Not at step %d", from);
    else if (get_receipt_authority (self) == NULL)
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_MISSING,
                     "The service profile has no ReceiptFile: a receipt could not be checked");
    else if (tou_session_flow_get_session (self->session) == NULL)
        g_set_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN, "No session is open");
    else
        return TRUE;
    return FALSE;
}

void
tou_submission_run_send_async (TouSubmissionRun *self, TouRequest *request, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_submission_run_send_async);
    g_autoptr (TouRequest) given = request;
    GError *error = NULL;

    if (!check_may_start (self, TOU_SUBMISSION_STEP_READY, &error)) {
        g_task_return_error (task, error);
        return;
    }
    g_clear_pointer (&self->request, tou_request_free);
    self->request = g_steal_pointer (&given);
    self->n_signed = 0;
    self->is_resend_refused = FALSE;
    self->may_give_up = FALSE;
    self->needs_unlock = FALSE;
    self->is_busy = TRUE;
    ask_nonce (g_steal_pointer (&task));
}

void
tou_submission_run_resume_async (TouSubmissionRun *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_submission_run_resume_async);
    GError *error = NULL;

    if (!check_may_start (self, TOU_SUBMISSION_STEP_UNCERTAIN, &error)) {
        g_task_return_error (task, error);
        return;
    }
    self->is_resend = TRUE;
    self->is_busy = TRUE;
    set_step (self, TOU_SUBMISSION_STEP_SUBMITTING);
    tou_registration_service_get_submission_async (get_service (self), self->submission->id, cancellable,
                                                   on_submission_got, g_steal_pointer (&task));
}

static void
on_given_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
    GTask *task = user_data;
    TouSubmissionRun *self = g_task_get_source_object (task);
    GError *error = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error)) {
        fail (task, TOU_SUBMISSION_STEP_UNCERTAIN, error);
        return;
    }
    self->submission->state = TOU_SUBMISSION_STATE_GIVEN_UP;
    self->is_busy = FALSE;
    self->may_give_up = FALSE;
    set_step (self, TOU_SUBMISSION_STEP_READY);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
}

void
tou_submission_run_give_up_async (TouSubmissionRun *self, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, NULL, callback, user_data, tou_submission_run_give_up_async);

    if (self->is_busy || !self->may_give_up) {
        g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE,
                                 "Nothing that may be given up");
        return;
    }
    self->is_busy = TRUE;
    tou_record_store_set_state_async (self->store, self->submission->id, TOU_SUBMISSION_STATE_GIVEN_UP, NULL,
                                      on_given_up, g_steal_pointer (&task));
}

gboolean
tou_submission_run_give_up_finish (TouSubmissionRun *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
tou_submission_run_may_give_up (TouSubmissionRun *self)
{
    return self->may_give_up;
}

TouReceipt *
tou_submission_run_finish (TouSubmissionRun *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), NULL);

    return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tou_submission_run_needs_unlock (TouSubmissionRun *self)
{
    return self->needs_unlock;
}

const TouSubmission *
tou_submission_run_get_submission (TouSubmissionRun *self)
{
    return self->submission;
}
