/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-review-flow.h"

#include "tou-session-flow-private.h"

/* The manual shows the last three (chapter 5). */
#define N_APPLICATIONS 3

struct _TouReviewFlow {
    GObject parent_instance;

    TouSessionFlow *session;
    TouRecordStore *store;
    guint interval_ms;
    guint timer;
    GCancellable *asking; /* (nullable): an answer is awaited */
    TouCategory category; /* that was asked for */
    GPtrArray *applications;
    GError *error;
    gint64 answered_at_us;
};

enum { SIGNAL_CHANGED, SIGNAL_RESULT_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouReviewFlow, tou_review_flow, G_TYPE_OBJECT)

static void
tell_change (TouReviewFlow *self)
{
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_waiting (const TouApplication *application)
{
    return application->state == TOU_REVIEW_STATE_RECEIVED
           || application->state == TOU_REVIEW_STATE_UNDER_REVIEW;
}

static gboolean
has_waiting (GPtrArray *applications)
{
    for (guint i = 0; applications != NULL && i < applications->len; i++)
        if (is_waiting (applications->pdata[i]))
            return TRUE;
    return FALSE;
}

static gboolean
on_interval_passed (gpointer user_data)
{
    TouReviewFlow *self = user_data;

    self->timer = 0;
    tou_review_flow_refresh (self);
    return G_SOURCE_REMOVE;
}

static void
watch (TouReviewFlow *self)
{
    if (self->timer == 0 && has_waiting (self->applications))
        self->timer = g_timeout_add (self->interval_ms, on_interval_passed, self);
}

static const TouApplication *
find_application (GPtrArray *applications, const char *submission_id)
{
    for (guint i = 0; applications != NULL && i < applications->len; i++) {
        const TouApplication *application = applications->pdata[i];
        if (g_strcmp0 (application->submission_id, submission_id) == 0)
            return application;
    }
    return NULL;
}

/* A courtesy to the records: the next answer says it again. */
static void
on_review_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GError) error = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error))
        g_debug ("what became of a submission was not kept: %s", error->message);
}

static void
keep_results (TouReviewFlow *self, GPtrArray *before)
{
    for (guint i = 0; i < self->applications->len; i++) {
        const TouApplication *application = self->applications->pdata[i];
        const TouApplication *known = find_application (before, application->submission_id);

        if (application->state != TOU_REVIEW_STATE_UNKNOWN
            && (known == NULL || known->state != application->state))
            tou_record_store_put_review_async (self->store, application->submission_id, application->state,
                                               on_review_kept, NULL);
    }
}

static void
tell_results (TouReviewFlow *self, GPtrArray *before)
{
    g_autoptr (GPtrArray) applications = g_ptr_array_ref (self->applications);

    for (guint i = 0; i < applications->len; i++) {
        TouApplication *application = applications->pdata[i];
        const TouApplication *known = find_application (before, application->submission_id);
        if (known != NULL && known->state != application->state)
            g_signal_emit (self, signals[SIGNAL_RESULT_CHANGED], 0, application);
    }
}

static void
take_applications (TouReviewFlow *self, GPtrArray *applications)
{
    g_autoptr (GPtrArray) before = g_steal_pointer (&self->applications);

    self->applications = applications;
    self->answered_at_us = tou_clock_now_us (tou_session_flow_get_clock (self->session));
    keep_results (self, before);
    tell_results (self, before);
}

static void
on_applications_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouReviewFlow) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) applications = tou_registration_service_list_applications_finish (
        TOU_REGISTRATION_SERVICE (source), result, &error);

    if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
        return;
    g_clear_object (&self->asking);
    if (applications != NULL) {
        take_applications (self, g_steal_pointer (&applications));
    } else {
        tou_session_flow_note_error (self->session, error);
        self->error = g_steal_pointer (&error);
    }
    if (tou_session_flow_get_session (self->session) != NULL)
        watch (self);
    tell_change (self);
}

static void
stop (TouReviewFlow *self)
{
    g_clear_handle_id (&self->timer, g_source_remove);
    g_cancellable_cancel (self->asking);
    g_clear_object (&self->asking);
}

