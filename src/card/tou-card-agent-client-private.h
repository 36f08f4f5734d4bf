/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-agent-client.h"
#include "tou-child-process.h"

G_BEGIN_DECLS

/** tou_card_agent_client_get_process: Returns: (transfer none) (nullable): the agent that serves now */
TouChildProcess *tou_card_agent_client_get_process (TouCardAgentClient *self);

/** tou_card_agent_client_release_async: as tou_card_access_release(), and tells when the process is gone, and
 * with it everything it did with the card: what another module does then cannot be undone by it. Takes as
 * long as the end of an agent does (tou-agent-ending.h). Cannot fail or be cancelled. */
void tou_card_agent_client_release_async (TouCardAgentClient *self, GAsyncReadyCallback callback,
                                          gpointer user_data);

G_END_DECLS
