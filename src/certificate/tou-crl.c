/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-crl.h"

#include "tou-openssl-error.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#define PEM_START "-----BEGIN"
/* X509_CRL_get0_by_cert */
#define IS_REVOKED 1

struct _TouCrl {
    GPtrArray *lists; /* (element-type X509_CRL) */
};

static void
clear_crl (TouCrl *self)
{
    g_ptr_array_unref (self->lists);
}

TouCrl *
tou_crl_ref (TouCrl *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_crl_unref (TouCrl *self)
{
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_crl);
}

static gboolean
set_malformed (GError **error, const char *what)
{
    tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, what);
    return FALSE;
}

static gboolean
read_der (GPtrArray *lists, const guint8 *data, gsize size, GError **error)
{
    const guint8 *end = data;
    g_autoptr (X509_CRL) crl = d2i_X509_CRL (NULL, &end, (long) MIN (size, G_MAXLONG));

    if (crl == NULL || end != data + size)
        return set_malformed (error, "Not a list in DER");
    g_ptr_array_add (lists, g_steal_pointer (&crl));
    return TRUE;
}

static gboolean
read_pem (GPtrArray *lists, const guint8 *data, gsize size, GError **error)
{
    g_autoptr (BIO) pem = BIO_new_mem_buf (data, (int) MIN (size, G_MAXINT));
    X509_CRL *crl;

    ERR_clear_error ();
    while ((crl = PEM_read_bio_X509_CRL (pem, NULL, NULL, NULL)) != NULL)
        g_ptr_array_add (lists, crl);
    if (lists->len == 0 || ERR_GET_REASON (ERR_peek_last_error ()) != PEM_R_NO_START_LINE)
        return set_malformed (error, "Not lists in PEM");
    ERR_clear_error ();
    return TRUE;
}

static gboolean
read_lists (GPtrArray *lists, GBytes *bytes, GError **error)
{
    gsize size;
    const guint8 *data = g_bytes_get_data (bytes, &size);

    if (data == NULL)
        return set_malformed (error, "Empty list");
    /* DER begins with a SEQUENCE tag; text before the first block is allowed in PEM. */
    if (data[0] != 0x30 && g_strstr_len ((const char *) data, (gssize) size, PEM_START) != NULL)
        return read_pem (lists, data, size, error);
    return read_der (lists, data, size, error);
}

/* CRL entry extensions (certificateIssuer) matter in indirect lists alone, which are refused here. */
static gboolean
is_plain_distribution (const X509_CRL *crl)
{
    int critical = 0;
    g_autoptr (ISSUING_DIST_POINT) point = X509_CRL_get_ext_d2i (crl, NID_issuing_distribution_point,
                                                                 &critical, NULL);

    if (point == NULL)
        return critical == -1; /* absent; anything else does not parse */
    return point->onlyCA <= 0 && point->onlyattr <= 0 && point->indirectCRL <= 0
           && point->onlysomereasons == NULL;
}

static gboolean
is_understood (const X509_CRL *crl)
{
    for (int i = 0; i < X509_CRL_get_ext_count (crl); i++) {
        X509_EXTENSION *extension = X509_CRL_get_ext (crl, i);
        int nid = OBJ_obj2nid (X509_EXTENSION_get_object (extension));

        if (nid == NID_delta_crl
            || (X509_EXTENSION_get_critical (extension) && nid != NID_issuing_distribution_point))
            return FALSE;
    }
    return is_plain_distribution (crl);
}

static gboolean
has_signed (X509 *issuer, gpointer user_data)
{
    EVP_PKEY *key = X509_get0_pubkey (issuer);

    return key != NULL && X509_CRL_verify (user_data, key) == 1;
}

static gboolean
has_the_name (X509 *issuer, gpointer user_data)
{
    return TRUE;
}

