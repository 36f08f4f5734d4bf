/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "practice-fixture.h"
#include "software-card.h"
#include "tou-http-service.h"
#include "tou-practice-folder.h"
#include "tou-softhsm.h"

#include <curl/curl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

/* The program as a person starts it by hand, and the client's own HTTPS side before it. */
typedef struct {
    char *place;
    char *folder;
    char *port_file;
    GSubprocess *process;
    char *profile; /* path, as the program said */
    TouRegistrationService *client;
    TouClock *clock; /* the client's */
} Fixture;

static GSubprocess *
spawn_with (Fixture *fixture, const char *option, const char *value)
{
    g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "practice",
                                                      "touroku-practice-service", NULL);
    const char *const argv[]
        = { program, "--folder", fixture->folder, "--port-file", fixture->port_file, option, value, NULL };
    g_autoptr (GError) error = NULL;
    GSubprocess *process = g_subprocess_newv (
        argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);

    g_assert_no_error (error);
    return process;
}

static GSubprocess *
spawn (Fixture *fixture, const char *fault)
{
    return spawn_with (fixture, fault != NULL ? "--fault" : NULL, fault);
}

/* The program says its URL and profile once it listens. */
static void
start_with (Fixture *fixture, const char *option, const char *value)
{
    g_autoptr (GDataInputStream) output = NULL;
    g_autofree char *url = NULL;

    fixture->process = spawn_with (fixture, option, value);
    output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->process));
    url = g_data_input_stream_read_line (output, NULL, NULL, NULL);
    fixture->profile = g_data_input_stream_read_line (output, NULL, NULL, NULL);
    g_assert_nonnull (fixture->profile);
}

static void
start (Fixture *fixture, const char *fault)
{
    start_with (fixture, fault != NULL ? "--fault" : NULL, fault);
}

static void
connect_client (Fixture *fixture)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = tou_service_profile_load (fixture->profile, &error);

    g_assert_no_error (error);
    fixture->clock = tou_clock_new ();
    fixture->client = TOU_REGISTRATION_SERVICE (tou_http_service_new (profile, fixture->clock, NULL));
}

static void
end (Fixture *fixture, int signal_number)
{
    if (fixture->process == NULL)
        return;
    if (fixture->client != NULL)
        g_assert_finalize_object (fixture->client);
    fixture->client = NULL;
    g_clear_object (&fixture->clock);
    g_subprocess_send_signal (fixture->process, signal_number);
    g_assert_true (g_subprocess_wait (fixture->process, NULL, NULL));
    g_clear_object (&fixture->process);
    g_clear_pointer (&fixture->profile, g_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    fixture->place = practice_fixture_make_place ();
    fixture->folder = practice_fixture_copy_master (fixture->place);
    fixture->port_file = g_build_filename (fixture->place, "port", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    end (fixture, SIGTERM);
    practice_fixture_remove (fixture->place);
    g_free (fixture->port_file);
    g_free (fixture->folder);
    g_free (fixture->place);
}

static TouServiceInfo *
get_info (Fixture *fixture, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_info_async (fixture->client, NULL, async_wait_store, &result);
    return tou_registration_service_get_info_finish (fixture->client, async_wait (&result), error);
}

static void
sign_in (Fixture *fixture)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text ("Practice-01");
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (TouSession) session = NULL;
    g_autoptr (GError) error = NULL;

    tou_registration_service_sign_in_async (fixture->client, "bidder01", password, TOU_CATEGORY_CONSTRUCTION,
                                            NULL, async_wait_store, &result);
    session = tou_registration_service_sign_in_finish (fixture->client, async_wait (&result), &error);
    g_assert_no_error (error);
}

static GPtrArray *
list (Fixture *fixture, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_list_applications_async (fixture->client, 3, NULL, async_wait_store, &result);
    return tou_registration_service_list_applications_finish (fixture->client, async_wait (&result), error);
}

static char *
get_nonce (Fixture *fixture)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    char *nonce;

    tou_registration_service_get_nonce_async (fixture->client, NULL, async_wait_store, &result);
    nonce = tou_registration_service_get_nonce_finish (fixture->client, async_wait (&result), &error);
    g_assert_no_error (error);
    return nonce;
}

