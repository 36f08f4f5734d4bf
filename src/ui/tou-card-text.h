/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-unlock-step.h"

G_BEGIN_DECLS

/* What the PIN dialog says of readers, cards and certificates, in the language of the locale. */

/** tou_card_text_inventory: why there is no card to choose, and what to do. @inventory: without tokens.
 * Returns: (transfer full) */
char *tou_card_text_inventory (const TouCardInventory *inventory);

/** tou_card_text_title: @certificate: (nullable): of @token. Returns: (transfer none): the holder's name,
 * else the company's, else the token's label. */
const char *tou_card_text_title (const TouCardToken *token, const TouCardCertificate *certificate);

/** tou_card_text_candidate: company, issuer, expiry and reader, as far as known; the label, too, when another
 * one has the same title. @certificate: (nullable): of @token; %NULL: it shows none, then the name in
 * @profile (nullable) tells what it is. Returns: (transfer full) */
char *tou_card_text_candidate (const TouCardToken *token, const TouCardCertificate *certificate,
                               const TouCardProfile *profile, gboolean has_namesake);

/** tou_card_text_certificate: issuer and expiry. Returns: (transfer full) */
char *tou_card_text_certificate (const TouCardCertificate *certificate);

/** tou_card_text_fitness: why a certificate cannot be used. Returns: (nullable): %NULL: it can. */
const char *tou_card_text_fitness (TouCertificateFitness fitness);

/** tou_card_text_fault: the same in a few words for an error of tou_unlock_step_judge(). Returns: (transfer
 * none) */
const char *tou_card_text_fault (const GError *fault);

/** tou_card_text_judge: the same for what @step says of @certificate. Returns: (transfer none) (nullable):
 * %NULL: it can be used. */
const char *tou_card_text_judge (TouUnlockStep *step, const TouCardCertificate *certificate);

/** tou_card_text_pin_state: what the card says of its PIN. Returns: (nullable): %NULL: nothing to say. */
const char *tou_card_text_pin_state (TouPinState state);

/** tou_card_text_authority: whom to ask about the PIN. @profile: (nullable): of the card. Returns: (transfer
 * full) */
char *tou_card_text_authority (const TouCardProfile *profile);

/** tou_card_text_pin_length: Returns: (transfer full) (nullable): how long the PIN of @token is; what is
 * only the limit of a module is left out. */
char *tou_card_text_pin_length (const TouCardToken *token);

G_END_DECLS
