/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-field.h"

#include <string.h>

/* Character by character, what a text field does with it. */
typedef enum {
    TAKEN,   /* as it is */
    MAPPED,  /* into @text, without asking */
    OFFERED, /* refused, @text offered in its place, which is taken */
    REFUSED, /* with nothing to offer */
} Fate;

typedef struct {
    gunichar character;
    Fate fate;
    const char *text;
} Case;

/* clang-format off */
static const Case cases[] = {
    /* What glibc measured as JIS X 0208. */
    { 0x301C, TAKEN }, /* 〜 */ { 0x2212, TAKEN }, /* − */ { 0x2015, TAKEN }, /* ― */
    { 0xFFE5, TAKEN }, /* ￥ */ { 0x00A2, TAKEN }, /* ¢ */ { 0x30FB, TAKEN }, /* ・ */
    { 0x3005, TAKEN }, /* 々 */ { 0x3007, TAKEN }, /* 〇 */ { 0xFF21, TAKEN }, /* Ａ */
    { 0x5409, TAKEN }, /* 吉 */ { 0x845B, TAKEN }, /* 葛 */ { 0x795E, TAKEN }, /* 神 */
    { 0x2016, TAKEN }, /* ‖ */ { 0x00A3, TAKEN }, /* £ */ { 0x00AC, TAKEN }, /* ¬ */
    { 0x3000, TAKEN }, { ' ', TAKEN }, { '9', TAKEN }, { '-', TAKEN }, { '~', TAKEN }, { '\\', TAKEN },
    /* What Japanese keyboards give instead. */
    { 0xFF5E, MAPPED, "〜" }, { 0xFF0D, MAPPED, "−" }, { 0x2225, MAPPED, "‖" }, { 0x2014, MAPPED, "―" },
    { 0xFFE0, MAPPED, "¢" }, { 0xFFE1, MAPPED, "£" }, { 0xFFE2, MAPPED, "¬" },
    /* NEC row 13 and its kind. */
    { 0x2460, OFFERED, "１" }, /* ① */ { 0x2473, OFFERED, "２０" }, /* ⑳ */ { 0x3231, OFFERED, "株式会社" }, /* ㈱ */
    { 0x2116, OFFERED, "No." }, /* № */ { 0x33A1, OFFERED, "平方メートル" }, /* ㎡ */
    { 0x2161, OFFERED, "ＩＩ" }, /* Ⅱ */ { 0x301D, OFFERED, "“" }, /* 〝 */ { 0x32FF, OFFERED, "令和" }, /* ㋿ */
    { 0x323E, OFFERED, "合資会社" }, /* ㈾ */ { 0x323B, OFFERED, "学校法人" }, /* ㈻ */
    { 0x222E, REFUSED }, /* ∮ */ { 0xFFE4, OFFERED, "｜" }, /* ￤ */ { 0xFF02, OFFERED, "\"" }, /* ＂ */
    /* IBM and NEC extended kanji, JIS X 0212 and 0213, outside the basic plane. */
    { 0x9AD9, OFFERED, "高" }, /* 髙 */ { 0xFA11, OFFERED, "崎" }, /* 﨑 */ { 0x5F45, REFUSED }, /* 彅 */
    { 0x7E8A, REFUSED }, /* 纊 */ { 0x20BB7, OFFERED, "吉" }, /* 𠮷 */ { 0x9DD7, OFFERED, "鴎" }, /* 鷗 */
    { 0x20B9F, OFFERED, "叱" }, /* 𠮟 */ { 0x9115, OFFERED, "郷" }, /* 鄕 */
    /* What NFC would change without a word. */
    { 0xFA19, OFFERED, "神" }, { 0xFA10, OFFERED, "塚" }, { 0xFA4F, OFFERED, "祐" }, { 0xFA2C, OFFERED, "館" },
    { 0xF9DC, OFFERED, "隆" }, { 0x2F800, REFUSED },
    /* Half-width kana. */
    { 0xFF71, MAPPED, "ア" }, { 0xFF66, MAPPED, "ヲ" }, { 0xFF70, MAPPED, "ー" }, { 0xFF62, MAPPED, "「" },
    { 0xFF9E, MAPPED, "゛" }, { 0xFF9F, MAPPED, "゜" },
    /* Kana that only Unicode has. */
    { 0x3094, OFFERED, "ヴ" }, /* ゔ */ { 0x30F7, OFFERED, "ヴァ" }, /* ヷ */ { 0x31F1, REFUSED }, /* ㇱ */
    { 0x3099, OFFERED, "゛" }, { 0x309A, OFFERED, "゜" },
    /* Copied from a document: radicals that look like kanji, ligatures, letters with marks, other dashes. */
    { 0x2FBC, OFFERED, "高" }, /* ⾼ */ { 0x2ED1, OFFERED, "長" }, /* ⻑ */ { 0x3251, OFFERED, "２１" }, /* ㉑ */
    { 0x2474, OFFERED, "(１)" }, /* ⑴ */ { 0x3300, OFFERED, "アパート" }, /* ㌀ */ { 0x00E9, OFFERED, "e" }, /* é */
    { 0x00C5, OFFERED, "\u212B" }, { 0x2013, OFFERED, "−" }, /* – */ { 0x2011, OFFERED, "‐" }, { 0x00A5, OFFERED, "￥" },
    { 0x203E, OFFERED, "￣" }, { 0x00B7, OFFERED, "・" },
    /* White space and what one cannot see. */
    { 0x00A0, OFFERED, " " }, { 0x2003, OFFERED, " " }, { '\t', OFFERED, " " }, { '\n', OFFERED, " " },
    { '\r', OFFERED, "" }, { 0x0B, OFFERED, "" }, { 0x2028, OFFERED, " " }, { 0x07, OFFERED, "" }, { 0x7F, OFFERED, "" },
    { 0x85, OFFERED, "" }, { 0x200B, OFFERED, "" }, { 0x200D, OFFERED, "" }, { 0x202A, OFFERED, "" },
    { 0x2069, OFFERED, "" }, { 0xFEFF, OFFERED, "" }, { 0x00AD, OFFERED, "" },
    /* Nothing can stand for these. */
    { 0xE000, REFUSED }, /* a character of this machine alone (外字) */ { 0x1F600, REFUSED }, { 0xD55C, REFUSED },
    { 0x0301, OFFERED, "" },
};
/* clang-format on */

