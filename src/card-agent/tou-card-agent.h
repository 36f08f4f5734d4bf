/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouCardAgent:
 *
 * Answers the calls of io.github.touroku.CardAgent1 on one connection; the work is done on a thread of its
 * own, in the order of the calls. Main thread.
 *
 * Signals: "ended": nothing more will be asked: the connection is closed, or an unlocked card was not used
 * for the idle time. While nothing is unlocked the agent stays for the watch as long as its client does: it
 * holds no secret then.
 */
#define TOU_TYPE_CARD_AGENT (tou_card_agent_get_type ())
G_DECLARE_FINAL_TYPE (TouCardAgent, tou_card_agent, TOU, CARD_AGENT, GObject)

/** tou_card_agent_new: @connection: its message processing not yet begun; @module: file name of a PKCS#11
 * module; @slot_view: that of touroku-slot-view.so. Errors: #GIOErrorEnum. Returns: (transfer full)
 * (nullable) */
TouCardAgent *tou_card_agent_new (GDBusConnection *connection, const char *module, const char *slot_view,
                                  guint idle_seconds, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_agent_close: logs out, ends the module, resets the card; waits for all that. The last thing. */
void tou_card_agent_close (TouCardAgent *self);

G_END_DECLS
