/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-proof-checker.h"
#include "tou-record-store.h"

G_BEGIN_DECLS

/** tou_receipt_check: what the receipt in @answer says by its own signature: that counts, not what stands
 * beside it. @authorities: (nullable): of receipts (PEM). @submission: id and cms count. Errors:
 * TOU_SERVICE_ERROR_BAD_RECEIPT. Returns: (transfer full) (nullable) */
TouReceipt *tou_receipt_check (TouProofChecker *proofs, GBytes *authorities, const TouSubmission *submission,
                               const TouReceipt *answer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