#define NAME TOU_FIELD_CONTACT_NAME

static char *
surround (gunichar c)
{
    GString *text = g_string_new ("前");

    g_string_append_unichar (text, c);
    g_string_append (text, "後");
    return g_string_free (text, FALSE);
}

static void
check_taken (const char *typed, const char *wanted)
{
    g_autofree char *tidied = tou_field_tidy (NAME, typed);
    TouFieldCheck check;

    g_assert_true (tou_field_check (NAME, typed, &check));
    g_assert_cmpstr (tidied, ==, wanted);
    g_assert_cmpuint (check.n_chars, ==, g_utf8_strlen (wanted, -1));
}

/* It stays as it was typed until the user has agreed, and what is offered is taken. */
static void
check_refused (const char *typed, const Case *c)
{
    g_autofree char *tidied = tou_field_tidy (NAME, typed);
    g_autofree char *replaced = NULL;
    TouFieldCheck check;

    g_assert_false (tou_field_check (NAME, typed, &check));
    g_assert_cmpint (check.fault, ==, TOU_FIELD_FAULT_CHARACTER);
    g_assert_cmphex (check.character, ==, c->character);
    g_assert_cmpuint (check.position, ==, 1);
    g_assert_cmpuint (check.n_chars, ==, 3);
    g_assert_cmpstr (tidied, ==, typed);
    g_assert_cmpstr (check.substitute, ==, c->text);
    if (c->fate == REFUSED)
        return;
    replaced = tou_field_replace (typed, check.position, check.substitute);
    g_assert_true (tou_field_check (NAME, replaced, &check));
}

