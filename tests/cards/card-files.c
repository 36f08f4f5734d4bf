/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

#include "card-files.h"

#include "tou-practice-making.h"
#include "tou-practice-pem.h"

#include <glib/gstdio.h>
#include <openssl/encoder.h>

#define KEY_BITS 2048
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static void
write_file (const char *folder, const char *name, const guint8 *data, int size)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GError *error = NULL;

    (void) g_file_set_contents (path, (const char *) data, size, &error);
    g_assert_no_error (error);
}

static void
write_certificate (const char *folder, const char *name, X509 *certificate)
{
    guint8 *der = NULL;
    int size = i2d_X509 (certificate, &der);

    g_assert_cmpint (size, >, 0);
    write_file (folder, name, der, size);
    OPENSSL_free (der);
}

static void
write_key (const char *folder, const char *name, EVP_PKEY *key)
{
    OSSL_ENCODER_CTX *encoder = OSSL_ENCODER_CTX_new_for_pkey (key, EVP_PKEY_KEYPAIR, "DER", "type-specific",
                                                               NULL);
    guint8 *der = NULL;
    gsize size = 0;

    g_assert_true (OSSL_ENCODER_to_data (encoder, &der, &size));
    write_file (folder, name, der, (int) size);
    OPENSSL_free (der);
    OSSL_ENCODER_CTX_free (encoder);
}

static X509 *
issue_authentication (TouPracticeCa *ca, const TouPracticeCardRole *role, gint64 now_us, EVP_PKEY *key,
                      GError **error)
{
    const TouPracticeCardFacts facts = {
        .holder = role->holder,
        .holder_roman = role->holder_roman,
        .not_before_us = now_us - DAY_US,
        .not_after_us = now_us + 365 * DAY_US,
        .key_use = TOU_PRACTICE_KEY_USE_ENCRYPTION,
    };

    return tou_practice_ca_issue_card (ca, &facts, key, error);
}

/* @signature: issues the certificate of the signature key */
typedef X509 *(*Issue) (TouPracticeCa *ca, const TouPracticeCardRole *role, gint64 now_us, EVP_PKEY *key,
                        GError **error);

static void
write_card (TouPracticeCa *ca, const char *folder, const TouPracticeCardRole *role, gint64 now_us,
            Issue issue)
{
    GError *error = NULL;
    g_autoptr (EVP_PKEY) signature_key = tou_practice_key_new_rsa (KEY_BITS, &error);
    g_autoptr (EVP_PKEY) authentication_key = tou_practice_key_new_rsa (KEY_BITS, &error);
    g_autoptr (X509) signature = issue (ca, role, now_us, signature_key, &error);
    g_autoptr (X509) authentication = issue_authentication (ca, role, now_us, authentication_key, &error);

    g_assert_no_error (error);
    g_assert_no_errno (g_mkdir (folder, 0700));
    write_key (folder, "signature.key", signature_key);
    write_key (folder, "authentication.key", authentication_key);
    write_certificate (folder, "signature.der", signature);
    write_certificate (folder, "authentication.der", authentication);
    write_certificate (folder, "authority.der", tou_practice_ca_get_certificate (ca));
}

/* As few attributes as a card can have: under 1 kB, as the certificates that other programs were measured
 * with. */
static X509 *
issue_small (TouPracticeCa *ca, const TouPracticeCardRole *role, gint64 now_us, EVP_PKEY *key, GError **error)
{
    const TouPracticeCardFacts facts = {
        .company = "桜川建設",
        .holder = role->holder,
        .holder_roman = role->holder_roman,
        .not_before_us = now_us - DAY_US,
        .not_after_us = now_us + 365 * DAY_US,
        .key_use = TOU_PRACTICE_KEY_USE_SIGNING,
    };

    return tou_practice_ca_issue_card (ca, &facts, key, error);
}

void
card_files_write (TouPracticeCa *ca, const char *folder, gint64 now_us)
{
    guint n;
    const TouPracticeCardRole *roles = tou_practice_cast_get_cards (&n);
    g_autofree char *small = g_build_filename (folder, "small", NULL);

    for (guint i = 0; i < n; i++) {
        g_autofree char *own = g_build_filename (folder, roles[i].id, NULL);

        write_card (ca, own, &roles[i], now_us, tou_practice_making_issue_card);
    }
    write_card (ca, small, &roles[0], now_us, issue_small);
}
