/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-domain.h"

#include "tou-text-fields.h"

#include <glib/gi18n-lib.h>
#include <stddef.h>

/** The word in messages and the words on screen of each value of an enumeration, by its value. */
typedef struct {
    const char *id;
    const char *label;
} Word;

static const Word category_words[] = {
    [TOU_CATEGORY_CONSTRUCTION] = { "construction",
                                    N_ ("Construction; construction design and supervision") },
    [TOU_CATEGORY_GOODS] = { "goods", N_ ("Services; purchase and manufacture of goods") },
};

static const Word operation_words[] = {
    [TOU_OPERATION_REGISTRATION] = { "registration", N_ ("Registration") },
    [TOU_OPERATION_CARD_RENEWAL] = { "card-renewal", N_ ("IC card renewal") },
    [TOU_OPERATION_CONTACT_CHANGE] = { "contact-change", N_ ("Change") },
};

static const Word review_state_words[] = {
    [TOU_REVIEW_STATE_UNKNOWN] = { "unknown", N_ ("Unknown") },
    [TOU_REVIEW_STATE_RECEIVED] = { "received", N_ ("Received") },
    [TOU_REVIEW_STATE_UNDER_REVIEW] = { "under-review", N_ ("Under review") },
    [TOU_REVIEW_STATE_APPROVED] = { "approved", N_ ("Approved") },
    [TOU_REVIEW_STATE_DENIED] = { "denied", N_ ("Denied") },
};

static gboolean
find_word (const Word *words, guint n_words, const char *id, guint *out_value)
{
    for (guint i = 0; i < n_words; i++) {
        if (g_strcmp0 (words[i].id, id) == 0) {
            *out_value = i;
            return TRUE;
        }
    }
    return FALSE;
}

const char *
tou_category_get_id (TouCategory category)
{
    g_return_val_if_fail (category < G_N_ELEMENTS (category_words), NULL);

    return category_words[category].id;
}

gboolean
tou_category_from_id (const char *id, TouCategory *out_category)
{
    guint value;

    if (!find_word (category_words, G_N_ELEMENTS (category_words), id, &value))
        return FALSE;
    *out_category = (TouCategory) value;
    return TRUE;
}

const char *
tou_category_get_label (TouCategory category)
{
    g_return_val_if_fail (category < G_N_ELEMENTS (category_words), NULL);

    return category_words[category].label;
}

const char *
tou_operation_get_id (TouOperation operation)
{
    g_return_val_if_fail (operation < G_N_ELEMENTS (operation_words), NULL);

    return operation_words[operation].id;
}

gboolean
tou_operation_from_id (const char *id, TouOperation *out_operation)
{
    guint value;

    if (!find_word (operation_words, G_N_ELEMENTS (operation_words), id, &value))
        return FALSE;
    *out_operation = (TouOperation) value;
    return TRUE;
}

const char *
tou_operation_get_label (TouOperation operation)
{
    g_return_val_if_fail (operation < G_N_ELEMENTS (operation_words), NULL);

    return operation_words[operation].label;
}

const char *
tou_review_state_get_id (TouReviewState state)
{
    g_return_val_if_fail (state < G_N_ELEMENTS (review_state_words), NULL);

    return review_state_words[state].id;
}

TouReviewState
tou_review_state_from_id (const char *id)
{
    guint value;

    if (!find_word (review_state_words, G_N_ELEMENTS (review_state_words), id, &value))
        return TOU_REVIEW_STATE_UNKNOWN;
    return (TouReviewState) value;
}

const char *
tou_review_state_get_label (TouReviewState state)
{
    g_return_val_if_fail (state < G_N_ELEMENTS (review_state_words), NULL);

    return review_state_words[state].label;
}

static const gsize company_offsets[] = {
    offsetof (TouCompany, vendor_number),
    offsetof (TouCompany, name),
    offsetof (TouCompany, postal_code),
    offsetof (TouCompany, address),
    offsetof (TouCompany, representative_name),
    offsetof (TouCompany, representative_title),
    offsetof (TouCompany, phone),
    offsetof (TouCompany, fax),
};
static const TouTextFields company_texts = TOU_TEXT_FIELDS (company_offsets);

TouCompany *
tou_company_new (void)
{
    return g_new0 (TouCompany, 1);
}

TouCompany *
tou_company_copy (const TouCompany *self)
{
    if (self == NULL)
        return NULL;

    TouCompany *copy = tou_company_new ();
    tou_text_fields_copy (&company_texts, copy, self);
    return copy;
}

void
tou_company_free (TouCompany *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&company_texts, self);
    g_free (self);
}

