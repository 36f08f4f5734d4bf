/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-x509-parse.h"

#include "tou-certificate.h"
#include "tou-openssl-error.h"

#include <openssl/err.h>
#include <string.h>

/* No certificate of a person comes near; a card that claims more is not read further. */
#define MAX_DER_BYTES (256 * 1024)

/* A certificate with more is no certificate of a card; each is a host that is asked. */
#define MAX_CRL_URLS 4

/* OpenSSL's decoder also takes BER; what is hashed and compared must have one form only. */
static gboolean
is_encoded_as (const X509 *certificate, GBytes *der)
{
    g_autoptr (GBytes) encoded = tou_x509_to_der (certificate);

    return g_bytes_equal (encoded, der);
}

X509 *
tou_x509_parse (GBytes *der, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data (der, &size);
    const guint8 *end = data;
    g_autoptr (X509) certificate = NULL;

    if (size > 0 && size <= MAX_DER_BYTES)
        certificate = d2i_X509 (NULL, &end, (long) size);
    if (certificate != NULL && end == data + size && is_encoded_as (certificate, der))
        return g_steal_pointer (&certificate);
    tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "Not a certificate in DER");
    return NULL;
}

gboolean
tou_x509_check_extensions (X509 *certificate, GError **error)
{
    if (!(X509_get_extension_flags (certificate) & EXFLAG_INVALID))
        return TRUE;
    tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "Broken certificate extensions");
    return FALSE;
}

X509 *
tou_x509_from_der (GBytes *der, GError **error)
{
    g_autoptr (X509) certificate = tou_x509_parse (der, error);

    if (certificate == NULL || !tou_x509_check_extensions (certificate, error))
        return NULL;
    return g_steal_pointer (&certificate);
}

GBytes *
tou_x509_to_der (const X509 *certificate)
{
    guint8 *data = NULL;
    int size = i2d_X509 (certificate, &data);
    GBytes *der = g_bytes_new (data, MAX (size, 0));

    OPENSSL_free (data);
    return der;
}

char *
tou_x509_dup_sha256 (const X509 *certificate)
{
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);

    return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, der);
}

gboolean
tou_x509_can_sign (X509 *certificate)
{
    /* All bits are set where the extension is absent. */
    return (X509_get_key_usage (certificate) & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

static gboolean
is_web_url (const GENERAL_NAME *name)
{
    const ASN1_STRING *uri = name->type == GEN_URI ? name->d.uniformResourceIdentifier : NULL;
    const char *text = uri != NULL ? (const char *) ASN1_STRING_get0_data (uri) : NULL;

    if (text == NULL || memchr (text, '\0', (gsize) ASN1_STRING_length (uri)) != NULL)
        return FALSE;
    return g_ascii_strncasecmp (text, "http://", 7) == 0 || g_ascii_strncasecmp (text, "https://", 8) == 0;
}

/* Parts by reason and lists of other issuers are not understood here (tou-crl.h). */
static const GENERAL_NAMES *
get_full_names (const DIST_POINT *point)
{
    if (point->distpoint == NULL || point->distpoint->type != 0 || point->reasons != NULL
        || point->CRLissuer != NULL)
        return NULL;
    return point->distpoint->name.fullname;
}

static void
add_web_urls (GPtrArray *urls, const GENERAL_NAMES *names)
{
    for (int i = 0; i < sk_GENERAL_NAME_num (names) && urls->len < MAX_CRL_URLS; i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value (names, i);

        if (is_web_url (name))
            g_ptr_array_add (urls, g_strdup ((const char *) ASN1_STRING_get0_data (name->d.ia5)));
    }
}

GStrv
tou_x509_dup_crl_urls (X509 *certificate)
{
    g_autoptr (CRL_DIST_POINTS) points = X509_get_ext_d2i (certificate, NID_crl_distribution_points, NULL,
                                                           NULL);
    GPtrArray *urls = g_ptr_array_new ();

    ERR_clear_error ();
    for (int i = 0; i < sk_DIST_POINT_num (points); i++)
        add_web_urls (urls, get_full_names (sk_DIST_POINT_value (points, i)));
    g_ptr_array_add (urls, NULL);
    return (GStrv) g_ptr_array_free (urls, FALSE);
}
