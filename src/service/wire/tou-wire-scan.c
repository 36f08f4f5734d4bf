/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-wire"

#include "tou-wire-scan.h"

#include <string.h>

/* A whole number of so many digits is exact in a double and in JSON-GLib's integers. */
#define MAX_NUMBER_DIGITS 15

typedef struct {
    const char *text;
    const char *at;
    const char *end;
    guint depth;
    const char *secret_name;
    TouWireSpan secret;
    GError **error;
} Scan;

static gboolean scan_value (Scan *scan);

static gboolean
fail (Scan *scan, const char *what)
{
    g_set_error (scan->error, TOU_WIRE_ERROR, TOU_WIRE_ERROR_MALFORMED, "no JSON message: %s at byte %zu",
                 what, (gsize) (scan->at - scan->text));
    return FALSE;
}

static void
skip_space (Scan *scan)
{
    while (scan->at < scan->end && strchr (" \t\r\n", *scan->at) != NULL)
        scan->at++;
}

static gboolean
take (Scan *scan, char c)
{
    skip_space (scan);
    if (scan->at == scan->end || *scan->at != c)
        return FALSE;
    scan->at++;
    return TRUE;
}

static gboolean
take_digits (Scan *scan)
{
    const char *start = scan->at;

    while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
        scan->at++;
    return scan->at > start;
}

/* @at: the four digits after "\u", known to be there. */
static gunichar
read_hex (const char *at)
{
    gunichar value = 0;

    for (guint i = 0; i < 4; i++)
        value = value * 16 + (gunichar) g_ascii_xdigit_value (at[i]);
    return value;
}

static gboolean
is_unicode_escape (const char *at, const char *end)
{
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return FALSE;
    for (guint i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit (at[i]))
            return FALSE;
    }
    return TRUE;
}

/* Takes \uXXXX, or the two of a surrogate pair; neither U+0000 nor half a pair. */
static gboolean
scan_unicode_escape (Scan *scan)
{
    gunichar first;

    if (!is_unicode_escape (scan->at, scan->end))
        return fail (scan, "a broken escape");
    first = read_hex (scan->at + 2);
    if (first == 0 || (first >= 0xDC00 && first <= 0xDFFF))
        return fail (scan, "an escape that is no character");
    if (first >= 0xD800 && first <= 0xDBFF) {
        const char *second = scan->at + 6;
        if (!is_unicode_escape (second, scan->end) || (read_hex (second + 2) & 0xFC00) != 0xDC00)
            return fail (scan, "an escape that is no character");
        scan->at = second;
    }
    scan->at += 6;
    return TRUE;
}

static gboolean
scan_escape (Scan *scan)
{
    if (scan->end - scan->at < 2)
        return fail (scan, "a string without an end");
    if (scan->at[1] == 'u')
        return scan_unicode_escape (scan);
    if (strchr ("\"\\/bfnrt", scan->at[1]) == NULL)
        return fail (scan, "an unknown escape");
    scan->at += 2;
    return TRUE;
}

static gboolean
scan_string (Scan *scan, TouWireSpan *out_span)
{
    const char *start;

    if (!take (scan, '"'))
        return fail (scan, "no string");
    start = scan->at;
    for (;;) {
        if (scan->at == scan->end)
            return fail (scan, "a string without an end");
        if (*scan->at == '"')
            break;
        if ((guchar) *scan->at < 0x20)
            return fail (scan, "a control character");
        if (*scan->at != '\\')
            scan->at++;
        else if (!scan_escape (scan))
            return FALSE;
    }
    *out_span = (TouWireSpan){ (gsize) (start - scan->text), (gsize) (scan->at - start), TRUE };
    scan->at++;
    return TRUE;
}

static gboolean
scan_number (Scan *scan)
{
    const char *start;

    if (*scan->at == '-')
        scan->at++;
    start = scan->at;
    if (!take_digits (scan) || (*start == '0' && scan->at - start > 1)
        || scan->at - start > MAX_NUMBER_DIGITS)
        return fail (scan, "no number");
    if (scan->at < scan->end && *scan->at == '.') {
        scan->at++;
        if (!take_digits (scan))
            return fail (scan, "no number");
    }
    if (scan->at < scan->end && (*scan->at == 'e' || *scan->at == 'E')) {
        scan->at++;
        if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
            scan->at++;
        if (!take_digits (scan))
            return fail (scan, "no number");
    }
    return TRUE;
}

static gboolean
scan_word (Scan *scan)
{
    static const char *const words[] = { "true", "false", "null" };

    for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
        gsize length = strlen (words[i]);
        if ((gsize) (scan->end - scan->at) >= length && memcmp (scan->at, words[i], length) == 0) {
            scan->at += length;
            return TRUE;
        }
    }
    return fail (scan, "no value");
}

