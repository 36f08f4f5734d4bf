/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-contact-change-flow.h"

#include "tou-flow-error.h"

struct _TouContactChangeFlow {
    TouRequestFlow parent_instance;

    TouContact *registered; /* as the fields of the form would have it */
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

static char *
tidy (TouField field, const char *text)
{
    return text != NULL ? tou_field_tidy (field, text) : NULL;
}

/* Other programs write a dash or a kana in another way; to the form that is the same. */
static TouContact *
make_registered (const TouRegistration *registration)
{
    const TouCompany *company = get_registered_company (registration);
    const TouContact *contact = registration->contact;
    TouContact *tidied = tou_contact_new ();

    tidied->company_phone = tidy (TOU_FIELD_COMPANY_PHONE, company->phone);
    tidied->company_fax = tidy (TOU_FIELD_COMPANY_FAX, company->fax);
    tidied->name = tidy (TOU_FIELD_CONTACT_NAME, contact->name);
    tidied->postal_code = tidy (TOU_FIELD_CONTACT_POSTAL_CODE, contact->postal_code);
    tidied->address = tidy (TOU_FIELD_CONTACT_ADDRESS, contact->address);
    tidied->person = tidy (TOU_FIELD_CONTACT_PERSON, contact->person);
    tidied->phone = tidy (TOU_FIELD_CONTACT_PHONE, contact->phone);
    tidied->fax = tidy (TOU_FIELD_CONTACT_FAX, contact->fax);
    return tidied;
}

static void
begun (TouRequestFlow *flow)
{
    TouContactChangeFlow *self = TOU_CONTACT_CHANGE_FLOW (flow);

    g_clear_pointer (&self->registered, tou_contact_free);
    self->registered = make_registered (tou_request_flow_get_registration (flow));
    tou_contact_form_prefill (tou_request_flow_get_form (flow), self->registered);
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
           && is_same (a->representative_title, b->representative_title);
}

static gboolean
is_contact_same (const TouContact *a, const TouContact *b)
{
    return is_same (a->name, b->name) && is_same (a->postal_code, b->postal_code)
           && is_same (a->address, b->address) && is_same (a->person, b->person)
           && is_same (a->phone, b->phone) && is_same (a->fax, b->fax)
           && is_same (a->company_phone, b->company_phone) && is_same (a->company_fax, b->company_fax);
}

/* Newer qualification data is a change too: it is registered with the next one. */
static gboolean
confirm (TouRequestFlow *flow, TouField *out_field, GError **error)
{
    const TouRegistration *registration = tou_request_flow_get_registration (flow);
    const TouContact *contact = tou_request_flow_get_contact (flow);
    const TouContact *registered = TOU_CONTACT_CHANGE_FLOW (flow)->registered;

    if (!TOU_REQUEST_FLOW_CLASS (tou_contact_change_flow_parent_class)->confirm (flow, out_field, error))
        return FALSE;
    tou_request_flow_set_numbers (flow, contact->company_phone, contact->company_fax);
    if (!is_contact_same (contact, registered)
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
finalize (GObject *object)
{
    tou_contact_free (TOU_CONTACT_CHANGE_FLOW (object)->registered);
    G_OBJECT_CLASS (tou_contact_change_flow_parent_class)->finalize (object);
}

static void
tou_contact_change_flow_class_init (TouContactChangeFlowClass *klass)
{
    TouRequestFlowClass *flow_class = TOU_REQUEST_FLOW_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    flow_class->operation = TOU_OPERATION_CONTACT_CHANGE;
    flow_class->needs_registration = TRUE;
    flow_class->begun = begun;
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

const TouContact *
tou_contact_change_flow_get_registered (TouContactChangeFlow *self)
{
    return self->registered;
}
