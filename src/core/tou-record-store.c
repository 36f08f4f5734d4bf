/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-record-store.h"

#include "tou-text-fields.h"

#include <stddef.h>

G_DEFINE_QUARK (TouStoreError, tou_store_error)

G_DEFINE_INTERFACE (TouRecordStore, tou_record_store, G_TYPE_OBJECT)

static void
tou_record_store_default_init (TouRecordStoreInterface *iface)
{
    (void) iface;
}

static const gsize submission_offsets[] = {
    offsetof (TouSubmission, id),           offsetof (TouSubmission, agency_id),
    offsetof (TouSubmission, user_id),      offsetof (TouSubmission, certificate_sha256),
    offsetof (TouSubmission, refusal_code),
};
static const TouTextFields submission_texts = TOU_TEXT_FIELDS (submission_offsets);

TouSubmission *
tou_submission_new (void)
{
    return g_new0 (TouSubmission, 1);
}

TouSubmission *
tou_submission_copy (const TouSubmission *self)
{
    if (self == NULL)
        return NULL;

    TouSubmission *copy = tou_submission_new ();
    *copy = *self;
    tou_text_fields_copy (&submission_texts, copy, self);
    if (copy->cms != NULL)
        g_bytes_ref (copy->cms);
    if (copy->content != NULL)
        g_bytes_ref (copy->content);
    copy->receipt = tou_receipt_copy (self->receipt);
    return copy;
}

void
tou_submission_free (TouSubmission *self)
{
    if (self == NULL)
        return;
    tou_text_fields_clear (&submission_texts, self);
    g_clear_pointer (&self->cms, g_bytes_unref);
    g_clear_pointer (&self->content, g_bytes_unref);
    tou_receipt_free (self->receipt);
    g_free (self);
}

TouKnownCard *
tou_known_card_new (void)
{
    return g_new0 (TouKnownCard, 1);
}

TouKnownCard *
tou_known_card_copy (const TouKnownCard *self)
{
    TouKnownCard *copy = tou_known_card_new ();

    *copy = *self;
    copy->agency_id = g_strdup (self->agency_id);
    copy->certificate_sha256 = g_strdup (self->certificate_sha256);
    return copy;
}

void
tou_known_card_free (TouKnownCard *self)
{
    if (self == NULL)
        return;
    g_free (self->agency_id);
    g_free (self->certificate_sha256);
    g_free (self);
}

TouDraft *
tou_draft_new (void)
{
    return g_new0 (TouDraft, 1);
}

TouDraft *
tou_draft_copy (const TouDraft *self)
{
    TouDraft *copy = tou_draft_new ();

    *copy = *self;
    copy->agency_id = g_strdup (self->agency_id);
    copy->user_id = g_strdup (self->user_id);
    copy->contact = self->contact != NULL ? tou_contact_copy (self->contact) : NULL;
    return copy;
}

void
tou_draft_free (TouDraft *self)
{
    if (self == NULL)
        return;
    g_free (self->agency_id);
    g_free (self->user_id);
    tou_contact_free (self->contact);
    g_free (self);
}

void
tou_record_store_put_submission_async (TouRecordStore *self, const TouSubmission *submission,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->put_submission_async (self, submission, callback, user_data);
}

void
tou_record_store_set_state_async (TouRecordStore *self, const char *submission_id, TouSubmissionState state,
                                  const char *refusal_code, GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->set_state_async (self, submission_id, state, refusal_code, callback,
                                                        user_data);
}

void
tou_record_store_put_receipt_async (TouRecordStore *self, const TouReceipt *receipt,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->put_receipt_async (self, receipt, callback, user_data);
}

void
tou_record_store_put_draft_async (TouRecordStore *self, const TouDraft *draft, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->put_draft_async (self, draft, callback, user_data);
}

void
tou_record_store_delete_draft_async (TouRecordStore *self, const TouDraft *key, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->delete_draft_async (self, key, callback, user_data);
}

void
tou_record_store_put_review_async (TouRecordStore *self, const char *submission_id, TouReviewState review,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->put_review_async (self, submission_id, review, callback, user_data);
}

void
tou_record_store_put_known_card_async (TouRecordStore *self, const TouKnownCard *card,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->put_known_card_async (self, card, callback, user_data);
}

void
tou_record_store_close_async (TouRecordStore *self, GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->close_async (self, callback, user_data);
}

gboolean
tou_record_store_write_finish (TouRecordStore *self, GAsyncResult *result, GError **error)
{
    return TOU_RECORD_STORE_GET_IFACE (self)->write_finish (self, result, error);
}

/* Reads of every kind end alike; only the type of what they return differs. */
static gpointer
finish_read (TouRecordStore *self, GAsyncResult *result, GError **error)
{
    return TOU_RECORD_STORE_GET_IFACE (self)->read_finish (self, result, error);
}

void
tou_record_store_list_records_async (TouRecordStore *self, const TouSubmission *after, guint limit,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->list_records_async (self, after, limit, cancellable, callback,
                                                           user_data);
}

GPtrArray *
tou_record_store_list_records_finish (TouRecordStore *self, GAsyncResult *result, GError **error)
{
    return finish_read (self, result, error);
}

void
tou_record_store_list_unsettled_async (TouRecordStore *self, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->list_unsettled_async (self, cancellable, callback, user_data);
}

GPtrArray *
tou_record_store_list_unsettled_finish (TouRecordStore *self, GAsyncResult *result, GError **error)
{
    return finish_read (self, result, error);
}

void
tou_record_store_get_submission_async (TouRecordStore *self, const char *submission_id,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->get_submission_async (self, submission_id, cancellable, callback,
                                                             user_data);
}

TouSubmission *
tou_record_store_get_submission_finish (TouRecordStore *self, GAsyncResult *result, GError **error)
{
    return finish_read (self, result, error);
}

void
tou_record_store_get_draft_async (TouRecordStore *self, const TouDraft *key, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->get_draft_async (self, key, cancellable, callback, user_data);
}

TouDraft *
tou_record_store_get_draft_finish (TouRecordStore *self, GAsyncResult *result, GError **error)
{
    return finish_read (self, result, error);
}

void
tou_record_store_get_known_card_async (TouRecordStore *self, const TouKnownCard *key,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data)
{
    TOU_RECORD_STORE_GET_IFACE (self)->get_known_card_async (self, key, cancellable, callback, user_data);
}

TouKnownCard *
tou_record_store_get_known_card_finish (TouRecordStore *self, GAsyncResult *result, GError **error)
{
    return finish_read (self, result, error);
}
