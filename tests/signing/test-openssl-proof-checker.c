/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "certificate-fixture.h"

#include "tou-cms-sign.h"
#include "tou-openssl-proof-checker.h"

#include <glib/gstdio.h>
#include <string.h>

#define OTHER_SHA256 "0000000000000000000000000000000000000000000000000000000000000000"

typedef struct {
    TouProofChecker *checker;
    EVP_PKEY *key;
    X509 *signer;      /* of receipts */
    GBytes *authority; /* PEM: the authority of all */
    GBytes *pinned;    /* PEM: the signer alone */
    GBytes *request;
} Fixture;

/* Stands for the wire's reader: "SHA256 TIME", a request's digest and seconds since 1970. */
static TouReceipt *
read_plain_receipt (GBytes *json, GError **error)
{
    g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));
    g_auto (GStrv) parts = g_strsplit (text, " ", 2);
    TouReceipt *receipt;

    if (g_strv_length (parts) != 2) {
        g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE, "two words expected");
        return NULL;
    }
    receipt = tou_receipt_new ();
    receipt->request_sha256 = g_strdup (parts[0]);
    receipt->accepted_at_us = g_ascii_strtoll (parts[1], NULL, 10) * G_USEC_PER_SEC;
    return receipt;
}

/* Likewise for any signed file: "request TIME". */
static gboolean
read_plain_file (GBytes *json, TouSignedFile *file, GError **error)
{
    g_autofree char *text = g_strndup (g_bytes_get_data (json, NULL), g_bytes_get_size (json));

    if (!g_str_has_prefix (text, "request ")) {
        g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE, "no request");
        return FALSE;
    }
    file->kind = TOU_SIGNED_FILE_REQUEST;
    file->said_at_us = g_ascii_strtoll (text + strlen ("request "), NULL, 10) * G_USEC_PER_SEC;
    return TRUE;
}

static GBytes *
make_pem (X509 *certificate)
{
    char *pem = tou_practice_pem_from_certificate (certificate);

    return g_bytes_new_take (pem, strlen (pem));
}

static void
set_up (Fixture *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    self->checker = TOU_PROOF_CHECKER (tou_openssl_proof_checker_new (read_plain_receipt, read_plain_file));
    self->key = tou_practice_key_new_p256 (&error);
    g_assert_no_error (error);
    self->signer = tou_practice_ca_issue_receipt_signer (fixture_get_ca (), self->key,
                                                         FIXTURE_NOW_US - FIXTURE_DAY_US,
                                                         FIXTURE_NOW_US + FIXTURE_DAY_US, &error);
    g_assert_no_error (error);
    self->authority = make_pem (tou_practice_ca_get_certificate (fixture_get_ca ()));
    self->pinned = make_pem (self->signer);
    self->request = g_bytes_new_static ("request", 7);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
    g_bytes_unref (self->authority);
    g_bytes_unref (self->pinned);
    EVP_PKEY_free (self->key);
    X509_free (self->signer);
    g_bytes_unref (self->request);
    g_assert_finalize_object (self->checker);
}

static GBytes *
sign_text (const char *text, X509 *certificate, EVP_PKEY *key)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
    GBytes *cms = tou_cms_sign (content, certificate, key, &error);

    g_assert_no_error (error);
    return cms;
}

static GBytes *
make_receipt (Fixture *self, GBytes *request, gint64 accepted_at_us)
{
    g_autofree char *sha256 = tou_proof_checker_hash (self->checker, request);
    g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, sha256, accepted_at_us / G_USEC_PER_SEC);

    return sign_text (text, self->signer, self->key);
}

static void
assert_no_receipt (Fixture *self, GBytes *receipt, GBytes *anchors, TouProofError code)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_proof_checker_check_receipt (self->checker, receipt, self->request, anchors, &error));
    g_assert_error (error, TOU_PROOF_ERROR, (int) code);
}

