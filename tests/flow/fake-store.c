/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-store.h"

struct _FakeStore {
    GObject parent_instance;

    FakeScript *script;
    GPtrArray *submissions; /* (element-type TouSubmission), oldest first */
    GPtrArray *drafts;      /* (element-type TouDraft) */
    GPtrArray *known_cards; /* (element-type TouKnownCard) */
};

static void fake_store_record_init (TouRecordStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeStore, fake_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_RECORD_STORE, fake_store_record_init))

static TouSubmission *
find_submission (FakeStore *self, const char *id)
{
    for (guint i = 0; i < self->submissions->len; i++) {
        TouSubmission *submission = g_ptr_array_index (self->submissions, i);
        if (g_str_equal (submission->id, id))
            return submission;
    }
    return NULL;
}

static gboolean
is_same_draft (const TouDraft *a, const TouDraft *b)
{
    return g_str_equal (a->agency_id, b->agency_id) && g_str_equal (a->user_id, b->user_id)
           && a->category == b->category && a->operation == b->operation;
}

static TouDraft *
find_draft (FakeStore *self, const TouDraft *key)
{
    for (guint i = 0; i < self->drafts->len; i++)
        if (is_same_draft (g_ptr_array_index (self->drafts, i), key))
            return g_ptr_array_index (self->drafts, i);
    return NULL;
}

static void
call (TouRecordStore *store, const char *word, gpointer data, GDestroyNotify destroy, FakeAnswer answer,
      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (store, cancellable, callback, user_data);

    g_task_set_task_data (task, data, destroy);
    fake_script_answer (FAKE_STORE (store)->script, word, task, answer);
}

static void
answer_put_submission (GTask *task)
{
    FakeStore *self = g_task_get_source_object (task);
    const TouSubmission *submission = g_task_get_task_data (task);

    if (find_submission (self, submission->id) != NULL) {
        g_task_return_new_error (task, TOU_STORE_ERROR, TOU_STORE_ERROR_EXISTS, "There already");
        return;
    }
    g_ptr_array_add (self->submissions, tou_submission_copy (submission));
    g_task_return_boolean (task, TRUE);
}

static void
fake_store_put_submission_async (TouRecordStore *store, const TouSubmission *submission,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
    call (store, "put-submission", tou_submission_copy (submission), (GDestroyNotify) tou_submission_free,
          answer_put_submission, NULL, callback, user_data);
}

static void
answer_set_state (GTask *task)
{
    const TouSubmission *wanted = g_task_get_task_data (task);
    TouSubmission *submission = find_submission (g_task_get_source_object (task), wanted->id);

    g_assert_nonnull (submission);
    submission->state = wanted->state;
    tou_set_text (&submission->refusal_code, wanted->refusal_code);
    g_task_return_boolean (task, TRUE);
}

static void
fake_store_set_state_async (TouRecordStore *store, const char *submission_id, TouSubmissionState state,
                            const char *refusal_code, GAsyncReadyCallback callback, gpointer user_data)
{
    static const char *const words[] = { "mark-signed", "mark-sent", "mark-accepted", "mark-refused",
                                         "mark-given-up" };
    TouSubmission *wanted = tou_submission_new ();

    wanted->id = g_strdup (submission_id);
    wanted->state = state;
    wanted->refusal_code = g_strdup (refusal_code);
    call (store, words[state], wanted, (GDestroyNotify) tou_submission_free, answer_set_state, NULL, callback,
          user_data);
}

static void
answer_put_receipt (GTask *task)
{
    const TouReceipt *receipt = g_task_get_task_data (task);
    TouSubmission *submission = find_submission (g_task_get_source_object (task), receipt->submission_id);

    g_assert_nonnull (submission);
    tou_receipt_free (submission->receipt);
    submission->receipt = tou_receipt_copy (receipt);
    submission->state = TOU_SUBMISSION_STATE_ACCEPTED;
    g_task_return_boolean (task, TRUE);
}

static void
fake_store_put_receipt_async (TouRecordStore *store, const TouReceipt *receipt, GAsyncReadyCallback callback,
                              gpointer user_data)
{
    call (store, "put-receipt", tou_receipt_copy (receipt), (GDestroyNotify) tou_receipt_free,
          answer_put_receipt, NULL, callback, user_data);
}

static void
answer_get_submission (GTask *task)
{
    const TouSubmission *submission = find_submission (g_task_get_source_object (task),
                                                       g_task_get_task_data (task));

    if (submission != NULL)
        g_task_return_pointer (task, tou_submission_copy (submission), (GDestroyNotify) tou_submission_free);
    else
        g_task_return_new_error (task, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "No such submission");
}

static void
fake_store_get_submission_async (TouRecordStore *store, const char *submission_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
    call (store, "read-submission", g_strdup (submission_id), g_free, answer_get_submission, cancellable,
          callback, user_data);
}

static void
answer_put_draft (GTask *task)
{
    fake_store_set_draft (g_task_get_source_object (task), g_task_get_task_data (task));
    g_task_return_boolean (task, TRUE);
}

