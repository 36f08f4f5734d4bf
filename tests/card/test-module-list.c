/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "async-wait.h"
#include "card-test.h"
#include "tou-module-list.h"

#include <glib/gstdio.h>

/* Real files, real agents; the settings are those of this program's memory. */

#define SCHEMA "io.github.touroku.Touroku"

typedef struct {
    GSettings *settings;
    TouModuleList *list;
    TouCardModules *modules; /* the same */
} Bench;

/* Finds the module that can go wrong, by p11-kit's configuration. */
static TouModulePlaces *
make_places (CardTest *test)
{
    TouModulePlaces *places = g_new0 (TouModulePlaces, 1);
    g_autofree char *path = g_build_filename (test->hsm->folder, "faulty.module", NULL);
    g_autofree char *text = g_strdup_printf ("module: %s\n", g_getenv ("TEST_CARD_MODULE"));

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    places->p11_kit_folders = g_new0 (char *, 2);
    places->p11_kit_folders[0] = g_strdup (test->hsm->folder);
    places->p11_kit_modules = g_strdup ("/nonexistent");
    places->folders = g_new0 (char *, 1);
    places->names = g_new0 (char *, 1);
    return places;
}

static gboolean
is_still (gpointer data)
{
    return !tou_card_modules_is_looking (data);
}

static Bench
open_bench (CardTest *test)
{
    const char *none[] = { NULL };
    Bench bench = { g_settings_new (SCHEMA), NULL, NULL };

    if (test->hub == NULL)
        card_test_use_hub (test, none);
    bench.list = tou_module_list_new (bench.settings, make_places (test), test->hub);
    bench.modules = TOU_CARD_MODULES (bench.list);
    async_wait_until (is_still, bench.modules);
    return bench;
}

static void
close_bench (Bench *bench)
{
    g_assert_finalize_object (g_steal_pointer (&bench->list));
    g_clear_object (&bench->settings);
}

static void
reset_settings (void)
{
    g_autoptr (GSettings) settings = g_settings_new (SCHEMA);

    g_settings_reset (settings, "card-modules");
    g_settings_reset (settings, "unused-card-modules");
    g_settings_reset (settings, "find-card-modules");
}

static void
end_test (Bench *bench)
{
    close_bench (bench);
    reset_settings ();
}

static const TouModuleEntry *
get_entry (Bench *bench, guint index)
{
    GPtrArray *entries = tou_card_modules_get_entries (bench->modules);

    g_assert_cmpuint (index, <, entries->len);
    return g_ptr_array_index (entries, index);
}

static guint
count (Bench *bench)
{
    return tou_card_modules_get_entries (bench->modules)->len;
}

static gboolean
add (Bench *bench, const char *path, GError **error)
{
    g_autoptr (GFile) file = g_file_new_for_path (path);
    GAsyncResult *result = NULL;
    gboolean is_added;

    tou_card_modules_add_async (bench->modules, file, async_wait_store, &result);
    is_added = tou_card_modules_add_finish (bench->modules, async_wait (&result), error);
    g_object_unref (result);
    return is_added;
}

static gboolean
has_tokens (CardTest *test)
{
    g_autoptr (TouCardInventory) inventory = card_test_list (test, NULL);

    return inventory != NULL && inventory->tokens->len > 0;
}

