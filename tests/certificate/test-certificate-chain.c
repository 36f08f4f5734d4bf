/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "certificate-fixture.h"

#include "tou-proof-checker.h"

#include <openssl/err.h>
#include <string.h>

#define YEAR_US (365 * FIXTURE_DAY_US)

static void
assert_refused (TouIssuers *issuers, X509 *certificate, gint64 now_us, TouProofError code)
{
    g_autoptr (GError) error = NULL;

    g_assert_false (tou_issuers_check (issuers, certificate, NULL, now_us, &error));
    g_assert_error (error, TOU_PROOF_ERROR, (int) code);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

static void
assert_accepted (TouIssuers *issuers, X509 *certificate, gint64 now_us)
{
    g_autoptr (GError) error = NULL;
    gboolean is_accepted = tou_issuers_check (issuers, certificate, NULL, now_us, &error);

    g_assert_no_error (error);
    g_assert_true (is_accepted);
}

/* Would catch a check against the PC's clock instead of the time given. */
static void
test_dates (void)
{
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    g_autoptr (X509) certificate = fixture_issue (NULL);

    assert_accepted (issuers, certificate, FIXTURE_NOW_US);
    assert_accepted (issuers, certificate, FIXTURE_NOW_US + YEAR_US - G_USEC_PER_SEC);
    assert_refused (issuers, certificate, FIXTURE_NOW_US + YEAR_US + G_USEC_PER_SEC, TOU_PROOF_ERROR_EXPIRED);
    assert_refused (issuers, certificate, FIXTURE_NOW_US - YEAR_US - G_USEC_PER_SEC,
                    TOU_PROOF_ERROR_NOT_YET_VALID);
}

/* An authority of the same name with another key must not do. */
static void
test_other_authority (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) other = tou_practice_ca_new (&error);
    g_autoptr (TouIssuers) issuers = NULL;
    g_autoptr (X509) certificate = fixture_issue (NULL);

    g_assert_no_error (error);
    issuers = fixture_load_issuers (other);
    assert_refused (issuers, certificate, FIXTURE_NOW_US, TOU_PROOF_ERROR_CHAIN);
}

/* An unknown issuer weighs more than a passed date: it is what the service answers first. */
static void
test_other_authority_and_expired (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) other = tou_practice_ca_new (&error);
    g_autoptr (TouIssuers) issuers = NULL;
    g_autoptr (X509) certificate = fixture_issue (NULL);

    g_assert_no_error (error);
    issuers = fixture_load_issuers (other);
    assert_refused (issuers, certificate, FIXTURE_NOW_US + 2 * YEAR_US, TOU_PROOF_ERROR_CHAIN);
}

static void
test_authority_ended (void)
{
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    g_autoptr (X509) certificate = NULL;

    facts.not_after_us = FIXTURE_NOW_US + 40 * YEAR_US;
    certificate = fixture_issue (&facts);
    assert_refused (issuers, certificate, FIXTURE_NOW_US + 30 * YEAR_US, TOU_PROOF_ERROR_CHAIN);
}

static void
test_changed_certificate (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    g_autoptr (GBytes) changed = NULL;
    g_autoptr (X509) forged = NULL;
    guint8 *copy = g_memdup2 (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
    guint8 *name = memmem (copy, g_bytes_get_size (der), "Taro", 4);

    memcpy (name, "Jiro", 4);
    changed = g_bytes_new_take (copy, g_bytes_get_size (der));
    forged = tou_x509_from_der (changed, &error);
    g_assert_no_error (error);
    assert_refused (issuers, forged, FIXTURE_NOW_US, TOU_PROOF_ERROR_CHAIN);
}

/* A card is no authority: what its key signs leads nowhere. */
static void
test_issued_by_a_card (void)
{
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    g_autoptr (X509) card = fixture_issue (NULL);
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (TouX509Stack) between = sk_X509_new_null ();
    g_autoptr (GError) error = NULL;
    int at = X509_get_ext_by_NID (certificate, NID_authority_key_identifier, -1);

    X509_EXTENSION_free (X509_delete_ext (certificate, at));
    X509_set_issuer_name (certificate, X509_get_subject_name (card));
    g_assert_cmpint (X509_sign (certificate, fixture_get_key (), EVP_sha256 ()), >, 0);
    X509_up_ref (card);
    sk_X509_push (between, card);
    g_assert_false (tou_issuers_check (issuers, certificate, between, FIXTURE_NOW_US, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_CHAIN);
}

static void
test_weak_key (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_rsa (1024, &error);
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    TouPracticeCardFacts facts = fixture_card_facts ();
    g_autoptr (X509) certificate = NULL;

    g_assert_no_error (error);
    certificate = tou_practice_ca_issue_card (fixture_get_ca (), &facts, key, &error);
    g_assert_no_error (error);
    assert_refused (issuers, certificate, FIXTURE_NOW_US, TOU_PROOF_ERROR_CHAIN);
}

/* A profile may name one certificate, not its authority: the receipt's signer. */
static void
test_pinned_certificate (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) pinned = fixture_issue (NULL);
    g_autoptr (X509) other = fixture_issue (NULL);
    char *text = tou_practice_pem_from_certificate (pinned);
    g_autoptr (GBytes) pem = g_bytes_new_take (text, strlen (text));
    g_autoptr (TouIssuers) issuers = tou_issuers_parse (pem, &error);

    g_assert_no_error (error);
    assert_accepted (issuers, pinned, FIXTURE_NOW_US);
    assert_refused (issuers, pinned, FIXTURE_NOW_US + 2 * YEAR_US, TOU_PROOF_ERROR_EXPIRED);
    assert_refused (issuers, other, FIXTURE_NOW_US, TOU_PROOF_ERROR_CHAIN);
}

static void
assert_no_issuers (const char *text)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pem = g_bytes_new (text, strlen (text));

    g_assert_null (tou_issuers_parse (pem, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

static void
test_bad_files (void)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *good = tou_practice_pem_from_certificate (
        tou_practice_ca_get_certificate (fixture_get_ca ()));
    g_autofree char *broken_second = g_strconcat (
        good, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", NULL);

    assert_no_issuers ("");
    assert_no_issuers ("no certificate here\n");
    assert_no_issuers (broken_second);
    g_assert_null (tou_issuers_load ("/nonexistent/issuers.pem", &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/chain/dates", test_dates);
    g_test_add_func ("/chain/other-authority", test_other_authority);
    g_test_add_func ("/chain/other-authority-and-expired", test_other_authority_and_expired);
    g_test_add_func ("/chain/authority-ended", test_authority_ended);
    g_test_add_func ("/chain/changed-certificate", test_changed_certificate);
    g_test_add_func ("/chain/issued-by-a-card", test_issued_by_a_card);
    g_test_add_func ("/chain/weak-key", test_weak_key);
    g_test_add_func ("/chain/pinned-certificate", test_pinned_certificate);
    g_test_add_func ("/chain/bad-files", test_bad_files);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