static void
fake_store_put_draft_async (TouRecordStore *store, const TouDraft *draft, GAsyncReadyCallback callback,
                            gpointer user_data)
{
    call (store, "put-draft", tou_draft_copy (draft), (GDestroyNotify) tou_draft_free, answer_put_draft, NULL,
          callback, user_data);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
    const TouSubmission *left = *(TouSubmission *const *) a, *right = *(TouSubmission *const *) b;

    return (left->signed_at_us < right->signed_at_us) - (left->signed_at_us > right->signed_at_us);
}

typedef struct {
    char *after; /* (nullable): the id of the record before the page */
    guint limit;
} RecordPage;

static void
free_record_page (RecordPage *page)
{
    g_free (page->after);
    g_free (page);
}

static gboolean
has_id (gconstpointer submission, gconstpointer id)
{
    return g_str_equal (((const TouSubmission *) submission)->id, id);
}

static void
answer_list_records (GTask *task)
{
    FakeStore *self = g_task_get_source_object (task);
    const RecordPage *page = g_task_get_task_data (task);
    g_autoptr (GPtrArray) sorted = g_ptr_array_copy (self->submissions, NULL, NULL);
    GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_submission_free);
    guint first = 0;

    g_ptr_array_set_free_func (sorted, NULL);
    g_ptr_array_sort (sorted, compare_newest_first);
    if (page->after != NULL && g_ptr_array_find_with_equal_func (sorted, page->after, has_id, &first))
        first++;
    for (guint i = first; i < sorted->len && records->len < page->limit; i++)
        g_ptr_array_add (records, tou_submission_copy (sorted->pdata[i]));
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
}

static void
fake_store_list_records_async (TouRecordStore *store, const TouSubmission *after, guint limit,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    RecordPage *page = g_new0 (RecordPage, 1);

    page->after = after != NULL ? g_strdup (after->id) : NULL;
    page->limit = limit;
    call (store, "list-records", page, (GDestroyNotify) free_record_page, answer_list_records, cancellable,
          callback, user_data);
}

static void
answer_list_unsettled (GTask *task)
{
    FakeStore *self = g_task_get_source_object (task);
    GPtrArray *unsettled = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_submission_free);

    for (guint i = 0; i < self->submissions->len; i++) {
        const TouSubmission *submission = self->submissions->pdata[i];

        if (submission->state == TOU_SUBMISSION_STATE_SENT
            || submission->state == TOU_SUBMISSION_STATE_GIVEN_UP)
            g_ptr_array_add (unsettled, tou_submission_copy (submission));
    }
    g_task_return_pointer (task, unsettled, (GDestroyNotify) g_ptr_array_unref);
}

static void
fake_store_list_unsettled_async (TouRecordStore *store, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
    call (store, "list-unsettled", NULL, NULL, answer_list_unsettled, cancellable, callback, user_data);
}

static void
answer_get_draft (GTask *task)
{
    const TouDraft *draft = find_draft (g_task_get_source_object (task), g_task_get_task_data (task));

    if (draft != NULL)
        g_task_return_pointer (task, tou_draft_copy (draft), (GDestroyNotify) tou_draft_free);
    else
        g_task_return_new_error (task, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "No draft");
}

static void
fake_store_get_draft_async (TouRecordStore *store, const TouDraft *key, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
    call (store, "get-draft", tou_draft_copy (key), (GDestroyNotify) tou_draft_free, answer_get_draft,
          cancellable, callback, user_data);
}

static void
answer_delete_draft (GTask *task)
{
    FakeStore *self = g_task_get_source_object (task);

    g_ptr_array_remove (self->drafts, find_draft (self, g_task_get_task_data (task)));
    g_task_return_boolean (task, TRUE);
}

static void
fake_store_delete_draft_async (TouRecordStore *store, const TouDraft *key, GAsyncReadyCallback callback,
                               gpointer user_data)
{
    call (store, "delete-draft", tou_draft_copy (key), (GDestroyNotify) tou_draft_free, answer_delete_draft,
          NULL, callback, user_data);
}

static TouKnownCard *
find_known_card (FakeStore *self, const TouKnownCard *key)
{
    for (guint i = 0; i < self->known_cards->len; i++) {
        TouKnownCard *card = g_ptr_array_index (self->known_cards, i);

        if (g_str_equal (card->agency_id, key->agency_id) && card->category == key->category)
            return card;
    }
    return NULL;
}

static void
answer_put_review (GTask *task)
{
    const TouSubmission *change = g_task_get_task_data (task);
    TouSubmission *submission = find_submission (g_task_get_source_object (task), change->id);

    if (submission != NULL)
        submission->review = change->review;
    g_task_return_boolean (task, TRUE);
}

