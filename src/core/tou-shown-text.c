/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-shown-text.h"

#include <string.h>

#define FIRST_STRONG_ISOLATE "\xe2\x81\xa8"    /* U+2068 */
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9" /* U+2069 */
#define IDEOGRAPHIC_SPACE 0x3000
/* On one letter: a kanji has a variation selector, a kana a voicing mark. */
#define MAX_MARKS 4
#define FIRST_KANJI_PLANE 0x20000
#define AFTER_KANJI_PLANES 0x40000

static gboolean
is_space (gunichar c)
{
    return c == '\t' || c == '\n' || c == '\r' || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR
           || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static gboolean
is_shown (gunichar c)
{
    switch ((int) g_unichar_type (c)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
        return FALSE;
    case G_UNICODE_UNASSIGNED:
        /* Kanji newer than this GLib are still a name. */
        return c >= FIRST_KANJI_PLANE && c < AFTER_KANJI_PLANES;
    default:
        return TRUE;
    }
}

void
tou_shown_text_append (GString *text, const char *utf8, gsize size)
{
    const char *end = utf8 + size;

    for (const char *p = utf8; p < end; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        if (is_space (c))
            g_string_append_c (text, ' ');
        else if (c != 0 && is_shown (c))
            g_string_append_unichar (text, c);
    }
}

gunichar
tou_shown_text_find_hidden (const char *utf8)
{
    guint n_marks = 0;

    for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p)) {
        gunichar c = g_utf8_get_char (p);

        n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
        if (is_space (c) || !is_shown (c) || n_marks > MAX_MARKS)
            return c;
    }
    return 0;
}

static gboolean
is_blank (gunichar c)
{
    return c == ' ' || c == IDEOGRAPHIC_SPACE || g_unichar_isspace (c);
}

/* The blocks whose letters run from right to left (Unicode, DerivedBidiClass: default R and AL). */
static gboolean
is_from_right (gunichar c)
{
    return (c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff)
           || (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff);
}

/* Such a text would turn round what stands beside it on the line. */
static char *
isolate (char *text)
{
    g_autofree char *plain = text;

    for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
        if (is_from_right (g_utf8_get_char (p)))
            return g_strconcat (FIRST_STRONG_ISOLATE, plain, POP_DIRECTIONAL_ISOLATE, NULL);
    return g_steal_pointer (&plain);
}

static char *
cut (const char *start, const char *end)
{
    if (g_utf8_strlen (start, end - start) <= TOU_SHOWN_TEXT_MAX_CHARS)
        return g_strndup (start, end - start);
    end = g_utf8_offset_to_pointer (start, TOU_SHOWN_TEXT_MAX_CHARS - 1);
    return g_strdup_printf ("%.*s…", (int) (end - start), start);
}

char *
tou_shown_text_finish (const char *text)
{
    const char *start = text;
    const char *end;

    while (is_blank (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
    end = start + strlen (start);
    while (end > start && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
        end = g_utf8_prev_char (end);
    return end > start ? isolate (cut (start, end)) : NULL;
}

char *
tou_shown_text_dup (const char *text)
{
    g_autoptr (GString) shown = g_string_new (NULL);
    char *finished;

    tou_shown_text_append (shown, text, strlen (text));
    finished = tou_shown_text_finish (shown->str);
    return finished != NULL ? finished : g_strdup ("");
}
