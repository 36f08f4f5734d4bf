/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-agent-host.h"

#include "tou-agent-ending.h"
#include "tou-agent-environment.h"
#include "tou-cancellable.h"

#define OBJECT_PATH "/io/github/touroku/CardAgent1"

struct _TouAgentHost {
    GObject parent_instance;

    char *agent_path;
    char *module;
    char **environment; /* whole */

    TouChildProcess *process;
    TouDBusCardAgent1 *proxy;
    GStrv opened_readers; /* (nullable): it has not used a PIN */
    guint n_ending; /* agents on their way out; the next one waits, for they may still hold the reader */
    GTask *waiting; /* the start that does */
    GSource *waiting_cancel; /* that it does so no more; (nullable) */
};

enum { SIGNAL_CHANGED, SIGNAL_LOST, SIGNAL_EXITED, SIGNAL_ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouAgentHost, tou_agent_host, G_TYPE_OBJECT)

/* The start; the task's data is the agent's idle limit. */

static void
on_changed_received (TouAgentHost *self)
{
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_lost_received (TouAgentHost *self)
{
    g_signal_emit (self, signals[SIGNAL_LOST], 0);
}

static void
on_opening_received (TouAgentHost *self, const char *const *readers)
{
    g_strfreev (self->opened_readers);
    self->opened_readers = g_strdupv ((char **) readers);
}

static void
on_process_exited (TouAgentHost *self)
{
    g_signal_emit (self, signals[SIGNAL_EXITED], 0);
}

static void
on_proxy_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouAgentHost *self = g_task_get_source_object (task);
    GError *error = NULL;

    self->proxy = tou_dbus_card_agent1_proxy_new_finish (result, &error);
    if (self->proxy == NULL) {
        g_task_return_error (task, error);
        return;
    }
    /* The step's own timer is the only one. */
    g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (self->proxy), G_MAXINT);
    g_signal_connect_object (self->proxy, "opening", G_CALLBACK (on_opening_received), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->proxy, "changed", G_CALLBACK (on_changed_received), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->proxy, "lost", G_CALLBACK (on_lost_received), self, G_CONNECT_SWAPPED);
    g_task_return_boolean (task, TRUE);
}

static void
on_agent_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouAgentHost *self = g_task_get_source_object (task);
    GError *error = NULL;

    self->process = tou_child_process_start_finish (result, &error);
    if (self->process == NULL) {
        g_task_return_error (task, error);
        return;
    }
    g_signal_connect_object (self->process, "exited", G_CALLBACK (on_process_exited), self,
                             G_CONNECT_SWAPPED);
    tou_dbus_card_agent1_proxy_new (tou_child_process_get_connection (self->process),
                                    G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, NULL, OBJECT_PATH,
                                    g_task_get_cancellable (task), on_proxy_made, g_object_ref (task));
}

/* @task: (transfer full) */
static void
start (TouAgentHost *self, GTask *task)
{
    g_autofree char *idle = g_strdup_printf ("--idle-seconds=%u",
                                             GPOINTER_TO_UINT (g_task_get_task_data (task)));
    const char *const command[] = { self->agent_path, idle, "--module", self->module, NULL };

    if (g_task_return_error_if_cancelled (task)) {
        g_object_unref (task);
        return;
    }
    tou_child_process_start_async (command, (const char *const *) self->environment,
                                   g_task_get_cancellable (task), on_agent_started, task);
}

/* Returns: (transfer full) (nullable): the start that waited. */
static GTask *
take_waiting (TouAgentHost *self)
{
    tou_cancellable_unwatch (&self->waiting_cancel);
    return g_steal_pointer (&self->waiting);
}

static gboolean
on_waiting_cancelled (GCancellable *cancellable, gpointer user_data)
{
    g_autoptr (GTask) task = take_waiting (user_data);

    (void) cancellable;
    (void) g_task_return_error_if_cancelled (task);
    return G_SOURCE_REMOVE;
}

static void
on_agent_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autofree GWeakRef *reference = user_data;
    g_autoptr (TouAgentHost) self = g_weak_ref_get (reference);

    g_weak_ref_clear (reference);
    if (self == NULL)
        return;
    self->n_ending--;
    if (self->n_ending > 0)
        return;
    if (self->waiting != NULL)
        start (self, take_waiting (self));
    g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
dispose (GObject *object)
{
    tou_agent_host_drop (TOU_AGENT_HOST (object), TRUE);
    G_OBJECT_CLASS (tou_agent_host_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouAgentHost *self = TOU_AGENT_HOST (object);

    g_free (self->agent_path);
    g_free (self->module);
    g_strfreev (self->environment);
    G_OBJECT_CLASS (tou_agent_host_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_AGENT_HOST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_agent_host_class_init (TouAgentHostClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_CHANGED] = make_signal ("changed");
    signals[SIGNAL_LOST] = make_signal ("lost");
    signals[SIGNAL_EXITED] = make_signal ("exited");
    signals[SIGNAL_ENDED] = make_signal ("ended");
}

static void
tou_agent_host_init (TouAgentHost *self)
{
}

TouAgentHost *
tou_agent_host_new (const char *agent_path, const char *module, const char *const *environment)
{
    TouAgentHost *self = g_object_new (TOU_TYPE_AGENT_HOST, NULL);
    g_auto (GStrv) own = g_get_environ ();

    self->agent_path = g_strdup (agent_path);
    self->module = g_strdup (module);
    self->environment = tou_agent_environment_new ((const char *const *) own, environment);
    return self;
}

void
tou_agent_host_start_async (TouAgentHost *self, guint idle_seconds, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, tou_agent_host_start_async);
    g_task_set_task_data (task, GUINT_TO_POINTER (idle_seconds), NULL);
    if (self->n_ending == 0) {
        start (self, task);
        return;
    }
    /* Whoever gives up does not wait for the end of those before. */
    self->waiting = task;
    self->waiting_cancel = tou_cancellable_watch (cancellable, on_waiting_cancelled, self);
}

gboolean
tou_agent_host_start_finish (TouAgentHost *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

TouDBusCardAgent1 *
tou_agent_host_get_proxy (TouAgentHost *self)
{
    return self->proxy;
}

TouChildProcess *
tou_agent_host_get_process (TouAgentHost *self)
{
    return self->process;
}

gboolean
tou_agent_host_is_ending (TouAgentHost *self)
{
    return self->n_ending > 0;
}

void
tou_agent_host_drop (TouAgentHost *self, gboolean gently)
{
    g_autoptr (TouChildProcess) process = g_steal_pointer (&self->process);
    g_auto (GStrv) opened_readers = g_steal_pointer (&self->opened_readers);
    GWeakRef *reference;

    if (self->proxy != NULL)
        g_signal_handlers_disconnect_by_data (self->proxy, self);
    g_clear_object (&self->proxy);
    if (process == NULL)
        return;
    g_signal_handlers_disconnect_by_data (process, self);
    reference = g_new (GWeakRef, 1);
    g_weak_ref_init (reference, self);
    self->n_ending++;
    tou_agent_ending_run_async (process, gently, self->agent_path, (const char *const *) opened_readers,
                                on_agent_ended, reference);
}
