/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-store"

#include "tou-sqlite-store.h"

#include "tou-draft-table.h"
#include "tou-known-card-table.h"
#include "tou-sqlite-schema.h"
#include "tou-submission-table.h"
#include "tou-worker.h"

struct _TouSqliteStore {
    GObject parent_instance;

    char *path;
    TouWorker *worker;
    TouSqliteConnection *connection; /* the worker's; NULL until opened */
};

static void tou_sqlite_store_record_init (TouRecordStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouSqliteStore, tou_sqlite_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_RECORD_STORE, tou_sqlite_store_record_init))

/* What a read of the list asks for. */
typedef struct {
    TouSubmission *after; /* (nullable) */
    guint limit;
} RecordQuery;

typedef gpointer (*ReadFunc) (TouSqliteConnection *connection, gconstpointer args, GError **error);

/* What goes to the worker. The task of the caller stays on the main thread, so that the last reference to the
 * store never goes on the worker's. The store outlives the job: it ends the worker first. */
typedef struct {
    TouSqliteStore *store;
    TouSqliteWork write; /* either this … */
    ReadFunc read;       /* … or this */
    gpointer args;
    GDestroyNotify free_args;
    GDestroyNotify free_result; /* of a read */
} Job;

static void
free_job (Job *job)
{
    if (job->args != NULL)
        job->free_args (job->args);
    g_free (job);
}

static void
free_record_query (RecordQuery *query)
{
    tou_submission_free (query->after);
    g_free (query);
}

static TouSqliteConnection *
open_connection (const char *path, GError **error)
{
    g_autoptr (TouSqliteConnection) connection = tou_sqlite_connection_open (path, error);

    if (connection == NULL || !tou_sqlite_schema_prepare (connection, error))
        return NULL;
    return g_steal_pointer (&connection);
}

static gboolean
ensure_open (TouSqliteStore *self, GError **error)
{
    g_assert (tou_worker_is_current_thread (self->worker));

    if (self->connection == NULL)
        self->connection = open_connection (self->path, error);
    return self->connection != NULL;
}

static void
work_on_write (GTask *inner)
{
    const Job *job = g_task_get_task_data (inner);
    TouSqliteStore *self = job->store;
    GError *error = NULL;

    if (ensure_open (self, &error)
        && tou_sqlite_connection_transact (self->connection, job->write, job->args, &error))
        g_task_return_boolean (inner, TRUE);
    else
        g_task_return_error (inner, error);
}

static void
work_on_read (GTask *inner)
{
    const Job *job = g_task_get_task_data (inner);
    TouSqliteStore *self = job->store;
    GError *error = NULL;
    gpointer value = NULL;

    if (ensure_open (self, &error))
        value = job->read (self->connection, job->args, &error);
    if (value != NULL)
        g_task_return_pointer (inner, value, job->free_result);
    else
        g_task_return_error (inner, error);
}

static void
on_write_done (GObject *source, GAsyncResult *inner, gpointer user_data)
{
    g_autoptr (GTask) outer = user_data;
    GError *error = NULL;

    if (g_task_propagate_boolean (G_TASK (inner), &error))
        g_task_return_boolean (outer, TRUE);
    else
        g_task_return_error (outer, error);
}

static void
on_read_done (GObject *source, GAsyncResult *inner, gpointer user_data)
{
    g_autoptr (GTask) outer = user_data;
    const Job *job = g_task_get_task_data (G_TASK (inner));
    GError *error = NULL;
    gpointer value = g_task_propagate_pointer (G_TASK (inner), &error);

    if (value != NULL)
        g_task_return_pointer (outer, value, job->free_result);
    else
        g_task_return_error (outer, error);
}

/* Without a callback nothing holds the store: it writes this before it goes. */
static void
push_write (TouRecordStore *store, TouSqliteWork write, gpointer args, GDestroyNotify free_args,
            GAsyncReadyCallback callback, gpointer user_data)
{
    TouSqliteStore *self = TOU_SQLITE_STORE (store);
    GTask *outer = callback != NULL ? g_task_new (self, NULL, callback, user_data) : NULL;
    GTask *inner = g_task_new (NULL, NULL, outer != NULL ? on_write_done : NULL, outer);
    Job *job = g_new0 (Job, 1);

    job->store = self;
    job->write = write;
    job->args = args;
    job->free_args = free_args;
    g_task_set_task_data (inner, job, (GDestroyNotify) free_job);
    tou_worker_push (self->worker, inner, work_on_write);
}

