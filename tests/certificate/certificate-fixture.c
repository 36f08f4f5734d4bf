/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "certificate-fixture.h"

#include <openssl/err.h>
#include <string.h>

#define KEY_BITS 2048

static TouPracticeCa *ca;
static EVP_PKEY *card_key;

TouPracticeCa *
fixture_get_ca (void)
{
    g_autoptr (GError) error = NULL;

    if (ca == NULL)
        ca = tou_practice_ca_new (&error);
    g_assert_no_error (error);
    return ca;
}

EVP_PKEY *
fixture_get_key (void)
{
    g_autoptr (GError) error = NULL;

    if (card_key == NULL)
        card_key = tou_practice_key_new_rsa (KEY_BITS, &error);
    g_assert_no_error (error);
    return card_key;
}

void
fixture_tear_down (void)
{
    g_clear_pointer (&ca, tou_practice_ca_free);
    g_clear_pointer (&card_key, EVP_PKEY_free);
}

TouPracticeCardFacts
fixture_card_facts (void)
{
    return (TouPracticeCardFacts){
        .company = FIXTURE_COMPANY,
        .holder = FIXTURE_HOLDER,
        .address = FIXTURE_ADDRESS,
        .company_number = FIXTURE_NUMBER,
        .company_roman = "Touroku Kensetsu K.K.",
        .holder_roman = "Taro Yamada",
        .crl_url = "http://127.0.0.1:8080/ca.crl",
        .not_before_us = FIXTURE_NOW_US - 365 * FIXTURE_DAY_US,
        .not_after_us = FIXTURE_NOW_US + 365 * FIXTURE_DAY_US,
    };
}

X509 *
fixture_issue (const TouPracticeCardFacts *facts)
{
    g_autoptr (GError) error = NULL;
    TouPracticeCardFacts defaults = fixture_card_facts ();
    X509 *certificate = tou_practice_ca_issue_card (fixture_get_ca (), facts != NULL ? facts : &defaults,
                                                    fixture_get_key (), &error);

    g_assert_no_error (error);
    return certificate;
}

TouIssuers *
fixture_load_issuers (TouPracticeCa *of)
{
    g_autoptr (GError) error = NULL;
    char *text = tou_practice_pem_from_certificate (tou_practice_ca_get_certificate (of));
    g_autoptr (GBytes) pem = g_bytes_new_take (text, strlen (text));
    TouIssuers *issuers = tou_issuers_parse (pem, &error);

    g_assert_no_error (error);
    return issuers;
}

void
fixture_resign (X509 *certificate)
{
    g_assert_cmpint (X509_sign (certificate, tou_practice_ca_get_key (fixture_get_ca ()), EVP_sha256 ()), >,
                     0);
}

X509 *
fixture_issue_with_name (X509_NAME *name)
{
    g_autoptr (GENERAL_NAMES) names = GENERAL_NAMES_new ();
    X509 *certificate = fixture_issue (NULL);
    int at = X509_get_ext_by_NID (certificate, NID_subject_alt_name, -1);

    X509_EXTENSION_free (X509_delete_ext (certificate, at));
    if (name != NULL) {
        GENERAL_NAME *general = GENERAL_NAME_new ();

        GENERAL_NAME_set0_value (general, GEN_DIRNAME, name);
        sk_GENERAL_NAME_push (names, general);
        g_assert_cmpint (X509_add1_ext_i2d (certificate, NID_subject_alt_name, names, 0, 0), ==, 1);
    }
    fixture_resign (certificate);
    return certificate;
}

X509 *
fixture_issue_with_alternative_name (const guint8 *der, gsize size)
{
    X509 *certificate = fixture_issue (NULL);
    g_autoptr (ASN1_OCTET_STRING) data = ASN1_OCTET_STRING_new ();
    int at = X509_get_ext_by_NID (certificate, NID_subject_alt_name, -1);

    ASN1_OCTET_STRING_set (data, der, (int) size);
    X509_EXTENSION_set_data (X509_get_ext (certificate, at), data);
    fixture_resign (certificate);
    return certificate;
}

TouCardCertificate *
fixture_read (X509 *certificate, TouCardProfiles *profiles)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    TouCardCertificate *facts = tou_certificate_read_with_profiles (der, profiles, &error);

    g_assert_no_error (error);
    fixture_assert_shown (facts);
    return facts;
}

void
fixture_assert_shown (const TouCardCertificate *facts)
{
    const char *const texts[] = { facts->company, facts->company_number, facts->holder,
                                  facts->address, facts->issuer,         facts->serial };

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        /* Two more enclose a text from right to left. */
        g_assert_true (texts[i] == NULL
                       || (g_utf8_validate (texts[i], -1, NULL) && strchr (texts[i], '\n') == NULL
                           && g_utf8_strlen (texts[i], -1) <= 256 + 2));
    }
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}
