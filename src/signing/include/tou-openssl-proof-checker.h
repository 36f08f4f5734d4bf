/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-proof-checker.h"

G_BEGIN_DECLS

/** TouReceiptReader: reads a receipt's content; @json: UTF-8. JSON is the wire's business, not signing's.
 * Returns: (transfer full) (nullable) */
typedef TouReceipt *(*TouReceiptReader) (GBytes *json, GError **error);

/** TouSignedReader: reads the content of any signed file of ours into @file: kind, said_at_us, audience,
 * operation, category, submission_id, and request or receipt. Returns: whether it is one */
typedef gboolean (*TouSignedReader) (GBytes *json, TouSignedFile *file, GError **error);

/**
 * TouOpensslProofChecker:
 *
 * TouProofChecker by OpenSSL. A receipt's signer must have been valid when the receipt says that the request
 * was accepted: a kept receipt can be shown years later. A file of authorities that cannot be read is
 * TOU_PROOF_ERROR_FAILED, none at all is _CHAIN. Immutable; any thread.
 */
#define TOU_TYPE_OPENSSL_PROOF_CHECKER (tou_openssl_proof_checker_get_type ())
G_DECLARE_FINAL_TYPE (TouOpensslProofChecker, tou_openssl_proof_checker, TOU, OPENSSL_PROOF_CHECKER, GObject)

/** tou_openssl_proof_checker_new: @read_receipt, @read_signed: of the layer that knows the messages. */
TouOpensslProofChecker *
tou_openssl_proof_checker_new (TouReceiptReader read_receipt, TouSignedReader read_signed);

/** tou_openssl_proof_checker_set_profiles: @profiles: (nullable): where the texts of certificates stand;
 * before the first use. */
void tou_openssl_proof_checker_set_profiles (TouOpensslProofChecker *self, TouCardProfiles *profiles);

G_END_DECLS
