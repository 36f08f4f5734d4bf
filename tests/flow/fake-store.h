/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-script.h"
#include "tou-record-store.h"

G_BEGIN_DECLS

/** FakeStore: a record store in memory. */
#define FAKE_TYPE_STORE (fake_store_get_type ())
G_DECLARE_FINAL_TYPE (FakeStore, fake_store, FAKE, STORE, GObject)

FakeStore *fake_store_new (FakeScript *script);

/** fake_store_get: Returns: (transfer none) (nullable): what it holds of a submission. */
const TouSubmission *fake_store_get (FakeStore *self, const char *submission_id);
/** fake_store_get_newest: Returns: (transfer none): what was put there last. */
const TouSubmission *fake_store_get_newest (FakeStore *self);
guint fake_store_count (FakeStore *self, TouSubmissionState state);

/** fake_store_get_draft: Returns: (transfer none) (nullable) */
const TouContact *fake_store_get_draft (FakeStore *self, const char *user_id, TouCategory category);
void fake_store_set_draft (FakeStore *self, const TouDraft *draft);

/** fake_store_get_known_card: Returns: (transfer none) (nullable): the hash of the card used last. */
const char *fake_store_get_known_card (FakeStore *self, const char *agency_id, TouCategory category);
void fake_store_set_known_card (FakeStore *self, const TouKnownCard *card);

G_END_DECLS
