/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"

#include <string.h>

static void
test_registers_on_approval (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouPracticeAnswer) before = service_test_ask (test, "GET", "/v1/registration");
    g_autoptr (TouRegistration) registration = NULL;

    service_test_assert_problem (before, "not-registered-yet", 404, "30001");
    service_test_register_card (test, card);
    registration = service_test_load_registration (test);
    g_assert_cmpstr (registration->card_sha256, ==, card->sha256);
    g_assert_cmpstr (registration->contact->name, ==, "営業部");
    g_assert_cmpstr (registration->company->phone, ==, "022-000-1000");
}

static void
test_denies (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);
    g_autoptr (TouPracticeAnswer) registration = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;
    const TouApplication *application;

    g_assert_true (tou_practice_service_review (test->service, request->submission_id,
                                                TOU_PRACTICE_DECISION_DENY, "連絡先住所が確認できません。",
                                                &error));
    applications = service_test_list_applications (test);
    application = g_ptr_array_index (applications, 0);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_DENIED);
    g_assert_cmpstr (application->reason, ==, "連絡先住所が確認できません。");
    registration = service_test_ask (test, "GET", "/v1/registration");
    service_test_assert_problem (registration, "not-registered-yet", 404, "30001");
    g_assert_false (tou_practice_service_review (test->service, request->submission_id,
                                                 TOU_PRACTICE_DECISION_APPROVE, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* Hands in a registration and leaves it to the review. Returns: (transfer full) */
static TouRequest *
apply (ServiceTest *test)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    TouRequest *request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);

    g_assert_cmpuint (answer->status, ==, 201);
    return request;
}

static void
expect_state (ServiceTest *test, TouReviewState state, const char *reason)
{
    g_autoptr (GPtrArray) applications = service_test_list_applications (test);
    const TouApplication *application = g_ptr_array_index (applications, 0);

    g_assert_cmpint (application->state, ==, state);
    g_assert_cmpstr (application->reason, ==, reason);
}

static void
test_starts_the_review (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouRequest) request = apply (test);
    g_autoptr (GError) error = NULL;

    expect_state (test, TOU_REVIEW_STATE_RECEIVED, NULL);
    service_test_review (test, request, TOU_PRACTICE_DECISION_START_REVIEW, NULL);
    expect_state (test, TOU_REVIEW_STATE_UNDER_REVIEW, NULL);
    g_assert_false (tou_practice_service_review (test->service, request->submission_id,
                                                 TOU_PRACTICE_DECISION_START_REVIEW, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    service_test_review (test, request, TOU_PRACTICE_DECISION_APPROVE, NULL);
    expect_state (test, TOU_REVIEW_STATE_APPROVED, NULL);
}

/* The session ends after ten minutes without a call; the review takes less. */
static void
test_goes_by_itself (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouRegistration) registration = NULL;
    g_autoptr (TouRequest) request = NULL;

    tou_practice_service_set_review_after (test->service, 60, NULL);
    request = apply (test);
    service_test_move_clock (test, 58 * SECOND_US);
    expect_state (test, TOU_REVIEW_STATE_RECEIVED, NULL);
    service_test_move_clock (test, 3 * SECOND_US);
    expect_state (test, TOU_REVIEW_STATE_UNDER_REVIEW, NULL);
    service_test_move_clock (test, 60 * SECOND_US);
    expect_state (test, TOU_REVIEW_STATE_APPROVED, NULL);
    registration = service_test_load_registration (test);
    g_assert_cmpstr (registration->card_sha256, ==, request->certificate_sha256);
}

static void
test_denies_by_itself (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouRequest) request = NULL;

    tou_practice_service_set_review_after (test->service, 60, "印影が不鮮明です。");
    request = apply (test);
    service_test_move_clock (test, 300 * SECOND_US);
    expect_state (test, TOU_REVIEW_STATE_DENIED, "印影が不鮮明です。");
}

/* As tests and anyone's client decide: over HTTP. */
static TouPracticeAnswer *
post_review (ServiceTest *test, const char *submission_id, const char *form)
{
    g_autofree char *path = g_strconcat ("/practice/v1/reviews/", submission_id, NULL);
    g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));
    const TouPracticeCall call = {
        .method = "POST", .path = path, .content_type = "application/x-www-form-urlencoded", .body = body
    };

    return tou_practice_service_answer (test->service, &call);
}

