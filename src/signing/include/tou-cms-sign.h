/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/**
 * tou_cms_sign:
 * @content: stored in the CMS byte for byte
 * @certificate: the signer's; goes into the CMS
 * @key: its private key, which may be on a card: then this call talks to the card, and may block or hang
 *
 * Makes the envelope of docs/signed-request.md, section 1: DER, encapsulated, SHA-256, CAdES B-B attributes
 * (ETSI EN 319 122-1). RSA keys sign with PKCS#1 v1.5, EC keys with ECDSA. signingTime is this computer's.
 *
 * Errors: TOU_PROOF_ERROR_FAILED. This one function leaves OpenSSL's error queue as it is, because a card's
 * CKR code stands in it: the caller reads it and empties it (ERR_get_error_all). The queue is empty before
 * the signing begins, so all in it is of this call.
 *
 * Any thread that may use @key. Returns: (transfer full) (nullable)
 */
GBytes *
tou_cms_sign (GBytes *content, X509 *certificate, EVP_PKEY *key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
