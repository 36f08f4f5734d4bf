/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-window-icon.h"

#define NAME "/io/github/touroku/Touroku/icons/io.github.touroku.Touroku"

/* From the program itself, as pixels: the SVG of the icon theme would bring librsvg into every start, a PNG
 * libpng and the list of MIME types. */
void
tou_window_icon_set (void)
{
    static const char *const names[] = { NAME "-16.png", NAME "-24.png", NAME "-32.png", NAME "-48.png",
                                         NAME "-64.png" };
    g_autolist (GdkPixbuf) pictures = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        GdkPixbuf *picture = gdk_pixbuf_new_from_resource (names[i], NULL);
        if (picture != NULL)
            pictures = g_list_append (pictures, picture);
    }
    gtk_window_set_default_icon_list (pictures);
}
