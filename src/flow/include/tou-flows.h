/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-register-flow.h"
#include "tou-review-flow.h"
#include "tou-session-flow.h"

G_BEGIN_DECLS

/**
 * TouFlows:
 *
 * The flows of one agency. `app` fills it, the window hands it to each page, and a page takes the flows it
 * shows. One flow is at work at a time; each lets its card go when it is left. Reference-counted, main
 * thread.
 */
typedef struct {
    TouSessionFlow *session;
    TouRegisterFlow *registration;
    TouReviewFlow *review;
} TouFlows;

#define TOU_TYPE_FLOWS (tou_flows_get_type ())
GType tou_flows_get_type (void);

/** tou_flows_new: Returns: (transfer full): all %NULL, for the caller to fill with references of its own. */
TouFlows *tou_flows_new (void);
TouFlows *tou_flows_ref (TouFlows *self);
void tou_flows_unref (TouFlows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouFlows, tou_flows_unref)

G_END_DECLS
