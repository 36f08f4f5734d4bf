/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-draft-keeper.h"

#define DEFAULT_DELAY_MS 1000

struct _TouDraftKeeper {
    GObject parent_instance;

    TouRecordStore *store;
    TouDraft *draft; /* the owner, and the contact that waits to be saved */
    guint delay_ms;
    guint timer;
    guint owner; /* counts the owners and their submissions: what was written before is not theirs */
    gint64 saved_at_us;
    GError *error;
};

enum { SIGNAL_WRITTEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouDraftKeeper, tou_draft_keeper, G_TYPE_OBJECT)

static void
take_result (TouDraftKeeper *self, GObject *source, GAsyncResult *result)
{
    g_clear_error (&self->error);
    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &self->error))
        g_debug ("The draft is not in the store: %s", self->error->message);
}

static void
on_draft_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouDraftKeeper) self = user_data;

    take_result (self, source, result);
}

/* A write of a draft, and which. */
typedef struct {
    TouDraftKeeper *keeper;
    gint64 noted_at_us;
    guint owner;
} Saving;

static void
on_draft_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autofree Saving *saving = user_data;
    g_autoptr (TouDraftKeeper) self = saving->keeper;

    take_result (self, source, result);
    if (saving->owner != self->owner)
        return;
    if (self->error == NULL)
        self->saved_at_us = saving->noted_at_us;
    g_signal_emit (self, signals[SIGNAL_WRITTEN], 0);
}

static gboolean
has_owner (TouDraftKeeper *self)
{
    return self->draft->agency_id != NULL && self->draft->user_id != NULL;
}

static void
forget_waiting (TouDraftKeeper *self)
{
    g_clear_handle_id (&self->timer, g_source_remove);
    g_clear_pointer (&self->draft->contact, tou_contact_free);
}

static void
save_waiting (TouDraftKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
    tou_record_store_put_draft_async (self->store, self->draft, callback, user_data);
    forget_waiting (self);
}

static gboolean
on_delay_passed (gpointer user_data)
{
    TouDraftKeeper *self = user_data;

    self->timer = 0;
    tou_draft_keeper_flush (self);
    return G_SOURCE_REMOVE;
}

static void
on_draft_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    GError *error = NULL;
    g_autoptr (TouDraft) draft = tou_record_store_get_draft_finish (TOU_RECORD_STORE (source), result,
                                                                    &error);

    if (draft == NULL)
        g_task_return_error (task, error);
    else if (draft->contact == NULL)
        g_task_return_new_error (task, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "The draft is empty");
    else
        g_task_return_pointer (task, g_steal_pointer (&draft), (GDestroyNotify) tou_draft_free);
}

static void
dispose (GObject *object)
{
    TouDraftKeeper *self = TOU_DRAFT_KEEPER (object);

    if (self->draft->contact != NULL)
        save_waiting (self, NULL, NULL);
    G_OBJECT_CLASS (tou_draft_keeper_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouDraftKeeper *self = TOU_DRAFT_KEEPER (object);

    g_clear_object (&self->store);
    g_clear_pointer (&self->draft, tou_draft_free);
    g_clear_error (&self->error);
    G_OBJECT_CLASS (tou_draft_keeper_parent_class)->finalize (object);
}

static void
tou_draft_keeper_class_init (TouDraftKeeperClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_WRITTEN] = g_signal_new ("written", TOU_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_draft_keeper_init (TouDraftKeeper *self)
{
    self->draft = tou_draft_new ();
    self->delay_ms = DEFAULT_DELAY_MS;
}

TouDraftKeeper *
tou_draft_keeper_new (TouRecordStore *store, TouOperation operation)
{
    TouDraftKeeper *self = g_object_new (TOU_TYPE_DRAFT_KEEPER, NULL);

    self->store = g_object_ref (store);
    self->draft->operation = operation;
    return self;
}

void
tou_draft_keeper_set_delay (TouDraftKeeper *self, guint delay_ms)
{
    self->delay_ms = delay_ms;
}

void
tou_draft_keeper_set_owner (TouDraftKeeper *self, const char *agency_id, const char *user_id,
                            TouCategory category)
{
    gboolean is_same = g_strcmp0 (self->draft->agency_id, agency_id) == 0
                       && g_strcmp0 (self->draft->user_id, user_id) == 0 && self->draft->category == category;

    tou_draft_keeper_flush (self);
    if (is_same)
        return;
    self->owner++;
    self->saved_at_us = 0;
    tou_set_text (&self->draft->agency_id, agency_id);
    tou_set_text (&self->draft->user_id, user_id);
    self->draft->category = category;
}

void
tou_draft_keeper_note (TouDraftKeeper *self, const TouContact *contact, gint64 now_us)
{
    if (!has_owner (self))
        return;
    tou_contact_free (self->draft->contact);
    self->draft->contact = tou_contact_copy (contact);
    self->draft->saved_at_us = now_us;
    /* Not anew at each key: whoever types without a pause would never be saved. */
    if (self->timer == 0)
        self->timer = g_timeout_add (self->delay_ms, on_delay_passed, self);
}

void
tou_draft_keeper_flush (TouDraftKeeper *self)
{
    Saving *saving;

    if (self->draft->contact == NULL)
        return;
    saving = g_new (Saving, 1);
    saving->keeper = g_object_ref (self);
    saving->noted_at_us = self->draft->saved_at_us;
    saving->owner = self->owner;
    save_waiting (self, on_draft_written, saving);
}

void
tou_draft_keeper_forget (TouDraftKeeper *self)
{
    forget_waiting (self);
    self->owner++;
    self->saved_at_us = 0;
    if (has_owner (self))
        tou_record_store_delete_draft_async (self->store, self->draft, on_draft_deleted, g_object_ref (self));
}

void
tou_draft_keeper_load_async (TouDraftKeeper *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

    g_task_set_source_tag (task, tou_draft_keeper_load_async);
    if (!has_owner (self)) {
        g_task_return_new_error (task, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "Nobody is signed in");
        return;
    }
    tou_record_store_get_draft_async (self->store, self->draft, cancellable, on_draft_got,
                                      g_steal_pointer (&task));
}

TouDraft *
tou_draft_keeper_load_finish (TouDraftKeeper *self, GAsyncResult *result, GError **error)
{
    TouDraft *draft;

    g_return_val_if_fail (g_task_is_valid (result, self), NULL);

    draft = g_task_propagate_pointer (G_TASK (result), error);
    if (draft != NULL)
        self->saved_at_us = draft->saved_at_us;
    return draft;
}

const GError *
tou_draft_keeper_get_error (TouDraftKeeper *self)
{
    return self->error;
}

gint64
tou_draft_keeper_get_saved_at_us (TouDraftKeeper *self)
{
    return self->saved_at_us;
}
