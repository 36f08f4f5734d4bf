/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-outbox-flow.h"
#include "tou-request-flow.h"
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
    TouRequestFlow *registration;
    TouRequestFlow *contact_change; /* (nullable) */
    TouRequestFlow *renewal;
    TouReviewFlow *review;
    TouOutboxFlow *outbox;
} TouFlows;

#define TOU_TYPE_FLOWS (tou_flows_get_type ())
GType tou_flows_get_type (void);

/** tou_flows_new: Returns: (transfer full): all %NULL, for the caller to fill with references of its own. */
TouFlows *tou_flows_new (void);
TouFlows *tou_flows_ref (TouFlows *self);
void tou_flows_unref (TouFlows *self);

/** tou_flows_get: Returns: (transfer none) (nullable): the flow of @operation. */
TouRequestFlow *tou_flows_get (TouFlows *self, TouOperation operation);

/** tou_flows_get_unsettled: Returns: (transfer none) (nullable): a flow that has sent something and does not
 * know what became of it. */
TouRequestFlow *tou_flows_get_unsettled (TouFlows *self);

/** tou_flows_get_submitting: Returns: (transfer none) (nullable): the flow with a submission under way. */
TouRequestFlow *tou_flows_get_submitting (TouFlows *self);

/** tou_flows_leave: leaves the flows of all operations but @except (nullable). */
void tou_flows_leave (TouFlows *self, TouRequestFlow *except);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouFlows, tou_flows_unref)

G_END_DECLS
