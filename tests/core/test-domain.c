/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-card.h"
#include "tou-domain.h"
#include "tou-record-store.h"
#include "tou-registration-service.h"

static void
test_ids (void)
{
    for (int i = 0; i < TOU_N_CATEGORIES; i++) {
        TouCategory category;
        g_assert_true (tou_category_from_id (tou_category_get_id ((TouCategory) i), &category));
        g_assert_cmpint (category, ==, i);
    }
    for (int i = 0; i <= TOU_OPERATION_CONTACT_CHANGE; i++) {
        TouOperation operation;
        g_assert_true (tou_operation_from_id (tou_operation_get_id ((TouOperation) i), &operation));
        g_assert_cmpint (operation, ==, i);
    }
    for (int i = 0; i <= TOU_REVIEW_STATE_DENIED; i++)
        g_assert_cmpint (tou_review_state_from_id (tou_review_state_get_id ((TouReviewState) i)), ==, i);
}

/* Would catch: a word of a newer service taken for one that is known. */
static void
test_unknown_ids (void)
{
    TouCategory category = TOU_CATEGORY_GOODS;
    TouOperation operation = TOU_OPERATION_CARD_RENEWAL;

    g_assert_false (tou_category_from_id ("Goods", &category));
    g_assert_false (tou_category_from_id (NULL, &category));
    g_assert_false (tou_operation_from_id ("", &operation));
    g_assert_cmpint (category, ==, TOU_CATEGORY_GOODS);
    g_assert_cmpint (tou_review_state_from_id ("withdrawn"), ==, TOU_REVIEW_STATE_UNKNOWN);
}

/* Would catch: a text that copying or comparing leaves out. Sets every text in turn. */
static void
test_contact (void)
{
    g_autoptr (TouContact) a = tou_contact_new ();
    char **const fields[] = { &a->name, &a->postal_code, &a->address, &a->person, &a->phone, &a->fax };

    for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
        g_autoptr (TouContact) before = tou_contact_copy (a);
        g_autoptr (TouContact) after = NULL;

        tou_set_text (fields[i], "値");
        after = tou_contact_copy (a);
        g_assert_false (tou_contact_equal (before, a));
        g_assert_true (tou_contact_equal (after, a));
        g_assert_true (after->name != a->name);
    }
    g_assert_null (tou_contact_copy (NULL));
}

static void
test_company (void)
{
    g_autoptr (TouCompany) a = tou_company_new ();
    g_autoptr (TouCompany) copy = NULL;
    char **const from = (char **) a;
    const guint n = sizeof *a / sizeof (char *);

    for (guint i = 0; i < n; i++)
        from[i] = g_strdup_printf ("%u", i);
    copy = tou_company_copy (a);
    for (guint i = 0; i < n; i++) {
        g_assert_cmpstr (((char **) copy)[i], ==, from[i]);
        g_assert_true (((char **) copy)[i] != from[i]);
    }
}

static void
test_set_text (void)
{
    g_autofree char *text = g_strdup ("一二");

    tou_set_text (&text, text);
    g_assert_cmpstr (text, ==, "一二");
    tou_set_text (&text, NULL);
    g_assert_null (text);
}

/* Would catch: a copy that shares or drops the receipt or the bytes (sanitizer build: double free). */
static void
test_submission_copy (void)
{
    g_autoptr (TouSubmission) a = tou_submission_new ();
    g_autoptr (TouSubmission) copy = NULL;

    tou_set_text (&a->id, "id");
    tou_set_text (&a->refusal_code, "30002");
    a->cms = g_bytes_new_static ("cms", 3);
    a->content = g_bytes_new_static ("{}", 2);
    a->state = TOU_SUBMISSION_STATE_ACCEPTED;
    a->receipt = tou_receipt_new ();
    a->receipt->was_repeat = TRUE;
    a->receipt->cms = g_bytes_new_static ("receipt", 7);
    copy = tou_submission_copy (a);
    g_clear_pointer (&a, tou_submission_free);
    g_assert_cmpstr (copy->id, ==, "id");
    g_assert_cmpstr (copy->refusal_code, ==, "30002");
    g_assert_cmpint (copy->state, ==, TOU_SUBMISSION_STATE_ACCEPTED);
    g_assert_cmpuint (g_bytes_get_size (copy->cms), ==, 3);
    g_assert_true (copy->receipt->was_repeat);
    g_assert_cmpuint (g_bytes_get_size (copy->receipt->cms), ==, 7);
}

static void
test_request_and_registration (void)
{
    g_autoptr (TouRequest) request = tou_request_new ();
    g_autoptr (TouRegistration) registration = tou_registration_new ();
    g_autoptr (TouCardInventory) inventory = tou_card_inventory_new ();
    TouCardToken *token = tou_card_token_new ();

    request->company = tou_company_new ();
    request->contact = tou_contact_new ();
    request->authorization = g_bytes_new_static ("x", 1);
    tou_set_text (&request->nonce, "nonce");
    registration->company = tou_company_new ();
    tou_set_text (&registration->card_sha256, "00");
    g_ptr_array_add (inventory->readers, tou_reader_new ("reader", TOU_READER_CARD));
    g_ptr_array_add (inventory->tokens, token);
    g_ptr_array_add (token->certificates, tou_card_certificate_new ());
    tou_set_text (&token->label, "label");
}

