/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-service.h"

#include "tou-http-calls.h"
#include "tou-http-connection.h"
#include "tou-http-error.h"
#include "tou-wire-request.h"
#include "tou-worker.h"

#define CONNECT_MS 10000
#define TOTAL_MS 30000
/* A nonce kept longer is not handed out any more: the contract lets a service forget it after ten minutes. */
#define NONCE_LIFE_US (5 * 60 * G_USEC_PER_SEC)
/* By how much whole seconds mislead: once in the service's time, once in the Date. */
#define WHOLE_SECONDS_US (2 * G_USEC_PER_SEC)

struct _TouHttpService {
    GObject parent_instance;

    TouServiceProfile *profile;
    TouClock *clock;
    TouTimeline *timeline; /* nullable */
    TouWorker *worker;
    TouHttpConnection *connection; /* the worker's */
    guint connect_ms;
    guint total_ms;

    TouSecret *token; /* NULL without a session */
    gint64 session_end_us;
    char *nonce; /* not handed out yet (nullable) */
    gint64 nonce_at_us;

    gint64 date_lag_us; /* of the answers' Date behind the service's own time, known with has_date_lag */
    gboolean has_date_lag;
};

static void start_call (TouHttpService *self, TouHttpCall *call, GTask *task);

/* What goes to the worker. The task of the caller stays here on the main thread, so that the last reference
 * to the service never goes on the worker's. */
typedef struct {
    TouHttpConnection *connection;
    TouHttpCall *call;
} Job;

static void registration_service_init (TouRegistrationServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouHttpService, tou_http_service, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_REGISTRATION_SERVICE,
                                                      registration_service_init))

static void
job_free (gpointer data)
{
    Job *job = data;

    tou_http_call_free (job->call);
    g_free (job);
}

static void
work_on_job (GTask *task)
{
    Job *job = g_task_get_task_data (task);
    GCancellable *cancellable = g_task_get_cancellable (task);
    g_autoptr (GError) error = NULL;

    if (tou_http_connection_perform (job->connection, job->call, cancellable, &error)
        && tou_http_error_read_answer (job->call, &error))
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, g_steal_pointer (&error));
}

static void
drop_nonce (TouHttpService *self)
{
    g_clear_pointer (&self->nonce, g_free);
}

static void
drop_session (TouHttpService *self)
{
    g_clear_pointer (&self->token, tou_secret_unref);
    self->session_end_us = 0;
    drop_nonce (self);
}

static void
keep_session (TouHttpService *self, TouHttpCall *call)
{
    const TouSession *session = call->result;

    drop_session (self);
    self->token = g_steal_pointer (&call->new_token);
    self->session_end_us = session->expires_at_us;
}

static void
keep_nonce (TouHttpService *self, TouHttpCall *call)
{
    drop_nonce (self);
    self->nonce = g_steal_pointer (&call->nonce);
    self->nonce_at_us = tou_clock_now_us (self->clock);
}

/* What an answer says of the session, whatever else it says. */
static void
learn_from_answer (TouHttpService *self, TouHttpCall *call)
{
    gboolean is_of_session = call->token != NULL && call->token == self->token;

    if (is_of_session && call->status == 401)
        drop_session (self);
    else if (is_of_session && call->session_end_us != 0)
        self->session_end_us = call->session_end_us;
    if (self->token != NULL && is_of_session && call->nonce != NULL)
        keep_nonce (self, call);
}

/* A computer that was frozen and thawed (a virtual machine, say) has a clock that lags without knowing it; a
 * request signed by it would be refused. The Date may be written by something before the service, with a
 * clock of its own: what counts is how it has moved on since both times stood in one answer. */
static void
learn_time (TouHttpService *self, const TouHttpCall *call)
{
    if (call->date_us == 0)
        return;
    if (call->said_time_us != 0) {
        self->date_lag_us = call->said_time_us - call->date_us;
        self->has_date_lag = TRUE;
    } else if (self->has_date_lag) {
        tou_clock_correct_service_time (self->clock,
                                        call->date_us + self->date_lag_us + call->duration_us / 2,
                                        WHOLE_SECONDS_US + call->duration_us);
    }
}

