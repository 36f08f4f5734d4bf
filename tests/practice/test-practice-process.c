/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "practice-fixture.h"
#include "tou-practice-cards.h"
#include "tou-practice-cast.h"
#include "tou-practice-folder.h"
#include "tou-practice-process.h"
#include "tou-service-profile.h"
#include "tou-softhsm.h"

#include <glib/gstdio.h>
#include <signal.h>

typedef struct {
    char *place;
    char *folder;
    char *program;
    TouPracticeControl *control;
    gboolean has_changed;
    gboolean has_ended;
} Fixture;

static void
set_flag (gpointer source, gboolean *flag)
{
    *flag = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    fixture->place = practice_fixture_make_place ();
    fixture->folder = practice_fixture_copy_master (fixture->place);
    fixture->program = g_test_build_filename (G_TEST_BUILT, "..", "src", "practice",
                                              "touroku-practice-service", NULL);
    fixture->control = TOU_PRACTICE_CONTROL (tou_practice_process_new (fixture->program, fixture->folder));
    g_signal_connect (fixture->control, "changed", G_CALLBACK (set_flag), &fixture->has_changed);
    g_signal_connect (fixture->control, "ended", G_CALLBACK (set_flag), &fixture->has_ended);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_assert_finalize_object (fixture->control);
    practice_fixture_remove (fixture->place);
    g_free (fixture->program);
    g_free (fixture->folder);
    g_free (fixture->place);
}

static char *
try_start (TouPracticeControl *control, gboolean make_anew, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_practice_control_start_async (control, make_anew, NULL, async_wait_store, &result);
    return tou_practice_control_start_finish (control, async_wait (&result), error);
}

/* Returns: (transfer full): the profile's content */
static char *
start_profile (Fixture *fixture)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *path = try_start (fixture->control, FALSE, &error);
    char *profile;

    g_assert_no_error (error);
    g_assert_true (g_file_get_contents (path, &profile, NULL, &error));
    return profile;
}

static void
start (Fixture *fixture)
{
    g_autofree char *profile = start_profile (fixture);

    g_assert_nonnull (profile);
}

static GPtrArray *
list (Fixture *fixture)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    GPtrArray *cards;

    tou_practice_control_list_cards_async (fixture->control, NULL, async_wait_store, &result);
    cards = tou_practice_control_list_cards_finish (fixture->control, async_wait (&result), &error);
    g_assert_no_error (error);
    return cards;
}

static const TouPracticeCard *
find_card (GPtrArray *cards, const char *id)
{
    for (guint i = 0; i < cards->len; i++) {
        const TouPracticeCard *card = g_ptr_array_index (cards, i);

        if (g_str_equal (card->id, id))
            return card;
    }
    g_assert_not_reached ();
}

static gboolean
insert (Fixture *fixture, const char *card_id, const char *reader, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_practice_control_insert_async (fixture->control, card_id, reader, NULL, async_wait_store, &result);
    return tou_practice_control_change_finish (fixture->control, async_wait (&result), error);
}

static void
test_starts (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *path = try_start (fixture->control, FALSE, &error);
    g_autofree char *again = try_start (fixture->control, FALSE, &error);
    g_autoptr (TouServiceProfile) profile = tou_service_profile_load (path, &error);
    g_auto (GStrv) readers = tou_practice_control_dup_readers (fixture->control);

    g_assert_no_error (error);
    g_assert_cmpstr (path, ==, again);
    g_assert_cmpstr (tou_service_profile_get_id (profile), ==, "practice");
    g_assert_cmpstr (tou_service_profile_get_audience (profile), ==,
                     tou_service_profile_get_base_url (profile));
    g_assert_nonnull (tou_service_profile_get_certificates (profile, TOU_PROFILE_USE_RECEIPTS));
    g_assert_cmpuint (g_strv_length (readers), ==, 2);
    g_assert_cmpstr (readers[0], ==, TOU_PRACTICE_READER_1);
}

static void
test_moves_cards (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GPtrArray) before = NULL;
    g_autoptr (GPtrArray) after = NULL;
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    start (fixture);
    before = list (fixture);
    g_assert_cmpstr (find_card (before, "sakuragawa")->reader, ==, TOU_PRACTICE_READER_1);
    g_assert_cmpstr (find_card (before, "sakuragawa")->holder, ==, "桜川 一郎");
    g_assert_null (find_card (before, "sakuragawa-new")->reader);
    g_assert_true (insert (fixture, "sakuragawa-new", TOU_PRACTICE_READER_1, &error));
    async_wait_flag (&fixture->has_changed);
    tou_practice_control_remove_async (fixture->control, TOU_PRACTICE_READER_2, NULL, async_wait_store,
                                       &result);
    g_assert_true (tou_practice_control_change_finish (fixture->control, async_wait (&result), &error));
    after = list (fixture);
    g_assert_null (find_card (after, "sakuragawa")->reader);
    g_assert_cmpstr (find_card (after, "sakuragawa-new")->reader, ==, TOU_PRACTICE_READER_1);
}