/* @out_id: (transfer full) */
static GBytes *
make_request (Fixture *fixture, char **out_id)
{
    g_autofree char *ca_path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_CA);
    g_autofree char *nonce = get_nonce (fixture);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) ca = tou_practice_ca_load (ca_path, &error);
    g_autoptr (SoftwareCard) card = software_card_issue_good (ca, g_get_real_time ());
    g_autoptr (TouRequest) request = software_card_make_request (card, TOU_OPERATION_REGISTRATION, nonce,
                                                                 tou_clock_now_us (fixture->clock));
    g_autoptr (TouServiceProfile) profile = tou_service_profile_load (fixture->profile, &error);
    g_autoptr (GBytes) content = NULL;

    tou_set_text (&request->audience, tou_service_profile_get_audience (profile));
    content = tou_registration_service_compose (fixture->client, request);
    *out_id = g_strdup (request->submission_id);
    return software_card_sign (card, content);
}

static TouReceipt *
submit (Fixture *fixture, const char *id, GBytes *cms, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_submit_async (fixture->client, TOU_OPERATION_REGISTRATION, id, cms, NULL,
                                           async_wait_store, &result);
    return tou_registration_service_submit_finish (fixture->client, async_wait (&result), error);
}

static TouReceipt *
get_submission (Fixture *fixture, const char *id, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_submission_async (fixture->client, id, NULL, async_wait_store, &result);
    return tou_registration_service_get_submission_finish (fixture->client, async_wait (&result), error);
}

/* Killed at once, the service has kept what it said it had, and says it again. */
static void
test_keeps_through_a_kill (Fixture *fixture, gconstpointer data)
{
    g_autofree char *id = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (TouReceipt) again = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;

    start (fixture, NULL);
    connect_client (fixture);
    sign_in (fixture);
    cms = make_request (fixture, &id);
    receipt = submit (fixture, id, cms, &error);
    g_assert_no_error (error);
    g_assert_false (receipt->was_repeat);
    end (fixture, SIGKILL);
    start (fixture, NULL);
    connect_client (fixture);
    sign_in (fixture);
    again = submit (fixture, id, cms, &error);
    g_assert_no_error (error);
    g_assert_true (again->was_repeat);
    g_assert_true (g_bytes_equal (again->cms, receipt->cms));
    applications = list (fixture, &error);
    g_assert_cmpuint (applications->len, ==, 1);
}

static void
test_drops_an_answer (Fixture *fixture, gconstpointer data)
{
    g_autofree char *id = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouReceipt) lost = NULL;
    g_autoptr (TouReceipt) found = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;

    /* Twice: on a connection that was used before, curl sends the same bytes once more by itself. */
    start (fixture, "drop-answer@/v1/applications*2");
    connect_client (fixture);
    sign_in (fixture);
    cms = make_request (fixture, &id);
    lost = submit (fixture, id, cms, &error);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    g_clear_error (&error);
    found = get_submission (fixture, id, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (found->submission_id, ==, id);
    applications = list (fixture, &error);
    g_assert_cmpuint (applications->len, ==, 1);
}

typedef struct {
    const char *name;
    const char *fault;
    TouServiceError error;
    const char *code;           /* (nullable) */
    gboolean needs_application; /* something to list; the fault comes twice then */
} FaultCase;

static const FaultCase fault_cases[] = {
    { "not-json", "not-json@/v1/applications", TOU_SERVICE_ERROR_BAD_ANSWER, NULL },
    { "too-large", "too-large@/v1/applications", TOU_SERVICE_ERROR_ANSWER_TOO_LARGE, NULL },
    { "status-500", "status-500@/v1/applications", TOU_SERVICE_ERROR_PROBLEM, "40002" },
    { "unknown-code", "unknown-code=45678@/v1/applications", TOU_SERVICE_ERROR_PROBLEM, "45678" },
    { "missing-member", "without=state@/v1/applications*2", TOU_SERVICE_ERROR_BAD_ANSWER, NULL, TRUE },
    { "missing-list", "without=applications@/v1/applications", TOU_SERVICE_ERROR_BAD_ANSWER, NULL },
    { "session-expired", "session-expired@/v1/applications", TOU_SERVICE_ERROR_PROBLEM, "30003" },
    { "slow", "slow=20000@/v1/applications", TOU_SERVICE_ERROR_TIMED_OUT, NULL },
};

