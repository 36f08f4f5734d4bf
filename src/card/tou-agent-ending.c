/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-agent-ending.h"

/* Longer than the agent's own limit for closing. */
#define PATIENCE_SECONDS 3

typedef struct {
    TouChildProcess *process;
    char *agent_path;
    GStrv readers; /* (nullable) */
    guint timer;
} Ending;

static void
ending_free (gpointer data)
{
    Ending *self = data;

    g_clear_handle_id (&self->timer, g_source_remove);
    g_object_unref (self->process);
    g_free (self->agent_path);
    g_strfreev (self->readers);
    g_free (self);
}

static void
on_reset_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;

    (void) g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
    g_task_return_boolean (task, TRUE);
}

static void
reset_card (GTask *task)
{
    Ending *self = g_task_get_task_data (task);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GSubprocess) process = NULL;

    g_ptr_array_add (argv, g_strdup (self->agent_path));
    for (guint i = 0; self->readers[i] != NULL; i++)
        g_ptr_array_add (argv, g_strconcat ("--reset-reader=", self->readers[i], NULL));
    g_ptr_array_add (argv, NULL);
    process = g_subprocess_newv ((const char *const *) argv->pdata,
                                 G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                 &error);

    if (process == NULL) {
        g_debug ("no reset of the card: %s", error->message);
        g_task_return_boolean (task, FALSE);
        g_object_unref (task);
        return;
    }
    g_subprocess_wait_async (process, NULL, on_reset_ended, task);
}

static void
finish (GTask *task, int wait_status)
{
    Ending *self = g_task_get_task_data (task);

    g_clear_handle_id (&self->timer, g_source_remove);
    g_signal_handlers_disconnect_by_data (self->process, task);
    if (wait_status != 0 && self->readers != NULL && self->readers[0] != NULL) {
        reset_card (task);
        return;
    }
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
}

static void
on_process_exited (TouChildProcess *process, int wait_status, gpointer user_data)
{
    finish (user_data, wait_status);
}

static gboolean
on_patience_over (gpointer user_data)
{
    Ending *self = g_task_get_task_data (user_data);

    self->timer = 0;
    tou_child_process_kill (self->process);
    return G_SOURCE_REMOVE;
}

void
tou_agent_ending_run_async (TouChildProcess *process, gboolean gently, const char *agent_path,
                            const char *const *readers, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (NULL, NULL, callback, user_data);
    Ending *self = g_new0 (Ending, 1);

    self->process = g_object_ref (process);
    self->agent_path = g_strdup (agent_path);
    self->readers = g_strdupv ((char **) readers);
    g_task_set_task_data (task, self, ending_free);
    if (!tou_child_process_is_running (process)) {
        /* It ended by itself: in good order or not, nobody knows any more. */
        finish (task, -1);
        return;
    }
    g_signal_connect (process, "exited", G_CALLBACK (on_process_exited), task);
    if (gently) {
        tou_child_process_close (process);
        self->timer = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, task);
    } else {
        tou_child_process_kill (process);
    }
}
