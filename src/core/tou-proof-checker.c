/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-proof-checker.h"

G_DEFINE_QUARK (tou - proof - error - quark, tou_proof_error)

G_DEFINE_INTERFACE (TouProofChecker, tou_proof_checker, G_TYPE_OBJECT)

static void
tou_proof_checker_default_init (TouProofCheckerInterface *iface)
{
    (void) iface;
}

TouCardCertificate *
tou_proof_checker_read_certificate (TouProofChecker *self, GBytes *der, GError **error)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->read_certificate (self, der, error);
}

gboolean
tou_proof_checker_check_request (TouProofChecker *self, GBytes *cms, GBytes *content,
                                 const char *certificate_sha256, GError **error)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->check_request (self, cms, content, certificate_sha256, error);
}

TouReceipt *
tou_proof_checker_check_receipt (TouProofChecker *self, GBytes *receipt_cms, GBytes *request_cms,
                                 const char *anchors_file, GError **error)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->check_receipt (self, receipt_cms, request_cms, anchors_file,
                                                              error);
}

char *
tou_proof_checker_hash (TouProofChecker *self, GBytes *bytes)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->hash (self, bytes);
}
