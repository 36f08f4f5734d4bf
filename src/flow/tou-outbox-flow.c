/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-outbox-flow.h"

#include "tou-flow-error.h"
#include "tou-receipt-check.h"
#include "tou-session-flow-private.h"
#include "tou-submission-run.h"

/* The nonce of what was given up is long over by then, so it cannot be accepted any more. */
#define GIVEN_UP_US G_TIME_SPAN_DAY

struct _TouOutboxFlow {
    GObject parent_instance;

    TouSessionFlow *session;
    TouRecordStore *store;
    TouProofChecker *proofs;
    GPtrArray *flows;       /* (element-type TouRequestFlow) */
    TouReviewFlow *review;  /* (nullable) */
    GPtrArray *items;       /* (element-type TouOutboxItem) */
    GCancellable *round;    /* (nullable): of the work under way that still counts */
    gboolean is_of_session; /* it needs the one that is open */
    GError *error;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouOutboxFlow, tou_outbox_flow, G_TYPE_OBJECT)

/* The work on one item. The next begins when it has ended. */
typedef struct {
    TouOutboxFlow *self;
    GCancellable *round;
    guint index;               /* of the item, as long as the round counts */
    TouOutboxItem *item;       /* owned with the list */
    TouSubmission *submission; /* the whole of it, once it is read */
    TouReceipt *receipt;
    TouDraft *draft; /* whose it is, and what for */
    gboolean sends;  /* again, before it is asked for */
} Work;

static void ask_next (TouOutboxFlow *self, guint index);

static void
clear_item (gpointer data)
{
    TouOutboxItem *item = data;

    tou_submission_free (item->submission);
}

static void
unref_item (gpointer item)
{
    g_rc_box_release_full (item, clear_item);
}

static void
free_work (Work *work)
{
    g_object_unref (work->self);
    g_object_unref (work->round);
    unref_item (work->item);
    tou_submission_free (work->submission);
    tou_receipt_free (work->receipt);
    tou_draft_free (work->draft);
    g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, free_work)

static void
tell_change (TouOutboxFlow *self)
{
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
stop (TouOutboxFlow *self)
{
    g_cancellable_cancel (self->round);
    g_clear_object (&self->round);
}

static gboolean
is_over (const Work *work)
{
    return g_cancellable_is_cancelled (work->round);
}

/* @error: (transfer full) (nullable) */
static void
end_work (Work *work, TouOutboxFate fate, GError *error)
{
    g_autoptr (Work) ending = work;
    TouOutboxFlow *self = ending->self;

    ending->item->fate = fate;
    if (is_over (ending)) {
        g_clear_error (&error);
        return;
    }
    if (error != NULL) {
        tou_session_flow_note_error (self->session, error);
        g_clear_error (&self->error);
        self->error = error;
    }
    ask_next (self, ending->index + 1);
}

/* Received */

static TouRequestFlow *
find_flow (TouOutboxFlow *self, TouOperation operation)
{
    for (guint i = 0; i < self->flows->len; i++)
        if (tou_request_flow_get_operation (self->flows->pdata[i]) == operation)
            return self->flows->pdata[i];
    return NULL;
}

static void
forget_draft (Work *work)
{
    TouRequestFlow *flow = find_flow (work->self, work->submission->operation);

    if (flow != NULL)
        tou_request_flow_forget_submitted (flow, work->draft->user_id, work->submission->category,
                                           work->submission->signed_at_us);
    end_work (work, TOU_OUTBOX_FATE_RECEIVED, NULL);
}

static void
on_draft_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GError) error = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error))
        g_debug ("The draft of what was received stays: %s", error->message);
    forget_draft (user_data);
}

static void
on_draft_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Work *work = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouDraft) draft = tou_record_store_get_draft_finish (TOU_RECORD_STORE (source), result,
                                                                    &error);

    /* A later one was typed since. */
    if (draft != NULL && draft->saved_at_us <= work->submission->signed_at_us)
        tou_record_store_delete_draft_async (work->self->store, work->draft, on_draft_deleted, work);
    else
        forget_draft (work);
}

static TouDraft *
make_draft_key (Work *work)
{
    TouDraft *key = tou_draft_new ();
    const char *user_id = work->submission->user_id;

    key->agency_id = g_strdup (work->submission->agency_id);
    key->user_id = g_strdup (user_id != NULL ? user_id : tou_session_flow_get_user_id (work->self->session));
    key->category = work->submission->category;
    key->operation = work->submission->operation;
    return key;
}

