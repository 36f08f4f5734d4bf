/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-proof-checker.h"

#include "tou-card-access.h"

G_DEFINE_QUARK (TouProofError, tou_proof_error)

G_DEFINE_INTERFACE (TouProofChecker, tou_proof_checker, G_TYPE_OBJECT)

static void
tou_proof_checker_default_init (TouProofCheckerInterface *iface)
{
    (void) iface;
}

GError *
tou_proof_error_new_unfit (TouCertificateFitness fitness)
{
    switch (fitness) {
    case TOU_CERTIFICATE_EXPIRED:
        return g_error_new_literal (TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED, "The certificate has expired");
    case TOU_CERTIFICATE_NOT_YET_VALID:
        return g_error_new_literal (TOU_PROOF_ERROR, TOU_PROOF_ERROR_NOT_YET_VALID,
                                    "The certificate is not valid yet");
    case TOU_CERTIFICATE_KEY_TOO_SHORT:
        return g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_KEY_UNSUITABLE, "The key is too short");
    case TOU_CERTIFICATE_IS_CA:
    case TOU_CERTIFICATE_NOT_FOR_SIGNING:
        return g_error_new_literal (TOU_PROOF_ERROR, TOU_PROOF_ERROR_KEY_USAGE,
                                    "The certificate is not for signing");
    case TOU_CERTIFICATE_FIT:
    default:
        g_return_val_if_reached (NULL);
    }
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
                                 GBytes *anchors, GError **error)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->check_receipt (self, receipt_cms, request_cms, anchors, error);
}

char *
tou_proof_checker_hash (TouProofChecker *self, GBytes *bytes)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->hash (self, bytes);
}

TouSignedFile *
tou_proof_checker_open_signed (TouProofChecker *self, GBytes *cms, GError **error)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->open_signed (self, cms, error);
}

gboolean
tou_proof_checker_check_signer (TouProofChecker *self, GBytes *cms, GBytes *anchors, gint64 at_us,
                                GError **error)
{
    return TOU_PROOF_CHECKER_GET_IFACE (self)->check_signer (self, cms, anchors, at_us, error);
}
