/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-agent.h"

#include "tou-card-access.h"
#include "tou-card-agent-dbus.h"
#include "tou-card-desk.h"
#include "tou-slot-watch.h"
#include "tou-worker.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#define OBJECT_PATH "/io/github/touroku/CardAgent1"

struct _TouCardAgent {
    GObject parent_instance;

    GDBusConnection *connection;
    TouDBusCardAgent1 *skeleton;
    TouWorker *worker;
    TouCardDesk *desk; /* the worker's */
    TouSlotWatch *watch;
    guint n_calls; /* at work or waiting */
    guint idle_seconds;
    guint idle_timer;
    gboolean is_watching;
    gboolean is_unlocked;
};

/* One call on its way through the worker. */
typedef struct {
    TouCardDesk *desk;
    GDBusMethodInvocation *invocation;
    char *text; /* token id or certificate hash */
    GBytes *content;
    int pin_fd; /* -1: on the keypad */
} Call;

enum { ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouCardAgent, tou_card_agent, G_TYPE_OBJECT)

static void
call_free (gpointer data)
{
    Call *call = data;

    if (call->pin_fd >= 0)
        close (call->pin_fd);
    g_clear_pointer (&call->content, g_bytes_unref);
    g_free (call->text);
    g_free (call);
}

static gboolean
on_idle_time_passed (gpointer user_data)
{
    TouCardAgent *self = user_data;

    self->idle_timer = 0;
    if (self->is_unlocked)
        tou_dbus_card_agent1_emit_lost (self->skeleton);
    g_signal_emit (self, signals[ENDED], 0);
    return G_SOURCE_REMOVE;
}

/* Called whenever work begins or ends. */
static void
arrange_waiting (TouCardAgent *self)
{
    gboolean is_free = self->n_calls == 0;

    g_clear_handle_id (&self->idle_timer, g_source_remove);
    if (is_free && (self->is_unlocked || !self->is_watching))
        self->idle_timer = g_timeout_add_seconds (self->idle_seconds, on_idle_time_passed, self);
    tou_slot_watch_set_running (self->watch, is_free && self->is_watching);
}

static Call *
begin_call (TouCardAgent *self, GDBusMethodInvocation *invocation, const char *text)
{
    Call *call = g_new0 (Call, 1);

    call->desk = self->desk;
    call->invocation = invocation;
    call->text = g_strdup (text);
    call->pin_fd = -1;
    self->n_calls++;
    arrange_waiting (self);
    return call;
}

/* Answers the method with the task's result. */
static void
on_call_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
    TouCardAgent *self = TOU_CARD_AGENT (source);
    GDBusMethodInvocation *invocation = user_data;
    GError *error = NULL;
    GVariant *answer = g_task_propagate_pointer (G_TASK (result), &error);
    const char *method = g_dbus_method_invocation_get_method_name (invocation);

    self->n_calls--;
    if (answer != NULL && g_str_equal (method, "List"))
        self->is_watching = TRUE;
    if (answer != NULL && g_str_equal (method, "Unlock"))
        self->is_unlocked = TRUE;
    arrange_waiting (self);
    if (answer == NULL) {
        g_dbus_method_invocation_take_error (invocation, error);
        return;
    }
    g_dbus_method_invocation_return_value (invocation, answer);
    g_variant_unref (answer);
}

static void
push_call (TouCardAgent *self, Call *call, TouWorkerFunc work)
{
    GTask *task = g_task_new (self, NULL, on_call_done, call->invocation);

    g_task_set_task_data (task, call, call_free);
    tou_worker_push (self->worker, task, work);
}

static void
return_answer (GTask *task, GVariant *answer, GError *error)
{
    if (answer == NULL)
        g_task_return_error (task, error);
    else
        g_task_return_pointer (task, g_variant_ref_sink (answer), (GDestroyNotify) g_variant_unref);
}

static void
do_list (GTask *task)
{
    Call *call = g_task_get_task_data (task);
    GError *error = NULL;
    GVariant *answer = tou_card_desk_list (call->desk, &error);

    return_answer (task, answer, error);
}

static void
do_unlock (GTask *task)
{
    Call *call = g_task_get_task_data (task);
    g_autoptr (TouSecret) pin = NULL;
    GError *error = NULL;
    GVariant *answer = NULL;

    if (call->pin_fd >= 0)
        pin = tou_secret_new_from_fd (call->pin_fd, &error);
    if (error == NULL)
        answer = tou_card_desk_unlock (call->desk, call->text, pin, &error);
    return_answer (task, answer, error);
}

