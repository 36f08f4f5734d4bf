/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice-control"

#include "tou-practice-process.h"

#include "tou-child-process.h"
#include "tou-practice-dbus.h"
#include "tou-practice-error-names.h"

#include <string.h>

#define OBJECT_PATH "/io/github/touroku/Practice1"
/* Making a folder takes seconds; on a machine under load some more. */
#define START_TIMEOUT_MS 120000

struct _TouPracticeProcess {
    GObject parent_instance;

    char *program;
    char *folder;
    TouChildProcess *child;   /* NULL: not running */
    TouDBusPractice1 *remote; /* NULL: not running */
    GStrv readers;
    gboolean is_starting;
    gboolean has_served; /* someone works with the address where it was */
};

static void tou_practice_process_control_init (TouPracticeControlInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouPracticeProcess, tou_practice_process, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_PRACTICE_CONTROL,
                                                      tou_practice_process_control_init))

/* @error: (transfer full): of any domain. Returns: (transfer full): the same as TOU_PRACTICE_ERROR; cancelled
 * stays. */
static GError *
translate_error (GError *error)
{
    GError *translated;

    (void) g_dbus_error_strip_remote_error (error);
    if (error->domain == TOU_PRACTICE_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return error;
    translated = g_error_new_literal (TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED, error->message);
    g_error_free (error);
    return translated;
}

static void
return_error (GTask *task, GError *error)
{
    g_task_return_error (task, translate_error (error));
}

/* Without a running service there is nothing to ask. */
static gboolean
require_remote (TouPracticeProcess *self, GTask *task)
{
    if (self->remote != NULL)
        return TRUE;
    g_task_return_new_error (task, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED,
                             "the practice service is not running");
    return FALSE;
}

static void
let_go (TouPracticeProcess *self)
{
    if (self->remote != NULL)
        g_signal_handlers_disconnect_by_data (self->remote, self);
    if (self->child != NULL)
        g_signal_handlers_disconnect_by_data (self->child, self);
    g_clear_object (&self->remote);
    g_clear_object (&self->child);
}

static void
on_remote_changed (TouDBusPractice1 *remote, TouPracticeProcess *self)
{
    g_signal_emit_by_name (self, "changed");
}

static void
on_remote_reviews_changed (TouDBusPractice1 *remote, TouPracticeProcess *self)
{
    g_signal_emit_by_name (self, "reviews-changed");
}

static void
on_child_exited (TouChildProcess *child, int wait_status, TouPracticeProcess *self)
{
    g_debug ("the practice service ended, status %d", wait_status);
    let_go (self);
    g_signal_emit_by_name (self, "ended");
}

static GTask *
make_task (TouPracticeControl *control, GCancellable *cancellable, GAsyncReadyCallback callback,
           gpointer user_data, gpointer tag)
{
    GTask *task = g_task_new (control, cancellable, callback, user_data);

    g_task_set_source_tag (task, tag);
    return task;
}

/* Start: the program, the readers' names, and then what the program says. */

typedef struct {
    gboolean make_anew;
    char *profile;
} StartData;

static void
start_data_free (StartData *data)
{
    g_free (data->profile);
    g_free (data);
}

static void
fail_start (GTask *task, GError *error)
{
    TouPracticeProcess *self = g_task_get_source_object (task);

    self->is_starting = FALSE;
    return_error (task, error);
}

static TouPracticeCard *
make_card (GVariant *row)
{
    gboolean is_japanese = g_str_has_prefix (g_get_language_names ()[0], "ja");
    TouPracticeCard *card = tou_practice_card_new ();
    const char *title_en, *title_ja, *id, *reader, *holder, *company;

    g_variant_get (row, "(&s&s&s&s&s&sx)", &id, &title_en, &title_ja, &reader, &holder, &company,
                   &card->not_after_us);
    card->id = g_strdup (id);
    card->title = g_strdup (is_japanese ? title_ja : title_en);
    card->reader = *reader != '\0' ? g_strdup (reader) : NULL;
    card->holder = g_strdup (holder);
    card->company = g_strdup (company);
    return card;
}

static GPtrArray *
read_cards (GVariant *rows)
{
    GPtrArray *cards = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_card_free);

    for (gsize i = 0; i < g_variant_n_children (rows); i++) {
        g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);

        g_ptr_array_add (cards, make_card (row));
    }
    return cards;
}

static gboolean
take_list (TouPracticeProcess *self, GObject *remote, GAsyncResult *result, GPtrArray **out_cards,
           GError **error)
{
    g_auto (GStrv) readers = NULL;
    g_autoptr (GVariant) rows = NULL;

    if (!tou_dbus_practice1_call_list_cards_finish (TOU_DBUS_PRACTICE1 (remote), &readers, &rows, result,
                                                    error))
        return FALSE;
    g_strfreev (self->readers);
    self->readers = g_steal_pointer (&readers);
    if (out_cards != NULL)
        *out_cards = read_cards (rows);
    return TRUE;
}