/* Bugs: what is found is not used, is not asked, or is loaded although it is switched off. */
static void
test_found (CardTest *test)
{
    Bench bench = open_bench (test);
    g_autofree char *path = g_strdup (get_entry (&bench, 0)->path);

    g_assert_cmpuint (count (&bench), ==, 1);
    g_assert_cmpint (get_entry (&bench, 0)->source, ==, TOU_MODULE_SOURCE_P11_KIT);
    g_assert_cmpint (get_entry (&bench, 0)->state, ==, TOU_MODULE_NOT_ASKED);
    tou_card_modules_look_again (bench.modules);
    g_assert_true (tou_card_modules_is_looking (bench.modules));
    async_wait_until (is_still, bench.modules);
    g_assert_cmpint (get_entry (&bench, 0)->state, ==, TOU_MODULE_WORKING);
    g_assert_true (has_tokens (test));
    tou_card_modules_set_used (bench.modules, path, FALSE);
    g_assert_false (has_tokens (test));
    g_assert_false (get_entry (&bench, 0)->is_used);
    g_assert_cmpint (get_entry (&bench, 0)->state, ==, TOU_MODULE_NOT_ASKED);
    close_bench (&bench);
    /* And it is still off at the next start. */
    (void) g_unlink (test->log);
    bench = open_bench (test);
    g_assert_false (get_entry (&bench, 0)->is_used);
    g_assert_false (has_tokens (test));
    g_assert_cmpuint (card_test_count_calls (test, "C_Initialize"), ==, 0);
    tou_card_modules_set_used (bench.modules, path, TRUE);
    g_assert_true (has_tokens (test));
    end_test (&bench);
}

/* Bugs: a file is taken that is in the list, or none; the user's choice is forgotten. */
static void
test_chosen (CardTest *test)
{
    g_autofree char *resolved = tou_module_search_resolve (test->hsm->module);
    Bench bench = open_bench (test);
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) known = NULL;
    g_autoptr (GError) found = NULL;

    g_assert_true (add (&bench, test->hsm->module, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (count (&bench), ==, 2);
    g_assert_cmpstr (get_entry (&bench, 0)->path, ==, resolved);
    g_assert_cmpint (get_entry (&bench, 0)->source, ==, TOU_MODULE_SOURCE_USER);
    g_assert_false (add (&bench, test->hsm->module, &known));
    g_assert_error (known, TOU_MODULE_ERROR, TOU_MODULE_ERROR_KNOWN);
    g_assert_false (add (&bench, g_getenv ("TEST_CARD_MODULE"), &found));
    g_assert_error (found, TOU_MODULE_ERROR, TOU_MODULE_ERROR_KNOWN);
    async_wait_until (is_still, bench.modules);
    g_assert_cmpint (get_entry (&bench, 0)->state, ==, TOU_MODULE_WORKING);
    close_bench (&bench);
    bench = open_bench (test);
    g_assert_cmpuint (count (&bench), ==, 2);
    tou_card_modules_remove (bench.modules, resolved);
    g_assert_cmpuint (count (&bench), ==, 1);
    close_bench (&bench);
    bench = open_bench (test);
    g_assert_cmpuint (count (&bench), ==, 1);
    end_test (&bench);
}

/* Bugs: a module that was left alone for its crashes stays so when the user wants it asked; a crash is not
 * said. */
static void
test_crash (CardTest *test)
{
    Bench bench;

    card_test_set_faults (test, "C_Initialize=crash\n");
    bench = open_bench (test);
    for (guint i = 0; i < 4; i++)
        g_assert_false (has_tokens (test));
    g_assert_cmpint (get_entry (&bench, 0)->state, ==, TOU_MODULE_DIED);
    card_test_set_faults (test, NULL);
    tou_card_modules_look_again (bench.modules);
    async_wait_until (is_still, bench.modules);
    g_assert_cmpint (get_entry (&bench, 0)->state, ==, TOU_MODULE_WORKING);
    end_test (&bench);
}

/* Bugs: an administrator who wants one module gets all that are found. */
static void
test_nothing_is_found (CardTest *test)
{
    g_autoptr (GSettings) settings = g_settings_new (SCHEMA);
    Bench bench;

    g_settings_set_boolean (settings, "find-card-modules", FALSE);
    bench = open_bench (test);
    g_assert_cmpuint (count (&bench), ==, 0);
    tou_card_modules_look_again (bench.modules);
    async_wait_until (is_still, bench.modules);
    g_assert_cmpuint (count (&bench), ==, 0);
    end_test (&bench);
}

static void
add_tests (void)
{
    card_test_add ("/module-list/found", test_found);
    card_test_add ("/module-list/chosen", test_chosen);
    card_test_add ("/module-list/crash", test_crash);
    card_test_add ("/module-list/nothing-is-found", test_nothing_is_found);
}

int
main (int argc, char **argv)
{
    return card_test_main (argc, argv, add_tests);
}
