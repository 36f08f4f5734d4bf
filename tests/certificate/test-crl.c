/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "certificate-fixture.h"

#include "tou-crl.h"
#include "tou-proof-checker.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <unistd.h>

#define N_MANY 100000
#define MAX_LOOK_UPS_US (2 * G_USEC_PER_SEC)

static char *
dup_serial (X509 *certificate)
{
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    g_autoptr (TouCardCertificate) facts = tou_certificate_read (der, NULL);

    return g_strdup (facts->serial);
}

static X509_CRL *
issue (TouPracticeCa *ca, const char *const *serials)
{
    g_autoptr (GError) error = NULL;
    X509_CRL *crl = tou_practice_ca_issue_crl (ca, serials, FIXTURE_NOW_US, FIXTURE_NOW_US + FIXTURE_DAY_US,
                                               &error);

    g_assert_no_error (error);
    return crl;
}

static GBytes *
to_der (X509_CRL *crl)
{
    guint8 *data = NULL;
    int size = i2d_X509_CRL (crl, &data);
    GBytes *der = g_bytes_new (data, size);

    OPENSSL_free (data);
    return der;
}

static TouCrl *
parse (X509_CRL *crl, GError **error)
{
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    g_autoptr (GBytes) der = to_der (crl);

    return tou_crl_parse (der, issuers, error);
}

static void
assert_not_parsed (X509_CRL *crl, TouProofError code)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (parse (crl, &error));
    g_assert_error (error, TOU_PROOF_ERROR, (int) code);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

static void
sign_again (X509_CRL *crl)
{
    g_assert_cmpint (X509_CRL_sign (crl, tou_practice_ca_get_key (fixture_get_ca ()), EVP_sha256 ()), >, 0);
}

static void
test_look_up (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) revoked = fixture_issue (NULL);
    g_autoptr (X509) good = fixture_issue (NULL);
    g_autofree char *serial = dup_serial (revoked);
    const char *serials[] = { "0A", serial, "FF00", NULL };
    g_autoptr (X509_CRL) list = issue (fixture_get_ca (), serials);
    g_autoptr (TouCrl) crl = parse (list, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (tou_crl_get_n_entries (crl), ==, 3);
    g_assert_true (tou_crl_check (crl, good, &error));
    g_assert_no_error (error);
    g_assert_false (tou_crl_check (crl, revoked, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_REVOKED);
}

/* "Not on the list" says nothing when the list is old or another's. */
static void
test_covers (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (X509) foreign = fixture_issue (NULL);
    const char *none[] = { NULL };
    g_autoptr (X509_CRL) list = issue (fixture_get_ca (), none);
    g_autoptr (TouCrl) crl = parse (list, &error);

    g_assert_no_error (error);
    X509_set_issuer_name (foreign, X509_get_subject_name (certificate));
    g_assert_true (tou_crl_covers (crl, certificate, FIXTURE_NOW_US));
    g_assert_false (tou_crl_covers (crl, certificate, FIXTURE_NOW_US - G_USEC_PER_SEC));
    g_assert_false (tou_crl_covers (crl, certificate, FIXTURE_NOW_US + 2 * FIXTURE_DAY_US));
    g_assert_false (tou_crl_covers (crl, foreign, FIXTURE_NOW_US));
}

/* An empty list by anyone who took the authority's name would un-revoke every card. */
static void
test_forged (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) other = tou_practice_ca_new (&error);
    const char *none[] = { NULL };
    g_autoptr (X509_CRL) same_name = NULL;
    g_autoptr (X509_CRL) other_name = NULL;
    g_autoptr (X509) card = fixture_issue (NULL);

    g_assert_no_error (error);
    same_name = issue (other, none);
    assert_not_parsed (same_name, TOU_PROOF_ERROR_SIGNATURE);
    other_name = X509_CRL_dup (same_name);
    X509_CRL_set_issuer_name (other_name, X509_get_subject_name (card));
    sign_again (other_name);
    assert_not_parsed (other_name, TOU_PROOF_ERROR_CHAIN);
}

