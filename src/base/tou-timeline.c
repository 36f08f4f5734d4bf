/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-timeline.h"

struct _TouTimeline {
    GObject parent_instance;

    GMutex lock; /* guards all below */
    TouEvent *ring;
    guint capacity;
    guint64 n_added;
};

G_DEFINE_FINAL_TYPE (TouTimeline, tou_timeline, G_TYPE_OBJECT)

static void
finalize (GObject *object)
{
    TouTimeline *self = TOU_TIMELINE (object);

    g_free (self->ring);
    g_mutex_clear (&self->lock);
    G_OBJECT_CLASS (tou_timeline_parent_class)->finalize (object);
}

static void
tou_timeline_class_init (TouTimelineClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_timeline_init (TouTimeline *self)
{
    g_mutex_init (&self->lock);
}

TouTimeline *
tou_timeline_new (guint capacity)
{
    g_return_val_if_fail (capacity > 0, NULL);

    TouTimeline *self = g_object_new (TOU_TYPE_TIMELINE, NULL);
    self->ring = g_new0 (TouEvent, capacity);
    self->capacity = capacity;
    return self;
}

void
tou_timeline_add (TouTimeline *self, TouEventKind kind, const char *word, gint64 number, gint64 duration_us)
{
    g_mutex_lock (&self->lock);
    TouEvent *event = &self->ring[self->n_added++ % self->capacity];
    event->at_us = g_get_real_time ();
    event->kind = kind;
    event->word = word;
    event->number = number;
    event->duration_us = duration_us;
    g_mutex_unlock (&self->lock);
}

GArray *
tou_timeline_dup_events (TouTimeline *self)
{
    GArray *events = g_array_new (FALSE, FALSE, sizeof (TouEvent));

    g_mutex_lock (&self->lock);
    guint64 first = self->n_added > self->capacity ? self->n_added - self->capacity : 0;
    for (guint64 i = first; i < self->n_added; i++)
        g_array_append_val (events, self->ring[i % self->capacity]);
    g_mutex_unlock (&self->lock);
    return events;
}