/* What one user applied for is none of the next one's business; the other category has a list of its own. */
static void
on_session_changed (TouReviewFlow *self)
{
    gboolean is_same = tou_session_flow_get_session (self->session) != NULL
                       && tou_session_flow_get_category (self->session) == self->category;

    if (is_same || (self->applications == NULL && self->asking == NULL))
        return;
    stop (self);
    g_clear_pointer (&self->applications, g_ptr_array_unref);
    self->answered_at_us = 0;
    tell_change (self);
}

static void
dispose (GObject *object)
{
    TouReviewFlow *self = TOU_REVIEW_FLOW (object);

    stop (self);
    g_clear_pointer (&self->applications, g_ptr_array_unref);
    g_clear_error (&self->error);
    g_clear_object (&self->session);
    g_clear_object (&self->store);
    G_OBJECT_CLASS (tou_review_flow_parent_class)->dispose (object);
}

static void
tou_review_flow_class_init (TouReviewFlowClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[SIGNAL_CHANGED] = g_signal_new ("changed", TOU_TYPE_REVIEW_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);
    signals[SIGNAL_RESULT_CHANGED] = g_signal_new ("result-changed", TOU_TYPE_REVIEW_FLOW, G_SIGNAL_RUN_LAST,
                                                   0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
tou_review_flow_init (TouReviewFlow *self)
{
    (void) self;
}

TouReviewFlow *
tou_review_flow_new (TouSessionFlow *session, TouRecordStore *store, guint interval_ms)
{
    TouReviewFlow *self = g_object_new (TOU_TYPE_REVIEW_FLOW, NULL);

    self->session = g_object_ref (session);
    self->store = g_object_ref (store);
    self->interval_ms = interval_ms;
    g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_changed), self,
                             G_CONNECT_SWAPPED);
    return self;
}

void
tou_review_flow_refresh (TouReviewFlow *self)
{
    g_return_if_fail (TOU_IS_REVIEW_FLOW (self));
    if (self->asking != NULL || tou_session_flow_get_session (self->session) == NULL)
        return;
    g_clear_handle_id (&self->timer, g_source_remove);
    g_clear_error (&self->error);
    self->category = tou_session_flow_get_category (self->session);
    self->asking = g_cancellable_new ();
    tou_registration_service_list_applications_async (tou_session_flow_get_service (self->session),
                                                      N_APPLICATIONS, self->asking, on_applications_listed,
                                                      g_object_ref (self));
    tell_change (self);
}

gboolean
tou_review_flow_is_asking (TouReviewFlow *self)
{
    return self->asking != NULL;
}

gboolean
tou_review_flow_is_watching (TouReviewFlow *self)
{
    return self->timer != 0 || (self->asking != NULL && has_waiting (self->applications));
}

GPtrArray *
tou_review_flow_get_applications (TouReviewFlow *self)
{
    return self->applications;
}

TouCategory
tou_review_flow_get_category (TouReviewFlow *self)
{
    return self->category;
}

const TouApplication *
tou_review_flow_find_registration (TouReviewFlow *self)
{
    for (guint i = 0; self->applications != NULL && i < self->applications->len; i++) {
        const TouApplication *application = self->applications->pdata[i];

        if (application->operation == TOU_OPERATION_REGISTRATION)
            return application;
    }
    return NULL;
}

const TouApplication *
tou_review_flow_find_waiting (TouReviewFlow *self, TouOperation operation)
{
    for (guint i = 0; self->applications != NULL && i < self->applications->len; i++) {
        const TouApplication *application = self->applications->pdata[i];

        if (application->operation == operation && is_waiting (application))
            return application;
    }
    return NULL;
}

TouStanding
tou_review_flow_get_standing (TouReviewFlow *self)
{
    const TouSession *session = tou_session_flow_get_session (self->session);
    const TouApplication *application = tou_review_flow_find_registration (self);

    if (application != NULL && is_waiting (application))
        return TOU_STANDING_WAITING;
    if (application != NULL && application->state == TOU_REVIEW_STATE_APPROVED)
        return TOU_STANDING_REGISTERED;
    return session != NULL && session->has_registration ? TOU_STANDING_REGISTERED : TOU_STANDING_NEW;
}

const GError *
tou_review_flow_get_error (TouReviewFlow *self)
{
    return self->error;
}

gint64
tou_review_flow_get_answered_at_us (TouReviewFlow *self)
{
    return self->answered_at_us;
}
