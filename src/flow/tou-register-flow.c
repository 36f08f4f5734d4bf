/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-register-flow.h"

#include "tou-cancellable.h"
#include "tou-contact-form.h"
#include "tou-flow-error.h"
#include "tou-submission-run.h"

struct _TouRegisterFlow {
    GObject parent_instance;

    TouSessionFlow *session;
    TouCardAccess *cards;
    TouRecordStore *store;
    TouProofChecker *proofs;
    TouUnlockStep *unlock;
    TouContactForm *form;
    TouSubmissionRun *run; /* the newest submission, NULL before the first */

    TouRegisterState state;
    TouCategory category;
    TouCompany *company;
    TouCardCertificate *certificate; /* the unlocked card's; it stays when the card is not needed any more */

    GCancellable *submitting; /* our own, of the submission under way that still counts */
    gboolean is_left;         /* left while submitting */
};

enum {
    PROP_STATE = 1,
    PROP_DRAFT_DELAY,
    N_PROPS,
};

enum {
    SIGNAL_CARD_LOST,
    SIGNAL_CARD_REFUSED,
    SIGNAL_CONTACT_LOADED,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouRegisterFlow, tou_register_flow, G_TYPE_OBJECT)

static void
set_state (TouRegisterFlow *self, TouRegisterState state)
{
    if (self->state == state)
        return;
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
enter_card (TouRegisterFlow *self)
{
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
    tou_unlock_step_begin (self->unlock);
}

/* The card */

static void
use_card (TouRegisterFlow *self)
{
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
    self->certificate = tou_card_certificate_ref (tou_unlock_step_get_certificate (self->unlock));
    set_state (self, TOU_REGISTER_STATE_EDITING);
}

static void
on_unlock_changed (TouRegisterFlow *self)
{
    switch (tou_unlock_step_get_state (self->unlock)) {
    case TOU_UNLOCK_STATE_CARD:
        set_state (self, TOU_REGISTER_STATE_CARD);
        break;
    case TOU_UNLOCK_STATE_UNLOCKING:
        set_state (self, TOU_REGISTER_STATE_UNLOCKING);
        break;
    case TOU_UNLOCK_STATE_CERTIFICATE:
        set_state (self, TOU_REGISTER_STATE_CERTIFICATE);
        break;
    case TOU_UNLOCK_STATE_UNLOCKED:
        use_card (self);
        break;
    case TOU_UNLOCK_STATE_IDLE: /* the flow let the card go, or hears "card-lost" next */
    default:
        break;
    }
}

static void
on_card_lost (TouRegisterFlow *self)
{
    switch (self->state) {
    case TOU_REGISTER_STATE_EDITING:
    case TOU_REGISTER_STATE_CONFIRMING:
        enter_card (self);
        break;
    case TOU_REGISTER_STATE_CARD: /* a certificate was being chosen */
        break;
    case TOU_REGISTER_STATE_SIGNING:
    case TOU_REGISTER_STATE_SUBMITTING:
    case TOU_REGISTER_STATE_UNCERTAIN:
    case TOU_REGISTER_STATE_IDLE:
    case TOU_REGISTER_STATE_UNLOCKING:
    case TOU_REGISTER_STATE_CERTIFICATE:
    case TOU_REGISTER_STATE_COMPLETED:
    default:
        return;
    }
    g_signal_emit (self, signals[SIGNAL_CARD_LOST], 0);
}

static void
on_card_refused (TouRegisterFlow *self, GError *error)
{
    if (self->state != TOU_REGISTER_STATE_EDITING && self->state != TOU_REGISTER_STATE_CONFIRMING)
        return;
    enter_card (self);
    g_signal_emit (self, signals[SIGNAL_CARD_REFUSED], 0, error);
}

static void
on_contact_loaded (TouRegisterFlow *self)
{
    g_signal_emit (self, signals[SIGNAL_CONTACT_LOADED], 0);
}

/* Submission */

static void
on_step_changed (TouRegisterFlow *self, GParamSpec *pspec, TouSubmissionRun *run)
{
    if (run != self->run)
        return;
    if (tou_submission_run_get_step (run) == TOU_SUBMISSION_STEP_SIGNING)
        set_state (self, TOU_REGISTER_STATE_SIGNING);
    else if (tou_submission_run_get_step (run) == TOU_SUBMISSION_STEP_SUBMITTING)
        set_state (self, TOU_REGISTER_STATE_SUBMITTING);
}

static void
complete (TouRegisterFlow *self)
{
    tou_contact_form_forget_draft (self->form);
    tou_unlock_step_leave (self->unlock);
    set_state (self, TOU_REGISTER_STATE_COMPLETED);
}

static void
step_back (TouRegisterFlow *self)
{
    gboolean needs_unlock = tou_submission_run_needs_unlock (self->run);
    gboolean is_card_gone = tou_unlock_step_get_state (self->unlock) != TOU_UNLOCK_STATE_UNLOCKED;

    if (tou_submission_run_get_step (self->run) == TOU_SUBMISSION_STEP_UNCERTAIN) {
        set_state (self, TOU_REGISTER_STATE_UNCERTAIN);
    } else if (self->is_left) {
        g_clear_pointer (&self->certificate, tou_card_certificate_unref);
        set_state (self, TOU_REGISTER_STATE_IDLE);
    } else if (needs_unlock || is_card_gone) {
        enter_card (self);
        if (!needs_unlock)
            g_signal_emit (self, signals[SIGNAL_CARD_LOST], 0);
    } else {
        set_state (self, TOU_REGISTER_STATE_CONFIRMING);
    }
}

static void
on_run_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRegisterFlow *self = g_task_get_source_object (task);
    GError *error = NULL;
    TouReceipt *receipt = tou_submission_run_finish (TOU_SUBMISSION_RUN (source), result, &error);

    /* One that is not the flow's any more was left and changes nothing. */
    if (g_task_get_task_data (task) == self->submitting) {
        g_clear_object (&self->submitting);
        if (receipt != NULL)
            complete (self);
        else
            step_back (self);
    }
    if (receipt != NULL)
        g_task_return_pointer (task, receipt, (GDestroyNotify) tou_receipt_free);
    else
        g_task_return_error (task, error);
}

