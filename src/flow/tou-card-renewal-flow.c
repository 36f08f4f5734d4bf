/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-card-renewal-flow.h"

#include "tou-name.h"
#include "tou-session-flow-private.h"

#include <string.h>

/* No longer than the service promises to know the nonce inside (docs/service-api.yaml). */
#define AUTHORIZATION_US (G_GINT64_CONSTANT (10) * 60 * G_USEC_PER_SEC)
/* Signing and sending the request takes some of it. */
#define RESERVE_US (G_GINT64_CONSTANT (30) * G_USEC_PER_SEC)

struct _TouCardRenewalFlow {
    TouRequestFlow parent_instance;

    TouRenewalStep step;
    TouCardCertificate *current; /* (nullable) */
    GBytes *content;             /* (nullable): what it signs */
    GBytes *authorization;       /* (nullable): signed and checked */
    gint64 expires_us;
    GCancellable *authorizing; /* (nullable): of the authorization under way that still counts */
};

enum {
    PROP_STEP = 1,
    N_PROPS,
};

enum {
    SIGNAL_AUTHORIZATION_FAILED,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouCardRenewalFlow, tou_card_renewal_flow, TOU_TYPE_REQUEST_FLOW)

static void
set_step (TouCardRenewalFlow *self, TouRenewalStep step)
{
    if (self->step == step)
        return;
    self->step = step;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STEP]);
}

static TouUnlockStep *
get_unlock (TouCardRenewalFlow *self)
{
    return tou_request_flow_get_unlock_step (TOU_REQUEST_FLOW (self));
}

static TouSessionFlow *
get_session (TouCardRenewalFlow *self)
{
    return tou_request_flow_get_session_flow (TOU_REQUEST_FLOW (self));
}

static gint64
get_now_us (TouCardRenewalFlow *self)
{
    return tou_clock_now_us (tou_session_flow_get_clock (get_session (self)));
}

static void
forget_authorization (TouCardRenewalFlow *self)
{
    g_cancellable_cancel (self->authorizing);
    g_clear_object (&self->authorizing);
    g_clear_pointer (&self->content, g_bytes_unref);
    g_clear_pointer (&self->authorization, g_bytes_unref);
    g_clear_pointer (&self->current, tou_card_certificate_unref);
    self->expires_us = 0;
}

static gboolean
is_authorized (TouCardRenewalFlow *self)
{
    return self->authorization != NULL && get_now_us (self) + RESERVE_US < self->expires_us;
}

/* Which cards will do */

static gboolean
is_registered (TouCardRenewalFlow *self, const TouCardCertificate *certificate)
{
    const TouRegistration *registration = tou_request_flow_get_registration (TOU_REQUEST_FLOW (self));

    return registration != NULL && g_strcmp0 (registration->card_sha256, certificate->sha256) == 0;
}

static gboolean
check_not_expired (TouCardRenewalFlow *self, gint64 not_after_us, GError **error)
{
    if (get_now_us (self) <= not_after_us)
        return TRUE;
    g_set_error_literal (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_CURRENT_EXPIRED,
                         "The registered card has expired");
    return FALSE;
}

static gboolean
judge_current (const TouCardCertificate *certificate, gpointer data, GError **error)
{
    TouCardRenewalFlow *self = data;

    if (is_registered (self, certificate))
        return check_not_expired (self, certificate->not_after_us, error);
    g_set_error_literal (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_NOT_CURRENT,
                         "The card is not the registered one");
    return FALSE;
}

static gboolean
judge_new (const TouCardCertificate *certificate, gpointer data, GError **error)
{
    TouCardRenewalFlow *self = data;
    const TouCompany *company = tou_request_flow_get_company (TOU_REQUEST_FLOW (self));

    if (is_registered (self, certificate))
        g_set_error_literal (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_SAME_CARD,
                             "The card is still the current one");
    else if (tou_name_compare (company->name, certificate->company) == TOU_NAME_OTHER)
        g_set_error_literal (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_OTHER_COMPANY,
                             "The card is another company's");
    else
        return TRUE;
    return FALSE;
}

static void
begun (TouRequestFlow *flow)
{
    forget_authorization (TOU_CARD_RENEWAL_FLOW (flow));
}

/* The new one while the authorization lasts, else the current one. Beginning again replaces the agent. */
static void
ask_card (TouRequestFlow *flow)
{
    TouCardRenewalFlow *self = TOU_CARD_RENEWAL_FLOW (flow);
    gboolean wants_new = is_authorized (self);

    if (!wants_new)
        forget_authorization (self);
    tou_unlock_step_set_rule (get_unlock (self), wants_new ? judge_new : judge_current, self);
    set_step (self, wants_new ? TOU_RENEWAL_STEP_NEW_CARD : TOU_RENEWAL_STEP_CURRENT_CARD);
    TOU_REQUEST_FLOW_CLASS (tou_card_renewal_flow_parent_class)->ask_card (flow);
}

