/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-cast.h"

#include "tou-practice-control.h"

#define SAKURAGAWA 0
#define TSUBAKIHARA 1
#define SAKURAGAWA_ADDRESS "宮城県仙台市青葉区一番町9-99-9"
#define TSUBAKIHARA_ADDRESS "東京都千代田区霞が関9-99-9"

static const TouPracticeCompanyRole companies[] = {
    [SAKURAGAWA] = { "7370001009300", "桜川建設株式会社", "Sakuragawa Construction Co., Ltd.", "980-0811",
                     SAKURAGAWA_ADDRESS, "桜川 五郎", "代表取締役", "022-000-1000", "022-000-1001",
                     TOU_PRACTICE_USER_ID, TOU_PRACTICE_PASSWORD, "980-0014", "宮城県仙台市青葉区本町8-88-8",
                     "桜川 七海" },
    [TSUBAKIHARA] = { "8010001009400", "椿原商事株式会社", "Tsubakihara Trading Co., Ltd.", "100-0013",
                      TSUBAKIHARA_ADDRESS, "椿原 花子", "代表取締役社長", "03-0000-2000", "03-0000-2001",
                      "bidder02", "Practice-02", "100-0004", "東京都千代田区大手町8-88-8", "椿原 葉子" },
};

static const TouPracticeCardRole cards[] = {
    { "sakuragawa", "Ichiro Sakuragawa: current card", "桜川 一郎:現在のカード", SAKURAGAWA, "桜川 一郎",
      "Ichiro Sakuragawa", SAKURAGAWA_ADDRESS, -30, 730 },
    { "sakuragawa-new", "Jiro Sakuragawa: new card", "桜川 二郎:新しいカード", SAKURAGAWA, "桜川 二郎",
      "Jiro Sakuragawa", NULL, -1, 1095 },
    { "sakuragawa-expiring", "Saburo Sakuragawa: expires in 60 days", "桜川 三郎:残り60日のカード",
      SAKURAGAWA, "桜川 三郎", "Saburo Sakuragawa", SAKURAGAWA_ADDRESS, -670, 60 },
    { "sakuragawa-expired", "Shiro Sakuragawa: expired", "桜川 四郎:期限切れのカード", SAKURAGAWA,
      "桜川 四郎", "Shiro Sakuragawa", SAKURAGAWA_ADDRESS, -760, -30 },
    { "sakuragawa-future", "Goro Sakuragawa: not yet valid", "桜川 五郎:有効期間前のカード", SAKURAGAWA,
      "桜川 五郎", "Goro Sakuragawa", SAKURAGAWA_ADDRESS, 30, 760 },
    { "sakuragawa-revoked", "Rokuro Sakuragawa: revoked", "桜川 六郎:失効したカード", SAKURAGAWA, "桜川 六郎",
      "Rokuro Sakuragawa", SAKURAGAWA_ADDRESS, -30, 730, TRUE },
    { "tsubakihara", "Hanako Tsubakihara: another company", "椿原 花子:別の会社のカード", TSUBAKIHARA,
      "椿原 花子", "Hanako Tsubakihara", TSUBAKIHARA_ADDRESS, -30, 730 },
};

const TouPracticeCompanyRole *
tou_practice_cast_get_companies (guint *out_n)
{
    *out_n = G_N_ELEMENTS (companies);
    return companies;
}

const TouPracticeCardRole *
tou_practice_cast_get_cards (guint *out_n)
{
    *out_n = G_N_ELEMENTS (cards);
    return cards;
}
