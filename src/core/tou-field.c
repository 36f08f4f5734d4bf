/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-field.h"

#include "tou-characters.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** What a field takes. */
typedef enum {
    KIND_TEXT,        /* JIS X 0208 and ASCII */
    KIND_POSTAL_CODE, /* digits and hyphens, NNN-NNNN or NNNNNNN */
    KIND_PHONE,       /* digits and hyphens */
    KIND_USER_ID,     /* ASCII letters and digits */
    KIND_PIN,         /* the same; a secret, never changed */
    KIND_PASSWORD,    /* ASCII 0x21-0x7E; a secret, never changed */
} Kind;

typedef struct {
    Kind kind;
    guint limit;
    const char *label;
    const char *hint;
} Rule;

/* The mnemonics are unique within a page; B, R and V are left to its buttons. */
static const Rule rules[] = {
    [TOU_FIELD_USER_ID] = { KIND_USER_ID, 256, N_ ("_User ID"), N_ ("half-width letters and digits") },
    [TOU_FIELD_PASSWORD] = { KIND_PASSWORD, 256, N_ ("_Password"),
                             N_ ("half-width letters, digits and symbols") },
    [TOU_FIELD_PIN] = { KIND_PIN, 255, N_ ("_PIN"), N_ ("half-width digits") },
    [TOU_FIELD_CONTACT_NAME] = { KIND_TEXT, 60, N_ ("Contact _name (department)"),
                                 N_ ("at most 60 characters") },
    [TOU_FIELD_CONTACT_POSTAL_CODE] = { KIND_POSTAL_CODE, 8, N_ ("Contact postal _code"),
                                        N_ ("half-width, e.g. 123-4567") },
    [TOU_FIELD_CONTACT_ADDRESS] = { KIND_TEXT, 60, N_ ("Contact _address"), N_ ("at most 60 characters") },
    [TOU_FIELD_CONTACT_PERSON] = { KIND_TEXT, 20, N_ ("Contact p_erson"), N_ ("at most 20 characters") },
    [TOU_FIELD_CONTACT_PHONE] = { KIND_PHONE, 25, N_ ("Contact _telephone number"),
                                  N_ ("half-width, e.g. 03-0000-0000") },
    [TOU_FIELD_CONTACT_FAX] = { KIND_PHONE, 25, N_ ("Contact _fax number"),
                                N_ ("half-width, e.g. 03-0000-0000; without a fax, enter 03-0000-0000") },
    [TOU_FIELD_COMPANY_PHONE] = { KIND_PHONE, 25, N_ ("_Main telephone number"),
                                  N_ ("half-width, e.g. 03-0000-0000") },
    [TOU_FIELD_COMPANY_FAX] = { KIND_PHONE, 25, N_ ("Main fax n_umber"),
                                N_ ("half-width, e.g. 03-0000-0000; without a fax, enter 03-0000-0000") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (rules) == TOU_N_FIELDS);

static gboolean
is_secret (Kind kind)
{
    return kind == KIND_PIN || kind == KIND_PASSWORD;
}

static gunichar
map_character (Kind kind, gunichar c)
{
    if (is_secret (kind))
        return c;
    return kind == KIND_TEXT ? tou_character_map_text (c) : tou_character_map_number (c);
}

static gboolean
takes_character (Kind kind, TouCharset *charset, gunichar c)
{
    switch (kind) {
    case KIND_POSTAL_CODE:
    case KIND_PHONE:
        return (c >= '0' && c <= '9') || c == '-';
    case KIND_USER_ID:
    case KIND_PIN:
        return c < 0x80 && g_ascii_isalnum ((char) c);
    case KIND_PASSWORD:
        return c > 0x20 && c < 0x7F;
    case KIND_TEXT:
    default:
        return tou_charset_has (charset, c);
    }
}

static const char *
find_number_substitute (gunichar c)
{
    if (c == '(' || c == 0x3012 /* 〒 */ || tou_character_is_unseen (c))
        return "";
    return c == ')' || c == '.' || c == '/' || g_unichar_isspace (c) ? "-" : NULL;
}

/* Nothing is ever proposed for a secret: it would show a part of it. */
static const char *
find_substitute (Kind kind, gunichar c)
{
    if (is_secret (kind) || kind == KIND_USER_ID)
        return NULL;
    if (kind == KIND_TEXT)
        return tou_character_is_combining_mark (c) ? (c == 0x3099 ? "゛" : "゜")
                                                   : tou_character_find_substitute (c);
    return find_number_substitute (c);
}

/* The part of a text that is left when white space around it has gone. */
static void
find_core (Kind kind, const char *text, const char **out_start, const char **out_end)
{
    const char *start = text, *end = text + strlen (text);

    if (!is_secret (kind)) {
        while (start < end && g_unichar_isspace (g_utf8_get_char (start)))
            start = g_utf8_next_char (start);
        while (end > start && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (end))))
            end = g_utf8_prev_char (end);
    }
    *out_start = start;
    *out_end = end;
}