static void
fake_store_put_review_async (TouRecordStore *store, const char *submission_id, TouReviewState review,
                             GAsyncReadyCallback callback, gpointer user_data)
{
    TouSubmission *change = tou_submission_new ();

    change->id = g_strdup (submission_id);
    change->review = review;
    call (store, "put-review", change, (GDestroyNotify) tou_submission_free, answer_put_review, NULL,
          callback, user_data);
}

static void
answer_put_known_card (GTask *task)
{
    fake_store_set_known_card (g_task_get_source_object (task), g_task_get_task_data (task));
    g_task_return_boolean (task, TRUE);
}

static void
fake_store_put_known_card_async (TouRecordStore *store, const TouKnownCard *card,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
    call (store, "put-known-card", tou_known_card_copy (card), (GDestroyNotify) tou_known_card_free,
          answer_put_known_card, NULL, callback, user_data);
}

static void
answer_get_known_card (GTask *task)
{
    const TouKnownCard *card = find_known_card (g_task_get_source_object (task), g_task_get_task_data (task));

    if (card != NULL)
        g_task_return_pointer (task, tou_known_card_copy (card), (GDestroyNotify) tou_known_card_free);
    else
        g_task_return_new_error (task, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "No known card");
}

static void
fake_store_get_known_card_async (TouRecordStore *store, const TouKnownCard *key, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
    call (store, "get-known-card", tou_known_card_copy (key), (GDestroyNotify) tou_known_card_free,
          answer_get_known_card, cancellable, callback, user_data);
}

static gboolean
fake_store_write_finish (TouRecordStore *store, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
fake_store_read_finish (TouRecordStore *store, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_store_finalize (GObject *object)
{
    FakeStore *self = FAKE_STORE (object);

    g_clear_object (&self->script);
    g_ptr_array_unref (self->submissions);
    g_ptr_array_unref (self->drafts);
    g_ptr_array_unref (self->known_cards);
    G_OBJECT_CLASS (fake_store_parent_class)->finalize (object);
}

static void
fake_store_record_init (TouRecordStoreInterface *iface)
{
    iface->put_submission_async = fake_store_put_submission_async;
    iface->set_state_async = fake_store_set_state_async;
    iface->put_receipt_async = fake_store_put_receipt_async;
    iface->list_records_async = fake_store_list_records_async;
    iface->list_unsettled_async = fake_store_list_unsettled_async;
    iface->get_submission_async = fake_store_get_submission_async;
    iface->put_draft_async = fake_store_put_draft_async;
    iface->get_draft_async = fake_store_get_draft_async;
    iface->delete_draft_async = fake_store_delete_draft_async;
    iface->put_review_async = fake_store_put_review_async;
    iface->put_known_card_async = fake_store_put_known_card_async;
    iface->get_known_card_async = fake_store_get_known_card_async;
    iface->write_finish = fake_store_write_finish;
    iface->read_finish = fake_store_read_finish;
}

static void
fake_store_class_init (FakeStoreClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = fake_store_finalize;
}

static void
fake_store_init (FakeStore *self)
{
    self->submissions = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_submission_free);
    self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_draft_free);
    self->known_cards = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_known_card_free);
}

FakeStore *
fake_store_new (FakeScript *script)
{
    FakeStore *self = g_object_new (FAKE_TYPE_STORE, NULL);

    self->script = g_object_ref (script);
    return self;
}

const TouSubmission *
fake_store_get (FakeStore *self, const char *submission_id)
{
    return find_submission (self, submission_id);
}

const TouSubmission *
fake_store_get_newest (FakeStore *self)
{
    g_assert_cmpuint (self->submissions->len, >, 0);
    return g_ptr_array_index (self->submissions, self->submissions->len - 1);
}

guint
fake_store_count (FakeStore *self, TouSubmissionState state)
{
    guint n = 0;

    for (guint i = 0; i < self->submissions->len; i++)
        n += ((TouSubmission *) g_ptr_array_index (self->submissions, i))->state == state;
    return n;
}

const TouContact *
fake_store_get_draft (FakeStore *self, const char *user_id, TouCategory category)
{
    for (guint i = 0; i < self->drafts->len; i++) {
        const TouDraft *draft = g_ptr_array_index (self->drafts, i);
        if (g_str_equal (draft->user_id, user_id) && draft->category == category)
            return draft->contact;
    }
    return NULL;
}

void
fake_store_set_draft (FakeStore *self, const TouDraft *draft)
{
    g_ptr_array_remove (self->drafts, find_draft (self, draft));
    g_ptr_array_add (self->drafts, tou_draft_copy (draft));
}

const char *
fake_store_get_known_card (FakeStore *self, const char *agency_id, TouCategory category)
{
    const TouKnownCard key = { .agency_id = (char *) agency_id, .category = category };
    const TouKnownCard *card = find_known_card (self, &key);

    return card != NULL ? card->certificate_sha256 : NULL;
}

void
fake_store_set_known_card (FakeStore *self, const TouKnownCard *card)
{
    g_ptr_array_remove (self->known_cards, find_known_card (self, card));
    g_ptr_array_add (self->known_cards, tou_known_card_copy (card));
}
