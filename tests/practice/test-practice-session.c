/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"
#include "tou-wire-answer.h"

static void
test_signs_in_by_password (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouPracticeAnswer) wrong = service_test_try_sign_in (test, "bidder01", "Practice-02");
    g_autoptr (TouPracticeAnswer) unknown = service_test_try_sign_in (test, "bidder99", "Practice-01");
    g_autoptr (TouPracticeAnswer) other = service_test_try_sign_in (test, "bidder02", "Practice-02");
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (TouSession) session = NULL;

    service_test_assert_problem (wrong, "sign-in", 401, "30002");
    service_test_assert_problem (unknown, "sign-in", 401, "30002");
    g_assert_cmpuint (other->status, ==, 201);
    session = tou_wire_read_session (other->body, &token, NULL);
    g_assert_cmpstr (session->company->name, ==, "椿原商事株式会社");
    g_assert_false (session->has_registration);
}

static void
test_session_ends (ServiceTest *test, gconstpointer data)
{
    const gint64 start_us = service_test_now (test);
    g_autoptr (TouPracticeAnswer) inside = NULL;
    g_autoptr (TouPracticeAnswer) slid = NULL;
    g_autoptr (TouPracticeAnswer) after = NULL;

    tou_clock_set_service_time (test->clock, start_us + 590 * SECOND_US);
    inside = service_test_ask (test, "GET", "/v1/applications");
    g_assert_cmpuint (inside->status, ==, 200);
    tou_clock_set_service_time (test->clock, start_us + 1180 * SECOND_US);
    slid = service_test_ask (test, "GET", "/v1/applications");
    g_assert_cmpuint (slid->status, ==, 200);
    tou_clock_set_service_time (test->clock, start_us + 1790 * SECOND_US);
    after = service_test_ask (test, "GET", "/v1/applications");
    service_test_assert_problem (after, "session-expired", 401, "30003");
    g_assert_nonnull (tou_practice_answer_get_header (after, "WWW-Authenticate"));
}

static void
test_signs_out (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouPracticeAnswer) answer = service_test_ask (test, "DELETE", "/v1/sessions/current");
    g_autoptr (TouPracticeAnswer) after = service_test_ask (test, "GET", "/v1/applications");

    g_assert_cmpuint (answer->status, ==, 204);
    service_test_assert_problem (after, "not-signed-in", 401, "30004");
}

static TouPracticeAnswer *
change_category (ServiceTest *test, TouCategory category)
{
    g_autoptr (GBytes) body = tou_wire_write_other_category (category);
    const TouPracticeCall call = { .method = "POST",
                                   .path = "/v1/sessions/current/category",
                                   .authorization = test->authorization,
                                   .content_type = "application/json",
                                   .body = body };

    return tou_practice_service_answer (test->service, &call);
}

/* Would catch: a session that is for two categories, an application that is listed in the other one. */
static void
test_changes_category (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouPracticeAnswer) answer = NULL;
    g_autoptr (TouPracticeAnswer) former = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (TouSession) session = NULL;
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (GError) error = NULL;

    service_test_register_card (test, card);
    answer = change_category (test, TOU_CATEGORY_GOODS);
    g_assert_cmpuint (answer->status, ==, 201);
    session = tou_wire_read_session (answer->body, &token, &error);
    g_assert_no_error (error);
    g_assert_false (session->has_registration);
    former = service_test_ask (test, "GET", "/v1/applications");
    service_test_assert_problem (former, "not-signed-in", 401, "30004");
    g_free (test->authorization);
    test->authorization = g_strconcat ("Bearer ", tou_secret_get_data (token), NULL);
    applications = service_test_list_applications (test);
    g_assert_cmpuint (applications->len, ==, 0);
}

static void
test_knows_its_calls (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouPracticeAnswer) unknown = service_test_ask (test, "GET", "/v1/nothing");
    g_autoptr (TouPracticeAnswer) method = service_test_ask (test, "DELETE", "/v1/applications");
    g_autoptr (TouPracticeAnswer) bad_id = service_test_ask (test, "GET", "/v1/submissions/..%2f");
    g_autoptr (TouPracticeAnswer) info = service_test_ask (test, "GET", "/v1/service");
    g_autofree char *audience = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceInfo) said = tou_wire_read_service_info (info->body, &audience, &error);

    g_assert_no_error (error);
    service_test_assert_problem (unknown, "no-such-call", 404, "40003");
    service_test_assert_problem (method, "method-not-allowed", 405, "40003");
    g_assert_cmpstr (tou_practice_answer_get_header (method, "Allow"), ==, "GET, POST");
    service_test_assert_problem (bad_id, "bad-request", 400, "40003");
    g_assert_cmpstr (audience, ==, TOU_PRACTICE_AUDIENCE);
    g_assert_cmpuint (said->request_bytes, ==, TOU_PRACTICE_REQUEST_BYTES);
}

static void
add_tests (void)
{
    SERVICE_TEST_ADD ("session/sign-in", test_signs_in_by_password);
    SERVICE_TEST_ADD ("session/end", test_session_ends);
    SERVICE_TEST_ADD ("session/sign-out", test_signs_out);
    SERVICE_TEST_ADD ("session/category", test_changes_category);
    SERVICE_TEST_ADD ("session/calls", test_knows_its_calls);
}

int
main (int argc, char **argv)
{
    return service_test_main (argc, argv, add_tests);
}
