/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-field-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More than this many characters of a changed text are not repeated in a note. */
#define NOTE_CHARS 16

static const char *
name_unseen (gunichar c)
{
    if (c == '\t')
        return _ ("a tab");
    if (c == '\n' || c == '\r' || c == '\f' || c == 0x2028 || c == 0x2029)
        return _ ("a line break");
    if (g_unichar_isspace (c))
        return _ ("a special space");
    if (g_unichar_type (c) == G_UNICODE_PRIVATE_USE)
        /* Translators: 外字 */
        return _ ("a character made for one computer alone");
    return g_unichar_isgraph (c) && !g_unichar_ismark (c) && !g_unichar_iszerowidth (c)
               ? NULL
               : _ ("a character that cannot be seen");
}

char *
tou_field_text_character (gunichar character)
{
    const char *name = name_unseen (character);
    char text[7] = { 0 };

    if (name != NULL)
        /* Translators: what a character is, and its number in Unicode */
        return g_strdup_printf (_ ("%s (U+%04X)"), name, character);
    g_unichar_to_utf8 (character, text);
    return g_strdup_printf (_ ("“%s”"), text);
}

char *
tou_field_text_offer (const char *substitute)
{
    if (substitute[0] == '\0')
        return g_strdup (_ ("Remove it"));
    if (g_str_equal (substitute, " "))
        return g_strdup (_ ("Replace it by a space"));
    /* Translators: a button: put this text in the place of a character */
    return g_strdup_printf (_ ("Replace it by “%s”"), substitute);
}

char *
tou_field_text_replaced (gunichar character, const char *substitute)
{
    g_autofree char *name = tou_field_text_character (character);

    if (substitute[0] == '\0')
        return g_strdup_printf (_ ("Removed: %s"), name);
    if (g_str_equal (substitute, " "))
        return g_strdup_printf (_ ("Replaced by a space: %s"), name);
    return g_strdup_printf (_ ("Replaced by “%s”: %s"), substitute, name);
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

static char *
note_change (const char *before, const char *after)
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
tou_field_text_note (const char *before, const char *after)
{
    /* A note about the choice of a glyph would show the same text twice. */
    g_autofree char *plain = tou_text_drop_variation_selectors (before);
    g_autofree char *change = g_str_equal (plain, after) ? NULL : note_change (plain, after);
    const char *glyph = _ ("Which form of a character (IVS) is meant cannot be sent; the usual form is.");

    if (g_str_equal (plain, before))
        return g_steal_pointer (&change);
    /* Translators: one sentence after another. */
    return change == NULL ? g_strdup (glyph) : g_strdup_printf (_ ("%s %s"), change, glyph);
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
