/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-characters.h"

#include <stdlib.h>

#define COMBINING_VOICED 0x3099
#define COMBINING_SEMI_VOICED 0x309A
#define IDEOGRAPHIC_SPACE 0x3000
#define FULL_WIDTH_OFFSET (0xFF01 - '!')

typedef struct {
    gunichar from;
    gunichar to;
} Mapping;

/* Windows and the input methods made after it give the left ones for what JIS X 0208 and its Unicode mapping
 * (JIS0208.TXT) know as the right ones. */
static const Mapping keyboard_variants[] = {
    { 0xFF5E, 0x301C }, /* ～ wave dash */
    { 0xFF0D, 0x2212 }, /* － minus sign */
    { 0x2225, 0x2016 }, /* ∥ double vertical line */
    { 0x2014, 0x2015 }, /* — horizontal bar */
    { 0xFFE0, 0x00A2 }, /* ￠ */
    { 0xFFE1, 0x00A3 }, /* ￡ */
    { 0xFFE2, 0x00AC }, /* ￢ */
};

static const gunichar dashes[] = { 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212,
                                   0x2500, 0x30FC, 0xFE58, 0xFE63, 0xFF0D, 0xFF70 };

static gboolean
is_half_width_kana (gunichar c)
{
    return c >= 0xFF61 && c <= 0xFF9F;
}

static gunichar
widen_kana (gunichar c)
{
    gunichar wide = c;

    g_unichar_fully_decompose (c, TRUE, &wide, 1);
    return wide;
}

gunichar
tou_character_map_text (gunichar c)
{
    if (is_half_width_kana (c))
        return widen_kana (c);
    for (guint i = 0; i < G_N_ELEMENTS (keyboard_variants); i++) {
        if (keyboard_variants[i].from == c)
            return keyboard_variants[i].to;
    }
    return c;
}

gunichar
tou_character_map_number (gunichar c)
{
    for (guint i = 0; i < G_N_ELEMENTS (dashes); i++) {
        if (dashes[i] == c)
            return '-';
    }
    return c >= 0xFF01 && c <= 0xFF5E ? c - FULL_WIDTH_OFFSET : c;
}

gboolean
tou_character_is_combining_mark (gunichar c)
{
    return c == COMBINING_VOICED || c == COMBINING_SEMI_VOICED;
}

gunichar
tou_character_get_spacing_mark (gunichar mark)
{
    return mark == COMBINING_VOICED ? 0x309B : 0x309C;
}

gunichar
tou_character_compose_kana (gunichar kana, gunichar mark)
{
    gunichar composed = 0;

    if (!tou_character_is_combining_mark (mark) || !g_unichar_compose (kana, mark, &composed))
        return 0;
    /* ゔ and ヷ to ヺ exist in Unicode, not in JIS X 0208. */
    return composed == 0x3094 || (composed >= 0x30F7 && composed <= 0x30FA) ? 0 : composed;
}

static int
compare_substitutes (const void *key, const void *row)
{
    gunichar a = *(const gunichar *) key, b = ((const TouCharacterSubstitute *) row)->character;

    return (a > b) - (a < b);
}

gboolean
tou_character_is_variation_selector (gunichar c)
{
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

gboolean
tou_character_is_unseen (gunichar c)
{
    GUnicodeType type = g_unichar_type (c);

    if (tou_character_is_combining_mark (c) || g_unichar_isspace (c))
        return c == '\r';
    return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_ENCLOSING_MARK
           || type == G_UNICODE_NON_SPACING_MARK;
}

/* Digits and letters in a circle or a square become full-width as in the table, a letter that only loses its
 * accent stays half-width. */
static gunichar
widen_alphanumeric (gunichar c)
{
    return c < 0x80 && g_ascii_isalnum ((char) c) ? c + FULL_WIDTH_OFFSET : c;
}

static gboolean
is_accent (gunichar c)
{
    return g_unichar_type (c) == G_UNICODE_NON_SPACING_MARK && !tou_character_is_combining_mark (c);
}

/* What Unicode itself says a character is made of, without accents, when all of that is taken: an enclosed or
 * squared character, a compatibility ideograph, a radical that looks like the kanji, a letter with an
 * accent. */
static const char *
find_decomposition (TouCharset *charset, gunichar c)
{
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH + 1] = { 0 };
    gsize n = g_unichar_fully_decompose (c, TRUE, parts, G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
    gboolean is_canonical = g_unichar_fully_decompose (c, FALSE, NULL, 0) > 1;
    g_autoptr (GString) text = g_string_new (NULL);

    for (gsize i = 0; i < n; i++) {
        gunichar part = tou_character_map_text (is_canonical ? parts[i] : widen_alphanumeric (parts[i]));
        gunichar composed = tou_character_compose_kana (part, parts[i + 1]);

        if (is_accent (part))
            continue;
        if (!tou_charset_has (charset, composed != 0 ? composed : part))
            return NULL;
        g_string_append_unichar (text, composed != 0 ? composed : part);
        if (composed != 0)
            i++;
    }
    return text->len > 0 ? g_intern_string (text->str) : NULL;
}

const char *
tou_character_find_substitute (gunichar c)
{
    g_auto (TouCharset) charset = { (GIConv) -1 };
    const TouCharacterSubstitute *row;

    if (tou_character_is_unseen (c))
        return "";
    if (g_unichar_isspace (c) && c != ' ' && c != IDEOGRAPHIC_SPACE)
        return " ";
    row = bsearch (&c, tou_character_substitutes, tou_n_character_substitutes, sizeof *row,
                   compare_substitutes);
    if (row != NULL)
        return row->substitute;
    tou_charset_open (&charset);
    return tou_charset_has (&charset, c) ? NULL : find_decomposition (&charset, c);
}

void
tou_charset_open (TouCharset *self)
{
    self->converter = g_iconv_open ("ISO-2022-JP", "UTF-8");
    if (self->converter == (GIConv) -1)
        g_debug ("the C library has no ISO-2022-JP: characters are left to the service to check");
}

void
tou_charset_close (TouCharset *self)
{
    if (self->converter != (GIConv) -1)
        g_iconv_close (self->converter);
    self->converter = (GIConv) -1;
}

gboolean
tou_charset_has (TouCharset *self, gunichar c)
{
    char in[6], out[16];
    char *from = in, *to = out;
    gsize n_in, n_out = sizeof out;

    if (c < 0x80)
        return c >= 0x20 && c < 0x7F;
    /* ISO-2022-JP takes these two as JIS X 0201 Roman. */
    if (c == 0x00A5 || c == 0x203E)
        return FALSE;
    if (self->converter == (GIConv) -1)
        return TRUE;
    n_in = (gsize) g_unichar_to_utf8 (c, in);
    /* Back to the initial state; a failed conversion may have left another. */
    g_iconv (self->converter, NULL, NULL, NULL, NULL);
    return g_iconv (self->converter, &from, &n_in, &to, &n_out) != (gsize) -1 && n_in == 0;
}
