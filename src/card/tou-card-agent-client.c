/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-card-agent-client-private.h"

#include "tou-agent-host.h"
#include "tou-card-agent-errors.h"
#include "tou-card-step.h"
#include "tou-card-variant.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <unistd.h>

#define IDLE_SECONDS 600

struct _TouCardAgentClient {
    GObject parent_instance;

    TouProofChecker *proofs;
    guint time_out_seconds;
    guint idle_seconds;

    TouAgentHost *host;
    gboolean is_unlocked;
    gboolean asks_each_time;
    gboolean is_on_keypad; /* the PIN of the unlocked card */

    GTask *step;          /* the one at work */
    GQueue waiting;       /* of GTask: steps asked for while those before were cancelled and had not ended */
    GQueue releases;      /* of GTask: to be told when there is no agent any more */
    gboolean has_changed; /* news that came during a step */
    gboolean has_lost;
    gboolean has_exited;
};

enum { PROP_0, PROP_TIME_OUT_SECONDS, PROP_IDLE_SECONDS, N_PROPERTIES };
static GParamSpec *properties[N_PROPERTIES];

enum { SIGNAL_DIED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void tou_card_agent_client_iface_init (TouCardAccessInterface *iface);
static void advance (TouCardAgentClient *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouCardAgentClient, tou_card_agent_client, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_CARD_ACCESS, tou_card_agent_client_iface_init))

static TouCardStep *
get_step (TouCardAgentClient *self)
{
    return g_task_get_task_data (self->step);
}

/* The agent's life */

static void
drop_agent (TouCardAgentClient *self, gboolean gently)
{
    self->is_unlocked = FALSE;
    tou_agent_host_drop (self->host, gently);
}

static void
lose_card (TouCardAgentClient *self)
{
    gboolean was_unlocked = self->is_unlocked;

    drop_agent (self, TRUE);
    if (was_unlocked)
        g_signal_emit_by_name (self, "lost");
}

/* Nobody watches the readers any more: the next list does. */
static void
tell_died (TouCardAgentClient *self)
{
    g_signal_emit (self, signals[SIGNAL_DIED], 0);
    g_signal_emit_by_name (self, "changed");
}

static void
on_agent_exited (TouCardAgentClient *self)
{
    gboolean was_unlocked = self->is_unlocked;

    /* During a step the call on the connection fails, or its answer came before. */
    if (self->step != NULL) {
        self->has_exited = TRUE;
        return;
    }
    lose_card (self);
    if (!was_unlocked)
        tell_died (self);
}

/* A step that was cancelled still has its agent. */
static gboolean
is_releasing (TouCardAgentClient *self)
{
    return tou_agent_host_is_ending (self->host)
           || (self->step != NULL && g_cancellable_is_cancelled (get_step (self)->cancellable));
}

static void
tell_released (TouCardAgentClient *self)
{
    GTask *task;

    while (!is_releasing (self) && (task = g_queue_pop_head (&self->releases)) != NULL) {
        g_task_return_boolean (task, TRUE);
        g_object_unref (task);
    }
}

static void
on_lost_received (TouCardAgentClient *self)
{
    if (self->step != NULL)
        self->has_lost = TRUE;
    else
        lose_card (self);
}

static void
on_changed_received (TouCardAgentClient *self)
{
    if (self->step != NULL)
        self->has_changed = TRUE;
    else
        g_signal_emit_by_name (self, "changed");
}

/* The course of a step */

static GTask *
take_step (TouCardAgentClient *self)
{
    tou_card_step_stop_clock (get_step (self));
    return g_steal_pointer (&self->step);
}

static void
forget_news (TouCardAgentClient *self)
{
    self->has_changed = FALSE;
    self->has_lost = FALSE;
    self->has_exited = FALSE;
}

static void
start_next_step (TouCardAgentClient *self)
{
    self->step = g_queue_pop_head (&self->waiting);
    if (self->step != NULL)
        advance (self);
}

static void
fail_step (TouCardAgentClient *self, GError *error)
{
    g_autoptr (GTask) task = take_step (self);
    const TouCardStep *step = g_task_get_task_data (task);
    /* One that could say what is wrong can also log out; one that was only cancelled may be writing on the
     * card. */
    gboolean gently = error->domain == TOU_CARD_ERROR
                      || (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !step->has_timed_out);

    forget_news (self);
    drop_agent (self, gently);
    start_next_step (self);
    tell_released (self);
    g_task_return_error (task, tou_card_step_name_error (g_task_get_task_data (task), error));
}

