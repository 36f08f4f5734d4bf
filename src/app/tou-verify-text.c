/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-verify-text.h"

#include "tou-shown-text.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
fold_spaces (const char *text)
{
    GString *folded = g_string_new (NULL);
    gboolean was_space = FALSE;

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (!was_space || !g_unichar_isspace (c))
            g_string_append_unichar (folded, c);
        was_space = g_unichar_isspace (c);
    }
    return g_string_free (folded, FALSE);
}

/* Not cut: for what has a limit already, and for what must be seen whole. */
static char *
dup_line (const char *text)
{
    g_autofree char *valid = g_utf8_make_valid (text, -1);
    g_autoptr (GString) shown = g_string_new (NULL);

    tou_shown_text_append (shown, valid, strlen (valid));
    return fold_spaces (shown->str);
}

char *
tou_verify_text_dup (const char *text)
{
    g_autofree char *line = dup_line (text);

    return tou_shown_text_dup (line);
}

void
tou_verify_text_print (const char *label, const char *value)
{
    g_autofree char *shown = tou_verify_text_dup (value != NULL ? value : "");

    g_print ("  %s: %s\n", label, *shown != '\0' ? shown : _ ("(not recorded)"));
}

void
tou_verify_text_print_file (const char *path)
{
    g_autofree char *name = g_filename_display_name (path);
    g_autofree char *shown = dup_line (name);

    g_print ("%s: %s\n", _ ("File"), shown);
}