static void
on_receipt_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Work *work = user_data;
    TouSubmission *submission = work->item->submission;
    g_autoptr (GError) error = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error)) {
        end_work (work, TOU_OUTBOX_FATE_UNKNOWN,
                  g_error_new (TOU_FLOW_ERROR, TOU_FLOW_ERROR_RECEIPT_NOT_KEPT, "The receipt is not kept: %s",
                               error->message));
        return;
    }
    submission->state = TOU_SUBMISSION_STATE_ACCEPTED;
    submission->receipt = g_steal_pointer (&work->receipt);
    work->draft = make_draft_key (work);
    tou_record_store_get_draft_async (work->self->store, work->draft, NULL, on_draft_got, work);
}

static void
take_answer (Work *work, const TouReceipt *answer)
{
    TouServiceProfile *profile = tou_session_flow_get_profile (work->self->session);
    GError *error = NULL;

    work->receipt = tou_receipt_check (
        work->self->proofs, tou_service_profile_get_certificates (profile, TOU_PROFILE_USE_RECEIPTS),
        work->submission, answer, &error);
    if (work->receipt == NULL)
        end_work (work, TOU_OUTBOX_FATE_UNKNOWN, error);
    else
        tou_record_store_put_receipt_async (work->self->store, work->receipt, on_receipt_kept, work);
}

/* Asking */

static void
on_submission_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Work *work = user_data;
    GError *error = NULL;
    g_autoptr (TouReceipt) answer = tou_registration_service_get_submission_finish (
        TOU_REGISTRATION_SERVICE (source), result, &error);

    if (answer != NULL) {
        answer->was_repeat = TRUE;
        take_answer (work, answer);
    } else if (g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND)) {
        g_clear_error (&error);
        end_work (work, TOU_OUTBOX_FATE_ABSENT, NULL);
    } else {
        end_work (work, TOU_OUTBOX_FATE_UNKNOWN, error);
    }
}

static void
ask (Work *work)
{
    tou_registration_service_get_submission_async (tou_session_flow_get_service (work->self->session),
                                                   work->submission->id, work->round, on_submission_got,
                                                   work);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Work *work = user_data;
    GError *error = NULL;
    g_autoptr (TouReceipt) answer = tou_registration_service_submit_finish (TOU_REGISTRATION_SERVICE (source),
                                                                            result, &error);

    if (answer != NULL) {
        take_answer (work, answer);
        return;
    }
    if (!tou_submission_run_is_refusal (error)) {
        end_work (work, TOU_OUTBOX_FATE_UNKNOWN, error);
        return;
    }
    /* What is said of the second copy says nothing of the first. */
    work->item->is_refused = TRUE;
    g_clear_error (&work->self->error);
    work->self->error = error;
    ask (work);
}

static void
on_submission_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Work *work = user_data;
    GError *error = NULL;

    work->submission = tou_record_store_get_submission_finish (TOU_RECORD_STORE (source), result, &error);
    if (work->submission == NULL)
        end_work (work, TOU_OUTBOX_FATE_UNKNOWN, error);
    else if (work->sends)
        tou_registration_service_submit_async (tou_session_flow_get_service (work->self->session),
                                               work->submission->operation, work->submission->id,
                                               work->submission->cms, work->round, on_submitted, work);
    else
        ask (work);
}

static Work *
make_work (TouOutboxFlow *self, guint index)
{
    Work *work = g_new0 (Work, 1);

    work->self = g_object_ref (self);
    work->round = g_object_ref (self->round);
    work->index = index;
    work->item = g_rc_box_acquire (self->items->pdata[index]);
    return work;
}

static void
start_work (TouOutboxFlow *self, guint index, gboolean sends)
{
    Work *work = make_work (self, index);

    work->sends = sends;
    tou_record_store_get_submission_async (self->store, work->item->submission->id, self->round,
                                           on_submission_read, work);
}

static gboolean
is_agency (TouOutboxFlow *self, const TouSubmission *submission)
{
    return g_strcmp0 (submission->agency_id,
                      tou_service_profile_get_id (tou_session_flow_get_profile (self->session)))
           == 0;
}

static gboolean
is_own (TouOutboxFlow *self, const TouOutboxItem *item)
{
    const char *user_id = item->submission->user_id;

    return tou_session_flow_get_session (self->session) != NULL && is_agency (self, item->submission)
           && (user_id == NULL || g_strcmp0 (user_id, tou_session_flow_get_user_id (self->session)) == 0);
}

/* What is absent and has no user may be another company's; if it is this one's, nothing was received. */
static gboolean
concerns_user (TouOutboxFlow *self, const TouOutboxItem *item)
{
    return is_own (self, item) && (item->submission->user_id != NULL || item->fate != TOU_OUTBOX_FATE_ABSENT);
}

