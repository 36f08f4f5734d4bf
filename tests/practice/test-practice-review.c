/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"

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

    g_assert_true (tou_practice_service_review (test->service, request->submission_id, FALSE,
                                                "連絡先住所が確認できません。", &error));
    applications = service_test_list_applications (test);
    application = g_ptr_array_index (applications, 0);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_DENIED);
    g_assert_cmpstr (application->reason, ==, "連絡先住所が確認できません。");
    registration = service_test_ask (test, "GET", "/v1/registration");
    service_test_assert_problem (registration, "not-registered-yet", 404, "30001");
    g_assert_false (tou_practice_service_review (test->service, request->submission_id, TRUE, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_changes_the_contact (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (SoftwareCard) other = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) early = service_test_make_request (test, card, TOU_OPERATION_CONTACT_CHANGE);
    g_autoptr (GBytes) early_cms = software_card_sign_request (card, early);
    g_autoptr (TouPracticeAnswer) unregistered = service_test_submit (test, early, early_cms);
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (GBytes) other_cms = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouPracticeAnswer) by_other = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;
    g_autoptr (TouRegistration) registration = NULL;
    g_autoptr (TouRequest) by_other_request = NULL;

    service_test_assert_problem (unregistered, "not-registered", 403, "30001");
    service_test_register_card (test, card);
    by_other_request = service_test_make_request (test, other, TOU_OPERATION_CONTACT_CHANGE);
    other_cms = software_card_sign_request (other, by_other_request);
    by_other = service_test_submit (test, by_other_request, other_cms);
    service_test_assert_problem (by_other, "not-registered", 403, "30001");
    request = service_test_make_request (test, card, TOU_OPERATION_CONTACT_CHANGE);
    tou_set_text (&request->contact->person, "桜川 二郎");
    cms = software_card_sign_request (card, request);
    answer = service_test_submit (test, request, cms);
    g_assert_cmpuint (answer->status, ==, 201);
    registration = service_test_load_registration (test);
    g_assert_cmpstr (registration->contact->person, ==, "桜川 二郎");
    g_assert_cmpstr (registration->company->phone, ==, "022-000-7777");
}

static void
add_tests (void)
{
    SERVICE_TEST_ADD ("review/approval", test_registers_on_approval);
    SERVICE_TEST_ADD ("review/denial", test_denies);
    SERVICE_TEST_ADD ("contact", test_changes_the_contact);
}

int
main (int argc, char **argv)
{
    return service_test_main (argc, argv, add_tests);
}
