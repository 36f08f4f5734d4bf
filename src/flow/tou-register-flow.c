/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-register-flow.h"

struct _TouRegisterFlow {
    TouRequestFlow parent_instance;
};

G_DEFINE_FINAL_TYPE (TouRegisterFlow, tou_register_flow, TOU_TYPE_REQUEST_FLOW)

static void
tou_register_flow_class_init (TouRegisterFlowClass *klass)
{
    TOU_REQUEST_FLOW_CLASS (klass)->operation = TOU_OPERATION_REGISTRATION;
}

static void
tou_register_flow_init (TouRegisterFlow *self)
{
}

TouRequestFlow *
tou_register_flow_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                       TouProofChecker *proofs)
{
    TouRequestFlow *self = g_object_new (TOU_TYPE_REGISTER_FLOW, NULL);

    tou_request_flow_set_up (self, session, cards, store, proofs, TRUE);
    return self;
}
