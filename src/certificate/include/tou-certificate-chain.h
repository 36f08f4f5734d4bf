/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/**
 * TouIssuers:
 *
 * The authorities whose certificates are accepted, from a PEM file. Each of them is an end of a path, also
 * one that is not self-signed: the file says what is trusted, and nothing else is (RFC 5280, 6.1.1 (d)).
 * Immutable, reference-counted; any thread.
 */
typedef struct _TouIssuers TouIssuers;

/** tou_issuers_load: @path: PEM, one certificate or more; what is between them is ignored.
 * Errors: G_FILE_ERROR; TOU_PROOF_ERROR_MALFORMED: no certificate, or one that does not parse.
 * Returns: (transfer full) (nullable) */
TouIssuers *tou_issuers_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_issuers_parse: the same from memory. */
TouIssuers *tou_issuers_parse (GBytes *pem, GError **error) G_GNUC_WARN_UNUSED_RESULT;

TouIssuers *tou_issuers_ref (TouIssuers *self);
void tou_issuers_unref (TouIssuers *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouIssuers, tou_issuers_unref)

/**
 * tou_issuers_check:
 * @between: (nullable): certificates that may stand between, untrusted; as in a CMS
 * @now_us: the time at which all must be valid, since 1970 UTC
 *
 * Whether @certificate leads to one of the issuers. Any purpose: what the key is for is asked with
 * tou_x509_can_sign(). Signatures below 112 bits of strength (SHA-1, RSA-1024) do not count. Not a word about
 * revocation: see TouCrl.
 *
 * Errors: TOU_PROOF_ERROR_CHAIN: no path, or one that is broken or has ended above @certificate;
 * TOU_PROOF_ERROR_EXPIRED, _NOT_YET_VALID: @certificate itself; _FAILED.
 */
gboolean tou_issuers_check (TouIssuers *self, X509 *certificate, const TouX509Stack *between, gint64 now_us,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_issuers_find: Returns: (transfer full) (nullable): an issuer of that @name whose key verifies, as
 * @verifies says. For CRLs. */
typedef gboolean (*TouIssuerTest) (X509 *issuer, gpointer user_data);
X509 *tou_issuers_find (TouIssuers *self, const X509_NAME *name, TouIssuerTest verifies, gpointer user_data);

G_END_DECLS
