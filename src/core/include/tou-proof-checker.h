/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-domain.h"
#include "tou-signed-file.h"

#include <glib-object.h>

G_BEGIN_DECLS

/** TouProofError: why a certificate, a signature or a receipt was not accepted on this side. */
#define TOU_PROOF_ERROR (tou_proof_error_quark ())
GQuark tou_proof_error_quark (void);
typedef enum {
    TOU_PROOF_ERROR_MALFORMED,   /* it does not parse */
    TOU_PROOF_ERROR_SIGNATURE,   /* the signature is wrong */
    TOU_PROOF_ERROR_CONTENT,     /* it signs other bytes */
    TOU_PROOF_ERROR_CERTIFICATE, /* signed with another certificate, or one that is not for it */
    TOU_PROOF_ERROR_CHAIN,       /* no path to an accepted issuer */
    TOU_PROOF_ERROR_NOT_YET_VALID,
    TOU_PROOF_ERROR_EXPIRED,
    TOU_PROOF_ERROR_REVOKED,
    TOU_PROOF_ERROR_KEY_USAGE,                /* a card's certificate that is not for signing */
    TOU_PROOF_ERROR_NOT_YET_VALID_BY_SERVICE, /* this computer's wrong clock says it is valid */
    TOU_PROOF_ERROR_EXPIRED_BY_SERVICE,
    TOU_PROOF_ERROR_FAILED,
} TouProofError;

/** tou_proof_error_new_unfit: @fitness: not FIT. Returns: (transfer full): the error to show for a
 * certificate that cannot sign: EXPIRED (01006), NOT_YET_VALID (01007), KEY_USAGE (01004), or
 * TOU_CARD_ERROR_KEY_UNSUITABLE (01004). With a clock at hand, tou_certificate_find_fault() knows more. */
GError *tou_proof_error_new_unfit (TouCertificateFitness fitness) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TouProofChecker:
 *
 * X.509 and CMS as flows need them, without a type of the library behind. Pure computing of about a
 * millisecond: synchronous, any thread.
 */
#define TOU_TYPE_PROOF_CHECKER (tou_proof_checker_get_type ())
G_DECLARE_INTERFACE (TouProofChecker, tou_proof_checker, TOU, PROOF_CHECKER, GObject)

struct _TouProofCheckerInterface {
    GTypeInterface parent;

    TouCardCertificate *(*read_certificate) (TouProofChecker *self, GBytes *der, GError **error);
    gboolean (*check_request) (TouProofChecker *self, GBytes *cms, GBytes *content,
                               const char *certificate_sha256, GError **error);
    TouReceipt *(*check_receipt) (TouProofChecker *self, GBytes *receipt_cms, GBytes *request_cms,
                                  GBytes *anchors, GError **error);
    char *(*hash) (TouProofChecker *self, GBytes *bytes);
    TouSignedFile *(*open_signed) (TouProofChecker *self, GBytes *cms, GError **error);
    gboolean (*check_signer) (TouProofChecker *self, GBytes *cms, GBytes *anchors, gint64 at_us,
                              GError **error);
};

/** tou_proof_checker_read_certificate: @der: from a card, not to be trusted in any way.
 * Errors: MALFORMED. Returns: (transfer full) (nullable) */
TouCardCertificate *tou_proof_checker_read_certificate (TouProofChecker *self, GBytes *der,
                                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_proof_checker_check_request: a CMS that the card made: it signs exactly @content, with exactly the
 * certificate of @certificate_sha256, and the signature is right. The check before anything leaves the
 * machine. */
gboolean
tou_proof_checker_check_request (TouProofChecker *self, GBytes *cms, GBytes *content,
                                 const char *certificate_sha256, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_proof_checker_check_receipt: the receipt is signed under one of @anchors (PEM, nullable: there is
 * none) and is for exactly
 * @request_cms. Returns: (transfer full) (nullable): what it says, with the CMS in it */
TouReceipt *tou_proof_checker_check_receipt (TouProofChecker *self, GBytes *receipt_cms, GBytes *request_cms,
                                             GBytes *anchors, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_proof_checker_hash: Returns: (transfer full): SHA-256 as 64 lower-case hex digits. */
char *tou_proof_checker_hash (TouProofChecker *self, GBytes *bytes);

/** tou_proof_checker_open_signed: reads a signed request, authorization or receipt and verifies its
 * signature. @cms: DER, not to be trusted in any way.
 * Errors: MALFORMED: not one of ours, or cut off; SIGNATURE, CONTENT: changed since it was signed;
 * CERTIFICATE: it names another certificate than it carries. Returns: (transfer full) (nullable) */
TouSignedFile *
tou_proof_checker_open_signed (TouProofChecker *self, GBytes *cms, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_proof_checker_check_signer: whether the signer of @cms leads to one of @anchors (PEM, nullable: there
 * is none), was valid at @at_us (since 1970 UTC) and may sign. Errors: CHAIN, EXPIRED, NOT_YET_VALID,
 * CERTIFICATE; as open_signed. */
gboolean tou_proof_checker_check_signer (TouProofChecker *self, GBytes *cms, GBytes *anchors, gint64 at_us,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