/* An agent that is gone is let go of first: whoever gets the result may begin the next step with it. */
static void
complete_step (TouCardAgentClient *self, gpointer result, GDestroyNotify free_result)
{
    g_autoptr (GTask) task = take_step (self);
    gboolean has_changed = self->has_changed;
    gboolean is_gone = self->has_lost || self->has_exited;
    gboolean is_lost = is_gone && self->is_unlocked;
    gboolean has_died = self->has_exited && !is_lost;

    forget_news (self);
    if (is_gone)
        drop_agent (self, TRUE);
    g_task_return_pointer (task, result, free_result);
    if (has_changed)
        g_signal_emit_by_name (self, "changed");
    if (is_lost)
        g_signal_emit_by_name (self, "lost");
    if (has_died)
        tell_died (self);
}

/* Whatever came in time, a cancelled step has no result. Returns whether it goes on. */
static gboolean
check_answer (TouCardAgentClient *self, GError *error)
{
    if (error == NULL)
        g_cancellable_set_error_if_cancelled (get_step (self)->cancellable, &error);
    if (error != NULL)
        fail_step (self, error);
    return error == NULL;
}

static void
on_list_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouCardAgentClient) self = user_data;
    g_autoptr (GVariant) readers = NULL;
    g_autoptr (GVariant) tokens = NULL;
    GError *error = NULL;

    (void) tou_dbus_card_agent1_call_list_finish (TOU_DBUS_CARD_AGENT1 (source), &readers, &tokens, result,
                                                  &error);
    if (check_answer (self, error))
        complete_step (self, tou_card_variant_read_inventory (readers, tokens, self->proofs),
                       (GDestroyNotify) tou_card_inventory_unref);
}

static void
on_unlock_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouCardAgentClient) self = user_data;
    g_autoptr (GVariant) ders = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    GError *error = NULL;

    self->is_unlocked = TRUE;
    self->is_on_keypad = get_step (self)->is_on_keypad;
    (void) tou_dbus_card_agent1_call_unlock_finish (TOU_DBUS_CARD_AGENT1 (source), &ders,
                                                    &self->asks_each_time, NULL, result, &error);
    if (!check_answer (self, error))
        return;
    certificates = tou_card_variant_read_certificates (ders, self->proofs);
    if (certificates->len == 0)
        fail_step (self,
                   g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_NO_CERTIFICATE,
                                        "none but authorities' certificates, or none that can be read"));
    else
        complete_step (self, g_steal_pointer (&certificates), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_sign_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouCardAgentClient) self = user_data;
    g_autoptr (GVariant) cms = NULL;
    GError *error = NULL;

    (void) tou_dbus_card_agent1_call_sign_finish (TOU_DBUS_CARD_AGENT1 (source), &cms, result, &error);
    if (check_answer (self, error))
        complete_step (self, g_variant_get_data_as_bytes (cms), (GDestroyNotify) g_bytes_unref);
}

/* The PIN goes into a pipe whose other end travels with the call: it is in no message. */
static GUnixFDList *
make_pin_pipe (const TouSecret *pin, GError **error)
{
    int ends[2];
    gboolean is_written;

    /* Not g_unix_open_pipe(): GLib 2.74 and 2.84 want different flags for the same. */
    if (pipe2 (ends, O_CLOEXEC) != 0) {
        g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), "no pipe for the PIN");
        return NULL;
    }
    is_written = tou_secret_write_to_fd (pin, ends[1], error);
    close (ends[1]);
    if (is_written)
        return g_unix_fd_list_new_from_array (ends, 1);
    close (ends[0]);
    return NULL;
}

static void
send_unlock (TouCardAgentClient *self, TouCardStep *step)
{
    g_autoptr (GUnixFDList) fds = NULL;
    GError *error = NULL;

    if (step->pin != NULL && (fds = make_pin_pipe (step->pin, &error)) == NULL) {
        fail_step (self, error);
        return;
    }
    tou_dbus_card_agent1_call_unlock (tou_agent_host_get_proxy (self->host), step->token->id,
                                      step->is_on_keypad, fds, step->cancellable, on_unlock_answered,
                                      g_object_ref (self));
    g_clear_pointer (&step->pin, tou_secret_unref);
}

