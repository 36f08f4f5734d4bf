/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-announcer.h"

/* ATK_LIVE_ASSERTIVE, which ATK 2.46 has no name for: what is being said is cut short. */
#define ASSERTIVE 2

void
tou_announcer_say (GtkWidget *widget, const char *text)
{
    AtkObject *speaker = gtk_widget_get_accessible (gtk_widget_get_toplevel (widget));

    if (text == NULL || *text == '\0')
        return;
    if (g_signal_lookup ("notification", ATK_TYPE_OBJECT) != 0)
        g_signal_emit_by_name (speaker, "notification", text, ASSERTIVE);
    else
        g_signal_emit_by_name (speaker, "announcement", text);
}

char *
tou_announcer_join (const char *const *parts, guint n_parts)
{
    GString *text = g_string_new (NULL);

    for (guint i = 0; i < n_parts; i++)
        if (parts[i] != NULL && *parts[i] != '\0')
            g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", parts[i]);
    return g_string_free (text, FALSE);
}
