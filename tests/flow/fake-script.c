/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-script.h"

#include "tou-registration-service.h"

#include "async-wait.h"

struct _FakeScript {
    GObject parent_instance;

    GString *log;
    GPtrArray *failures; /* (element-type Failure) */
    GPtrArray *holds;    /* (element-type utf8) */
    GPtrArray *held;     /* (element-type Held) */
};

typedef struct {
    char *call;
    GError *error;
} Failure;

typedef struct {
    FakeScript *script;
    char *call;
    GTask *task;
    FakeAnswer answer;
    gulong handler;
} Held;

G_DEFINE_FINAL_TYPE (FakeScript, fake_script, G_TYPE_OBJECT)

static void
free_failure (Failure *failure)
{
    g_free (failure->call);
    g_clear_error (&failure->error);
    g_free (failure);
}

static void
free_held (Held *held)
{
    if (held->handler != 0)
        g_signal_handler_disconnect (g_task_get_cancellable (held->task), held->handler);
    g_free (held->call);
    g_clear_object (&held->task);
    g_free (held);
}

static void
fake_script_finalize (GObject *object)
{
    FakeScript *self = FAKE_SCRIPT (object);

    g_assert_cmpuint (self->held->len, ==, 0);
    g_string_free (self->log, TRUE);
    g_ptr_array_unref (self->failures);
    g_ptr_array_unref (self->holds);
    g_ptr_array_unref (self->held);
    G_OBJECT_CLASS (fake_script_parent_class)->finalize (object);
}

static void
fake_script_class_init (FakeScriptClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = fake_script_finalize;
}

static void
fake_script_init (FakeScript *self)
{
    self->log = g_string_new (NULL);
    self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) free_failure);
    self->holds = g_ptr_array_new_with_free_func (g_free);
    self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) free_held);
}

FakeScript *
fake_script_new (void)
{
    return g_object_new (FAKE_TYPE_SCRIPT, NULL);
}

void
fake_script_fail (FakeScript *self, const char *call, GError *error)
{
    Failure *failure = g_new (Failure, 1);

    /* An answer to HEAD has no body, so no words. */
    g_assert_true (!g_str_equal (call, "nonce") || error->domain != TOU_SERVICE_ERROR
                   || tou_service_error_get_code (error) == NULL);
    failure->call = g_strdup (call);
    failure->error = error;
    g_ptr_array_add (self->failures, failure);
}

void
fake_script_hold (FakeScript *self, const char *call)
{
    g_ptr_array_add (self->holds, g_strdup (call));
}

static GError *
take_error (FakeScript *self, const char *call)
{
    for (guint i = 0; i < self->failures->len; i++) {
        Failure *failure = g_ptr_array_index (self->failures, i);
        if (g_str_equal (failure->call, call)) {
            GError *error = g_steal_pointer (&failure->error);
            g_ptr_array_remove_index (self->failures, i);
            return error;
        }
    }
    return NULL;
}

static void
answer_now (FakeScript *self, const char *call, GTask *task, FakeAnswer answer)
{
    GError *error = take_error (self, call);

    if (error != NULL)
        g_task_return_error (task, error);
    else
        answer (task);
}

static void
remove_hold (FakeScript *self, const char *call)
{
    for (guint i = self->holds->len; i-- > 0;)
        if (g_str_equal (g_ptr_array_index (self->holds, i), call))
            g_ptr_array_remove_index (self->holds, i);
}

void
fake_script_release (FakeScript *self, const char *call)
{
    remove_hold (self, call);
    for (guint i = 0; i < self->held->len;) {
        Held *held = g_ptr_array_index (self->held, i);
        if (!g_str_equal (held->call, call)) {
            i++;
            continue;
        }
        g_autoptr (GTask) task = g_object_ref (held->task);
        FakeAnswer answer = held->answer;
        g_ptr_array_remove_index (self->held, i);
        answer_now (self, call, task, answer);
    }
}

gboolean
fake_script_is_holding (FakeScript *self, const char *call)
{
    for (guint i = 0; i < self->held->len; i++)
        if (g_str_equal (((Held *) g_ptr_array_index (self->held, i))->call, call))
            return TRUE;
    return FALSE;
}

const char *
fake_script_get_log (FakeScript *self)
{
    return self->log->str;
}

void
fake_script_clear_log (FakeScript *self)
{
    g_string_truncate (self->log, 0);
}

guint
fake_script_count (FakeScript *self, const char *call)
{
    g_auto (GStrv) words = g_strsplit (self->log->str, " ", -1);
    guint n = 0;

    for (guint i = 0; words[i] != NULL; i++)
        n += g_str_equal (words[i], call);
    return n;
}

static void
on_held_cancelled (Held *held)
{
    g_autoptr (FakeScript) script = g_object_ref (held->script);
    g_autoptr (GTask) task = g_object_ref (held->task);

    g_ptr_array_remove (script->held, held);
    g_assert_true (g_task_return_error_if_cancelled (task));
}

static void
hold_task (FakeScript *self, const char *call, GTask *task, FakeAnswer answer)
{
    Held *held = g_new0 (Held, 1);
    GCancellable *cancellable = g_task_get_cancellable (task);

    held->script = self;
    held->call = g_strdup (call);
    held->task = g_object_ref (task);
    held->answer = answer;
    if (cancellable != NULL)
        held->handler = g_signal_connect_swapped (cancellable, "cancelled", G_CALLBACK (on_held_cancelled),
                                                  held);
    g_ptr_array_add (self->held, held);
}

static void
log_call (FakeScript *self, const char *call)
{
    if (self->log->len > 0)
        g_string_append_c (self->log, ' ');
    g_string_append (self->log, call);
}

void
fake_script_answer (FakeScript *self, const char *call, GTask *task, FakeAnswer answer)
{
    g_autoptr (GTask) owned = task;

    log_call (self, call);
    if (g_task_return_error_if_cancelled (task))
        return;
    if (g_ptr_array_find_with_equal_func (self->holds, call, g_str_equal, NULL))
        hold_task (self, call, task, answer);
    else
        answer_now (self, call, task, answer);
}

gboolean
fake_script_note (FakeScript *self, const char *call, GError **error)
{
    GError *fault = take_error (self, call);

    log_call (self, call);
    if (fault == NULL)
        return TRUE;
    g_propagate_error (error, fault);
    return FALSE;
}

void
fake_result_take (GObject *source, GAsyncResult *result, gpointer fake_result)
{
    async_wait_store (source, result, &((FakeResult *) fake_result)->result);
}

GAsyncResult *
fake_result_wait (FakeResult *self)
{
    return async_wait (&self->result);
}

void
fake_result_clear (FakeResult *self)
{
    g_clear_object (&self->result);
}

void
fake_turn_main_loop (void)
{
    while (g_main_context_iteration (NULL, FALSE))
        continue;
}
