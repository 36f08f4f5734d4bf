/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-cards PRACTICE-FOLDER FOLDER: what emulated cards are made of, issued by a practice folder's
 * authority: for tests in which a practice service has to accept them. */
#include "card-files.h"
#include "tou-practice-folder.h"

#include <glib/gstdio.h>

int
main (int argc, char **argv)
{
    g_autofree char *authority = NULL;
    g_autoptr (TouPracticeCa) ca = NULL;
    GError *error = NULL;

    if (argc != 3) {
        g_printerr ("make-cards PRACTICE-FOLDER FOLDER\n");
        return 2;
    }
    authority = tou_practice_folder_dup_file (argv[1], TOU_PRACTICE_FILE_CA);
    ca = tou_practice_ca_load (authority, &error);
    g_assert_no_error (error);
    g_assert_no_errno (g_mkdir_with_parents (argv[2], 0700));
    card_files_write (ca, argv[2], g_get_real_time ());
    return 0;
}
