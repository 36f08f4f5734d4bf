/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-error-help.h"

#include "tou-error-list-window.h"

#include <gdk/gdkkeysyms.h>

#define KEY "tou-error-entry"

void
tou_error_help_mark (GtkWidget *widget, const TouErrorEntry *entry)
{
    g_object_set_data (G_OBJECT (widget), KEY, (gpointer) entry);
}

/* What stands first is what is wrong most: an error above a page comes before the notes on it. */
static void
find_entry (GtkWidget *widget, gpointer data)
{
    const TouErrorEntry **found = data;

    if (*found != NULL || !gtk_widget_get_mapped (widget))
        return;
    *found = g_object_get_data (G_OBJECT (widget), KEY);
    if (*found == NULL && GTK_IS_CONTAINER (widget))
        gtk_container_foreach (GTK_CONTAINER (widget), find_entry, data);
}

void
tou_error_help_show (GtkWindow *window)
{
    const TouErrorEntry *entry = NULL;

    find_entry (GTK_WIDGET (window), &entry);
    tou_error_list_window_present (window, entry);
}

static gboolean
on_key_left (GtkWindow *window, const GdkEventKey *event)
{
    guint modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

    if (event->keyval != GDK_KEY_F1 || modifiers != 0)
        return GDK_EVENT_PROPAGATE;
    tou_error_help_show (window);
    return GDK_EVENT_STOP;
}

void
tou_error_help_add_key (GtkWindow *window)
{
    g_signal_connect_after (window, "key-press-event", G_CALLBACK (on_key_left), NULL);
}