static TouCertificateFitness
judge (TouKeyUse use, guint bits, gint64 now_us)
{
    g_autoptr (TouCardCertificate) certificate = tou_card_certificate_new ();

    certificate->key_use = use;
    certificate->key_bits = bits;
    certificate->not_before_us = 100;
    certificate->not_after_us = 200;
    return tou_card_certificate_get_fitness (certificate, now_us);
}

/* Would catch: an end of validity that is off by one, a curve key taken for a short RSA key. */
static void
test_fitness (void)
{
    g_assert_cmpint (judge (TOU_KEY_USE_DIGITAL_SIGNATURE, 2048, 100), ==, TOU_CERTIFICATE_FIT);
    g_assert_cmpint (judge (TOU_KEY_USE_NON_REPUDIATION, 256, 200), ==, TOU_CERTIFICATE_FIT);
    g_assert_cmpint (judge (TOU_KEY_USE_ANY, 4096, 150), ==, TOU_CERTIFICATE_FIT);
    g_assert_cmpint (judge (TOU_KEY_USE_NONE, 2048, 150), ==, TOU_CERTIFICATE_NOT_FOR_SIGNING);
    g_assert_cmpint (judge (TOU_KEY_USE_ANY, 2048, 99), ==, TOU_CERTIFICATE_NOT_YET_VALID);
    g_assert_cmpint (judge (TOU_KEY_USE_ANY, 2048, 201), ==, TOU_CERTIFICATE_EXPIRED);
    g_assert_cmpint (judge (TOU_KEY_USE_ANY, 1024, 150), ==, TOU_CERTIFICATE_KEY_TOO_SHORT);
    g_assert_cmpint (judge (TOU_KEY_USE_ANY, 0, 150), ==, TOU_CERTIFICATE_KEY_TOO_SHORT);
}

static int
count_days_left (const char *end, const char *now)
{
    g_autoptr (TouRegistration) registration = tou_registration_new ();
    g_autoptr (GDateTime) end_time = g_date_time_new_from_iso8601 (end, NULL);
    g_autoptr (GDateTime) now_time = g_date_time_new_from_iso8601 (now, NULL);

    registration->card_not_after_us = g_date_time_to_unix (end_time) * G_USEC_PER_SEC;
    return tou_registration_get_days_left (registration, g_date_time_to_unix (now_time) * G_USEC_PER_SEC);
}

/* Would catch: days that are counted in another country's calendar, or an ended card with days left. */
static void
test_days_left (void)
{
    g_assert_cmpint (count_days_left ("2027-03-31T23:59:59+09:00", "2026-12-16T09:00:00+09:00"), ==, 105);
    g_assert_cmpint (count_days_left ("2027-03-31T23:59:59+09:00", "2027-03-31T00:00:01+09:00"), ==, 0);
    g_assert_cmpint (count_days_left ("2027-03-31T23:59:59+09:00", "2027-03-30T23:59:59+09:00"), ==, 1);
    g_assert_cmpint (count_days_left ("2027-03-31T08:59:59+09:00", "2027-03-30T23:59:59+09:00"), ==, 1);
    g_assert_cmpint (count_days_left ("2027-03-31T08:59:59+09:00", "2027-03-31T09:00:00+09:00"), ==, -1);
    g_assert_cmpint (count_days_left ("2025-03-31T08:59:59+09:00", "2027-03-31T09:00:00+09:00"), ==, -1);
}

/* Would catch: a problem that a copied error loses, or a code that is no code. */
static void
test_service_error (void)
{
    g_autoptr (GError) error = g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM, "refused");
    g_autoptr (GError) other = g_error_new_literal (TOU_STORE_ERROR, TOU_STORE_ERROR_FULL, "full");
    g_autoptr (GError) copy = NULL;

    tou_service_error_set_problem (error, 401, "30002", "https://touroku.example/problems/user", "detail");
    copy = g_error_copy (error);
    g_clear_error (&error);
    g_assert_cmpstr (tou_service_error_get_code (copy), ==, "30002");
    g_assert_cmpuint (tou_service_error_get_status (copy), ==, 401);
    g_assert_cmpstr (tou_service_error_get_detail (copy), ==, "detail");
    tou_service_error_set_problem (copy, 500, "3000x", NULL, NULL);
    g_assert_null (tou_service_error_get_code (copy));
    g_assert_null (tou_service_error_get_type_uri (copy));
    g_assert_null (tou_service_error_get_code (other));
    g_assert_cmpuint (tou_service_error_get_status (other), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/domain/ids", test_ids);
    g_test_add_func ("/domain/unknown-ids", test_unknown_ids);
    g_test_add_func ("/domain/contact", test_contact);
    g_test_add_func ("/domain/company", test_company);
    g_test_add_func ("/domain/set-text", test_set_text);
    g_test_add_func ("/domain/submission-copy", test_submission_copy);
    g_test_add_func ("/domain/request-and-registration", test_request_and_registration);
    g_test_add_func ("/domain/fitness", test_fitness);
    g_test_add_func ("/domain/days-left", test_days_left);
    g_test_add_func ("/domain/service-error", test_service_error);
    return g_test_run ();
}
