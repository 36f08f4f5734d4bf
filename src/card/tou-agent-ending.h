/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-child-process.h"

G_BEGIN_DECLS

/**
 * tou_agent_ending_run_async:
 * @process: an agent that nobody uses any more
 * @gently: ask it to log out and end; it is killed when that takes more than three seconds
 * @agent_path: the program
 * @readers: (array zero-terminated=1) (nullable): PC/SC's names of those whose card it may have unlocked
 *
 * Ends an agent. When it did not end in good order, the card it had unlocked is reset by a second process,
 * because it would stay open. Cannot fail; keeps itself alive until it is done.
 */
void
tou_agent_ending_run_async (TouChildProcess *process, gboolean gently, const char *agent_path,
                            const char *const *readers, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
