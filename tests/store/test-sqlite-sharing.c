/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "store-bench.h"
#include "tou-sqlite-schema.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_RACES 40

/* One file and several that use it: a window that is closing and the next one, two programs. */

static int
wait_for_child (pid_t child)
{
    int status;

    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFEXITED (status));
    return WEXITSTATUS (status);
}

/* Asks from another process: one's own locks are never in the way. */
static gboolean
is_locked (const char *path)
{
    pid_t child = fork ();

    g_assert_cmpint (child, >=, 0);
    if (child == 0) {
        struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
        int fd = open (path, O_RDWR | O_CLOEXEC);
        _exit (fd >= 0 && fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 1 : 0);
    }
    return wait_for_child (child) != 0;
}

/* Would catch: the locks of a store that go when another one of the same process looks at the file. */
static void
test_locks_stay (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    g_autoptr (TouSubmission) submission = make_submission ("id-1", 0, "cms");
    g_autoptr (GError) error = NULL;

    g_assert_true (store_put (bench, submission, &error));
    g_assert_true (is_locked (bench->path));
    g_autoptr (TouSqliteConnection) other = tou_sqlite_connection_open (bench->path, &error);
    g_assert_no_error (error);
    g_assert_true (is_locked (bench->path));
    g_clear_pointer (&other, tou_sqlite_connection_close);
    g_assert_true (is_locked (bench->path));
}

static gboolean
make_database (const char *path, GError **error)
{
    g_autoptr (TouSqliteConnection) connection = tou_sqlite_connection_open (path, error);

    return connection != NULL && tou_sqlite_schema_prepare (connection, error);
}

/* The other one starts when the pipe is closed. */
static pid_t
start_maker (const char *path, int *out_start)
{
    int ends[2];
    pid_t child;

    g_assert_cmpint (pipe (ends), ==, 0);
    child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0) {
        char nothing;
        close (ends[1]);
        _exit (read (ends[0], &nothing, 1) == 0 && make_database (path, NULL) ? 0 : 1);
    }
    close (ends[0]);
    *out_start = ends[1];
    return child;
}

/* Would catch: one of two windows that are opened at once told that its records cannot be kept. */
static void
test_made_twice (void)
{
    for (guint i = 0; i < N_RACES; i++) {
        g_autoptr (StoreBench) bench = store_bench_new ();
        g_autoptr (GError) error = NULL;
        int start;
        pid_t child;

        store_bench_close (bench); /* no thread may be at work when the process is copied */
        child = start_maker (bench->path, &start);
        close (start);
        make_database (bench->path, &error);
        g_assert_no_error (error);
        g_assert_cmpint (wait_for_child (child), ==, 0);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/sqlite-sharing/locks-stay", test_locks_stay);
    g_test_add_func ("/sqlite-sharing/made-twice", test_made_twice);
    return g_test_run ();
}
