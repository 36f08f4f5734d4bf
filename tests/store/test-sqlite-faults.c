/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "store-bench.h"
#include "tou-sqlite-connection.h"
#include "tou-sqlite-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#define SKIPPED 77

static void
write_file (StoreBench *bench, const char *bytes, gsize size)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (bench->path, bytes, (gssize) size, &error));
    g_assert_no_error (error);
}

static void
assert_get_fails (StoreBench *bench, TouStoreError code)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (store_get (bench, "id-1", &error));
    g_assert_error (error, TOU_STORE_ERROR, (gint) code);
}

static void
test_no_database (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    g_autofree char *bytes = g_strnfill (8192, 'x');
    g_autofree char *after = NULL;
    gsize size;

    write_file (bench, bytes, 8192);
    assert_get_fails (bench, TOU_STORE_ERROR_DAMAGED);
    /* Nothing is repaired or replaced: it may be all that is left. */
    g_assert_true (g_file_get_contents (bench->path, &after, &size, NULL));
    g_assert_cmpmem (after, size, bytes, 8192);
    /* And once the file is out of the way, the same store works. */
    g_assert_cmpint (g_unlink (bench->path), ==, 0);
    assert_get_fails (bench, TOU_STORE_ERROR_NOT_FOUND);
}

static void
put_many (StoreBench *bench)
{
    for (guint i = 0; i < 50; i++) {
        g_autofree char *id = g_strdup_printf ("id-%u", i);
        g_autofree char *bytes = g_strnfill (2000, 'c');
        g_autoptr (TouSubmission) submission = make_submission (id, i, bytes);
        g_assert_true (store_put (bench, submission, NULL));
    }
}

static void
test_broken_pages (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    g_autofree char *bytes = NULL;
    g_autoptr (GError) error = NULL;
    gsize size;

    put_many (bench);
    store_bench_close (bench);
    g_assert_true (g_file_get_contents (bench->path, &bytes, &size, NULL));
    g_assert_cmpuint (size, >, 3 * 4096);
    /* The first page, with the schema, stays as it is. */
    memset (bytes + 4096, 'x', size - 4096);
    write_file (bench, bytes, size);
    store_bench_reopen (bench);
    g_assert_null (store_list_records (bench, NULL, 100, &error));
    g_assert_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_DAMAGED);
}

static void
run_sql (StoreBench *bench, const char *sql)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouSqliteConnection) connection = tou_sqlite_connection_open (bench->path, &error);

    g_assert_no_error (error);
    g_assert_true (tou_sqlite_connection_run (connection, sql, &error));
    g_assert_no_error (error);
}

static void
test_newer (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    g_autoptr (TouSubmission) submission = make_submission ("id-1", 0, "cms");
    g_autoptr (GError) error = NULL;

    run_sql (bench, "CREATE TABLE of_the_future (x); PRAGMA user_version = 1000");
    assert_get_fails (bench, TOU_STORE_ERROR_NEWER);
    g_assert_false (store_put (bench, submission, &error));
    g_assert_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_NEWER);
    store_bench_close (bench);
    run_sql (bench, "DROP TABLE of_the_future");
}

/* A migration is one transaction: a database that cannot take it stays at its version, without half of it. */
static void
test_failed_migration (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();

    run_sql (bench, "CREATE TABLE receipt (in_the_way)");
    assert_get_fails (bench, TOU_STORE_ERROR_FAILED);
    store_bench_close (bench);
    run_sql (bench, "DROP TABLE receipt");
    store_bench_reopen (bench);
    assert_get_fails (bench, TOU_STORE_ERROR_NOT_FOUND);
}

static void
test_no_folder (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    g_autofree char *path = g_build_filename (bench->path, "below", "records.db", NULL);

    /* A file stands where the folder should be. */
    write_file (bench, "", 0);
    g_free (bench->path);
    bench->path = g_steal_pointer (&path);
    store_bench_reopen (bench);
    assert_get_fails (bench, TOU_STORE_ERROR_OPEN);
}

