/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-store-closing.h"

#define CLOSING_SECONDS 3

typedef struct {
    GApplication *application;
    TouRecordStore *store; /* by a toggle reference */
    gboolean is_closing;
    guint timeout; /* 0: it took too long */
} Closing;

static void on_owners_changed (gpointer user_data, GObject *store, gboolean is_last);

static gboolean
on_timed_out (gpointer user_data)
{
    Closing *self = user_data;

    self->timeout = 0;
    g_application_release (self->application);
    return G_SOURCE_REMOVE;
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
    Closing *self = user_data;
    g_autoptr (GError) error = NULL;

    if (!tou_record_store_write_finish (TOU_RECORD_STORE (source), result, &error))
        g_debug ("the store is not closed: %s", error->message);
    if (self->timeout != 0) {
        g_source_remove (self->timeout);
        g_application_release (self->application);
    }
    g_object_remove_toggle_ref (source, on_owners_changed, self);
    g_object_unref (self->application);
    g_free (self);
}

static gboolean
start_closing (gpointer user_data)
{
    Closing *self = user_data;

    tou_record_store_close_async (self->store, on_closed, self);
    return G_SOURCE_REMOVE;
}

/* Flows that are still at work write until they are gone. May be any thread. */
static void
on_owners_changed (gpointer user_data, GObject *store, gboolean is_last)
{
    Closing *self = user_data;

    (void) store;
    if (!is_last || self->is_closing)
        return;
    self->is_closing = TRUE;
    g_idle_add_full (G_PRIORITY_DEFAULT, start_closing, self, NULL);
}

void
tou_store_closing_hold (GApplication *application, TouRecordStore *store)
{
    Closing *self = g_new0 (Closing, 1);

    self->application = g_object_ref (application);
    self->store = store;
    self->timeout = g_timeout_add_seconds (CLOSING_SECONDS, on_timed_out, self);
    g_application_hold (application);
    g_object_add_toggle_ref (G_OBJECT (store), on_owners_changed, self);
}