static void
assert_receipt (Fixture *self, GBytes *cms, GBytes *anchors)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = tou_proof_checker_check_receipt (self->checker, cms, self->request,
                                                                      anchors, &error);

    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (receipt->cms, cms));
    g_assert_cmpint (receipt->accepted_at_us, ==, FIXTURE_NOW_US);
}

static void
test_request (Fixture *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) card = fixture_issue (NULL);
    g_autofree char *sha256 = tou_x509_dup_sha256 (card);
    g_autoptr (GBytes) cms = sign_text ("form", card, fixture_get_key ());
    g_autoptr (GBytes) content = g_bytes_new_static ("form", 4);
    g_autoptr (GBytes) other = g_bytes_new_static ("norm", 4);

    g_assert_true (tou_proof_checker_check_request (self->checker, cms, content, sha256, &error));
    g_assert_no_error (error);
    g_assert_false (tou_proof_checker_check_request (self->checker, cms, other, sha256, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CONTENT);
    g_clear_error (&error);
    g_assert_false (tou_proof_checker_check_request (self->checker, cms, content, OTHER_SHA256, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CERTIFICATE);
    g_clear_error (&error);
    g_assert_false (tou_proof_checker_check_request (self->checker, content, content, sha256, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED);
}

static void
test_certificate (Fixture *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) card = fixture_issue (NULL);
    g_autoptr (GBytes) der = tou_x509_to_der (card);
    g_autoptr (TouCardCertificate) facts = tou_proof_checker_read_certificate (self->checker, der, &error);
    g_autofree char *hash = tou_proof_checker_hash (self->checker, der);

    g_assert_no_error (error);
    g_assert_cmpstr (facts->holder, ==, FIXTURE_HOLDER);
    g_assert_cmpstr (facts->sha256, ==, hash);
}

static void
test_receipt (Fixture *self, gconstpointer data)
{
    g_autoptr (GBytes) cms = make_receipt (self, self->request, FIXTURE_NOW_US);

    assert_receipt (self, cms, self->authority);
    assert_receipt (self, cms, self->pinned);
}

static void
test_receipt_of_other_request (Fixture *self, gconstpointer data)
{
    g_autoptr (GBytes) other = g_bytes_new_static ("another", 7);
    g_autoptr (GBytes) cms = make_receipt (self, other, FIXTURE_NOW_US);

    assert_no_receipt (self, cms, self->authority, TOU_PROOF_ERROR_CONTENT);
}

static void
test_receipt_dates (Fixture *self, gconstpointer data)
{
    g_autoptr (GBytes) late = make_receipt (self, self->request, FIXTURE_NOW_US + 2 * FIXTURE_DAY_US);
    g_autoptr (GBytes) early = make_receipt (self, self->request, FIXTURE_NOW_US - 2 * FIXTURE_DAY_US);

    assert_no_receipt (self, late, self->authority, TOU_PROOF_ERROR_EXPIRED);
    assert_no_receipt (self, early, self->authority, TOU_PROOF_ERROR_NOT_YET_VALID);
}

/* A bidder's card is of the same authority as the service in practice; it must not make receipts. */
static void
test_receipt_by_card (Fixture *self, gconstpointer data)
{
    g_autoptr (X509) card = fixture_issue (NULL);
    g_autofree char *sha256 = tou_proof_checker_hash (self->checker, self->request);
    g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, sha256, FIXTURE_NOW_US / G_USEC_PER_SEC);
    g_autoptr (GBytes) cms = sign_text (text, card, fixture_get_key ());

    assert_no_receipt (self, cms, self->pinned, TOU_PROOF_ERROR_CHAIN);
}

static void
test_receipt_anchors (Fixture *self, gconstpointer data)
{
    g_autoptr (GBytes) cms = make_receipt (self, self->request, FIXTURE_NOW_US);

    assert_no_receipt (self, cms, NULL, TOU_PROOF_ERROR_CHAIN);
    assert_no_receipt (self, cms, self->request, TOU_PROOF_ERROR_FAILED);
}

