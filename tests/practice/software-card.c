/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "software-card.h"

#include "tou-certificate.h"
#include "tou-cms-sign.h"
#include "tou-practice-cast.h"
#include "tou-practice-pem.h"
#include "tou-practice-service.h"
#include "tou-wire-request.h"

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

void
software_card_free (SoftwareCard *self)
{
    EVP_PKEY_free (self->key);
    X509_free (self->certificate);
    g_free (self->sha256);
    g_free (self);
}

TouPracticeCardFacts
software_card_get_facts (gint64 now_us)
{
    guint n;
    const TouPracticeCompanyRole *company = &tou_practice_cast_get_companies (&n)[0];

    return (TouPracticeCardFacts){
        .company = company->name,
        .holder = "桜川 七郎",
        .company_number = company->vendor_number,
        .company_roman = company->name_roman,
        .holder_roman = "Shichiro Sakuragawa",
        .not_before_us = now_us - DAY_US,
        .not_after_us = now_us + 400 * DAY_US,
        .key_use = TOU_PRACTICE_KEY_USE_SIGNING,
    };
}

SoftwareCard *
software_card_issue (TouPracticeCa *ca, const TouPracticeCardFacts *facts, EVP_PKEY *key)
{
    static EVP_PKEY *shared;
    g_autoptr (GError) error = NULL;
    SoftwareCard *self = g_new0 (SoftwareCard, 1);

    if (shared == NULL)
        shared = tou_practice_key_new_rsa (2048, &error);
    g_assert_no_error (error);
    self->key = key != NULL ? key : shared;
    EVP_PKEY_up_ref (self->key);
    self->certificate = tou_practice_ca_issue_card (ca, facts, self->key, &error);
    g_assert_no_error (error);
    self->sha256 = tou_x509_dup_sha256 (self->certificate);
    return self;
}

SoftwareCard *
software_card_issue_good (TouPracticeCa *ca, gint64 now_us)
{
    TouPracticeCardFacts facts = software_card_get_facts (now_us);

    return software_card_issue (ca, &facts, NULL);
}

GBytes *
software_card_sign (SoftwareCard *self, GBytes *content)
{
    g_autoptr (GError) error = NULL;
    GBytes *cms = tou_cms_sign (content, self->certificate, self->key, &error);

    g_assert_no_error (error);
    return cms;
}

static TouCompany *
make_company (void)
{
    guint n;
    const TouPracticeCompanyRole *role = &tou_practice_cast_get_companies (&n)[0];
    TouCompany *company = tou_company_new ();

    company->vendor_number = g_strdup (role->vendor_number);
    company->name = g_strdup (role->name);
    company->postal_code = g_strdup (role->postal_code);
    company->address = g_strdup (role->address);
    company->representative_name = g_strdup (role->representative_name);
    company->representative_title = g_strdup (role->representative_title);
    company->phone = g_strdup ("022-000-7777");
    company->fax = g_strdup ("03-0000-0000");
    return company;
}

static TouContact *
make_contact (void)
{
    TouContact *contact = tou_contact_new ();

    contact->name = g_strdup ("営業部");
    contact->postal_code = g_strdup ("980-0811");
    contact->address = g_strdup ("宮城県仙台市青葉区一番町9-99-9");
    contact->person = g_strdup ("桜川 一郎");
    contact->phone = g_strdup ("022-000-1002");
    contact->fax = g_strdup ("03-0000-0000");
    return contact;
}

TouRequest *
software_card_make_request (SoftwareCard *self, TouOperation operation, const char *nonce, gint64 now_us)
{
    TouRequest *request = tou_request_new ();

    request->operation = operation;
    request->category = TOU_CATEGORY_CONSTRUCTION;
    request->audience = g_strdup (TOU_PRACTICE_AUDIENCE);
    request->submission_id = g_uuid_string_random ();
    request->nonce = g_strdup (nonce);
    request->time_us = now_us;
    request->certificate_sha256 = g_strdup (self->sha256);
    request->company = make_company ();
    if (operation != TOU_OPERATION_CARD_RENEWAL)
        request->contact = make_contact ();
    return request;
}

GBytes *
software_card_sign_request (SoftwareCard *self, const TouRequest *request)
{
    g_autoptr (GBytes) content = tou_wire_write_request (request);

    return software_card_sign (self, content);
}

TouAuthorization *
software_card_make_authorization (SoftwareCard *self, const char *nonce, gint64 now_us)
{
    guint n;
    TouAuthorization *authorization = tou_authorization_new ();

    authorization->audience = g_strdup (TOU_PRACTICE_AUDIENCE);
    authorization->category = TOU_CATEGORY_CONSTRUCTION;
    authorization->nonce = g_strdup (nonce);
    authorization->time_us = now_us;
    authorization->company_number = g_strdup (tou_practice_cast_get_companies (&n)[0].vendor_number);
    authorization->certificate_sha256 = g_strdup (self->sha256);
    authorization->expires_us = now_us + TOU_AUTHORIZATION_MAX_US;
    return authorization;
}

GBytes *
software_card_sign_authorization (SoftwareCard *self, const TouAuthorization *authorization)
{
    g_autoptr (GBytes) content = tou_wire_write_authorization (authorization);

    return software_card_sign (self, content);
}
