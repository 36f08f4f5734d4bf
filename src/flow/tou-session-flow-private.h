/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-session-flow.h"

G_BEGIN_DECLS

/** tou_session_flow_note_error: for the other flows, after a call to the service failed: when @error says
 * that the session is over (30003, 30004), it is given up here too and the state goes back to CONNECTED. */
void tou_session_flow_note_error (TouSessionFlow *self, const GError *error);

G_END_DECLS
