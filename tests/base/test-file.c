/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

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

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/file/sizes", Fixture, NULL, set_up, test_sizes, tear_down);
    g_test_add ("/file/other-kinds", Fixture, NULL, set_up, test_other_kinds, tear_down);
    return g_test_run ();
}