/* One character of a scanned string; moves *@at behind it. */
static gunichar
unescape_char (const char **at)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const char *p = *at, *letter;
    gunichar c;

    if (*p != '\\') {
        *at = g_utf8_next_char (p);
        return g_utf8_get_char (p);
    }
    *at = p + 2;
    if (p[1] != 'u') {
        letter = strchr (letters, p[1]);
        return (gunichar) (letter != NULL ? meanings[letter - letters] : p[1]);
    }
    *at = p + 6;
    c = read_hex (p + 2);
    if (c < 0xD800 || c > 0xDBFF)
        return c;
    *at = p + 12;
    return 0x10000 + ((c & 0x3FF) << 10) + (read_hex (p + 8) & 0x3FF);
}

static char *
dup_unescaped (const char *text, gsize size)
{
    GString *plain = g_string_sized_new (size + 1);

    for (const char *at = text; at < text + size;)
        g_string_append_unichar (plain, unescape_char (&at));
    return g_string_free (plain, FALSE);
}

/* A member's value; the outer object's secret is noted on the way. */
static gboolean
scan_member_value (Scan *scan, const char *name)
{
    skip_space (scan);
    if (scan->depth == 1 && g_strcmp0 (name, scan->secret_name) == 0 && scan->at < scan->end
        && *scan->at == '"')
        return scan_string (scan, &scan->secret);
    return scan_value (scan);
}

static gboolean
scan_member (Scan *scan, GHashTable *names)
{
    TouWireSpan span;
    char *name;

    if (!scan_string (scan, &span))
        return FALSE;
    name = dup_unescaped (scan->text + span.start, span.size);
    if (!g_hash_table_add (names, name))
        return fail (scan, "a member twice");
    return take (scan, ':') ? scan_member_value (scan, name) : fail (scan, "no colon");
}

static gboolean
scan_object (Scan *scan)
{
    g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    scan->at++;
    if (take (scan, '}'))
        return TRUE;
    do {
        if (!scan_member (scan, names))
            return FALSE;
    } while (take (scan, ','));
    return take (scan, '}') || fail (scan, "an object without an end");
}

static gboolean
scan_array (Scan *scan)
{
    scan->at++;
    if (take (scan, ']'))
        return TRUE;
    do {
        if (!scan_value (scan))
            return FALSE;
    } while (take (scan, ','));
    return take (scan, ']') || fail (scan, "an array without an end");
}

static gboolean
scan_nested (Scan *scan)
{
    gboolean is_good;

    if (++scan->depth > TOU_WIRE_MAX_DEPTH)
        return fail (scan, "too deep");
    is_good = *scan->at == '{' ? scan_object (scan) : scan_array (scan);
    scan->depth--;
    return is_good;
}

static gboolean
scan_value (Scan *scan)
{
    TouWireSpan span;

    skip_space (scan);
    if (scan->at == scan->end)
        return fail (scan, "no value");
    if (*scan->at == '{' || *scan->at == '[')
        return scan_nested (scan);
    if (*scan->at == '"')
        return scan_string (scan, &span);
    if (*scan->at == '-' || g_ascii_isdigit (*scan->at))
        return scan_number (scan);
    return scan_word (scan);
}

gboolean
tou_wire_scan (const char *text, gsize size, const char *secret_name, TouWireSpan *out_span, GError **error)
{
    Scan scan = { text, text, text + size, .secret_name = secret_name, .error = error };

    if (size > TOU_WIRE_MAX_BYTES)
        return fail (&scan, "too large");
    if (size == 0 || !g_utf8_validate_len (text, size, NULL))
        return fail (&scan, "no UTF-8 text");
    skip_space (&scan);
    if (scan.at == scan.end || *scan.at != '{')
        return fail (&scan, "no object");
    if (!scan_value (&scan))
        return FALSE;
    skip_space (&scan);
    if (scan.at < scan.end)
        return fail (&scan, "something behind the object");
    if (out_span != NULL)
        *out_span = scan.secret;
    return TRUE;
}

TouSecret *
tou_wire_unescape_secret (const char *text, gsize size)
{
    g_autoptr (TouSecret) secret = tou_secret_new ();

    for (const char *at = text; at < text + size;) {
        char utf8[6];
        gint n = g_unichar_to_utf8 (unescape_char (&at), utf8);
        gboolean fits = tou_secret_insert (secret, tou_secret_get_size (secret), utf8, (gsize) n);
        explicit_bzero (utf8, sizeof utf8);
        if (!fits)
            return NULL;
    }
    return g_steal_pointer (&secret);
}

static gboolean
append (TouSecret *target, const char *text, gsize size)
{
    return tou_secret_insert (target, tou_secret_get_size (target), text, size);
}

static gboolean
append_escaped (TouSecret *target, char c)
{
    char escape[8] = { '\\', c, '\0' };
    gboolean fits;

    if (c == '"' || c == '\\')
        return append (target, escape, 2);
    if ((guchar) c >= 0x20)
        return append (target, &c, 1);
    g_snprintf (escape, sizeof escape, "\\u%04x", (guint) c);
    fits = append (target, escape, 6);
    explicit_bzero (escape, sizeof escape);
    return fits;
}

gboolean
tou_wire_escape_secret (TouSecret *target, const char *text)
{
    if (!append (target, "\"", 1))
        return FALSE;
    for (const char *at = text; *at != '\0'; at++) {
        if (!append_escaped (target, *at))
            return FALSE;
    }
    return append (target, "\"", 1);
}
