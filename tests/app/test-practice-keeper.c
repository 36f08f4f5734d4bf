/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "practice-fixture.h"
#include "tou-practice-folder.h"
#include "tou-practice-keeper.h"
#include "tou-practice-process.h"
#include "tou-service-profile.h"
#include "tou-softhsm.h"

#include <signal.h>
#include <string.h>

typedef struct {
    char *place;
    char *folder;
    TouPracticeKeeper *keeper;
    GString *said;      /* by the keeper, since it was last looked at */
    const char *wanted; /* what it is waited for */
} Fixture;

static void
on_started (TouPracticeKeeper *keeper, TouServiceProfile *profile, Fixture *fixture)
{
    g_string_append_printf (fixture->said, "started %s. ",
                            profile != NULL ? tou_service_profile_get_id (profile) : "again");
}

static void
on_failed (TouPracticeKeeper *keeper, const GError *error, Fixture *fixture)
{
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED);
    g_string_append (fixture->said, "failed. ");
}

static void
on_ended (TouPracticeKeeper *keeper, gboolean starts_again, Fixture *fixture)
{
    g_string_append (fixture->said, starts_again ? "ended, starts again. " : "ended. ");
}

static void
make_keeper (Fixture *fixture, const char *program)
{
    fixture->keeper = tou_practice_keeper_new (program, fixture->folder);
    g_signal_connect (fixture->keeper, "started", G_CALLBACK (on_started), fixture);
    g_signal_connect (fixture->keeper, "failed", G_CALLBACK (on_failed), fixture);
    g_signal_connect (fixture->keeper, "ended", G_CALLBACK (on_ended), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer program_path)
{
    g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "practice",
                                                      "touroku-practice-service", NULL);

    fixture->place = practice_fixture_make_place ();
    fixture->folder = practice_fixture_copy_master (fixture->place);
    fixture->said = g_string_new (NULL);
    make_keeper (fixture, program_path != NULL ? program_path : program);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_assert_finalize_object (fixture->keeper);
    g_string_free (fixture->said, TRUE);
    practice_fixture_remove (fixture->place);
    g_free (fixture->folder);
    g_free (fixture->place);
}

static gboolean
has_said (gpointer data)
{
    const Fixture *fixture = data;

    return fixture->said->len >= strlen (fixture->wanted);
}

/* Waits until the keeper has said @wanted since the last call, and nothing else. */
static void
expect (Fixture *fixture, const char *wanted)
{
    fixture->wanted = wanted;
    async_wait_until (has_said, fixture);
    g_assert_cmpstr (fixture->said->str, ==, wanted);
    g_string_truncate (fixture->said, 0);
}

static GPid
get_pid (Fixture *fixture)
{
    return tou_practice_process_get_pid (
        TOU_PRACTICE_PROCESS (tou_practice_keeper_get_control (fixture->keeper)));
}

static void
kill_service (Fixture *fixture)
{
    g_assert_cmpint (kill (get_pid (fixture), SIGKILL), ==, 0);
}

/* Would catch: a session thrown away although the service came back where it was, and a service that is
 * started for ever although it ends each time. */
static void
test_starts_again_once (Fixture *fixture, gconstpointer data)
{
    GPid first;

    tou_practice_keeper_want (fixture->keeper);
    tou_practice_keeper_want (fixture->keeper);
    expect (fixture, "started practice. ");
    first = get_pid (fixture);
    tou_practice_keeper_want (fixture->keeper);
    g_assert_cmpint (get_pid (fixture), ==, first);
    kill_service (fixture);
    expect (fixture, "ended, starts again. started again. ");
    kill_service (fixture);
    expect (fixture, "failed. ended. ");
    g_assert_cmpint (get_pid (fixture), ==, 0);
    tou_practice_keeper_want (fixture->keeper);
    expect (fixture, "started again. ");
}

static char *
read_authority (Fixture *fixture)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_AUTHORITY);
    char *text;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    return text;
}

/* Would catch: a window that goes on with the session and the cards of a folder that is no more. */
static void
test_renews (Fixture *fixture, gconstpointer data)
{
    g_autofree char *before = read_authority (fixture);
    g_autofree char *after = NULL;

    tou_practice_keeper_want (fixture->keeper);
    expect (fixture, "started practice. ");
    tou_practice_keeper_renew (fixture->keeper);
    expect (fixture, "started practice. ");
    after = read_authority (fixture);
    g_assert_cmpstr (before, !=, after);
}

/* Nothing was in use, so nothing ends. */
static void
test_says_no_program (Fixture *fixture, gconstpointer data)
{
    tou_practice_keeper_want (fixture->keeper);
    expect (fixture, "failed. ");
    tou_practice_keeper_want (fixture->keeper);
    expect (fixture, "failed. ");
}

#define ADD(name, program, test)                                                                             \
    g_test_add ("/practice-keeper/" name, Fixture, program, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    ADD ("again", NULL, test_starts_again_once);
    ADD ("renews", NULL, test_renews);
    ADD ("no-program", "/nowhere/service", test_says_no_program);
    return practice_fixture_end (g_test_run ());
}
