/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-accessible-ids.h"

/* Objects without an id in the file get a made-up one with this prefix. */
#define NAMELESS_PREFIX "___"

static void
set_id (GtkWidget *widget, gpointer data)
{
    const char *id = gtk_buildable_get_name (GTK_BUILDABLE (widget));

    if (id != NULL && !g_str_has_prefix (id, NAMELESS_PREFIX))
        atk_object_set_accessible_id (gtk_widget_get_accessible (widget), id);
    if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), set_id, NULL);
}

static gboolean
set_ids (gpointer data)
{
    set_id (data, NULL);
    return G_SOURCE_REMOVE;
}

void
tou_accessible_ids_set (GtkWidget *root)
{
    /* Below the priority of drawing: making the accessible objects would hold up the first frame. */
    g_idle_add_full (G_PRIORITY_LOW, set_ids, g_object_ref (root), g_object_unref);
}
