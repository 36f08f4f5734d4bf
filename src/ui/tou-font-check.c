/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-font-check.h"

#include <glib/gi18n-lib.h>

/* Of the characters that Japanese alone needs: kana, and a kanji of the manual's. */
#define SAMPLE "登ろク"

void
tou_font_check_warn (GtkWidget *widget)
{
    static gboolean was_said;
    g_autoptr (PangoLayout) layout = NULL;

    if (was_said)
        return;
    layout = gtk_widget_create_pango_layout (widget, SAMPLE);
    if (pango_layout_get_unknown_glyphs_count (layout) == 0)
        return;
    was_said = TRUE;
    g_printerr ("%s\n",
                _ ("No font of this computer has Japanese characters: boxes stand in their place. Please "
                   "install one, on Debian: apt install fonts-noto-cjk"));
}
