/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"
#include "tou-proof-checker.h"

G_BEGIN_DECLS

/**
 * TouCardHub:
 *
 * #TouCardAccess over several PKCS#11 modules, each in an agent of its own (#TouCardAgentClient): one that
 * hangs or crashes takes no other with it.
 *
 * A list asks all modules at the same time. It waits two seconds more once the first has answered; what comes
 * later is told by "changed", if it is news. Its inventory says of each module how it did. It fails only when
 * no module works; the error is then that of a module that could be started, if there is one. A module that
 * failed three times within ten seconds is left alone for as long.
 *
 * Before a card is unlocked the agents of all other modules are ended: a module that looks at a card may
 * take from it what another one has unlocked. While a card is unlocked a list asks its module alone. Main
 * thread.
 *
 * Signals, besides those of #TouCardAccess: "reported": a module has answered, or is not asked any more.
 *
 * Properties: "time-out-seconds" (guint): as that of #TouCardAgentClient, for all modules.
 */
#define TOU_TYPE_CARD_HUB (tou_card_hub_get_type ())
G_DECLARE_FINAL_TYPE (TouCardHub, tou_card_hub, TOU, CARD_HUB, GObject)

/**
 * tou_card_hub_new:
 * @agent_path: the agent's program
 * @environment: (array zero-terminated=1) (nullable): as tou_card_agent_client_new()
 *
 * Without modules at first.
 */
TouCardHub *
tou_card_hub_new (const char *agent_path, const char *const *environment, TouProofChecker *proofs);

/**
 * tou_card_hub_set_modules:
 * @modules: (array zero-terminated=1): file names; the first shows a card that several of them know
 *
 * What was there before goes on, a step with its card too, and is asked again even if it failed; a card that
 * a module had unlocked which is not in use any more is lost. "changed" is emitted, after a step that is
 * under way.
 */
void tou_card_hub_set_modules (TouCardHub *self, const char *const *modules);

/** tou_card_hub_look: asks all modules how they do, without being a step: "reported" tells of each, and
 * "changed" when readers or cards are others. Nothing happens while a card is unlocked or being unlocked. */
void tou_card_hub_look (TouCardHub *self);

/** tou_card_hub_is_looking: Returns: whether a module has been asked and has not answered */
gboolean tou_card_hub_is_looking (TouCardHub *self);

/** tou_card_hub_make_reports: Returns: (transfer full) (element-type TouModuleReport): of all modules in use,
 * as of their last answers */
GPtrArray *tou_card_hub_make_reports (TouCardHub *self);

G_END_DECLS