static gboolean
is_open (TouOutboxFlow *self, const TouOutboxItem *item)
{
    gint64 age_us = tou_clock_now_us (tou_session_flow_get_clock (self->session))
                    - item->submission->signed_at_us;

    return item->submission->state == TOU_SUBMISSION_STATE_SENT
           || (item->submission->state == TOU_SUBMISSION_STATE_GIVEN_UP && age_us < GIVEN_UP_US);
}

static void
ask_next (TouOutboxFlow *self, guint index)
{
    while (index < self->items->len
           && !(is_own (self, self->items->pdata[index]) && is_open (self, self->items->pdata[index])))
        index++;
    if (index < self->items->len)
        start_work (self, index, FALSE);
    else
        g_clear_object (&self->round);
    tell_change (self);
}

/* What there is */

static gboolean
is_held (TouOutboxFlow *self, const char *submission_id)
{
    for (guint i = 0; i < self->flows->len; i++)
        if (tou_request_flow_holds (self->flows->pdata[i], submission_id))
            return TRUE;
    return FALSE;
}

static void
take_list (TouOutboxFlow *self, GPtrArray *submissions)
{
    g_ptr_array_set_size (self->items, 0);
    for (guint i = 0; i < submissions->len; i++) {
        TouOutboxItem *item;

        if (is_held (self, ((const TouSubmission *) submissions->pdata[i])->id))
            continue;
        item = g_rc_box_new0 (TouOutboxItem);
        item->submission = tou_submission_copy (submissions->pdata[i]);
        g_ptr_array_add (self->items, item);
    }
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouOutboxFlow) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) submissions = tou_record_store_list_unsettled_finish (TOU_RECORD_STORE (source),
                                                                                result, &error);

    if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
        return;
    if (submissions != NULL) {
        take_list (self, submissions);
        ask_next (self, 0);
        return;
    }
    self->error = g_steal_pointer (&error);
    g_clear_object (&self->round);
    tell_change (self);
}

void
tou_outbox_flow_refresh (TouOutboxFlow *self)
{
    g_return_if_fail (TOU_IS_OUTBOX_FLOW (self));
    stop (self);
    g_clear_error (&self->error);
    self->round = g_cancellable_new ();
    self->is_of_session = tou_session_flow_get_session (self->session) != NULL;
    tou_record_store_list_unsettled_async (self->store, self->round, on_listed, g_object_ref (self));
    tell_change (self);
}

static void
on_session_changed (TouOutboxFlow *self)
{
    if (tou_session_flow_get_state (self->session) == TOU_SESSION_STATE_SIGNED_IN) {
        tou_outbox_flow_refresh (self);
    } else if (tou_session_flow_get_session (self->session) == NULL && self->is_of_session) {
        self->is_of_session = FALSE;
        stop (self);
        tell_change (self);
    }
}

static gboolean
is_listed (GPtrArray *applications, const TouOutboxItem *item)
{
    for (guint i = 0; applications != NULL && i < applications->len; i++)
        if (g_strcmp0 (((const TouApplication *) applications->pdata[i])->submission_id, item->submission->id)
            == 0)
            return item->fate != TOU_OUTBOX_FATE_RECEIVED;
    return FALSE;
}

/* The history and the records say the same. */
static void
on_review_changed (TouOutboxFlow *self)
{
    GPtrArray *applications = tou_review_flow_get_applications (self->review);

    if (self->round != NULL || tou_review_flow_is_asking (self->review))
        return;
    for (guint i = 0; i < self->items->len; i++) {
        TouOutboxItem *item = self->items->pdata[i];

        if (is_agency (self, item->submission) && is_listed (applications, item)) {
            self->round = g_cancellable_new ();
            start_work (self, i, FALSE);
            tell_change (self);
            return;
        }
    }
}

static void
dispose (GObject *object)
{
    TouOutboxFlow *self = TOU_OUTBOX_FLOW (object);

    stop (self);
    g_clear_pointer (&self->flows, g_ptr_array_unref);
    g_clear_object (&self->review);
    g_clear_object (&self->session);
    g_clear_object (&self->store);
    g_clear_object (&self->proofs);
    G_OBJECT_CLASS (tou_outbox_flow_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouOutboxFlow *self = TOU_OUTBOX_FLOW (object);

    g_ptr_array_unref (self->items);
    g_clear_error (&self->error);
    G_OBJECT_CLASS (tou_outbox_flow_parent_class)->finalize (object);
}

static void
tou_outbox_flow_class_init (TouOutboxFlowClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_CHANGED] = g_signal_new ("changed", TOU_TYPE_OUTBOX_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);
}

static void
tou_outbox_flow_init (TouOutboxFlow *self)
{
    self->items = g_ptr_array_new_with_free_func (unref_item);
    self->flows = g_ptr_array_new_with_free_func (g_object_unref);
}

