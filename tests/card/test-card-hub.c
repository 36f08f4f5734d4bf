/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "async-wait.h"
#include "card-test.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Several modules at once, each in a real agent: SoftHSM as it is, and the same behind the module that can
 * go wrong. */

static const char *
get_faulty (void)
{
    return g_getenv ("TEST_CARD_MODULE");
}

/* The same module once more, as a file of its own. */
static char *
copy_faulty (CardTest *test)
{
    char *path = g_build_filename (test->hsm->folder, "other-module.so", NULL);
    g_autofree char *data = NULL;
    gsize size;

    g_assert_true (g_file_get_contents (get_faulty (), &data, &size, NULL));
    g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
    return path;
}

static TouCardInventory *
list (CardTest *test)
{
    GError *error = NULL;
    TouCardInventory *inventory = card_test_list (test, &error);

    g_assert_no_error (error);
    return inventory;
}

static TouModuleState
get_state (const TouCardInventory *inventory, guint index)
{
    return ((TouModuleReport *) inventory->modules->pdata[index])->state;
}

static void
assert_signs (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);
    GError *error = NULL;
    g_autoptr (GBytes) cms = card_test_sign (test, "x", card_test_find_sha256 (certificates, "年金太郎"),
                                             &error);

    g_assert_no_error (error);
    g_assert_nonnull (cms);
}

/* Bugs: a card that two modules know is there twice; the PIN goes to another module's token. */
static void
test_two_modules (CardTest *test)
{
    const char *modules[] = { test->hsm->module, get_faulty (), NULL };
    g_autoptr (TouCardInventory) inventory = NULL;

    card_test_use_hub (test, modules);
    inventory = list (test);
    g_assert_cmpuint (inventory->modules->len, ==, 2);
    g_assert_cmpint (get_state (inventory, 0), ==, TOU_MODULE_WORKING);
    g_assert_cmpint (get_state (inventory, 1), ==, TOU_MODULE_WORKING);
    g_assert_cmpuint (inventory->readers->len, ==, 6);
    /* The two without certificates show nothing by which they could be told. */
    g_assert_cmpuint (inventory->tokens->len, ==, 5 + 2);
    assert_signs (test);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 0);
}

/* Bugs: one that cannot be loaded keeps the others from being asked, or is not told from one that works. */
static void
test_broken_modules (CardTest *test)
{
    g_autofree char *text = g_build_filename (test->hsm->folder, "text.so", NULL);
    const char *modules[] = { "/nonexistent/module.so", text, get_faulty (), NULL };
    g_autoptr (TouCardInventory) inventory = NULL;

    g_assert_true (g_file_set_contents (text, "no module", -1, NULL));
    card_test_use_hub (test, modules);
    inventory = list (test);
    g_assert_cmpint (get_state (inventory, 0), ==, TOU_MODULE_MISSING);
    g_assert_cmpint (get_state (inventory, 1), ==, TOU_MODULE_NOT_LOADED);
    g_assert_cmpint (get_state (inventory, 2), ==, TOU_MODULE_WORKING);
    assert_signs (test);
}

