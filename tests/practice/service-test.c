/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"

#include "practice-fixture.h"
#include "tou-practice-folder.h"
#include "tou-practice-pem.h"
#include "tou-softhsm.h"
#include "tou-wire-request.h"

TouPracticeAnswer *
service_test_ask (ServiceTest *test, const char *method, const char *path)
{
    g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
    const TouPracticeCall call
        = { .method = method, .path = path, .authorization = test->authorization, .body = body };

    return tou_practice_service_answer (test->service, &call);
}

TouPracticeAnswer *
service_test_try_sign_in (ServiceTest *test, const char *user_id, const char *password)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text (password);
    g_autoptr (TouSecret) json = tou_wire_write_sign_in (user_id, secret, TOU_CATEGORY_CONSTRUCTION, NULL);
    g_autoptr (GBytes) body = g_bytes_new (tou_secret_get_data (json), tou_secret_get_size (json));
    const TouPracticeCall call = { .method = "POST",
                                   .path = "/v1/sessions",
                                   .content_type = "application/json; charset=utf-8",
                                   .body = body };

    return tou_practice_service_answer (test->service, &call);
}

void
service_test_sign_in (ServiceTest *test)
{
    g_autoptr (TouPracticeAnswer) answer = service_test_try_sign_in (test, "bidder01", "Practice-01");
    g_autoptr (TouSession) session = NULL;
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (answer->status, ==, 201);
    session = tou_wire_read_session (answer->body, &token, &error);
    g_assert_no_error (error);
    g_free (test->authorization);
    test->authorization = g_strconcat ("Bearer ", tou_secret_get_data (token), NULL);
}

void
service_test_open (ServiceTest *test)
{
    g_autoptr (GError) error = NULL;

    test->service = tou_practice_service_new (test->folder, test->clock, &error);
    g_assert_no_error (error);
}

void
service_test_set_up (ServiceTest *test, gconstpointer data)
{
    g_autofree char *ca_path = NULL;
    g_autoptr (GError) error = NULL;

    test->place = practice_fixture_make_place ();
    test->folder = practice_fixture_copy_master (test->place);
    ca_path = tou_practice_folder_dup_file (test->folder, TOU_PRACTICE_FILE_CA);
    test->ca = tou_practice_ca_load (ca_path, &error);
    g_assert_no_error (error);
    test->clock = tou_clock_new ();
    service_test_open (test);
    service_test_sign_in (test);
}

void
service_test_tear_down (ServiceTest *test, gconstpointer data)
{
    tou_practice_service_free (test->service);
    tou_practice_ca_free (test->ca);
    g_assert_finalize_object (test->clock);
    g_free (test->authorization);
    practice_fixture_remove (test->place);
    g_free (test->folder);
    g_free (test->place);
}

gint64
service_test_now (ServiceTest *test)
{
    return tou_clock_now_us (test->clock);
}

char *
service_test_get_nonce (ServiceTest *test)
{
    g_autoptr (TouPracticeAnswer) answer = service_test_ask (test, "HEAD", "/v1/nonce");

    g_assert_cmpuint (answer->status, ==, 204);
    return g_strdup (tou_practice_answer_get_header (answer, "Replay-Nonce"));
}

TouPracticeAnswer *
service_test_submit_to (ServiceTest *test, const char *method, const char *path, const char *submission_id,
                        GBytes *cms)
{
    const TouPracticeCall call = {
        .method = method,
        .path = path,
        .authorization = test->authorization,
        .content_type = SERVICE_TEST_SIGNED_TYPE,
        .idempotency_key = submission_id,
        .body = cms,
    };

    return tou_practice_service_answer (test->service, &call);
}

TouPracticeAnswer *
service_test_submit (ServiceTest *test, const TouRequest *request, GBytes *cms)
{
    if (request->operation == TOU_OPERATION_CONTACT_CHANGE)
        return service_test_submit_to (test, "PUT", "/v1/registration/contact", request->submission_id, cms);
    return service_test_submit_to (test, "POST", "/v1/applications", request->submission_id, cms);
}

