/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-record-flow.h"

struct _TouRecordFlow {
    GObject parent_instance;

    TouRecordStore *store;
    TouProofChecker *proofs;
    GHashTable *agency_names;
};

G_DEFINE_FINAL_TYPE (TouRecordFlow, tou_record_flow, G_TYPE_OBJECT)

void
tou_record_free (TouRecord *self)
{
    if (self == NULL)
        return;
    tou_submission_free (self->submission);
    tou_signed_file_free (self->request);
    tou_signed_file_free (self->authorization);
    g_free (self);
}

/* @submission: (transfer full) */
static TouRecord *
read_record (TouRecordFlow *self, TouSubmission *submission, GError **error)
{
    g_autoptr (TouRecord) record = g_new0 (TouRecord, 1);
    GBytes *authorization;

    record->submission = submission;
    record->request = tou_proof_checker_open_signed (self->proofs, submission->cms, error);
    if (record->request == NULL)
        return NULL;
    if (record->request->request == NULL) {
        g_set_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED, "What is kept is no request");
        return NULL;
    }
    authorization = record->request->request->authorization;
    if (authorization == NULL)
        return g_steal_pointer (&record);
    record->authorization = tou_proof_checker_open_signed (self->proofs, authorization, error);
    return record->authorization != NULL ? g_steal_pointer (&record) : NULL;
}

static void
on_submission_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouRecordFlow *self = g_task_get_source_object (task);
    GError *error = NULL;
    TouSubmission *submission = tou_record_store_get_submission_finish (TOU_RECORD_STORE (source), result,
                                                                        &error);
    TouRecord *record = submission != NULL ? read_record (self, submission, &error) : NULL;

    if (record != NULL)
        g_task_return_pointer (task, record, (GDestroyNotify) tou_record_free);
    else
        g_task_return_error (task, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    GPtrArray *records = tou_record_store_list_records_finish (TOU_RECORD_STORE (source), result, &error);

    if (records != NULL)
        g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
    else
        g_task_return_error (task, error);
}

static void
dispose (GObject *object)
{
    TouRecordFlow *self = TOU_RECORD_FLOW (object);

    g_clear_object (&self->store);
    g_clear_object (&self->proofs);
    g_clear_pointer (&self->agency_names, g_hash_table_unref);
    G_OBJECT_CLASS (tou_record_flow_parent_class)->dispose (object);
}

static void
tou_record_flow_class_init (TouRecordFlowClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
tou_record_flow_init (TouRecordFlow *self)
{
}

TouRecordFlow *
tou_record_flow_new (TouRecordStore *store, TouProofChecker *proofs, GHashTable *agency_names)
{
    TouRecordFlow *self = g_object_new (TOU_TYPE_RECORD_FLOW, NULL);

    self->store = g_object_ref (store);
    self->proofs = g_object_ref (proofs);
    self->agency_names = g_hash_table_ref (agency_names);
    return self;
}

const char *
tou_record_flow_get_agency_name (TouRecordFlow *self, const char *agency_id)
{
    const char *name = g_hash_table_lookup (self->agency_names, agency_id);

    return name != NULL ? name : agency_id;
}

void
tou_record_flow_list_async (TouRecordFlow *self, const TouSubmission *after, guint limit,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);

    tou_record_store_list_records_async (self->store, after, limit, cancellable, on_listed, task);
}

GPtrArray *
tou_record_flow_list_finish (TouRecordFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}

void
tou_record_flow_open_async (TouRecordFlow *self, const char *submission_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);

    tou_record_store_get_submission_async (self->store, submission_id, cancellable, on_submission_read, task);
}

TouRecord *
tou_record_flow_open_finish (TouRecordFlow *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}
