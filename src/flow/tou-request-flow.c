/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-request-flow-private.h"

#include "tou-cancellable.h"
#include "tou-flow-error.h"

enum {
    PROP_STATE = 1,
    PROP_DRAFT_DELAY,
    N_PROPS,
};

enum {
    SIGNAL_CARD_LOST,
    SIGNAL_CARD_REFUSED,
    SIGNAL_CONTACT_LOADED,
    SIGNAL_DRAFT_WRITTEN,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TouRequestFlow, tou_request_flow, G_TYPE_OBJECT)

TouRequestFlowPrivate *
tou_request_flow_get_private (TouRequestFlow *self)
{
    return tou_request_flow_get_instance_private (self);
}

void
tou_request_flow_set_state (TouRequestFlow *self, TouRequestState state)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (priv->state == state)
        return;
    priv->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

void
tou_request_flow_tell_card_lost (TouRequestFlow *self)
{
    g_signal_emit (self, signals[SIGNAL_CARD_LOST], 0);
}

static void
begin_unlock (TouRequestFlow *self)
{
    tou_unlock_step_begin (tou_request_flow_get_private (self)->unlock);
}

void
tou_request_flow_enter_card (TouRequestFlow *self)
{
    g_clear_pointer (&tou_request_flow_get_private (self)->certificate, tou_card_certificate_unref);
    TOU_REQUEST_FLOW_GET_CLASS (self)->ask_card (self);
}

/* The card */

static void
on_unlock_changed (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    switch (tou_unlock_step_get_state (priv->unlock)) {
    case TOU_UNLOCK_STATE_CARD:
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_CARD);
        break;
    case TOU_UNLOCK_STATE_UNLOCKING:
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_UNLOCKING);
        break;
    case TOU_UNLOCK_STATE_CERTIFICATE:
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_CERTIFICATE);
        break;
    case TOU_UNLOCK_STATE_UNLOCKED:
        TOU_REQUEST_FLOW_GET_CLASS (self)->use_card (self);
        break;
    case TOU_UNLOCK_STATE_IDLE: /* the flow let the card go, or hears "card-lost" next */
    default:
        break;
    }
}

static void
on_card_lost (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    switch (priv->state) {
    case TOU_REQUEST_STATE_EDITING:
    case TOU_REQUEST_STATE_CONFIRMING:
        tou_request_flow_enter_card (self);
        break;
    case TOU_REQUEST_STATE_CARD: /* a certificate was being chosen */
        break;
    case TOU_REQUEST_STATE_ASKING:
    case TOU_REQUEST_STATE_SIGNING:
    case TOU_REQUEST_STATE_SUBMITTING:
    case TOU_REQUEST_STATE_UNCERTAIN:
    case TOU_REQUEST_STATE_IDLE:
    case TOU_REQUEST_STATE_PREPARING:
    case TOU_REQUEST_STATE_UNLOCKING:
    case TOU_REQUEST_STATE_CERTIFICATE:
    case TOU_REQUEST_STATE_COMPLETED:
    default:
        return;
    }
    tou_request_flow_tell_card_lost (self);
}

static void
on_card_refused (TouRequestFlow *self, GError *error)
{
    TouRequestState state = tou_request_flow_get_private (self)->state;

    if (state != TOU_REQUEST_STATE_EDITING && state != TOU_REQUEST_STATE_CONFIRMING)
        return;
    tou_request_flow_enter_card (self);
    g_signal_emit (self, signals[SIGNAL_CARD_REFUSED], 0, error);
}

static void
on_contact_loaded (TouRequestFlow *self)
{
    g_signal_emit (self, signals[SIGNAL_CONTACT_LOADED], 0);
}

static void
on_draft_written (TouRequestFlow *self)
{
    g_signal_emit (self, signals[SIGNAL_DRAFT_WRITTEN], 0);
}

/* Preparation */

static void
take_registration (TouRequestFlow *self, TouRegistration *registration)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_clear_pointer (&priv->registration, tou_registration_free);
    priv->registration = registration;
}

/* @error: (transfer full). Returns: (transfer full) */
static GError *
name_missing (GError *error)
{
    if (!g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND))
        return error;
    g_error_free (error);
    return g_error_new_literal (TOU_FLOW_ERROR, TOU_FLOW_ERROR_NOT_REGISTERED,
                                "Nothing is registered in this category");
}

