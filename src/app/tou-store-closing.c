/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-store-closing.h"

#define CLOSING_SECONDS 3

typedef struct {
    GApplication *application;
    guint timeout; /* 0: it took too long */
} Closing;

static gboolean
on_timed_out (gpointer user_data)
{
    Closing *self = user_data;

    self->timeout = 0;
    g_application_release (self->application);
    return G_SOURCE_REMOVE;
}

static gboolean
on_closed (gpointer user_data)
{
    Closing *self = user_data;

    if (self->timeout != 0) {
        g_source_remove (self->timeout);
        g_application_release (self->application);
    }
    g_object_unref (self->application);
    g_free (self);
    return G_SOURCE_REMOVE;
}

/* May be the store's own thread, and the store is not quite gone yet: both end in a call of the main thread.
 */
static void
on_store_gone (gpointer user_data, GObject *store)
{
    (void) store;
    g_idle_add_full (G_PRIORITY_DEFAULT, on_closed, user_data, NULL);
}

void
tou_store_closing_hold (GApplication *application, TouRecordStore *store)
{
    Closing *self = g_new (Closing, 1);

    self->application = g_object_ref (application);
    self->timeout = g_timeout_add_seconds (CLOSING_SECONDS, on_timed_out, self);
    g_application_hold (application);
    g_object_weak_ref (G_OBJECT (store), on_store_gone, self);
}
