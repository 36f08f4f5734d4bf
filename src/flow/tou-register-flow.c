/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-register-flow.h"

#include "tou-draft-keeper.h"
#include "tou-flow-error.h"
#include "tou-inventory-watch.h"
#include "tou-submission-run.h"

struct _TouRegisterFlow {
    GObject parent_instance;

    TouSessionFlow *session;
    TouCardAccess *cards;
    TouRecordStore *store;
    TouProofChecker *proofs;
    TouInventoryWatch *watch;
    TouDraftKeeper *keeper;
    TouSubmissionRun *run; /* the newest submission, NULL before the first */

    TouRegisterState state;
    char *user_id; /* whose form it is */
    TouCategory category;
    TouCompany *company;
    TouContact *contact;
    gboolean is_typed; /* the contact holds more than a new form does */

    GPtrArray *certificates; /* of the unlocked card */
    TouCardCertificate *certificate;
    gboolean is_card_gone; /* while it was not needed; it will be */

    GCancellable *loading;   /* of the draft */
    GCancellable *operation; /* of the unlock or submission under way that still counts */
    GTask *waiting_unlock;   /* until the list under way has ended */
    gboolean is_left;        /* left while submitting */
};

enum {
    PROP_STATE = 1,
    PROP_DRAFT_DELAY,
    N_PROPS,
};

enum {
    SIGNAL_INVENTORY_CHANGED,
    SIGNAL_CARD_LOST,
    SIGNAL_CONTACT_LOADED,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouRegisterFlow, tou_register_flow, G_TYPE_OBJECT)

/* An unlock or a submission; one that is not the flow's operation any more was left and changes nothing. */
typedef struct {
    GCancellable *operation;
    TouCardToken *token;
    TouSecret *pin;
} Call;

static void
free_call (Call *call)
{
    g_clear_object (&call->operation);
    g_clear_pointer (&call->token, tou_card_token_unref);
    g_clear_pointer (&call->pin, tou_secret_unref);
    g_free (call);
}

static void
set_state (TouRegisterFlow *self, TouRegisterState state)
{
    if (self->state == state)
        return;
    self->state = state;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* A cancellable of the flow's own, so that leaving can end a call that the caller does not cancel. */
static GCancellable *
follow (GCancellable *outer)
{
    GCancellable *inner = g_cancellable_new ();

    if (outer == NULL)
        return inner;
    g_signal_connect_object (outer, "cancelled", G_CALLBACK (g_cancellable_cancel), inner, G_CONNECT_SWAPPED);
    if (g_cancellable_is_cancelled (outer))
        g_cancellable_cancel (inner);
    return inner;
}

static GTask *
make_task (TouRegisterFlow *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data,
           gpointer tag)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);
    Call *call = g_new0 (Call, 1);

    call->operation = follow (cancellable);
    g_task_set_source_tag (task, tag);
    /* The state tells what happened; a cancel that comes after it must not say otherwise. */
    g_task_set_check_cancellable (task, FALSE);
    g_task_set_task_data (task, call, (GDestroyNotify) free_call);
    return task;
}

static void
begin_operation (TouRegisterFlow *self, GTask *task)
{
    Call *call = g_task_get_task_data (task);

    g_set_object (&self->operation, call->operation);
}

static void
refuse_state (GTask *task)
{
    g_task_return_new_error (task, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE,
                             "The registration is at another step");
}

static gboolean
is_current (TouRegisterFlow *self, GTask *task)
{
    const Call *call = g_task_get_task_data (task);

    return call->operation == self->operation;
}

static void
forget_card (TouRegisterFlow *self)
{
    g_clear_pointer (&self->certificates, g_ptr_array_unref);
    g_clear_pointer (&self->certificate, tou_card_certificate_unref);
    self->is_card_gone = FALSE;
}

static void
enter_card (TouRegisterFlow *self)
{
    forget_card (self);
    set_state (self, TOU_REGISTER_STATE_CARD);
    tou_inventory_watch_start (self->watch);
}

/* Unlock */

static TouCertificateFitness
get_fitness (TouRegisterFlow *self, guint index)
{
    gint64 now_us = tou_clock_now_us (tou_session_flow_get_clock (self->session));

    return tou_card_certificate_get_fitness (g_ptr_array_index (self->certificates, index), now_us);
}

static TouCardCertificate *
find_fit (TouRegisterFlow *self, guint *out_n_fit)
{
    TouCardCertificate *first = NULL;

    *out_n_fit = 0;
    for (guint i = 0; i < self->certificates->len; i++) {
        if (get_fitness (self, i) != TOU_CERTIFICATE_FIT)
            continue;
        if ((*out_n_fit)++ == 0)
            first = g_ptr_array_index (self->certificates, i);
    }
    return first;
}

