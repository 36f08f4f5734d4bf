/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "http-test.h"

#include "tou-http-calls.h"
#include "tou-http-connection.h"

#include <curl/curl.h>

#define SHORT_MS 300

/* What may have arrived is told apart from what did not. */
static void
test_dropped (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) read_error = NULL, submit_error = NULL;

    http_test_be_signed_in (test);
    http_test_plan_action (test, FAULT_DROP);
    g_assert_null (http_test_get_registration (test, &read_error));
    g_assert_error (read_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    g_assert_null (http_test_submit (test, TOU_OPERATION_REGISTRATION, &submit_error));
    g_assert_error (submit_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
}

/* curl itself sends a request once more when a connection used before is closed without a word: here the
 * first copy was read to its end. Would catch: the refusal of the second told as what became of the first. */
static void
test_signed_goes_out_once (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    http_test_plan_action (test, FAULT_DROP);
    http_test_plan_problem (test, "session-expired");
    receipt = http_test_submit (test, TOU_OPERATION_REGISTRATION, &error);
    g_assert_null (receipt);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    g_assert_cmpuint (tou_service_error_get_status (error), ==, 0);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 2);
    http_test_assert_request (test, 1, "POST /v1/applications", "Bearer " HTTP_TEST_TOKEN);
}

/* What does no harm twice is still made again, on the very next connection. */
static void
test_question_goes_out_again (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    http_test_plan_action (test, FAULT_DROP);
    http_test_plan_accepted (test, 200);
    receipt = http_test_get_submission (test, MESSAGE_UUID, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 3);
}

/* Would catch: two sessions, or a wrong password that counts twice. */
static void
test_sign_in_goes_out_once (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouServiceInfo) info = NULL;
    g_autoptr (TouSession) session = NULL;
    g_autoptr (GError) error = NULL;

    http_test_plan_info (test);
    http_test_plan_action (test, FAULT_DROP);
    http_test_plan_session (test);
    info = http_test_get_info (test, NULL, &error);
    g_assert_no_error (error);
    session = http_test_sign_in (test, &error);
    g_assert_null (session);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 2);
}

/* The first copy may have replaced the session: the second is then refused for it, and a session would stay
 * open. */
static void
test_other_category_goes_out_once (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouSession) session = NULL;
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    http_test_plan_action (test, FAULT_DROP);
    http_test_plan_problem (test, "session-expired");
    session = http_test_change_category (test, NULL, &error);
    g_assert_null (session);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST);
    http_test_wait_for_calls (test, 3);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 3);
    http_test_assert_request (test, 2, "DELETE /v1/sessions/current", "Bearer " HTTP_TEST_TOKEN);
}

static void
test_timed_out (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) read_error = NULL, submit_error = NULL;

    http_test_be_signed_in (test);
    tou_http_service_set_timeouts (test->http, SHORT_MS, SHORT_MS);
    http_test_plan_action (test, FAULT_STALL);
    g_assert_null (http_test_get_registration (test, &read_error));
    g_assert_error (read_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT);
    g_assert_null (http_test_submit (test, TOU_OPERATION_REGISTRATION, &submit_error));
    g_assert_error (submit_error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
}

