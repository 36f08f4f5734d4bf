/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-receipt-check.h"

#include "tou-registration-service.h"

TouReceipt *
tou_receipt_check (TouProofChecker *proofs, GBytes *authorities, const TouSubmission *submission,
                   const TouReceipt *answer, GError **error)
{
    g_autoptr (GError) fault = NULL;
    g_autoptr (TouReceipt) receipt = NULL;

    if (answer->cms != NULL)
        receipt = tou_proof_checker_check_receipt (proofs, answer->cms, submission->cms, authorities, &fault);
    if (receipt != NULL && g_strcmp0 (receipt->submission_id, submission->id) == 0) {
        receipt->was_repeat = answer->was_repeat;
        return g_steal_pointer (&receipt);
    }
    g_set_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_RECEIPT, "The receipt does not check: %s",
                 fault != NULL ? fault->message : "it is missing, or for another submission");
    return NULL;
}
