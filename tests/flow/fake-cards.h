/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-script.h"
#include "tou-card-access.h"

G_BEGIN_DECLS

/** The PIN of every fake card. */
#define FAKE_PIN "1234"

/** The moment at which the fakes live: 2026-11-23 09:00 UTC. */
#define FAKE_NOW_US (G_GINT64_CONSTANT (1795424400) * G_USEC_PER_SEC)

/**
 * FakeCards: readers and cards in memory. At first one reader with one card that has one fit certificate. A
 * signature is the text "cms(" certificate_sha256 ")" and the content.
 */
#define FAKE_TYPE_CARDS (fake_cards_get_type ())
G_DECLARE_FINAL_TYPE (FakeCards, fake_cards, FAKE, CARDS, GObject)

FakeCards *fake_cards_new (FakeScript *script);

/** fake_cards_set_inventory: what the next list answers; says "changed". */
void fake_cards_set_inventory (FakeCards *self, TouCardInventory *inventory);

/** fake_cards_set_certificates: (element-type TouCardCertificate): what the next unlock answers. */
void fake_cards_set_certificates (FakeCards *self, GPtrArray *certificates);

/** fake_cards_lose: the unlocked card is taken out: says "lost". */
void fake_cards_lose (FakeCards *self);

/** fake_cards_set_keypad: how long it waits for the PIN, 0: not known; whether the card asks for it at each
 * signature. */
void fake_cards_set_keypad (FakeCards *self, guint seconds, gboolean asks_each_time);

gboolean fake_cards_is_unlocked (FakeCards *self);

/** fake_certificate_new: one that is fit at FAKE_NOW_US; all digits of its hash are @hash_digit. */
TouCardCertificate *fake_certificate_new (char hash_digit);

/** fake_inventory_new: one reader; @certificate: (nullable): the card in it. */
TouCardInventory *fake_inventory_new (TouCardCertificate *certificate);

G_END_DECLS
