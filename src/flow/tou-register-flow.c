/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-register-flow.h"

#include "tou-flow-error.h"

struct _TouRegisterFlow {
    TouRequestFlow parent_instance;

    gboolean is_second; /* of the two categories */
};

G_DEFINE_FINAL_TYPE (TouRegisterFlow, tou_register_flow, TOU_TYPE_REQUEST_FLOW)

static TouCategory
get_other_category (TouRegisterFlow *self)
{
    TouSessionFlow *session = tou_request_flow_get_session_flow (TOU_REQUEST_FLOW (self));

    return tou_session_flow_get_category (session) == TOU_CATEGORY_CONSTRUCTION ? TOU_CATEGORY_GOODS
                                                                                : TOU_CATEGORY_CONSTRUCTION;
}

static gboolean
keeps_card (TouRequestFlow *flow)
{
    TouRegisterFlow *self = TOU_REGISTER_FLOW (flow);
    const TouServiceInfo *info = tou_session_flow_get_info (tou_request_flow_get_session_flow (flow));

    return !self->is_second && info != NULL && info->has_category[get_other_category (self)];
}

static void
begun (TouRequestFlow *flow)
{
    TOU_REGISTER_FLOW (flow)->is_second = FALSE;
}

static gboolean
begin_second (TouRegisterFlow *self, GError **error)
{
    TouRequestFlow *flow = TOU_REQUEST_FLOW (self);

    if (!tou_register_flow_can_repeat (self, NULL)) {
        g_set_error_literal (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE, "There is nothing to repeat");
        return FALSE;
    }
    tou_request_flow_begin_again (flow);
    self->is_second = TRUE;
    return tou_request_flow_confirm (flow, NULL, error);
}

static void
on_category_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;

    if (tou_session_flow_change_category_finish (TOU_SESSION_FLOW (source), result, &error)
        && begin_second (g_task_get_source_object (task), &error))
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, error);
}

static void
tou_register_flow_class_init (TouRegisterFlowClass *klass)
{
    TouRequestFlowClass *request_class = TOU_REQUEST_FLOW_CLASS (klass);

    request_class->operation = TOU_OPERATION_REGISTRATION;
    request_class->begun = begun;
    request_class->keeps_card = keeps_card;
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

gboolean
tou_register_flow_can_repeat (TouRegisterFlow *self, TouCategory *out_category)
{
    TouRequestFlow *flow = TOU_REQUEST_FLOW (self);
    TouUnlockStep *unlock = tou_request_flow_get_unlock_step (flow);

    if (out_category != NULL)
        *out_category = get_other_category (self);
    return tou_request_flow_get_state (flow) == TOU_REQUEST_STATE_COMPLETED
           && tou_session_flow_get_session (tou_request_flow_get_session_flow (flow)) != NULL
           && tou_unlock_step_get_state (unlock) == TOU_UNLOCK_STATE_UNLOCKED && keeps_card (flow);
}

void
tou_register_flow_repeat_async (TouRegisterFlow *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, tou_register_flow_repeat_async);
    /* The state tells what happened; a cancel that comes after it must not say otherwise. */
    g_task_set_check_cancellable (task, FALSE);
    if (!tou_register_flow_can_repeat (self, NULL)) {
        g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE,
                                 "There is nothing to repeat");
        return;
    }
    tou_session_flow_change_category_async (tou_request_flow_get_session_flow (TOU_REQUEST_FLOW (self)),
                                            get_other_category (self), cancellable, on_category_changed,
                                            g_steal_pointer (&task));
}

gboolean
tou_register_flow_repeat_finish (TouRegisterFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}
