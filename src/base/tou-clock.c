/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-clock.h"

#include <time.h>

struct _TouClock {
    GObject parent_instance;

    GMutex lock; /* guards all below */
    gint64 service_us;
    gint64 set_at_ticks_us;
    gboolean has_service_time;
    gint64 pc_us; /* where both clocks stand still */
    gboolean is_fixed;
};

G_DEFINE_FINAL_TYPE (TouClock, tou_clock, G_TYPE_OBJECT)

static void
finalize (GObject *object)
{
    g_mutex_clear (&TOU_CLOCK (object)->lock);
    G_OBJECT_CLASS (tou_clock_parent_class)->finalize (object);
}

static void
tou_clock_class_init (TouClockClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_clock_init (TouClock *self)
{
    g_mutex_init (&self->lock);
}

TouClock *
tou_clock_new (void)
{
    return g_object_new (TOU_TYPE_CLOCK, NULL);
}

TouClock *
tou_clock_new_fixed (gint64 now_us)
{
    TouClock *self = tou_clock_new ();

    self->pc_us = now_us;
    self->is_fixed = TRUE;
    return self;
}

/* Not the monotonic clock: that one stands still while the computer sleeps. */
static gint64
read_ticks (void)
{
    struct timespec now;

    if (clock_gettime (CLOCK_BOOTTIME, &now) != 0)
        return g_get_monotonic_time ();
    return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
read_pc (TouClock *self)
{
    return self->is_fixed ? self->pc_us : g_get_real_time ();
}

static gint64
read_locked (TouClock *self)
{
    if (!self->has_service_time)
        return read_pc (self);
    if (self->is_fixed)
        return self->service_us;
    return self->service_us + (read_ticks () - self->set_at_ticks_us);
}

gint64
tou_clock_now_us (TouClock *self)
{
    g_mutex_lock (&self->lock);
    gint64 now_us = read_locked (self);
    g_mutex_unlock (&self->lock);
    return now_us;
}

GDateTime *
tou_clock_now (TouClock *self)
{
    gint64 now_us = tou_clock_now_us (self);
    g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);

    return g_date_time_add (seconds, now_us % G_USEC_PER_SEC);
}

static void
set_locked (TouClock *self, gint64 service_us)
{
    self->service_us = service_us;
    self->set_at_ticks_us = read_ticks ();
    self->has_service_time = TRUE;
}

void
tou_clock_set_service_time (TouClock *self, gint64 service_us)
{
    g_mutex_lock (&self->lock);
    set_locked (self, service_us);
    g_mutex_unlock (&self->lock);
}

void
tou_clock_correct_service_time (TouClock *self, gint64 service_us, gint64 tolerance_us)
{
    g_mutex_lock (&self->lock);
    if (self->has_service_time && ABS (read_locked (self) - service_us) > tolerance_us)
        set_locked (self, service_us);
    g_mutex_unlock (&self->lock);
}

gboolean
tou_clock_has_service_time (TouClock *self)
{
    g_mutex_lock (&self->lock);
    gboolean known = self->has_service_time;
    g_mutex_unlock (&self->lock);
    return known;
}

gint64
tou_clock_get_pc_error_us (TouClock *self)
{
    g_mutex_lock (&self->lock);
    gint64 error_us = self->has_service_time ? read_pc (self) - read_locked (self) : 0;
    g_mutex_unlock (&self->lock);
    return error_us;
}