/* The client was frozen for eleven minutes, and every clock of its with it, as in a virtual machine: it
 * reckons from what the service said before. Would catch: 40004 to every request from then on, also after
 * signing in anew. */
static void
test_takes_time_from_answers (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouServiceInfo) info = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *id = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouReceipt) receipt = NULL;

    start (fixture, NULL);
    connect_client (fixture);
    info = get_info (fixture, &error);
    g_assert_no_error (error);
    tou_clock_set_service_time (fixture->clock, info->time_us - 11 * G_TIME_SPAN_MINUTE);
    sign_in (fixture);
    cms = make_request (fixture, &id);
    receipt = submit (fixture, id, cms, &error);
    g_assert_no_error (error);
}

/* Something to list. */
static void
apply (Fixture *fixture)
{
    g_autofree char *id = NULL;
    g_autoptr (GBytes) cms = make_request (fixture, &id);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = submit (fixture, id, cms, &error);

    g_assert_no_error (error);
}

/* A state that this version does not know is no reason to show nothing. */
static void
test_says_unknown_states (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;
    const TouApplication *application;

    start (fixture, "unknown-state@/v1/applications*2");
    connect_client (fixture);
    sign_in (fixture);
    apply (fixture);
    applications = list (fixture, &error);
    g_assert_no_error (error);
    application = g_ptr_array_index (applications, 0);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_UNKNOWN);
    g_assert_nonnull (application->reception_number);
}

static gboolean
is_approved (gpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) applications = list (data, &error);
    const TouApplication *application;

    g_assert_no_error (error);
    application = g_ptr_array_index (applications, 0);
    return application->state == TOU_REVIEW_STATE_APPROVED;
}

/* By the real clock: at most two seconds. */
static void
test_reviews_by_itself (Fixture *fixture, gconstpointer data)
{
    start_with (fixture, "--review-after", "1");
    connect_client (fixture);
    sign_in (fixture);
    apply (fixture);
    async_wait_until (is_approved, fixture);
}

/* Each fault comes once and is over. */
static void
test_does_wrong_once (Fixture *fixture, gconstpointer data)
{
    const FaultCase *fault = data;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;

    start (fixture, fault->fault);
    connect_client (fixture);
    if (fault->error == TOU_SERVICE_ERROR_TIMED_OUT)
        tou_http_service_set_timeouts (TOU_HTTP_SERVICE (fixture->client), 1000, 2000);
    sign_in (fixture);
    if (fault->needs_application)
        apply (fixture);
    g_assert_null (list (fixture, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, (int) fault->error);
    g_assert_cmpstr (tou_service_error_get_code (error), ==, fault->code);
    if (fault->error == TOU_SERVICE_ERROR_TIMED_OUT)
        return;
    g_clear_error (&error);
    sign_in (fixture);
    applications = list (fixture, &error);
    g_assert_no_error (error);
}

static size_t
append_body (char *data, size_t size, size_t n, void *text)
{
    g_string_append_len (text, data, (gssize) (size * n));
    return size * n;
}

static char *
fetch_seen (Fixture *fixture)
{
    g_autofree char *authority = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_AUTHORITY);
    g_autofree char *port = NULL;
    g_autofree char *url = NULL;
    GString *text = g_string_new (NULL);
    CURL *easy = curl_easy_init ();

    g_assert_true (g_file_get_contents (fixture->port_file, &port, NULL, NULL));
    g_assert_true (g_str_has_suffix (port, "\n"));
    url = g_strdup_printf ("https://127.0.0.1:%s/practice/v1/seen", g_strchomp (port));
    curl_easy_setopt (easy, CURLOPT_URL, url);
    curl_easy_setopt (easy, CURLOPT_CAINFO, authority);
    curl_easy_setopt (easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, append_body);
    curl_easy_setopt (easy, CURLOPT_WRITEDATA, text);
    g_assert_cmpint (curl_easy_perform (easy), ==, CURLE_OK);
    curl_easy_cleanup (easy);
    return g_string_free (text, FALSE);
}

static void
test_tells_what_it_saw (Fixture *fixture, gconstpointer data)
{
    g_autofree char *seen = NULL;
    g_autoptr (GError) error = NULL;

    start (fixture, NULL);
    connect_client (fixture);
    for (guint i = 0; i < 3; i++) {
        g_autoptr (TouServiceInfo) info = get_info (fixture, &error);

        g_assert_no_error (error);
    }
    seen = fetch_seen (fixture);
    /* One connection of the client's and the one that asks. */
    g_assert_nonnull (strstr (seen, "\"connections\":2"));
    g_assert_nonnull (strstr (seen, "\"GET /v1/service\":3"));
}