/* Whether a mark joins the kana before it, which may be half-width or itself only just mapped. */
static gunichar
join_mark (const char *start, const char *at, gunichar mark)
{
    gunichar before = 0;

    while (at > start) {
        at = g_utf8_prev_char (at);
        before = g_utf8_get_char (at);
        if (!tou_character_is_variation_selector (before))
            return tou_character_compose_kana (tou_character_map_text (before), mark);
    }
    return 0;
}

/* How much longer the tidied text is for the character at @at. */
static guint
count_at (Kind kind, const char *start, const char *at)
{
    gunichar c = g_utf8_get_char (at);

    if (kind != KIND_TEXT)
        return 1;
    return tou_character_is_variation_selector (c) || join_mark (start, at, tou_character_map_text (c)) != 0
               ? 0
               : 1;
}

static gboolean
takes_at (Kind kind, TouCharset *charset, const char *start, const char *at)
{
    gunichar c = g_utf8_get_char (at);
    gunichar mapped = map_character (kind, c);

    if (kind == KIND_TEXT && tou_character_is_variation_selector (c))
        return TRUE;
    if (kind != KIND_TEXT || !tou_character_is_combining_mark (mapped))
        return takes_character (kind, charset, mapped);
    /* A half-width ﾞ may stand alone, a combining mark not. */
    return c != mapped || join_mark (start, at, mapped) != 0;
}

/* Returns whether every character is taken; the first that is not goes into @check. */
static gboolean
check_characters (Kind kind, const char *text, TouFieldCheck *check)
{
    g_auto (TouCharset) charset = { (GIConv) -1 };
    const char *start, *end;

    if (kind == KIND_TEXT)
        tou_charset_open (&charset);
    find_core (kind, text, &start, &end);
    for (const char *at = start; at < end; at = g_utf8_next_char (at)) {
        if (takes_at (kind, &charset, start, at))
            continue;
        check->position = (guint) g_utf8_pointer_to_offset (text, at);
        check->character = g_utf8_get_char (at);
        check->substitute = find_substitute (kind, map_character (kind, check->character));
        return FALSE;
    }
    return TRUE;
}

static gboolean
is_postal_code (const char *text)
{
    gsize n = strlen (text);
    guint n_hyphens = 0;

    for (const char *c = text; *c != '\0'; c++)
        n_hyphens += *c == '-';
    return (n == 7 && n_hyphens == 0) || (n == 8 && n_hyphens == 1 && text[3] == '-');
}

static gboolean
has_right_format (Kind kind, const char *text)
{
    if (kind == KIND_POSTAL_CODE)
        return is_postal_code (text);
    return kind != KIND_PHONE || strpbrk (text, "0123456789") != NULL;
}

/* Length and format are those of the tidied text, as it will be sent. */
static TouFieldFault
find_fault (TouField field, const char *text, TouFieldCheck *check)
{
    const Rule *rule = &rules[field];
    g_autofree char *tidied = is_secret (rule->kind) ? NULL : tou_field_tidy (field, text);
    const char *sent = tidied != NULL ? tidied : text;

    check->n_chars = (guint) g_utf8_strlen (sent, -1);
    if (!check_characters (rule->kind, text, check))
        return TOU_FIELD_FAULT_CHARACTER;
    if (check->n_chars > rule->limit)
        return TOU_FIELD_FAULT_TOO_LONG;
    if (check->n_chars == 0)
        return TOU_FIELD_FAULT_EMPTY;
    return has_right_format (rule->kind, sent) ? TOU_FIELD_FAULT_NONE : TOU_FIELD_FAULT_FORMAT;
}

gboolean
tou_field_check (TouField field, const char *text, TouFieldCheck *out_check)
{
    g_return_val_if_fail (field < TOU_N_FIELDS, FALSE);

    memset (out_check, 0, sizeof *out_check);
    out_check->limit = rules[field].limit;
    out_check->fault = find_fault (field, text, out_check);
    return out_check->fault == TOU_FIELD_FAULT_NONE;
}

static void
add_span (GArray *spans, guint start, guint end)
{
    TouFieldSpan span = { start, end };

    if (spans->len > 0 && g_array_index (spans, TouFieldSpan, spans->len - 1).end == start)
        g_array_index (spans, TouFieldSpan, spans->len - 1).end = end;
    else
        g_array_append_val (spans, span);
}

