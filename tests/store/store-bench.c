/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "store-bench.h"

#include "async-wait.h"

#include <glib/gstdio.h>

StoreBench *
store_bench_new (void)
{
    StoreBench *self = g_new0 (StoreBench, 1);
    g_autoptr (GError) error = NULL;

    self->folder = g_dir_make_tmp ("touroku-store-XXXXXX", &error);
    g_assert_no_error (error);
    self->path = g_build_filename (self->folder, "records.db", NULL);
    self->store = TOU_RECORD_STORE (tou_sqlite_store_new (self->path));
    return self;
}

void
store_bench_close (StoreBench *self)
{
    if (self->store != NULL)
        g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
store_bench_reopen (StoreBench *self)
{
    store_bench_close (self);
    self->store = TOU_RECORD_STORE (tou_sqlite_store_new (self->path));
}

static void
remove_folder (const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);
        if (g_file_test (path, G_FILE_TEST_IS_DIR))
            remove_folder (path);
        else
            g_unlink (path);
    }
    g_rmdir (folder);
}

void
store_bench_free (StoreBench *self)
{
    store_bench_close (self);
    remove_folder (self->folder);
    g_free (self->folder);
    g_free (self->path);
    g_free (self);
}

static gboolean
finish_write (StoreBench *self, GAsyncResult **result, GError **error)
{
    return tou_record_store_write_finish (self->store, async_wait (result), error);
}

gboolean
store_put (StoreBench *self, const TouSubmission *submission, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_put_submission_async (self->store, submission, async_wait_store, &result);
    return finish_write (self, &result, error);
}

gboolean
store_set_state (StoreBench *self, const char *id, TouSubmissionState state, const char *code, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_set_state_async (self->store, id, state, code, async_wait_store, &result);
    return finish_write (self, &result, error);
}

gboolean
store_put_receipt (StoreBench *self, const TouReceipt *receipt, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_put_receipt_async (self->store, receipt, async_wait_store, &result);
    return finish_write (self, &result, error);
}

gboolean
store_put_draft (StoreBench *self, const TouDraft *draft, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_put_draft_async (self->store, draft, async_wait_store, &result);
    return finish_write (self, &result, error);
}

gboolean
store_put_review (StoreBench *self, const char *submission_id, TouReviewState review, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_put_review_async (self->store, submission_id, review, async_wait_store, &result);
    return finish_write (self, &result, error);
}

gboolean
store_put_known_card (StoreBench *self, const TouKnownCard *card, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_put_known_card_async (self->store, card, async_wait_store, &result);
    return finish_write (self, &result, error);
}

TouKnownCard *
store_get_known_card (StoreBench *self, const TouKnownCard *key, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_get_known_card_async (self->store, key, NULL, async_wait_store, &result);
    return tou_record_store_get_known_card_finish (self->store, async_wait (&result), error);
}

gboolean
store_delete_draft (StoreBench *self, const TouDraft *key, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_delete_draft_async (self->store, key, async_wait_store, &result);
    return finish_write (self, &result, error);
}

TouSubmission *
store_get (StoreBench *self, const char *id, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_get_submission_async (self->store, id, NULL, async_wait_store, &result);
    return tou_record_store_get_submission_finish (self->store, async_wait (&result), error);
}

TouDraft *
store_get_draft (StoreBench *self, const TouDraft *key, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_get_draft_async (self->store, key, NULL, async_wait_store, &result);
    return tou_record_store_get_draft_finish (self->store, async_wait (&result), error);
}

GPtrArray *
store_list_records (StoreBench *self, const TouSubmission *after, guint limit, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_list_records_async (self->store, after, limit, NULL, async_wait_store, &result);
    return tou_record_store_list_records_finish (self->store, async_wait (&result), error);
}

GPtrArray *
store_list_unsettled (StoreBench *self, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_record_store_list_unsettled_async (self->store, NULL, async_wait_store, &result);
    return tou_record_store_list_unsettled_finish (self->store, async_wait (&result), error);
}

TouSubmission *
make_submission (const char *id, gint64 minute, const char *bytes)
{
    TouSubmission *submission = tou_submission_new ();

    submission->id = g_strdup (id);
    submission->agency_id = g_strdup ("practice");
    submission->operation = TOU_OPERATION_CARD_RENEWAL;
    submission->category = TOU_CATEGORY_GOODS;
    submission->signed_at_us = G_GINT64_CONSTANT (1795424400000000) + minute * 60 * G_USEC_PER_SEC;
    submission->cms = g_bytes_new (bytes, strlen (bytes));
    submission->content = g_bytes_new_static ("{\0}", 3);
    submission->certificate_sha256 = g_strnfill (64, 'a');
    return submission;
}

TouReceipt *
make_receipt (const char *id)
{
    TouReceipt *receipt = tou_receipt_new ();

    receipt->submission_id = g_strdup (id);
    receipt->reception_number = g_strdup ("受付第１号");
    receipt->request_sha256 = g_strnfill (64, 'b');
    receipt->accepted_at_us = 1795424400000001;
    receipt->cms = g_bytes_new_static ("receipt\0cms", 11);
    receipt->was_repeat = TRUE;
    return receipt;
}

TouDraft *
make_draft (const char *user_id, TouCategory category, const char *name)
{
    TouDraft *draft = tou_draft_new ();

    draft->agency_id = g_strdup ("practice");
    draft->user_id = g_strdup (user_id);
    draft->category = category;
    draft->operation = TOU_OPERATION_REGISTRATION;
    draft->saved_at_us = 5;
    draft->contact = tou_contact_new ();
    draft->contact->name = g_strdup (name);
    draft->contact->fax = g_strdup ("03-0000-0000");
    return draft;
}