/* Would catch: a character of domain knowledge that is refused, let through, or changed in another way. */
static void
test_case (gconstpointer data)
{
    const Case *c = data;
    g_autofree char *typed = surround (c->character);
    g_autofree char *mapped = g_strconcat ("前", c->text, "後", NULL);

    if (c->fate == TAKEN)
        check_taken (typed, typed);
    else if (c->fate == MAPPED)
        check_taken (typed, mapped);
    else
        check_refused (typed, c);
}

typedef struct {
    const char *text;
    const char *tidied;
} Variant;

/* Which glyph of a character is meant is not told to the service: the character is the same one. */
static void
test_variation_selectors (void)
{
    static const Variant variants[] = {
        { "葛\U000E0100飾", "葛飾" }, { "辻\U000E0101", "辻" },   { "神\uFE00", "神" },
        { "〇\uFE0F", "〇" },         { "か\uFE00\u3099", "が" }, { "\uFE0F", "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (variants); i++) {
        g_autofree char *tidied = tou_field_tidy (NAME, variants[i].text);
        TouFieldCheck check;

        g_assert_cmpstr (tidied, ==, variants[i].tidied);
        tou_field_check (NAME, variants[i].text, &check);
        g_assert_cmpint (check.fault, !=, TOU_FIELD_FAULT_CHARACTER);
        g_assert_cmpuint (check.n_chars, ==, g_utf8_strlen (variants[i].tidied, -1));
    }
}

/* Would catch: UTF-16 units, bytes, or combining marks that count. */
static void
test_counts_characters (void)
{
    TouFieldCheck check;

    tou_field_check (NAME, "𠮷野家", &check);
    g_assert_cmpuint (check.n_chars, ==, 3);
    tou_field_check (NAME, "か\u3099ｶﾞガ", &check);
    g_assert_cmpuint (check.n_chars, ==, 3);
    tou_field_check (NAME, "葛\U000E0100飾", &check);
    g_assert_cmpuint (check.n_chars, ==, 2);
}

static char *
describe_spans (TouField field, const char *text)
{
    g_autoptr (GArray) spans = tou_field_find_wrong (field, text);
    GString *described = g_string_new (NULL);

    for (guint i = 0; i < spans->len; i++) {
        const TouFieldSpan *span = &g_array_index (spans, TouFieldSpan, i);

        g_string_append_len (described, text + span->start, span->end - span->start);
        g_string_append_c (described, '|');
    }
    return g_string_free (described, FALSE);
}

/* Would catch: only the first marked, a mark on what will be put right, or on the wrong bytes. */
static void
test_marks_all (void)
{
    static const struct {
        TouField field;
        const char *text;
        const char *marked;
    } rows[] = {
        { NAME, "総務部", "" },
        { NAME, "㈱髙橋ｱ①～部", "㈱髙|①|" },
        { NAME, " ㈱ ", "㈱|" },
        { NAME, "葛\U000E0100", "" },
        { TOU_FIELD_CONTACT_PERSON, "一二三四五六七八九十一二三四五六七八九ﾀﾞ", "" },
        { TOU_FIELD_CONTACT_PERSON, "一二三四五六七八九十一二三四五六七八九ﾀﾞ五郎 ", "五郎|" },
        { TOU_FIELD_CONTACT_PERSON, "①二三四五六七八九十一二三四五六七八九十五", "①|" },
        { TOU_FIELD_CONTACT_POSTAL_CODE, "〒１６８－８５０５", "〒|" },
        { TOU_FIELD_CONTACT_PHONE, "０３（５３４４）", "（|）|" },
        { TOU_FIELD_USER_ID, "ｂid_1", "_|" },
        { TOU_FIELD_PASSWORD, "あ", "" },
        { TOU_FIELD_PIN, "あ", "" },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autofree char *described = describe_spans (rows[i].field, rows[i].text);

        g_assert_cmpstr (described, ==, rows[i].marked);
    }
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/field-characters/U+%04X", cases[i].character);
        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/field-characters/variation-selectors", test_variation_selectors);
    g_test_add_func ("/field-characters/counts-characters", test_counts_characters);
    g_test_add_func ("/field-characters/marks-all", test_marks_all);
    return g_test_run ();
}