static void
note_in_timeline (TouHttpService *self, const TouHttpCall *call)
{
    if (self->timeline != NULL)
        tou_timeline_add (self->timeline, TOU_EVENT_SERVICE_CALL, call->name, call->status,
                          call->duration_us);
}

/* Nobody waits for the answer, and nothing can be done when there is none: the session then ends by itself.
 * @token: (transfer full) */
static void
give_up_session (TouHttpService *self, TouSecret *token)
{
    TouHttpCall *call = tou_http_calls_sign_out (self->profile);

    call->token = token;
    start_call (self, call, g_task_new (self, NULL, NULL, NULL));
}

/* The contract: only a refusal leaves the session as it was, or says that there was none. */
static gboolean
may_have_replaced_session (const TouHttpCall *call, const GError *error)
{
    return call->replaces_session && call->was_sent
           && !g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM)
           && !g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_OVER);
}

/* Of a call that failed or that nobody waits for any more. A session that stays open locks a bidder out at
 * some services. */
static void
leave_sessions (TouHttpService *self, TouHttpCall *call, gboolean is_lost)
{
    if (call->new_token != NULL)
        give_up_session (self, g_steal_pointer (&call->new_token));
    else if (is_lost)
        give_up_session (self, tou_secret_ref (call->token));
    if (is_lost && call->token == self->token)
        drop_session (self);
}

static GError *
make_lost_error (const TouHttpCall *call, const GError *cause)
{
    GError *error = g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST,
                                 "%s: which session is open is not known: %s", call->name,
                                 cause != NULL ? cause->message : "cancelled");

    tou_service_error_set_problem (error, call->status, NULL, NULL, NULL);
    return error;
}

/* @error: (transfer full) (nullable): %NULL: the call was cancelled when its answer was there */
static void
fail_call (TouHttpService *self, TouHttpCall *call, GError *error, GTask *task)
{
    g_autoptr (GError) cause = error;
    gboolean is_lost = may_have_replaced_session (call, cause);

    leave_sessions (self, call, is_lost);
    if (is_lost)
        g_task_return_error (task, make_lost_error (call, cause));
    else if (!g_task_return_error_if_cancelled (task))
        g_task_return_error (task, g_steal_pointer (&cause));
}

static void
on_job_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouHttpService *self = g_task_get_source_object (task);
    TouHttpCall *call = ((Job *) g_task_get_task_data (G_TASK (result)))->call;
    g_autoptr (GError) error = NULL;
    gboolean is_done = g_task_propagate_boolean (G_TASK (result), &error);

    note_in_timeline (self, call);
    learn_from_answer (self, call);
    if (is_done || tou_http_error_is_of_service (error))
        learn_time (self, call);
    if (!is_done || g_cancellable_is_cancelled (g_task_get_cancellable (task))) {
        fail_call (self, call, g_steal_pointer (&error), task);
        return;
    }
    if (call->new_token != NULL)
        keep_session (self, call);
    g_task_return_pointer (task, g_steal_pointer (&call->result), call->free_result);
}

/* @call, @task: (transfer full) */
static void
start_call (TouHttpService *self, TouHttpCall *call, GTask *task)
{
    GTask *inner = g_task_new (NULL, g_task_get_cancellable (task), on_job_done, task);
    Job *job = g_new (Job, 1);

    call->connect_ms = self->connect_ms;
    call->total_ms = self->total_ms;
    job->connection = self->connection;
    job->call = call;
    g_task_set_task_data (inner, job, job_free);
    /* What an answer that came in spite of it has brought still has to be dealt with. */
    g_task_set_check_cancellable (inner, FALSE);
    g_task_set_name (inner, call->name);
    tou_worker_push (self->worker, inner, work_on_job);
}

