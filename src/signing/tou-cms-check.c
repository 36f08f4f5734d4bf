/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-signing"

#include "tou-cms-check.h"

#include "tou-certificate.h"
#include "tou-openssl-error.h"

#include <openssl/err.h>
#include <openssl/ess.h>
#include <string.h>
#include <time.h>

/* CMS_signed_get0_data_by_OBJ: the attribute must be there once, with one value. */
#define ONCE (-3)
#define OTHER "other"

typedef struct {
    int nid;
    const char *name;
} Algorithm;

static const Algorithm digests[] = {
    { NID_sha256, "sha256" },
    { NID_sha384, "sha384" },
    { NID_sha512, "sha512" },
};

static const Algorithm signatures[] = {
    { NID_rsaEncryption, "rsa-pkcs1-v1_5" },
    { NID_rsassaPss, "rsa-pss" },
    { NID_X9_62_id_ecPublicKey, "ecdsa" },
};

void
tou_cms_free (TouCms *self)
{
    g_clear_pointer (&self->content, g_bytes_unref);
    X509_free (self->signer);
    g_free (self->signer_sha256);
    if (self->certificates != NULL)
        tou_x509_stack_free (self->certificates);
    g_free (self);
}

static gboolean
refuse (GError **error, TouProofError code, const char *what)
{
    tou_openssl_set_error (error, code, what);
    return FALSE;
}

static const char *
find_name (const Algorithm *table, gsize n_rows, int nid)
{
    for (gsize i = 0; i < n_rows; i++) {
        if (table[i].nid == nid)
            return table[i].name;
    }
    return OTHER;
}

static int
get_nid (const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object;

    X509_ALGOR_get0 (&object, NULL, NULL, algorithm);
    return OBJ_obj2nid (object);
}

static gboolean
is_encoded_as (CMS_ContentInfo *cms, const guint8 *data, gsize size)
{
    guint8 *encoded = NULL;
    int encoded_size = i2d_CMS_ContentInfo (cms, &encoded);
    gboolean is_same = encoded_size >= 0 && (gsize) encoded_size == size && memcmp (encoded, data, size) == 0;

    OPENSSL_free (encoded);
    return is_same;
}

static CMS_ContentInfo *
parse (GBytes *der, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data (der, &size);
    const guint8 *end = data;
    g_autoptr (CMS_ContentInfo) cms = NULL;

    if (size > 0 && size <= G_MAXINT)
        cms = d2i_CMS_ContentInfo (NULL, &end, (long) size);
    if (cms == NULL || end != data + size || !is_encoded_as (cms, data, size)) {
        refuse (error, TOU_PROOF_ERROR_MALFORMED, "Not a CMS in DER");
        return NULL;
    }
    return g_steal_pointer (&cms);
}

static gboolean
has_signed_attributes (CMS_SignerInfo *signer)
{
    const ASN1_OBJECT *type = CMS_signed_get0_data_by_OBJ (signer, OBJ_nid2obj (NID_pkcs9_contentType), ONCE,
                                                           V_ASN1_OBJECT);

    return OBJ_obj2nid (type) == NID_pkcs7_data
           && CMS_signed_get0_data_by_OBJ (signer, OBJ_nid2obj (NID_pkcs9_messageDigest), ONCE,
                                           V_ASN1_OCTET_STRING)
                  != NULL
           && CMS_signed_get0_data_by_OBJ (signer, OBJ_nid2obj (NID_id_smime_aa_signingCertificateV2), ONCE,
                                           V_ASN1_SEQUENCE)
                  != NULL
           && CMS_unsigned_get_attr_count (signer) <= 0;
}

static gboolean
is_named_by_serial (CMS_SignerInfo *signer)
{
    ASN1_OCTET_STRING *key_id = NULL;
    X509_NAME *issuer = NULL;
    ASN1_INTEGER *serial = NULL;

    return CMS_SignerInfo_get0_signer_id (signer, &key_id, &issuer, &serial) == 1 && issuer != NULL;
}

/* Returns: (transfer none) (nullable): the one signer of an envelope of the right form. */
static CMS_SignerInfo *
get_signer (CMS_ContentInfo *cms, GError **error)
{
    CMS_SignerInfo *signer;

    if (OBJ_obj2nid (CMS_get0_type (cms)) == NID_pkcs7_signed && CMS_is_detached (cms) == 0
        && OBJ_obj2nid (CMS_get0_eContentType (cms)) == NID_pkcs7_data
        && sk_CMS_SignerInfo_num (CMS_get0_SignerInfos (cms)) == 1) {
        signer = sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), 0);
        if (is_named_by_serial (signer) && has_signed_attributes (signer))
            return signer;
    }
    refuse (error, TOU_PROOF_ERROR_MALFORMED, "Not the envelope of a request");
    return NULL;
}

static void
read_algorithms (CMS_SignerInfo *signer, const char **out_digest, const char **out_signature)
{
    X509_ALGOR *digest = NULL;
    X509_ALGOR *signature = NULL;
    int digest_nid = NID_undef;
    int key_nid = NID_undef;
    int nid;

    CMS_SignerInfo_get0_algs (signer, NULL, NULL, &digest, &signature);
    nid = get_nid (signature);
    /* "sha256WithRSAEncryption" and the like name both; plain "rsaEncryption" is a key alone. */
    if (!OBJ_find_sigid_algs (nid, &digest_nid, &key_nid))
        key_nid = nid;
    *out_digest = find_name (digests, G_N_ELEMENTS (digests), get_nid (digest));
    *out_signature = find_name (signatures, G_N_ELEMENTS (signatures), key_nid);
    if (digest_nid != NID_undef && digest_nid != get_nid (digest))
        *out_signature = OTHER;
    /* RSASSA-PSS is the signature's name and its key's; ECDSA has no name without a digest. */
    if (nid == NID_X9_62_id_ecPublicKey)
        *out_signature = OTHER;
}

