/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-agent-dbus.h"
#include "tou-child-process.h"

G_BEGIN_DECLS

/**
 * TouAgentHost:
 *
 * The agent that serves now, and those on their way out: starts one when the last has let go of the reader,
 * follows it, ends it. Main thread. Signals: "changed" and "lost", as the agent says them; "exited": the
 * agent ended by itself; "ended": the last of those on their way out is gone.
 */
#define TOU_TYPE_AGENT_HOST (tou_agent_host_get_type ())
G_DECLARE_FINAL_TYPE (TouAgentHost, tou_agent_host, TOU, AGENT_HOST, GObject)

/** tou_agent_host_new: as tou_card_agent_client_new(). */
TouAgentHost *tou_agent_host_new (const char *agent_path, const char *module, const char *const *environment);

/** tou_agent_host_start_async: only without an agent, and one at a time. Begins when all those before have
 * ended, which is when the agent's program says so or after three seconds. @idle_seconds: the agent's own
 * limit. */
void tou_agent_host_start_async (TouAgentHost *self, guint idle_seconds, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);

/** tou_agent_host_start_finish: Errors: of GSpawn and GDBus, G_IO_ERROR_CANCELLED; then there is still no
 * proxy, and what was started has to be dropped. */
gboolean tou_agent_host_start_finish (TouAgentHost *self, GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_agent_host_get_proxy: Returns: (transfer none) (nullable): the agent, when there is one. */
TouDBusCardAgent1 *tou_agent_host_get_proxy (TouAgentHost *self);
/** tou_agent_host_get_process: Returns: (transfer none) (nullable): the same, as a process. */
TouChildProcess *tou_agent_host_get_process (TouAgentHost *self);

/** tou_agent_host_is_ending: Returns: whether an agent is on its way out; it may still hold the card. */
gboolean tou_agent_host_is_ending (TouAgentHost *self);

/** tou_agent_host_drop: there is no agent any more; it ends behind the scenes, as
 * tou_agent_ending_run_async() describes it, and the cards that it has said to open are reset where it has to
 * be. Nothing more is heard of it. */
void tou_agent_host_drop (TouAgentHost *self, gboolean gently);

G_END_DECLS
