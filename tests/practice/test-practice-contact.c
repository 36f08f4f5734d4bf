/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"
#include "tou-practice-database.h"
#include "tou-practice-folder.h"
#include "tou-practice-sql.h"

#define OLD_ADDRESS "宮城県仙台市青葉区一番町9-99-9"
#define NEW_ADDRESS "宮城県仙台市青葉区本町8-88-8"

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
renew_qualification (ServiceTest *test)
{
    g_autoptr (TouPracticeAnswer) answer = service_test_ask (test, "POST", "/practice/v1/qualification");

    g_assert_cmpuint (answer->status, ==, 204);
}

/* Hands in a good contact change of @card. */
static void
change_contact (ServiceTest *test, SoftwareCard *card)
{
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_CONTACT_CHANGE);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);

    g_assert_cmpuint (answer->status, ==, 201);
}

/* The company has moved since it registered: the form shows where to, and the change takes it over. What the
 * request says of the company's address counts for nothing. */
static void
test_takes_the_newest_qualification (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRegistration) before = NULL;
    g_autoptr (TouRegistration) after = NULL;

    service_test_register_card (test, card);
    renew_qualification (test);
    before = service_test_load_registration (test);
    g_assert_cmpstr (before->company->address, ==, NEW_ADDRESS);
    g_assert_cmpstr (before->company->representative_name, ==, "桜川 七海");
    g_assert_cmpstr (before->registered_company->address, ==, OLD_ADDRESS);
    change_contact (test, card);
    after = service_test_load_registration (test);
    g_assert_cmpstr (after->company->address, ==, NEW_ADDRESS);
    g_assert_cmpstr (after->registered_company->address, ==, NEW_ADDRESS);
    g_assert_cmpstr (after->registered_company->phone, ==, "022-000-7777");
}

static void
test_moves_back (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRegistration) registration = NULL;

    renew_qualification (test);
    renew_qualification (test);
    service_test_register_card (test, card);
    registration = service_test_load_registration (test);
    g_assert_cmpstr (registration->company->address, ==, OLD_ADDRESS);
}

/* It takes effect at once, and no one can review it. */
static void
test_has_no_review (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;
    const TouApplication *application;

    service_test_register_card (test, card);
    change_contact (test, card);
    applications = service_test_list_applications (test);
    application = g_ptr_array_index (applications, 0);
    g_assert_cmpint (application->operation, ==, TOU_OPERATION_CONTACT_CHANGE);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_APPROVED);
    g_assert_false (tou_practice_service_review (test->service, application->submission_id,
                                                 TOU_PRACTICE_DECISION_DENY, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
spoil_phone (TouRequest *request)
{
    tou_set_text (&request->company->phone, "O22-000-7777");
}

static void
drop_fax (TouRequest *request)
{
    tou_set_text (&request->company->fax, NULL);
}

static void
spoil_postal_code (TouRequest *request)
{
    tou_set_text (&request->contact->postal_code, "980-081");
}

/* In a contact change the company's numbers are typed, too. */
static void
test_checks_the_fields (ServiceTest *test, gconstpointer data)
{
    static const struct {
        void (*spoil) (TouRequest *request);
        const char *field;
    } cases[] = {
        { spoil_phone, "company.phone" },
        { drop_fax, "company.fax" },
        { spoil_postal_code, "contact.postal_code" },
    };
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));

    service_test_register_card (test, card);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_CONTACT_CHANGE);
        g_autoptr (GBytes) cms = NULL;
        g_autoptr (TouPracticeAnswer) answer = NULL;
        g_autoptr (TouWireProblem) problem = NULL;

        cases[i].spoil (request);
        cms = software_card_sign_request (card, request);
        answer = service_test_submit (test, request, cms);
        service_test_assert_problem (answer, "bad-field", 422, "40003");
        problem = tou_wire_read_problem (answer->body, NULL);
        g_assert_cmpstr (problem->field, ==, cases[i].field);
    }
}

/* As the version before left it. */
static void
turn_back_database (ServiceTest *test)
{
    g_autofree char *path = tou_practice_folder_dup_file (test->folder, TOU_PRACTICE_FILE_DATABASE);
    g_autoptr (GError) error = NULL;
    g_autoptr (sqlite3) db = tou_practice_database_open (path, &error);

    g_assert_no_error (error);
    g_assert_true (tou_sql_execute (db,
                                    "ALTER TABLE registrations DROP COLUMN company_name;"
                                    "ALTER TABLE registrations DROP COLUMN company_postal_code;"
                                    "ALTER TABLE registrations DROP COLUMN company_address;"
                                    "ALTER TABLE registrations DROP COLUMN company_representative_name;"
                                    "ALTER TABLE registrations DROP COLUMN company_representative_title;"
                                    "ALTER TABLE registrations DROP COLUMN company_phone;"
                                    "ALTER TABLE registrations DROP COLUMN company_fax;"
                                    "PRAGMA user_version = 1;",
                                    &error));
    g_assert_no_error (error);
}

/* A practice folder of the version before is no damaged one, and what is in it stays. */
static void
test_takes_the_older_database (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRegistration) before = NULL;
    g_autoptr (TouRegistration) after = NULL;

    service_test_register_card (test, card);
    tou_practice_service_free (test->service);
    turn_back_database (test);
    service_test_open (test);
    before = service_test_load_registration (test);
    g_assert_cmpstr (before->card_sha256, ==, card->sha256);
    g_assert_null (before->registered_company);
    change_contact (test, card);
    after = service_test_load_registration (test);
    g_assert_cmpstr (after->registered_company->address, ==, OLD_ADDRESS);
}

static void
add_tests (void)
{
    SERVICE_TEST_ADD ("contact/change", test_changes_the_contact);
    SERVICE_TEST_ADD ("contact/newest-qualification", test_takes_the_newest_qualification);
    SERVICE_TEST_ADD ("contact/moves-back", test_moves_back);
    SERVICE_TEST_ADD ("contact/no-review", test_has_no_review);
    SERVICE_TEST_ADD ("contact/older-database", test_takes_the_older_database);
    SERVICE_TEST_ADD ("contact/fields", test_checks_the_fields);
}

int
main (int argc, char **argv)
{
    return service_test_main (argc, argv, add_tests);
}
