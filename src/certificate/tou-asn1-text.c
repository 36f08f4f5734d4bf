/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-asn1-text.h"

#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <string.h>

#define IDEOGRAPHIC_SPACE 0x3000
#define FIRST_KANJI_PLANE 0x20000
#define AFTER_KANJI_PLANES 0x40000
/* Read no further into a value that will be cut anyway. */
#define MAX_VALUE_BYTES (TOU_ASN1_TEXT_MAX_CHARS * 8)

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

static void
append_shown (GString *text, const char *utf8, gsize size)
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

static char *
convert (const ASN1_STRING *value, gsize *out_size)
{
    guint8 *data = NULL;
    int size = ASN1_STRING_to_UTF8 (&data, value);
    char *utf8 = NULL;

    /* A value that does not decode is no error of the certificate. */
    ERR_clear_error ();
    if (size >= 0) {
        utf8 = g_malloc0 (size + 1);
        memcpy (utf8, data, size);
    }
    *out_size = MAX (size, 0);
    OPENSSL_free (data);
    return utf8;
}

static gboolean
append_string (GString *text, const ASN1_STRING *value)
{
    gsize before = text->len;
    gsize size;
    const char *end;
    g_autofree char *utf8 = convert (value, &size);

    /* A NUL in the middle ends the valid part for GLib; it is left out below, not taken for the end. */
    for (const char *p = utf8; p != NULL && p < utf8 + MIN (size, MAX_VALUE_BYTES); p = end + 1) {
        gboolean is_valid = g_utf8_validate_len (p, utf8 + size - p, &end);

        append_shown (text, p, end - p);
        if (is_valid || *end != '\0')
            break;
    }
    return text->len > before;
}

static gboolean
append_lines (GString *text, const ASN1_STRING *sequence)
{
    const guint8 *data = ASN1_STRING_get0_data (sequence);
    ASN1_SEQUENCE_ANY *lines = d2i_ASN1_SEQUENCE_ANY (NULL, &data, ASN1_STRING_length (sequence));
    gsize before = text->len;

    for (int i = 0; i < sk_ASN1_TYPE_num (lines); i++) {
        const ASN1_TYPE *line = sk_ASN1_TYPE_value (lines, i);

        /* Other types have no string behind the pointer, or one that is no text. */
        if ((ASN1_tag2bit (line->type) & (B_ASN1_DIRECTORYSTRING)) != 0)
            append_string (text, line->value.asn1_string);
    }
    sk_ASN1_TYPE_pop_free (lines, ASN1_TYPE_free);
    ERR_clear_error ();
    return text->len > before;
}

gboolean
tou_asn1_append_text (GString *text, const ASN1_STRING *value)
{
    if (ASN1_STRING_type (value) == V_ASN1_SEQUENCE)
        return append_lines (text, value);
    return append_string (text, value);
}

static gboolean
is_blank (gunichar c)
{
    return c == ' ' || c == IDEOGRAPHIC_SPACE || g_unichar_isspace (c);
}

char *
tou_asn1_finish_text (const char *text)
{
    const char *start = text;
    const char *end;
    glong chars;

    while (is_blank (g_utf8_get_char (start)))
        start = g_utf8_next_char (start);
    end = start + strlen (start);
    while (end > start && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
        end = g_utf8_prev_char (end);
    if (end == start)
        return NULL;
    chars = g_utf8_strlen (start, end - start);
    if (chars > TOU_ASN1_TEXT_MAX_CHARS) {
        end = g_utf8_offset_to_pointer (start, TOU_ASN1_TEXT_MAX_CHARS - 1);
        return g_strdup_printf ("%.*s…", (int) (end - start), start);
    }
    return g_strndup (start, end - start);
}
