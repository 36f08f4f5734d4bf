/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "http-test.h"
#include "tou-wire-answer.h"
#include "tou-wire-problem.h"
#include "tou-wire.h"

static void
test_wrong_password (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    http_test_plan_problem (test, "sign-in");
    g_assert_null (http_test_sign_in (test, &error));
    http_test_assert_problem (error, TOU_SERVICE_ERROR_PROBLEM, 401, "30002");
    g_assert_cmpstr (tou_service_error_get_type_uri (error), ==, "urn:touroku:problem:sign-in");
    g_assert_cmpstr (tou_service_error_get_detail (error), ==, "why it was");
}

/* Every refusal that the contract knows reaches the catalogue with its code. */
static void
test_problems (HttpTest *test, gconstpointer data)
{
    guint n;
    const TouWireProblemKind *kinds = tou_wire_problem_get_kinds (&n);

    for (guint i = 0; i < n; i++) {
        g_autoptr (GError) error = NULL;
        http_test_plan_problem (test, kinds[i].name);
        g_assert_null (http_test_get_info (test, NULL, &error));
        http_test_assert_problem (error, TOU_SERVICE_ERROR_PROBLEM, kinds[i].status, kinds[i].code);
    }
}

/* "It never arrived" is said only by the one problem that means it, not by any 404. */
static void
test_not_found (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) nothing = NULL, unknown = NULL, other = NULL, page = NULL;
    FaultPlan not_found = { .status = 404, .type = "text/html", .body = "<html>Not Found</html>" };

    http_test_be_signed_in (test);
    http_test_plan_problem (test, "not-registered-yet");
    g_assert_null (http_test_get_registration (test, &nothing));
    http_test_assert_problem (nothing, TOU_SERVICE_ERROR_NOT_FOUND, 404, "30001");
    http_test_plan_problem (test, "no-such-submission");
    g_assert_null (http_test_get_submission (test, MESSAGE_UUID, &unknown));
    http_test_assert_problem (unknown, TOU_SERVICE_ERROR_NOT_FOUND, 404, "40003");
    http_test_plan_problem (test, "no-such-call");
    g_assert_null (http_test_get_submission (test, MESSAGE_UUID, &other));
    http_test_assert_problem (other, TOU_SERVICE_ERROR_PROBLEM, 404, "40003");
    fault_server_add (test->server, &not_found);
    g_assert_null (http_test_get_submission (test, MESSAGE_UUID, &page));
    http_test_assert_problem (page, TOU_SERVICE_ERROR_MISSING, 404, NULL);
    g_assert_cmpstr (tou_service_error_get_detail (page), ==, "<html>Not Found</html>");
}

static void
test_bad_answers (HttpTest *test, gconstpointer data)
{
    static const FaultPlan plans[] = {
        { .status = 200, .body = "no JSON" },
        { .status = 200, .body = "" },
        { .status = 200, .body = "{}" },
        { .status = 200, .type = "text/html", .body = "<html></html>" },
        { .status = 204 },
        { .status = 400, .type = "application/problem+json", .body = "none" },
        { .status = 418, .type = "text/html", .body = "<h1>I'm a teapot</h1>" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
        g_autoptr (GError) error = NULL;
        fault_server_add (test->server, &plans[i]);
        g_assert_null (http_test_get_info (test, NULL, &error));
        http_test_assert_problem (error, TOU_SERVICE_ERROR_BAD_ANSWER, plans[i].status, NULL);
    }
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, G_N_ELEMENTS (plans));
}

/* What a status means where no problem document says more, and with a token: another service's page, a
 * gateway's, none at all. */
typedef struct {
    guint status;
    TouServiceError meaning;
    TouServiceError without_token; /* FAILED: the same */
} Status;