static void
return_unfit (TouRegisterFlow *self, GTask *task)
{
    GError *error = tou_proof_error_new_unfit (get_fitness (self, 0));

    tou_card_access_release (self->cards);
    enter_card (self);
    g_task_return_error (task, error);
}

static void
use_card (TouRegisterFlow *self, GTask *task, GPtrArray *certificates)
{
    guint n_fit;

    self->certificates = certificates;
    TouCardCertificate *first = find_fit (self, &n_fit);

    if (n_fit == 0) {
        return_unfit (self, task);
        return;
    }
    if (n_fit == 1)
        self->certificate = tou_card_certificate_ref (first);
    set_state (self, n_fit == 1 ? TOU_REGISTER_STATE_EDITING : TOU_REGISTER_STATE_CERTIFICATE);
    g_task_return_boolean (task, TRUE);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRegisterFlow *self = g_task_get_source_object (task);
    GError *error = NULL;
    g_autoptr (GPtrArray) certificates = tou_card_access_unlock_finish (TOU_CARD_ACCESS (source), result,
                                                                        &error);
    gboolean counts = is_current (self, task);

    if (counts)
        g_clear_object (&self->operation);
    if (certificates == NULL) {
        if (counts)
            enter_card (self);
        g_task_return_error (task, error);
    } else if (counts) {
        use_card (self, task, g_steal_pointer (&certificates));
    } else {
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The registration was left");
    }
}

static void
start_unlock (TouRegisterFlow *self, GTask *task)
{
    Call *call = g_task_get_task_data (task);

    tou_card_access_unlock_async (self->cards, call->token, call->pin, call->operation, on_unlocked, task);
    g_clear_pointer (&call->pin, tou_secret_unref);
}

static void
on_inventory_changed (TouRegisterFlow *self)
{
    g_signal_emit (self, signals[SIGNAL_INVENTORY_CHANGED], 0);
}

static void
on_inventory_listed (TouRegisterFlow *self)
{
    if (self->waiting_unlock != NULL)
        start_unlock (self, g_steal_pointer (&self->waiting_unlock));
}

static void
drop_waiting_unlock (TouRegisterFlow *self)
{
    g_autoptr (GTask) task = g_steal_pointer (&self->waiting_unlock);

    if (task != NULL)
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The registration was left");
}

static void
on_card_lost (TouRegisterFlow *self)
{
    switch (self->state) {
    case TOU_REGISTER_STATE_CERTIFICATE:
    case TOU_REGISTER_STATE_EDITING:
    case TOU_REGISTER_STATE_CONFIRMING:
        enter_card (self);
        g_signal_emit (self, signals[SIGNAL_CARD_LOST], 0);
        break;
    case TOU_REGISTER_STATE_SIGNING:
    case TOU_REGISTER_STATE_SUBMITTING:
    case TOU_REGISTER_STATE_UNCERTAIN:
        self->is_card_gone = TRUE;
        break;
    case TOU_REGISTER_STATE_IDLE:
    case TOU_REGISTER_STATE_CARD:
    case TOU_REGISTER_STATE_UNLOCKING:
    case TOU_REGISTER_STATE_COMPLETED:
    default:
        break;
    }
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
    tou_draft_keeper_forget (self->keeper);
    tou_card_access_release (self->cards);
    set_state (self, TOU_REGISTER_STATE_COMPLETED);
}

static void
step_back (TouRegisterFlow *self)
{
    gboolean needs_unlock = tou_submission_run_needs_unlock (self->run);
    gboolean is_card_gone = self->is_card_gone;

    if (tou_submission_run_get_step (self->run) == TOU_SUBMISSION_STEP_UNCERTAIN) {
        set_state (self, TOU_REGISTER_STATE_UNCERTAIN);
    } else if (self->is_left) {
        forget_card (self);
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

    if (is_current (self, task)) {
        g_clear_object (&self->operation);
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
    request->contact = tou_contact_copy (self->contact);
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

/* The form's owner and its draft */

static void
on_draft_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouRegisterFlow) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouContact) contact = tou_draft_keeper_load_finish (TOU_DRAFT_KEEPER (source), result, &error);

    if (contact == NULL) {
        g_debug ("No draft: %s", error->message);
        return;
    }
    if (self->is_typed)
        return;
    tou_contact_free (self->contact);
    self->contact = g_steal_pointer (&contact);
    self->is_typed = TRUE;
    g_signal_emit (self, signals[SIGNAL_CONTACT_LOADED], 0);
}

static void
stop_loading (TouRegisterFlow *self)
{
    g_cancellable_cancel (self->loading);
    g_clear_object (&self->loading);
}

static void
load_draft (TouRegisterFlow *self)
{
    stop_loading (self);
    if (self->is_typed)
        return;
    self->loading = g_cancellable_new ();
    tou_draft_keeper_load_async (self->keeper, self->loading, on_draft_loaded, g_object_ref (self));
}

