/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-domain.h"

G_BEGIN_DECLS

/** TouSignedFileKind: what a signed file of ours is (docs/signed-request.md). */
typedef enum {
    TOU_SIGNED_FILE_REQUEST,
    TOU_SIGNED_FILE_AUTHORIZATION, /* the current card's word in a card renewal */
    TOU_SIGNED_FILE_RECEIPT,
} TouSignedFileKind;

/**
 * TouSignedFile: what a signed request or receipt says, once its signature has been verified. Whether its
 * signer is to be trusted is another question: tou_proof_checker_check_signer().
 */
typedef struct {
    TouSignedFileKind kind;
    char *sha256;        /* of the whole file, 64 lower-case hex digits */
    char *digest;        /* "sha256", … */
    char *signature;     /* "rsa-pkcs1-v1_5", "rsa-pss", "ecdsa" */
    gint64 signed_at_us; /* by the signer's computer; since 1970 UTC */
    gint64 said_at_us;   /* the time in the content: of a request by the service's clock, of a receipt the
                            acceptance */
    char *audience;      /* the service that it is for or from */
    TouOperation operation;
    TouCategory category;
    char *submission_id; /* (nullable): an authorization has none */
    TouCardCertificate *signer;
    TouRequest *request; /* (nullable): of a request */
    TouReceipt *receipt; /* (nullable): of a receipt */
} TouSignedFile;

TouSignedFile *tou_signed_file_new (void);
void tou_signed_file_free (TouSignedFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouSignedFile, tou_signed_file_free)

G_END_DECLS