TouOutboxFlow *
tou_outbox_flow_new (TouSessionFlow *session, TouRecordStore *store, TouProofChecker *proofs)
{
    TouOutboxFlow *self = g_object_new (TOU_TYPE_OUTBOX_FLOW, NULL);

    self->session = g_object_ref (session);
    self->store = g_object_ref (store);
    self->proofs = g_object_ref (proofs);
    g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_changed), self,
                             G_CONNECT_SWAPPED);
    return self;
}

void
tou_outbox_flow_follow (TouOutboxFlow *self, TouRequestFlow *flow)
{
    g_ptr_array_add (self->flows, g_object_ref (flow));
}

void
tou_outbox_flow_follow_review (TouOutboxFlow *self, TouReviewFlow *review)
{
    g_return_if_fail (self->review == NULL);
    self->review = g_object_ref (review);
    g_signal_connect_object (review, "changed", G_CALLBACK (on_review_changed), self, G_CONNECT_SWAPPED);
}

gboolean
tou_outbox_flow_is_busy (TouOutboxFlow *self)
{
    return self->round != NULL;
}

const TouOutboxItem *
tou_outbox_flow_find (TouOutboxFlow *self)
{
    for (guint i = 0; i < self->items->len; i++) {
        const TouOutboxItem *item = self->items->pdata[i];

        if (concerns_user (self, item) && item->submission->state != TOU_SUBMISSION_STATE_GIVEN_UP)
            return item;
    }
    return NULL;
}

const TouOutboxItem *
tou_outbox_flow_find_operation (TouOutboxFlow *self, TouOperation operation)
{
    for (guint i = 0; i < self->items->len; i++) {
        const TouOutboxItem *item = self->items->pdata[i];

        if (concerns_user (self, item) && item->submission->state == TOU_SUBMISSION_STATE_SENT
            && item->submission->operation == operation
            && item->submission->category == tou_session_flow_get_category (self->session))
            return item;
    }
    return NULL;
}

const TouOutboxItem *
tou_outbox_flow_find_waiting (TouOutboxFlow *self)
{
    const TouOutboxItem *found = NULL;

    for (guint i = 0; i < self->items->len; i++) {
        const TouOutboxItem *item = self->items->pdata[i];

        if (item->submission->state != TOU_SUBMISSION_STATE_SENT || is_own (self, item))
            continue;
        if (is_agency (self, item->submission))
            return item;
        if (found == NULL)
            found = item;
    }
    return found;
}

gboolean
tou_outbox_flow_can_send_again (TouOutboxFlow *self, const TouOutboxItem *item)
{
    return self->round == NULL && item->fate == TOU_OUTBOX_FATE_ABSENT && !item->is_refused
           && is_own (self, item)
           && item->submission->category == tou_session_flow_get_category (self->session);
}

static guint
find_index (TouOutboxFlow *self, const TouOutboxItem *item)
{
    guint index = 0;

    g_assert_true (g_ptr_array_find (self->items, item, &index));
    return index;
}

void
tou_outbox_flow_send_again (TouOutboxFlow *self, const TouOutboxItem *item)
{
    g_return_if_fail (tou_outbox_flow_can_send_again (self, item));
    g_clear_error (&self->error);
    self->round = g_cancellable_new ();
    start_work (self, find_index (self, item), TRUE);
    tell_change (self);
}

static void
on_given_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (Work) work = user_data;
    TouOutboxFlow *self = work->self;
    g_autoptr (GError) error = NULL;

    if (tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error))
        work->item->submission->state = TOU_SUBMISSION_STATE_GIVEN_UP;
    if (is_over (work))
        return;
    self->error = g_steal_pointer (&error);
    g_clear_object (&self->round);
    tell_change (self);
}

void
tou_outbox_flow_give_up (TouOutboxFlow *self, const TouOutboxItem *item)
{
    g_return_if_fail (self->round == NULL && item->fate == TOU_OUTBOX_FATE_ABSENT);
    g_clear_error (&self->error);
    self->round = g_cancellable_new ();
    tou_record_store_set_state_async (self->store, item->submission->id, TOU_SUBMISSION_STATE_GIVEN_UP, NULL,
                                      on_given_up, make_work (self, find_index (self, item)));
    tell_change (self);
}

void
tou_outbox_flow_dismiss (TouOutboxFlow *self, const TouOutboxItem *item)
{
    g_return_if_fail (self->round == NULL && item->fate == TOU_OUTBOX_FATE_RECEIVED);
    g_ptr_array_remove_index (self->items, find_index (self, item));
    tell_change (self);
}

const GError *
tou_outbox_flow_get_error (TouOutboxFlow *self)
{
    return self->error;
}
