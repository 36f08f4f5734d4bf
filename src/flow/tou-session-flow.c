/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-field.h"
#include "tou-flow-error.h"
#include "tou-session-flow-private.h"

struct _TouSessionFlow {
    GObject parent_instance;

    TouServiceProfile *profile;
    TouRegistrationService *service;
    TouClock *clock;

    TouSessionState state;
    TouCategory category;
    TouServiceInfo *info;
    TouSession *session;
    char *user_id;
};

enum {
    PROP_STATE = 1,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TouSessionFlow, tou_session_flow, G_TYPE_OBJECT)

/* What a call has to know when its answer comes. */
typedef struct {
    TouSessionState before;
    TouCategory category;
    char *user_id;
    gint64 asked_at_us; /* monotonic */
} Call;

static void
free_call (Call *call)
{
    g_free (call->user_id);
    g_free (call);
}

static void
set_state (TouSessionFlow *self, TouSessionState state)
{
    if (self->state == state)
        return;
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
drop_session (TouSessionFlow *self)
{
    g_clear_pointer (&self->session, tou_session_free);
}

static gboolean
is_under_way (TouSessionFlow *self)
{
    return self->state == TOU_SESSION_STATE_CONNECTING || self->state == TOU_SESSION_STATE_SIGNING_IN
           || self->state == TOU_SESSION_STATE_SIGNING_OUT;
}

/* The answer decides, not a cancel that comes after it: the state has moved on by then. */
static GTask *
make_task (TouSessionFlow *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data,
           gpointer tag)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);
    Call *call = g_new0 (Call, 1);

    call->before = self->state;
    call->category = self->category;
    call->asked_at_us = g_get_monotonic_time ();
    g_task_set_source_tag (task, tag);
    g_task_set_check_cancellable (task, FALSE);
    g_task_set_task_data (task, call, (GDestroyNotify) free_call);
    return task;
}

static void
refuse_state (GTask *task)
{
    g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE,
                             "Another step of the session is still under way");
}

static gboolean
check_field (TouField field, const char *text, GError **error)
{
    TouFieldCheck check;

    if (tou_field_check (field, text, &check))
        return TRUE;
    g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM, "Field %d has fault %d", field, check.fault);
    return FALSE;
}

/* Half of the round trip has passed since the service wrote its time. */
static void
set_clock (TouSessionFlow *self, const Call *call)
{
    gint64 trip_us = g_get_monotonic_time () - call->asked_at_us;

    tou_clock_set_service_time (self->clock, self->info->time_us + trip_us / 2);
}

static void
on_info_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouSessionFlow *self = g_task_get_source_object (task);
    const Call *call = g_task_get_task_data (task);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceInfo) info = tou_registration_service_get_info_finish (
        TOU_REGISTRATION_SERVICE (source), result, &error);

    if (info == NULL) {
        set_state (self, call->before);
        g_task_return_error (task, g_steal_pointer (&error));
        return;
    }
    g_clear_pointer (&self->info, tou_service_info_free);
    self->info = g_steal_pointer (&info);
    set_clock (self, call);
    set_state (self, self->session != NULL ? TOU_SESSION_STATE_SIGNED_IN : TOU_SESSION_STATE_CONNECTED);
    g_task_return_boolean (task, TRUE);
}

static void
on_session_given_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouSessionFlow) self = user_data;
    g_autoptr (GError) error = NULL;

    if (!tou_registration_service_sign_out_finish (TOU_REGISTRATION_SERVICE (source), result, &error))
        g_debug ("The service did not end the session: %s", error->message);
    set_state (self, TOU_SESSION_STATE_CONNECTED);
}

static void
give_up_session (TouSessionFlow *self)
{
    drop_session (self);
    tou_registration_service_sign_out_async (self->service, NULL, on_session_given_up, g_object_ref (self));
    set_state (self, TOU_SESSION_STATE_SIGNING_OUT);
}

