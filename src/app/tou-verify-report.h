/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-proof-checker.h"
#include "tou-service-profile.h"

G_BEGIN_DECLS

/** TouVerdict: in the order of their weight; the exit statuses of `touroku verify` are made of them. */
typedef enum {
    TOU_VERDICT_GOOD,
    TOU_VERDICT_UNCHECKED, /* the signature is right; no profile of the service is known */
    TOU_VERDICT_BAD,
} TouVerdict;

/** tou_verify_report_name_fault: Returns: (transfer none): one translated sentence on why @cms was not opened
 * (TOU_PROOF_ERROR). A file that never was one of ours is told from a damaged one. */
const char *tou_verify_report_name_fault (GBytes *cms, const GError *error);

/** tou_verify_report_print: prints who signed @file (read from @cms) and when, whether the signer is one that
 * @profile (nullable: none is known) accepts, and for a receipt whether it is for one of @requests
 * (element-type TouSignedFile; empty: not asked). */
TouVerdict tou_verify_report_print (TouProofChecker *proofs, const TouSignedFile *file, GBytes *cms,
                                    TouServiceProfile *profile, GPtrArray *requests);

G_END_DECLS
