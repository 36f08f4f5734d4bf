/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-request-verifier.h"

#include "tou-authorization-verifier.h"
#include "tou-certificate.h"
#include "tou-cms-check.h"
#include "tou-field.h"
#include "tou-name.h"
#include "tou-practice-submissions.h"
#include "tou-proof-checker.h"
#include "tou-wire-request.h"

#define MOST_CLOCK_DIFFERENCE_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)

typedef struct {
    TouPracticeVisit *visit;
    TouVerifiedRequest *verified;
} Checking;

/* One check. It refuses with refuse(); %FALSE with @error: the service itself failed. */
typedef gboolean (*Check) (Checking *checking, GError **error);

void
tou_verified_request_clear (TouVerifiedRequest *self)
{
    g_clear_pointer (&self->cms, tou_cms_free);
    g_clear_pointer (&self->card, tou_card_certificate_unref);
    g_clear_pointer (&self->request, tou_request_free);
    g_clear_pointer (&self->detail, g_free);
    g_clear_pointer (&self->field, g_free);
}

gboolean
tou_verified_request_refuse (TouVerifiedRequest *self, const char *problem, const char *detail)
{
    self->refusal = problem;
    self->detail = g_strdup (detail);
    return TRUE;
}

static gboolean
refuse (Checking *checking, const char *problem, const char *detail)
{
    return tou_verified_request_refuse (checking->verified, problem, detail);
}

static gboolean
check_algorithm (Checking *checking, GError **error)
{
    const char *digest, *signature;
    g_autoptr (GError) problem = NULL;

    if (!tou_cms_read_algorithms (checking->visit->call->body, &digest, &signature, &problem))
        return refuse (checking, "bad-envelope", problem->message);
    if (g_strv_contains (tou_practice_digests, digest)
        && g_strv_contains (tou_practice_signatures, signature))
        return TRUE;
    return refuse (checking, "algorithm", signature);
}

static gboolean
check_signature (Checking *checking, GError **error)
{
    g_autoptr (GError) problem = NULL;

    checking->verified->cms = tou_cms_open (checking->visit->call->body, &problem);
    if (checking->verified->cms != NULL)
        return TRUE;
    if (g_error_matches (problem, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED))
        return refuse (checking, "bad-envelope", problem->message);
    return refuse (checking, "bad-signature", problem->message);
}

static gboolean
check_path (Checking *checking, GError **error)
{
    g_autoptr (GError) problem = NULL;

    if (tou_issuers_check (checking->visit->service->issuers, checking->verified->cms->signer,
                           checking->verified->cms->certificates, checking->visit->now_us, &problem))
        return TRUE;
    if (g_error_matches (problem, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED))
        return refuse (checking, "certificate-expired", NULL);
    if (g_error_matches (problem, TOU_PROOF_ERROR, TOU_PROOF_ERROR_NOT_YET_VALID))
        return refuse (checking, "certificate-not-yet-valid", NULL);
    return refuse (checking, "untrusted-issuer", NULL);
}

static gboolean
check_revocation (Checking *checking, GError **error)
{
    if (tou_crl_check (checking->visit->service->crl, checking->verified->cms->signer, NULL))
        return TRUE;
    return refuse (checking, "certificate-revoked", NULL);
}

static gboolean
check_key_use (Checking *checking, GError **error)
{
    if (tou_x509_can_sign (checking->verified->cms->signer))
        return TRUE;
    return refuse (checking, "key-usage", NULL);
}

/* Which operations the call is for. */
static gboolean
fits_call (const TouPracticeCall *call, TouOperation operation)
{
    return g_str_equal (call->method, "PUT") == (operation == TOU_OPERATION_CONTACT_CHANGE);
}

static gboolean
read_content (Checking *checking, GError **error)
{
    TouVerifiedRequest *verified = checking->verified;
    g_autoptr (GError) problem = NULL;
    g_autoptr (GBytes) der = tou_x509_to_der (verified->cms->signer);

    verified->card = tou_certificate_read (der, &problem);
    if (verified->card == NULL)
        return refuse (checking, "bad-envelope", problem->message);
    verified->request = tou_wire_read_request (verified->cms->content, &problem);
    if (verified->request == NULL)
        return refuse (checking, "bad-content", problem->message);
    if (!fits_call (checking->visit->call, verified->request->operation))
        return refuse (checking, "bad-content", "the operation is not one of this call");
    return TRUE;
}

static gboolean
check_audience (Checking *checking, GError **error)
{
    if (g_strcmp0 (checking->verified->request->audience, checking->visit->service->audience) == 0)
        return TRUE;
    return refuse (checking, "audience", NULL);
}

static gboolean
check_category (Checking *checking, GError **error)
{
    if (checking->verified->request->category == checking->visit->session.category)
        return TRUE;
    return refuse (checking, "category", NULL);
}

static gboolean
check_ids (Checking *checking, GError **error)
{
    const TouRequest *request = checking->verified->request;

    if (g_strcmp0 (request->submission_id, checking->visit->call->idempotency_key) != 0)
        return refuse (checking, "bad-content", "submission_id is not Idempotency-Key");
    if (g_strcmp0 (request->certificate_sha256, checking->verified->card->sha256) != 0)
        return refuse (checking, "bad-content", "certificate_sha256 is not the signer's");
    return TRUE;
}