static void
take_session (TouSessionFlow *self, TouSession *session, const char *user_id)
{
    drop_session (self);
    self->session = session;
    tou_set_text (&self->user_id, user_id);
    set_state (self, TOU_SESSION_STATE_SIGNED_IN);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouSessionFlow *self = g_task_get_source_object (task);
    const Call *call = g_task_get_task_data (task);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouSession) session = tou_registration_service_sign_in_finish (
        TOU_REGISTRATION_SERVICE (source), result, &error);

    if (session == NULL) {
        set_state (self, TOU_SESSION_STATE_CONNECTED);
        g_task_return_error (task, g_steal_pointer (&error));
    } else if (call->category != self->category) {
        give_up_session (self);
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Another category was chosen");
    } else {
        take_session (self, g_steal_pointer (&session), call->user_id);
        g_task_return_boolean (task, TRUE);
    }
}

static void
on_category_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouSessionFlow *self = g_task_get_source_object (task);
    const Call *call = g_task_get_task_data (task);
    g_autoptr (GError) error = NULL;
    TouSession *session = tou_registration_service_change_category_finish (TOU_REGISTRATION_SERVICE (source),
                                                                           result, &error);

    if (session != NULL) {
        self->category = call->category;
        take_session (self, session, call->user_id);
        g_task_return_boolean (task, TRUE);
        return;
    }
    set_state (self, TOU_SESSION_STATE_SIGNED_IN);
    tou_session_flow_note_error (self, error);
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouSessionFlow *self = g_task_get_source_object (task);
    g_autoptr (GError) error = NULL;
    gboolean ok = tou_registration_service_sign_out_finish (TOU_REGISTRATION_SERVICE (source), result,
                                                            &error);

    set_state (self, TOU_SESSION_STATE_CONNECTED);
    if (ok)
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_registration_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    TouRegistration *registration = tou_registration_service_get_registration_finish (
        TOU_REGISTRATION_SERVICE (source), result, &error);

    if (registration != NULL) {
        g_task_return_pointer (task, registration, (GDestroyNotify) tou_registration_free);
        return;
    }
    tou_session_flow_note_error (g_task_get_source_object (task), error);
    g_task_return_error (task, error);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    TouSessionFlow *self = TOU_SESSION_FLOW (object);

    if (id == PROP_STATE)
        g_value_set_uint (value, self->state);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
finalize (GObject *object)
{
    TouSessionFlow *self = TOU_SESSION_FLOW (object);

    g_clear_pointer (&self->profile, tou_service_profile_unref);
    g_clear_object (&self->service);
    g_clear_object (&self->clock);
    g_clear_pointer (&self->info, tou_service_info_free);
    drop_session (self);
    g_free (self->user_id);
    G_OBJECT_CLASS (tou_session_flow_parent_class)->finalize (object);
}

static void
tou_session_flow_class_init (TouSessionFlowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = get_property;
    object_class->finalize = finalize;
    props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, TOU_SESSION_STATE_SIGNING_OUT,
                                           TOU_SESSION_STATE_IDLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
tou_session_flow_init (TouSessionFlow *self)
{
}

TouSessionFlow *
tou_session_flow_new (TouServiceProfile *profile, TouRegistrationService *service, TouClock *clock)
{
    TouSessionFlow *self = g_object_new (TOU_TYPE_SESSION_FLOW, NULL);

    self->profile = tou_service_profile_ref (profile);
    self->service = g_object_ref (service);
    self->clock = g_object_ref (clock);
    return self;
}

TouSessionState
tou_session_flow_get_state (TouSessionFlow *self)
{
    return self->state;
}

TouServiceProfile *
tou_session_flow_get_profile (TouSessionFlow *self)
{
    return self->profile;
}

TouClock *
tou_session_flow_get_clock (TouSessionFlow *self)
{
    return self->clock;
}

TouRegistrationService *
tou_session_flow_get_service (TouSessionFlow *self)
{
    return self->service;
}

void
tou_session_flow_set_category (TouSessionFlow *self, TouCategory category)
{
    if (self->category == category)
        return;
    self->category = category;
    if (self->state == TOU_SESSION_STATE_SIGNED_IN)
        give_up_session (self);
    else
        drop_session (self);
}

TouCategory
tou_session_flow_get_category (TouSessionFlow *self)
{
    return self->category;
}

const TouServiceInfo *
tou_session_flow_get_info (TouSessionFlow *self)
{
    return self->info;
}

const TouSession *
tou_session_flow_get_session (TouSessionFlow *self)
{
    return self->session;
}

const char *
tou_session_flow_get_user_id (TouSessionFlow *self)
{
    return self->user_id;
}

guint
tou_session_flow_get_seconds_left (TouSessionFlow *self)
{
    if (self->session == NULL)
        return 0;
    gint64 end_us = tou_registration_service_get_session_end_us (self->service);
    gint64 left_us = end_us - tou_clock_now_us (self->clock);

    return left_us > 0 ? (guint) (left_us / G_USEC_PER_SEC) : 0;
}

gboolean
tou_session_flow_is_session_over (const GError *error)
{
    if (g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN)
        || g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_OVER)
        || g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST))
        return TRUE;
    if (!g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM))
        return FALSE;
    const char *code = tou_service_error_get_code (error);

    return g_strcmp0 (code, "30003") == 0 || g_strcmp0 (code, "30004") == 0;
}