static void
on_registration_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRequestFlow *self = g_task_get_source_object (task);
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    GError *error = NULL;
    TouRegistration *registration = tou_session_flow_get_registration_finish (TOU_SESSION_FLOW (source),
                                                                              result, &error);

    /* One that is not the flow's any more was left and changes nothing. */
    if (g_task_get_task_data (task) == priv->preparing) {
        g_clear_object (&priv->preparing);
        take_registration (self, registration);
        tou_request_flow_set_state (self, TOU_REQUEST_STATE_IDLE);
    } else if (registration != NULL) {
        tou_registration_free (registration);
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The flow was left");
    }
    if (error == NULL) {
        g_task_return_boolean (task, TRUE);
        return;
    }
    g_task_return_error (task, name_missing (error));
}

static void
take_company (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    const TouSession *session = tou_session_flow_get_session (priv->session);

    g_clear_pointer (&priv->company, tou_company_free);
    if (priv->registration != NULL)
        priv->company = tou_company_copy (priv->registration->company);
    else if (session != NULL)
        priv->company = tou_company_copy (session->company);
}

static gboolean
is_of_other (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    return priv->user_id != NULL
           && g_strcmp0 (priv->user_id, tou_session_flow_get_user_id (priv->session)) != 0;
}

static gboolean
is_unsettled (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->state == TOU_REQUEST_STATE_UNCERTAIN && !is_of_other (self);
}

static void
take_owner (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (is_of_other (self))
        g_clear_object (&priv->run);
    tou_set_text (&priv->user_id, tou_session_flow_get_user_id (priv->session));
    priv->category = tou_session_flow_get_category (priv->session);
    if (priv->form != NULL)
        tou_contact_form_take_owner (priv->form);
    take_company (self);
}