static gboolean
check_time (Checking *checking, GError **error)
{
    gint64 difference_us = checking->verified->request->time_us - checking->visit->now_us;

    if (ABS (difference_us) <= MOST_CLOCK_DIFFERENCE_US)
        return TRUE;
    return refuse (checking, "time", NULL);
}

static gboolean
check_nonce (Checking *checking, GError **error)
{
    TouPracticeVisit *visit = checking->visit;
    gboolean was_good;

    if (!tou_practice_accounts_use_nonce (visit->service->db, checking->verified->request->nonce,
                                          visit->session.vendor_number, visit->now_us, &was_good, error))
        return FALSE;
    return was_good || refuse (checking, "bad-nonce", NULL);
}

static gboolean
check_company (Checking *checking, GError **error)
{
    TouPracticeVisit *visit = checking->visit;
    g_autoptr (TouCompany) company = tou_practice_accounts_load_company (visit->service->db,
                                                                         visit->session.vendor_number, error);

    if (company == NULL)
        return FALSE;
    if (tou_name_compare (company->name, checking->verified->card->company) != TOU_NAME_OTHER)
        return TRUE;
    return refuse (checking, "other-company", NULL);
}

/* Of a renewal, it is the authorization's signer that has to be registered. */
static gboolean
check_registered (Checking *checking, GError **error)
{
    TouPracticeVisit *visit = checking->visit;
    g_autoptr (TouRegistration) registration = NULL;

    if (checking->verified->request->operation != TOU_OPERATION_CONTACT_CHANGE)
        return TRUE;
    if (!tou_practice_registrations_find (visit->service->db, visit->session.vendor_number,
                                          visit->session.category, &registration, error))
        return FALSE;
    if (registration != NULL && g_strcmp0 (registration->card_sha256, checking->verified->card->sha256) == 0)
        return TRUE;
    return refuse (checking, "not-registered", NULL);
}

/* What a form puts right while one types is as wrong as the rest once it is signed. */
static gboolean
holds_to_rule (TouField field, const char *text)
{
    g_autofree char *tidied = tou_field_tidy (field, text);
    TouFieldCheck check;

    return tou_field_check (field, text, &check) && g_str_equal (text, tidied);
}

static gboolean
check_field (Checking *checking, TouField field, const char *text, const char *name)
{
    if (holds_to_rule (field, text != NULL ? text : ""))
        return TRUE;
    checking->verified->field = g_strdup (name);
    (void) refuse (checking, "bad-field", NULL);
    return FALSE;
}

/* What was typed; in a renewal nothing is. */
static gboolean
check_fields (Checking *checking, GError **error)
{
    static const TouContact none = { 0 };
    const TouRequest *request = checking->verified->request;
    const TouContact *contact = request->contact != NULL ? request->contact : &none;
    const gboolean has_contact = request->operation != TOU_OPERATION_CARD_RENEWAL;
    const gboolean has_numbers = request->operation == TOU_OPERATION_CONTACT_CHANGE;
    const struct {
        TouField field;
        const char *text;
        const char *name;
        gboolean is_typed;
    } rows[] = {
        { TOU_FIELD_CONTACT_NAME, contact->name, "contact.name", has_contact },
        { TOU_FIELD_CONTACT_POSTAL_CODE, contact->postal_code, "contact.postal_code", has_contact },
        { TOU_FIELD_CONTACT_ADDRESS, contact->address, "contact.address", has_contact },
        { TOU_FIELD_CONTACT_PERSON, contact->person, "contact.person", has_contact },
        { TOU_FIELD_CONTACT_PHONE, contact->phone, "contact.phone", has_contact },
        { TOU_FIELD_CONTACT_FAX, contact->fax, "contact.fax", has_contact },
        { TOU_FIELD_COMPANY_PHONE, request->company->phone, "company.phone", has_numbers },
        { TOU_FIELD_COMPANY_FAX, request->company->fax, "company.fax", has_numbers },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        if (rows[i].is_typed && !check_field (checking, rows[i].field, rows[i].text, rows[i].name))
            break;
    return TRUE;
}

static gboolean
check_authorization (Checking *checking, GError **error)
{
    return checking->verified->request->operation != TOU_OPERATION_CARD_RENEWAL
           || tou_authorization_verifier_check (checking->visit, checking->verified, error);
}

static const Check checks[] = {
    check_algorithm, check_signature, check_path,       check_revocation,    check_key_use,
    read_content,    check_audience,  check_category,   check_ids,           check_time,
    check_nonce,     check_company,   check_registered, check_authorization, check_fields,
};

gboolean
tou_request_verifier_check (TouPracticeVisit *visit, TouVerifiedRequest *out_request, GError **error)
{
    Checking checking = { visit, out_request };

    for (guint i = 0; i < G_N_ELEMENTS (checks) && out_request->refusal == NULL; i++)
        if (!checks[i](&checking, error))
            return FALSE;
    return TRUE;
}
