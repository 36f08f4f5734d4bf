/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fault-server.h"
#include "messages.h"
#include "tou-http-service.h"
#include "tou-practice-ca.h"
#include "tou-practice-pem.h"
#include "tou-wire-answer.h"
#include "tou-wire-problem.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD "hunter2\"secret"
#define TOKEN "dG9rZW4tdG9rZW4tdG9rZW4"
#define GOOD_TLS "NORMAL"
#define SHORT_MS 300
#define YEAR_US (G_GINT64_CONSTANT (365) * 24 * 3600 * G_USEC_PER_SEC)

/* Made once: keys take time. */
typedef struct {
    TouPracticeCa *ca;
    TouPracticeCa *other_ca;
    char *certificate; /* PEM */
    char *expired;
    char *key;
} World;

typedef struct {
    FaultServer *server;
    char *folder;
    TouHttpService *http;
    TouRegistrationService *service; /* the same */
    TouClock *clock;
    TouTimeline *timeline;
    GPtrArray *texts; /* bodies that the server borrows */
} Fixture;

typedef struct {
    const char *address;
    const char *tls;
    const char *extra; /* lines of [Trust] */
    gboolean is_other_ca;
    gboolean is_expired;
    const char *base_url; /* in place of the server's */
} Setup;

static const Setup plain;
static World world;

static char *
issue_certificate (EVP_PKEY *key, gint64 from_us, gint64 to_us)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) certificate = tou_practice_ca_issue_tls (world.ca, key, from_us, to_us, &error);

    g_assert_no_error (error);
    return tou_practice_pem_from_certificate (certificate);
}

static void
make_world (void)
{
    gint64 now_us = g_get_real_time ();
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_p256 (&error);

    g_assert_no_error (error);
    world.ca = tou_practice_ca_new (&error);
    g_assert_no_error (error);
    world.other_ca = tou_practice_ca_new (&error);
    g_assert_no_error (error);
    world.certificate = issue_certificate (key, now_us - YEAR_US, now_us + YEAR_US);
    world.expired = issue_certificate (key, now_us - 2 * YEAR_US, now_us - YEAR_US);
    world.key = tou_practice_pem_from_key (key);
}

static void
clear_world (void)
{
    tou_practice_ca_free (world.ca);
    tou_practice_ca_free (world.other_ca);
    g_free (world.certificate);
    g_free (world.expired);
    g_free (world.key);
}

static TouServiceProfile *
make_profile (Fixture *fixture, const Setup *setup)
{
    TouPracticeCa *ca = setup->is_other_ca ? world.other_ca : world.ca;
    g_autofree char *pem = tou_practice_pem_from_certificate (tou_practice_ca_get_certificate (ca));
    g_autofree char *pem_path = g_build_filename (fixture->folder, "tls.pem", NULL);
    g_autofree char *path = g_build_filename (fixture->folder, "service.touroku", NULL);
    g_autofree char *own_url = g_strdup_printf ("https://%s:%u/",
                                                setup->address != NULL ? setup->address : "127.0.0.1",
                                                fault_server_get_port (fixture->server));
    g_autofree char *text = g_strdup_printf (
        "[Service]\nId=test\nName=Test\nBaseUrl=%s\nAudience=" MESSAGE_AUDIENCE
        "\n[Trust]\nTls=file\nTlsFile=tls.pem\n%s",
        setup->base_url != NULL ? setup->base_url : own_url, setup->extra != NULL ? setup->extra : "");
    g_autoptr (GError) error = NULL;
    TouServiceProfile *profile;

    g_file_set_contents (pem_path, pem, -1, &error);
    g_assert_no_error (error);
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
    profile = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
    return profile;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    const Setup *setup = data != NULL ? data : &plain;
    g_autoptr (TouServiceProfile) profile = NULL;
    g_autoptr (GError) error = NULL;

    fixture->folder = g_dir_make_tmp ("touroku-http-XXXXXX", &error);
    g_assert_no_error (error);
    fixture->texts = g_ptr_array_new_with_free_func (g_free);
    fixture->server = fault_server_new (setup->is_expired ? world.expired : world.certificate, world.key,
                                        setup->address != NULL ? setup->address : "127.0.0.1",
                                        setup->tls != NULL ? setup->tls : GOOD_TLS);
    profile = make_profile (fixture, setup);
    fixture->clock = tou_clock_new_fixed (MESSAGE_NOON_US);
    fixture->timeline = tou_timeline_new (32);
    fixture->http = tou_http_service_new (profile, fixture->clock, fixture->timeline);
    fixture->service = TOU_REGISTRATION_SERVICE (fixture->http);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    static const char *const names[] = { "tls.pem", "service.touroku" };

    g_assert_finalize_object (fixture->http);
    g_object_unref (fixture->clock);
    g_object_unref (fixture->timeline);
    fault_server_free (fixture->server);
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
        g_remove (path);
    }
    g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
    g_free (fixture->folder);
    g_ptr_array_unref (fixture->texts);
}