static gboolean
read_time (CMS_SignerInfo *signer, gint64 *out_us)
{
    const ASN1_OBJECT *name = OBJ_nid2obj (NID_pkcs9_signingTime);
    struct tm parts = { 0 };
    const ASN1_TIME *time = CMS_signed_get0_data_by_OBJ (signer, name, ONCE, V_ASN1_UTCTIME);

    if (time == NULL)
        time = CMS_signed_get0_data_by_OBJ (signer, name, ONCE, V_ASN1_GENERALIZEDTIME);
    if (time == NULL || ASN1_TIME_to_tm (time, &parts) != 1)
        return FALSE;
    *out_us = (gint64) timegm (&parts) * G_USEC_PER_SEC;
    return TRUE;
}

static gboolean
read_signer (TouCms *self, CMS_ContentInfo *cms, CMS_SignerInfo *signer, GError **error)
{
    X509 *certificate = NULL;

    read_algorithms (signer, &self->digest, &self->signature);
    if (g_str_equal (self->digest, OTHER) || g_str_equal (self->signature, OTHER))
        return refuse (error, TOU_PROOF_ERROR_MALFORMED, "An algorithm that is not taken");
    if (!read_time (signer, &self->signed_at_us))
        return refuse (error, TOU_PROOF_ERROR_MALFORMED, "No signing time");
    self->certificates = CMS_get1_certs (cms);
    if (CMS_set1_signers_certs (cms, NULL, 0) != 1)
        return refuse (error, TOU_PROOF_ERROR_MALFORMED, "Without the signer's certificate");
    CMS_SignerInfo_get0_algs (signer, NULL, &certificate, NULL, NULL);
    X509_up_ref (certificate);
    self->signer = certificate;
    self->signer_sha256 = tou_x509_dup_sha256 (certificate);
    return TRUE;
}

static gboolean
read_content (TouCms *self, CMS_ContentInfo *cms, GError **error)
{
    g_autoptr (BIO) output = BIO_new (BIO_s_mem ());
    char *data = NULL;
    long size;

    /* The signature over the attributes is known to be right, so what fails here is the content's digest.
     * CMS_CADES would insist on a path, which is another question. */
    if (CMS_verify (cms, NULL, NULL, NULL, output, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
        return refuse (error, TOU_PROOF_ERROR_CONTENT, "The content is not what was signed");
    size = BIO_get_mem_data (output, &data);
    self->content = g_bytes_new (data, MAX (size, 0));
    return TRUE;
}

/* Signer first: signing-certificate-v2 names it first, and others of its path may follow. */
static TouX509Stack *
list_path (TouCms *self)
{
    TouX509Stack *path = X509_chain_up_ref (self->certificates);

    X509_up_ref (self->signer);
    sk_X509_unshift (path, self->signer);
    return path;
}

static gboolean
check_named_certificate (TouCms *self, CMS_SignerInfo *signer, GError **error)
{
    const ASN1_STRING *value = CMS_signed_get0_data_by_OBJ (
        signer, OBJ_nid2obj (NID_id_smime_aa_signingCertificateV2), ONCE, V_ASN1_SEQUENCE);
    const guint8 *data = ASN1_STRING_get0_data (value);
    ESS_SIGNING_CERT_V2 *named = d2i_ESS_SIGNING_CERT_V2 (NULL, &data, ASN1_STRING_length (value));
    g_autoptr (TouX509Stack) path = list_path (self);
    gboolean is_named = named != NULL && OSSL_ESS_check_signing_certs (NULL, named, path, 1) == 1;

    ESS_SIGNING_CERT_V2_free (named);
    if (!is_named)
        return refuse (error, TOU_PROOF_ERROR_CERTIFICATE, "Signed for another certificate");
    return TRUE;
}

TouCms *
tou_cms_open (GBytes *der, GError **error)
{
    g_autoptr (TouCms) self = g_new0 (TouCms, 1);
    g_autoptr (CMS_ContentInfo) cms = parse (der, error);
    CMS_SignerInfo *signer;

    if (cms == NULL)
        return NULL;
    signer = get_signer (cms, error);
    if (signer == NULL || !read_signer (self, cms, signer, error))
        return NULL;
    if (CMS_SignerInfo_verify (signer) != 1) {
        refuse (error, TOU_PROOF_ERROR_SIGNATURE, "The signature is wrong");
        return NULL;
    }
    if (!read_content (self, cms, error) || !check_named_certificate (self, signer, error))
        return NULL;
    ERR_clear_error ();
    return g_steal_pointer (&self);
}

gboolean
tou_cms_read_algorithms (GBytes *der, const char **out_digest, const char **out_signature, GError **error)
{
    g_autoptr (CMS_ContentInfo) cms = parse (der, error);
    CMS_SignerInfo *signer;

    if (cms == NULL)
        return FALSE;
    signer = get_signer (cms, error);
    if (signer == NULL)
        return FALSE;
    read_algorithms (signer, out_digest, out_signature);
    ERR_clear_error ();
    return TRUE;
}