static const Status statuses[] = {
    { 301, TOU_SERVICE_ERROR_REDIRECTED, TOU_SERVICE_ERROR_FAILED },
    { 302, TOU_SERVICE_ERROR_REDIRECTED, TOU_SERVICE_ERROR_FAILED },
    { 400, TOU_SERVICE_ERROR_BAD_ANSWER, TOU_SERVICE_ERROR_FAILED },
    { 401, TOU_SERVICE_ERROR_SESSION_OVER, TOU_SERVICE_ERROR_FORBIDDEN },
    { 403, TOU_SERVICE_ERROR_FORBIDDEN, TOU_SERVICE_ERROR_FAILED },
    { 404, TOU_SERVICE_ERROR_MISSING, TOU_SERVICE_ERROR_FAILED },
    { 410, TOU_SERVICE_ERROR_MISSING, TOU_SERVICE_ERROR_FAILED },
    { 429, TOU_SERVICE_ERROR_UNAVAILABLE, TOU_SERVICE_ERROR_FAILED },
    { 500, TOU_SERVICE_ERROR_SERVER_FAILED, TOU_SERVICE_ERROR_FAILED },
    { 502, TOU_SERVICE_ERROR_GATEWAY, TOU_SERVICE_ERROR_FAILED },
    { 503, TOU_SERVICE_ERROR_UNAVAILABLE, TOU_SERVICE_ERROR_FAILED },
    { 504, TOU_SERVICE_ERROR_GATEWAY, TOU_SERVICE_ERROR_FAILED },
    { 511, TOU_SERVICE_ERROR_SERVER_FAILED, TOU_SERVICE_ERROR_FAILED },
};

typedef void (*FailingCall) (HttpTest *test, GError **error);

static void
fail_get (HttpTest *test, GError **error)
{
    g_assert_null (http_test_get_registration (test, error));
}

static void
fail_head (HttpTest *test, GError **error)
{
    g_assert_null (http_test_get_nonce (test, error));
}

static void
fail_post (HttpTest *test, GError **error)
{
    g_assert_null (http_test_submit (test, TOU_OPERATION_REGISTRATION, error));
}

static void
fail_put (HttpTest *test, GError **error)
{
    g_assert_null (http_test_submit (test, TOU_OPERATION_CONTACT_CHANGE, error));
}

static void
fail_without_token (HttpTest *test, GError **error)
{
    g_assert_null (http_test_get_info (test, NULL, error));
}

/* Would catch: a service that is down, told as a page of a public Wi-Fi network; a session that has ended,
 * told so at a GET and not at a HEAD, which has no body to say it with. */
static void
check_status (HttpTest *test, const Status *status, FailingCall fail, const FaultPlan *plan)
{
    g_autoptr (GError) error = NULL;
    TouServiceError wanted = status->meaning;

    if (fail == fail_without_token && status->without_token != TOU_SERVICE_ERROR_FAILED)
        wanted = status->without_token;
    if (fail != fail_without_token)
        http_test_be_signed_in (test);
    fault_server_add (test->server, plan);
    fail (test, &error);
    http_test_assert_problem (error, wanted, status->status, NULL);
}

static void
test_statuses (HttpTest *test, gconstpointer data)
{
    static const FailingCall calls[] = { fail_get, fail_head, fail_post, fail_put, fail_without_token };
    static const struct {
        const char *type;
        const char *body;
    } bodies[] = {
        { "text/html", "<html><h1>Sorry</h1></html>" },
        { "text/html", NULL },
        { "application/problem+json", NULL },
        { "application/problem+json", "no JSON" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
        for (guint j = 0; j < G_N_ELEMENTS (calls) * G_N_ELEMENTS (bodies); j++) {
            guint body = j % G_N_ELEMENTS (bodies);
            FaultPlan plan = { .status = statuses[i].status,
                               .type = bodies[body].type,
                               .body = bodies[body].body,
                               .headers = { "Location", "https://127.0.0.1:1/" } };

            check_status (test, &statuses[i], calls[j / G_N_ELEMENTS (bodies)], &plan);
        }
    }
}

/* A refusal in words says more than its status; only a 401 with another code, or none, is the session's end
 * all the same, for the token is not taken any more. */
static void
test_session_over_by_status (HttpTest *test, gconstpointer data)
{
    static const struct {
        const char *body;
        TouServiceError meaning;
        const char *code;
    } cases[] = {
        { "{\"type\":\"urn:touroku:problem:session-expired\",\"status\":401,\"code\":\"30003\"}",
          TOU_SERVICE_ERROR_PROBLEM, "30003" },
        { "{\"status\":401,\"code\":\"30004\"}", TOU_SERVICE_ERROR_PROBLEM, "30004" },
        { "{\"status\":401,\"code\":\"45678\"}", TOU_SERVICE_ERROR_SESSION_OVER, "45678" },
        { "{\"title\":\"Who are you?\"}", TOU_SERVICE_ERROR_SESSION_OVER, NULL },
    };

    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        FaultPlan plan = { .status = 401, .type = "application/problem+json", .body = cases[i].body };
        g_autoptr (GError) error = NULL;

        http_test_be_signed_in (test);
        fault_server_add (test->server, &plan);
        g_assert_null (http_test_get_registration (test, &error));
        http_test_assert_problem (error, cases[i].meaning, 401, cases[i].code);
        g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==, 0);
    }
}