/* Cancelling does not wait for the time-out, and the next call works again. */
static void
test_cancelled (HttpTest *test, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    FaultPlan plan = { .action = FAULT_STALL, .cancellable = cancellable };
    gint64 started_us = g_get_monotonic_time ();
    g_autoptr (TouServiceInfo) info = NULL;
    g_autoptr (GError) error = NULL, again = NULL;

    fault_server_add (test->server, &plan);
    g_assert_null (http_test_get_info (test, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint (g_get_monotonic_time () - started_us, <, 10 * G_USEC_PER_SEC);
    http_test_plan_info (test);
    info = http_test_get_info (test, NULL, &again);
    g_assert_no_error (again);
}

static void
assert_info_fails (HttpTest *test, TouServiceError kind)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (http_test_get_info (test, NULL, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, (gint) kind);
    g_assert_cmpuint (tou_service_error_get_status (error), ==, 0);
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, 0);
}

static void
test_untrusted (HttpTest *test, gconstpointer data)
{
    assert_info_fails (test, TOU_SERVICE_ERROR_UNTRUSTED);
}

static size_t
on_body_received (char *bytes, size_t size, size_t n, void *user_data)
{
    return size * n;
}

/* A client that takes what there is: without it, nothing is known of why ours does not connect. */
static void
assert_others_connect (HttpTest *test)
{
    g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", fault_server_get_port (test->server));
    g_autofree char *file = g_build_filename (test->folder, "tls.pem", NULL);
    CURL *other = curl_easy_init ();

    curl_easy_setopt (other, CURLOPT_URL, url);
    curl_easy_setopt (other, CURLOPT_PROXY, "");
    curl_easy_setopt (other, CURLOPT_CAINFO, file);
    curl_easy_setopt (other, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_1);
    curl_easy_setopt (other, CURLOPT_WRITEFUNCTION, on_body_received);
    g_assert_cmpint (curl_easy_perform (other), ==, CURLE_OK);
    curl_easy_cleanup (other);
}

/* In a process of its own: OpenSSL reads its configuration once, and by itself it refuses TLS 1.1 too. */
static void
test_old_tls (void)
{
    static const HttpTestSetup old_tls = { .tls = "NORMAL:-VERS-ALL:+VERS-TLS1.1" };
    HttpTest test = { 0 };

    if (g_test_subprocess ()) {
        http_test_set_up (&test, &old_tls);
        assert_info_fails (&test, TOU_SERVICE_ERROR_TLS);
        http_test_plan_info (&test);
        assert_others_connect (&test);
        http_test_tear_down (&test, &old_tls);
        return;
    }
    g_setenv ("OPENSSL_CONF", g_test_get_filename (G_TEST_DIST, "service", "old-tls.cnf", NULL), TRUE);
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_unsetenv ("OPENSSL_CONF");
    g_test_trap_assert_passed ();
}

/* The names under .invalid never resolve (RFC 6761). */
static void
test_name_not_found (HttpTest *test, gconstpointer data)
{
    assert_info_fails (test, TOU_SERVICE_ERROR_NAME_NOT_FOUND);
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
    HttpTest test = { 0 };
    HttpTestSetup setup = { 0 };

    g_assert_true (g_socket_bind (idle, any, FALSE, &error));
    place = g_socket_get_local_address (idle, &error);
    g_assert_no_error (error);
    url = g_strdup_printf ("https://127.0.0.1:%u/",
                           g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (place)));
    setup.base_url = url;
    http_test_set_up (&test, &setup);
    assert_info_fails (&test, TOU_SERVICE_ERROR_UNREACHABLE);
    http_test_tear_down (&test, &setup);
}

/* What a proxy is asked for is no application. Would catch: the user told that the service may have it,
 * though no byte of it went out. */
static void
test_proxy_refuses (HttpTest *test, gconstpointer data)
{
    static const FaultPlan forbidden
        = { .status = 403, .type = "text/html", .body = "<p>No way through.</p>" };
    g_autoptr (FaultServer) proxy = fault_server_new (NULL, NULL, "127.0.0.1", NULL);
    g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", fault_server_get_port (proxy));
    g_autoptr (GBytes) cms = g_bytes_new_static ("cms", 3);
    g_autoptr (TouHttpCall) call = tou_http_calls_submit (test->profile, TOU_OPERATION_REGISTRATION,
                                                          MESSAGE_UUID, cms);
    TouHttpConnection *connection = tou_http_connection_new (test->profile);
    g_autoptr (GError) error = NULL;

    fault_server_add (proxy, &forbidden);
    g_setenv ("https_proxy", url, TRUE);
    g_assert_false (tou_http_connection_perform (connection, call, NULL, &error));
    g_unsetenv ("https_proxy");
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    g_assert_cmpstr (fault_server_get_request (proxy, 0)->line, ==, "CONNECT no-such-service.invalid:443");
    tou_http_connection_free (connection);
}

static const HttpTestSetup other_ca = { .is_other_ca = TRUE };
static const HttpTestSetup expired = { .is_expired = TRUE };
static const HttpTestSetup wrong_host = { .address = "127.0.0.2" };
static const HttpTestSetup wrong_pin = { .extra = "TlsPins=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n" };
static const HttpTestSetup no_name = { .base_url = "https://no-such-service.invalid/" };

static void
add_tests (void)
{
    http_test_add ("/http-service/dropped", test_dropped, NULL);
    http_test_add ("/http-service/once/signed", test_signed_goes_out_once, NULL);
    http_test_add ("/http-service/once/sign-in", test_sign_in_goes_out_once, NULL);
    http_test_add ("/http-service/once/other-category", test_other_category_goes_out_once, NULL);
    http_test_add ("/http-service/question-goes-out-again", test_question_goes_out_again, NULL);
    http_test_add ("/http-service/timed-out", test_timed_out, NULL);
    http_test_add ("/http-service/cancelled", test_cancelled, NULL);
    http_test_add ("/http-service/untrusted/other-authority", test_untrusted, &other_ca);
    http_test_add ("/http-service/untrusted/expired", test_untrusted, &expired);
    http_test_add ("/http-service/untrusted/wrong-host", test_untrusted, &wrong_host);
    http_test_add ("/http-service/untrusted/wrong-pin", test_untrusted, &wrong_pin);
    g_test_add_func ("/http-service/old-tls", test_old_tls);
    http_test_add ("/http-service/name-not-found", test_name_not_found, &no_name);
    http_test_add ("/http-service/proxy-refuses", test_proxy_refuses, &no_name);
    g_test_add_func ("/http-service/unreachable", test_unreachable);
}

int
main (int argc, char **argv)
{
    return http_test_main (argc, argv, add_tests);
}
