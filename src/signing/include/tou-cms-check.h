/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/** TouCms: a signed envelope (docs/signed-request.md, section 1) whose signature has been verified. Whether
 * its certificate is to be trusted is another question: tou_issuers_check(). */
typedef struct {
    GBytes *content;
    X509 *signer;
    char *signer_sha256;        /* of its DER, 64 lower-case hex digits */
    TouX509Stack *certificates; /* all that came along, for the path */
    const char *digest;         /* as tou_cms_read_algorithms() */
    const char *signature;
    gint64 signed_at_us; /* signingTime, by the signer's computer; since 1970 UTC */
} TouCms;

/**
 * tou_cms_open:
 * @der: untrusted
 *
 * Takes apart and verifies one envelope: strict DER without trailing bytes, SignedData, id-data encapsulated,
 * exactly one signer named by issuer and serial number, its certificate inside, SHA-256 or better, the four
 * signed attributes once each and no unsigned ones, the signature, and signing-certificate-v2 (RFC 5035).
 *
 * Errors: TOU_PROOF_ERROR_MALFORMED: anything about the form; _SIGNATURE: it is wrong; _CONTENT: the
 * signature is right and over other bytes; _CERTIFICATE: the attribute names another certificate; _FAILED.
 *
 * Any thread. Returns: (transfer full) (nullable)
 */
TouCms *tou_cms_open (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_cms_free (TouCms *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCms, tou_cms_free)

/**
 * tou_cms_read_algorithms:
 * @out_digest: (transfer none): "sha256", "sha384", "sha512" or "other"
 * @out_signature: (transfer none): "rsa-pkcs1-v1_5", "rsa-pss", "ecdsa" or "other"
 *
 * What an envelope says that it was signed with, for a service that takes only some. Its form is checked,
 * its signature is not. Errors: TOU_PROOF_ERROR_MALFORMED.
 */
gboolean tou_cms_read_algorithms (GBytes *der, const char **out_digest, const char **out_signature,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