static void
on_call_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
    *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
    while (*result == NULL)
        g_main_context_iteration (NULL, TRUE);
    return *result;
}

/* Makes the bytes of a message a text that the server may borrow. */
static const char *
keep (Fixture *fixture, GBytes *json)
{
    g_autoptr (GBytes) owned = json;
    char *text = g_strndup (g_bytes_get_data (owned, NULL), g_bytes_get_size (owned));

    g_ptr_array_add (fixture->texts, text);
    return text;
}

static void
plan_answer (Fixture *fixture, guint status, const char *body)
{
    FaultPlan plan
        = { .status = status,
            .body = body,
            .headers = { "Session-Expires", "2026-11-23T09:45:00Z", "Replay-Nonce", "next-nonce" } };

    fault_server_add (fixture->server, &plan);
}

static void
plan_action (Fixture *fixture, FaultAction action)
{
    FaultPlan plan = { .action = action };

    fault_server_add (fixture->server, &plan);
}

static void
plan_problem (Fixture *fixture, const char *name)
{
    g_autoptr (TouWireProblem) problem = tou_wire_problem_new (name, "why it was");
    FaultPlan plan = { .status = problem->status,
                       .type = "application/problem+json; charset=utf-8",
                       .body = keep (fixture, tou_wire_write_problem (problem)) };

    fault_server_add (fixture->server, &plan);
}

static void
plan_info (Fixture *fixture)
{
    g_autoptr (TouServiceInfo) info = message_make_service_info ();

    plan_answer (fixture, 200, keep (fixture, tou_wire_write_service_info (info, MESSAGE_AUDIENCE)));
}

static void
plan_session (Fixture *fixture)
{
    g_autoptr (TouSession) session = message_make_session ();
    FaultPlan plan = { .status = 201, .body = keep (fixture, tou_wire_write_session (session, TOKEN)) };

    fault_server_add (fixture->server, &plan);
}

static void
plan_accepted (Fixture *fixture, guint status)
{
    g_autoptr (TouReceipt) receipt = message_make_receipt ();
    FaultPlan plan = { .status = status,
                       .body = keep (fixture, tou_wire_write_accepted (receipt)),
                       .headers = { "Replay-Nonce", "nonce-2", "Session-Expires", "2026-11-23T09:50:00Z",
                                    status == 200 ? "Idempotent-Replayed" : NULL, "true" } };

    fault_server_add (fixture->server, &plan);
}

static TouServiceInfo *
get_info (Fixture *fixture, GCancellable *cancellable, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_info_async (fixture->service, cancellable, on_call_finished, &result);
    return tou_registration_service_get_info_finish (fixture->service, wait_for (&result), error);
}

static TouSession *
sign_in (Fixture *fixture, GError **error)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (PASSWORD);
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_sign_in_async (fixture->service, "bidder1", password, TOU_CATEGORY_GOODS, NULL,
                                            on_call_finished, &result);
    return tou_registration_service_sign_in_finish (fixture->service, wait_for (&result), error);
}

/* For the tests of what comes after it. */
static void
be_signed_in (Fixture *fixture)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouSession) session = NULL;

    plan_session (fixture);
    session = sign_in (fixture, &error);
    g_assert_no_error (error);
}

static gboolean
sign_out (Fixture *fixture, GCancellable *cancellable, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_sign_out_async (fixture->service, cancellable, on_call_finished, &result);
    return tou_registration_service_sign_out_finish (fixture->service, wait_for (&result), error);
}

static TouRegistration *
get_registration (Fixture *fixture, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_registration_async (fixture->service, NULL, on_call_finished, &result);
    return tou_registration_service_get_registration_finish (fixture->service, wait_for (&result), error);
}

