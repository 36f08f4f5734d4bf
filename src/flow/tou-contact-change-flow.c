/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-contact-change-flow.h"

#include "tou-flow-error.h"

struct _TouContactChangeFlow {
    TouRequestFlow parent_instance;
};

G_DEFINE_FINAL_TYPE (TouContactChangeFlow, tou_contact_change_flow, TOU_TYPE_REQUEST_FLOW)

/* What the company's numbers are now: those registered last, and where the service does not say, those of the
 * qualification data. */
static const TouCompany *
get_registered_company (const TouRegistration *registration)
{
    return registration->registered_company != NULL ? registration->registered_company
                                                    : registration->company;
}

static void
prefill (TouRequestFlow *flow)
{
    const TouRegistration *registration = tou_request_flow_get_registration (flow);
    const TouCompany *company = get_registered_company (registration);
    g_autoptr (TouContact) contact = tou_contact_copy (registration->contact);

    tou_set_text (&contact->company_phone, company->phone);
    tou_set_text (&contact->company_fax, company->fax);
    tou_contact_form_prefill (tou_request_flow_get_form (flow), contact);
}

static gboolean
is_registered_card (const TouCardCertificate *certificate, gpointer user_data, GError **error)
{
    const TouRegistration *registration = tou_request_flow_get_registration (user_data);

    if (g_strcmp0 (certificate->sha256, registration->card_sha256) == 0)
        return TRUE;
    g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_OTHER_CARD, "Another card is registered");
    return FALSE;
}

static gboolean
is_same (const char *a, const char *b)
{
    return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static gboolean
is_company_same (const TouCompany *a, const TouCompany *b)
{
    return is_same (a->name, b->name) && is_same (a->postal_code, b->postal_code)
           && is_same (a->address, b->address) && is_same (a->representative_name, b->representative_name)
           && is_same (a->representative_title, b->representative_title) && is_same (a->phone, b->phone)
           && is_same (a->fax, b->fax);
}

static gboolean
is_contact_same (const TouContact *a, const TouContact *b)
{
    return is_same (a->name, b->name) && is_same (a->postal_code, b->postal_code)
           && is_same (a->address, b->address) && is_same (a->person, b->person)
           && is_same (a->phone, b->phone) && is_same (a->fax, b->fax);
}

/* Newer qualification data is a change too: it is registered with the next one. */
static gboolean
confirm (TouRequestFlow *flow, TouField *out_field, GError **error)
{
    const TouRegistration *registration = tou_request_flow_get_registration (flow);
    const TouContact *contact = tou_request_flow_get_contact (flow);

    if (!TOU_REQUEST_FLOW_CLASS (tou_contact_change_flow_parent_class)->confirm (flow, out_field, error))
        return FALSE;
    tou_request_flow_set_numbers (flow, contact->company_phone, contact->company_fax);
    if (!is_contact_same (contact, registration->contact)
        || !is_company_same (tou_request_flow_get_company (flow), get_registered_company (registration)))
        return TRUE;
    g_set_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_UNCHANGED, "Nothing was changed");
    return FALSE;
}

static void
completed (TouRequestFlow *flow)
{
    tou_contact_form_settle (tou_request_flow_get_form (flow));
}

/* The step may be held longer, by a dialog that closes after the flow. */
static void
dispose (GObject *object)
{
    tou_unlock_step_set_rule (tou_request_flow_get_unlock_step (TOU_REQUEST_FLOW (object)), NULL, NULL);
    G_OBJECT_CLASS (tou_contact_change_flow_parent_class)->dispose (object);
}

static void
tou_contact_change_flow_class_init (TouContactChangeFlowClass *klass)
{
    TouRequestFlowClass *flow_class = TOU_REQUEST_FLOW_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    flow_class->operation = TOU_OPERATION_CONTACT_CHANGE;
    flow_class->needs_registration = TRUE;
    flow_class->begun = prefill;
    flow_class->confirm = confirm;
    flow_class->completed = completed;
}

static void
tou_contact_change_flow_init (TouContactChangeFlow *self)
{
}

TouRequestFlow *
tou_contact_change_flow_new (TouSessionFlow *session, TouCardAccess *cards, TouRecordStore *store,
                             TouProofChecker *proofs)
{
    TouRequestFlow *self = g_object_new (TOU_TYPE_CONTACT_CHANGE_FLOW, NULL);

    tou_request_flow_set_up (self, session, cards, store, proofs, TRUE);
    tou_unlock_step_set_rule (tou_request_flow_get_unlock_step (self), is_registered_card, self);
    return self;
}
