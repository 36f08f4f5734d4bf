/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-ca.h"

#include "tou-openssl-error.h"
#include "tou-practice-pem.h"

#include <string.h>

#define CERTIFICATE_FILE "ca.pem"
#define KEY_FILE "ca.key"
#define KEY_BITS 2048
/* 2020-01-01 to 2049-12-31, whatever the dates of what is issued. */
#define VALID_FROM_US (G_GINT64_CONSTANT (1577836800) * G_USEC_PER_SEC)
#define VALID_TO_US (G_GINT64_CONSTANT (2524521600) * G_USEC_PER_SEC)
/* Below the arc that is kept for examples. */
#define POLICY_OID "2.999.1.1"
#define SERIAL_BITS 126

struct _TouPracticeCa {
    EVP_PKEY *key;
    X509 *certificate;
};

typedef struct {
    int nid;
    const char *value; /* as in openssl's x509v3_config(5) */
} Extension;

typedef struct {
    int nid;
    const char *value; /* UTF-8, %NULL: left out */
} Attribute;

void
tou_practice_ca_free (TouPracticeCa *self)
{
    EVP_PKEY_free (self->key);
    X509_free (self->certificate);
    g_free (self);
}

static gboolean
set_failed (GError **error, const char *what)
{
    tou_openssl_set_error (error, TOU_PROOF_ERROR_FAILED, what);
    return FALSE;
}

/* Ends at an attribute with nid 0. The type is given, because OpenSSL's choice by attribute would cut
 * names at the bounds of X.520. */
static X509_NAME *
new_name (const Attribute *attributes)
{
    g_autoptr (X509_NAME) name = X509_NAME_new ();

    for (; attributes->nid != 0; attributes++) {
        int type = attributes->nid == NID_countryName ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING;
        const guint8 *value = (const guint8 *) attributes->value;

        if (value != NULL && !X509_NAME_add_entry_by_NID (name, attributes->nid, type, value, -1, -1, 0))
            return NULL;
    }
    return g_steal_pointer (&name);
}

static gboolean
set_random_serial (X509 *certificate)
{
    g_autoptr (BIGNUM) number = BN_new ();

    return BN_rand (number, SERIAL_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY)
           && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (certificate)) != NULL;
}

static gboolean
set_validity (X509 *certificate, gint64 not_before_us, gint64 not_after_us)
{
    return ASN1_TIME_set (X509_getm_notBefore (certificate), not_before_us / G_USEC_PER_SEC) != NULL
           && ASN1_TIME_set (X509_getm_notAfter (certificate), not_after_us / G_USEC_PER_SEC) != NULL;
}

static X509 *
start_certificate (const Attribute *subject, EVP_PKEY *key, gint64 not_before_us, gint64 not_after_us)
{
    g_autoptr (X509) certificate = X509_new ();
    g_autoptr (X509_NAME) name = new_name (subject);

    if (name != NULL && X509_set_version (certificate, X509_VERSION_3) && set_random_serial (certificate)
        && set_validity (certificate, not_before_us, not_after_us)
        && X509_set_subject_name (certificate, name) && X509_set_pubkey (certificate, key))
        return g_steal_pointer (&certificate);
    return NULL;
}

/* Ends at an extension with nid 0. */
static gboolean
add_extensions (X509 *certificate, X509 *issuer, const Extension *extensions)
{
    /* Empty, but certificatePolicies asks for one. */
    g_autoptr (CONF) database = NCONF_new (NULL);
    X509V3_CTX context;

    X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);
    X509V3_set_nconf (&context, database);
    for (; extensions->nid != 0; extensions++) {
        g_autoptr (X509_EXTENSION) extension = NULL;

        if (extensions->value == NULL)
            continue;
        extension = X509V3_EXT_nconf_nid (NULL, &context, extensions->nid, extensions->value);
        if (extension == NULL || !X509_add_ext (certificate, extension, -1))
            return FALSE;
    }
    return TRUE;
}

static X509 *
finish_certificate (TouPracticeCa *self, X509 *certificate, const Extension *extensions, GError **error)
{
    if (certificate != NULL && X509_set_issuer_name (certificate, X509_get_subject_name (self->certificate))
        && add_extensions (certificate, self->certificate, extensions)
        && X509_sign (certificate, self->key, EVP_sha256 ()) > 0)
        return X509_dup (certificate);
    set_failed (error, "No certificate");
    return NULL;
}

static gboolean
make_own_certificate (TouPracticeCa *self, GError **error)
{
    static const Attribute subject[] = {
        { NID_countryName, "JP" },
        { NID_organizationName, "Touroku Practice" },
        { NID_organizationalUnitName, "Practice Certification Authority" },
        { NID_commonName, "Touroku Practice CA" },
        { 0 },
    };
    static const Extension extensions[] = {
        { NID_basic_constraints, "critical,CA:TRUE" },
        { NID_key_usage, "critical,keyCertSign,cRLSign" },
        { NID_subject_key_identifier, "hash" },
        { 0 },
    };

    self->certificate = start_certificate (subject, self->key, VALID_FROM_US, VALID_TO_US);
    if (self->certificate != NULL
        && X509_set_issuer_name (self->certificate, X509_get_subject_name (self->certificate))
        && add_extensions (self->certificate, self->certificate, extensions)
        && X509_sign (self->certificate, self->key, EVP_sha256 ()) > 0)
        return TRUE;
    return set_failed (error, "No authority");
}