static void
send_step (TouCardAgentClient *self)
{
    TouCardStep *step = get_step (self);
    TouDBusCardAgent1 *agent = tou_agent_host_get_proxy (self->host);

    if (step->kind == TOU_CARD_STEP_LIST)
        tou_dbus_card_agent1_call_list (agent, step->cancellable, on_list_answered, g_object_ref (self));
    else if (step->kind == TOU_CARD_STEP_UNLOCK)
        send_unlock (self, step);
    else
        tou_dbus_card_agent1_call_sign (
            agent, g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, step->content, TRUE),
            step->certificate_sha256, step->cancellable, on_sign_answered, g_object_ref (self));
}

static void
on_agent_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouCardAgentClient) self = user_data;
    GError *error = NULL;
    gboolean is_started = tou_agent_host_start_finish (TOU_AGENT_HOST (source), result, &error);

    if (check_answer (self, error) && is_started)
        send_step (self);
}

/* Brings the step to the agent, or an agent to the step. */
static void
advance (TouCardAgentClient *self)
{
    TouCardStep *step = get_step (self);

    if (!check_answer (self, NULL))
        return;
    /* libp11 would take a second card in the same reader for one that is logged in. */
    if (step->kind == TOU_CARD_STEP_UNLOCK && self->is_unlocked)
        drop_agent (self, TRUE);
    if (tou_agent_host_get_proxy (self->host) != NULL)
        send_step (self);
    else
        tou_agent_host_start_async (self->host, self->idle_seconds, step->cancellable, on_agent_started,
                                    g_object_ref (self));
}

/* Nothing can be asked of an agent while a step is at work; one that is cancelled only has to hear of it. */
static gboolean
may_wait (TouCardAgentClient *self)
{
    GTask *last = g_queue_is_empty (&self->waiting) ? self->step : g_queue_peek_tail (&self->waiting);
    const TouCardStep *step = g_task_get_task_data (last);

    return g_cancellable_is_cancelled (step->cancellable);
}

/* @step: (transfer full) */
static void
begin_step (TouCardAgentClient *self, TouCardStep *step, GCancellable *caller, GAsyncReadyCallback callback,
            gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (self, caller, callback, user_data);

    g_task_set_task_data (task, step, (GDestroyNotify) tou_card_step_free);
    if (g_task_return_error_if_cancelled (task))
        return;
    if (self->step != NULL && !may_wait (self)) {
        g_task_return_new_error (task, TOU_CARD_ERROR, TOU_CARD_ERROR_BUSY, "another step is still running");
        return;
    }
    /* A result that was thrown away would leave a card open that the caller takes for closed. */
    g_task_set_check_cancellable (task, FALSE);
    tou_card_step_start_clock (step, self->time_out_seconds, caller);
    g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
    if (self->step == NULL)
        start_next_step (self);
}

/* TouCardAccess */

static void
list_async (TouCardAccess *access, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer user_data)
{
    begin_step (TOU_CARD_AGENT_CLIENT (access), tou_card_step_new (TOU_CARD_STEP_LIST), cancellable, callback,
                user_data);
}

static TouCardInventory *
list_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unlock_async (TouCardAccess *access, TouCardToken *token, TouSecret *pin, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
    TouCardStep *step;
    GError *error = NULL;

    if (!tou_card_step_check_pin (token, pin, &error)) {
        g_task_report_error (access, callback, user_data, NULL, error);
        return;
    }
    step = tou_card_step_new (TOU_CARD_STEP_UNLOCK);
    step->token = tou_card_token_ref (token);
    step->pin = pin == NULL ? NULL : tou_secret_ref (pin);
    step->is_on_keypad = pin == NULL;
    begin_step (TOU_CARD_AGENT_CLIENT (access), step, cancellable, callback, user_data);
}

static GPtrArray *
unlock_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sign_async (TouCardAccess *access, GBytes *content, const char *certificate_sha256, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
    TouCardAgentClient *self = TOU_CARD_AGENT_CLIENT (access);
    TouCardStep *step = tou_card_step_new (TOU_CARD_STEP_SIGN);

    step->is_on_keypad = self->asks_each_time && self->is_on_keypad;
    step->content = g_bytes_ref (content);
    step->certificate_sha256 = g_strdup (certificate_sha256);
    begin_step (self, step, cancellable, callback, user_data);
}

