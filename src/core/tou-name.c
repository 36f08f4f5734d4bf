/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-name.h"

#include "tou-characters.h"
#include "tou-field.h"

/* Both of JIS X 0208, so that no substitute knows them: the old form in parentheses in 常用漢字表 (2010), and
 * what registers of families write for the commonest names. Within a group any stands for any. */
static const char *const groups[] = {
    "亜亞", "壱壹",     "円圓", "応應",   "桜櫻", "塩鹽",   "恵惠", "栄榮", "衛衞", "会會", "岳嶽",
    "関關", "亀龜",     "気氣", "鉱鑛",   "恒恆", "鶏鷄",   "検檢", "県縣", "剣劍", "顕顯", "広廣",
    "国國", "斎斉齋齊", "実實", "嶋島嶌", "寿壽", "條条",   "将將", "真眞", "晋晉", "随隨", "枢樞",
    "数數", "静靜",     "荘莊", "蔵藏",   "総總", "滝瀧",   "沢澤", "択擇", "団團", "鉄鐵", "伝傳",
    "当當", "富冨",     "万萬", "浜濱",   "仏佛", "辺邊邉", "峯峰", "宝寶", "穂穗", "満滿", "槙槇",
    "与與", "誉譽",     "遥遙", "来來",   "竜龍", "礼禮",   "励勵", "渕淵", "弥彌", "薮藪", "ヶケ",
};

/* The first of its group. */
static gunichar
fold_variant (gunichar c)
{
    for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
        if (g_utf8_strchr (groups[i], -1, c) != NULL)
            return g_utf8_get_char (groups[i]);
    return c;
}

static void
append_folded (GString *folded, const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char (text)) {
        gunichar c = tou_character_map_number (tou_character_map_text (g_utf8_get_char (text)));
        const char *substitute = tou_character_find_substitute (c);

        if (substitute != NULL)
            append_folded (folded, substitute);
        else
            g_string_append_unichar (folded, g_unichar_tolower (fold_variant (c)));
    }
}

static char *
fold (const char *text)
{
    GString *folded = g_string_new (NULL);

    append_folded (folded, text);
    return g_string_free (folded, FALSE);
}

TouNameMatch
tou_name_compare (const char *a, const char *b)
{
    g_autofree char *folded_a = NULL;
    g_autofree char *folded_b = NULL;

    if (tou_text_equal_without_spaces (a, b))
        return TOU_NAME_SAME;
    if (a == NULL || b == NULL)
        return TOU_NAME_OTHER;
    folded_a = fold (a);
    folded_b = fold (b);
    return tou_text_equal_without_spaces (folded_a, folded_b) ? TOU_NAME_VARIANT : TOU_NAME_OTHER;
}