/* Whoever saw the service before it ended may have missed something. */
static void
tell_to_look_again (TouPracticeProcess *self)
{
    g_signal_emit_by_name (self, "changed");
    g_signal_emit_by_name (self, "reviews-changed");
}

static void
on_first_list_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouPracticeProcess *self = g_task_get_source_object (task);
    StartData *data = g_task_get_task_data (task);
    GError *error = NULL;

    if (!take_list (self, source, result, NULL, &error)) {
        fail_start (task, error);
        return;
    }
    self->is_starting = FALSE;
    if (self->has_served)
        tell_to_look_again (self);
    self->has_served = TRUE;
    g_task_return_pointer (task, g_steal_pointer (&data->profile), g_free);
}

static void
on_start_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    StartData *data = g_task_get_task_data (task);
    GError *error = NULL;

    if (!tou_dbus_practice1_call_start_finish (TOU_DBUS_PRACTICE1 (source), &data->profile, result, &error)) {
        fail_start (task, error);
        return;
    }
    tou_dbus_practice1_call_list_cards (TOU_DBUS_PRACTICE1 (source), g_task_get_cancellable (task),
                                        on_first_list_answered, g_object_ref (task));
}

static void
ask_to_start (GTask *task)
{
    TouPracticeProcess *self = g_task_get_source_object (task);
    StartData *data = g_task_get_task_data (task);

    g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (self->remote), START_TIMEOUT_MS);
    tou_dbus_practice1_call_start (self->remote, data->make_anew, g_task_get_cancellable (task),
                                   on_start_answered, g_object_ref (task));
}

static void
on_proxy_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouPracticeProcess *self = g_task_get_source_object (task);
    GError *error = NULL;

    self->remote = tou_dbus_practice1_proxy_new_finish (result, &error);
    if (self->remote != NULL && self->child == NULL)
        error = g_error_new_literal (TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED,
                                     "the service ended at once");
    if (error != NULL) {
        let_go (self);
        fail_start (task, error);
        return;
    }
    g_signal_connect (self->remote, "changed", G_CALLBACK (on_remote_changed), self);
    g_signal_connect (self->remote, "reviews-changed", G_CALLBACK (on_remote_reviews_changed), self);
    ask_to_start (task);
}

static void
on_child_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouPracticeProcess *self = g_task_get_source_object (task);
    GError *error = NULL;

    self->child = tou_child_process_start_finish (result, &error);
    if (self->child == NULL) {
        fail_start (task, error);
        return;
    }
    g_signal_connect (self->child, "exited", G_CALLBACK (on_child_exited), self);
    tou_dbus_practice1_proxy_new (tou_child_process_get_connection (self->child),
                                  G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES, NULL, OBJECT_PATH,
                                  g_task_get_cancellable (task), on_proxy_made, g_object_ref (task));
}

static void
start_async (TouPracticeControl *control, gboolean make_anew, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_task (control, cancellable, callback, user_data, start_async);
    const char *const argv[] = {
        self->program, "--controlled", "--folder", self->folder, self->has_served ? "--same-address" : NULL,
        NULL
    };
    StartData *data = g_new0 (StartData, 1);

    data->make_anew = make_anew;
    g_task_set_task_data (task, data, (GDestroyNotify) start_data_free);
    if (self->is_starting) {
        g_task_return_new_error (task, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED,
                                 "practice is starting already");
        return;
    }
    self->is_starting = TRUE;
    if (self->remote != NULL)
        ask_to_start (task);
    else
        tou_child_process_start_async (argv, NULL, cancellable, on_child_started, g_object_ref (task));
}

static char *
start_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_async_result_is_tagged (result, start_async), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}

static GStrv
dup_readers (TouPracticeControl *control)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);

    return self->readers != NULL ? g_strdupv (self->readers) : g_new0 (char *, 1);
}

static void
on_list_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GPtrArray *cards;
    GError *error = NULL;

    if (take_list (g_task_get_source_object (task), source, result, &cards, &error))
        g_task_return_pointer (task, cards, (GDestroyNotify) g_ptr_array_unref);
    else
        return_error (task, error);
}

static void
list_cards_async (TouPracticeControl *control, GCancellable *cancellable, GAsyncReadyCallback callback,
                  gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_task (control, cancellable, callback, user_data, list_cards_async);

    if (require_remote (self, task))
        tou_dbus_practice1_call_list_cards (self->remote, cancellable, on_list_answered, g_object_ref (task));
}

static GPtrArray *
list_cards_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_async_result_is_tagged (result, list_cards_async), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}

/* The calls that change something and answer nothing; their task keeps how the answer is read. */

/* One of the generated tou_dbus_practice1_call_…_finish(). */
typedef gboolean (*FinishChange) (TouDBusPractice1 *remote, GAsyncResult *result, GError **error);

static GTask *
make_change (TouPracticeControl *control, FinishChange finish, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = make_task (control, cancellable, callback, user_data, make_change);

    g_task_set_task_data (task, finish, NULL);
    return task;
}

