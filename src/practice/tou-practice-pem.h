/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/* PEM files (RFC 7468) of practice: written whole or not at all. Errors: G_FILE_ERROR;
 * TOU_PROOF_ERROR_MALFORMED, _FAILED. Any thread. */

/** Returns: (transfer full) (nullable): a fresh key. Encrypted keys are not used in practice. */
EVP_PKEY *tou_practice_key_new_rsa (guint bits, GError **error) G_GNUC_WARN_UNUSED_RESULT;
EVP_PKEY *tou_practice_key_new_p256 (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Mode 0600. */
gboolean
tou_practice_pem_save_key (EVP_PKEY *key, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
EVP_PKEY *tou_practice_pem_load_key (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean tou_practice_pem_save_certificate (X509 *certificate, const char *path,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
X509 *tou_practice_pem_load_certificate (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean
tou_practice_pem_save_crl (X509_CRL *crl, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

X509_CRL *tou_practice_pem_load_crl (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_pem_from_certificate: for a server that takes PEM from memory.
 * Returns: (transfer full) (nullable): that of a key is to be wiped before it is freed. */
char *tou_practice_pem_from_certificate (X509 *certificate);
char *tou_practice_pem_from_key (EVP_PKEY *key);

G_END_DECLS