/* Bugs: an empty list where nothing could be asked: the user would look for a reader. */
static void
test_nothing_works (CardTest *test)
{
    const char *none[] = { NULL };
    const char *modules[] = { "/nonexistent/module.so", get_faulty (), NULL };
    g_autoptr (GError) no_module = NULL;
    g_autoptr (GError) error = NULL;

    card_test_use_hub (test, none);
    g_assert_null (card_test_list (test, &no_module));
    g_assert_error (no_module, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE);
    tou_card_hub_set_modules (test->hub, modules);
    card_test_set_faults (test, "C_GetSlotList=crash\n");
    g_assert_null (card_test_list (test, &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_AGENT_DIED);
}

static gboolean
has_changed (gpointer data)
{
    return ((CardTest *) data)->n_changed > 0;
}

/* Bugs: one that hangs keeps the user waiting for its whole time; that it hangs is never told; the window
 * lists without end because it is. */
static void
test_hanging_module (CardTest *test)
{
    const char *modules[] = { get_faulty (), test->hsm->module, NULL };
    g_autoptr (TouCardInventory) early = NULL;
    g_autoptr (TouCardInventory) late = NULL;

    card_test_use_hub (test, modules);
    card_test_set_faults (test, "C_GetSlotList=hang\n");
    early = list (test);
    g_assert_cmpuint (early->tokens->len, ==, 5);
    g_assert_cmpint (get_state (early, 0), ==, TOU_MODULE_NOT_ASKED);
    async_wait_until (has_changed, test);
    test->n_changed = 0;
    card_test_set_faults (test, "C_GetSlotList=crash\n");
    late = list (test);
    g_assert_cmpint (get_state (late, 0), ==, TOU_MODULE_DIED);
    g_assert_cmpint (get_state (late, 1), ==, TOU_MODULE_WORKING);
    g_assert_cmpuint (test->n_changed, ==, 0);
    assert_signs (test);
}

/* Bugs: a module that crashes is started anew for ever; it is never asked again once it was mended. */
static void
test_crashing_module (CardTest *test)
{
    const char *modules[] = { test->hsm->module, get_faulty (), NULL };
    g_autoptr (TouCardInventory) mended = NULL;

    card_test_use_hub (test, modules);
    card_test_set_faults (test, "C_Initialize=crash\n");
    for (guint i = 0; i < 5; i++) {
        g_autoptr (TouCardInventory) inventory = list (test);

        g_assert_cmpint (get_state (inventory, 1), ==, TOU_MODULE_DIED);
    }
    g_assert_cmpuint (card_test_count_calls (test, "C_Initialize"), ==, 3);
    card_test_set_faults (test, NULL);
    tou_card_hub_set_modules (test->hub, modules);
    mended = list (test);
    g_assert_cmpint (get_state (mended, 1), ==, TOU_MODULE_WORKING);
}

typedef struct {
    CardTest *test;
    TouModuleState state;
    guint n_listed;
} Watching;

static void
on_watch_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Watching *watching = user_data;
    g_autoptr (TouCardInventory) inventory = tou_card_access_list_finish (TOU_CARD_ACCESS (source), result,
                                                                          NULL);

    g_assert_nonnull (inventory);
    watching->n_listed++;
    watching->state = get_state (inventory, 1);
}

static void
list_again (Watching *watching)
{
    tou_card_access_list_async (watching->test->access, NULL, on_watch_listed, watching);
}

static gboolean
is_left_alone (gpointer data)
{
    return ((Watching *) data)->state == TOU_MODULE_DIED;
}

/* Bugs: one that crashes only while it is watched is not missed, or is started anew for ever. */
static void
test_crash_while_watched (CardTest *test)
{
    const char *modules[] = { test->hsm->module, get_faulty (), NULL };
    Watching watching = { test, TOU_MODULE_NOT_ASKED, 0 };

    card_test_use_hub (test, modules);
    card_test_set_faults (test, "C_WaitForSlotEvent=crash\n");
    g_signal_connect_swapped (test->hub, "changed", G_CALLBACK (list_again), &watching);
    list_again (&watching);
    async_wait_until (is_left_alone, &watching);
    g_assert_cmpuint (card_test_count_calls (test, "C_Initialize"), <=, 3);
    g_signal_handlers_disconnect_by_data (test->hub, &watching);
}

/* Whether the process @name is an agent of this program that still runs (proc(5)). */
static gboolean
is_agent (const char *name)
{
    g_autofree char *path = g_build_filename ("/proc", name, "stat", NULL);
    g_autofree char *text = NULL;
    const char *rest;
    char state;
    int parent;

    if (!g_file_get_contents (path, &text, NULL, NULL) || strstr (text, "(touroku-card-ag)") == NULL)
        return FALSE;
    rest = strrchr (text, ')');
    return sscanf (rest, ") %c %d", &state, &parent) == 2 && parent == (int) getpid () && state != 'Z';
}

static guint
count_agents (void)
{
    g_autoptr (GDir) processes = g_dir_open ("/proc", 0, NULL);
    const char *name;
    guint n = 0;

    while ((name = g_dir_read_name (processes)) != NULL)
        n += is_agent (name);
    return n;
}

/* Bugs: a module still looks at the card, or closes it, after another has unlocked it. */
static void
test_others_end_before_the_pin (CardTest *test)
{
    g_autofree char *copy = copy_faulty (test);
    const char *modules[] = { get_faulty (), copy, NULL };
    g_autofree char *text = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;

    card_test_use_hub (test, modules);
    card_test_set_faults (test, "C_Finalize=hang\n");
    certificates = card_test_open (test, TOKEN_FULL);
    g_assert_cmpuint (count_agents (), ==, 1);
    g_assert_true (g_file_get_contents (test->log, &text, NULL, NULL));
    g_assert_nonnull (strstr (text, "C_Finalize"));
    g_assert_nonnull (strstr (strstr (text, "C_Finalize"), "C_Login"));
    /* Nor does it afterwards. */
    (void) g_unlink (test->log);
    inventory = list (test);
    g_assert_cmpuint (card_test_count_calls (test, "C_Initialize"), ==, 0);
}

static gboolean
has_no_agent (gpointer data)
{
    return count_agents () == 0;
}