/* The same for a call that needs a session. */
static void
start_session_call (TouHttpService *self, TouHttpCall *call, GTask *task)
{
    if (self->token != NULL) {
        call->token = tou_secret_ref (self->token);
        start_call (self, call, task);
        return;
    }
    g_task_return_new_error (task, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN,
                             "%s: no session is open", call->name);
    tou_http_call_free (call);
    g_object_unref (task);
}

static GTask *
make_task (TouRegistrationService *service, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data, gpointer tag)
{
    GTask *task = g_task_new (service, cancellable, callback, user_data);

    g_task_set_source_tag (task, tag);
    /* on_job_done() decides, once; a cancel between that and the caller would lose what was brought. */
    g_task_set_check_cancellable (task, FALSE);
    return task;
}

static gpointer
finish (TouRegistrationService *service, GAsyncResult *result, gpointer tag, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, service), NULL);
    g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_info_async (TouRegistrationService *service, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);

    start_call (self, tou_http_calls_get_info (self->profile),
                make_task (service, cancellable, callback, user_data, get_info_async));
}

static TouServiceInfo *
get_info_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, get_info_async, error);
}

static void
sign_in_async (TouRegistrationService *service, const char *user_id, TouSecret *password,
               TouCategory category, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);
    GTask *task = make_task (service, cancellable, callback, user_data, sign_in_async);
    GError *error = NULL;
    TouHttpCall *call = tou_http_calls_sign_in (self->profile, user_id, password, category, &error);

    if (call != NULL) {
        start_call (self, call, task);
        return;
    }
    g_task_return_error (task, error);
    g_object_unref (task);
}

static TouSession *
sign_in_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, sign_in_async, error);
}

static void
change_category_async (TouRegistrationService *service, TouCategory category, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);

    start_session_call (self, tou_http_calls_change_category (self->profile, category),
                        make_task (service, cancellable, callback, user_data, change_category_async));
}

static TouSession *
change_category_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, change_category_async, error);
}

static void
sign_out_async (TouRegistrationService *service, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);

    start_session_call (self, tou_http_calls_sign_out (self->profile),
                        make_task (service, cancellable, callback, user_data, sign_out_async));
    /* The call has the last reference: the token is wiped with it, answer or none. */
    drop_session (self);
}

static gboolean
sign_out_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    g_autofree char *nothing = finish (service, result, sign_out_async, error);

    return nothing != NULL;
}

static gint64
get_session_end_us (TouRegistrationService *service)
{
    return TOU_HTTP_SERVICE (service)->session_end_us;
}

static void
get_registration_async (TouRegistrationService *service, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);

    start_session_call (self, tou_http_calls_get_registration (self->profile),
                        make_task (service, cancellable, callback, user_data, get_registration_async));
}

static TouRegistration *
get_registration_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, get_registration_async, error);
}

static void
list_applications_async (TouRegistrationService *service, guint limit, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);

    start_session_call (self, tou_http_calls_list_applications (self->profile, limit),
                        make_task (service, cancellable, callback, user_data, list_applications_async));
}

static GPtrArray *
list_applications_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, list_applications_async, error);
}

static gboolean
has_fresh_nonce (TouHttpService *self)
{
    gint64 age_us = tou_clock_now_us (self->clock) - self->nonce_at_us;

    return self->nonce != NULL && age_us >= 0 && age_us < NONCE_LIFE_US;
}

static void
get_nonce_async (TouRegistrationService *service, GCancellable *cancellable, GAsyncReadyCallback callback,
                 gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);
    GTask *task = make_task (service, cancellable, callback, user_data, get_nonce_async);

    if (self->token != NULL && has_fresh_nonce (self)) {
        g_task_return_pointer (task, g_steal_pointer (&self->nonce), g_free);
        g_object_unref (task);
        return;
    }
    start_session_call (self, tou_http_calls_get_nonce (self->profile), task);
}