static void
push_read (TouRecordStore *store, ReadFunc read, GDestroyNotify free_result, gpointer args,
           GDestroyNotify free_args, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data)
{
    TouSqliteStore *self = TOU_SQLITE_STORE (store);
    GTask *outer = g_task_new (self, cancellable, callback, user_data);
    GTask *inner = g_task_new (NULL, cancellable, on_read_done, outer);
    Job *job = g_new0 (Job, 1);

    job->store = self;
    job->read = read;
    job->args = args;
    job->free_args = free_args;
    job->free_result = free_result;
    g_task_set_task_data (inner, job, (GDestroyNotify) free_job);
    tou_worker_push (self->worker, inner, work_on_read);
}

/* The work, on the worker's thread */

static gboolean
write_submission (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_submission_table_put (connection, args, error);
}

static gboolean
write_state (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_submission_table_set_state (connection, args, error);
}

static gboolean
write_receipt (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_submission_table_put_receipt (connection, args, error);
}

static gboolean
write_draft (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_draft_table_put (connection, args, error);
}

static gboolean
erase_draft (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_draft_table_delete (connection, args, error);
}

static gboolean
write_review (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_submission_table_put_review (connection, args, error);
}

static gboolean
write_known_card (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_known_card_table_put (connection, args, error);
}

static gpointer
read_records (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    const RecordQuery *query = args;

    return tou_submission_table_list_records (connection, query->after, query->limit, error);
}

static gpointer
read_unsettled (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_submission_table_list_unsettled (connection, error);
}

static gpointer
read_submission (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_submission_table_get (connection, args, error);
}

static gpointer
read_draft (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_draft_table_get (connection, args, error);
}

static gpointer
read_known_card (TouSqliteConnection *connection, gconstpointer args, GError **error)
{
    return tou_known_card_table_get (connection, args, error);
}

/* The interface */

static void
put_submission_async (TouRecordStore *store, const TouSubmission *submission, GAsyncReadyCallback callback,
                      gpointer user_data)
{
    push_write (store, write_submission, tou_submission_copy (submission),
                (GDestroyNotify) tou_submission_free, callback, user_data);
}

static void
set_state_async (TouRecordStore *store, const char *submission_id, TouSubmissionState state,
                 const char *refusal_code, GAsyncReadyCallback callback, gpointer user_data)
{
    TouSubmission *change = tou_submission_new ();

    change->id = g_strdup (submission_id);
    change->state = state;
    change->refusal_code = g_strdup (refusal_code);
    push_write (store, write_state, change, (GDestroyNotify) tou_submission_free, callback, user_data);
}

static void
put_receipt_async (TouRecordStore *store, const TouReceipt *receipt, GAsyncReadyCallback callback,
                   gpointer user_data)
{
    push_write (store, write_receipt, tou_receipt_copy (receipt), (GDestroyNotify) tou_receipt_free, callback,
                user_data);
}

static void
put_draft_async (TouRecordStore *store, const TouDraft *draft, GAsyncReadyCallback callback,
                 gpointer user_data)
{
    push_write (store, write_draft, tou_draft_copy (draft), (GDestroyNotify) tou_draft_free, callback,
                user_data);
}

static void
delete_draft_async (TouRecordStore *store, const TouDraft *key, GAsyncReadyCallback callback,
                    gpointer user_data)
{
    push_write (store, erase_draft, tou_draft_copy (key), (GDestroyNotify) tou_draft_free, callback,
                user_data);
}

static void
list_records_async (TouRecordStore *store, const TouSubmission *after, guint limit, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
    RecordQuery *query = g_new0 (RecordQuery, 1);

    query->after = tou_submission_copy (after);
    query->limit = limit;
    push_read (store, read_records, (GDestroyNotify) g_ptr_array_unref, query,
               (GDestroyNotify) free_record_query, cancellable, callback, user_data);
}