TouPracticeCa *
tou_practice_ca_new (GError **error)
{
    g_autoptr (TouPracticeCa) self = g_new0 (TouPracticeCa, 1);

    self->key = tou_practice_key_new_rsa (KEY_BITS, error);
    if (self->key == NULL || !make_own_certificate (self, error))
        return NULL;
    return g_steal_pointer (&self);
}

gboolean
tou_practice_ca_save (TouPracticeCa *self, const char *folder, GError **error)
{
    g_autofree char *key_path = g_build_filename (folder, KEY_FILE, NULL);
    g_autofree char *certificate_path = g_build_filename (folder, CERTIFICATE_FILE, NULL);

    /* The certificate last: where it is, there is a key. */
    return tou_practice_pem_save_key (self->key, key_path, error)
           && tou_practice_pem_save_certificate (self->certificate, certificate_path, error);
}

TouPracticeCa *
tou_practice_ca_load (const char *folder, GError **error)
{
    g_autofree char *key_path = g_build_filename (folder, KEY_FILE, NULL);
    g_autofree char *certificate_path = g_build_filename (folder, CERTIFICATE_FILE, NULL);
    g_autoptr (TouPracticeCa) self = g_new0 (TouPracticeCa, 1);

    self->certificate = tou_practice_pem_load_certificate (certificate_path, error);
    if (self->certificate == NULL)
        return NULL;
    self->key = tou_practice_pem_load_key (key_path, error);
    if (self->key == NULL)
        return NULL;
    if (X509_check_private_key (self->certificate, self->key) != 1) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "The authority's key is another one");
        return NULL;
    }
    return g_steal_pointer (&self);
}

X509 *
tou_practice_ca_get_certificate (TouPracticeCa *self)
{
    return self->certificate;
}

EVP_PKEY *
tou_practice_ca_get_key (TouPracticeCa *self)
{
    return self->key;
}