/* A profile that leads to another agency's service must not collect signatures for it. */
static void
test_other_audience (HttpTest *test, gconstpointer data)
{
    g_autoptr (TouServiceInfo) info = message_make_service_info ();
    g_autoptr (GError) error = NULL;

    http_test_plan_answer (
        test, 200, http_test_keep (test, tou_wire_write_service_info (info, "https://other.example/")));
    g_assert_null (http_test_get_info (test, NULL, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
}

/* Would take another submission's receipt for this one's. */
static void
test_other_submission (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    http_test_be_signed_in (test);
    http_test_plan_accepted (test, 200);
    g_assert_null (http_test_get_submission (test, "7d444840-9dc0-41d1-b245-5ffdce74fad2", &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
}

static void
test_too_large (HttpTest *test, gconstpointer data)
{
    char *body = g_strnfill (TOU_WIRE_MAX_BYTES + 1, ' ');
    g_autoptr (GError) error = NULL;

    g_ptr_array_add (test->texts, body);
    http_test_plan_answer (test, 200, body);
    g_assert_null (http_test_get_info (test, NULL, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_ANSWER_TOO_LARGE);
}

/* A failed sign-in keeps nothing, and its answer never gets into an error's text. */
static void
test_bad_session_answer (HttpTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    http_test_plan_answer (test, 201, "{\"token\":\"" HTTP_TEST_TOKEN "\"}");
    g_assert_null (http_test_sign_in (test, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER);
    g_assert_null (tou_service_error_get_detail (error));
    g_assert_cmpint (tou_registration_service_get_session_end_us (test->service), ==, 0);
}

/* The other call that brings a token. Would catch: the token in the details of the error that the window
 * shows.
 */
static void
test_bad_category_answer (HttpTest *test, gconstpointer data)
{
    static const FaultPlan plans[] = {
        { .status = 201, .body = "{\"token\":\"" HTTP_TEST_TOKEN "\"}" },
        { .status = 201, .body = "{\"token\":\"" HTTP_TEST_TOKEN },
        { .status = 201, .type = "text/html", .body = "<p>" HTTP_TEST_TOKEN },
    };

    for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
        g_autoptr (GError) error = NULL;
        const char *shown;
        http_test_be_signed_in (test);
        fault_server_add (test->server, &plans[i]);
        g_assert_null (http_test_change_category (test, NULL, &error));
        shown = error->message;
        g_assert_null (strstr (shown, HTTP_TEST_TOKEN));
        g_assert_null (tou_service_error_get_detail (error));
        http_test_wait_for_calls (test, 3 * (i + 1)); /* with the sign-out */
    }
}

static void
add_tests (void)
{
    http_test_add ("/http-service/wrong-password", test_wrong_password, NULL);
    http_test_add ("/http-service/problems", test_problems, NULL);
    http_test_add ("/http-service/not-found", test_not_found, NULL);
    http_test_add ("/http-service/bad-answers", test_bad_answers, NULL);
    http_test_add ("/http-service/statuses", test_statuses, NULL);
    http_test_add ("/http-service/session-over-by-status", test_session_over_by_status, NULL);
    http_test_add ("/http-service/other-audience", test_other_audience, NULL);
    http_test_add ("/http-service/other-submission", test_other_submission, NULL);
    http_test_add ("/http-service/too-large", test_too_large, NULL);
    http_test_add ("/http-service/bad-session-answer", test_bad_session_answer, NULL);
    http_test_add ("/http-service/bad-category-answer", test_bad_category_answer, NULL);
}

int
main (int argc, char **argv)
{
    return http_test_main (argc, argv, add_tests);
}