static const gsize contact_offsets[] = {
    offsetof (TouContact, name),          offsetof (TouContact, postal_code), offsetof (TouContact, address),
    offsetof (TouContact, person),        offsetof (TouContact, phone),       offsetof (TouContact, fax),
    offsetof (TouContact, company_phone), offsetof (TouContact, company_fax),
};
static const TouTextFields contact_texts = TOU_TEXT_FIELDS (contact_offsets);

TouContact *
tou_contact_new (void)
{
    return g_new0 (TouContact, 1);
}

TouContact *
tou_contact_copy (const TouContact *self)
{
    if (self == NULL)
        return NULL;

    TouContact *copy = tou_contact_new ();
    tou_text_fields_copy (&contact_texts, copy, self);
    return copy;
}

void
tou_contact_free (TouContact *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&contact_texts, self);
    g_free (self);
}

gboolean
tou_contact_equal (const TouContact *a, const TouContact *b)
{
    return tou_text_fields_equal (&contact_texts, a, b);
}

static const gsize application_offsets[] = {
    offsetof (TouApplication, submission_id),
    offsetof (TouApplication, reception_number),
    offsetof (TouApplication, reason),
};
static const TouTextFields application_texts = TOU_TEXT_FIELDS (application_offsets);

TouApplication *
tou_application_new (void)
{
    return g_new0 (TouApplication, 1);
}

void
tou_application_free (TouApplication *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&application_texts, self);
    g_free (self);
}

static const gsize receipt_offsets[] = {
    offsetof (TouReceipt, submission_id),
    offsetof (TouReceipt, reception_number),
    offsetof (TouReceipt, request_sha256),
};
static const TouTextFields receipt_texts = TOU_TEXT_FIELDS (receipt_offsets);

TouReceipt *
tou_receipt_new (void)
{
    return g_new0 (TouReceipt, 1);
}

TouReceipt *
tou_receipt_copy (const TouReceipt *self)
{
    if (self == NULL)
        return NULL;

    TouReceipt *copy = tou_receipt_new ();
    *copy = *self;
    tou_text_fields_copy (&receipt_texts, copy, self);
    if (copy->cms != NULL)
        g_bytes_ref (copy->cms);
    return copy;
}

void
tou_receipt_free (TouReceipt *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&receipt_texts, self);
    g_clear_pointer (&self->cms, g_bytes_unref);
    g_free (self);
}

static const gsize request_offsets[] = {
    offsetof (TouRequest, audience),
    offsetof (TouRequest, submission_id),
    offsetof (TouRequest, nonce),
    offsetof (TouRequest, certificate_sha256),
};
static const TouTextFields request_texts = TOU_TEXT_FIELDS (request_offsets);

TouRequest *
tou_request_new (void)
{
    return g_new0 (TouRequest, 1);
}

void
tou_request_free (TouRequest *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&request_texts, self);
    tou_company_free (self->company);
    tou_contact_free (self->contact);
    g_clear_pointer (&self->authorization, g_bytes_unref);
    g_free (self);
}

static const gsize authorization_offsets[] = {
    offsetof (TouAuthorization, audience),
    offsetof (TouAuthorization, nonce),
    offsetof (TouAuthorization, company_number),
    offsetof (TouAuthorization, certificate_sha256),
};
static const TouTextFields authorization_texts = TOU_TEXT_FIELDS (authorization_offsets);

TouAuthorization *
tou_authorization_new (void)
{
    return g_new0 (TouAuthorization, 1);
}

void
tou_authorization_free (TouAuthorization *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&authorization_texts, self);
    g_free (self);
}

static const gsize registration_offsets[] = {
    offsetof (TouRegistration, card_sha256),
    offsetof (TouRegistration, card_serial),
    offsetof (TouRegistration, card_issuer),
};
static const TouTextFields registration_texts = TOU_TEXT_FIELDS (registration_offsets);

TouRegistration *
tou_registration_new (void)
{
    return g_new0 (TouRegistration, 1);
}

void
tou_registration_free (TouRegistration *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&registration_texts, self);
    tou_company_free (self->company);
    tou_company_free (self->registered_company);
    tou_contact_free (self->contact);
    g_free (self);
}

void
tou_set_text (char **field, const char *value)
{
    char *copy = g_strdup (value);

    g_free (*field);
    *field = copy;
}

/* Days since 1970 in Japan, which has one offset and no summer time. */
static gint64
count_days (gint64 time_us)
{
    const gint64 day_us = 24 * G_TIME_SPAN_HOUR;
    gint64 local_us = time_us + 9 * G_TIME_SPAN_HOUR;

    return local_us / day_us - (local_us % day_us < 0 ? 1 : 0);
}

int
tou_registration_get_days_left (const TouRegistration *self, gint64 now_us)
{
    gint64 days = count_days (self->card_not_after_us) - count_days (now_us);

    return now_us > self->card_not_after_us ? -1 : (int) MIN (days, G_MAXINT);
}