static void
test_decides_over_http (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouRequest) request = apply (test);
    g_autoptr (TouPracticeAnswer) listed = service_test_ask (test, "GET", "/practice/v1/reviews");
    g_autoptr (TouPracticeAnswer) bad = post_review (test, request->submission_id, "decision=perhaps");
    g_autoptr (TouPracticeAnswer) empty = post_review (test, request->submission_id, "");
    g_autofree char *endless = g_strnfill (4097, 'x');
    g_autofree char *endless_form = g_strconcat ("decision=deny&reason=", endless, NULL);
    g_autoptr (TouPracticeAnswer) too_long = post_review (test, request->submission_id, endless_form);
    g_autoptr (TouPracticeAnswer) not_utf8 = post_review (test, request->submission_id,
                                                          "decision=deny&reason=%ff%fe");
    g_autoptr (TouPracticeAnswer) unknown = post_review (test, "no-such-id", "decision=approve");
    g_autoptr (TouPracticeAnswer) done = post_review (
        test, request->submission_id, "decision=deny&reason=%E4%BD%8F%E6%89%80+%E4%B8%8D%E6%98%8E");
    g_autoptr (TouPracticeAnswer) again = post_review (test, request->submission_id, "decision=approve");
    g_autoptr (GPtrArray) applications = tou_wire_read_applications (listed->body, NULL);
    const TouApplication *application = g_ptr_array_index (applications, 0);

    g_assert_cmpstr (application->submission_id, ==, request->submission_id);
    service_test_assert_problem (bad, "bad-request", 400, "40003");
    service_test_assert_problem (empty, "bad-request", 400, "40003");
    service_test_assert_problem (too_long, "bad-request", 400, "40003");
    service_test_assert_problem (not_utf8, "bad-request", 400, "40003");
    service_test_assert_problem (unknown, "no-such-submission", 404, "40003");
    g_assert_cmpuint (done->status, ==, 204);
    service_test_assert_problem (again, "no-such-submission", 404, "40003");
    expect_state (test, TOU_REVIEW_STATE_DENIED, "住所 不明");
}

static void
expect_nothing_listed (ServiceTest *test)
{
    g_autoptr (GPtrArray) applications = service_test_list_applications (test);

    g_assert_cmpuint (applications->len, ==, 0);
}

static void
on_reviews_changed (gpointer data)
{
    guint *n = data;

    *n += 1;
}

/* Would catch a panel that shows what was, or one that is told at every call. */
static void
test_tells_of_changes (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouRequest) request = NULL;
    guint n_changes = 0;

    tou_practice_service_set_reviews_changed (test->service, on_reviews_changed, &n_changes);
    expect_nothing_listed (test);
    g_assert_cmpuint (n_changes, ==, 0);
    request = apply (test);
    g_assert_cmpuint (n_changes, ==, 1);
    service_test_review (test, request, TOU_PRACTICE_DECISION_APPROVE, NULL);
    g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_lists_reviews (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouRequest) first = apply (test);
    g_autoptr (TouRequest) second = apply (test);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) reviews = NULL;
    const TouPracticeReview *review;

    service_test_review (test, first, TOU_PRACTICE_DECISION_DENY, "違います。");
    reviews = tou_practice_service_list_reviews (test->service, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (reviews->len, ==, 2);
    review = g_ptr_array_index (reviews, 0);
    g_assert_cmpstr (review->submission_id, ==, second->submission_id);
    g_assert_cmpstr (review->company, ==, "桜川建設株式会社");
    g_assert_cmpint (review->category, ==, TOU_CATEGORY_CONSTRUCTION);
    g_assert_cmpint (review->operation, ==, TOU_OPERATION_REGISTRATION);
    g_assert_cmpint (review->state, ==, TOU_REVIEW_STATE_RECEIVED);
    review = g_ptr_array_index (reviews, 1);
    g_assert_cmpstr (review->reason, ==, "違います。");
}

static void
add_tests (void)
{
    SERVICE_TEST_ADD ("review/approval", test_registers_on_approval);
    SERVICE_TEST_ADD ("review/denial", test_denies);
    SERVICE_TEST_ADD ("review/start", test_starts_the_review);
    SERVICE_TEST_ADD ("review/by-itself", test_goes_by_itself);
    SERVICE_TEST_ADD ("review/denied-by-itself", test_denies_by_itself);
    SERVICE_TEST_ADD ("review/http", test_decides_over_http);
    SERVICE_TEST_ADD ("review/changes", test_tells_of_changes);
    SERVICE_TEST_ADD ("review/list", test_lists_reviews);
}

int
main (int argc, char **argv)
{
    return service_test_main (argc, argv, add_tests);
}
