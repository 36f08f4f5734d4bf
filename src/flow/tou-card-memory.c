/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-card-memory.h"

struct _TouCardMemory {
    GObject parent_instance;

    TouRecordStore *store;
    TouSessionFlow *session;
    TouUnlockStep *step;
    GCancellable *recalling; /* of the question under way that still counts */
};

G_DEFINE_FINAL_TYPE (TouCardMemory, tou_card_memory, G_TYPE_OBJECT)

/* Returns: (transfer full): what is looked for now */
static TouKnownCard *
make_key (TouCardMemory *self)
{
    TouKnownCard *key = tou_known_card_new ();

    key->agency_id = g_strdup (tou_service_profile_get_id (tou_session_flow_get_profile (self->session)));
    key->category = tou_session_flow_get_category (self->session);
    return key;
}

static void
stop_recalling (TouCardMemory *self)
{
    g_cancellable_cancel (self->recalling);
    g_clear_object (&self->recalling);
}

static void
on_recalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) question = user_data;
    TouCardMemory *self = g_task_get_source_object (question);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouKnownCard) card = tou_record_store_get_known_card_finish (TOU_RECORD_STORE (source), result,
                                                                            &error);

    g_task_return_boolean (question, TRUE);
    if (self->recalling == NULL || self->recalling != g_task_get_cancellable (question))
        return;
    g_clear_object (&self->recalling);
    if (card != NULL)
        tou_unlock_step_set_preferred (self->step, card->certificate_sha256);
    else
        g_debug ("No known card: %s", error->message);
}

static void
on_remembered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GError) error = NULL;

    (void) user_data;
    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error))
        g_debug ("The card is not in the store: %s", error->message);
}

static void
dispose (GObject *object)
{
    TouCardMemory *self = TOU_CARD_MEMORY (object);

    stop_recalling (self);
    g_clear_object (&self->step);
    g_clear_object (&self->session);
    g_clear_object (&self->store);
    G_OBJECT_CLASS (tou_card_memory_parent_class)->dispose (object);
}

static void
tou_card_memory_class_init (TouCardMemoryClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
tou_card_memory_init (TouCardMemory *self)
{
    (void) self;
}

TouCardMemory *
tou_card_memory_new (TouRecordStore *store, TouSessionFlow *session, TouUnlockStep *step)
{
    TouCardMemory *self = g_object_new (TOU_TYPE_CARD_MEMORY, NULL);

    self->store = g_object_ref (store);
    self->session = g_object_ref (session);
    self->step = g_object_ref (step);
    return self;
}

void
tou_card_memory_recall (TouCardMemory *self)
{
    g_autoptr (TouKnownCard) key = make_key (self);

    stop_recalling (self);
    tou_unlock_step_set_preferred (self->step, NULL);
    self->recalling = g_cancellable_new ();
    tou_record_store_get_known_card_async (self->store, key, self->recalling, on_recalled,
                                           g_task_new (self, self->recalling, NULL, NULL));
}

void
tou_card_memory_remember (TouCardMemory *self, const TouCardCertificate *certificate)
{
    g_autoptr (TouKnownCard) card = make_key (self);

    stop_recalling (self);
    card->certificate_sha256 = g_strdup (certificate->sha256);
    card->used_at_us = tou_clock_now_us (tou_session_flow_get_clock (self->session));
    tou_unlock_step_set_preferred (self->step, certificate->sha256);
    tou_record_store_put_known_card_async (self->store, card, on_remembered, NULL);
}
