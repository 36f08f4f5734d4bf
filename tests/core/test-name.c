/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-name.h"

static const struct {
    const char *name;
    const char *a;
    const char *b;
    TouNameMatch match;
} pairs[] = {
    { "equal", "桜川建設株式会社", "桜川建設株式会社", TOU_NAME_SAME },
    { "spaces", "桜川建設　株式会社", " 桜川建設 株式会社", TOU_NAME_SAME },
    { "both-missing", NULL, NULL, TOU_NAME_SAME },
    { "one-missing", NULL, "桜川建設株式会社", TOU_NAME_OTHER },
    { "other", "桜川建設株式会社", "椿原商事株式会社", TOU_NAME_OTHER },
    { "shorter", "桜川建設株式会社", "桜川建設", TOU_NAME_OTHER },
    { "outside-the-set", "髙橋工業", "高橋工業", TOU_NAME_VARIANT },
    { "old-form", "櫻川建設株式会社", "桜川 建設株式会社", TOU_NAME_VARIANT },
    { "third-form", "渡邉組", "渡邊組", TOU_NAME_VARIANT },
    { "written-out", "㈱桜川建設", "株式会社桜川建設", TOU_NAME_VARIANT },
    { "moved", "㈱桜川建設", "桜川建設株式会社", TOU_NAME_OTHER },
    { "width", "ＡＢＣ工業", "ABC工業", TOU_NAME_VARIANT },
    { "half-width-kana", "ｻｸﾗ工業", "サクラ工業", TOU_NAME_VARIANT },
    /* Not the same name, although the characters look alike. */
    { "look-alike", "土田組", "士田組", TOU_NAME_OTHER },
};

static void
test_pair (gconstpointer data)
{
    guint i = GPOINTER_TO_UINT (data);

    g_assert_cmpint (tou_name_compare (pairs[i].a, pairs[i].b), ==, pairs[i].match);
    g_assert_cmpint (tou_name_compare (pairs[i].b, pairs[i].a), ==, pairs[i].match);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (pairs); i++) {
        g_autofree char *path = g_strconcat ("/name/", pairs[i].name, NULL);

        g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pair);
    }
    return g_test_run ();
}
