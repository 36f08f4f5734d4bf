/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-worker.h"

typedef struct {
    TouWorker *worker;
    GString *done;     /* a letter for each piece of work; the worker's thread writes, read after it */
    GString *answered; /* a letter for each callback */
    GMutex gate;
    guint n_answered;
    guint n_cancelled;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
    (void) data;
    f->worker = tou_worker_new ("test");
    f->done = g_string_new (NULL);
    f->answered = g_string_new (NULL);
    g_mutex_init (&f->gate);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    (void) data;
    g_assert_finalize_object (f->worker);
    g_string_free (f->done, TRUE);
    g_string_free (f->answered, TRUE);
    g_mutex_clear (&f->gate);
}

typedef struct {
    Fixture *f;
    char letter;
} Piece;

static void
do_piece (GTask *task)
{
    Piece *piece = g_task_get_task_data (task);

    g_assert_true (tou_worker_is_current_thread (piece->f->worker));
    g_mutex_lock (&piece->f->gate);
    g_string_append_c (piece->f->done, piece->letter);
    g_mutex_unlock (&piece->f->gate);
    g_task_return_boolean (task, TRUE);
}

static void
on_piece_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Fixture *f = user_data;
    Piece *piece = g_task_get_task_data (G_TASK (result));
    g_autoptr (GError) error = NULL;

    (void) source;
    g_assert_false (tou_worker_is_current_thread (f->worker));
    if (!g_task_propagate_boolean (G_TASK (result), &error)) {
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
        f->n_cancelled++;
    }
    g_string_append_c (f->answered, piece->letter);
    f->n_answered++;
}

static void
push (Fixture *f, char letter, GCancellable *cancellable, gboolean check)
{
    GTask *task = g_task_new (NULL, cancellable, on_piece_done, f);
    Piece *piece = g_new (Piece, 1);

    *piece = (Piece){ f, letter };
    g_task_set_task_data (task, piece, g_free);
    g_task_set_check_cancellable (task, check);
    tou_worker_push (f->worker, task, do_piece);
}

static void
wait_for (Fixture *f, guint n_answers)
{
    while (f->n_answered < n_answers)
        g_main_context_iteration (NULL, TRUE);
}

static void
test_order (Fixture *f, gconstpointer data)
{
    (void) data;
    for (char letter = 'a'; letter <= 'z'; letter++)
        push (f, letter, NULL, TRUE);
    wait_for (f, 26);
    g_assert_cmpstr (f->done->str, ==, "abcdefghijklmnopqrstuvwxyz");
    g_assert_cmpstr (f->answered->str, ==, "abcdefghijklmnopqrstuvwxyz");
}

/* Would catch: work that is done although the user gave it up, and a write that is lost because of it. */
static void
test_cancel (Fixture *f, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();

    (void) data;
    g_mutex_lock (&f->gate); /* the worker waits in the first piece until the others are cancelled */
    push (f, 'a', NULL, TRUE);
    push (f, 'b', cancellable, TRUE);
    push (f, 'c', cancellable, FALSE);
    push (f, 'd', NULL, TRUE);
    g_cancellable_cancel (cancellable);
    g_mutex_unlock (&f->gate);
    wait_for (f, 4);
    g_assert_cmpstr (f->done->str, ==, "acd");
    g_assert_cmpuint (f->n_cancelled, ==, 1);
}

/* Would catch: a program end that drops what was pushed. */
static void
test_stop (Fixture *f, gconstpointer data)
{
    (void) data;
    push (f, 'a', NULL, TRUE);
    push (f, 'b', NULL, TRUE);
    tou_worker_stop (f->worker);
    g_assert_cmpstr (f->done->str, ==, "ab");
    tou_worker_stop (f->worker);
    wait_for (f, 2);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/one-thread/order", Fixture, NULL, set_up, test_order, tear_down);
    g_test_add ("/one-thread/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
    g_test_add ("/one-thread/stop", Fixture, NULL, set_up, test_stop, tear_down);
    return g_test_run ();
}