static void
on_change_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    FinishChange finish = g_task_get_task_data (task);
    GError *error = NULL;

    if (finish (TOU_DBUS_PRACTICE1 (source), result, &error))
        g_task_return_boolean (task, TRUE);
    else
        return_error (task, error);
}

static void
insert_async (TouPracticeControl *control, const char *card_id, const char *reader, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_change (control, tou_dbus_practice1_call_insert_finish, cancellable,
                                          callback, user_data);

    if (require_remote (self, task))
        tou_dbus_practice1_call_insert (self->remote, card_id, reader, cancellable, on_change_answered,
                                        g_object_ref (task));
}

static void
remove_async (TouPracticeControl *control, const char *reader, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_change (control, tou_dbus_practice1_call_remove_finish, cancellable,
                                          callback, user_data);

    if (require_remote (self, task))
        tou_dbus_practice1_call_remove (self->remote, reader, cancellable, on_change_answered,
                                        g_object_ref (task));
}

static TouPracticeReview *
make_review (GVariant *row)
{
    TouPracticeReview *review = tou_practice_review_new ();
    const char *category, *operation, *state, *reason;

    g_variant_get (row, "(sss&s&sx&s&s)", &review->submission_id, &review->reception_number, &review->company,
                   &category, &operation, &review->submitted_at_us, &state, &reason);
    (void) tou_category_from_id (category, &review->category);
    (void) tou_operation_from_id (operation, &review->operation);
    review->state = tou_review_state_from_id (state);
    review->reason = *reason != '\0' ? g_strdup (reason) : NULL;
    return review;
}

static void
on_reviews_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    g_autoptr (GVariant) rows = NULL;
    GPtrArray *reviews;
    GError *error = NULL;

    if (!tou_dbus_practice1_call_list_reviews_finish (TOU_DBUS_PRACTICE1 (source), &rows, result, &error)) {
        return_error (task, error);
        return;
    }
    reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_review_free);
    for (gsize i = 0; i < g_variant_n_children (rows); i++) {
        g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);

        g_ptr_array_add (reviews, make_review (row));
    }
    g_task_return_pointer (task, reviews, (GDestroyNotify) g_ptr_array_unref);
}

static void
list_reviews_async (TouPracticeControl *control, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_task (control, cancellable, callback, user_data, list_reviews_async);

    if (require_remote (self, task))
        tou_dbus_practice1_call_list_reviews (self->remote, cancellable, on_reviews_listed,
                                              g_object_ref (task));
}

static GPtrArray *
list_reviews_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_async_result_is_tagged (result, list_reviews_async), NULL);
    return g_task_propagate_pointer (G_TASK (result), error);
}

static void
review_async (TouPracticeControl *control, const char *submission_id, TouPracticeDecision decision,
              const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_change (control, tou_dbus_practice1_call_review_finish, cancellable,
                                          callback, user_data);

    if (require_remote (self, task))
        tou_dbus_practice1_call_review (self->remote, submission_id, tou_practice_decision_get_id (decision),
                                        reason != NULL ? reason : "", cancellable, on_change_answered,
                                        g_object_ref (task));
}

static void
set_review_after_async (TouPracticeControl *control, guint seconds, const char *denial,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_change (control, tou_dbus_practice1_call_set_review_after_finish,
                                          cancellable, callback, user_data);

    if (require_remote (self, task))
        tou_dbus_practice1_call_set_review_after (self->remote, seconds, denial != NULL ? denial : "",
                                                  cancellable, on_change_answered, g_object_ref (task));
}

static void
renew_qualification_async (TouPracticeControl *control, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (control);
    g_autoptr (GTask) task = make_change (control, tou_dbus_practice1_call_renew_qualification_finish,
                                          cancellable, callback, user_data);

    if (require_remote (self, task))
        tou_dbus_practice1_call_renew_qualification (self->remote, cancellable, on_change_answered,
                                                     g_object_ref (task));
}

static gboolean
change_finish (TouPracticeControl *control, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_async_result_is_tagged (result, make_change), FALSE);
    return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dispose (GObject *object)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (object);

    let_go (self);
    G_OBJECT_CLASS (tou_practice_process_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouPracticeProcess *self = TOU_PRACTICE_PROCESS (object);

    g_strfreev (self->readers);
    g_free (self->folder);
    g_free (self->program);
    G_OBJECT_CLASS (tou_practice_process_parent_class)->finalize (object);
}

static void
tou_practice_process_class_init (TouPracticeProcessClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    tou_practice_error_names_register ();
}

static void
tou_practice_process_control_init (TouPracticeControlInterface *iface)
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

static void
tou_practice_process_init (TouPracticeProcess *self)
{
}

TouPracticeProcess *
tou_practice_process_new (const char *program, const char *folder)
{
    TouPracticeProcess *self = g_object_new (TOU_TYPE_PRACTICE_PROCESS, NULL);

    self->program = g_strdup (program);
    self->folder = g_strdup (folder);
    return self;
}

GPid
tou_practice_process_get_pid (TouPracticeProcess *self)
{
    return self->child != NULL ? tou_child_process_get_pid (self->child) : 0;
}
