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
    http_test_assert_problem (page, TOU_SERVICE_ERROR_BAD_ANSWER, 404, NULL);
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
        { .status = 302, .headers = { "Location", "https://127.0.0.1:1/" } },
        { .status = 404, .type = "application/problem+json", .body = "none" },
        { .status = 502, .type = "text/html", .body = "<h1>Bad Gateway</h1>" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (plans); i++) {
        g_autoptr (GError) error = NULL;
        fault_server_add (test->server, &plans[i]);
        g_assert_null (http_test_get_info (test, NULL, &error));
        http_test_assert_problem (error, TOU_SERVICE_ERROR_BAD_ANSWER, plans[i].status, NULL);
    }
    g_assert_cmpuint (fault_server_get_n_requests (test->server), ==, G_N_ELEMENTS (plans));
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
