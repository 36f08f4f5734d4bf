/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-profile-drop.h"

#define KEY "tou-profile-drop"
#define MAX_FILES 16

static void
on_data_received (GtkWindow *window, GdkDragContext *context, int x, int y, GtkSelectionData *data,
                  guint info, guint time, gpointer user_data)
{
    TouFileChosen chosen = (TouFileChosen) g_object_get_data (G_OBJECT (window), KEY);
    g_auto (GStrv) uris = gtk_selection_data_get_uris (data);

    for (guint i = 0; uris != NULL && uris[i] != NULL && i < MAX_FILES; i++) {
        g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);

        chosen (window, file);
    }
}

void
tou_profile_drop_take (GtkWindow *window, TouFileChosen chosen)
{
    gtk_drag_dest_set (GTK_WIDGET (window), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
    gtk_drag_dest_add_uri_targets (GTK_WIDGET (window));
    g_object_set_data (G_OBJECT (window), KEY, (gpointer) chosen);
    g_signal_connect (window, "drag-data-received", G_CALLBACK (on_data_received), NULL);
}