static char *
get_nonce (Fixture *fixture, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_nonce_async (fixture->service, NULL, on_call_finished, &result);
    return tou_registration_service_get_nonce_finish (fixture->service, wait_for (&result), error);
}

static TouReceipt *
submit (Fixture *fixture, TouOperation operation, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GBytes) cms = g_bytes_new_static ("\x30\x00\xff", 3);

    tou_registration_service_submit_async (fixture->service, operation, MESSAGE_UUID, cms, NULL,
                                           on_call_finished, &result);
    return tou_registration_service_submit_finish (fixture->service, wait_for (&result), error);
}

static TouReceipt *
get_submission (Fixture *fixture, const char *id, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_submission_async (fixture->service, id, NULL, on_call_finished, &result);
    return tou_registration_service_get_submission_finish (fixture->service, wait_for (&result), error);
}

static void
assert_request (Fixture *fixture, guint i, const char *line, const char *authorization)
{
    const FaultRequest *request = fault_server_get_request (fixture->server, i);

    g_assert_cmpstr (request->line, ==, line);
    g_assert_cmpstr (request->authorization, ==, authorization);
}

/* The whole job: every call as the contract has it, over one connection. */
static void
test_job (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouRegistration) registration = message_make_registration ();
    g_autoptr (TouRegistration) registration_again = NULL;
    g_autoptr (TouServiceInfo) info = NULL;
    g_autoptr (TouReceipt) first = NULL, second = NULL, third = NULL;
    g_autofree char *nonce = NULL, *next_nonce = NULL;
    g_autoptr (GError) error = NULL;
    const FaultRequest *request;

    plan_info (fixture);
    info = get_info (fixture, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (info->time_us, ==, MESSAGE_NOON_US);
    g_assert_cmpint (tou_registration_service_get_session_end_us (fixture->service), ==, 0);
    be_signed_in (fixture);
    g_assert_cmpint (tou_registration_service_get_session_end_us (fixture->service), ==, MESSAGE_NOON_US);
    plan_answer (fixture, 200, keep (fixture, tou_wire_write_registration (registration)));
    registration_again = get_registration (fixture, &error);
    g_assert_no_error (error);
    g_assert_cmpint (tou_registration_service_get_session_end_us (fixture->service), ==,
                     MESSAGE_NOON_US + 15 * 60 * G_USEC_PER_SEC);
    nonce = get_nonce (fixture, &error);
    g_assert_cmpstr (nonce, ==, "next-nonce");
    plan_accepted (fixture, 201);
    first = submit (fixture, TOU_OPERATION_REGISTRATION, &error);
    g_assert_no_error (error);
    g_assert_false (first->was_repeat);
    next_nonce = get_nonce (fixture, &error);
    g_assert_cmpstr (next_nonce, ==, "nonce-2");
    plan_accepted (fixture, 200);
    second = submit (fixture, TOU_OPERATION_CONTACT_CHANGE, &error);
    g_assert_no_error (error);
    g_assert_true (second->was_repeat);
    third = get_submission (fixture, MESSAGE_UUID, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (third->reception_number, ==, "R-2026-000001");

    g_assert_cmpuint (tou_http_service_get_n_connections (fixture->http), ==, 1);
    assert_request (fixture, 0, "GET /v1/service", NULL);
    assert_request (fixture, 1, "POST /v1/sessions", NULL);
    assert_request (fixture, 2, "GET /v1/registration", "Bearer " TOKEN);
    assert_request (fixture, 3, "POST /v1/applications", "Bearer " TOKEN);
    assert_request (fixture, 4, "PUT /v1/registration/contact", "Bearer " TOKEN);
    assert_request (fixture, 5, "GET /v1/submissions/" MESSAGE_UUID, "Bearer " TOKEN);
    request = fault_server_get_request (fixture->server, 3);
    g_assert_cmpstr (request->content_type, ==, "application/pkcs7-mime; smime-type=signed-data");
    g_assert_cmpstr (request->idempotency_key, ==, MESSAGE_UUID);
    g_assert_cmpmem (request->body->data, request->body->len, "\x30\x00\xff", 3);
}

static void
test_applications (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;

    be_signed_in (fixture);
    plan_answer (fixture, 200, "{\"applications\":[]}");
    tou_registration_service_list_applications_async (fixture->service, 3, NULL, on_call_finished, &result);
    applications = tou_registration_service_list_applications_finish (fixture->service, wait_for (&result),
                                                                      &error);
    g_assert_no_error (error);
    g_assert_cmpuint (applications->len, ==, 0);
    assert_request (fixture, 1, "GET /v1/applications", "Bearer " TOKEN);
}

/* A nonce comes from HEAD where none was kept, and is handed out once. */
static void
test_nonce (Fixture *fixture, gconstpointer data)
{
    g_autofree char *first = NULL, *second = NULL, *none = NULL;
    g_autoptr (GError) error = NULL;
    FaultPlan bad = { .status = 204, .headers = { "Replay-Nonce", "not a nonce" } };

    be_signed_in (fixture);
    plan_answer (fixture, 204, NULL);
    first = get_nonce (fixture, &error);
    g_assert_no_error (error);
    second = get_nonce (fixture, &error);
    g_assert_no_error (error);
    assert_request (fixture, 1, "HEAD /v1/nonce", "Bearer " TOKEN);
    g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 3);
    fault_server_add (fixture->server, &bad);
    none = get_nonce (fixture, &error);
    g_assert_null (none);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
}