/* Bugs: whoever gives up waits for the agents of other modules to end, which may take seconds, and so does
 * the PIN. */
static void
test_cancel_while_others_end (CardTest *test)
{
    g_autofree char *copy = copy_faulty (test);
    const char *modules[] = { get_faulty (), copy, NULL };
    g_autoptr (TouCardToken) token = NULL;
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (CARD_PIN);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (CardStep) step = card_step_new (test);
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (GError) error = NULL;

    async_wait_until (has_no_agent, NULL); /* of the test before */
    card_test_use_hub (test, modules);
    card_test_set_faults (test, "C_Finalize=hang\n");
    token = card_test_find_token (test, TOKEN_FULL);
    tou_card_access_unlock_async (test->access, token, pin, cancellable, on_card_step_done, step);
    g_cancellable_cancel (cancellable);
    card_step_wait (step);
    certificates = tou_card_access_unlock_finish (test->access, step->result, &error);
    g_assert_null (certificates);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpuint (count_agents (), ==, 2);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 0);
}

/* Bugs: after a signature that failed, and with it its agent, the other modules are not asked any more. */
static void
test_failed_signature (CardTest *test)
{
    g_autofree char *copy = copy_faulty (test);
    const char *modules[] = { get_faulty (), copy, NULL };
    g_autofree char *unknown = g_strnfill (64, '0');
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;
    g_autoptr (GError) error = NULL;

    card_test_use_hub (test, modules);
    certificates = card_test_open (test, TOKEN_FULL);
    g_assert_null (card_test_sign (test, "x", unknown, &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_CERTIFICATE);
    (void) g_unlink (test->log);
    inventory = list (test);
    g_assert_cmpuint (card_test_count_calls (test, "C_Initialize"), ==, 2);
}

/* Bugs: the end of the unlocked card is not told, or that of an agent without one is. */
static void
test_lost (CardTest *test)
{
    const char *modules[] = { get_faulty (), test->hsm->module, NULL };
    const char *second[] = { test->hsm->module, NULL };
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (GError) error = NULL;

    card_test_use_hub (test, modules);
    certificates = card_test_open (test, TOKEN_FULL);
    test->n_changed = 0;
    tou_card_hub_set_modules (test->hub, modules);
    g_assert_cmpuint (test->n_lost, ==, 0);
    tou_card_hub_set_modules (test->hub, second);
    g_assert_cmpuint (test->n_lost, ==, 1);
    g_assert_cmpuint (test->n_changed, ==, 2);
    g_assert_null (card_test_sign (test, "x", card_test_find_sha256 (certificates, "年金太郎"), &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED);
    assert_signs (test);
}

/* Bugs: whoever opens the preferences, which look at the modules again, undoes a list or a signature that is
 * under way; what was set meanwhile is never told. */
static void
test_modules_set_during_a_step (CardTest *test)
{
    const char *modules[] = { get_faulty (), test->hsm->module, NULL };
    g_autoptr (CardStep) listing = NULL;
    g_autoptr (CardStep) signing = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (GBytes) content = g_bytes_new_static ("x", 1);
    g_autoptr (GBytes) cms = NULL;
    GError *error = NULL;

    card_test_use_hub (test, modules);
    listing = card_step_new (test);
    tou_card_access_list_async (test->access, NULL, on_card_step_done, listing);
    tou_card_hub_set_modules (test->hub, modules);
    g_assert_cmpuint (test->n_changed, ==, 0);
    card_step_wait (listing);
    inventory = tou_card_access_list_finish (test->access, listing->result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (inventory->tokens->len, >=, 5);
    g_assert_cmpuint (test->n_changed, ==, 1);
    certificates = card_test_open (test, TOKEN_FULL);
    signing = card_step_new (test);
    tou_card_access_sign_async (test->access, content, card_test_find_sha256 (certificates, "年金太郎"), NULL,
                                on_card_step_done, signing);
    tou_card_hub_set_modules (test->hub, modules);
    tou_card_hub_look (test->hub);
    card_step_wait (signing);
    cms = tou_card_access_sign_finish (test->access, signing->result, &error);
    g_assert_no_error (error);
    g_assert_nonnull (cms);
}

/* Bugs: a list waits for a module that is gone; a step with its card goes on without it. */
static void
test_module_gone_during_a_step (CardTest *test)
{
    const char *modules[] = { get_faulty (), test->hsm->module, NULL };
    const char *second[] = { test->hsm->module, NULL };
    g_autoptr (CardStep) listing = NULL;
    g_autoptr (CardStep) signing = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (GBytes) content = g_bytes_new_static ("x", 1);
    g_autoptr (GError) cancelled = NULL;
    GError *error = NULL;

    card_test_use_hub (test, modules);
    card_test_set_faults (test, "C_GetSlotList=hang\n");
    listing = card_step_new (test);
    tou_card_access_list_async (test->access, NULL, on_card_step_done, listing);
    tou_card_hub_set_modules (test->hub, second);
    card_step_wait (listing);
    inventory = tou_card_access_list_finish (test->access, listing->result, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (inventory->modules->len, ==, 1);
    card_test_set_faults (test, NULL);
    tou_card_hub_set_modules (test->hub, modules);
    certificates = card_test_open (test, TOKEN_FULL);
    card_test_set_faults (test, "C_Sign=hang\n");
    signing = card_step_new (test);
    tou_card_access_sign_async (test->access, content, card_test_find_sha256 (certificates, "年金太郎"), NULL,
                                on_card_step_done, signing);
    tou_card_hub_set_modules (test->hub, second);
    g_assert_cmpuint (test->n_lost, ==, 1);
    card_step_wait (signing);
    g_assert_null (tou_card_access_sign_finish (test->access, signing->result, &cancelled));
    g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_signs (test);
}

/* Bugs: two steps at once; a step after a cancelled one or a release does not work. */
static void
test_one_step_at_a_time (CardTest *test)
{
    const char *modules[] = { test->hsm->module, get_faulty (), NULL };
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (CardStep) first = NULL;
    g_autoptr (CardStep) released = NULL;
    g_autoptr (GError) busy = NULL;
    g_autoptr (GError) cancelled = NULL;
    g_autoptr (GError) released_error = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;

    card_test_use_hub (test, modules);
    first = card_step_new (test);
    released = card_step_new (test);
    tou_card_access_list_async (test->access, cancellable, on_card_step_done, first);
    g_assert_null (card_test_list (test, &busy));
    g_assert_error (busy, TOU_CARD_ERROR, TOU_CARD_ERROR_BUSY);
    g_cancellable_cancel (cancellable);
    tou_card_access_list_async (test->access, NULL, on_card_step_done, released);
    tou_card_access_release (test->access);
    inventory = list (test);
    g_assert_cmpuint (inventory->modules->len, ==, 2);
    card_step_wait (first);
    g_assert_null (tou_card_access_list_finish (test->access, first->result, &cancelled));
    g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    card_step_wait (released);
    g_assert_null (tou_card_access_list_finish (test->access, released->result, &released_error));
    g_assert_error (released_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_signs (test);
}

/* Bugs: a PIN that is not sent ends agents; a token of an older list is unlocked as if it were new. */
static void
test_pin_that_is_not_sent (CardTest *test)
{
    const char *modules[] = { get_faulty (), NULL };
    const char *second[] = { test->hsm->module, NULL };
    g_autoptr (TouCardToken) token = NULL;
    g_autoptr (GError) empty = NULL;
    g_autoptr (GError) removed = NULL;

    card_test_use_hub (test, modules);
    token = card_test_find_token (test, TOKEN_FULL);
    g_assert_null (card_test_unlock (test, token, "", &empty));
    g_assert_error (empty, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_EMPTY);
    g_assert_cmpuint (card_test_count_calls (test, "C_Finalize"), ==, 0);
    tou_card_hub_set_modules (test->hub, second);
    g_assert_null (card_test_unlock (test, token, CARD_PIN, &removed));
    g_assert_error (removed, TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED);
}

static void
add_tests (void)
{
    card_test_add ("/card-hub/two-modules", test_two_modules);
    card_test_add ("/card-hub/broken-modules", test_broken_modules);
    card_test_add ("/card-hub/nothing-works", test_nothing_works);
    card_test_add ("/card-hub/hanging-module", test_hanging_module);
    card_test_add ("/card-hub/crashing-module", test_crashing_module);
    card_test_add ("/card-hub/crash-while-watched", test_crash_while_watched);
    card_test_add ("/card-hub/others-end-before-the-pin", test_others_end_before_the_pin);
    card_test_add ("/card-hub/lost", test_lost);
    card_test_add ("/card-hub/modules-set-during-a-step", test_modules_set_during_a_step);
    card_test_add ("/card-hub/module-gone-during-a-step", test_module_gone_during_a_step);
    card_test_add ("/card-hub/one-step-at-a-time", test_one_step_at_a_time);
    card_test_add ("/card-hub/pin-that-is-not-sent", test_pin_that_is_not_sent);
    card_test_add ("/card-hub/failed-signature", test_failed_signature);
    card_test_add ("/card-hub/cancel-while-others-end", test_cancel_while_others_end);
}

int
main (int argc, char **argv)
{
    return card_test_main (argc, argv, add_tests);
}
