/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-proof-checker.h"

G_BEGIN_DECLS

/* The agent's answers (data/dbus/io.github.touroku.CardAgent1.xml) as the structs of core. */

/** tou_card_variant_read_certificates: @ders: aay. What does not parse and what belongs to an authority is
 * left out. Returns: (transfer full) (element-type TouCardCertificate) */
GPtrArray *tou_card_variant_read_certificates (GVariant *ders, TouProofChecker *proofs);

/** tou_card_variant_read_inventory: @readers: a(su); @tokens: a(sssssubuubaay). Returns: (transfer full) */
TouCardInventory *
tou_card_variant_read_inventory (GVariant *readers, GVariant *tokens, TouProofChecker *proofs);

G_END_DECLS