static void
find_not_taken (const Rule *rule, const char *text, GArray *spans)
{
    g_auto (TouCharset) charset = { (GIConv) -1 };
    const char *start, *end;

    tou_charset_open (&charset);
    find_core (rule->kind, text, &start, &end);
    for (const char *at = start; at < end; at = g_utf8_next_char (at))
        if (!takes_at (rule->kind, &charset, start, at))
            add_span (spans, (guint) (at - text), (guint) (g_utf8_next_char (at) - text));
}

static void
find_excess (const Rule *rule, const char *text, GArray *spans)
{
    const char *start, *end;
    guint n_chars = 0;

    find_core (rule->kind, text, &start, &end);
    for (const char *at = start; at < end; at = g_utf8_next_char (at)) {
        n_chars += count_at (rule->kind, start, at);
        if (n_chars > rule->limit)
            add_span (spans, (guint) (at - text), (guint) (g_utf8_next_char (at) - text));
    }
}

GArray *
tou_field_find_wrong (TouField field, const char *text)
{
    g_return_val_if_fail (field < TOU_N_FIELDS, NULL);

    const Rule *rule = &rules[field];
    GArray *spans = g_array_new (FALSE, FALSE, sizeof (TouFieldSpan));

    if (is_secret (rule->kind))
        return spans;
    find_not_taken (rule, text, spans);
    if (spans->len == 0)
        find_excess (rule, text, spans);
    return spans;
}

static void
append_text (GString *tidied, gunichar c)
{
    gunichar mapped = tou_character_map_text (c);
    char *last = tidied->len > 0 ? g_utf8_find_prev_char (tidied->str, tidied->str + tidied->len) : NULL;
    gunichar composed = last != NULL ? tou_character_compose_kana (g_utf8_get_char (last), mapped) : 0;

    if (composed != 0) {
        g_string_truncate (tidied, (gsize) (last - tidied->str));
        g_string_append_unichar (tidied, composed);
    } else if (mapped != c && tou_character_is_combining_mark (mapped)) {
        g_string_append_unichar (tidied, tou_character_get_spacing_mark (mapped));
    } else {
        g_string_append_unichar (tidied, mapped);
    }
}

char *
tou_field_tidy (TouField field, const char *text)
{
    g_return_val_if_fail (field < TOU_N_FIELDS, NULL);

    Kind kind = rules[field].kind;
    GString *tidied = g_string_sized_new (strlen (text));
    const char *start, *end;

    find_core (kind, text, &start, &end);
    for (const char *at = start; at < end; at = g_utf8_next_char (at)) {
        gunichar c = g_utf8_get_char (at);

        if (kind != KIND_TEXT)
            g_string_append_unichar (tidied, map_character (kind, c));
        else if (!tou_character_is_variation_selector (c))
            append_text (tidied, c);
    }
    return g_string_free (tidied, FALSE);
}

char *
tou_field_replace (const char *text, guint position, const char *substitute)
{
    if (position >= (guint) g_utf8_strlen (text, -1))
        return g_strdup (text);

    const char *at = g_utf8_offset_to_pointer (text, position);
    g_autofree char *before = g_strndup (text, (gsize) (at - text));
    return g_strconcat (before, substitute, g_utf8_next_char (at), NULL);
}

guint
tou_field_get_limit (TouField field)
{
    g_return_val_if_fail (field < TOU_N_FIELDS, 0);

    return rules[field].limit;
}

const char *
tou_field_get_label (TouField field)
{
    g_return_val_if_fail (field < TOU_N_FIELDS, NULL);

    return rules[field].label;
}

const char *
tou_field_get_hint (TouField field)
{
    g_return_val_if_fail (field < TOU_N_FIELDS, NULL);

    return rules[field].hint;
}

char *
tou_text_drop_variation_selectors (const char *text)
{
    GString *kept = g_string_sized_new (strlen (text));

    for (; *text != '\0'; text = g_utf8_next_char (text)) {
        gunichar c = g_utf8_get_char (text);

        if (!tou_character_is_variation_selector (c))
            g_string_append_unichar (kept, c);
    }
    return g_string_free (kept, FALSE);
}

static const char *
skip_spaces (const char *text)
{
    while (*text != '\0' && (*text == ' ' || g_utf8_get_char (text) == 0x3000))
        text = g_utf8_next_char (text);
    return text;
}

gboolean
tou_text_equal_without_spaces (const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    for (;;) {
        a = skip_spaces (a);
        b = skip_spaces (b);
        if (*a == '\0' || g_utf8_get_char (a) != g_utf8_get_char (b))
            return *a == '\0' && *b == '\0';
        a = g_utf8_next_char (a);
        b = g_utf8_next_char (b);
    }
}