static void
do_sign (GTask *task)
{
    Call *call = g_task_get_task_data (task);
    GError *error = NULL;
    g_autoptr (GBytes) cms = tou_card_desk_sign (call->desk, call->content, call->text, &error);
    GVariant *answer = NULL;

    if (cms != NULL)
        answer = g_variant_new ("(@ay)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, cms, TRUE));
    return_answer (task, answer, error);
}

static gboolean
on_list_called (TouDBusCardAgent1 *skeleton, GDBusMethodInvocation *invocation, gpointer user_data)
{
    TouCardAgent *self = user_data;

    push_call (self, begin_call (self, invocation, NULL), do_list);
    return TRUE;
}

static gboolean
on_unlock_called (TouDBusCardAgent1 *skeleton, GDBusMethodInvocation *invocation, GUnixFDList *fds,
                  const char *token_id, gboolean with_keypad, gpointer user_data)
{
    TouCardAgent *self = user_data;
    int pin_fd = fds == NULL || g_unix_fd_list_get_length (fds) != 1 ? -1 : g_unix_fd_list_get (fds, 0, NULL);
    Call *call;

    if ((pin_fd < 0) != with_keypad) {
        if (pin_fd >= 0)
            close (pin_fd);
        g_dbus_method_invocation_return_error_literal (invocation, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_EMPTY,
                                                       "either a pipe with the PIN or the keypad");
        return TRUE;
    }
    call = begin_call (self, invocation, token_id);
    call->pin_fd = pin_fd;
    push_call (self, call, do_unlock);
    return TRUE;
}

static gboolean
on_sign_called (TouDBusCardAgent1 *skeleton, GDBusMethodInvocation *invocation, GVariant *content,
                const char *certificate_sha256, gpointer user_data)
{
    TouCardAgent *self = user_data;
    Call *call = begin_call (self, invocation, certificate_sha256);

    call->content = g_variant_get_data_as_bytes (content);
    push_call (self, call, do_sign);
    return TRUE;
}

static void
on_slots_changed (TouCardAgent *self)
{
    tou_dbus_card_agent1_emit_changed (self->skeleton);
}

static void
on_card_lost (TouCardAgent *self)
{
    tou_dbus_card_agent1_emit_lost (self->skeleton);
}

/* On the worker's thread. It has to be on its way before the module gets the PIN: nobody can tell it later
 * where the module does not come back. */
static void
on_card_opening (const char *const *readers, gpointer user_data)
{
    TouCardAgent *self = user_data;

    tou_dbus_card_agent1_emit_opening (self->skeleton, readers);
    (void) g_dbus_connection_flush_sync (self->connection, NULL, NULL);
}

static void
on_connection_closed (TouCardAgent *self)
{
    g_signal_emit (self, signals[ENDED], 0);
}

static void
dispose (GObject *object)
{
    TouCardAgent *self = TOU_CARD_AGENT (object);

    g_clear_handle_id (&self->idle_timer, g_source_remove);
    g_clear_object (&self->watch);
    g_clear_object (&self->skeleton);
    g_clear_object (&self->worker);
    g_clear_object (&self->connection);
    G_OBJECT_CLASS (tou_card_agent_parent_class)->dispose (object);
}

static void
tou_card_agent_class_init (TouCardAgentClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
tou_card_agent_init (TouCardAgent *self)
{
    self->skeleton = tou_dbus_card_agent1_skeleton_new ();
    self->worker = tou_worker_new ("card");
}

TouCardAgent *
tou_card_agent_new (GDBusConnection *connection, const char *module, const char *slot_view,
                    guint idle_seconds, GError **error)
{
    g_autoptr (TouCardAgent) self = g_object_new (TOU_TYPE_CARD_AGENT, NULL);

    self->connection = g_object_ref (connection);
    self->desk = tou_card_desk_new (module, slot_view);
    tou_card_desk_set_opening (self->desk, on_card_opening, self);
    self->watch = tou_slot_watch_new (self->worker, self->desk);
    self->idle_seconds = idle_seconds;
    g_signal_connect_object (self->skeleton, "handle-list", G_CALLBACK (on_list_called), self, 0);
    g_signal_connect_object (self->skeleton, "handle-unlock", G_CALLBACK (on_unlock_called), self, 0);
    g_signal_connect_object (self->skeleton, "handle-sign", G_CALLBACK (on_sign_called), self, 0);
    g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_slots_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->watch, "lost", G_CALLBACK (on_card_lost), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (connection, "closed", G_CALLBACK (on_connection_closed), self,
                             G_CONNECT_SWAPPED);
    if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), connection,
                                           OBJECT_PATH, error)) {
        tou_card_agent_close (self);
        return NULL;
    }
    arrange_waiting (self);
    return g_steal_pointer (&self);
}

static void
do_close (GTask *task)
{
    tou_card_desk_free (g_task_get_task_data (task));
    g_task_return_boolean (task, TRUE);
}

void
tou_card_agent_close (TouCardAgent *self)
{
    GTask *task = g_task_new (NULL, NULL, NULL, NULL);

    g_clear_handle_id (&self->idle_timer, g_source_remove);
    tou_slot_watch_set_running (self->watch, FALSE);
    g_task_set_task_data (task, g_steal_pointer (&self->desk), NULL);
    tou_worker_push (self->worker, task, do_close);
    tou_worker_stop (self->worker);
}