static char *
get_nonce_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, get_nonce_async, error);
}

static GBytes *
compose (TouRegistrationService *service, const TouRequest *request)
{
    return tou_wire_write_request (request);
}

static GBytes *
compose_authorization (TouRegistrationService *service, const TouAuthorization *authorization)
{
    return tou_wire_write_authorization (authorization);
}

static void
submit_async (TouRegistrationService *service, TouOperation operation, const char *submission_id, GBytes *cms,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);

    start_session_call (self, tou_http_calls_submit (self->profile, operation, submission_id, cms),
                        make_task (service, cancellable, callback, user_data, submit_async));
}

static TouReceipt *
submit_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, submit_async, error);
}

static void
get_submission_async (TouRegistrationService *service, const char *submission_id, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
    TouHttpService *self = TOU_HTTP_SERVICE (service);

    start_session_call (self, tou_http_calls_get_submission (self->profile, submission_id),
                        make_task (service, cancellable, callback, user_data, get_submission_async));
}

static TouReceipt *
get_submission_finish (TouRegistrationService *service, GAsyncResult *result, GError **error)
{
    return finish (service, result, get_submission_async, error);
}

static void
registration_service_init (TouRegistrationServiceInterface *iface)
{
    iface->get_info_async = get_info_async;
    iface->get_info_finish = get_info_finish;
    iface->sign_in_async = sign_in_async;
    iface->sign_in_finish = sign_in_finish;
    iface->change_category_async = change_category_async;
    iface->change_category_finish = change_category_finish;
    iface->sign_out_async = sign_out_async;
    iface->sign_out_finish = sign_out_finish;
    iface->get_session_end_us = get_session_end_us;
    iface->get_registration_async = get_registration_async;
    iface->get_registration_finish = get_registration_finish;
    iface->list_applications_async = list_applications_async;
    iface->list_applications_finish = list_applications_finish;
    iface->get_nonce_async = get_nonce_async;
    iface->get_nonce_finish = get_nonce_finish;
    iface->compose = compose;
    iface->compose_authorization = compose_authorization;
    iface->submit_async = submit_async;
    iface->submit_finish = submit_finish;
    iface->get_submission_async = get_submission_async;
    iface->get_submission_finish = get_submission_finish;
}

static void
finalize (GObject *object)
{
    TouHttpService *self = TOU_HTTP_SERVICE (object);

    g_clear_object (&self->worker);
    g_clear_pointer (&self->connection, tou_http_connection_free);
    drop_session (self);
    g_clear_object (&self->timeline);
    g_clear_object (&self->clock);
    g_clear_pointer (&self->profile, tou_service_profile_unref);
    G_OBJECT_CLASS (tou_http_service_parent_class)->finalize (object);
}

static void
tou_http_service_class_init (TouHttpServiceClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_http_service_init (TouHttpService *self)
{
    self->connect_ms = CONNECT_MS;
    self->total_ms = TOTAL_MS;
    self->worker = tou_worker_new ("touroku-http");
}

TouHttpService *
tou_http_service_new (TouServiceProfile *profile, TouClock *clock, TouTimeline *timeline)
{
    TouHttpService *self = g_object_new (TOU_TYPE_HTTP_SERVICE, NULL);

    self->profile = tou_service_profile_ref (profile);
    self->clock = g_object_ref (clock);
    g_set_object (&self->timeline, timeline);
    self->connection = tou_http_connection_new (profile);
    return self;
}

void
tou_http_service_set_timeouts (TouHttpService *self, guint connect_ms, guint total_ms)
{
    g_return_if_fail (TOU_IS_HTTP_SERVICE (self));

    self->connect_ms = connect_ms;
    self->total_ms = total_ms;
}

guint
tou_http_service_get_n_connections (TouHttpService *self)
{
    g_return_val_if_fail (TOU_IS_HTTP_SERVICE (self), 0);

    return tou_http_connection_get_n_made (self->connection);
}
