/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-hub-member.h"

G_BEGIN_DECLS

/**
 * tou_hub_unlock_async:
 * @members: (element-type TouHubMember): all of the hub's
 * @member: the one whose card it is
 * @token: as @member's own inventory has it
 * @pin: (nullable): as tou_card_access_unlock_async()
 *
 * Ends the agents of all other members, which takes as long as tou_card_agent_client_release_async(), and
 * then unlocks the card: a module that looks at a card may take from it what another one has unlocked. Main
 * thread.
 */
void tou_hub_unlock_async (GPtrArray *members, TouHubMember *member, TouCardToken *token, TouSecret *pin,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** tou_hub_unlock_finish: as tou_card_access_unlock_finish() */
GPtrArray *tou_hub_unlock_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
