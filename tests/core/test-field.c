/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-field.h"

#include <string.h>

#define NONE TOU_FIELD_FAULT_NONE
#define CHARACTER TOU_FIELD_FAULT_CHARACTER
#define TOO_LONG TOU_FIELD_FAULT_TOO_LONG
#define FORMAT TOU_FIELD_FAULT_FORMAT
#define EMPTY TOU_FIELD_FAULT_EMPTY

typedef struct {
    TouField field;
    const char *text;
    TouFieldFault fault;
    const char *tidied; /* NULL: as it is */
    const char *substitute;
} Case;

#define NAME TOU_FIELD_CONTACT_NAME
#define PERSON TOU_FIELD_CONTACT_PERSON
#define POSTAL TOU_FIELD_CONTACT_POSTAL_CODE
#define PHONE TOU_FIELD_CONTACT_PHONE

static const Case cases[] = {
    /* What keyboards give and JIS X 0208 has under another code point; what it has at all. */
    { NAME, "〜−―￥¢・々〇Ａ吉葛神", NONE },
    { NAME, "１～２", NONE, "１〜２" },
    { NAME, "９９－９９", NONE, "９９−９９" },
    { NAME, "∥", NONE, "‖" },
    { NAME, "—", NONE, "―" },
    { NAME, "￠￡￢", NONE, "¢£¬" },
    { NAME, "99-99", NONE },
    /* NEC row 13 */
    { NAME, "①", CHARACTER, NULL, "１" },
    { NAME, "⑳", CHARACTER, NULL, "２０" },
    { NAME, "㈱", CHARACTER, NULL, "株式会社" },
    { NAME, "№", CHARACTER, NULL, "No." },
    { NAME, "㎡", CHARACTER, NULL, "平方メートル" },
    { NAME, "Ⅱ", CHARACTER, NULL, "ＩＩ" },
    { NAME, "〝", CHARACTER, NULL, "“" },
    { NAME, "㋿", CHARACTER, NULL, "令和" },
    /* Kanji outside it, with and without a usual form; compatibility ideographs are never changed silently.
     */
    { PERSON, "髙", CHARACTER, NULL, "高" },
    { PERSON, "﨑", CHARACTER, NULL, "崎" },
    { PERSON, "彅", CHARACTER },
    { PERSON, "纊", CHARACTER },
    { PERSON, "𠮷", CHARACTER, NULL, "吉" },
    { PERSON, "鷗", CHARACTER, NULL, "鴎" },
    { PERSON, "\uFA19", CHARACTER, NULL, "神" },
    { PERSON, "\uFA10", CHARACTER, NULL, "塚" },
    { PERSON, "\uFA4F", CHARACTER, NULL, "祐" },
    { PERSON, "葛\U000E0100", NONE, "葛" },
    { PERSON, "ゔ", CHARACTER, NULL, "ヴ" },
    { PERSON, "あ\u3099", CHARACTER, NULL, "゛" },
    /* Half-width kana and combining marks */
    { PERSON, "ｱ", NONE, "ア" },
    { PERSON, "ﾔﾏﾀﾞ ﾊﾟﾋﾟｳﾞ", NONE, "ヤマダ パピヴ" },
    { PERSON, "カ\u3099は\u309A", NONE, "ガぱ" },
    { PERSON, "カﾞ", NONE, "ガ" },
    { PERSON, "ﾜﾞﾞ", NONE, "ワ゛゛" },
    /* White space */
    { PERSON, "業者 一郎", NONE },
    { PERSON, " \u3000業者\u3000一郎\t\n", NONE, "業者\u3000一郎" },
    { PERSON, "業者\n一郎", CHARACTER, NULL, " " },
    { PERSON, "業者\u00A0一郎", CHARACTER, NULL, " " },
    { PERSON, "\u3000 ", EMPTY, "" },
    { PERSON, "", EMPTY },
    { PERSON, "\\¥", CHARACTER, NULL, "￥" },
    /* Limits are characters of the tidied text: 20 four-byte ones fit by count only. */
    { PERSON, "一二三四五六七八九十一二三四五六七八九十", NONE },
    { PERSON, "一二三四五六七八九十一二三四五六七八九十一", TOO_LONG },
    { PERSON, "ﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞﾀﾞ", NONE, "ダダダダダダダダダダダダダダダダダダダダ" },
    { POSTAL, "123-4567", NONE },
    { POSTAL, "1234567", NONE },
    { POSTAL, " １２３－４５６７ ", NONE, "123-4567" },
    { POSTAL, "１２３ー４５６７", NONE, "123-4567" },
    { POSTAL, "12-34567", FORMAT },
    { POSTAL, "12345678", FORMAT },
    { POSTAL, "123456", FORMAT },
    { POSTAL, "123--456", FORMAT },
    { POSTAL, "1234-5678", TOO_LONG },
    { POSTAL, "〒123-4567", CHARACTER, NULL, "" },
    { POSTAL, "", EMPTY },
    { PHONE, "03-0000-0000", NONE },
    { PHONE, "０３（００００", CHARACTER, "03(0000", "" },
    { PHONE, "03 0000 0000", CHARACTER, NULL, "-" },
    { PHONE, "03‐0000−0000", NONE, "03-0000-0000" },
    { PHONE, "03ｰ0000―0000", NONE, "03-0000-0000" },
    { PHONE, "03.0000.0000", CHARACTER, NULL, "-" },
    { PHONE, "\u202A03-0000-0000\u202C", CHARACTER, NULL, "" },
    { PHONE, "03-0000\r\n0000", CHARACTER, NULL, "" },
    { PHONE, "---", FORMAT },
    { PHONE, "+81-3", CHARACTER },
    { PHONE, "1234567890123456789012345", NONE },
    { PHONE, "12345678901234567890123456", TOO_LONG },
    { TOU_FIELD_CONTACT_FAX, TOU_FIELD_NO_FAX, NONE },
    { TOU_FIELD_COMPANY_PHONE, "０３ー５３４４－１１００", NONE, "03-5344-1100" },
    { TOU_FIELD_COMPANY_PHONE, "12345678901234567890123456", TOO_LONG },
    { TOU_FIELD_COMPANY_PHONE, "", EMPTY },
    { TOU_FIELD_COMPANY_FAX, TOU_FIELD_NO_FAX, NONE },
    { TOU_FIELD_COMPANY_FAX, "なし", CHARACTER },
    { TOU_FIELD_USER_ID, "bidder01", NONE },
    { TOU_FIELD_USER_ID, "ｂｉｄ０１ ", NONE, "bid01" },
    { TOU_FIELD_USER_ID, "bid_01", CHARACTER },
    { TOU_FIELD_USER_ID, "業者", CHARACTER },
    { TOU_FIELD_PASSWORD, "!Practice-01~", NONE },
    { TOU_FIELD_PASSWORD, " x", CHARACTER },
    { TOU_FIELD_PASSWORD, "ｘ", CHARACTER },
    { TOU_FIELD_PASSWORD, "", EMPTY },
    { TOU_FIELD_PIN, "123456", NONE },
    { TOU_FIELD_PIN, "Abc123", NONE },
    { TOU_FIELD_PIN, "１２３４", CHARACTER },
    { TOU_FIELD_PIN, "12-34", CHARACTER },
    { TOU_FIELD_PIN, "", EMPTY },
};