/* The card module or a second hand moves a card; the panel has to follow. */
static void
test_sees_what_others_do (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    start (fixture);
    g_assert_true (tou_practice_cards_remove (fixture->folder, TOU_PRACTICE_READER_1, &error));
    async_wait_flag (&fixture->has_changed);
}

static void
test_titles_follow_the_language (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GPtrArray) english = NULL;
    g_autoptr (GPtrArray) japanese = NULL;

    start (fixture);
    english = list (fixture);
    g_setenv ("LANGUAGE", "ja_JP:ja", TRUE);
    japanese = list (fixture);
    g_setenv ("LANGUAGE", "C", TRUE);
    g_assert_cmpstr (find_card (english, "sakuragawa-new")->title, ==, "Jiro Sakuragawa: new card");
    g_assert_cmpstr (find_card (japanese, "sakuragawa-new")->title, ==, "桜川 二郎:新しいカード");
}

static void
test_says_what_is_wrong (Fixture *fixture, gconstpointer data)
{
    g_autofree char *marker = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_MARKER);
    g_autoptr (GError) error = NULL;
    g_autofree char *profile = NULL;

    g_assert_cmpint (g_unlink (marker), ==, 0);
    g_assert_null (try_start (fixture->control, FALSE, &error));
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED);
    /* For the log: without GDBus's own words before it. */
    g_assert_false (g_dbus_error_is_remote_error (error));
    g_clear_error (&error);
    profile = try_start (fixture->control, TRUE, &error);
    g_assert_no_error (error);
    g_assert_false (insert (fixture, "nobody's", TOU_PRACTICE_READER_1, &error));
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED);
}

static void
test_says_in_use (Fixture *fixture, gconstpointer data)
{
    TouPracticeControl *second = TOU_PRACTICE_CONTROL (
        tou_practice_process_new (fixture->program, fixture->folder));
    g_autoptr (GError) error = NULL;

    start (fixture);
    g_assert_null (try_start (second, FALSE, &error));
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_IN_USE);
    g_assert_finalize_object (second);
}

/* Would catch: a service that is somewhere else after its end, where a session that goes on does not look. */
static void
test_starts_again_after_its_end (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *before = start_profile (fixture);
    g_autofree char *after = NULL;

    g_assert_false (fixture->has_changed);
    kill (tou_practice_process_get_pid (TOU_PRACTICE_PROCESS (fixture->control)), SIGKILL);
    async_wait_flag (&fixture->has_ended);
    g_assert_cmpint (tou_practice_process_get_pid (TOU_PRACTICE_PROCESS (fixture->control)), ==, 0);
    g_assert_false (insert (fixture, "sakuragawa", TOU_PRACTICE_READER_2, &error));
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED);
    after = start_profile (fixture);
    g_assert_cmpstr (after, ==, before);
    g_assert_true (fixture->has_changed);
}

static void
test_says_no_program (Fixture *fixture, gconstpointer data)
{
    TouPracticeControl *control = TOU_PRACTICE_CONTROL (
        tou_practice_process_new ("/nowhere/service", fixture->folder));
    g_autoptr (GError) error = NULL;

    g_assert_null (try_start (control, FALSE, &error));
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED);
    g_assert_finalize_object (control);
}

static void
test_can_be_cancelled (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    tou_practice_control_start_async (fixture->control, FALSE, cancellable, async_wait_store, &result);
    g_cancellable_cancel (cancellable);
    g_assert_null (tou_practice_control_start_finish (fixture->control, async_wait (&result), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    start (fixture);
}

/* Two at once would be two services. */
static void
test_starts_one_at_a_time (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GAsyncResult) first = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *profile = NULL;

    tou_practice_control_start_async (fixture->control, FALSE, NULL, async_wait_store, &first);
    g_assert_null (try_start (fixture->control, FALSE, &error));
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED);
    g_clear_error (&error);
    profile = tou_practice_control_start_finish (fixture->control, async_wait (&first), &error);
    g_assert_no_error (error);
    start (fixture);
}

#define ADD(name, test) g_test_add ("/practice/process/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    ADD ("starts", test_starts);
    ADD ("moves", test_moves_cards);
    ADD ("others", test_sees_what_others_do);
    ADD ("language", test_titles_follow_the_language);
    ADD ("wrong", test_says_what_is_wrong);
    ADD ("in-use", test_says_in_use);
    ADD ("again", test_starts_again_after_its_end);
    ADD ("no-program", test_says_no_program);
    ADD ("one", test_starts_one_at_a_time);
    ADD ("cancel", test_can_be_cancelled);
    return practice_fixture_end (g_test_run ());
}
