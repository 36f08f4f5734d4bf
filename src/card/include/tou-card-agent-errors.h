/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tou_card_agent_errors_register: ties each #TouCardError to its D-Bus name
 * (io.github.touroku.CardAgent1.Error.PinWrong and so on), for the agent and its client alike: GDBus then
 * turns one into the other by itself. Called once or more often, before the first call.
 */
void tou_card_agent_errors_register (void);

G_END_DECLS
