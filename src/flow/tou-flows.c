/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-flows.h"

G_DEFINE_BOXED_TYPE (TouFlows, tou_flows, tou_flows_ref, tou_flows_unref)

TouFlows *
tou_flows_new (void)
{
    return g_rc_box_new0 (TouFlows);
}

TouFlows *
tou_flows_ref (TouFlows *self)
{
    return g_rc_box_acquire (self);
}

TouRequestFlow *
tou_flows_get (TouFlows *self, TouOperation operation)
{
    switch (operation) {
    case TOU_OPERATION_REGISTRATION:
        return self->registration;
    case TOU_OPERATION_CONTACT_CHANGE:
        return self->contact_change;
    case TOU_OPERATION_CARD_RENEWAL:
        return self->renewal;
    default:
        return NULL;
    }
}

TouRequestFlow *
tou_flows_get_unsettled (TouFlows *self)
{
    for (TouOperation i = 0; i < TOU_N_OPERATIONS; i++) {
        TouRequestFlow *flow = tou_flows_get (self, i);

        if (flow != NULL && tou_request_flow_get_state (flow) == TOU_REQUEST_STATE_UNCERTAIN)
            return flow;
    }
    return NULL;
}

TouRequestFlow *
tou_flows_get_submitting (TouFlows *self)
{
    for (TouOperation i = 0; i < TOU_N_OPERATIONS; i++) {
        TouRequestFlow *flow = tou_flows_get (self, i);

        if (flow != NULL && tou_request_flow_is_submitting (flow))
            return flow;
    }
    return NULL;
}

void
tou_flows_leave (TouFlows *self, TouRequestFlow *except)
{
    for (TouOperation i = 0; i < TOU_N_OPERATIONS; i++) {
        TouRequestFlow *flow = tou_flows_get (self, i);

        if (flow != NULL && flow != except)
            tou_request_flow_leave (flow);
    }
}

static void
clear (gpointer data)
{
    TouFlows *self = data;

    g_clear_object (&self->outbox);
    g_clear_object (&self->review);
    g_clear_object (&self->contact_change);
    g_clear_object (&self->renewal);
    g_clear_object (&self->registration);
    g_clear_object (&self->session);
}

void
tou_flows_unref (TouFlows *self)
{
    g_rc_box_release_full (self, clear);
}
