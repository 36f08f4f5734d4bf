/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-backend.h"
#include "tou-card-modules.h"
#include "tou-flows.h"

G_BEGIN_DECLS

/**
 * TouJoinery:
 *
 * Makes the flows for one agency out of concrete objects: the HTTP client, the card agent's client, the
 * store. Keeps what all agencies share. Main thread.
 */
#define TOU_TYPE_JOINERY (tou_joinery_get_type ())
G_DECLARE_FINAL_TYPE (TouJoinery, tou_joinery, TOU, JOINERY, GObject)

/** tou_joinery_new: @practice_folder: (nullable): use the practice cards of this folder and records of their
 * own. */
TouJoinery *tou_joinery_new (const TouBackend *backend, TouCardProfiles *profiles,
                             const char *practice_folder, TouTimeline *timeline);

/** tou_joinery_get_store: Returns: (transfer none) */
TouRecordStore *tou_joinery_get_store (TouJoinery *self);

/** tou_joinery_get_proofs: Returns: (transfer none) */
TouProofChecker *tou_joinery_get_proofs (TouJoinery *self);

/** tou_joinery_get_modules: Returns: (transfer none) (nullable): %NULL in practice */
TouCardModules *tou_joinery_get_modules (TouJoinery *self);

/** tou_joinery_join: Returns: (transfer full): flows for working with @profile's agency. */
TouFlows *tou_joinery_join (TouJoinery *self, TouServiceProfile *profile);

G_END_DECLS
