/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "http-test.h"

#include "async-wait.h"
#include "tou-wire-answer.h"

#include <string.h>

#define OTHER_TOKEN "b3RoZXItdG9rZW4tb3RoZXI"

/* The whole job: every call as the contract has it, over one connection. */
static void
test_job (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouRegistration) registration = message_make_registration ();
    g_autoptr (TouRegistration) registration_again = NULL;
    g_autoptr (TouServiceInfo) info = NULL;
    g_autoptr (TouReceipt) first = NULL, second = NULL, third = NULL;
    g_autofree char *nonce = NULL, *next_nonce = NULL;
    g_autoptr (GError) error = NULL;
    const FaultRequest *request;

    http_test_plan_info (test);
    info = http_test_get_info (test, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpint (info->time_us, ==, MESSAGE_NOON_US);
    g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==, 0);
    http_test_be_signed_in (test);
    g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==, MESSAGE_NOON_US);
    http_test_plan_answer (test, 200, http_test_keep (test, tou_wire_write_registration (registration)));
    registration_again = http_test_get_registration (test, &error);
    g_assert_no_error (error);
    g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==,
                     MESSAGE_NOON_US + 15 * 60 * G_USEC_PER_SEC);
    nonce = http_test_get_nonce (test, &error);
    g_assert_cmpstr (nonce, ==, "next-nonce");
    http_test_plan_accepted (test, 201);
    first = http_test_submit (test, TOU_OPERATION_REGISTRATION, &error);
    g_assert_no_error (error);
    g_assert_false (first->was_repeat);
    next_nonce = http_test_get_nonce (test, &error);
    g_assert_cmpstr (next_nonce, ==, "nonce-2");
    http_test_plan_accepted (test, 200);
    second = http_test_submit (test, TOU_OPERATION_CONTACT_CHANGE, &error);
    g_assert_no_error (error);
    g_assert_true (second->was_repeat);
    third = http_test_get_submission (test, MESSAGE_UUID, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (third->reception_number, ==, "R-2026-000001");

    g_assert_cmpuint (tou_http_service_get_n_connections (test->http), ==, 2);
    http_test_assert_request (test, 0, "GET /v1/service", NULL);
    http_test_assert_request (test, 1, "POST /v1/sessions", NULL);
    http_test_assert_request (test, 2, "GET /v1/registration", "Bearer " HTTP_TEST_TOKEN);
    http_test_assert_request (test, 3, "POST /v1/applications", "Bearer " HTTP_TEST_TOKEN);
    http_test_assert_request (test, 4, "PUT /v1/registration/contact", "Bearer " HTTP_TEST_TOKEN);
    http_test_assert_request (test, 5, "GET /v1/submissions/" MESSAGE_UUID, "Bearer " HTTP_TEST_TOKEN);
    request = fault_server_get_request (test->server, 3);
    g_assert_cmpstr (request->content_type, ==, "application/pkcs7-mime; smime-type=signed-data");
    g_assert_cmpstr (request->idempotency_key, ==, MESSAGE_UUID);
    g_assert_cmpmem (request->body->data, request->body->len, "\x30\x00\xff", 3);
}

static void
test_applications (HttpTest *test, gconstpointer data)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    http_test_plan_answer (test, 200, "{\"applications\":[]}");
    tou_registration_service_list_applications_async (test->service, 3, NULL, async_wait_store, &result);
    applications = tou_registration_service_list_applications_finish (test->service, async_wait (&result),
                                                                      &error);
    g_assert_no_error (error);
    g_assert_cmpuint (applications->len, ==, 0);
    http_test_assert_request (test, 1, "GET /v1/applications", "Bearer " HTTP_TEST_TOKEN);
}

/* A nonce comes from HEAD where none was kept, and is handed out once. */
static void
test_nonce (HttpTest *test, gconstpointer data)
{
    g_autofree char *first = NULL, *second = NULL, *none = NULL;
    g_autoptr (GError) error = NULL;
    FaultPlan bad = { .status = 204, .headers = { "Replay-Nonce", "not a nonce" } };

    http_test_be_signed_in (test);
    http_test_plan_answer (test, 204, NULL);
    first = http_test_get_nonce (test, &error);
    g_assert_no_error (error);
    second = http_test_get_nonce (test, &error);
    g_assert_no_error (error);
    http_test_assert_request (test, 1, "HEAD /v1/nonce", "Bearer " HTTP_TEST_TOKEN);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 3);
    fault_server_add (test->server, &bad);
    none = http_test_get_nonce (test, &error);
    g_assert_null (none);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
}

/* Once the service said that the session is over, the token is gone and nothing more is asked. */
static void
test_session_expired (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL, again = NULL;

    http_test_be_signed_in (test);
    http_test_plan_problem (test, "session-expired");
    g_assert_null (http_test_get_registration (test, &error));
    http_test_assert_problem (error, TOU_SERVICE_ERROR_PROBLEM, 401, "30003");
    g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==, 0);
    g_assert_null (http_test_get_registration (test, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 2);
}

