/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

/* TouRequestFlow from CONFIRMING to COMPLETED or back. */
#include "tou-request-flow-private.h"

#include "tou-cancellable.h"
#include "tou-flow-error.h"

static void
on_step_changed (TouRequestFlow *self, GParamSpec *pspec, TouSubmissionRun *run)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (run != priv->run)
        return;
    if (tou_submission_run_get_step (run) == TOU_SUBMISSION_STEP_ASKING)
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_ASKING);
    else if (tou_submission_run_get_step (run) == TOU_SUBMISSION_STEP_SIGNING)
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_SIGNING);
    else if (tou_submission_run_get_step (run) == TOU_SUBMISSION_STEP_SUBMITTING)
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_SUBMITTING);
}

static void
complete (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    TouRequestFlowClass *klass = TOU_REQUEST_FLOW_GET_CLASS (self);

    if (priv->form != NULL)
        tou_contact_form_forget_draft (priv->form);
    if (klass->completed != NULL)
        klass->completed (self);
    if (klass->keeps_card == NULL || !klass->keeps_card (self))
        tou_unlock_step_leave (priv->unlock);
    tou_request_flow_set_state (self, TOU_REQUEST_STATE_COMPLETED);
}

static void
step_back (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    gboolean needs_unlock = tou_submission_run_needs_unlock (priv->run);
    gboolean is_card_gone = tou_unlock_step_get_state (priv->unlock) != TOU_UNLOCK_STATE_UNLOCKED;

    if (tou_submission_run_get_step (priv->run) == TOU_SUBMISSION_STEP_UNCERTAIN) {
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_UNCERTAIN);
    } else if (priv->is_left) {
        g_clear_pointer (&priv->certificate, tou_card_certificate_unref);
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_IDLE);
    } else if (needs_unlock || is_card_gone) {
        tou_request_flow_enter_card (self);
        if (!needs_unlock)
            tou_request_flow_tell_card_lost (self);
    } else {
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_CONFIRMING);
    }
}

static void
fail_submission (TouRequestFlow *self, const GError *error)
{
    TouRequestFlowClass *klass = TOU_REQUEST_FLOW_GET_CLASS (self);

    step_back (self);
    if (klass->submit_failed != NULL)
        klass->submit_failed (self, error);
}

static void
on_run_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRequestFlow *self = g_task_get_source_object (task);
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    GError *error = NULL;
    TouReceipt *receipt = tou_submission_run_finish (TOU_SUBMISSION_RUN (source), result, &error);

    /* One that is not the flow's any more was left and changes nothing. */
    if (g_task_get_task_data (task) == priv->submitting) {
        g_clear_object (&priv->submitting);
        if (receipt != NULL)
            complete (self);
        else
            fail_submission (self, error);
    }
    if (receipt != NULL)
        g_task_return_pointer (task, receipt, (GDestroyNotify) tou_receipt_free);
    else
        g_task_return_error (task, error);
}

static TouRequest *
make_request (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    TouRequestFlowClass *klass = TOU_REQUEST_FLOW_GET_CLASS (self);
    TouRequest *request = tou_request_new ();

    request->operation = klass->operation;
    request->category = priv->category;
    request->certificate_sha256 = g_strdup (priv->certificate->sha256);
    request->company = tou_company_copy (priv->company);
    if (priv->form != NULL)
        request->contact = tou_contact_copy (tou_contact_form_get_contact (priv->form));
    if (klass->fill_request != NULL)
        klass->fill_request (self, request);
    return request;
}