static gboolean
check_signature (X509_CRL *crl, TouIssuers *issuers, GError **error)
{
    const X509_NAME *name = X509_CRL_get_issuer (crl);
    g_autoptr (X509) named = tou_issuers_find (issuers, name, has_the_name, NULL);
    g_autoptr (X509) signer = NULL;

    if (named == NULL) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_CHAIN, "A list of an unknown issuer");
        return FALSE;
    }
    /* An authority that renewed its key has one name and two certificates. */
    signer = tou_issuers_find (issuers, name, has_signed, crl);
    if (signer == NULL) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_SIGNATURE, "List");
        return FALSE;
    }
    if (!(X509_get_key_usage (signer) & KU_CRL_SIGN)) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_CERTIFICATE, "The issuer may not sign lists");
        return FALSE;
    }
    ERR_clear_error ();
    return TRUE;
}

TouCrl *
tou_crl_parse (GBytes *data, TouIssuers *issuers, GError **error)
{
    g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) X509_CRL_free);
    TouCrl *self;

    if (!read_lists (lists, data, error))
        return NULL;
    for (guint i = 0; i < lists->len; i++) {
        X509_CRL *crl = g_ptr_array_index (lists, i);

        if (!is_understood (crl)) {
            set_malformed (error, "A kind of list that is not understood");
            return NULL;
        }
        if (!check_signature (crl, issuers, error))
            return NULL;
    }
    self = g_atomic_rc_box_new0 (TouCrl);
    self->lists = g_steal_pointer (&lists);
    return self;
}

TouCrl *
tou_crl_load (const char *path, TouIssuers *issuers, GError **error)
{
    g_autoptr (GBytes) data = NULL;
    char *contents = NULL;
    gsize size;

    if (!g_file_get_contents (path, &contents, &size, error))
        return NULL;
    data = g_bytes_new_take (contents, size);
    return tou_crl_parse (data, issuers, error);
}

static gboolean
is_of_issuer (const X509_CRL *crl, const X509 *certificate)
{
    return X509_NAME_cmp (X509_CRL_get_issuer (crl), X509_get_issuer_name (certificate)) == 0;
}

gboolean
tou_crl_check (TouCrl *self, X509 *certificate, GError **error)
{
    for (guint i = 0; i < self->lists->len; i++) {
        X509_CRL *crl = g_ptr_array_index (self->lists, i);
        X509_REVOKED *entry = NULL;

        if (is_of_issuer (crl, certificate)
            && X509_CRL_get0_by_cert (crl, &entry, certificate) == IS_REVOKED) {
            tou_openssl_set_error (error, TOU_PROOF_ERROR_REVOKED, "The certificate is revoked");
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
tou_crl_is_for (TouCrl *self, const X509 *certificate)
{
    for (guint i = 0; i < self->lists->len; i++) {
        if (is_of_issuer (g_ptr_array_index (self->lists, i), certificate))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_current (const X509_CRL *crl, gint64 now_us)
{
    time_t now = now_us / G_USEC_PER_SEC;
    const ASN1_TIME *next_update = X509_CRL_get0_nextUpdate (crl);

    /* ASN1_TIME_cmp_time_t gives -2 for what does not decode. */
    if (ASN1_TIME_cmp_time_t (X509_CRL_get0_lastUpdate (crl), now) > 0)
        return FALSE;
    return next_update == NULL || ASN1_TIME_cmp_time_t (next_update, now) >= 0;
}

gboolean
tou_crl_covers (TouCrl *self, X509 *certificate, gint64 now_us)
{
    for (guint i = 0; i < self->lists->len; i++) {
        const X509_CRL *crl = g_ptr_array_index (self->lists, i);

        if (is_of_issuer (crl, certificate) && is_current (crl, now_us))
            return TRUE;
    }
    return FALSE;
}

guint
tou_crl_get_n_entries (TouCrl *self)
{
    guint count = 0;

    for (guint i = 0; i < self->lists->len; i++)
        count += MAX (sk_X509_REVOKED_num (X509_CRL_get_REVOKED (g_ptr_array_index (self->lists, i))), 0);
    return count;
}