static void
assert_problem (const GError *error, TouServiceError kind, guint status, const char *code)
{
    g_assert_error (error, TOU_SERVICE_ERROR, (gint) kind);
    g_assert_cmpuint (tou_service_error_get_status (error), ==, status);
    g_assert_cmpstr (tou_service_error_get_code (error), ==, code);
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    plan_problem (fixture, "sign-in");
    g_assert_null (sign_in (fixture, &error));
    assert_problem (error, TOU_SERVICE_ERROR_PROBLEM, 401, "30002");
    g_assert_cmpstr (tou_service_error_get_type_uri (error), ==, "urn:touroku:problem:sign-in");
    g_assert_cmpstr (tou_service_error_get_detail (error), ==, "why it was");
}

/* Every refusal that the contract knows reaches the catalogue with its code. */
static void
test_problems (Fixture *fixture, gconstpointer data)
{
    guint n;
    const TouWireProblemKind *kinds = tou_wire_problem_get_kinds (&n);

    for (guint i = 0; i < n; i++) {
        g_autoptr (GError) error = NULL;
        plan_problem (fixture, kinds[i].name);
        g_assert_null (get_info (fixture, NULL, &error));
        assert_problem (error, TOU_SERVICE_ERROR_PROBLEM, kinds[i].status, kinds[i].code);
    }
}

