/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"
#include "tou-proof-checker.h"

G_BEGIN_DECLS

/**
 * TouCardAgentClient:
 *
 * #TouCardAccess by way of touroku-card-agent, a process of its own that is started at the first step. After
 * any error that did not come from looking at the PIN on this side, after a time-out and after a cancel the
 * process is ended: it is asked to log out where it still can, since a kill in the middle of a login can
 * damage what the card keeps, and killed where it does not answer; then the card it had unlocked is reset,
 * for killing a process does not close a card. A new one serves the next step, so does one after the other of
 * two unlocks. The step that was cancelled ends at once; the next one waits for the process to end. Where the
 * watch was running it starts again with the next list. Main thread.
 *
 * Signals, beside those of the interface: "died": the process ended by itself while it watched and had
 * nothing unlocked; "changed" follows, to ask for a list.
 *
 * Properties:
 * "time-out-seconds" (guint): for each step, process start included; 0 (as at first): 10 for a list, 30 for
 * an unlock or a signature, 60 where the PIN is typed on the reader for it. "idle-seconds" (guint): how long
 * an unlocked card is kept open without use, 600 at first; "lost" tells of the end. Taken over by the next
 * process.
 */
#define TOU_TYPE_CARD_AGENT_CLIENT (tou_card_agent_client_get_type ())
G_DECLARE_FINAL_TYPE (TouCardAgentClient, tou_card_agent_client, TOU, CARD_AGENT_CLIENT, GObject)

/**
 * tou_card_agent_client_new:
 * @agent_path: the program
 * @module: file name of a PKCS#11 module
 * @environment: (array zero-terminated=1) (nullable): NAME=VALUE, for the agent; OPENSC_CONF belongs
 * here. Of our own it gets what cards need, and no more (docs/environment.md)
 * @proofs: reads the certificates
 */
TouCardAgentClient *tou_card_agent_client_new (const char *agent_path, const char *module,
                                               const char *const *environment, TouProofChecker *proofs);

G_END_DECLS