static void
test_receipt_unreadable (Fixture *self, gconstpointer data)
{
    g_autoptr (GBytes) cms = sign_text ("one-word", self->signer, self->key);

    assert_no_receipt (self, cms, self->authority, TOU_PROOF_ERROR_MALFORMED);
    assert_no_receipt (self, self->request, self->authority, TOU_PROOF_ERROR_MALFORMED);
}

/* A byte at @offset from the end is another one. */
static GBytes *
damage (GBytes *bytes, gsize offset)
{
    gsize size;
    guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

    copy[size - offset] ^= 1;
    return g_bytes_new_take (copy, size);
}

static void
assert_not_opened (Fixture *self, GBytes *bytes, TouProofError code)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_proof_checker_open_signed (self->checker, bytes, &error));
    g_assert_error (error, TOU_PROOF_ERROR, (int) code);
}

/* Who signed it, when and how; a changed, cut or foreign file is told apart. */
static void
test_signed_file (Fixture *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) card = fixture_issue (NULL);
    g_autofree char *text = g_strdup_printf ("request %" G_GINT64_FORMAT, FIXTURE_NOW_US / G_USEC_PER_SEC);
    g_autoptr (GBytes) cms = sign_text (text, card, fixture_get_key ());
    g_autoptr (GBytes) foreign = sign_text ("a letter", card, fixture_get_key ());
    g_autoptr (GBytes) damaged = damage (cms, 1);
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (cms, 0, g_bytes_get_size (cms) - 1);
    g_autoptr (TouSignedFile) file = tou_proof_checker_open_signed (self->checker, cms, &error);
    g_autofree char *sha256 = tou_proof_checker_hash (self->checker, cms);

    g_assert_no_error (error);
    g_assert_cmpstr (file->signer->holder, ==, FIXTURE_HOLDER);
    g_assert_cmpstr (file->sha256, ==, sha256);
    g_assert_cmpstr (file->digest, ==, "sha256");
    g_assert_cmpint (file->said_at_us, ==, FIXTURE_NOW_US);
    assert_not_opened (self, damaged, TOU_PROOF_ERROR_SIGNATURE);
    assert_not_opened (self, cut, TOU_PROOF_ERROR_MALFORMED);
    assert_not_opened (self, foreign, TOU_PROOF_ERROR_MALFORMED);
}

/* Valid when it was signed is what counts, not today; another authority's card is not let through. */
static void
test_signer (Fixture *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) card = fixture_issue (NULL);
    g_autoptr (GBytes) cms = sign_text ("request 1", card, fixture_get_key ());

    g_assert_true (
        tou_proof_checker_check_signer (self->checker, cms, self->authority, FIXTURE_NOW_US, &error));
    g_assert_no_error (error);
    g_assert_false (
        tou_proof_checker_check_signer (self->checker, cms, self->pinned, FIXTURE_NOW_US, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CHAIN);
    g_clear_error (&error);
    g_assert_false (tou_proof_checker_check_signer (self->checker, cms, self->authority,
                                                    FIXTURE_NOW_US + 4000 * FIXTURE_DAY_US, &error));
    g_assert_nonnull (error);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
    g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    add ("/proof-checker/request", test_request);
    add ("/proof-checker/certificate", test_certificate);
    add ("/proof-checker/receipt", test_receipt);
    add ("/proof-checker/receipt-of-other-request", test_receipt_of_other_request);
    add ("/proof-checker/receipt-dates", test_receipt_dates);
    add ("/proof-checker/receipt-by-card", test_receipt_by_card);
    add ("/proof-checker/receipt-anchors", test_receipt_anchors);
    add ("/proof-checker/receipt-unreadable", test_receipt_unreadable);
    add ("/proof-checker/signed-file", test_signed_file);
    add ("/proof-checker/signer", test_signer);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
