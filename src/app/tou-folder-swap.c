/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-folder-swap.h"

#include "tou-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>

#define NEW_TEMPLATE ".new-XXXXXX"
#define NEW_PREFIX ".new-"
#define BEFORE_PREFIX ".before-"

static gboolean
fail (GError **error, const char *path)
{
    int number = errno;
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "\"%s\": %s", name,
                 g_strerror (number));
    return FALSE;
}

char *
tou_folder_swap_begin (const char *parent, GError **error)
{
    g_autofree char *path = g_build_filename (parent, NEW_TEMPLATE, NULL);

    if (g_mkdir_with_parents (parent, 0700) == 0 && g_mkdtemp_full (path, 0700) != NULL)
        return g_steal_pointer (&path);
    fail (error, parent);
    return NULL;
}

static char *
build_before (const char *parent, const char *name)
{
    g_autofree char *before = g_strconcat (BEFORE_PREFIX, name, NULL);

    return g_build_filename (parent, before, NULL);
}

static gboolean
swap_by_two_renames (const char *parent, const char *made, const char *name, const char *path, GError **error)
{
    g_autofree char *before = build_before (parent, name);

    (void) tou_file_remove_tree (before, NULL);
    if (g_rename (path, before) != 0)
        return fail (error, path);
    if (g_rename (made, path) != 0) {
        fail (error, path);
        (void) g_rename (before, path);
        return FALSE;
    }
    (void) tou_file_remove_tree (before, NULL);
    return TRUE;
}

static gboolean
cannot_exchange (int number)
{
    return number == EINVAL || number == ENOSYS || number == ENOTSUP;
}

gboolean
tou_folder_swap_commit (const char *parent, const char *made, const char *name, gboolean *out_replaced,
                        GError **error)
{
    g_autofree char *path = g_build_filename (parent, name, NULL);
    gboolean replaces = g_file_test (path, G_FILE_TEST_EXISTS);

    if (out_replaced != NULL)
        *out_replaced = replaces;
    if (!replaces)
        return g_rename (made, path) == 0 || fail (error, path);
    if (renameat2 (AT_FDCWD, made, AT_FDCWD, path, RENAME_EXCHANGE) == 0)
        (void) tou_file_remove_tree (made, NULL); /* what had the name until now */
    else if (cannot_exchange (errno))
        return swap_by_two_renames (parent, made, name, path, error);
    else
        return fail (error, path);
    return TRUE;
}

static void
bring_back (const char *parent, const char *before)
{
    g_autofree char *from = g_build_filename (parent, before, NULL);
    g_autofree char *to = g_build_filename (parent, before + strlen (BEFORE_PREFIX), NULL);

    if (g_file_test (to, G_FILE_TEST_EXISTS) || g_rename (from, to) != 0)
        (void) tou_file_remove_tree (from, NULL);
}

void
tou_folder_swap_recover (const char *parent)
{
    g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (parent, name, NULL);

        if (g_str_has_prefix (name, BEFORE_PREFIX))
            bring_back (parent, name);
        else if (g_str_has_prefix (name, NEW_PREFIX))
            (void) tou_file_remove_tree (path, NULL);
    }
}
