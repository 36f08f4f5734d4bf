/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-pem.h"

#include "tou-openssl-error.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#define KEY_MODE 0600
#define PUBLIC_MODE 0644

EVP_PKEY *
tou_practice_key_new_rsa (guint bits, GError **error)
{
    EVP_PKEY *key = EVP_RSA_gen (bits);

    if (key == NULL)
        tou_openssl_set_error (error, TOU_PROOF_ERROR_FAILED, "No RSA key");
    return key;
}

EVP_PKEY *
tou_practice_key_new_p256 (GError **error)
{
    EVP_PKEY *key = EVP_EC_gen ("P-256");

    if (key == NULL)
        tou_openssl_set_error (error, TOU_PROOF_ERROR_FAILED, "No EC key");
    return key;
}

static gboolean
save (BIO *pem, gboolean is_written, const char *path, int mode, GError **error)
{
    char *data = NULL;
    long size = BIO_get_mem_data (pem, &data);

    if (!is_written || size <= 0) {
        tou_openssl_set_error (error, TOU_PROOF_ERROR_FAILED, "No PEM");
        return FALSE;
    }
    return g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_CONSISTENT, mode, error);
}

/* Memory that OpenSSL wipes when it is freed, as keys pass through. */
static BIO *
new_buffer (void)
{
    return BIO_new (BIO_s_secmem ());
}

gboolean
tou_practice_pem_save_key (EVP_PKEY *key, const char *path, GError **error)
{
    g_autoptr (BIO) pem = new_buffer ();
    gboolean is_written = PEM_write_bio_PKCS8PrivateKey (pem, key, NULL, NULL, 0, NULL, NULL) == 1;

    return save (pem, is_written, path, KEY_MODE, error);
}

gboolean
tou_practice_pem_save_certificate (X509 *certificate, const char *path, GError **error)
{
    g_autoptr (BIO) pem = new_buffer ();

    return save (pem, PEM_write_bio_X509 (pem, certificate) == 1, path, PUBLIC_MODE, error);
}

gboolean
tou_practice_pem_save_crl (X509_CRL *crl, const char *path, GError **error)
{
    g_autoptr (BIO) pem = new_buffer ();

    return save (pem, PEM_write_bio_X509_CRL (pem, crl) == 1, path, PUBLIC_MODE, error);
}

static BIO *
load (const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize size;
    BIO *pem;

    if (!g_file_get_contents (path, &text, &size, error))
        return NULL;
    pem = new_buffer ();
    BIO_write (pem, text, (int) size);
    OPENSSL_cleanse (text, size);
    return pem;
}

/* Without it OpenSSL asks on the terminal. */
static int
refuse_password (char *buffer, int size, int is_writing, void *data)
{
    return -1;
}

EVP_PKEY *
tou_practice_pem_load_key (const char *path, GError **error)
{
    g_autoptr (BIO) pem = load (path, error);
    EVP_PKEY *key;

    if (pem == NULL)
        return NULL;
    key = PEM_read_bio_PrivateKey (pem, NULL, refuse_password, NULL);
    if (key == NULL)
        tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "No private key in the PEM file");
    return key;
}

X509 *
tou_practice_pem_load_certificate (const char *path, GError **error)
{
    g_autoptr (BIO) pem = load (path, error);
    X509 *certificate;

    if (pem == NULL)
        return NULL;
    certificate = PEM_read_bio_X509 (pem, NULL, refuse_password, NULL);
    if (certificate == NULL)
        tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "No certificate in the PEM file");
    return certificate;
}

X509_CRL *
tou_practice_pem_load_crl (const char *path, GError **error)
{
    g_autoptr (BIO) pem = load (path, error);
    X509_CRL *crl;

    if (pem == NULL)
        return NULL;
    crl = PEM_read_bio_X509_CRL (pem, NULL, refuse_password, NULL);
    if (crl == NULL)
        tou_openssl_set_error (error, TOU_PROOF_ERROR_MALFORMED, "No list in the PEM file");
    return crl;
}

static char *
dup_text (BIO *pem)
{
    char *data = NULL;
    long size = BIO_get_mem_data (pem, &data);

    return g_strndup (data, MAX (size, 0));
}

char *
tou_practice_pem_from_certificate (X509 *certificate)
{
    g_autoptr (BIO) pem = new_buffer ();

    return PEM_write_bio_X509 (pem, certificate) == 1 ? dup_text (pem) : NULL;
}

char *
tou_practice_pem_from_key (EVP_PKEY *key)
{
    g_autoptr (BIO) pem = new_buffer ();

    return PEM_write_bio_PKCS8PrivateKey (pem, key, NULL, NULL, 0, NULL, NULL) == 1 ? dup_text (pem) : NULL;
}
