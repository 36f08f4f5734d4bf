/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-side-window.h"

static gboolean
on_key_left (GtkWindow *window, const GdkEventKey *event)
{
    if (event->keyval != GDK_KEY_Escape)
        return GDK_EVENT_PROPAGATE;
    gtk_window_close (window);
    return GDK_EVENT_STOP;
}

void
tou_side_window_set_up (GtkWindow *window)
{
    g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

    gtk_window_group_add_window (group, window);
    g_signal_connect (window, "delete-event", G_CALLBACK (gtk_widget_hide_on_delete), NULL);
    g_signal_connect_after (window, "key-press-event", G_CALLBACK (on_key_left), NULL);
}