/* By hand: "dirName" in a configuration would store every UTF-8 byte as a character of its own. */
static gboolean
add_directory_name (X509 *certificate, const Attribute *attributes)
{
    g_autoptr (GENERAL_NAMES) names = GENERAL_NAMES_new ();
    g_autoptr (GENERAL_NAME) general = GENERAL_NAME_new ();
    g_autoptr (X509_NAME) name = new_name (attributes);

    if (name == NULL || X509_NAME_entry_count (name) == 0)
        return name != NULL;
    GENERAL_NAME_set0_value (general, GEN_DIRNAME, g_steal_pointer (&name));
    if (!sk_GENERAL_NAME_push (names, general))
        return FALSE;
    general = NULL;
    return X509_add1_ext_i2d (certificate, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1;
}

static X509 *
start_card (const TouPracticeCardFacts *facts, EVP_PKEY *key)
{
    const Attribute subject[] = {
        { NID_countryName, "JP" },
        { NID_organizationName, facts->company_roman },
        { NID_commonName, facts->holder_roman },
        { 0 },
    };
    const Attribute kanji[] = {
        { NID_organizationIdentifier, facts->company_number },
        { NID_organizationName, facts->company },
        { NID_streetAddress, facts->address },
        { NID_commonName, facts->holder },
        { 0 },
    };
    g_autoptr (X509) certificate = start_certificate (subject, key, facts->not_before_us,
                                                      facts->not_after_us);

    if (certificate == NULL || !add_directory_name (certificate, kanji))
        return NULL;
    return g_steal_pointer (&certificate);
}

X509 *
tou_practice_ca_issue_card (TouPracticeCa *self, const TouPracticeCardFacts *facts, EVP_PKEY *key,
                            GError **error)
{
    g_autofree char *crl = facts->crl_url != NULL ? g_strconcat ("URI:", facts->crl_url, NULL) : NULL;
    const Extension extensions[] = {
        { NID_key_usage, facts->key_use == TOU_PRACTICE_KEY_USE_SIGNING
                             ? "critical,digitalSignature,nonRepudiation"
                             : "critical,keyEncipherment" },
        { NID_subject_key_identifier, "hash" },
        { NID_authority_key_identifier, "keyid:always" },
        { NID_certificate_policies, POLICY_OID },
        { NID_crl_distribution_points, crl },
        { 0 },
    };
    g_autoptr (X509) certificate = start_card (facts, key);

    return finish_certificate (self, certificate, extensions, error);
}

X509 *
tou_practice_ca_issue_tls (TouPracticeCa *self, EVP_PKEY *key, gint64 not_before_us, gint64 not_after_us,
                           GError **error)
{
    static const Attribute subject[] = {
        { NID_countryName, "JP" },
        { NID_organizationName, "Touroku Practice" },
        { NID_commonName, "localhost" },
        { 0 },
    };
    static const Extension extensions[] = {
        { NID_basic_constraints, "critical,CA:FALSE" },
        { NID_key_usage, "critical,digitalSignature,keyEncipherment" },
        { NID_ext_key_usage, "serverAuth" },
        { NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost" },
        { NID_subject_key_identifier, "hash" },
        { NID_authority_key_identifier, "keyid:always" },
        { 0 },
    };
    g_autoptr (X509) certificate = start_certificate (subject, key, not_before_us, not_after_us);

    return finish_certificate (self, certificate, extensions, error);
}

X509 *
tou_practice_ca_issue_receipt_signer (TouPracticeCa *self, EVP_PKEY *key, gint64 not_before_us,
                                      gint64 not_after_us, GError **error)
{
    static const Attribute subject[] = {
        { NID_countryName, "JP" },
        { NID_organizationName, "Touroku Practice" },
        { NID_commonName, "Touroku Practice Receipts" },
        { 0 },
    };
    static const Extension extensions[] = {
        { NID_basic_constraints, "critical,CA:FALSE" },
        { NID_key_usage, "critical,digitalSignature" },
        { NID_subject_key_identifier, "hash" },
        { NID_authority_key_identifier, "keyid:always" },
        { 0 },
    };
    g_autoptr (X509) certificate = start_certificate (subject, key, not_before_us, not_after_us);

    return finish_certificate (self, certificate, extensions, error);
}

static gboolean
add_revoked (X509_CRL *crl, const char *serial, const ASN1_TIME *date)
{
    g_autoptr (X509_REVOKED) revoked = X509_REVOKED_new ();
    g_autoptr (ASN1_INTEGER) number = NULL;
    BIGNUM *parsed = NULL;

    if (strspn (serial, "0123456789abcdefABCDEF") != strlen (serial) || BN_hex2bn (&parsed, serial) == 0)
        return FALSE;
    number = BN_to_ASN1_INTEGER (parsed, NULL);
    BN_free (parsed);
    if (number == NULL || !X509_REVOKED_set_serialNumber (revoked, number)
        || !X509_REVOKED_set_revocationDate (revoked, (ASN1_TIME *) date))
        return FALSE;
    return X509_CRL_add0_revoked (crl, g_steal_pointer (&revoked)) == 1;
}

static gboolean
add_crl_extensions (TouPracticeCa *self, X509_CRL *crl, gint64 number)
{
    g_autoptr (ASN1_INTEGER) crl_number = ASN1_INTEGER_new ();
    g_autoptr (X509_EXTENSION) key_id = NULL;
    X509V3_CTX context;

    X509V3_set_ctx_nodb (&context);
    X509V3_set_ctx (&context, self->certificate, NULL, NULL, crl, 0);
    key_id = X509V3_EXT_nconf_nid (NULL, &context, NID_authority_key_identifier, "keyid:always");
    return key_id != NULL && X509_CRL_add_ext (crl, key_id, -1) && ASN1_INTEGER_set_int64 (crl_number, number)
           && X509_CRL_add1_ext_i2d (crl, NID_crl_number, crl_number, 0, X509V3_ADD_DEFAULT) == 1;
}

static gboolean
fill_crl (TouPracticeCa *self, X509_CRL *crl, const char *const *serials, gint64 this_update_us,
          gint64 next_update_us)
{
    g_autoptr (ASN1_TIME) this_update = ASN1_TIME_set (NULL, this_update_us / G_USEC_PER_SEC);
    g_autoptr (ASN1_TIME) next_update = ASN1_TIME_set (NULL, next_update_us / G_USEC_PER_SEC);

    if (this_update == NULL || next_update == NULL || !X509_CRL_set_version (crl, X509_CRL_VERSION_2)
        || !X509_CRL_set_issuer_name (crl, X509_get_subject_name (self->certificate))
        || !X509_CRL_set1_lastUpdate (crl, this_update) || !X509_CRL_set1_nextUpdate (crl, next_update))
        return FALSE;
    for (; *serials != NULL; serials++) {
        if (!add_revoked (crl, *serials, this_update))
            return FALSE;
    }
    X509_CRL_sort (crl);
    return add_crl_extensions (self, crl, this_update_us);
}

X509_CRL *
tou_practice_ca_issue_crl (TouPracticeCa *self, const char *const *serials, gint64 this_update_us,
                           gint64 next_update_us, GError **error)
{
    g_autoptr (X509_CRL) crl = X509_CRL_new ();

    if (fill_crl (self, crl, serials, this_update_us, next_update_us)
        && X509_CRL_sign (crl, self->key, EVP_sha256 ()) > 0)
        return g_steal_pointer (&crl);
    set_failed (error, "No CRL");
    return NULL;
}
