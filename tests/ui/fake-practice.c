/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-practice.h"

#define NOT_AFTER_US (G_GINT64_CONSTANT (1835362800) * G_USEC_PER_SEC) /* 2028-02-29 in Japan */

struct _FakePractice {
    GObject parent_instance;
    char *readers[3];   /* by card: where it is */
    GPtrArray *reviews; /* (element-type TouPracticeReview) */
    guint review_after;
    guint n_renewals;
};

static const char *const ids[] = { "tanaka-current", "tanaka-new", "expired" };
static const char *const titles[] = { "現在のカード", "新しいカード", "有効期限の切れたカード" };

static void
start_async (TouPracticeControl *control, gboolean make_anew, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr (GTask) task = g_task_new (control, cancellable, callback, data);

    g_task_return_pointer (task, g_strdup ("/nowhere/service.touroku"), g_free);
}

static char *
start_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static GStrv
dup_readers (TouPracticeControl *control)
{
    return g_strsplit ("練習リーダー 1\n練習リーダー 2", "\n", -1);
}

static TouPracticeCard *
make_card (FakePractice *self, guint i)
{
    TouPracticeCard *card = tou_practice_card_new ();

    card->id = g_strdup (ids[i]);
    card->title = g_strdup (titles[i]);
    card->reader = g_strdup (self->readers[i]);
    card->holder = g_strdup ("田中　太郎");
    card->not_after_us = NOT_AFTER_US;
    return card;
}

static void
list_cards_async (TouPracticeControl *control, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer data)
{
    g_autoptr (GTask) task = g_task_new (control, cancellable, callback, data);
    GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_card_free);

    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        g_ptr_array_add (cards, make_card (FAKE_PRACTICE (control), i));
    g_task_return_pointer (task, cards, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
list_cards_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
answer_change (FakePractice *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

    g_signal_emit_by_name (self, "changed");
    g_task_return_boolean (task, TRUE);
}

static void
clear_reader (FakePractice *self, const char *reader)
{
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        if (g_strcmp0 (self->readers[i], reader) == 0)
            g_clear_pointer (&self->readers[i], g_free);
}

static void
insert_async (TouPracticeControl *control, const char *id, const char *reader, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
    FakePractice *self = FAKE_PRACTICE (control);

    clear_reader (self, reader);
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        if (g_str_equal (ids[i], id))
            self->readers[i] = g_strdup (reader);
    answer_change (self, cancellable, callback, data);
}

static void
remove_async (TouPracticeControl *control, const char *reader, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer data)
{
    clear_reader (FAKE_PRACTICE (control), reader);
    answer_change (FAKE_PRACTICE (control), cancellable, callback, data);
}

static gboolean
change_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean (G_TASK (result), error);
}

static TouPracticeReview *
copy_review (const TouPracticeReview *review)
{
    TouPracticeReview *copy = tou_practice_review_new ();

    copy->submission_id = g_strdup (review->submission_id);
    copy->reception_number = g_strdup (review->reception_number);
    copy->company = g_strdup (review->company);
    copy->category = review->category;
    copy->operation = review->operation;
    copy->submitted_at_us = review->submitted_at_us;
    copy->state = review->state;
    copy->reason = g_strdup (review->reason);
    return copy;
}