/* Would catch: going on with the token of the former category. */
static void
test_change_category (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouSession) session = NULL;
    g_autoptr (GError) error = NULL;
    const FaultRequest *request;

    http_test_be_signed_in (test);
    http_test_plan_session (test);
    session = http_test_change_category (test, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (session->company);
    http_test_assert_request (test, 1, "POST /v1/sessions/current/category", "Bearer " HTTP_TEST_TOKEN);
    request = fault_server_get_request (test->server, 1);
    g_assert_cmpmem (request->body->data, request->body->len, "{\"category\":\"goods\"}", 20);
    g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==, session->expires_at_us);
}

/* The last request. */
static void
assert_signed_out (HttpTest *test, const char *authorization)
{
    http_test_assert_request (test, fault_server_get_n_requests (test->server) - 1,
                              "DELETE /v1/sessions/current", authorization);
}

/* Nothing more is asked with the token of before. @authorization: of the session that is left. */
static void
assert_session_lost (HttpTest *test, const GError *error, const char *authorization)
{
    g_autoptr (GError) again = NULL;

    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST);
    g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==, 0);
    g_assert_null (http_test_get_registration (test, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
    http_test_wait_for_calls (test, 3);
    assert_signed_out (test, authorization);
}

/* It has a body, but nothing that was signed. Would catch: the user told that an application may have
 * arrived; going on with a token that the service may have replaced. */
static void
test_category_dropped (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    http_test_plan_action (test, FAULT_DROP);
    g_assert_null (http_test_change_category (test, NULL, &error));
    http_test_assert_request (test, 1, "POST /v1/sessions/current/category", "Bearer " HTTP_TEST_TOKEN);
    g_assert_null (fault_server_get_request (test->server, 1)->idempotency_key);
    assert_session_lost (test, error, "Bearer " HTTP_TEST_TOKEN);
}

static void
test_category_answered_badly (HttpTest *test, gconstpointer data)
{
    FaultPlan page = { .status = 502, .type = "text/html", .body = "<h1>Bad Gateway</h1>" };
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    fault_server_add (test->server, &page);
    g_assert_null (http_test_change_category (test, NULL, &error));
    assert_session_lost (test, error, "Bearer " HTTP_TEST_TOKEN);
}

static void
test_category_cancelled_under_way (HttpTest *test, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    FaultPlan plan = { .action = FAULT_STALL, .cancellable = cancellable };
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    fault_server_add (test->server, &plan);
    http_test_plan_answer (test, 204, NULL);
    g_assert_null (http_test_change_category (test, cancellable, &error));
    assert_session_lost (test, error, "Bearer " HTTP_TEST_TOKEN);
}

/* A session over a connection that ends with it: the next call makes one more, which can be seen. */
static void
sign_in_once (HttpTest *test, const char *token)
{
    g_autoptr (TouSession) first = message_make_session ();
    FaultPlan plan = { .status = 201,
                       .body = http_test_keep (test, tou_wire_write_session (first, token)),
                       .headers = { "Connection", "close" } };
    g_autoptr (TouSession) session = NULL;
    g_autoptr (GError) error = NULL;

    fault_server_add (test->server, &plan);
    session = http_test_sign_in (test, &error);
    g_assert_no_error (error);
}

/* The answer is there, the main loop has not heard of it. Would catch: the new session given up, and the next
 * call made with the token of before. */
static void
test_category_cancelled_late (HttpTest *test, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    sign_in_once (test, OTHER_TOKEN);
    http_test_plan_session (test);
    http_test_plan_answer (test, 204, NULL);
    tou_registration_service_change_category_async (test->service, TOU_CATEGORY_GOODS, cancellable,
                                                    async_wait_store, &result);
    while (tou_http_service_get_n_connections (test->http) < 2)
        g_thread_yield ();
    g_cancellable_cancel (cancellable);
    g_assert_null (
        tou_registration_service_change_category_finish (test->service, async_wait (&result), &error));
    assert_session_lost (test, error, "Bearer " HTTP_TEST_TOKEN);
}

/* What the service refuses, or never gets, leaves the session as it was. */
static void
test_category_refused (HttpTest *test, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) refusal = NULL, cancelled = NULL, again = NULL;

    http_test_be_signed_in (test);
    http_test_plan_problem (test, "unavailable");
    g_assert_null (http_test_change_category (test, NULL, &refusal));
    g_assert_error (refusal, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    g_cancellable_cancel (cancellable);
    g_assert_null (http_test_change_category (test, cancellable, &cancelled));
    g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (http_test_get_registration (test, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 3);
}

static void
test_sign_out (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL, again = NULL;

    http_test_be_signed_in (test);
    http_test_plan_answer (test, 204, NULL);
    g_assert_true (http_test_sign_out (test, NULL, &error));
    g_assert_no_error (error);
    http_test_assert_request (test, 1, "DELETE /v1/sessions/current", "Bearer " HTTP_TEST_TOKEN);
    g_assert_false (http_test_sign_out (test, NULL, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
}

/* The session ends here even if the service never hears of it. */
static void
test_sign_out_cancelled (HttpTest *test, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL, again = NULL;

    http_test_be_signed_in (test);
    g_cancellable_cancel (cancellable);
    g_assert_false (http_test_sign_out (test, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (http_test_get_registration (test, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
}

/* The answer is there, the main loop has not heard of it, and the user cancels. Would catch: a session that
 * stays open at the service without anybody knowing its token. */
static void
test_sign_in_cancelled_late (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (HTTP_TEST_PASSWORD);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL, again = NULL;

    http_test_plan_session (test);
    http_test_plan_answer (test, 204, NULL);
    tou_registration_service_sign_in_async (test->service, "bidder1", password, TOU_CATEGORY_GOODS,
                                            cancellable, async_wait_store, &result);
    while (tou_http_service_get_n_connections (test->http) == 0)
        g_thread_yield ();
    g_cancellable_cancel (cancellable);
    g_assert_null (tou_registration_service_sign_in_finish (test->service, async_wait (&result), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (http_test_get_registration (test, &again));
    g_assert_error (again, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
    http_test_wait_for_calls (test, 2);
    assert_signed_out (test, "Bearer " HTTP_TEST_TOKEN);
}

static void
test_timeline (HttpTest *test, gconstpointer data)
{
    g_autoptr (GArray) events = NULL;
    const TouEvent *event;

    http_test_be_signed_in (test);
    events = tou_timeline_dup_events (test->timeline);
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
    HttpTest test = { 0 };

    http_test_set_up (&test, NULL);
    http_test_plan_info (&test);
    tou_registration_service_get_info_async (test.service, NULL, async_wait_store, &result);
    g_object_unref (test.http);
    async_wait (&result);
    test.http = TOU_HTTP_SERVICE (g_async_result_get_source_object (result));
    info = tou_registration_service_get_info_finish (test.service, result, &error);
    g_assert_no_error (error);
    g_clear_object (&result);
    http_test_tear_down (&test, NULL);
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
    HttpTest test = { 0 };

    log_text = g_string_new (NULL);
    g_log_set_writer_func (on_log_written, NULL, NULL);
    g_log_set_debug_enabled (TRUE);
    http_test_set_up (&test, NULL);
    http_test_be_signed_in (&test);
    http_test_plan_problem (&test, "internal");
    g_assert_null (http_test_get_registration (&test, &error));
    g_debug ("the writer works");
    g_mutex_lock (&log_lock);
    g_assert_nonnull (strstr (log_text->str, "the writer works"));
    g_assert_null (strstr (log_text->str, "hunter2"));
    g_assert_null (strstr (log_text->str, HTTP_TEST_TOKEN));
    g_mutex_unlock (&log_lock);
    http_test_tear_down (&test, NULL);
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
    g_test_trap_assert_stderr_unmatched ("*" HTTP_TEST_TOKEN "*");
}

static void
add_tests (void)
{
    http_test_add ("/http-service/job", test_job, NULL);
    http_test_add ("/http-service/applications", test_applications, NULL);
    http_test_add ("/http-service/nonce", test_nonce, NULL);
    http_test_add ("/http-service/session-expired", test_session_expired, NULL);
    http_test_add ("/http-service/change-category", test_change_category, NULL);
    http_test_add ("/http-service/category-dropped", test_category_dropped, NULL);
    http_test_add ("/http-service/category-answered-badly", test_category_answered_badly, NULL);
    http_test_add ("/http-service/category-cancelled-under-way", test_category_cancelled_under_way, NULL);
    http_test_add ("/http-service/category-cancelled-late", test_category_cancelled_late, NULL);
    http_test_add ("/http-service/category-refused", test_category_refused, NULL);
    http_test_add ("/http-service/sign-out", test_sign_out, NULL);
    http_test_add ("/http-service/sign-out-cancelled", test_sign_out_cancelled, NULL);
    http_test_add ("/http-service/sign-in-cancelled-late", test_sign_in_cancelled_late, NULL);
    http_test_add ("/http-service/timeline", test_timeline, NULL);
    g_test_add_func ("/http-service/dropped-reference", test_dropped_reference);
    g_test_add_func ("/http-service/no-secret-logged", test_no_secret_logged);
}

int
main (int argc, char **argv)
{
    return http_test_main (argc, argv, add_tests);
}
