/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "store-bench.h"
#include "tou-sqlite-connection.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

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

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/sqlite-sharing/locks-stay", test_locks_stay);
    return g_test_run ();
}
