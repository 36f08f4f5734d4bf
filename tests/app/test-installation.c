/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each part of an installation, missing alone, is named; what it is missing for decides whether it is asked
 * for. */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-installation-error.h"
#include "tou-installation.h"
#include "tou-paths.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>

typedef struct {
    TouPart part;
    const char *file; /* (nullable): in it, where the part is a folder that tests need not make */
    TouInstallationError error;
} Part;

static const Part parts[] = {
    { TOU_PART_BACKEND, NULL, TOU_INSTALLATION_ERROR_INCOMPLETE },
    { TOU_PART_CARD_AGENT, NULL, TOU_INSTALLATION_ERROR_INCOMPLETE },
    { TOU_PART_SLOT_VIEW, NULL, TOU_INSTALLATION_ERROR_INCOMPLETE },
    { TOU_PART_OPENSC_CONF, NULL, TOU_INSTALLATION_ERROR_INCOMPLETE },
    { TOU_PART_CARD_PROFILES, NULL, TOU_INSTALLATION_ERROR_INCOMPLETE },
    { TOU_PART_SCHEMAS, "gschemas.compiled", TOU_INSTALLATION_ERROR_INCOMPLETE },
    { TOU_PART_PRACTICE_SERVICE, NULL, TOU_INSTALLATION_ERROR_NO_PRACTICE },
    { TOU_PART_PRACTICE_CARD, NULL, TOU_INSTALLATION_ERROR_NO_PRACTICE },
};

static char *
dup_path (const Part *part)
{
    g_autofree char *path = tou_paths_get_part (part->part);

    return g_build_filename (path, part->file, NULL);
}

static void
make_part (const Part *part, const char *schemas)
{
    g_autofree char *path = dup_path (part);
    g_autofree char *folder = g_path_get_dirname (path);

    g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
    if (part->file != NULL) {
        g_autoptr (GFile) source = g_file_new_build_filename (schemas, part->file, NULL);
        g_autoptr (GFile) target = g_file_new_for_path (path);

        g_assert_true (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL));
    } else {
        g_assert_true (g_file_set_contents (path, "", 0, NULL));
    }
}

static void
check_without (const Part *part, const char *schemas)
{
    g_autofree char *path = dup_path (part);
    gboolean is_for_practice = part->error == TOU_INSTALLATION_ERROR_NO_PRACTICE;
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (g_remove (path), ==, 0);
    g_assert_false (tou_installation_check (TRUE, &error));
    g_assert_error (error, TOU_INSTALLATION_ERROR, (int) part->error);
    g_assert_true (g_regex_match_simple (path, error->message, 0, 0));
    g_assert_true (tou_installation_check (FALSE, NULL) == is_for_practice);
    make_part (part, schemas);
}

static void
remove_tree (const char *folder)
{
    const char *const command[] = { "rm", "-rf", folder, NULL };

    g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                                 NULL, NULL));
}

static void
test_missing (void)
{
    g_autofree char *folder = g_dir_make_tmp ("touroku-installation-XXXXXX", NULL);
    g_autofree char *schemas = tou_paths_get_part (TOU_PART_SCHEMAS);
    g_autoptr (GError) error = NULL;

    g_setenv ("TOUROKU_BUILD_DIR", folder, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        make_part (&parts[i], schemas);
    g_assert_true (tou_installation_check (TRUE, &error));
    g_assert_no_error (error);
    for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        check_without (&parts[i], schemas);
    g_assert_true (tou_installation_check (TRUE, NULL));
    remove_tree (folder);
}

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "");
    /* The folder of the parts is the only one where the schema may be found. */
    g_unsetenv ("GSETTINGS_SCHEMA_DIR");
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/installation/missing", test_missing);
    return g_test_run ();
}
