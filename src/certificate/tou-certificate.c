/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-certificate.h"

#include "tou-asn1-text.h"

#include <openssl/err.h>
#include <string.h>
#include <time.h>

#define VALUE_SEPARATOR " / "
#define PART_SEPARATOR ", "

/* Where a text of TouCardCertificate stands. The accepted authorities differ; a profile for one of them would
 * be other rows. Rows of one field are tried from the top; the attributes of a row make one text. */
typedef struct {
    gsize field; /* offset in TouCardCertificate */
    gboolean is_subject;
    int attributes[4]; /* NIDs, to the first 0 */
} Place;

#define FIELD(name) G_STRUCT_OFFSET (TouCardCertificate, name)

static const Place places[] = {
    { FIELD (company), FALSE, { NID_organizationName } },
    { FIELD (company), TRUE, { NID_organizationName } },
    { FIELD (holder), FALSE, { NID_commonName } },
    { FIELD (holder), TRUE, { NID_commonName } },
    { FIELD (company_number), FALSE, { NID_organizationIdentifier } },
    { FIELD (company_number), TRUE, { NID_organizationIdentifier } },
    /* Not from the subject: there it is the company's or the issuer's place. */
    { FIELD (address), FALSE, { NID_postalAddress } },
    { FIELD (address), FALSE, { NID_stateOrProvinceName, NID_localityName, NID_streetAddress } },
};

static const int issuer_attributes[] = { NID_organizationName, NID_organizationalUnitName, NID_commonName };

static gboolean
append_attribute (GString *text, const X509_NAME *name, int nid)
{
    const char *separator = "";
    gsize before = text->len;
    int at = -1;

    while ((at = X509_NAME_get_index_by_NID (name, nid, at)) >= 0) {
        gsize start = text->len;

        if (text->len - before > TOU_ASN1_TEXT_MAX_CHARS * 6)
            break;
        g_string_append (text, separator);
        if (tou_asn1_append_text (text, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, at))))
            separator = VALUE_SEPARATOR;
        else
            g_string_truncate (text, start);
    }
    return text->len > before;
}

static char *
dup_from_name (const X509_NAME *name, const Place *place)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (place->attributes) && place->attributes[i] != 0; i++)
        append_attribute (text, name, place->attributes[i]);
    return tou_asn1_finish_text (text->str);
}

static char *
dup_from_alternative_names (const GENERAL_NAMES *names, const Place *place)
{
    for (int i = 0; i < sk_GENERAL_NAME_num (names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value (names, i);
        char *text;

        if (name->type != GEN_DIRNAME)
            continue;
        text = dup_from_name (name->d.directoryName, place);
        if (text != NULL)
            return text;
    }
    return NULL;
}

static void
read_texts (TouCardCertificate *self, X509 *certificate)
{
    g_autoptr (GENERAL_NAMES) names = X509_get_ext_d2i (certificate, NID_subject_alt_name, NULL, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
        char **field = G_STRUCT_MEMBER_P (self, places[i].field);

        if (*field == NULL && places[i].is_subject)
            *field = dup_from_name (X509_get_subject_name (certificate), &places[i]);
        else if (*field == NULL)
            *field = dup_from_alternative_names (names, &places[i]);
    }
    ERR_clear_error ();
}

/* An issuer without the usual attributes: all of its name. */
static char *
dup_whole_name (const X509_NAME *name)
{
    g_autoptr (BIO) line = BIO_new (BIO_s_mem ());
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (ASN1_OCTET_STRING) printed = ASN1_STRING_type_new (V_ASN1_UTF8STRING);
    char *data = NULL;
    char *whole;
    long size;

    X509_NAME_print_ex (line, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    size = BIO_get_mem_data (line, &data);
    ASN1_STRING_set (printed, data, (int) MAX (size, 0));
    tou_asn1_append_text (text, printed);
    ERR_clear_error ();
    whole = tou_asn1_finish_text (text->str);
    return whole != NULL ? whole : g_strdup ("");
}

static char *
dup_issuer (const X509_NAME *name)
{
    g_autoptr (GString) line = g_string_new (NULL);
    char *text;

    for (gsize i = 0; i < G_N_ELEMENTS (issuer_attributes); i++) {
        gsize start = line->len;

        if (start > 0)
            g_string_append (line, PART_SEPARATOR);
        if (!append_attribute (line, name, issuer_attributes[i]))
            g_string_truncate (line, start);
    }
    text = tou_asn1_finish_text (line->str);
    return text != NULL ? text : dup_whole_name (name);
}

static char *
dup_serial (X509 *certificate)
{
    g_autoptr (BIGNUM) number = ASN1_INTEGER_to_BN (X509_get0_serialNumber (certificate), NULL);
    char *hex = number != NULL ? BN_bn2hex (number) : NULL;
    const char *digits = hex != NULL ? hex + strspn (hex, "0") : "";
    char *serial = g_strdup (*digits != '\0' ? digits : "0");

    OPENSSL_free (hex);
    return serial;
}

/* Every time of RFC 5280 fits; one that does not decode is before and after nothing. */
static gint64
read_time (const ASN1_TIME *time)
{
    struct tm parts = { 0 };

    if (ASN1_TIME_to_tm (time, &parts) != 1)
        return 0;
    return (gint64) timegm (&parts) * G_USEC_PER_SEC;
}

static TouKeyUse
read_key_use (X509 *certificate)
{
    guint32 bits = X509_get_key_usage (certificate);
    TouKeyUse use = TOU_KEY_USE_NONE;

    if (!(X509_get_extension_flags (certificate) & EXFLAG_KUSAGE))
        return TOU_KEY_USE_ANY;
    if (bits & KU_DIGITAL_SIGNATURE)
        use |= TOU_KEY_USE_DIGITAL_SIGNATURE;
    if (bits & KU_NON_REPUDIATION)
        use |= TOU_KEY_USE_NON_REPUDIATION;
    return use;
}

static guint
read_key_bits (X509 *certificate)
{
    EVP_PKEY *key = X509_get0_pubkey (certificate);
    int bits = key != NULL ? EVP_PKEY_get_bits (key) : 0;

    ERR_clear_error ();
    return MAX (bits, 0);
}

TouCardCertificate *
tou_certificate_read (GBytes *der, GError **error)
{
    g_autoptr (X509) certificate = tou_x509_from_der (der, error);
    TouCardCertificate *self;

    if (certificate == NULL)
        return NULL;
    self = tou_card_certificate_new ();
    self->der = g_bytes_ref (der);
    self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);
    read_texts (self, certificate);
    self->serial = dup_serial (certificate);
    self->issuer = dup_issuer (X509_get_issuer_name (certificate));
    self->not_before_us = read_time (X509_get0_notBefore (certificate));
    self->not_after_us = read_time (X509_get0_notAfter (certificate));
    self->key_use = read_key_use (certificate);
    self->is_ca = X509_check_ca (certificate) > 0;
    self->key_bits = read_key_bits (certificate);
    return self;
}
