/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-slot-watch.h"

#define INTERVAL_MS 250

struct _TouSlotWatch {
    GObject parent_instance;

    TouWorker *worker;
    TouCardDesk *desk; /* not ours */
    guint timer;
    gboolean is_looking;
};

enum { CHANGED, LOST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouSlotWatch, tou_slot_watch, G_TYPE_OBJECT)

static void
look (GTask *task)
{
    g_task_return_int (task, tou_card_desk_look (g_task_get_task_data (task)));
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    TouSlotWatch *self = TOU_SLOT_WATCH (source);
    gssize news = g_task_propagate_int (G_TASK (result), NULL);

    self->is_looking = FALSE;
    if (news > 0 && (news & TOU_CARD_NEWS_CHANGED))
        g_signal_emit (self, signals[CHANGED], 0);
    if (news > 0 && (news & TOU_CARD_NEWS_LOST))
        g_signal_emit (self, signals[LOST], 0);
}

static gboolean
on_interval_passed (gpointer user_data)
{
    TouSlotWatch *self = user_data;
    GTask *task;

    if (self->is_looking)
        return G_SOURCE_CONTINUE;
    self->is_looking = TRUE;
    task = g_task_new (self, NULL, on_looked, NULL);
    g_task_set_task_data (task, self->desk, NULL);
    tou_worker_push (self->worker, task, look);
    return G_SOURCE_CONTINUE;
}

static void
dispose (GObject *object)
{
    TouSlotWatch *self = TOU_SLOT_WATCH (object);

    g_clear_handle_id (&self->timer, g_source_remove);
    g_clear_object (&self->worker);
    G_OBJECT_CLASS (tou_slot_watch_parent_class)->dispose (object);
}

static void
tou_slot_watch_class_init (TouSlotWatchClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
    signals[LOST] = g_signal_new ("lost", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
tou_slot_watch_init (TouSlotWatch *self)
{
}

TouSlotWatch *
tou_slot_watch_new (TouWorker *worker, TouCardDesk *desk)
{
    TouSlotWatch *self = g_object_new (TOU_TYPE_SLOT_WATCH, NULL);

    self->worker = g_object_ref (worker);
    self->desk = desk;
    return self;
}

void
tou_slot_watch_set_running (TouSlotWatch *self, gboolean running)
{
    if (running && self->timer == 0)
        self->timer = g_timeout_add (INTERVAL_MS, on_interval_passed, self);
    else if (!running)
        g_clear_handle_id (&self->timer, g_source_remove);
}
