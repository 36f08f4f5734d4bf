/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

G_BEGIN_DECLS

/** tou_confirm_caution_dup: what deserves care before the request of @flow is signed: that its card is
 * another one than when the form was filled, and that the company on the card is not, or not in the same
 * characters, the one that applies. The certificate has to be known. Returns: (transfer full) (nullable):
 * %NULL: nothing
 */
char *tou_confirm_caution_dup (TouRequestFlow *flow);

G_END_DECLS