static void
test_case (gconstpointer data)
{
    const Case *c = data;
    TouFieldCheck check;
    g_autofree char *tidied = tou_field_tidy (c->field, c->text);
    g_autofree char *again = tou_field_tidy (c->field, tidied);

    g_assert_cmpint (tou_field_check (c->field, c->text, &check), ==, c->fault == NONE);
    g_assert_cmpint (check.fault, ==, c->fault);
    g_assert_cmpstr (check.substitute, ==, c->substitute);
    g_assert_cmpuint (check.limit, ==, tou_field_get_limit (c->field));
    g_assert_cmpstr (tidied, ==, c->tidied != NULL ? c->tidied : c->text);
    g_assert_cmpstr (again, ==, tidied);
    /* What is sent must be judged as what was typed. */
    tou_field_check (c->field, tidied, &check);
    g_assert_cmpint (check.fault, ==, c->fault);
}

/* Would catch: a position in bytes, or one of the tidied text, which would replace the wrong character. */
static void
test_position_and_replace (void)
{
    const char *const text = " ﾔﾏﾀﾞ髙橋";
    TouFieldCheck check;
    g_autofree char *replaced = NULL;

    g_assert_false (tou_field_check (PERSON, text, &check));
    g_assert_cmpuint (check.position, ==, 5);
    g_assert_cmphex (check.character, ==, 0x9AD9);
    g_assert_cmpuint (check.n_chars, ==, 5);
    replaced = tou_field_replace (text, check.position, check.substitute);
    g_assert_cmpstr (replaced, ==, " ﾔﾏﾀﾞ高橋");
    g_assert_true (tou_field_check (PERSON, replaced, &check));
}

static void
test_replace_outside (void)
{
    g_autofree char *same = tou_field_replace ("一", 1, "二");
    g_autofree char *none = tou_field_replace ("一二", 0, "");

    g_assert_cmpstr (same, ==, "一");
    g_assert_cmpstr (none, ==, "二");
}

/* Would catch: two labels of one page with the same mnemonic. */
static void
test_mnemonics (void)
{
    g_autoptr (GHashTable) used = g_hash_table_new (g_direct_hash, g_direct_equal);

    for (TouField field = TOU_FIELD_CONTACT_NAME; field < TOU_N_FIELDS; field++) {
        const char *underscore = strchr (tou_field_get_label (field), '_');

        g_assert_nonnull (underscore);
        g_assert_true (g_hash_table_add (used, GINT_TO_POINTER (g_ascii_tolower (underscore[1]))));
        g_assert_nonnull (tou_field_get_hint (field));
    }
}

static void
test_equal_without_spaces (void)
{
    g_assert_true (tou_text_equal_without_spaces ("業者 一郎", "業者\u3000一郎 "));
    g_assert_true (tou_text_equal_without_spaces ("", "\u3000"));
    g_assert_false (tou_text_equal_without_spaces ("業者一郎", "業者一朗"));
    g_assert_false (tou_text_equal_without_spaces ("業者", "業者一"));
    g_assert_false (tou_text_equal_without_spaces (NULL, ""));
    g_assert_true (tou_text_equal_without_spaces (NULL, NULL));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strdup_printf ("/field/case/%u", i);
        g_test_add_data_func (path, &cases[i], test_case);
    }
    g_test_add_func ("/field/position-and-replace", test_position_and_replace);
    g_test_add_func ("/field/replace-outside", test_replace_outside);
    g_test_add_func ("/field/mnemonics", test_mnemonics);
    g_test_add_func ("/field/equal-without-spaces", test_equal_without_spaces);
    return g_test_run ();
}