static void
make_run (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_clear_object (&priv->run);
    priv->run = tou_submission_run_new (priv->session, priv->cards, priv->store, priv->proofs);
    g_signal_connect_object (priv->run, "notify::step", G_CALLBACK (on_step_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
send (TouRequestFlow *self, GTask *task)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    make_run (self);
    tou_submission_run_send_async (priv->run, make_request (self), priv->submitting, on_run_ended,
                                   g_object_ref (task));
}

static void
on_card_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRequestFlow *self = g_task_get_source_object (task);
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    gboolean counts = g_task_get_task_data (task) == priv->submitting;
    GError *error = NULL;

    if (tou_unlock_step_settle_finish (TOU_UNLOCK_STEP (source), result, &error) && counts) {
        send (self, task);
        return;
    }
    if (counts) {
        g_clear_object (&priv->submitting);
        if (priv->state == TOU_REQUEST_STATE_CONFIRMING
            && tou_unlock_step_get_state (priv->unlock) == TOU_UNLOCK_STATE_IDLE)
            tou_request_flow_enter_card (self);
    }
    if (error == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The work was left");
    g_task_return_error (task, error);
}

static gboolean
check_may_submit (TouRequestFlow *self, GError **error)
{
    TouRequestFlowClass *klass = TOU_REQUEST_FLOW_GET_CLASS (self);

    if (tou_request_flow_get_private (self)->state != TOU_REQUEST_STATE_CONFIRMING
        || klass->may_submit == NULL || klass->may_submit (self, error))
        return TRUE;
    tou_request_flow_enter_card (self);
    return FALSE;
}

void
tou_request_flow_submit_async (TouRequestFlow *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
    GError *error = NULL;

    g_task_set_source_tag (task, tou_request_flow_submit_async);
    /* The state tells what happened; a cancel that comes after it must not say otherwise. */
    g_task_set_check_cancellable (task, FALSE);
    if (priv->submitting != NULL
        || (priv->state != TOU_REQUEST_STATE_CONFIRMING && priv->state != TOU_REQUEST_STATE_UNCERTAIN)) {
        g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE,
                                 "The work is at another step");
        return;
    }
    if (!check_may_submit (self, &error)) {
        g_task_return_error (task, error);
        return;
    }
    priv->submitting = tou_cancellable_new_following (cancellable);
    g_task_set_task_data (task, g_object_ref (priv->submitting), g_object_unref);
    priv->is_left = FALSE;
    if (priv->state == TOU_REQUEST_STATE_UNCERTAIN) {
        tou_submission_run_resume_async (priv->run, priv->submitting, on_run_ended, g_steal_pointer (&task));
        return;
    }
    if (priv->form != NULL)
        tou_contact_form_flush (priv->form);
    tou_unlock_step_settle_async (priv->unlock, priv->submitting, on_card_settled, g_steal_pointer (&task));
}

TouReceipt *
tou_request_flow_submit_finish (TouRequestFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), NULL);

    return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
tou_request_flow_holds (TouRequestFlow *self, const char *submission_id)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    const TouSubmission *submission = tou_request_flow_get_submission (self);

    return (priv->state == TOU_REQUEST_STATE_UNCERTAIN || priv->state == TOU_REQUEST_STATE_SUBMITTING)
           && submission != NULL && g_strcmp0 (submission->id, submission_id) == 0
           && g_strcmp0 (priv->user_id, tou_session_flow_get_user_id (priv->session)) == 0;
}

void
tou_request_flow_forget_submitted (TouRequestFlow *self, const char *user_id, TouCategory category,
                                   gint64 signed_at_us)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (priv->form != NULL && priv->state == TOU_REQUEST_STATE_IDLE)
        tou_contact_form_forget_submitted (priv->form, user_id, category, signed_at_us);
}

gboolean
tou_request_flow_may_give_up (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    return priv->state == TOU_REQUEST_STATE_UNCERTAIN && priv->submitting == NULL
           && tou_submission_run_may_give_up (priv->run);
}

static void
on_given_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRequestFlow *self = g_task_get_source_object (task);
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    GError *error = NULL;

    if (!tou_submission_run_give_up_finish (TOU_SUBMISSION_RUN (source), result, &error)) {
        g_task_return_error (task, error);
        return;
    }
    if (TOU_SUBMISSION_RUN (source) == priv->run)
        step_back (self);
    g_task_return_boolean (task, TRUE);
}

void
tou_request_flow_give_up_async (TouRequestFlow *self, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

    g_task_set_source_tag (task, tou_request_flow_give_up_async);
    if (tou_request_flow_may_give_up (self))
        tou_submission_run_give_up_async (tou_request_flow_get_private (self)->run, on_given_up,
                                          g_steal_pointer (&task));
    else
        g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE,
                                 "Nothing that may be given up");
}

gboolean
tou_request_flow_give_up_finish (TouRequestFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
tou_request_flow_is_submitting (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->submitting != NULL;
}

const TouSubmission *
tou_request_flow_get_submission (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    return priv->run != NULL ? tou_submission_run_get_submission (priv->run) : NULL;
}