static void
test_folder_is_made (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    g_autofree char *folder = g_build_filename (bench->folder, "new", NULL);
    g_autofree char *path = g_build_filename (folder, "records.db", NULL);
    GStatBuf status;

    g_free (bench->path);
    bench->path = g_steal_pointer (&path);
    store_bench_reopen (bench);
    assert_get_fails (bench, TOU_STORE_ERROR_NOT_FOUND);
    g_assert_cmpint (g_stat (folder, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0700);
}

static void
test_unwritable_folder (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();

    if (geteuid () == 0) {
        g_test_skip ("root may write everywhere");
        return;
    }
    g_assert_cmpint (g_chmod (bench->folder, 0500), ==, 0);
    assert_get_fails (bench, TOU_STORE_ERROR_OPEN);
    g_assert_cmpint (g_chmod (bench->folder, 0700), ==, 0);
    assert_get_fails (bench, TOU_STORE_ERROR_NOT_FOUND);
}

static void
test_unknown_word (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    g_autoptr (TouSubmission) submission = make_submission ("id-1", 0, "cms");

    g_assert_true (store_put (bench, submission, NULL));
    store_bench_close (bench);
    run_sql (bench, "UPDATE submission SET operation = 'nonsense'");
    store_bench_reopen (bench);
    assert_get_fails (bench, TOU_STORE_ERROR_DAMAGED);
}

static gboolean
write_proc (const char *path, const char *text)
{
    int fd = open (path, O_WRONLY | O_CLOEXEC);
    gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

    close (fd);
    return ok;
}

/* In a namespace of this process alone: it needs no right that a person has not. */
static gboolean
mount_small_disk (const char *folder)
{
    g_autofree char *users = g_strdup_printf ("0 %u 1", (guint) geteuid ());
    g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint) getegid ());

    return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_proc ("/proc/self/setgroups", "deny")
           && write_proc ("/proc/self/uid_map", users) && write_proc ("/proc/self/gid_map", groups)
           && mount ("small", folder, "tmpfs", 0, "size=512k") == 0;
}

static void
fill_disk (const char *folder)
{
    g_autofree char *path = g_build_filename (folder, "filler", NULL);
    static const char block[4096];
    int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    while (write (fd, block, sizeof block) > 0)
        continue;
    g_assert_cmpint (errno, ==, ENOSPC);
    close (fd);
}

static void
prepare (const char *path, GError **error)
{
    g_autoptr (TouSqliteConnection) connection = tou_sqlite_connection_open (path, error);

    if (connection != NULL && tou_sqlite_schema_prepare (connection, error))
        g_debug ("It is open");
}

static void
assert_disk_is_full (const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GError) error = NULL;

    prepare (path, &error);
    g_assert_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_FULL);
}

static void
use_small_disk (const char *folder)
{
    g_autofree char *path = g_build_filename (folder, "before.db", NULL);
    g_autoptr (GError) error = NULL;

    prepare (path, &error);
    g_assert_no_error (error);
    fill_disk (folder);
    assert_disk_is_full (folder, "before.db");
    assert_disk_is_full (folder, "new.db");
}

/* Would catch: a full disk that is taken for a fault nobody can explain. */
static void
test_full_disk (void)
{
    g_autoptr (StoreBench) bench = store_bench_new ();
    int status;
    pid_t child;

    store_bench_close (bench);
    child = fork ();
    if (child == 0) {
        if (!mount_small_disk (bench->folder))
            _exit (SKIPPED);
        use_small_disk (bench->folder);
        _exit (0);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    if (WIFEXITED (status) && WEXITSTATUS (status) == SKIPPED)
        g_test_skip ("no namespace with a disk of its own is to be had");
    else
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/sqlite-faults/no-database", test_no_database);
    g_test_add_func ("/sqlite-faults/broken-pages", test_broken_pages);
    g_test_add_func ("/sqlite-faults/newer", test_newer);
    g_test_add_func ("/sqlite-faults/failed-migration", test_failed_migration);
    g_test_add_func ("/sqlite-faults/no-folder", test_no_folder);
    g_test_add_func ("/sqlite-faults/folder-is-made", test_folder_is_made);
    g_test_add_func ("/sqlite-faults/unwritable-folder", test_unwritable_folder);
    g_test_add_func ("/sqlite-faults/unknown-word", test_unknown_word);
    g_test_add_func ("/sqlite-faults/full-disk", test_full_disk);
    return g_test_run ();
}
