/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-countdown.h"

#include <glib/gi18n-lib.h>

/* Often enough that no second is left out. */
#define INTERVAL_MS 250

struct _TouCountdown {
    GtkLabel parent_instance;

    gint64 end_us; /* of the monotonic clock */
    guint timer;
};

G_DEFINE_FINAL_TYPE (TouCountdown, tou_countdown, GTK_TYPE_LABEL)

static void
show_left (TouCountdown *self)
{
    gint64 left_us = MAX (self->end_us - g_get_monotonic_time (), 0);
    guint left = (guint) ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
    g_autofree char *text = g_strdup_printf (_ ("Time left: %u seconds"), left);

    if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self)), text) != 0)
        gtk_label_set_text (GTK_LABEL (self), text);
}

static gboolean
on_interval_passed (gpointer user_data)
{
    show_left (user_data);
    return G_SOURCE_CONTINUE;
}

static void
dispose (GObject *object)
{
    g_clear_handle_id (&TOU_COUNTDOWN (object)->timer, g_source_remove);
    G_OBJECT_CLASS (tou_countdown_parent_class)->dispose (object);
}

static void
tou_countdown_class_init (TouCountdownClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
tou_countdown_init (TouCountdown *self)
{
    (void) self;
}

void
tou_countdown_start (TouCountdown *self, guint seconds)
{
    tou_countdown_stop (self);
    if (seconds == 0)
        return;
    self->end_us = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
    self->timer = g_timeout_add (INTERVAL_MS, on_interval_passed, self);
    show_left (self);
    gtk_widget_show (GTK_WIDGET (self));
}

void
tou_countdown_stop (TouCountdown *self)
{
    g_clear_handle_id (&self->timer, g_source_remove);
    gtk_widget_hide (GTK_WIDGET (self));
}
