/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-window-icon.h"

#define NAME "/io/github/touroku/Touroku/icons/io.github.touroku.Touroku"

/* From the program itself, as pixels: the SVG of the icon theme would bring librsvg into every start, a PNG
 * libpng and the list of MIME types. */
static gboolean
set_icon (gpointer data)
{
    static const char *const names[] = { NAME "-16.png", NAME "-24.png", NAME "-32.png", NAME "-48.png",
                                         NAME "-64.png" };
    g_autolist (GdkPixbuf) pictures = NULL;

    (void) data;
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        GdkPixbuf *picture = gdk_pixbuf_new_from_resource (names[i], NULL);
        if (picture != NULL)
            pictures = g_list_append (pictures, picture);
    }
    gtk_window_set_default_icon_list (pictures);
    return G_SOURCE_REMOVE;
}

static gboolean
on_drawn (GtkWidget *window)
{
    g_signal_handlers_disconnect_by_func (window, on_drawn, NULL);
    g_idle_add_full (G_PRIORITY_LOW, set_icon, NULL, NULL);
    return GDK_EVENT_PROPAGATE;
}

void
tou_window_icon_set_later (GtkWindow *window)
{
    g_signal_connect_after (window, "draw", G_CALLBACK (on_drawn), NULL);
}
