/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "practice-fixture.h"

#include "tou-practice-folder.h"

static char *master_place;
static char *master;

static void
run (const char *const *argv)
{
    g_autoptr (GError) error = NULL;
    int status;

    g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                                 &status, &error));
    g_assert_no_error (error);
    g_assert_cmpint (status, ==, 0);
}

char *
practice_fixture_make_place (void)
{
    g_autoptr (GError) error = NULL;
    char *place = g_dir_make_tmp ("touroku-practice-XXXXXX", &error);

    g_assert_no_error (error);
    return place;
}

const char *
practice_fixture_get_master (void)
{
    g_autoptr (TouPracticeFolder) folder = NULL;
    g_autoptr (GError) error = NULL;

    if (master != NULL)
        return master;
    master_place = practice_fixture_make_place ();
    master = g_build_filename (master_place, "master", NULL);
    folder = tou_practice_folder_prepare (master, FALSE, g_get_real_time (), &error);
    g_assert_no_error (error);
    return master;
}

char *
practice_fixture_copy_master (const char *place)
{
    g_autofree char *copy = g_build_filename (place, "practice", NULL);
    const char *const argv[] = { "cp", "-a", practice_fixture_get_master (), copy, NULL };

    run (argv);
    return g_steal_pointer (&copy);
}

void
practice_fixture_remove (const char *path)
{
    const char *const argv[] = { "rm", "-rf", "--", path, NULL };

    if (path != NULL)
        run (argv);
}

int
practice_fixture_end (int status)
{
    practice_fixture_remove (master_place);
    g_clear_pointer (&master_place, g_free);
    g_clear_pointer (&master, g_free);
    return status;
}
