/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIMIT 4096

typedef struct {
    char *folder;
    char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
    f->folder = g_dir_make_tmp ("touroku-file-XXXXXX", NULL);
    f->path = g_build_filename (f->folder, "ファイル", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    g_unlink (f->path);
    g_assert_cmpint (g_rmdir (f->folder), ==, 0);
    g_free (f->path);
    g_free (f->folder);
}

static void
refuse (const char *path, GIOErrorEnum code)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_file_load (path, LIMIT, &error));
    g_assert_error (error, G_IO_ERROR, (int) code);
}

/* Would catch: a limit that is off by one, an empty file taken for a fault. */
static void
test_sizes (Fixture *f, gconstpointer data)
{
    const gsize sizes[] = { 0, 1, LIMIT };
    g_autofree char *text = g_strnfill (LIMIT + 1, 'x');

    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) bytes = NULL;

        g_assert_true (g_file_set_contents (f->path, text, (gssize) sizes[i], NULL));
        bytes = tou_file_load (f->path, LIMIT, &error);
        g_assert_no_error (error);
        g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, sizes[i]);
    }
    g_assert_true (g_file_set_contents (f->path, text, LIMIT + 1, NULL));
    refuse (f->path, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

/* Would catch: a program that waits for the other end of a pipe, or reads a device until memory is gone. */
static void
test_other_kinds (Fixture *f, gconstpointer data)
{
    refuse (f->path, G_IO_ERROR_NOT_FOUND);
    refuse (f->folder, G_IO_ERROR_NOT_REGULAR_FILE);
    refuse ("/dev/zero", G_IO_ERROR_NOT_REGULAR_FILE);
    g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
    refuse (f->path, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
make_file (const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
}

static gboolean
is_there (const char *path)
{
    return g_file_test (path, G_FILE_TEST_IS_SYMLINK) || g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
remove_tree (const char *path)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (tou_file_remove_tree (path, &error));
    g_assert_no_error (error);
    g_assert_false (is_there (path));
}

/* Would catch: what a link leads to deleted with the folder that the link is in, or in place of the link. */
static void
test_removes_links_alone (Fixture *f, gconstpointer data)
{
    g_autofree char *photos = g_build_filename (f->folder, "photos", NULL);
    g_autofree char *photo = g_build_filename (photos, "photo", NULL);
    g_autofree char *inside = g_build_filename (f->path, "deep", "link", NULL);

    make_file (photos, "photo");
    make_file (f->path, "deep/er/file");
    g_assert_cmpint (symlink (photos, inside), ==, 0);
    remove_tree (f->path);
    g_assert_true (is_there (photo));
    g_assert_cmpint (symlink (photos, f->path), ==, 0);
    remove_tree (f->path);
    g_assert_true (is_there (photo));
    g_assert_cmpint (symlink ("nowhere", f->path), ==, 0);
    remove_tree (f->path);
    remove_tree (f->path);
    remove_tree (photos);
}

static void
assert_saved (Fixture *f, const char *text)
{
    g_autofree char *contents = NULL;
    g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
    guint n = 0;

    g_assert_true (g_file_get_contents (f->path, &contents, NULL, NULL));
    g_assert_cmpstr (contents, ==, text);
    while (g_dir_read_name (folder) != NULL)
        n++;
    g_assert_cmpuint (n, ==, 1);
}

/* Would catch: what only the owner may read, as a safe place for drafts and not for what one hands on. */
static void
test_saves (Fixture *f, gconstpointer data)
{
    g_autoptr (GBytes) first = g_bytes_new_static ("first", 5);
    g_autoptr (GBytes) second = g_bytes_new_static ("second", 6);
    mode_t mask = umask (027);
    GStatBuf facts;
    GError *error = NULL;

    g_assert_true (tou_file_save (f->path, first, &error));
    g_assert_no_error (error);
    assert_saved (f, "first");
    g_assert_cmpint (g_stat (f->path, &facts), ==, 0);
    g_assert_cmpint (facts.st_mode & 0777, ==, 0640);
    g_assert_true (tou_file_save (f->path, second, &error));
    assert_saved (f, "second");
    (void) umask (mask);
}

/* Would catch: a name that nobody has chosen, in a sentence for a person. */
static void
test_says_why_not_saved (Fixture *f, gconstpointer data)
{
    g_autofree char *path = g_build_filename (f->folder, "nowhere", "file", NULL);
    g_autoptr (GBytes) bytes = g_bytes_new_static ("text", 4);
    g_autoptr (GError) error = NULL;

    g_assert_false (tou_file_save (path, bytes, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_assert_cmpstr (error->message, ==, g_strerror (ENOENT));
}

/* A process for which files end at LIMIT bytes, as on a full disk. Returns its exit status, or what killed it
 * as a negative number. */
static int
save_too_much (Fixture *f, gboolean dies)
{
    GPid child = fork ();
    int status;

    g_assert_cmpint (child, >=, 0);
    if (child == 0) {
        const struct rlimit limit = { LIMIT, LIMIT };
        g_autofree char *text = g_strnfill (16 * LIMIT, 'x');
        g_autoptr (GBytes) bytes = g_bytes_new (text, 16 * LIMIT);

        signal (SIGXFSZ, dies ? SIG_DFL : SIG_IGN);
        setrlimit (RLIMIT_FSIZE, &limit);
        _exit (tou_file_save (f->path, bytes, NULL) ? 1 : 0);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    return WIFSIGNALED (status) ? -WTERMSIG (status) : WEXITSTATUS (status);
}

/* Would catch: half a file where a whole one is looked for. */
static void
test_full_disk (Fixture *f, gconstpointer data)
{
    g_assert_cmpint (save_too_much (f, FALSE), ==, 0);
    g_assert_cmpint (g_access (f->path, F_OK), !=, 0);
    g_assert_true (g_file_set_contents (f->path, "before", -1, NULL));
    g_assert_cmpint (save_too_much (f, FALSE), ==, 0);
    assert_saved (f, "before");
}

static void
remove_what_was_begun (Fixture *f)
{
    g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (folder)) != NULL) {
        g_autofree char *path = g_build_filename (f->folder, name, NULL);

        if (!g_str_equal (path, f->path))
            (void) g_unlink (path);
    }
}

static void
test_killed_in_the_middle (Fixture *f, gconstpointer data)
{
    g_assert_cmpint (save_too_much (f, TRUE), ==, -SIGXFSZ);
    g_assert_cmpint (g_access (f->path, F_OK), !=, 0);
    g_assert_true (g_file_set_contents (f->path, "before", -1, NULL));
    g_assert_cmpint (save_too_much (f, TRUE), ==, -SIGXFSZ);
    remove_what_was_begun (f);
    assert_saved (f, "before");
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/file/sizes", Fixture, NULL, set_up, test_sizes, tear_down);
    g_test_add ("/file/other-kinds", Fixture, NULL, set_up, test_other_kinds, tear_down);
    g_test_add ("/file/removes-links-alone", Fixture, NULL, set_up, test_removes_links_alone, tear_down);
    g_test_add ("/file/saves", Fixture, NULL, set_up, test_saves, tear_down);
    g_test_add ("/file/says-why-not-saved", Fixture, NULL, set_up, test_says_why_not_saved, tear_down);
    g_test_add ("/file/full-disk", Fixture, NULL, set_up, test_full_disk, tear_down);
    g_test_add ("/file/killed-in-the-middle", Fixture, NULL, set_up, test_killed_in_the_middle, tear_down);
    return g_test_run ();
}