static GBytes *
sign_finish (TouCardAccess *access, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
asks_each_time (TouCardAccess *access)
{
    return TOU_CARD_AGENT_CLIENT (access)->asks_each_time;
}

static guint
get_keypad_seconds (TouCardAccess *access)
{
    guint seconds = TOU_CARD_AGENT_CLIENT (access)->time_out_seconds;

    return seconds > 0 ? seconds : TOU_CARD_STEP_KEYPAD_SECONDS;
}

static void
release (TouCardAccess *access)
{
    TouCardAgentClient *self = TOU_CARD_AGENT_CLIENT (access);

    if (self->step == NULL) {
        drop_agent (self, TRUE);
        return;
    }
    for (GList *item = self->waiting.head; item != NULL; item = item->next)
        g_cancellable_cancel (((TouCardStep *) g_task_get_task_data (item->data))->cancellable);
    g_cancellable_cancel (get_step (self)->cancellable);
}

static void
tou_card_agent_client_iface_init (TouCardAccessInterface *iface)
{
    iface->list_async = list_async;
    iface->list_finish = list_finish;
    iface->unlock_async = unlock_async;
    iface->unlock_finish = unlock_finish;
    iface->sign_async = sign_async;
    iface->sign_finish = sign_finish;
    iface->asks_each_time = asks_each_time;
    iface->get_keypad_seconds = get_keypad_seconds;
    iface->release = release;
}

/* GObject */

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
    TouCardAgentClient *self = TOU_CARD_AGENT_CLIENT (object);

    if (id == PROP_TIME_OUT_SECONDS)
        g_value_set_uint (value, self->time_out_seconds);
    else if (id == PROP_IDLE_SECONDS)
        g_value_set_uint (value, self->idle_seconds);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
    TouCardAgentClient *self = TOU_CARD_AGENT_CLIENT (object);

    if (id == PROP_TIME_OUT_SECONDS)
        self->time_out_seconds = g_value_get_uint (value);
    else if (id == PROP_IDLE_SECONDS)
        self->idle_seconds = g_value_get_uint (value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
dispose (GObject *object)
{
    TouCardAgentClient *self = TOU_CARD_AGENT_CLIENT (object);

    if (self->host != NULL)
        drop_agent (self, TRUE);
    g_clear_object (&self->host);
    g_clear_object (&self->proofs);
    G_OBJECT_CLASS (tou_card_agent_client_parent_class)->dispose (object);
}

static void
tou_card_agent_client_class_init (TouCardAgentClientClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->dispose = dispose;
    properties[PROP_TIME_OUT_SECONDS] = g_param_spec_uint ("time-out-seconds", NULL, NULL, 0, 3600, 0,
                                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
    properties[PROP_IDLE_SECONDS] = g_param_spec_uint ("idle-seconds", NULL, NULL, 1, 24 * 3600, IDLE_SECONDS,
                                                       G_PARAM_READWRITE | G_PARAM_CONSTRUCT
                                                           | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPERTIES, properties);
    signals[SIGNAL_DIED] = g_signal_new ("died", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
    tou_card_agent_errors_register ();
}

static void
tou_card_agent_client_init (TouCardAgentClient *self)
{
    g_queue_init (&self->waiting);
    g_queue_init (&self->releases);
}

TouCardAgentClient *
tou_card_agent_client_new (const char *agent_path, const char *module, const char *const *environment,
                           TouProofChecker *proofs)
{
    TouCardAgentClient *self = g_object_new (TOU_TYPE_CARD_AGENT_CLIENT, NULL);

    self->host = tou_agent_host_new (agent_path, module, environment);
    g_signal_connect_object (self->host, "changed", G_CALLBACK (on_changed_received), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->host, "lost", G_CALLBACK (on_lost_received), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->host, "exited", G_CALLBACK (on_agent_exited), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->host, "ended", G_CALLBACK (tell_released), self, G_CONNECT_SWAPPED);
    self->proofs = g_object_ref (proofs);
    return self;
}

TouChildProcess *
tou_card_agent_client_get_process (TouCardAgentClient *self)
{
    return tou_agent_host_get_process (self->host);
}

void
tou_card_agent_client_release_async (TouCardAgentClient *self, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
    GTask *task = g_task_new (self, NULL, callback, user_data);

    g_task_set_source_tag (task, tou_card_agent_client_release_async);
    release (TOU_CARD_ACCESS (self));
    g_queue_push_tail (&self->releases, task);
    tell_released (self);
}
