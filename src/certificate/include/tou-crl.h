/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-certificate-chain.h"

G_BEGIN_DECLS

/**
 * TouCrl:
 *
 * Certificate revocation lists (RFC 5280, 5), each signed by one of the accepted issuers. Full lists of
 * direct issuers only: a delta, indirect or reason-limited list, or one with another critical extension, is
 * refused rather than half understood. A look-up is a binary search. Immutable, reference-counted; any
 * thread.
 */
typedef struct _TouCrl TouCrl;

/** tou_crl_parse: @data: one list in DER, or one or more in PEM.
 * Errors: TOU_PROOF_ERROR_MALFORMED: no list, trailing bytes, or a kind that is not understood;
 * _CHAIN: the issuer is none of @issuers; _SIGNATURE: it did not sign it; _CERTIFICATE: it may not sign
 * lists. Returns: (transfer full) (nullable) */
TouCrl *tou_crl_parse (GBytes *data, TouIssuers *issuers, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_crl_load: the same from a file. Errors: also G_FILE_ERROR. */
TouCrl *tou_crl_load (const char *path, TouIssuers *issuers, GError **error) G_GNUC_WARN_UNUSED_RESULT;

TouCrl *tou_crl_ref (TouCrl *self);
void tou_crl_unref (TouCrl *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCrl, tou_crl_unref)

/** tou_crl_check: whether no list names @certificate as revoked. %TRUE also where no list is of its issuer:
 * ask tou_crl_covers(). Errors: TOU_PROOF_ERROR_REVOKED. */
gboolean tou_crl_check (TouCrl *self, X509 *certificate, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_crl_is_for: Returns: whether there is a list of @certificate's issuer, current or not. */
gboolean tou_crl_is_for (TouCrl *self, const X509 *certificate);

/** tou_crl_covers: Returns: whether there is a list of @certificate's issuer that is current at @now_us
 * (since 1970 UTC; thisUpdate to nextUpdate). */
gboolean tou_crl_covers (TouCrl *self, X509 *certificate, gint64 now_us);

/** tou_crl_get_n_entries: Returns: how many revocations are listed. */
guint tou_crl_get_n_entries (TouCrl *self);

G_END_DECLS
