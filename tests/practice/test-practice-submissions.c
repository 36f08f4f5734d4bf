/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"
#include "tou-file.h"
#include "tou-openssl-proof-checker.h"
#include "tou-practice-database.h"
#include "tou-practice-folder.h"
#include "tou-practice-submissions.h"
#include "tou-service-profile.h"
#include "tou-wire-request.h"

static void
test_accepts (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);
    g_autoptr (TouReceipt) receipt = service_test_read_receipt (answer);
    g_autoptr (GPtrArray) applications = service_test_list_applications (test);
    const TouApplication *application = g_ptr_array_index (applications, 0);

    g_assert_cmpuint (answer->status, ==, 201);
    g_assert_nonnull (tou_practice_answer_get_header (answer, "Replay-Nonce"));
    g_assert_nonnull (tou_practice_answer_get_header (answer, "Session-Expires"));
    g_assert_cmpstr (receipt->submission_id, ==, request->submission_id);
    g_assert_cmpuint (applications->len, ==, 1);
    g_assert_cmpstr (application->reception_number, ==, receipt->reception_number);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_RECEIVED);
}

/* The client's own check is the judge of the receipt, by what the profile names. */
static void
test_receipt_checks (ServiceTest *test, gconstpointer data)
{
    g_autoptr (TouProofChecker) checker = TOU_PROOF_CHECKER (
        tou_openssl_proof_checker_new (tou_wire_read_receipt, tou_wire_read_signed));
    g_autofree char *path = tou_practice_folder_dup_file (test->folder,
                                                          TOU_PRACTICE_FILE_RECEIPT_CERTIFICATE);
    g_autoptr (GBytes) anchors = tou_file_load (path, TOU_PROFILE_MAX_FILE_BYTES, NULL);
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);
    g_autoptr (TouReceipt) receipt = service_test_read_receipt (answer);
    g_autoptr (TouReceipt) said = NULL;
    g_autoptr (GError) error = NULL;

    said = tou_proof_checker_check_receipt (checker, receipt->cms, cms, anchors, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (said->reception_number, ==, receipt->reception_number);
    g_assert_cmpint (said->accepted_at_us, ==, receipt->accepted_at_us);
}

static GBytes *
load_stored_request (ServiceTest *test, const char *submission_id)
{
    g_autofree char *path = tou_practice_folder_dup_file (test->folder, TOU_PRACTICE_FILE_DATABASE);
    g_autoptr (TouPracticeSubmission) submission = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (sqlite3) db = tou_practice_database_open (path, &error);

    g_assert_no_error (error);
    g_assert_true (tou_practice_submissions_find (db, submission_id, &submission, &error));
    return g_bytes_ref (submission->cms);
}

/* What is stored is what came, and what a person can check with openssl alone. */
static void
test_openssl_verifies (ServiceTest *test, gconstpointer data)
{
    g_autofree char *authority = tou_practice_folder_dup_file (test->folder, TOU_PRACTICE_FILE_AUTHORITY);
    g_autofree char *file = g_build_filename (test->place, "request.p7m", NULL);
    g_autofree char *program = g_find_program_in_path ("openssl");
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);
    g_autoptr (GBytes) stored = load_stored_request (test, request->submission_id);
    const char *const argv[] = { program, "cms",  "-verify",   "-cades",  "-binary", "-inform",
                                 "DER",   "-in",  file,        "-CAfile", authority, "-purpose",
                                 "any",   "-out", "/dev/null", NULL };
    int status;

    g_assert_cmpuint (answer->status, ==, 201);
    g_assert_true (g_bytes_equal (stored, cms));
    if (program == NULL) {
        g_test_skip ("no openssl program");
        return;
    }
    g_assert_true (g_file_set_contents (file, g_bytes_get_data (stored, NULL),
                                        (gssize) g_bytes_get_size (stored), NULL));
    g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                                 NULL, &status, NULL));
    g_assert_cmpint (status, ==, 0);
}

/* A repeated id never applies twice, also after the service was started anew and in another session. */
static void
test_repeats (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) first = service_test_submit (test, request, cms);
    g_autoptr (TouReceipt) receipt = service_test_read_receipt (first);
    g_autoptr (GPtrArray) applications = NULL;

    for (guint i = 0; i < 2; i++) {
        g_autoptr (TouPracticeAnswer) again = service_test_submit (test, request, cms);
        g_autoptr (TouReceipt) repeated = service_test_read_receipt (again);

        g_assert_cmpuint (again->status, ==, 200);
        g_assert_cmpstr (tou_practice_answer_get_header (again, "Idempotent-Replayed"), ==, "true");
        service_test_assert_same_receipt (repeated, receipt);
        tou_practice_service_free (test->service);
        service_test_open (test);
        service_test_sign_in (test);
    }
    applications = service_test_list_applications (test);
    g_assert_cmpuint (applications->len, ==, 1);
}

static void
test_refuses_other_bytes (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) first = service_test_submit (test, request, cms);
    g_autoptr (GBytes) other = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;

    tou_set_text (&request->contact->person, "椿原 花子");
    other = software_card_sign_request (card, request);
    answer = service_test_submit (test, request, other);
    service_test_assert_problem (answer, "submission-conflict", 409, "40003");
}

static void
test_finds_a_lost_submission (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autofree char *path = g_strconcat ("/v1/submissions/", request->submission_id, NULL);
    g_autoptr (TouPracticeAnswer) before = service_test_ask (test, "GET", path);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);
    g_autoptr (TouPracticeAnswer) after = service_test_ask (test, "GET", path);
    g_autoptr (TouReceipt) receipt = service_test_read_receipt (answer);
    g_autoptr (TouReceipt) found = service_test_read_receipt (after);

    service_test_assert_problem (before, "no-such-submission", 404, "40003");
    g_assert_cmpuint (after->status, ==, 200);
    service_test_assert_same_receipt (found, receipt);
}

/* What another company handed in is none of this one's business. */
static void
test_keeps_companies_apart (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);
    g_autofree char *path = g_strconcat ("/v1/submissions/", request->submission_id, NULL);
    g_autoptr (TouPracticeAnswer) other = service_test_try_sign_in (test, "bidder02", "Practice-02");
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (TouSession) session = tou_wire_read_session (other->body, &token, NULL);
    g_autoptr (TouPracticeAnswer) found = NULL;
    g_autoptr (TouPracticeAnswer) again = NULL;

    g_free (test->authorization);
    test->authorization = g_strconcat ("Bearer ", tou_secret_get_data (token), NULL);
    found = service_test_ask (test, "GET", path);
    again = service_test_submit (test, request, cms);
    service_test_assert_problem (found, "no-such-submission", 404, "40003");
    service_test_assert_problem (again, "submission-conflict", 409, "40003");
}

static void
add_tests (void)
{
    SERVICE_TEST_ADD ("submissions/accepts", test_accepts);
    SERVICE_TEST_ADD ("submissions/receipt", test_receipt_checks);
    SERVICE_TEST_ADD ("submissions/openssl", test_openssl_verifies);
    SERVICE_TEST_ADD ("submissions/repeats", test_repeats);
    SERVICE_TEST_ADD ("submissions/conflict", test_refuses_other_bytes);
    SERVICE_TEST_ADD ("submissions/lost", test_finds_a_lost_submission);
    SERVICE_TEST_ADD ("submissions/companies", test_keeps_companies_apart);
}

int
main (int argc, char **argv)
{
    return service_test_main (argc, argv, add_tests);
}
