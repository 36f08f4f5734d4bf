/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-characters.h"

/* Would catch: a converter that also takes JIS X 0212, the NEC and IBM rows, half-width kana or JIS Roman. */
static void
test_charset_size (void)
{
    g_auto (TouCharset) charset = { (GIConv) -1 };
    guint n_ascii = 0, n_wide = 0;

    tou_charset_open (&charset);
    g_assert_true (charset.converter != (GIConv) -1);
    for (gunichar c = 0; c <= 0x2FFFF; c++) {
        if (!g_unichar_validate (c) || !tou_charset_has (&charset, c))
            continue;
        if (c < 0x80)
            n_ascii++;
        else
            n_wide++;
    }
    g_assert_cmpuint (n_ascii, ==, 95);
    g_assert_cmpuint (n_wide, ==, 6879);
}

/* Would catch: a row out of order (never found), for a character that is taken anyway, or whose substitute
 * would be refused in its turn. */
static void
test_substitutes (void)
{
    g_auto (TouCharset) charset = { (GIConv) -1 };

    tou_charset_open (&charset);
    for (guint i = 0; i < tou_n_character_substitutes; i++) {
        const TouCharacterSubstitute *row = &tou_character_substitutes[i];

        g_assert_true (i == 0 || row[-1].character < row->character);
        g_assert_false (tou_charset_has (&charset, tou_character_map_text (row->character)));
        g_assert_true (tou_character_find_substitute (row->character) == row->substitute);
        for (const char *c = row->substitute; *c != '\0'; c = g_utf8_next_char (c))
            g_assert_true (tou_charset_has (&charset, tou_character_map_text (g_utf8_get_char (c))));
    }
    g_assert_null (tou_character_find_substitute (0x5F45)); /* 彅 */
    g_assert_cmpstr (tou_character_find_substitute (0xE0100), ==, "");
}

/* Would catch: something offered for a character that is taken, or that would be refused in its turn. */
static void
test_offers (void)
{
    g_auto (TouCharset) charset = { (GIConv) -1 };

    tou_charset_open (&charset);
    for (gunichar c = 0x20; c <= 0x2FFFF; c++) {
        const char *substitute = g_unichar_validate (c) ? tou_character_find_substitute (c) : NULL;

        if (substitute == NULL)
            continue;
        g_assert_false (tou_charset_has (&charset, c));
        for (const char *at = substitute; *at != '\0'; at = g_utf8_next_char (at))
            g_assert_true (tou_charset_has (&charset, tou_character_map_text (g_utf8_get_char (at))));
    }
}

/* Would catch: a half-width character that maps to none or to the wrong full-width one. */
static void
test_half_width_kana (void)
{
    const char *const full
        = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ"
          "ハヒフヘホマミムメモヤユヨラリルレロワン";
    const char *at = full;

    for (gunichar c = 0xFF61; c <= 0xFF9D; c++, at = g_utf8_next_char (at))
        g_assert_cmphex (tou_character_map_text (c), ==, g_utf8_get_char (at));
    g_assert_cmpint (*at, ==, '\0');
    g_assert_cmphex (tou_character_map_text (0xFF9E), ==, 0x3099);
    g_assert_cmphex (tou_character_map_text (0xFF9F), ==, 0x309A);
}

/* Would catch: composing what JIS X 0208 lacks, or a kanji or Latin letter. */
static void
test_compose (void)
{
    g_assert_cmphex (tou_character_compose_kana (0x304B, 0x3099), ==, 0x304C); /* が */
    g_assert_cmphex (tou_character_compose_kana (0x30CF, 0x309A), ==, 0x30D1); /* パ */
    g_assert_cmphex (tou_character_compose_kana (0x30A6, 0x3099), ==, 0x30F4); /* ヴ */
    g_assert_cmphex (tou_character_compose_kana (0x30EF, 0x3099), ==, 0);      /* ヷ is not in it */
    g_assert_cmphex (tou_character_compose_kana (0x3046, 0x3099), ==, 0);      /* ゔ is not in it */
    g_assert_cmphex (tou_character_compose_kana (0x3042, 0x3099), ==, 0);      /* あ takes none */
    g_assert_cmphex (tou_character_compose_kana ('e', 0x0301), ==, 0);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/characters/charset-size", test_charset_size);
    g_test_add_func ("/characters/substitutes", test_substitutes);
    g_test_add_func ("/characters/offers", test_offers);
    g_test_add_func ("/characters/half-width-kana", test_half_width_kana);
    g_test_add_func ("/characters/compose", test_compose);
    return g_test_run ();
}