/* The authorization: each of these ends the one before, and all stop when it does not count any more. */

/* @error: (transfer full) */
static void
fail (TouCardRenewalFlow *self, GError *error)
{
    g_autoptr (GError) fault = error;

    forget_authorization (self);
    tou_session_flow_note_error (get_session (self), fault);
    if (tou_session_flow_get_session (get_session (self)) != NULL)
        ask_card (TOU_REQUEST_FLOW (self));
    else
        tou_request_flow_leave (TOU_REQUEST_FLOW (self));
    g_signal_emit (self, signals[SIGNAL_AUTHORIZATION_FAILED], 0, fault);
}

/* What a call was started for, so that its answer can be told from that of an earlier one. */
typedef struct {
    TouCardRenewalFlow *flow;
    GCancellable *authorizing;
} Answer;

static Answer *
expect_answer (TouCardRenewalFlow *self)
{
    Answer *answer = g_new (Answer, 1);

    answer->flow = g_object_ref (self);
    answer->authorizing = g_object_ref (self->authorizing);
    return answer;
}

static void
free_answer (Answer *answer)
{
    g_object_unref (answer->flow);
    g_object_unref (answer->authorizing);
    g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, free_answer)

/* @error: (transfer full) (nullable): of the call. Returns: whether to go on with @answer */
static gboolean
take_answer (const Answer *answer, GError *error)
{
    if (answer->authorizing != answer->flow->authorizing) {
        g_clear_error (&error);
        return FALSE;
    }
    if (error != NULL)
        fail (answer->flow, error);
    return error == NULL;
}

static void
keep_authorization (TouCardRenewalFlow *self, GBytes *cms)
{
    TouProofChecker *proofs = tou_request_flow_get_proofs (TOU_REQUEST_FLOW (self));
    g_autoptr (GError) fault = NULL;

    if (!tou_proof_checker_check_request (proofs, cms, self->content, self->current->sha256, &fault)) {
        fail (self, g_error_new (TOU_CARD_ERROR, TOU_CARD_ERROR_BAD_SIGNATURE,
                                 "The card's signature does not check: %s", fault->message));
        return;
    }
    self->authorization = g_bytes_ref (cms);
    g_clear_object (&self->authorizing);
    ask_card (TOU_REQUEST_FLOW (self));
}

static void
on_signed (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (Answer) answer = data;
    GError *error = NULL;
    g_autoptr (GBytes) cms = tou_card_access_sign_finish (TOU_CARD_ACCESS (source), result, &error);

    if (take_answer (answer, error))
        keep_authorization (answer->flow, cms);
}

static GBytes *
compose (TouCardRenewalFlow *self, const char *nonce)
{
    TouSessionFlow *session = get_session (self);
    g_autoptr (TouAuthorization) authorization = tou_authorization_new ();
    const TouCompany *company = tou_request_flow_get_company (TOU_REQUEST_FLOW (self));

    authorization->audience = g_strdup (
        tou_service_profile_get_audience (tou_session_flow_get_profile (session)));
    authorization->category = tou_session_flow_get_category (session);
    authorization->nonce = g_strdup (nonce);
    authorization->time_us = get_now_us (self);
    authorization->company_number = g_strdup (company->vendor_number);
    authorization->certificate_sha256 = g_strdup (self->current->sha256);
    authorization->expires_us = authorization->time_us + AUTHORIZATION_US;
    self->expires_us = authorization->expires_us;
    return tou_registration_service_compose_authorization (tou_session_flow_get_service (session),
                                                           authorization);
}

static void
on_nonce_got (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (Answer) answer = data;
    TouCardRenewalFlow *self = answer->flow;
    GError *error = NULL;
    g_autofree char *nonce = tou_registration_service_get_nonce_finish (TOU_REGISTRATION_SERVICE (source),
                                                                        result, &error);

    if (!take_answer (answer, error))
        return;
    self->content = compose (self, nonce);
    tou_card_access_sign_async (tou_request_flow_get_cards (TOU_REQUEST_FLOW (self)), self->content,
                                self->current->sha256, self->authorizing, on_signed, expect_answer (self));
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (Answer) answer = data;
    TouCardRenewalFlow *self = answer->flow;
    GError *error = NULL;
    gboolean is_settled = tou_unlock_step_settle_finish (TOU_UNLOCK_STEP (source), result, &error);

    if (take_answer (answer, error) && is_settled)
        tou_registration_service_get_nonce_async (tou_session_flow_get_service (get_session (self)),
                                                  self->authorizing, on_nonce_got, expect_answer (self));
}

static void
authorize (TouCardRenewalFlow *self)
{
    self->current = tou_card_certificate_ref (tou_unlock_step_get_certificate (get_unlock (self)));
    self->authorizing = g_cancellable_new ();
    set_step (self, TOU_RENEWAL_STEP_AUTHORIZING);
    tou_unlock_step_settle_async (get_unlock (self), self->authorizing, on_settled, expect_answer (self));
}

