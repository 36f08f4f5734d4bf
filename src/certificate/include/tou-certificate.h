/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-openssl-types.h"

G_BEGIN_DECLS

/* X.509 certificates (RFC 5280). All functions may be called from any thread. */

/** tou_x509_from_der: @der: untrusted; exactly one certificate, strict DER, nothing behind it, extensions
 * that parse. Errors: TOU_PROOF_ERROR_MALFORMED. Returns: (transfer full) (nullable) */
X509 *tou_x509_from_der (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_x509_to_der: Returns: (transfer full) */
GBytes *tou_x509_to_der (const X509 *certificate);

/** tou_x509_dup_sha256: Returns: (transfer full): SHA-256 of the DER, 64 lower-case hex digits. */
char *tou_x509_dup_sha256 (const X509 *certificate);

/** tou_x509_can_sign: Returns: whether the key usage allows signing (digitalSignature or nonRepudiation, or
 * no such extension). */
gboolean tou_x509_can_sign (X509 *certificate);

/** tou_x509_dup_crl_urls: Returns: (transfer full) (array zero-terminated=1): the addresses of the full
 * revocation list of @certificate's issuer, as its distribution points name them (RFC 5280, 4.2.1.13): http
 * and https alone, four at most. Empty where there is none. */
GStrv tou_x509_dup_crl_urls (X509 *certificate);

/**
 * tou_certificate_read_with_profiles:
 * @der: from a card, not to be trusted in any way
 * @profiles: (nullable): where the texts stand, by the issuer; the usual places without one for it
 *
 * Reads what is shown of a certificate. Texts may be of any ASN.1 string type; they come out as UTF-8 of one
 * line, without control and bidirectional format characters, at most 256 characters (the rest is "…"); one
 * with letters from right to left stands between U+2068 and U+2069. Several values of one attribute are
 * joined by " / ". A text that is empty or does not decode counts as not recorded; in subject or issuer
 * themselves OpenSSL refuses the whole certificate for it.
 *
 * Errors: TOU_PROOF_ERROR_MALFORMED.
 * Returns: (transfer full) (nullable)
 */
TouCardCertificate *tou_certificate_read_with_profiles (GBytes *der, TouCardProfiles *profiles,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_certificate_read: the same with the usual places. */
TouCardCertificate *tou_certificate_read (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
