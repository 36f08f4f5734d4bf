/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-field-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More than this many characters of a changed text are not repeated in a note. */
#define NOTE_CHARS 16

/* A character that one cannot see is told by its number. */
static char *
name_character (gunichar character)
{
    char text[7] = { 0 };

    if (!g_unichar_isgraph (character) || g_unichar_ismark (character) || g_unichar_iszerowidth (character))
        return g_strdup_printf ("U+%04X", character);
    g_unichar_to_utf8 (character, text);
    return g_strdup (text);
}

char *
tou_field_text_offer (gunichar character, const char *substitute)
{
    g_autofree char *name = name_character (character);

    if (substitute[0] == '\0')
        return g_strdup_printf (_ ("Remove %s"), name);
    /* Translators: a button: put the second text for the first */
    return g_strdup_printf (_ ("Replace %s by %s"), name, substitute);
}

static const char *
skip_common (const char *text, const char *other)
{
    while (*text != '\0' && g_utf8_get_char (text) == g_utf8_get_char (other)) {
        text = g_utf8_next_char (text);
        other = g_utf8_next_char (other);
    }
    return text;
}

/* Where the common end of both begins in @text, not before @start. */
static gsize
count_common_end (const char *text, const char *other)
{
    const char *end = text + strlen (text);
    const char *other_end = other + strlen (other);
    gsize n = 0;

    while (end > text && other_end > other) {
        end = g_utf8_prev_char (end);
        other_end = g_utf8_prev_char (other_end);
        if (g_utf8_get_char (end) != g_utf8_get_char (other_end))
            break;
        n += (gsize) (g_utf8_next_char (end) - end);
    }
    return n;
}

static char *
shorten (const char *text, gsize n_bytes)
{
    g_autofree char *part = g_strndup (text, n_bytes);
    g_autofree char *start = NULL;

    if (g_utf8_strlen (part, -1) <= NOTE_CHARS)
        return g_steal_pointer (&part);
    start = g_utf8_substring (part, 0, NOTE_CHARS - 1);
    return g_strconcat (start, "…", NULL);
}

static gboolean
is_blank (const char *text, const char *end)
{
    for (; text < end; text = g_utf8_next_char (text))
        if (!g_unichar_isspace (g_utf8_get_char (text)))
            return FALSE;
    return TRUE;
}

static gboolean
is_trimmed (const char *before, const char *after)
{
    const char *kept = strstr (before, after);

    return kept != NULL && is_blank (before, kept)
           && is_blank (kept + strlen (after), before + strlen (before));
}

char *
tou_field_text_note (const char *before, const char *after)
{
    const char *before_start = skip_common (before, after);
    const char *after_start = after + (before_start - before);
    gsize common_end = count_common_end (before_start, after_start);
    g_autofree char *removed = shorten (before_start, strlen (before_start) - common_end);
    g_autofree char *added = shorten (after_start, strlen (after_start) - common_end);

    if (is_trimmed (before, after))
        return g_strdup (_ ("Spaces at the ends were removed."));
    if (added[0] == '\0')
        return g_strdup_printf (_ ("“%s” was removed."), removed);
    return g_strdup_printf (_ ("“%s” was changed to “%s”."), removed, added);
}

char *
tou_field_text_label (TouField field)
{
    const char *label = _ (tou_field_get_label (field));
    const char *suffix = strstr (label, "(_");
    g_autofree char *bare = NULL;
    g_auto (GStrv) parts = NULL;

    if (suffix != NULL && g_str_has_suffix (label, ")") && strlen (suffix) == strlen ("(_X)"))
        return g_strchomp (g_strndup (label, (gsize) (suffix - label)));
    parts = g_strsplit (label, "_", -1);
    return g_strjoinv ("", parts);
}