static TouRequest *
make_request (TouRegisterFlow *self)
{
    TouRequest *request = tou_request_new ();

    request->operation = TOU_OPERATION_REGISTRATION;
    request->category = self->category;
    request->certificate_sha256 = g_strdup (self->certificate->sha256);
    request->company = tou_company_copy (self->company);
    request->contact = tou_contact_copy (tou_contact_form_get_contact (self->form));
    return request;
}

static void
make_run (TouRegisterFlow *self)
{
    g_clear_object (&self->run);
    self->run = tou_submission_run_new (self->session, self->cards, self->store, self->proofs);
    g_signal_connect_object (self->run, "notify::step", G_CALLBACK (on_step_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
send (TouRegisterFlow *self, GTask *task)
{
    make_run (self);
    tou_submission_run_send_async (self->run, make_request (self), self->submitting, on_run_ended,
                                   g_object_ref (task));
}

static void
on_card_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRegisterFlow *self = g_task_get_source_object (task);
    gboolean counts = g_task_get_task_data (task) == self->submitting;
    GError *error = NULL;

    if (tou_unlock_step_settle_finish (TOU_UNLOCK_STEP (source), result, &error) && counts) {
        send (self, task);
        return;
    }
    if (counts) {
        g_clear_object (&self->submitting);
        if (self->state == TOU_REGISTER_STATE_CONFIRMING
            && tou_unlock_step_get_state (self->unlock) == TOU_UNLOCK_STATE_IDLE)
            enter_card (self);
    }
    if (error == NULL)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The registration was left");
    g_task_return_error (task, error);
}

static void
take_company (TouRegisterFlow *self)
{
    const TouSession *session = tou_session_flow_get_session (self->session);

    g_clear_pointer (&self->company, tou_company_free);
    if (session != NULL)
        self->company = tou_company_copy (session->company);
}

static void
take_owner (TouRegisterFlow *self)
{
    self->category = tou_session_flow_get_category (self->session);
    if (tou_contact_form_take_owner (self->form))
        g_clear_object (&self->run);
    take_company (self);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_STATE)
        g_value_set_uint (value, TOU_REGISTER_FLOW (object)->state);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_DRAFT_DELAY)
        tou_contact_form_set_draft_delay (TOU_REGISTER_FLOW (object)->form, g_value_get_uint (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
finalize (GObject *object)
{
    TouRegisterFlow *self = TOU_REGISTER_FLOW (object);

    g_clear_object (&self->run);
    g_clear_object (&self->submitting);
    g_clear_object (&self->unlock);
    g_clear_object (&self->form);
    g_clear_object (&self->session);
    g_clear_object (&self->cards);
    g_clear_object (&self->store);
    g_clear_object (&self->proofs);
    g_clear_pointer (&self->company, tou_company_free);
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
    G_OBJECT_CLASS (tou_register_flow_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_REGISTER_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                         0);
}

static void
tou_register_flow_class_init (TouRegisterFlowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);

    object_class->get_property = get_property;
    object_class->set_property = set_property;
    object_class->finalize = finalize;
    props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, TOU_REGISTER_STATE_COMPLETED,
                                           TOU_REGISTER_STATE_IDLE,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    props[PROP_DRAFT_DELAY] = g_param_spec_uint ("draft-delay", NULL, NULL, 0, G_MAXUINT, 1000,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPS, props);
    signals[SIGNAL_CARD_LOST] = make_signal ("card-lost");
    signals[SIGNAL_CARD_REFUSED] = g_signal_new ("card-refused", TOU_TYPE_REGISTER_FLOW, G_SIGNAL_RUN_LAST, 0,
                                                 NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
    signals[SIGNAL_CONTACT_LOADED] = make_signal ("contact-loaded");
}

static void
tou_register_flow_init (TouRegisterFlow *self)
{
}

TouRegisterFlow *
tou_register_flow_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                       TouProofChecker *proofs)
{
    TouRegisterFlow *self = g_object_new (TOU_TYPE_REGISTER_FLOW, NULL);

    self->session = g_object_ref (session);
    self->cards = g_object_ref (cards);
    self->store = g_object_ref (store);
    self->proofs = g_object_ref (proofs);
    self->unlock = tou_unlock_step_new (cards, tou_session_flow_get_clock (session));
    self->form = tou_contact_form_new (session, store, TOU_OPERATION_REGISTRATION);
    g_signal_connect_object (self->unlock, "notify::state", G_CALLBACK (on_unlock_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->unlock, "card-lost", G_CALLBACK (on_card_lost), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->unlock, "card-refused", G_CALLBACK (on_card_refused), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->form, "loaded", G_CALLBACK (on_contact_loaded), self, G_CONNECT_SWAPPED);
    return self;
}

TouRegisterState
tou_register_flow_get_state (TouRegisterFlow *self)
{
    return self->state;
}

TouSessionFlow *
tou_register_flow_get_session_flow (TouRegisterFlow *self)
{
    return self->session;
}

TouUnlockStep *
tou_register_flow_get_unlock_step (TouRegisterFlow *self)
{
    return self->unlock;
}

void
tou_register_flow_begin (TouRegisterFlow *self)
{
    g_return_if_fail (self->submitting == NULL);

    self->is_left = FALSE;
    if (self->state == TOU_REGISTER_STATE_UNCERTAIN && !tou_contact_form_is_of_other (self->form))
        return;
    take_owner (self);
    enter_card (self);
}

void
tou_register_flow_leave (TouRegisterFlow *self)
{
    gboolean may_be_sent = self->state == TOU_REGISTER_STATE_SUBMITTING
                           || self->state == TOU_REGISTER_STATE_UNCERTAIN;

    tou_contact_form_leave (self->form);
    g_cancellable_cancel (self->submitting);
    tou_unlock_step_leave (self->unlock);
    if (may_be_sent) {
        self->is_left = TRUE;
        return;
    }
    if (self->state == TOU_REGISTER_STATE_SIGNING)
        g_clear_object (&self->run);
    g_clear_object (&self->submitting);
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
    set_state (self, TOU_REGISTER_STATE_IDLE);
}

TouCardCertificate *
tou_register_flow_get_certificate (TouRegisterFlow *self)
{
    return self->certificate;
}

const TouCompany *
tou_register_flow_get_company (TouRegisterFlow *self)
{
    return self->company;
}

const TouContact *
tou_register_flow_get_contact (TouRegisterFlow *self)
{
    return tou_contact_form_get_contact (self->form);
}

void
tou_register_flow_set_contact (TouRegisterFlow *self, const TouContact *contact)
{
    g_return_if_fail (self->state <= TOU_REGISTER_STATE_EDITING);

    tou_contact_form_set_contact (self->form, contact);
}

const GError *
tou_register_flow_get_draft_error (TouRegisterFlow *self)
{
    return tou_contact_form_get_draft_error (self->form);
}

gboolean
tou_register_flow_confirm (TouRegisterFlow *self, TouField *out_field, GError **error)
{
    if (self->state != TOU_REGISTER_STATE_EDITING) {
        g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE, "There is no form to confirm");
        return FALSE;
    }
    if (!tou_contact_form_check (self->form, out_field, error))
        return FALSE;
    set_state (self, TOU_REGISTER_STATE_CONFIRMING);
    return TRUE;
}

void
tou_register_flow_edit_again (TouRegisterFlow *self)
{
    g_return_if_fail (self->state == TOU_REGISTER_STATE_CONFIRMING);

    set_state (self, TOU_REGISTER_STATE_EDITING);
}

void
tou_register_flow_submit_async (TouRegisterFlow *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, tou_register_flow_submit_async);
    /* The state tells what happened; a cancel that comes after it must not say otherwise. */
    g_task_set_check_cancellable (task, FALSE);
    if (self->submitting != NULL
        || (self->state != TOU_REGISTER_STATE_CONFIRMING && self->state != TOU_REGISTER_STATE_UNCERTAIN)) {
        g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE,
                                 "The registration is at another step");
        return;
    }
    self->submitting = tou_cancellable_new_following (cancellable);
    g_task_set_task_data (task, g_object_ref (self->submitting), g_object_unref);
    self->is_left = FALSE;
    if (self->state == TOU_REGISTER_STATE_UNCERTAIN) {
        tou_submission_run_resume_async (self->run, self->submitting, on_run_ended, g_steal_pointer (&task));
        return;
    }
    tou_contact_form_flush (self->form);
    tou_unlock_step_settle_async (self->unlock, self->submitting, on_card_settled, g_steal_pointer (&task));
}

TouReceipt *
tou_register_flow_submit_finish (TouRegisterFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), NULL);

    return g_task_propagate_pointer (G_TASK (result), error);
}

const TouSubmission *
tou_register_flow_get_submission (TouRegisterFlow *self)
{
    return self->run != NULL ? tou_submission_run_get_submission (self->run) : NULL;
}