static void
list_reviews_async (TouPracticeControl *control, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer data)
{
    g_autoptr (GTask) task = g_task_new (control, cancellable, callback, data);
    GPtrArray *reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_review_free);

    for (guint i = 0; i < FAKE_PRACTICE (control)->reviews->len; i++)
        g_ptr_array_add (reviews, copy_review (g_ptr_array_index (FAKE_PRACTICE (control)->reviews, i)));
    g_task_return_pointer (task, reviews, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
list_reviews_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

static TouPracticeReview *
find_review (FakePractice *self, const char *submission_id)
{
    for (guint i = 0; i < self->reviews->len; i++) {
        TouPracticeReview *review = g_ptr_array_index (self->reviews, i);

        if (g_str_equal (review->submission_id, submission_id))
            return review;
    }
    return NULL;
}

static void
review_async (TouPracticeControl *control, const char *submission_id, TouPracticeDecision decision,
              const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    static const TouReviewState states[] = { TOU_REVIEW_STATE_UNDER_REVIEW, TOU_REVIEW_STATE_APPROVED,
                                             TOU_REVIEW_STATE_DENIED };
    g_autoptr (GTask) task = g_task_new (control, cancellable, callback, data);
    TouPracticeReview *review = find_review (FAKE_PRACTICE (control), submission_id);

    if (review == NULL || review->state >= TOU_REVIEW_STATE_APPROVED) {
        g_task_return_new_error (task, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED, "none waits");
        return;
    }
    review->state = states[decision];
    review->reason = g_strdup (reason);
    g_signal_emit_by_name (control, "reviews-changed");
    g_task_return_boolean (task, TRUE);
}

static void
set_review_after_async (TouPracticeControl *control, guint seconds, const char *denial,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    FAKE_PRACTICE (control)->review_after = seconds;
    answer_change (FAKE_PRACTICE (control), cancellable, callback, data);
}

static void
renew_qualification_async (TouPracticeControl *control, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    FAKE_PRACTICE (control)->n_renewals++;
    answer_change (FAKE_PRACTICE (control), cancellable, callback, data);
}

static void
init_interface (TouPracticeControlInterface *iface)
{
    iface->start_async = start_async;
    iface->start_finish = start_finish;
    iface->dup_readers = dup_readers;
    iface->list_cards_async = list_cards_async;
    iface->list_cards_finish = list_cards_finish;
    iface->insert_async = insert_async;
    iface->remove_async = remove_async;
    iface->change_finish = change_finish;
    iface->list_reviews_async = list_reviews_async;
    iface->list_reviews_finish = list_reviews_finish;
    iface->review_async = review_async;
    iface->set_review_after_async = set_review_after_async;
    iface->renew_qualification_async = renew_qualification_async;
}

G_DEFINE_TYPE_WITH_CODE (FakePractice, fake_practice, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TOU_TYPE_PRACTICE_CONTROL, init_interface))

static void
finalize (GObject *object)
{
    for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        g_free (FAKE_PRACTICE (object)->readers[i]);
    g_ptr_array_unref (FAKE_PRACTICE (object)->reviews);
    G_OBJECT_CLASS (fake_practice_parent_class)->finalize (object);
}

static void
fake_practice_class_init (FakePracticeClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
fake_practice_init (FakePractice *self)
{
    self->readers[0] = g_strdup ("練習リーダー 1");
    self->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_review_free);
}

FakePractice *
fake_practice_new (void)
{
    return g_object_new (FAKE_TYPE_PRACTICE, NULL);
}

void
fake_practice_apply (FakePractice *self, const char *number, TouOperation operation)
{
    TouPracticeReview *review = tou_practice_review_new ();

    review->submission_id = g_strdup_printf ("id-%s", number);
    review->reception_number = g_strdup (number);
    review->company = g_strdup ("株式会社練習商事");
    review->category = TOU_CATEGORY_GOODS;
    review->operation = operation;
    review->submitted_at_us = NOT_AFTER_US;
    review->state = TOU_REVIEW_STATE_RECEIVED;
    g_ptr_array_insert (self->reviews, 0, review);
    g_signal_emit_by_name (self, "reviews-changed");
}

TouReviewState
fake_practice_get_state (FakePractice *self, const char *number)
{
    g_autofree char *id = g_strdup_printf ("id-%s", number);

    return find_review (self, id)->state;
}

const char *
fake_practice_get_reason (FakePractice *self, const char *number)
{
    g_autofree char *id = g_strdup_printf ("id-%s", number);

    return find_review (self, id)->reason;
}

void
fake_practice_decide (FakePractice *self, const char *number, TouReviewState state)
{
    g_autofree char *id = g_strdup_printf ("id-%s", number);

    find_review (self, id)->state = state;
}

guint
fake_practice_get_review_after (FakePractice *self)
{
    return self->review_after;
}

guint
fake_practice_count_renewals (FakePractice *self)
{
    return self->n_renewals;
}