static gboolean
is_other_user (TouRegisterFlow *self)
{
    return g_strcmp0 (self->user_id, tou_session_flow_get_user_id (self->session)) != 0;
}

static void
empty_form (TouRegisterFlow *self)
{
    tou_contact_free (self->contact);
    self->contact = tou_contact_new ();
    self->is_typed = FALSE;
    g_clear_object (&self->run);
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
    TouServiceProfile *profile = tou_session_flow_get_profile (self->session);
    const char *user_id = tou_session_flow_get_user_id (self->session);

    self->category = tou_session_flow_get_category (self->session);
    tou_draft_keeper_set_owner (self->keeper, tou_service_profile_get_id (profile), user_id, self->category);
    if (self->user_id != NULL && is_other_user (self))
        empty_form (self);
    tou_set_text (&self->user_id, user_id);
    take_company (self);
    load_draft (self);
}

static void
tou_register_flow_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_STATE)
        g_value_set_uint (value, TOU_REGISTER_FLOW (object)->state);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tou_register_flow_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_DRAFT_DELAY)
        tou_draft_keeper_set_delay (TOU_REGISTER_FLOW (object)->keeper, g_value_get_uint (value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
tou_register_flow_dispose (GObject *object)
{
    TouRegisterFlow *self = TOU_REGISTER_FLOW (object);

    stop_loading (self);
    if (self->watch != NULL)
        tou_inventory_watch_stop (self->watch);
    if (self->certificates != NULL && self->state != TOU_REGISTER_STATE_COMPLETED)
        tou_card_access_release (self->cards);
    forget_card (self);
    G_OBJECT_CLASS (tou_register_flow_parent_class)->dispose (object);
}

static void
tou_register_flow_finalize (GObject *object)
{
    TouRegisterFlow *self = TOU_REGISTER_FLOW (object);

    g_clear_object (&self->run);
    g_clear_object (&self->watch);
    g_clear_object (&self->keeper);
    g_clear_object (&self->session);
    g_clear_object (&self->cards);
    g_clear_object (&self->store);
    g_clear_object (&self->proofs);
    g_clear_pointer (&self->company, tou_company_free);
    g_clear_pointer (&self->contact, tou_contact_free);
    g_free (self->user_id);
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

    object_class->get_property = tou_register_flow_get_property;
    object_class->set_property = tou_register_flow_set_property;
    object_class->dispose = tou_register_flow_dispose;
    object_class->finalize = tou_register_flow_finalize;
    props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, TOU_REGISTER_STATE_COMPLETED,
                                           TOU_REGISTER_STATE_IDLE,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    props[PROP_DRAFT_DELAY] = g_param_spec_uint ("draft-delay", NULL, NULL, 0, G_MAXUINT, 1000,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPS, props);
    signals[SIGNAL_INVENTORY_CHANGED] = make_signal ("inventory-changed");
    signals[SIGNAL_CARD_LOST] = make_signal ("card-lost");
    signals[SIGNAL_CONTACT_LOADED] = make_signal ("contact-loaded");
}

static void
tou_register_flow_init (TouRegisterFlow *self)
{
    self->contact = tou_contact_new ();
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
    self->keeper = tou_draft_keeper_new (store, TOU_OPERATION_REGISTRATION);
    self->watch = tou_inventory_watch_new (cards);
    g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_inventory_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->watch, "idle", G_CALLBACK (on_inventory_listed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (cards, "lost", G_CALLBACK (on_card_lost), self, G_CONNECT_SWAPPED);
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

void
tou_register_flow_begin (TouRegisterFlow *self)
{
    g_return_if_fail (self->operation == NULL);

    self->is_left = FALSE;
    if (self->state == TOU_REGISTER_STATE_UNCERTAIN && !is_other_user (self))
        return;
    if (self->certificates != NULL && self->state != TOU_REGISTER_STATE_COMPLETED)
        tou_card_access_release (self->cards);
    take_owner (self);
    enter_card (self);
}

void
tou_register_flow_leave (TouRegisterFlow *self)
{
    gboolean may_be_sent = self->state == TOU_REGISTER_STATE_SUBMITTING
                           || self->state == TOU_REGISTER_STATE_UNCERTAIN;

    tou_draft_keeper_flush (self->keeper);
    stop_loading (self);
    tou_inventory_watch_stop (self->watch);
    drop_waiting_unlock (self);
    g_cancellable_cancel (self->operation);
    tou_card_access_release (self->cards);
    if (may_be_sent) {
        self->is_card_gone = TRUE;
        self->is_left = TRUE;
        return;
    }
    if (self->state == TOU_REGISTER_STATE_SIGNING)
        g_clear_object (&self->run);
    g_clear_object (&self->operation);
    forget_card (self);
    set_state (self, TOU_REGISTER_STATE_IDLE);
}

TouCardInventory *
tou_register_flow_get_inventory (TouRegisterFlow *self)
{
    return tou_inventory_watch_get_inventory (self->watch);
}

const GError *
tou_register_flow_get_inventory_error (TouRegisterFlow *self)
{
    return tou_inventory_watch_get_error (self->watch);
}

void
tou_register_flow_unlock_async (TouRegisterFlow *self, TouCardToken *token, TouSecret *pin,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_register_flow_unlock_async);
    Call *call = g_task_get_task_data (task);

    if (self->state != TOU_REGISTER_STATE_CARD) {
        refuse_state (task);
        return;
    }
    call->token = tou_card_token_ref (token);
    call->pin = pin != NULL ? tou_secret_ref (pin) : NULL;
    begin_operation (self, task);
    tou_inventory_watch_pause (self->watch);
    set_state (self, TOU_REGISTER_STATE_UNLOCKING);
    if (tou_inventory_watch_is_listing (self->watch))
        self->waiting_unlock = g_steal_pointer (&task);
    else
        start_unlock (self, g_steal_pointer (&task));
}

gboolean
tou_register_flow_unlock_finish (TouRegisterFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
tou_register_flow_get_certificates (TouRegisterFlow *self)
{
    return self->certificates;
}

void
tou_register_flow_choose_certificate (TouRegisterFlow *self, TouCardCertificate *certificate)
{
    g_return_if_fail (self->state == TOU_REGISTER_STATE_CERTIFICATE);
    g_return_if_fail (g_ptr_array_find (self->certificates, certificate, NULL));

    self->certificate = tou_card_certificate_ref (certificate);
    set_state (self, TOU_REGISTER_STATE_EDITING);
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
    return self->contact;
}

void
tou_register_flow_set_contact (TouRegisterFlow *self, const TouContact *contact)
{
    g_return_if_fail (self->state <= TOU_REGISTER_STATE_EDITING);

    if (tou_contact_equal (self->contact, contact))
        return;
    TouContact *copy = tou_contact_copy (contact);
    tou_contact_free (self->contact);
    self->contact = copy;
    self->is_typed = TRUE;
    tou_draft_keeper_note (self->keeper, copy, tou_clock_now_us (tou_session_flow_get_clock (self->session)));
}

const GError *
tou_register_flow_get_draft_error (TouRegisterFlow *self)
{
    return tou_draft_keeper_get_error (self->keeper);
}

static gboolean
check_form (TouRegisterFlow *self, TouField *out_field)
{
    const struct {
        TouField field;
        const char *text;
    } rows[] = {
        { TOU_FIELD_CONTACT_NAME, self->contact->name },
        { TOU_FIELD_CONTACT_POSTAL_CODE, self->contact->postal_code },
        { TOU_FIELD_CONTACT_ADDRESS, self->contact->address },
        { TOU_FIELD_CONTACT_PERSON, self->contact->person },
        { TOU_FIELD_CONTACT_PHONE, self->contact->phone },
        { TOU_FIELD_CONTACT_FAX, self->contact->fax },
    };

    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
        TouFieldCheck check;

        *out_field = rows[i].field;
        if (!tou_field_check (rows[i].field, rows[i].text != NULL ? rows[i].text : "", &check))
            return FALSE;
    }
    return TRUE;
}

gboolean
tou_register_flow_confirm (TouRegisterFlow *self, TouField *out_field, GError **error)
{
    TouField field;

    if (self->state != TOU_REGISTER_STATE_EDITING) {
        g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE, "There is no form to confirm");
        return FALSE;
    }
    if (!check_form (self, &field)) {
        if (out_field != NULL)
            *out_field = field;
        g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM, "Field %d does not hold to its rule", field);
        return FALSE;
    }
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
    g_autoptr (GTask) task = make_task (self, cancellable, callback, user_data,
                                        tou_register_flow_submit_async);
    const Call *call = g_task_get_task_data (task);

    if (self->operation != NULL
        || (self->state != TOU_REGISTER_STATE_CONFIRMING && self->state != TOU_REGISTER_STATE_UNCERTAIN)) {
        refuse_state (task);
        return;
    }
    begin_operation (self, task);
    self->is_left = FALSE;
    if (self->state == TOU_REGISTER_STATE_UNCERTAIN) {
        tou_submission_run_resume_async (self->run, call->operation, on_run_ended, g_steal_pointer (&task));
        return;
    }
    tou_draft_keeper_flush (self->keeper);
    make_run (self);
    tou_submission_run_send_async (self->run, make_request (self), call->operation, on_run_ended,
                                   g_steal_pointer (&task));
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
