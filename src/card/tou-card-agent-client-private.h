/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-agent-client.h"
#include "tou-child-process.h"

G_BEGIN_DECLS

/** tou_card_agent_client_get_process: for tests: Returns: (transfer none) (nullable): the agent that serves
 * now */
TouChildProcess *tou_card_agent_client_get_process (TouCardAgentClient *self);

G_END_DECLS