static void
list_unsettled_async (TouRecordStore *store, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
    push_read (store, read_unsettled, (GDestroyNotify) g_ptr_array_unref, NULL, NULL, cancellable, callback,
               user_data);
}

static void
get_submission_async (TouRecordStore *store, const char *submission_id, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
    push_read (store, read_submission, (GDestroyNotify) tou_submission_free, g_strdup (submission_id), g_free,
               cancellable, callback, user_data);
}

static void
get_draft_async (TouRecordStore *store, const TouDraft *key, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
    push_read (store, read_draft, (GDestroyNotify) tou_draft_free, tou_draft_copy (key),
               (GDestroyNotify) tou_draft_free, cancellable, callback, user_data);
}

static void
put_review_async (TouRecordStore *store, const char *submission_id, TouReviewState review,
                  GAsyncReadyCallback callback, gpointer user_data)
{
    TouSubmission *change = tou_submission_new ();

    change->id = g_strdup (submission_id);
    change->review = review;
    push_write (store, write_review, change, (GDestroyNotify) tou_submission_free, callback, user_data);
}

static void
put_known_card_async (TouRecordStore *store, const TouKnownCard *card, GAsyncReadyCallback callback,
                      gpointer user_data)
{
    push_write (store, write_known_card, tou_known_card_copy (card), (GDestroyNotify) tou_known_card_free,
                callback, user_data);
}

static void
get_known_card_async (TouRecordStore *store, const TouKnownCard *key, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
    push_read (store, read_known_card, (GDestroyNotify) tou_known_card_free, tou_known_card_copy (key),
               (GDestroyNotify) tou_known_card_free, cancellable, callback, user_data);
}

static void
close_connection (GTask *task)
{
    TouSqliteStore *self = g_task_get_task_data (task);

    g_clear_pointer (&self->connection, tou_sqlite_connection_close);
    g_task_return_boolean (task, TRUE);
}

static void
close_async (TouRecordStore *store, GAsyncReadyCallback callback, gpointer user_data)
{
    TouSqliteStore *self = TOU_SQLITE_STORE (store);
    GTask *inner = g_task_new (NULL, NULL, on_write_done, g_task_new (self, NULL, callback, user_data));

    g_task_set_task_data (inner, self, NULL);
    tou_worker_push (self->worker, inner, close_connection);
}

static gboolean
write_finish (TouRecordStore *store, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
read_finish (TouRecordStore *store, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, store), NULL);

    return g_task_propagate_pointer (G_TASK (result), error);
}

/* Waits for nothing where close_async() came before. */
static void
finalize (GObject *object)
{
    TouSqliteStore *self = TOU_SQLITE_STORE (object);
    GTask *closing = g_task_new (NULL, NULL, NULL, NULL);

    g_task_set_task_data (closing, self, NULL);
    tou_worker_push (self->worker, closing, close_connection);
    tou_worker_stop (self->worker);
    g_clear_object (&self->worker);
    g_free (self->path);
    G_OBJECT_CLASS (tou_sqlite_store_parent_class)->finalize (object);
}

static void
tou_sqlite_store_record_init (TouRecordStoreInterface *iface)
{
    iface->put_submission_async = put_submission_async;
    iface->set_state_async = set_state_async;
    iface->put_receipt_async = put_receipt_async;
    iface->list_records_async = list_records_async;
    iface->list_unsettled_async = list_unsettled_async;
    iface->get_submission_async = get_submission_async;
    iface->put_draft_async = put_draft_async;
    iface->get_draft_async = get_draft_async;
    iface->delete_draft_async = delete_draft_async;
    iface->put_review_async = put_review_async;
    iface->put_known_card_async = put_known_card_async;
    iface->get_known_card_async = get_known_card_async;
    iface->close_async = close_async;
    iface->write_finish = write_finish;
    iface->read_finish = read_finish;
}

static void
tou_sqlite_store_class_init (TouSqliteStoreClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_sqlite_store_init (TouSqliteStore *self)
{
    self->worker = tou_worker_new ("touroku-store");
}

TouSqliteStore *
tou_sqlite_store_new (const char *path)
{
    TouSqliteStore *self = g_object_new (TOU_TYPE_SQLITE_STORE, NULL);

    self->path = g_strdup (path);
    return self;
}
