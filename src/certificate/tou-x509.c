/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-certificate.h"
#include "tou-openssl-error.h"

/* No certificate of a person comes near; a card that claims more is not read further. */
#define MAX_DER_BYTES (256 * 1024)

/* OpenSSL's decoder also takes BER; what is hashed and compared must have one form only. */
static gboolean
is_encoded_as (const X509 *certificate, GBytes *der)
{
    g_autoptr (GBytes) encoded = tou_x509_to_der (certificate);

    return g_bytes_equal (encoded, der);
}

X509 *
tou_x509_from_der (GBytes *der, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data (der, &size);
    const guint8 *end = data;
    g_autoptr (X509) certificate = NULL;

    if (size > 0 && size <= MAX_DER_BYTES)
        certificate = d2i_X509 (NULL, &end, (long) size);
    if (certificate == NULL || end != data + size || !is_encoded_as (certificate, der)) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "Not a certificate in DER");
        return NULL;
    }
    if (X509_get_extension_flags (certificate) & EXFLAG_INVALID) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "Broken certificate extensions");
        return NULL;
    }
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
