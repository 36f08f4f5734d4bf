/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice-control"

#include "tou-practice-error-names.h"

#define NAME(word) "io.github.touroku.Practice1.Error." word

static const char *const names[] = {
    [TOU_PRACTICE_ERROR_FOLDER_DAMAGED] = NAME ("FolderDamaged"),
    [TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE] = NAME ("FolderUnwritable"),
    [TOU_PRACTICE_ERROR_FOLDER_IN_USE] = NAME ("FolderInUse"),
    [TOU_PRACTICE_ERROR_FOLDER_FOREIGN] = NAME ("FolderForeign"),
    [TOU_PRACTICE_ERROR_NO_SOFTHSM] = NAME ("NoSofthsm"),
    [TOU_PRACTICE_ERROR_FAILED] = NAME ("Failed"),
};

void
tou_practice_error_names_register (void)
{
    for (guint code = 0; code < G_N_ELEMENTS (names); code++)
        (void) g_dbus_error_register_error (TOU_PRACTICE_ERROR, (int) code, names[code]);
}