static void
test_ends_when_told (Fixture *fixture, gconstpointer data)
{
    start (fixture, NULL);
    g_subprocess_send_signal (fixture->process, SIGTERM);
    g_assert_true (g_subprocess_wait (fixture->process, NULL, NULL));
    g_assert_true (g_subprocess_get_successful (fixture->process));
    g_clear_object (&fixture->process);
    g_clear_pointer (&fixture->profile, g_free);
}

static void
test_refuses_what_it_cannot_do (Fixture *fixture, gconstpointer data)
{
    const char *const faults[] = { "nonsense",   "slow",           "slow=x",
                                   "not-json=1", "not-json*0",     "unknown-code=123",
                                   "without",    "unknown-state=x" };

    for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
        g_autoptr (GSubprocess) process = spawn (fixture, faults[i]);

        g_assert_true (g_subprocess_wait (process, NULL, NULL));
        g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
        g_assert_false (g_file_test (fixture->port_file, G_FILE_TEST_EXISTS));
    }
}

static char *
call_wrongly (Fixture *fixture, const char *word)
{
    g_autoptr (GSubprocess) process = spawn_with (fixture, word, NULL);
    char *errors = NULL;

    g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &errors, NULL));
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
    return errors;
}

static void
test_refuses_words_by_name (Fixture *fixture, gconstpointer data)
{
    g_autofree char *word = call_wrongly (fixture, "strat");
    g_autofree char *option = call_wrongly (fixture, "--prot=1");

    g_assert_nonnull (strstr (word, "There is no command “strat”."));
    g_assert_nonnull (strstr (option, "--prot=1"));
    g_assert_nonnull (strstr (option, "touroku-practice-service help"));
}

static void
test_leaves_a_used_folder_alone (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GSubprocess) second = NULL;

    start (fixture, NULL);
    second = spawn (fixture, NULL);
    g_assert_true (g_subprocess_wait (second, NULL, NULL));
    g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 1);
}

static void
on_place_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                  gboolean *has_begun)
{
    g_autofree char *name = g_file_get_basename (file);

    *has_begun = *has_begun || g_str_equal (name, ".fresh.touroku-making");
}

/* Killed in the middle of making the folder: the next start makes it, and says nothing of damage. */
static void
test_survives_a_kill_while_making (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GFile) place = g_file_new_for_path (fixture->place);
    g_autoptr (GFileMonitor) monitor = g_file_monitor_directory (place, G_FILE_MONITOR_NONE, NULL, NULL);
    gboolean has_begun = FALSE;

    g_free (fixture->folder);
    fixture->folder = g_build_filename (fixture->place, "fresh", NULL);
    g_signal_connect (monitor, "changed", G_CALLBACK (on_place_changed), &has_begun);
    fixture->process = spawn (fixture, NULL);
    async_wait_flag (&has_begun);
    end (fixture, SIGKILL);
    g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
    start (fixture, NULL);
}

#define ADD(name, test) g_test_add ("/practice/program/" name, Fixture, NULL, set_up, test, tear_down)

static void
add_faults (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (fault_cases); i++) {
        g_autofree char *path = g_strconcat ("/practice/program/fault/", fault_cases[i].name, NULL);

        g_test_add (path, Fixture, &fault_cases[i], set_up, test_does_wrong_once, tear_down);
    }
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    ADD ("kill", test_keeps_through_a_kill);
    ADD ("drop-answer", test_drops_an_answer);
    add_faults ();
    ADD ("unknown-state", test_says_unknown_states);
    ADD ("time-from-answers", test_takes_time_from_answers);
    ADD ("review-after", test_reviews_by_itself);
    ADD ("seen", test_tells_what_it_saw);
    ADD ("ends", test_ends_when_told);
    ADD ("refuses", test_refuses_what_it_cannot_do);
    ADD ("words", test_refuses_words_by_name);
    ADD ("used", test_leaves_a_used_folder_alone);
    ADD ("making", test_survives_a_kill_while_making);
    return practice_fixture_end (g_test_run ());
}