/* Once the service said that the session is over, the token is gone and nothing more is asked. */
static void
test_session_expired (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL, again = NULL;

    be_signed_in (fixture);
    plan_problem (fixture, "session-expired");
    g_assert_null (get_registration (fixture, &error));
    assert_problem (error, TOU_SERVICE_ERROR_PROBLEM, 401, "30003");
    g_assert_cmpint (tou_registration_service_get_session_end_us (fixture->service), ==, 0);
    g_assert_null (get_registration (fixture, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
    g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 2);
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL, again = NULL;

    be_signed_in (fixture);
    plan_answer (fixture, 204, NULL);
    g_assert_true (sign_out (fixture, NULL, &error));
    g_assert_no_error (error);
    assert_request (fixture, 1, "DELETE /v1/sessions/current", "Bearer " TOKEN);
    g_assert_false (sign_out (fixture, NULL, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
}

/* The session ends here even if the service never hears of it. */
static void
test_sign_out_cancelled (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL, again = NULL;

    be_signed_in (fixture);
    g_cancellable_cancel (cancellable);
    g_assert_false (sign_out (fixture, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (get_registration (fixture, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
}

static guint
count_events (Fixture *fixture)
{
    g_autoptr (GArray) events = tou_timeline_dup_events (fixture->timeline);

    return events->len;
}

/* The answer is there, the main loop has not heard of it, and the user cancels. Would catch: a session that
 * stays open at the service without anybody knowing its token. */
static void
test_sign_in_cancelled_late (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (PASSWORD);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL, again = NULL;

    plan_session (fixture);
    plan_answer (fixture, 204, NULL);
    tou_registration_service_sign_in_async (fixture->service, "bidder1", password, TOU_CATEGORY_GOODS,
                                            cancellable, on_call_finished, &result);
    while (tou_http_service_get_n_connections (fixture->http) == 0)
        g_thread_yield ();
    g_cancellable_cancel (cancellable);
    g_assert_null (tou_registration_service_sign_in_finish (fixture->service, wait_for (&result), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (get_registration (fixture, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
    while (count_events (fixture) < 2)
        g_main_context_iteration (NULL, TRUE);
    assert_request (fixture, 1, "DELETE /v1/sessions/current", "Bearer " TOKEN);
}

/* "It never arrived" is said only by the one problem that means it, not by any 404. */
static void
test_not_found (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) nothing = NULL, unknown = NULL, other = NULL, page = NULL;
    FaultPlan not_found = { .status = 404, .type = "text/html", .body = "<html>Not Found</html>" };

    be_signed_in (fixture);
    plan_problem (fixture, "not-registered-yet");
    g_assert_null (get_registration (fixture, &nothing));
    assert_problem (nothing, TOU_SERVICE_ERROR_NOT_FOUND, 404, "30001");
    plan_problem (fixture, "no-such-submission");
    g_assert_null (get_submission (fixture, MESSAGE_UUID, &unknown));
    assert_problem (unknown, TOU_SERVICE_ERROR_NOT_FOUND, 404, "40003");
    plan_problem (fixture, "no-such-call");
    g_assert_null (get_submission (fixture, MESSAGE_UUID, &other));
    assert_problem (other, TOU_SERVICE_ERROR_PROBLEM, 404, "40003");
    fault_server_add (fixture->server, &not_found);
    g_assert_null (get_submission (fixture, MESSAGE_UUID, &page));
    assert_problem (page, TOU_SERVICE_ERROR_BAD_ANSWER, 404, NULL);
    g_assert_cmpstr (tou_service_error_get_detail (page), ==, "<html>Not Found</html>");
}

static void
test_bad_answers (Fixture *fixture, gconstpointer data)
{
    static const FaultPlan plans[] = {
        { .status = 200, .body = "no JSON" },
        { .status = 200, .body = "" },
        { .status = 200, .body = "{}" },
        { .status = 200, .type = "text/html", .body = "<html></html>" },
        { .status = 204 },
        { .status = 302, .headers = { "Location", "https://127.0.0.1:1/" } },
        { .status = 404, .type = "application/problem+json", .body = "none" },
        { .status = 502, .type = "text/html", .body = "<h1>Bad Gateway</h1>" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
        g_autoptr (GError) error = NULL;
        fault_server_add (fixture->server, &plans[i]);
        g_assert_null (get_info (fixture, NULL, &error));
        assert_problem (error, TOU_SERVICE_ERROR_BAD_ANSWER, plans[i].status, NULL);
    }
    g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, G_N_ELEMENTS (plans));
}

/* A profile that leads to another agency's service must not collect signatures for it. */
static void
test_other_audience (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouServiceInfo) info = message_make_service_info ();
    g_autoptr (GError) error = NULL;

    plan_answer (fixture, 200, keep (fixture, tou_wire_write_service_info (info, "https://other.example/")));
    g_assert_null (get_info (fixture, NULL, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
}

/* Would take another submission's receipt for this one's. */
static void
test_other_submission (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    be_signed_in (fixture);
    plan_accepted (fixture, 200);
    g_assert_null (get_submission (fixture, "7d444840-9dc0-41d1-b245-5ffdce74fad2", &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
    char *body = g_strnfill (TOU_WIRE_MAX_BYTES + 1, ' ');
    g_autoptr (GError) error = NULL;

    g_ptr_array_add (fixture->texts, body);
    plan_answer (fixture, 200, body);
    g_assert_null (get_info (fixture, NULL, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_ANSWER_TOO_LARGE);
}

/* A failed sign-in keeps nothing, and its answer never gets into an error's text. */
static void
test_bad_session_answer (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    plan_answer (fixture, 201, "{\"token\":\"" TOKEN "\"}");
    g_assert_null (sign_in (fixture, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
    g_assert_null (tou_service_error_get_detail (error));
    g_assert_cmpint (tou_registration_service_get_session_end_us (fixture->service), ==, 0);
}

/* What may have arrived is told apart from what did not. */
static void
test_dropped (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) read_error = NULL, submit_error = NULL;

    be_signed_in (fixture);
    plan_action (fixture, FAULT_DROP);
    g_assert_null (get_registration (fixture, &read_error));
    g_assert_error (read_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    g_assert_null (submit (fixture, TOU_OPERATION_REGISTRATION, &submit_error));
    g_assert_error (submit_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
}

static void
test_timed_out (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) read_error = NULL, submit_error = NULL;

    be_signed_in (fixture);
    tou_http_service_set_timeouts (fixture->http, SHORT_MS, SHORT_MS);
    plan_action (fixture, FAULT_STALL);
    g_assert_null (get_registration (fixture, &read_error));
    g_assert_error (read_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT);
    g_assert_null (submit (fixture, TOU_OPERATION_REGISTRATION, &submit_error));
    g_assert_error (submit_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
}

/* Cancelling does not wait for the time-out, and the next call works again. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    FaultPlan plan = { .action = FAULT_STALL, .cancellable = cancellable };
    gint64 started_us = g_get_monotonic_time ();
    g_autoptr (TouServiceInfo) info = NULL;
    g_autoptr (GError) error = NULL, again = NULL;

    fault_server_add (fixture->server, &plan);
    g_assert_null (get_info (fixture, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint (g_get_monotonic_time () - started_us, <, 10 * G_USEC_PER_SEC);
    plan_info (fixture);
    info = get_info (fixture, NULL, &again);
    g_assert_no_error (again);
}

static void
assert_info_fails (Fixture *fixture, TouServiceError kind)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (get_info (fixture, NULL, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, (gint) kind);
    g_assert_cmpuint (tou_service_error_get_status (error), ==, 0);
    g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 0);
}

static void
test_untrusted (Fixture *fixture, gconstpointer data)
{
    assert_info_fails (fixture, TOU_SERVICE_ERROR_UNTRUSTED);
}

static void
test_old_tls (Fixture *fixture, gconstpointer data)
{
    assert_info_fails (fixture, TOU_SERVICE_ERROR_TLS);
}

/* The names under .invalid never resolve (RFC 6761). */
static void
test_name_not_found (Fixture *fixture, gconstpointer data)
{
    assert_info_fails (fixture, TOU_SERVICE_ERROR_NAME_NOT_FOUND);
}

/* A port that is taken but that nobody listens at. */
static void
test_unreachable (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GSocket) idle = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, &error);
    g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
    g_autoptr (GSocketAddress) place = NULL;
    g_autofree char *url = NULL;
    Fixture fixture = { 0 };
    Setup setup = { 0 };

    g_assert_true (g_socket_bind (idle, any, FALSE, &error));
    place = g_socket_get_local_address (idle, &error);
    g_assert_no_error (error);
    url = g_strdup_printf ("https://127.0.0.1:%u/",
                           g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (place)));
    setup.base_url = url;
    set_up (&fixture, &setup);
    assert_info_fails (&fixture, TOU_SERVICE_ERROR_UNREACHABLE);
    tear_down (&fixture, &setup);
}

static void
test_timeline (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GArray) events = NULL;
    const TouEvent *event;

    be_signed_in (fixture);
    events = tou_timeline_dup_events (fixture->timeline);
    g_assert_cmpuint (events->len, ==, 1);
    event = &g_array_index (events, TouEvent, 0);
    g_assert_cmpint (event->kind, ==, TOU_EVENT_SERVICE_CALL);
    g_assert_cmpstr (event->word, ==, "sign-in");
    g_assert_cmpint (event->number, ==, 201);
    g_assert_cmpint (event->duration_us, >, 0);
}

/* A service in use may be let go of; the call ends as any other. */
static void
test_dropped_reference (void)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (TouServiceInfo) info = NULL;
    g_autoptr (GError) error = NULL;
    Fixture fixture = { 0 };

    set_up (&fixture, NULL);
    plan_info (&fixture);
    tou_registration_service_get_info_async (fixture.service, NULL, on_call_finished, &result);
    g_object_unref (fixture.http);
    wait_for (&result);
    fixture.http = TOU_HTTP_SERVICE (g_async_result_get_source_object (result));
    info = tou_registration_service_get_info_finish (fixture.service, result, &error);
    g_assert_no_error (error);
    g_clear_object (&result);
    tear_down (&fixture, NULL);
}

static GMutex log_lock;
static GString *log_text;

static GLogWriterOutput
on_log_written (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
    g_mutex_lock (&log_lock);
    for (gsize i = 0; i < n_fields; i++) {
        if (fields[i].length < 0)
            g_string_append (log_text, fields[i].value);
    }
    g_mutex_unlock (&log_lock);
    return G_LOG_WRITER_HANDLED;
}

/* Run in a process of its own: the log writer is set once and for all. What goes to the standard streams is
 * looked at by the parent. */
static void
test_no_secret_logged_inside (void)
{
    g_autoptr (GError) error = NULL;
    Fixture fixture = { 0 };

    log_text = g_string_new (NULL);
    g_log_set_writer_func (on_log_written, NULL, NULL);
    g_log_set_debug_enabled (TRUE);
    set_up (&fixture, NULL);
    be_signed_in (&fixture);
    plan_problem (&fixture, "internal");
    g_assert_null (get_registration (&fixture, &error));
    g_debug ("the writer works");
    g_mutex_lock (&log_lock);
    g_assert_nonnull (strstr (log_text->str, "the writer works"));
    g_assert_null (strstr (log_text->str, "hunter2"));
    g_assert_null (strstr (log_text->str, TOKEN));
    g_mutex_unlock (&log_lock);
    tear_down (&fixture, NULL);
    g_string_free (log_text, TRUE);
}

static void
test_no_secret_logged (void)
{
    if (g_test_subprocess ()) {
        test_no_secret_logged_inside ();
        return;
    }
    g_test_trap_subprocess (NULL, 0, 0);
    g_test_trap_assert_passed ();
    g_test_trap_assert_stdout_unmatched ("*hunter2*");
    g_test_trap_assert_stderr_unmatched ("*hunter2*");
    g_test_trap_assert_stderr_unmatched ("*" TOKEN "*");
}

static const Setup other_ca = { .is_other_ca = TRUE };
static const Setup expired = { .is_expired = TRUE };
static const Setup wrong_host = { .address = "127.0.0.2" };
static const Setup wrong_pin = { .extra = "TlsPins=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n" };
static const Setup old_tls = { .tls = "NORMAL:-VERS-ALL:+VERS-TLS1.1" };
static const Setup no_name = { .base_url = "https://no-such-service.invalid/" };

static const struct {
    const char *path;
    void (*run) (Fixture *, gconstpointer);
    const Setup *setup;
} cases[] = {
    { "/http-service/job", test_job },
    { "/http-service/applications", test_applications },
    { "/http-service/nonce", test_nonce },
    { "/http-service/wrong-password", test_wrong_password },
    { "/http-service/problems", test_problems },
    { "/http-service/session-expired", test_session_expired },
    { "/http-service/sign-out", test_sign_out },
    { "/http-service/sign-out-cancelled", test_sign_out_cancelled },
    { "/http-service/sign-in-cancelled-late", test_sign_in_cancelled_late },
    { "/http-service/not-found", test_not_found },
    { "/http-service/bad-answers", test_bad_answers },
    { "/http-service/other-audience", test_other_audience },
    { "/http-service/other-submission", test_other_submission },
    { "/http-service/too-large", test_too_large },
    { "/http-service/bad-session-answer", test_bad_session_answer },
    { "/http-service/dropped", test_dropped },
    { "/http-service/timed-out", test_timed_out },
    { "/http-service/cancelled", test_cancelled },
    { "/http-service/timeline", test_timeline },
    { "/http-service/untrusted/other-authority", test_untrusted, &other_ca },
    { "/http-service/untrusted/expired", test_untrusted, &expired },
    { "/http-service/untrusted/wrong-host", test_untrusted, &wrong_host },
    { "/http-service/untrusted/wrong-pin", test_untrusted, &wrong_pin },
    { "/http-service/old-tls", test_old_tls, &old_tls },
    { "/http-service/name-not-found", test_name_not_found, &no_name },
};

int
main (int argc, char **argv)
{
    int status;

    g_test_init (&argc, &argv, NULL);
    make_world ();
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        g_test_add (cases[i].path, Fixture, cases[i].setup, set_up, cases[i].run, tear_down);
    g_test_add_func ("/http-service/unreachable", test_unreachable);
    g_test_add_func ("/http-service/dropped-reference", test_dropped_reference);
    g_test_add_func ("/http-service/no-secret-logged", test_no_secret_logged);
    status = g_test_run ();
    clear_world ();
    return status;
}