static gboolean
check_form (TouRequestFlow *self, TouField *out_field, GError **error)
{
    return tou_contact_form_check (tou_request_flow_get_private (self)->form, out_field, error);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_STATE)
        g_value_set_uint (value, tou_request_flow_get_private (TOU_REQUEST_FLOW (object))->state);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_DRAFT_DELAY)
        tou_contact_form_set_draft_delay (tou_request_flow_get_private (TOU_REQUEST_FLOW (object))->form,
                                          g_value_get_uint (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
finalize (GObject *object)
{
    TouRequestFlow *self = TOU_REQUEST_FLOW (object);
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_clear_object (&priv->run);
    g_clear_object (&priv->preparing);
    g_clear_object (&priv->submitting);
    g_clear_object (&priv->memory);
    g_clear_object (&priv->unlock);
    g_clear_object (&priv->form);
    g_clear_object (&priv->session);
    g_clear_object (&priv->cards);
    g_clear_object (&priv->store);
    g_clear_object (&priv->proofs);
    g_free (priv->user_id);
    g_clear_pointer (&priv->registration, tou_registration_free);
    g_clear_pointer (&priv->company, tou_company_free);
    g_clear_pointer (&priv->certificate, tou_card_certificate_unref);
    g_clear_pointer (&priv->filled_with, tou_card_certificate_unref);
    G_OBJECT_CLASS (tou_request_flow_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_REQUEST_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_request_flow_class_init (TouRequestFlowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    klass->ask_card = begin_unlock;
    klass->use_card = tou_request_flow_use_certificate;
    klass->confirm = check_form;
    props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, TOU_REQUEST_STATE_COMPLETED,
                                           TOU_REQUEST_STATE_IDLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    props[PROP_DRAFT_DELAY] = g_param_spec_uint ("draft-delay", NULL, NULL, 0, G_MAXUINT, 1000,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPS, props);
    signals[SIGNAL_CARD_LOST] = make_signal ("card-lost");
    signals[SIGNAL_CARD_REFUSED] = g_signal_new ("card-refused", TOU_TYPE_REQUEST_FLOW, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
    signals[SIGNAL_CONTACT_LOADED] = make_signal ("contact-loaded");
    signals[SIGNAL_DRAFT_WRITTEN] = make_signal ("draft-written");
}

static void
tou_request_flow_init (TouRequestFlow *self)
{
}

void
tou_request_flow_set_up (TouRequestFlow *self, TouSessionFlow *session, TouCardAccess *cards,
                         TouRecordStore *store, TouProofChecker *proofs, gboolean has_form)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    priv->session = g_object_ref (session);
    priv->cards = g_object_ref (cards);
    priv->store = g_object_ref (store);
    priv->proofs = g_object_ref (proofs);
    priv->unlock = tou_unlock_step_new (cards, tou_session_flow_get_clock (session));
    priv->memory = tou_card_memory_new (store, session, priv->unlock);
    g_signal_connect_object (priv->unlock, "notify::state", G_CALLBACK (on_unlock_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (priv->unlock, "card-lost", G_CALLBACK (on_card_lost), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (priv->unlock, "card-refused", G_CALLBACK (on_card_refused), self,
                             G_CONNECT_SWAPPED);
    if (!has_form)
        return;
    priv->form = tou_contact_form_new (session, store, tou_request_flow_get_operation (self));
    g_signal_connect_object (priv->form, "loaded", G_CALLBACK (on_contact_loaded), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (priv->form, "draft-written", G_CALLBACK (on_draft_written), self,
                             G_CONNECT_SWAPPED);
}

TouRequestState
tou_request_flow_get_state (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->state;
}

TouOperation
tou_request_flow_get_operation (TouRequestFlow *self)
{
    return TOU_REQUEST_FLOW_GET_CLASS (self)->operation;
}

TouSessionFlow *
tou_request_flow_get_session_flow (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->session;
}

TouUnlockStep *
tou_request_flow_get_unlock_step (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->unlock;
}

TouCardAccess *
tou_request_flow_get_cards (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->cards;
}

TouProofChecker *
tou_request_flow_get_proofs (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->proofs;
}

TouContactForm *
tou_request_flow_get_form (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->form;
}

static void
ask_registration (TouRequestFlow *self, GTask *task)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    tou_unlock_step_leave (priv->unlock);
    g_clear_pointer (&priv->certificate, tou_card_certificate_unref);
    priv->preparing = tou_cancellable_new_following (g_task_get_cancellable (task));
    g_task_set_task_data (task, g_object_ref (priv->preparing), g_object_unref);
    tou_request_flow_set_state (self, TOU_REQUEST_STATE_PREPARING);
    tou_session_flow_get_registration_async (priv->session, priv->preparing, on_registration_got,
                                             g_object_ref (task));
}

void
tou_request_flow_prepare_async (TouRequestFlow *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, tou_request_flow_prepare_async);
    if (priv->submitting != NULL || priv->preparing != NULL)
        g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE, "The flow is busy");
    else if (is_unsettled (self) || !TOU_REQUEST_FLOW_GET_CLASS (self)->needs_registration)
        g_task_return_boolean (task, TRUE);
    else
        ask_registration (self, task);
}

gboolean
tou_request_flow_prepare_finish (TouRequestFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

const TouRegistration *
tou_request_flow_get_registration (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->registration;
}

/* On screen, from before another card is asked for. */
static gboolean
has_form_or_facts (TouRequestFlow *self)
{
    TouRequestState state = tou_request_flow_get_private (self)->state;

    return state == TOU_REQUEST_STATE_CARD || state == TOU_REQUEST_STATE_EDITING
           || state == TOU_REQUEST_STATE_CONFIRMING;
}

void
tou_request_flow_begin (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    TouRequestFlowClass *klass = TOU_REQUEST_FLOW_GET_CLASS (self);

    g_return_if_fail (priv->submitting == NULL && priv->preparing == NULL);
    g_return_if_fail (is_unsettled (self) || !klass->needs_registration || priv->registration != NULL);

    priv->is_left = FALSE;
    if (is_unsettled (self))
        return;
    take_owner (self);
    if (!has_form_or_facts (self))
        g_clear_pointer (&priv->filled_with, tou_card_certificate_unref);
    if (klass->begun != NULL)
        klass->begun (self);
    tou_card_memory_recall (priv->memory);
    tou_request_flow_enter_card (self);
}

void
tou_request_flow_leave (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);
    gboolean may_be_sent = priv->state == TOU_REQUEST_STATE_SUBMITTING
                           || priv->state == TOU_REQUEST_STATE_UNCERTAIN;

    if (priv->form != NULL)
        tou_contact_form_leave (priv->form);
    g_cancellable_cancel (priv->preparing);
    g_clear_object (&priv->preparing);
    g_cancellable_cancel (priv->submitting);
    tou_unlock_step_leave (priv->unlock);
    if (may_be_sent) {
        priv->is_left = TRUE;
        return;
    }
    if (priv->state == TOU_REQUEST_STATE_ASKING || priv->state == TOU_REQUEST_STATE_SIGNING)
        g_clear_object (&priv->run);
    g_clear_object (&priv->submitting);
    g_clear_pointer (&priv->certificate, tou_card_certificate_unref);
    tou_request_flow_set_state (self, TOU_REQUEST_STATE_IDLE);
}

TouCardCertificate *
tou_request_flow_get_certificate (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->certificate;
}

TouCardCertificate *
tou_request_flow_get_former_certificate (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (priv->certificate == NULL || priv->filled_with == NULL
        || g_strcmp0 (priv->certificate->sha256, priv->filled_with->sha256) == 0)
        return NULL;
    return priv->filled_with;
}

static void
note_filled_with (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_clear_pointer (&priv->filled_with, tou_card_certificate_unref);
    priv->filled_with = tou_card_certificate_ref (priv->certificate);
}

/* The new card of a renewal is the one to use only once the renewal is approved. */
static void
remember_card (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (tou_request_flow_get_operation (self) != TOU_OPERATION_CARD_RENEWAL)
        tou_card_memory_remember (priv->memory, priv->certificate);
}

void
tou_request_flow_use_certificate (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_clear_pointer (&priv->certificate, tou_card_certificate_unref);
    priv->certificate = tou_card_certificate_ref (tou_unlock_step_get_certificate (priv->unlock));
    if (priv->filled_with == NULL)
        note_filled_with (self);
    remember_card (self);
    tou_request_flow_set_state (self, priv->form != NULL ? TOU_REQUEST_STATE_EDITING
                                                         : TOU_REQUEST_STATE_CONFIRMING);
}

void
tou_request_flow_begin_again (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_return_if_fail (priv->state == TOU_REQUEST_STATE_COMPLETED);
    g_return_if_fail (tou_unlock_step_get_state (priv->unlock) == TOU_UNLOCK_STATE_UNLOCKED);

    take_owner (self);
    /* The form was seen, and sent, with the card that is in use now. */
    g_clear_pointer (&priv->filled_with, tou_card_certificate_unref);
    tou_request_flow_use_certificate (self);
}

const TouCompany *
tou_request_flow_get_company (TouRequestFlow *self)
{
    return tou_request_flow_get_private (self)->company;
}

void
tou_request_flow_set_numbers (TouRequestFlow *self, const char *phone, const char *fax)
{
    TouCompany *company = tou_request_flow_get_private (self)->company;

    tou_set_text (&company->phone, phone);
    tou_set_text (&company->fax, fax);
}

const TouContact *
tou_request_flow_get_contact (TouRequestFlow *self)
{
    TouContactForm *form = tou_request_flow_get_private (self)->form;

    return form != NULL ? tou_contact_form_get_contact (form) : NULL;
}

void
tou_request_flow_set_contact (TouRequestFlow *self, const TouContact *contact)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_return_if_fail (priv->form != NULL && priv->state <= TOU_REQUEST_STATE_EDITING);

    tou_contact_form_set_contact (priv->form, contact);
}

void
tou_request_flow_flush_draft (TouRequestFlow *self)
{
    TouContactForm *form = tou_request_flow_get_private (self)->form;

    if (form != NULL)
        tou_contact_form_flush (form);
}

const GError *
tou_request_flow_get_draft_error (TouRequestFlow *self)
{
    TouContactForm *form = tou_request_flow_get_private (self)->form;

    return form != NULL ? tou_contact_form_get_draft_error (form) : NULL;
}

void
tou_request_flow_recall_draft (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (priv->state != TOU_REQUEST_STATE_IDLE && priv->state != TOU_REQUEST_STATE_COMPLETED)
        return;
    if (is_of_other (self))
        g_clear_object (&priv->run);
    if (priv->form != NULL)
        tou_contact_form_take_owner (priv->form);
}

gint64
tou_request_flow_get_draft_time_us (TouRequestFlow *self)
{
    TouContactForm *form = tou_request_flow_get_private (self)->form;

    return form != NULL ? tou_contact_form_get_draft_time_us (form) : 0;
}

gboolean
tou_request_flow_confirm (TouRequestFlow *self, TouField *out_field, GError **error)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    if (priv->state != TOU_REQUEST_STATE_EDITING) {
        g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE, "There is no form to confirm");
        return FALSE;
    }
    if (!TOU_REQUEST_FLOW_GET_CLASS (self)->confirm (self, out_field, error))
        return FALSE;
    tou_request_flow_set_state (self, TOU_REQUEST_STATE_CONFIRMING);
    return TRUE;
}

void
tou_request_flow_edit_again (TouRequestFlow *self)
{
    TouRequestFlowPrivate *priv = tou_request_flow_get_private (self);

    g_return_if_fail (priv->state == TOU_REQUEST_STATE_CONFIRMING);

    note_filled_with (self);
    tou_request_flow_set_state (self, TOU_REQUEST_STATE_EDITING);
}
