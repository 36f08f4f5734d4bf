/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-slot-watch.h"

#include "tou-pcsc-watch.h"

#define INTERVAL_MS 250

struct _TouSlotWatch {
    GObject parent_instance;

    TouWorker *worker;
    TouCardDesk *desk;  /* not ours */
    TouPcscWatch *pcsc; /* NULL where the module is polled */
    guint timer;
    gboolean is_running;
    gboolean is_looking;
    gboolean has_event; /* that was not looked at */
};

enum { CHANGED, LOST, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouSlotWatch, tou_slot_watch, G_TYPE_OBJECT)

static void
look (GTask *task)
{
    g_task_return_int (task, tou_card_desk_look (g_task_get_task_data (task)));
}

static void look_at_event (TouSlotWatch *self);

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
    look_at_event (self);
}

static void
start_look (TouSlotWatch *self)
{
    GTask *task;

    if (self->is_looking)
        return;
    self->is_looking = TRUE;
    task = g_task_new (self, NULL, on_looked, NULL);
    g_task_set_task_data (task, self->desk, NULL);
    tou_worker_push (self->worker, task, look);
}

static void
look_at_event (TouSlotWatch *self)
{
    if (!self->has_event || !self->is_running || self->is_looking)
        return;
    self->has_event = FALSE;
    start_look (self);
}

static void
on_readers_changed (TouSlotWatch *self)
{
    self->has_event = TRUE;
    look_at_event (self);
}

static gboolean
on_interval_passed (gpointer user_data)
{
    start_look (user_data);
    return G_SOURCE_CONTINUE;
}

/* Which of the two the module needs is known once it was looked at. */
static void
choose_source (TouSlotWatch *self)
{
    gboolean polls = tou_card_desk_needs_polling (self->desk);

    if (polls) {
        g_clear_object (&self->pcsc);
        if (self->timer == 0)
            self->timer = g_timeout_add (INTERVAL_MS, on_interval_passed, self);
        return;
    }
    g_clear_handle_id (&self->timer, g_source_remove);
    if (self->pcsc != NULL)
        return;
    self->pcsc = tou_pcsc_watch_new ();
    g_signal_connect_object (self->pcsc, "changed", G_CALLBACK (on_readers_changed), self, G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
    TouSlotWatch *self = TOU_SLOT_WATCH (object);

    g_clear_handle_id (&self->timer, g_source_remove);
    g_clear_object (&self->pcsc);
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
    self->is_running = running;
    if (!running) {
        g_clear_handle_id (&self->timer, g_source_remove);
        return;
    }
    choose_source (self);
    look_at_event (self);
}
