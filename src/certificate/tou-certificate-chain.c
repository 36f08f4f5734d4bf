/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-certificate-chain.h"

#include "tou-openssl-error.h"

#include <openssl/err.h>
#include <openssl/pem.h>

/* 112 bits: RSA-2048, SHA-256. */
#define SECURITY_LEVEL 2

struct _TouIssuers {
    X509_STORE *store;
};

static void
clear_issuers (TouIssuers *self)
{
    X509_STORE_free (self->store);
}

TouIssuers *
tou_issuers_ref (TouIssuers *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_issuers_unref (TouIssuers *self)
{
    g_atomic_rc_box_release_full (self, (GDestroyNotify) clear_issuers);
}

static TouIssuers *
new_issuers (void)
{
    TouIssuers *self = g_atomic_rc_box_new0 (TouIssuers);

    self->store = X509_STORE_new ();
    return self;
}

static gboolean
is_at_end (void)
{
    gboolean is_end = ERR_GET_REASON (ERR_peek_last_error ()) == PEM_R_NO_START_LINE;

    if (is_end)
        ERR_clear_error ();
    return is_end;
}

/* Returns how many, or -1. */
static int
add_all (TouIssuers *self, BIO *pem)
{
    for (int count = 0;; count++) {
        g_autoptr (X509) certificate = PEM_read_bio_X509 (pem, NULL, NULL, NULL);

        if (certificate == NULL)
            return is_at_end () ? count : -1;
        if (!X509_STORE_add_cert (self->store, certificate))
            return -1;
    }
}

TouIssuers *
tou_issuers_parse (GBytes *pem, GError **error)
{
    g_autoptr (TouIssuers) self = new_issuers ();
    g_autoptr (BIO) bio = NULL;
    gsize size;
    const void *data = g_bytes_get_data (pem, &size);

    ERR_clear_error ();
    bio = BIO_new_mem_buf (data, (int) MIN (size, G_MAXINT));
    if (bio != NULL && add_all (self, bio) > 0)
        return g_steal_pointer (&self);
    tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "Issuers");
    return NULL;
}

TouIssuers *
tou_issuers_load (const char *path, GError **error)
{
    g_autoptr (GBytes) pem = NULL;
    char *text = NULL;
    gsize size;

    if (!g_file_get_contents (path, &text, &size, error))
        return NULL;
    pem = g_bytes_new_take (text, size);
    return tou_issuers_parse (pem, error);
}

static TouProofError
name_error (X509_STORE_CTX *context)
{
    /* Above the certificate a passed date means that its authority is no longer one. */
    if (X509_STORE_CTX_get_error_depth (context) > 0)
        return TOU_PROOF_ERROR_CHAIN;
    switch (X509_STORE_CTX_get_error (context)) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return TOU_PROOF_ERROR_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return TOU_PROOF_ERROR_NOT_YET_VALID;
    case X509_V_ERR_OUT_OF_MEM:
    case X509_V_ERR_UNSPECIFIED:
        return TOU_PROOF_ERROR_FAILED;
    default:
        return TOU_PROOF_ERROR_CHAIN;
    }
}

static void
set_parameters (X509_STORE_CTX *context, gint64 now_us)
{
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param (context);

    X509_VERIFY_PARAM_set_time (parameters, now_us / G_USEC_PER_SEC);
    X509_VERIFY_PARAM_set_purpose (parameters, X509_PURPOSE_ANY);
    X509_VERIFY_PARAM_set_auth_level (parameters, SECURITY_LEVEL);
    X509_VERIFY_PARAM_set_flags (parameters, X509_V_FLAG_PARTIAL_CHAIN);
}

gboolean
tou_issuers_check (TouIssuers *self, X509 *certificate, const TouX509Stack *between, gint64 now_us,
                   GError **error)
{
    g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();

    if (!X509_STORE_CTX_init (context, self->store, certificate, (TouX509Stack *) between)) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_FAILED, "Path");
        return FALSE;
    }
    set_parameters (context, now_us);
    if (X509_verify_cert (context) == 1)
        return TRUE;
    /* The queue may be empty: the reason is in the context. */
    tou_openssl_set_error (error, name_error (context),
                           X509_verify_cert_error_string (X509_STORE_CTX_get_error (context)));
    return FALSE;
}

X509 *
tou_issuers_find (TouIssuers *self, const X509_NAME *name, TouIssuerTest verifies, gpointer user_data)
{
    g_autoptr (X509_STORE_CTX) context = X509_STORE_CTX_new ();
    g_autoptr (TouX509Stack) candidates = NULL;

    if (!X509_STORE_CTX_init (context, self->store, NULL, NULL))
        return NULL;
    candidates = X509_STORE_CTX_get1_certs (context, name);
    for (int i = 0; i < sk_X509_num (candidates); i++) {
        X509 *candidate = sk_X509_value (candidates, i);

        if (verifies (candidate, user_data))
            return X509_up_ref (candidate) ? candidate : NULL;
    }
    return NULL;
}
