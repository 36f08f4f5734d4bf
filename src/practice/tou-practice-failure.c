/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-failure.h"

#include "tou-practice-control.h"

#include <errno.h>

gboolean
tou_practice_failure_set_errno (GError **error, const char *path)
{
    int saved = errno;

    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved), "%s: %s", path, g_strerror (saved));
    return FALSE;
}

/* The failures that the person can mend by choosing another place or making room. */
static gboolean
is_about_writing (const GError *error)
{
    static const int io[] = { G_IO_ERROR_PERMISSION_DENIED, G_IO_ERROR_READ_ONLY,
                              G_IO_ERROR_NO_SPACE,          G_IO_ERROR_NOT_DIRECTORY,
                              G_IO_ERROR_IS_DIRECTORY,      G_IO_ERROR_TOO_MANY_LINKS,
                              G_IO_ERROR_FILENAME_TOO_LONG };
    static const int file[] = { G_FILE_ERROR_ACCES, G_FILE_ERROR_PERM,   G_FILE_ERROR_ROFS,
                                G_FILE_ERROR_NOSPC, G_FILE_ERROR_NOTDIR, G_FILE_ERROR_NAMETOOLONG };

    for (guint i = 0; i < G_N_ELEMENTS (io); i++)
        if (g_error_matches (error, G_IO_ERROR, io[i]))
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS (file); i++)
        if (g_error_matches (error, G_FILE_ERROR, file[i]))
            return TRUE;
    return FALSE;
}

gboolean
tou_practice_failure_translate (GError *problem, GError **error)
{
    if (problem->domain == TOU_PRACTICE_ERROR) {
        g_propagate_error (error, problem);
        return FALSE;
    }
    g_set_error_literal (error, TOU_PRACTICE_ERROR,
                         is_about_writing (problem) ? TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE
                                                    : TOU_PRACTICE_ERROR_FAILED,
                         problem->message);
    g_error_free (problem);
    return FALSE;
}
