/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-signing"

#include "tou-cms-sign.h"

#include "tou-proof-checker.h"

#include <openssl/err.h>

/* No S/MIME capabilities: the service does not answer with mail. */
#define SIGNER_FLAGS (CMS_BINARY | CMS_CADES | CMS_NOSMIMECAP)

static CMS_ContentInfo *
sign (GBytes *content, X509 *certificate, EVP_PKEY *key)
{
    gsize size;
    const void *data = g_bytes_get_data (content, &size);
    g_autoptr (BIO) input = NULL;
    g_autoptr (CMS_ContentInfo) cms = NULL;

    if (size > G_MAXINT)
        return NULL;
    input = BIO_new_mem_buf (size > 0 ? data : "", (int) size);
    cms = CMS_sign (NULL, NULL, NULL, NULL, CMS_BINARY | CMS_PARTIAL);
    if (input != NULL && cms != NULL
        && CMS_add1_signer (cms, certificate, key, EVP_sha256 (), SIGNER_FLAGS) != NULL
        && CMS_final (cms, input, NULL, CMS_BINARY) == 1)
        return g_steal_pointer (&cms);
    return NULL;
}

GBytes *
tou_cms_sign (GBytes *content, X509 *certificate, EVP_PKEY *key, GError **error)
{
    g_autoptr (CMS_ContentInfo) cms = NULL;
    guint8 *der = NULL;
    GBytes *bytes = NULL;
    int size = -1;

    ERR_clear_error ();
    cms = sign (content, certificate, key);
    if (cms != NULL)
        size = i2d_CMS_ContentInfo (cms, &der);
    if (size > 0) {
        bytes = g_bytes_new (der, size);
        ERR_clear_error ();
    } else {
        g_set_error_literal (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_FAILED, "No signature");
    }
    OPENSSL_free (der);
    return bytes;
}