/* Lists that hold only a part: taken for full ones they would let revoked cards pass. */
static void
test_partial_kinds (void)
{
    const char *none[] = { NULL };
    g_autoptr (X509_CRL) delta = issue (fixture_get_ca (), none);
    g_autoptr (X509_CRL) indirect = issue (fixture_get_ca (), none);
    g_autoptr (X509_CRL) plain = issue (fixture_get_ca (), none);
    g_autoptr (ASN1_INTEGER) base = ASN1_INTEGER_new ();
    g_autoptr (ISSUING_DIST_POINT) point = ISSUING_DIST_POINT_new ();
    g_autoptr (ISSUING_DIST_POINT) only_users = ISSUING_DIST_POINT_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (TouCrl) crl = NULL;

    ASN1_INTEGER_set (base, 1);
    g_assert_cmpint (X509_CRL_add1_ext_i2d (delta, NID_delta_crl, base, 1, 0), ==, 1);
    sign_again (delta);
    assert_not_parsed (delta, TOU_PROOF_ERROR_MALFORMED);

    point->indirectCRL = 0xff;
    g_assert_cmpint (X509_CRL_add1_ext_i2d (indirect, NID_issuing_distribution_point, point, 1, 0), ==, 1);
    sign_again (indirect);
    assert_not_parsed (indirect, TOU_PROOF_ERROR_MALFORMED);

    only_users->onlyuser = 0xff;
    g_assert_cmpint (X509_CRL_add1_ext_i2d (plain, NID_issuing_distribution_point, only_users, 1, 0), ==, 1);
    sign_again (plain);
    crl = parse (plain, &error);
    g_assert_no_error (error);
    g_assert_nonnull (crl);
}

static void
test_pem_file (void)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp ("touroku-XXXXXX.crl", &path, &error);
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    const char *serials[] = { "0A", NULL };
    g_autoptr (X509_CRL) list = issue (fixture_get_ca (), serials);
    g_autoptr (TouCrl) crl = NULL;

    g_assert_no_error (error);
    close (fd);
    g_assert_true (tou_practice_pem_save_crl (list, path, &error));
    crl = tou_crl_load (path, issuers, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (tou_crl_get_n_entries (crl), ==, 1);
    unlink (path);
    g_assert_null (tou_crl_load (path, issuers, &error));
    g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_broken (void)
{
    const char *serials[] = { "0A", NULL };
    g_autoptr (TouIssuers) issuers = fixture_load_issuers (fixture_get_ca ());
    g_autoptr (X509_CRL) list = issue (fixture_get_ca (), serials);
    g_autoptr (GBytes) der = to_der (list);
    gsize size = g_bytes_get_size (der);

    for (gsize length = 0; length < size; length += 7) {
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) part = g_bytes_new_from_bytes (der, 0, length);

        g_assert_null (tou_crl_parse (part, issuers, &error));
        g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED);
    }
}

/* A real authority's list: would catch a look-up that walks it (a thousand walks take minutes). */
static void
test_many (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) revoked = fixture_issue (NULL);
    g_autoptr (X509) good = fixture_issue (NULL);
    g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (X509_CRL) list = NULL;
    g_autoptr (TouCrl) crl = NULL;
    gint64 start;

    for (int i = 1; i < N_MANY; i++)
        g_ptr_array_add (serials, g_strdup_printf ("%X", i * 7));
    g_ptr_array_add (serials, dup_serial (revoked));
    g_ptr_array_add (serials, NULL);
    list = issue (fixture_get_ca (), (const char *const *) serials->pdata);
    crl = parse (list, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (tou_crl_get_n_entries (crl), ==, N_MANY);
    start = g_get_monotonic_time ();
    for (int i = 0; i < 1000; i++) {
        g_assert_true (tou_crl_check (crl, good, NULL));
        g_assert_false (tou_crl_check (crl, revoked, NULL));
    }
    g_test_message ("2000 look-ups: %" G_GINT64_FORMAT " us", g_get_monotonic_time () - start);
    g_assert_cmpint (g_get_monotonic_time () - start, <, MAX_LOOK_UPS_US);
}

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/crl/look-up", test_look_up);
    g_test_add_func ("/crl/covers", test_covers);
    g_test_add_func ("/crl/forged", test_forged);
    g_test_add_func ("/crl/partial-kinds", test_partial_kinds);
    g_test_add_func ("/crl/pem-file", test_pem_file);
    g_test_add_func ("/crl/broken", test_broken);
    g_test_add_func ("/crl/many", test_many);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