void
tou_session_flow_note_error (TouSessionFlow *self, const GError *error)
{
    if (!tou_session_flow_is_session_over (error))
        return;
    drop_session (self);
    if (self->state == TOU_SESSION_STATE_SIGNED_IN)
        set_state (self, TOU_SESSION_STATE_CONNECTED);
}

void
tou_session_flow_connect_async (TouSessionFlow *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_session_flow_connect_async);

    if (is_under_way (self)) {
        refuse_state (task);
        return;
    }
    set_state (self, TOU_SESSION_STATE_CONNECTING);
    tou_registration_service_get_info_async (self->service, cancellable, on_info_got,
                                             g_steal_pointer (&task));
}

gboolean
tou_session_flow_connect_finish (TouSessionFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

void
tou_session_flow_sign_in_async (TouSessionFlow *self, const char *user_id, TouSecret *password,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_session_flow_sign_in_async);
    Call *call = g_task_get_task_data (task);
    GError *error = NULL;

    if (is_under_way (self) || self->state == TOU_SESSION_STATE_IDLE) {
        refuse_state (task);
        return;
    }
    if (!check_field (TOU_FIELD_USER_ID, user_id, &error)
        || !check_field (TOU_FIELD_PASSWORD, tou_secret_get_data (password), &error)) {
        g_task_return_error (task, error);
        return;
    }
    call->user_id = g_strdup (user_id);
    drop_session (self);
    set_state (self, TOU_SESSION_STATE_SIGNING_IN);
    tou_registration_service_sign_in_async (self->service, user_id, password, self->category, cancellable,
                                            on_signed_in, g_steal_pointer (&task));
}

gboolean
tou_session_flow_sign_in_finish (TouSessionFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

void
tou_session_flow_change_category_async (TouSessionFlow *self, TouCategory category, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_session_flow_change_category_async);
    Call *call = g_task_get_task_data (task);

    if (self->state != TOU_SESSION_STATE_SIGNED_IN) {
        refuse_state (task);
        return;
    }
    call->category = category;
    call->user_id = g_strdup (self->user_id);
    set_state (self, TOU_SESSION_STATE_SIGNING_IN);
    tou_registration_service_change_category_async (self->service, category, cancellable, on_category_changed,
                                                    g_steal_pointer (&task));
}

gboolean
tou_session_flow_change_category_finish (TouSessionFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

void
tou_session_flow_sign_out_async (TouSessionFlow *self, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, NULL, callback, user_data, tou_session_flow_sign_out_async);

    if (is_under_way (self)) {
        refuse_state (task);
        return;
    }
    if (self->state != TOU_SESSION_STATE_SIGNED_IN) {
        g_task_return_boolean (task, TRUE);
        return;
    }
    drop_session (self);
    set_state (self, TOU_SESSION_STATE_SIGNING_OUT);
    tou_registration_service_sign_out_async (self->service, NULL, on_signed_out, g_steal_pointer (&task));
}

gboolean
tou_session_flow_sign_out_finish (TouSessionFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

void
tou_session_flow_get_registration_async (TouSessionFlow *self, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_session_flow_get_registration_async);

    if (self->session == NULL) {
        g_task_return_new_error (task, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN,
                                 "No session is open");
        return;
    }
    tou_registration_service_get_registration_async (self->service, cancellable, on_registration_got,
                                                     g_steal_pointer (&task));
}

TouRegistration *
tou_session_flow_get_registration_finish (TouSessionFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), NULL);

    return g_task_propagate_pointer (G_TASK (result), error);
}
