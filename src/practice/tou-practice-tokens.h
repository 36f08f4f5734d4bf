/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouPracticeToken: what goes onto one practice card. */
typedef struct {
    char *label;         /* ASCII, at most 32 bytes; also the label of key and certificate */
    EVP_PKEY *key;       /* RSA */
    GBytes *certificate; /* DER */
} TouPracticeToken;

TouPracticeToken *tou_practice_token_new (const char *label, EVP_PKEY *key, GBytes *certificate);
void tou_practice_token_free (TouPracticeToken *self);

/** tou_practice_tokens_can_be_used: whether SoftHSM is there. Errors: TOU_PRACTICE_ERROR_NO_SOFTHSM. */
gboolean tou_practice_tokens_can_be_used (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_tokens_write_configuration: writes @folder/softhsm2.conf, with tokens in @token_folder
 * (absolute). */
gboolean tou_practice_tokens_write_configuration (const char *folder, const char *token_folder,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * tou_practice_tokens_create:
 * @folder: holds softhsm2.conf
 * @tokens: (element-type TouPracticeToken)
 * @authority: DER of the authority's certificate, put onto every card as real ones have it
 * @pin: the user PIN of all
 *
 * Makes one SoftHSM token a card (PKCS#11 v2.40): private key (never leaves the token) and certificate with
 * the same CKA_ID. Sets SOFTHSM2_CONF in this process's environment, so no other thread may be looking at it
 * meanwhile.
 *
 * Errors: TOU_PRACTICE_ERROR_NO_SOFTHSM when the library is missing or does not load;
 * TOU_PRACTICE_ERROR_FAILED.
 */
gboolean tou_practice_tokens_create (const char *folder, GPtrArray *tokens, GBytes *authority,
                                     const char *pin, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
