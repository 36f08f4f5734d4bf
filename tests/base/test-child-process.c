/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-child-process.h"

#include "async-wait.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

typedef struct {
    char *helper;
    TouChildProcess *process;
    GError *error;
    gboolean is_done;
    int n_exited;
    int wait_status;
    char *answer;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
    (void) data;
    f->helper = g_test_build_filename (G_TEST_BUILT, "base", "echo-helper", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    (void) data;
    if (f->process != NULL)
        g_assert_finalize_object (f->process);
    g_clear_error (&f->error);
    g_free (f->answer);
    g_free (f->helper);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Fixture *f = user_data;

    (void) source;
    f->process = tou_child_process_start_finish (result, &f->error);
    f->is_done = TRUE;
}

static void
start (Fixture *f, const char *program, GCancellable *cancellable)
{
    const char *const argv[] = { program, NULL };

    f->is_done = FALSE;
    tou_child_process_start_async (argv, NULL, cancellable, on_started, f);
    async_wait_flag (&f->is_done);
}

static void
on_exited (Fixture *f, int wait_status)
{
    f->n_exited++;
    f->wait_status = wait_status;
}

static void
start_helper (Fixture *f)
{
    start (f, f->helper, NULL);
    g_assert_no_error (f->error);
    g_assert_true (tou_child_process_is_running (f->process));
    g_assert_cmpint (tou_child_process_get_pid (f->process), >, 0);
    g_signal_connect_swapped (f->process, "exited", G_CALLBACK (on_exited), f);
}

static void
on_said (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Fixture *f = user_data;
    g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                                &f->error);

    if (reply != NULL)
        g_variant_get (reply, "(s)", &f->answer);
    f->is_done = TRUE;
}

static void
say (Fixture *f, const char *text)
{
    f->is_done = FALSE;
    g_dbus_connection_call (tou_child_process_get_connection (f->process), NULL, "/echo",
                            "io.github.touroku.TestEcho", "Say", g_variant_new ("(s)", text), NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_said, f);
    async_wait_flag (&f->is_done);
}

static void
wait_for_exit (Fixture *f)
{
    while (f->n_exited == 0)
        g_main_context_iteration (NULL, TRUE);
    g_assert_cmpint (f->n_exited, ==, 1);
    g_assert_false (tou_child_process_is_running (f->process));
    g_assert_cmpint (tou_child_process_get_pid (f->process), ==, 0);
}

static void
test_no_program (Fixture *f, gconstpointer data)
{
    (void) data;
    start (f, "/nonexistent/program", NULL);
    g_assert_null (f->process);
    g_assert_error (f->error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
}

/* Would catch: a start that waits for ever for a program that ends without a greeting. */
static void
test_program_that_ends (Fixture *f, gconstpointer data)
{
    (void) data;
    start (f, "/bin/false", NULL);
    g_assert_null (f->process);
    g_assert_nonnull (f->error);
    g_assert_true (f->error->domain == G_IO_ERROR);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();

    (void) data;
    g_cancellable_cancel (cancellable);
    start (f, f->helper, cancellable);
    g_assert_null (f->process);
    g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_call_and_kill (Fixture *f, gconstpointer data)
{
    (void) data;
    start_helper (f);
    say (f, "こんにちは");
    g_assert_no_error (f->error);
    g_assert_cmpstr (f->answer, ==, "こんにちは");
    tou_child_process_kill (f->process);
    wait_for_exit (f);
    g_assert_true (WIFSIGNALED (f->wait_status));
    g_assert_cmpint (WTERMSIG (f->wait_status), ==, SIGKILL);
}

/* Would catch: a call to a dead child that never returns. */
static void
test_call_after_death (Fixture *f, gconstpointer data)
{
    (void) data;
    start_helper (f);
    tou_child_process_kill (f->process);
    wait_for_exit (f);
    say (f, "?");
    g_assert_null (f->answer);
    g_assert_nonnull (f->error);
}

static void
test_close (Fixture *f, gconstpointer data)
{
    (void) data;
    start_helper (f);
    tou_child_process_close (f->process);
    wait_for_exit (f);
    g_assert_true (WIFEXITED (f->wait_status));
    g_assert_cmpint (WEXITSTATUS (f->wait_status), ==, 5);
}

/* Would catch: a wait that keeps the object, and with it the child, alive. */
static void
test_last_reference (Fixture *f, gconstpointer data)
{
    GPid pid;

    (void) data;
    start_helper (f);
    pid = tou_child_process_get_pid (f->process);
    g_assert_finalize_object (g_steal_pointer (&f->process));
    while (kill (pid, 0) == 0)
        g_main_context_iteration (NULL, TRUE);
    g_assert_cmpint (errno, ==, ESRCH);
    g_assert_cmpint (f->n_exited, ==, 0);
}

/* Would catch: a helper that hangs or serves whatever is at descriptor 3 when a person starts it. */
static void
test_started_by_hand (Fixture *f, gconstpointer data)
{
    char *argv[] = { f->helper, NULL };
    int wait_status = 0;

    (void) data;
    g_assert_true (g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                                 &wait_status, &f->error));
    g_assert_true (WIFEXITED (wait_status));
    g_assert_cmpint (WEXITSTATUS (wait_status), ==, 7);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/child-process/no-program", Fixture, NULL, set_up, test_no_program, tear_down);
    g_test_add ("/child-process/program-that-ends", Fixture, NULL, set_up, test_program_that_ends, tear_down);
    g_test_add ("/child-process/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
    g_test_add ("/child-process/call-and-kill", Fixture, NULL, set_up, test_call_and_kill, tear_down);
    g_test_add ("/child-process/call-after-death", Fixture, NULL, set_up, test_call_after_death, tear_down);
    g_test_add ("/child-process/close", Fixture, NULL, set_up, test_close, tear_down);
    g_test_add ("/child-process/last-reference", Fixture, NULL, set_up, test_last_reference, tear_down);
    g_test_add ("/child-process/started-by-hand", Fixture, NULL, set_up, test_started_by_hand, tear_down);
    return g_test_run ();
}
