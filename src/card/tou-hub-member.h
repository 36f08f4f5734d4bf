/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-agent-client-private.h"

G_BEGIN_DECLS

/**
 * TouHubMember:
 *
 * One module of a hub: its agent's client, its last answer, and whether it is worth asking. Main thread.
 *
 * Signals: "listed": an answer came; "changed" and "lost", as the client says them.
 */
#define TOU_TYPE_HUB_MEMBER (tou_hub_member_get_type ())
G_DECLARE_FINAL_TYPE (TouHubMember, tou_hub_member, TOU, HUB_MEMBER, GObject)

/** tou_hub_member_new: @number: what no other member of the hub has or had; the rest as
 * tou_card_agent_client_new(). */
TouHubMember *tou_hub_member_new (guint number, const char *agent_path, const char *module,
                                  const char *const *environment, TouProofChecker *proofs);

guint tou_hub_member_get_number (TouHubMember *self);
/** tou_hub_member_get_module: Returns: (transfer none): file name */
const char *tou_hub_member_get_module (TouHubMember *self);
/** tou_hub_member_get_client: Returns: (transfer none) */
TouCardAgentClient *tou_hub_member_get_client (TouHubMember *self);
/** tou_hub_member_get_inventory: Returns: (transfer none) (nullable): of the last answer; %NULL: none yet, or
 * an error */
TouCardInventory *tou_hub_member_get_inventory (TouHubMember *self);
/** tou_hub_member_get_error: Returns: (transfer none) (nullable): of the last answer; TOU_CARD_ERROR */
const GError *tou_hub_member_get_error (TouHubMember *self);
/** tou_hub_member_make_report: Returns: (transfer full) */
TouModuleReport *tou_hub_member_make_report (TouHubMember *self);

/** tou_hub_member_list: asks the module for its readers and cards; nothing happens while it has not answered
 * the time before, and while it is left alone for its failures. */
void tou_hub_member_list (TouHubMember *self);
/** tou_hub_member_is_listing: Returns: whether "listed" will come */
gboolean tou_hub_member_is_listing (TouHubMember *self);
/** tou_hub_member_cancel_list: the last answer stays what it was; "listed" does not come. */
void tou_hub_member_cancel_list (TouHubMember *self);
/** tou_hub_member_forgive: the next list asks it, whatever it did before. */
void tou_hub_member_forgive (TouHubMember *self);

/** tou_hub_member_take_news: Returns: whether readers, cards or the module's own state are others than at the
 * call before. */
gboolean tou_hub_member_take_news (TouHubMember *self);

/** tou_hub_member_find_token: @id: as the module's own inventory has it. Returns: (transfer none) (nullable)
 */
TouCardToken *tou_hub_member_find_token (TouHubMember *self, const char *id);

G_END_DECLS
