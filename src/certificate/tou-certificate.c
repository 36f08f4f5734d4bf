/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-certificate.h"

#include "tou-asn1-text.h"
#include "tou-shown-text.h"
#include "tou-name-attributes.h"
#include "tou-x509-parse.h"

#include <openssl/err.h>
#include <string.h>
#include <time.h>

#define PART_SEPARATOR ", "

/* Of TouCardCertificate, in the order of TouCardFact. */
static const gsize fact_fields[TOU_N_CARD_FACTS] = {
    G_STRUCT_OFFSET (TouCardCertificate, company),
    G_STRUCT_OFFSET (TouCardCertificate, company_number),
    G_STRUCT_OFFSET (TouCardCertificate, holder),
    G_STRUCT_OFFSET (TouCardCertificate, address),
};

static const int issuer_types[] = { NID_organizationName, NID_organizationalUnitName, NID_commonName };

/* Where the texts of a certificate may stand. */
typedef struct {
    TouNameAttributes *subject;
    TouAlternativeNames *alternative;
} Names;

/* @attributes: short names or OIDs; an unknown one is in no name. Returns: (transfer full) (nullable) */
static char *
dup_text (const TouNameAttributes *name, const char *const *attributes)
{
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; attributes[i] != NULL; i++) {
        g_autoptr (ASN1_OBJECT) type = OBJ_txt2obj (attributes[i], 0);

        if (type != NULL)
            tou_name_attributes_append (name, type, text);
    }
    return tou_shown_text_finish (text->str);
}

static char *
dup_from_directory_names (const Names *names, const char *const *attributes)
{
    const GPtrArray *directories = names->alternative->directory_names;

    for (guint i = 0; i < directories->len; i++) {
        char *text = dup_text (g_ptr_array_index (directories, i), attributes);

        if (text != NULL)
            return text;
    }
    return NULL;
}

static char *
dup_from_place (const Names *names, const TouCardPlace *place)
{
    switch (place->kind) {
    case TOU_CARD_PLACE_ALTERNATIVE:
        return dup_from_directory_names (names, place->attributes);
    case TOU_CARD_PLACE_OTHER:
        return dup_text (names->alternative->other_names, place->attributes);
    case TOU_CARD_PLACE_SUBJECT:
    default:
        return dup_text (names->subject, place->attributes);
    }
}

static char *
dup_fact (const Names *names, const TouCardProfile *profile, TouCardFact fact)
{
    guint n_places;
    const TouCardPlace *places = tou_card_profile_get_places (profile, fact, &n_places);

    for (guint i = 0; i < n_places; i++) {
        char *text = dup_from_place (names, &places[i]);

        if (text != NULL)
            return text;
    }
    return NULL;
}

static void
read_texts (TouCardCertificate *self, const X509 *certificate)
{
    g_autoptr (TouNameAttributes) subject = tou_name_attributes_from_name (
        X509_get_subject_name (certificate));
    g_autoptr (TouAlternativeNames) alternative = tou_alternative_names_read (certificate);
    const Names names = { subject, alternative };

    for (guint i = 0; i < TOU_N_CARD_FACTS; i++)
        G_STRUCT_MEMBER (char *, self, fact_fields[i]) = dup_fact (&names, self->profile, (TouCardFact) i);
    ERR_clear_error ();
}

static TouCardProfile *
find_profile (TouCardProfiles *profiles, const TouNameAttributes *issuer)
{
    g_auto (GStrv) texts = tou_name_attributes_dup_texts (issuer);
    TouCardProfile *profile = tou_card_profiles_find_issuer (profiles, (const char *const *) texts);

    return profile != NULL ? tou_card_profile_ref (profile) : NULL;
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
    whole = tou_shown_text_finish (text->str);
    return whole != NULL ? whole : g_strdup ("");
}

static char *
dup_issuer (const X509_NAME *name, const TouNameAttributes *attributes)
{
    g_autoptr (GString) line = g_string_new (NULL);
    char *text;

    for (gsize i = 0; i < G_N_ELEMENTS (issuer_types); i++) {
        gsize start = line->len;

        if (start > 0)
            g_string_append (line, PART_SEPARATOR);
        if (!tou_name_attributes_append (attributes, OBJ_nid2obj (issuer_types[i]), line))
            g_string_truncate (line, start);
    }
    text = tou_shown_text_finish (line->str);
    return text != NULL ? text : dup_whole_name (name);
}

static void
read_issuer (TouCardCertificate *self, const X509 *certificate, TouCardProfiles *profiles)
{
    const X509_NAME *name = X509_get_issuer_name (certificate);
    g_autoptr (TouNameAttributes) attributes = tou_name_attributes_from_name (name);

    self->profile = find_profile (profiles, attributes);
    self->issuer = dup_issuer (name, attributes);
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

/* Without the alternative name: OpenSSL refuses to use all extensions for one text in it that does not
 * decode. Returns: (transfer full) (nullable) */
static X509 *
drop_alternative_name (const X509 *certificate)
{
    X509 *copy = X509_dup (certificate);
    int at = copy != NULL ? X509_get_ext_by_NID (copy, NID_subject_alt_name, -1) : -1;

    if (at >= 0)
        X509_EXTENSION_free (X509_delete_ext (copy, at));
    return copy;
}

/* Returns: (transfer full) (nullable): @certificate, or what of it OpenSSL can use */
static X509 *
make_usable (X509 *certificate, GError **error)
{
    g_autoptr (X509) rest = NULL;

    if (tou_x509_check_extensions (certificate, NULL)) {
        X509_up_ref (certificate);
        return certificate;
    }
    rest = drop_alternative_name (certificate);
    if (rest == NULL || !tou_x509_check_extensions (rest, error))
        return NULL;
    return g_steal_pointer (&rest);
}

static void
read_uses (TouCardCertificate *self, X509 *usable)
{
    self->serial = dup_serial (usable);
    self->not_before_us = read_time (X509_get0_notBefore (usable));
    self->not_after_us = read_time (X509_get0_notAfter (usable));
    self->key_use = read_key_use (usable);
    self->is_ca = X509_check_ca (usable) > 0;
    self->key_bits = read_key_bits (usable);
}

TouCardCertificate *
tou_certificate_read_with_profiles (GBytes *der, TouCardProfiles *profiles, GError **error)
{
    g_autoptr (X509) certificate = tou_x509_parse (der, error);
    g_autoptr (X509) usable = certificate != NULL ? make_usable (certificate, error) : NULL;
    TouCardCertificate *self;

    if (usable == NULL)
        return NULL;
    self = tou_card_certificate_new ();
    self->der = g_bytes_ref (der);
    self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);
    read_issuer (self, certificate, profiles);
    read_texts (self, certificate);
    read_uses (self, usable);
    ERR_clear_error ();
    return self;
}

TouCardCertificate *
tou_certificate_read (GBytes *der, GError **error)
{
    return tou_certificate_read_with_profiles (der, NULL, error);
}