void
service_test_assert_problem (const TouPracticeAnswer *answer, const char *name, guint status,
                             const char *code)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouWireProblem) problem = NULL;

    g_assert_cmpstr (answer->content_type, ==, "application/problem+json");
    problem = tou_wire_read_problem (answer->body, &error);
    g_assert_no_error (error);
    if (!tou_wire_problem_is (problem, name))
        g_test_message ("%s: %s", problem->type_uri, problem->detail);
    g_assert_true (tou_wire_problem_is (problem, name));
    g_assert_cmpuint (answer->status, ==, status);
    g_assert_cmpuint (problem->status, ==, status);
    g_assert_cmpstr (problem->code, ==, code);
}

TouReceipt *
service_test_read_receipt (const TouPracticeAnswer *answer)
{
    g_autoptr (GError) error = NULL;
    TouReceipt *receipt;

    g_assert_cmpstr (answer->content_type, ==, "application/json");
    receipt = tou_wire_read_accepted (answer->body, &error);
    g_assert_no_error (error);
    return receipt;
}

void
service_test_assert_same_receipt (const TouReceipt *a, const TouReceipt *b)
{
    g_assert_cmpstr (a->reception_number, ==, b->reception_number);
    g_assert_cmpint (a->accepted_at_us, ==, b->accepted_at_us);
    g_assert_true (g_bytes_equal (a->cms, b->cms));
}

TouRequest *
service_test_make_request (ServiceTest *test, SoftwareCard *card, TouOperation operation)
{
    g_autofree char *nonce = service_test_get_nonce (test);

    return software_card_make_request (card, operation, nonce, service_test_now (test));
}

void
service_test_register_card (ServiceTest *test, SoftwareCard *card)
{
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (answer->status, ==, 201);
    g_assert_true (tou_practice_service_review (test->service, request->submission_id,
                                                TOU_PRACTICE_DECISION_APPROVE, NULL, &error));
    g_assert_no_error (error);
}

GPtrArray *
service_test_list_applications (ServiceTest *test)
{
    g_autoptr (TouPracticeAnswer) answer = service_test_ask (test, "GET", "/v1/applications");
    g_autoptr (GError) error = NULL;
    GPtrArray *applications = tou_wire_read_applications (answer->body, &error);

    g_assert_no_error (error);
    return applications;
}

TouRegistration *
service_test_load_registration (ServiceTest *test)
{
    g_autoptr (TouPracticeAnswer) answer = service_test_ask (test, "GET", "/v1/registration");
    g_autoptr (GError) error = NULL;
    TouRegistration *registration = tou_wire_read_registration (answer->body, &error);

    g_assert_no_error (error);
    return registration;
}

void
service_test_revoke (ServiceTest *test, const X509 *certificate)
{
    g_autofree char *path = tou_practice_folder_dup_file (test->folder, TOU_PRACTICE_FILE_CRL);
    g_autoptr (BIGNUM) serial = ASN1_INTEGER_to_BN (X509_get0_serialNumber (certificate), NULL);
    char *hex = BN_bn2hex (serial);
    const char *const serials[] = { hex, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (X509_CRL) crl = tou_practice_ca_issue_crl (test->ca, serials, service_test_now (test) - DAY_US,
                                                          service_test_now (test) + DAY_US, &error);

    g_assert_no_error (error);
    g_assert_true (tou_practice_pem_save_crl (crl, path, &error));
    OPENSSL_free (hex);
    tou_practice_service_free (test->service);
    service_test_open (test);
}

/* The signature is the last of an envelope without unsigned attributes. */
GBytes *
service_test_spoil_signature (GBytes *cms)
{
    gsize size;
    guint8 *bytes = g_memdup2 (g_bytes_get_data (cms, &size), g_bytes_get_size (cms));

    bytes[size - 1] ^= 1;
    return g_bytes_new_take (bytes, size);
}

void
service_test_review (ServiceTest *test, const TouRequest *request, TouPracticeDecision decision,
                     const char *reason)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (
        tou_practice_service_review (test->service, request->submission_id, decision, reason, &error));
    g_assert_no_error (error);
}

void
service_test_move_clock (ServiceTest *test, gint64 difference_us)
{
    tou_clock_set_service_time (test->clock, service_test_now (test) + difference_us);
}

int
service_test_main (int argc, char **argv, void (*add_tests) (void))
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    add_tests ();
    return practice_fixture_end (g_test_run ());
}