static void
use_card (TouRequestFlow *flow)
{
    TouCardRenewalFlow *self = TOU_CARD_RENEWAL_FLOW (flow);

    if (self->step == TOU_RENEWAL_STEP_CURRENT_CARD) {
        authorize (self);
        return;
    }
    set_step (self, TOU_RENEWAL_STEP_READY);
    TOU_REQUEST_FLOW_CLASS (tou_card_renewal_flow_parent_class)->use_card (flow);
}

/* The request */

static gboolean
may_submit (TouRequestFlow *flow, GError **error)
{
    if (is_authorized (TOU_CARD_RENEWAL_FLOW (flow)))
        return TRUE;
    g_set_error_literal (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_CONSENT_OVER,
                         "The authorization is too old");
    return FALSE;
}

static void
fill_request (TouRequestFlow *flow, TouRequest *request)
{
    request->authorization = g_bytes_ref (TOU_CARD_RENEWAL_FLOW (flow)->authorization);
}

/* The last part of a problem's type: about the current card or what it signed. */
static const char *const authorization_problems[] = {
    "bad-authorization", "authorization-expired", "authorization-used",   "same-card",
    "cards-swapped",     "not-registered",        "current-card-expired", "current-card-revoked",
};

static gboolean
is_about_authorization (const GError *error)
{
    const char *type = tou_service_error_get_type_uri (error);
    const char *name = type != NULL ? strrchr (type, ':') : NULL;

    for (guint i = 0; name != NULL && i < G_N_ELEMENTS (authorization_problems); i++)
        if (g_str_equal (name + 1, authorization_problems[i]))
            return TRUE;
    return FALSE;
}

/* The same request would be refused again: from the current card on, and from what is registered now. */
static void
submit_failed (TouRequestFlow *flow, const GError *error)
{
    if (tou_request_flow_get_state (flow) == TOU_REQUEST_STATE_CONFIRMING && is_about_authorization (error))
        tou_request_flow_leave (flow);
}

static void
on_state_changed (TouCardRenewalFlow *self)
{
    if (tou_request_flow_get_state (TOU_REQUEST_FLOW (self)) != TOU_REQUEST_STATE_IDLE)
        return;
    forget_authorization (self);
    set_step (self, TOU_RENEWAL_STEP_CURRENT_CARD);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    if (id == PROP_STEP)
        g_value_set_uint (value, TOU_CARD_RENEWAL_FLOW (object)->step);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* A screen may hold the unlock step longer than this. */
static void
dispose (GObject *object)
{
    TouCardRenewalFlow *self = TOU_CARD_RENEWAL_FLOW (object);

    forget_authorization (self);
    if (get_unlock (self) != NULL)
        tou_unlock_step_set_rule (get_unlock (self), NULL, NULL);
    G_OBJECT_CLASS (tou_card_renewal_flow_parent_class)->dispose (object);
}

static void
tou_card_renewal_flow_class_init (TouCardRenewalFlowClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    TouRequestFlowClass *flow_class = TOU_REQUEST_FLOW_CLASS (klass);

    object_class->get_property = get_property;
    object_class->dispose = dispose;
    flow_class->operation = TOU_OPERATION_CARD_RENEWAL;
    flow_class->needs_registration = TRUE;
    flow_class->begun = begun;
    flow_class->ask_card = ask_card;
    flow_class->use_card = use_card;
    flow_class->may_submit = may_submit;
    flow_class->fill_request = fill_request;
    flow_class->submit_failed = submit_failed;
    props[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 0, TOU_RENEWAL_STEP_READY,
                                          TOU_RENEWAL_STEP_CURRENT_CARD,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties (object_class, N_PROPS, props);
    signals[SIGNAL_AUTHORIZATION_FAILED] = g_signal_new ("authorization-failed", TOU_TYPE_CARD_RENEWAL_FLOW,
                                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                                         1, G_TYPE_ERROR);
}

static void
tou_card_renewal_flow_init (TouCardRenewalFlow *self)
{
    g_signal_connect (self, "notify::state", G_CALLBACK (on_state_changed), NULL);
}

TouRequestFlow *
tou_card_renewal_flow_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                           TouProofChecker *proofs)
{
    TouRequestFlow *self = g_object_new (TOU_TYPE_CARD_RENEWAL_FLOW, NULL);

    tou_request_flow_set_up (self, session, cards, store, proofs, FALSE);
    return self;
}

TouRenewalStep
tou_card_renewal_flow_get_step (TouCardRenewalFlow *self)
{
    return self->step;
}

gboolean
tou_card_renewal_flow_check (TouCardRenewalFlow *self, GError **error)
{
    const TouRegistration *registration = tou_request_flow_get_registration (TOU_REQUEST_FLOW (self));

    return registration == NULL || check_not_expired (self, registration->card_not_after_us, error);
}

TouCardCertificate *
tou_card_renewal_flow_get_current (TouCardRenewalFlow *self)
{
    return self->current;
}
