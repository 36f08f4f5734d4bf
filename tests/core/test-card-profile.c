/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-card-profile.h"
#include "tou-service-profile.h"

#include <glib/gstdio.h>
#include <locale.h>

#define CARD "[Card]\nId=example\nName=Example CA\nName[ja]=例の認証局\n"
#define MATCH "[Match]\nIssuer=O=Example;CN=Example CA*\n"
#define RLO "\xe2\x80\xae" /* U+202E, right-to-left override */

typedef struct {
    char *user;      /* folder */
    char *installed; /* folder */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
    (void) data;
    f->user = g_dir_make_tmp ("touroku-cards-XXXXXX", NULL);
    f->installed = g_dir_make_tmp ("touroku-cards-XXXXXX", NULL);
    g_assert_nonnull (f->user);
    g_assert_nonnull (f->installed);
}

static void
remove_folder (char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_assert_cmpint (g_remove (path), ==, 0);
    }
    g_assert_cmpint (g_rmdir (folder), ==, 0);
    g_free (folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    (void) data;
    remove_folder (f->user);
    remove_folder (f->installed);
}

static void
put (const char *folder, const char *name, const char *text, gssize size)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_true (g_file_set_contents (path, text, size, NULL));
}

static TouCardProfile *
load (Fixture *f, const char *text, GError **error)
{
    g_autofree char *path = g_build_filename (f->user, "one.card", NULL);

    put (f->user, "one.card", text, -1);
    return tou_card_profile_load (path, error);
}

static TouCardProfile *
load_right (Fixture *f, const char *text)
{
    g_autoptr (GError) error = NULL;
    TouCardProfile *profile = load (f, text, &error);

    g_assert_no_error (error);
    return profile;
}

static void
test_all_keys (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardProfile) profile = load_right (
        f, CARD MATCH "[Support]\nName=Desk\nTelephone=0570-000000\n[Pin]\nCharacters=digits\n"
                      "[Certificate]\nCompany=alternative:O+OU;subject:O\nHolder=other:1.2.3\nAddress=none\n"
                      "[Module]\nFiles=one.so;two.so;\n");
    const TouCardPlace *places;
    guint n;

    (void) data;
    g_assert_cmpstr (tou_card_profile_get_id (profile), ==, "example");
    g_assert_cmpstr (tou_card_profile_get_name (profile), ==, "Example CA");
    g_assert_cmpstr (tou_card_profile_get_support_name (profile), ==, "Desk");
    g_assert_cmpstr (tou_card_profile_get_telephone (profile), ==, "0570-000000");
    g_assert_cmpint (tou_card_profile_get_pin_rule (profile), ==, TOU_PIN_RULE_DIGITS);
    g_assert_cmpstr (tou_card_profile_get_modules (profile)[1], ==, "two.so");
    places = tou_card_profile_get_places (profile, TOU_CARD_FACT_COMPANY, &n);
    g_assert_cmpuint (n, ==, 2);
    g_assert_cmpint (places[0].kind, ==, TOU_CARD_PLACE_ALTERNATIVE);
    g_assert_cmpstr (places[0].attributes[1], ==, "OU");
    g_assert_cmpint (places[1].kind, ==, TOU_CARD_PLACE_SUBJECT);
    places = tou_card_profile_get_places (profile, TOU_CARD_FACT_HOLDER, &n);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmpint (places[0].kind, ==, TOU_CARD_PLACE_OTHER);
    g_assert_cmpstr (places[0].attributes[0], ==, "1.2.3");
    (void) tou_card_profile_get_places (profile, TOU_CARD_FACT_ADDRESS, &n);
    g_assert_cmpuint (n, ==, 0);
}

/* Would catch: something made up where the file is silent. */
static void
test_only_what_is_needed (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardProfile) profile = load_right (f, CARD MATCH);
    guint n, usual;

    (void) data;
    g_assert_null (tou_card_profile_get_support_name (profile));
    g_assert_null (tou_card_profile_get_telephone (profile));
    g_assert_cmpint (tou_card_profile_get_pin_rule (profile), ==, TOU_PIN_RULE_UNKNOWN);
    g_assert_null (tou_card_profile_get_modules (profile)[0]);
    for (guint i = 0; i < TOU_N_CARD_FACTS; i++) {
        (void) tou_card_profile_get_places (NULL, (TouCardFact) i, &usual);
        (void) tou_card_profile_get_places (profile, (TouCardFact) i, &n);
        g_assert_cmpuint (n, ==, usual);
        g_assert_cmpuint (n, >, 0);
    }
}

static void
test_japanese (Fixture *f, gconstpointer data)
{
    g_autoptr (TouCardProfile) profile = NULL;

    (void) data;
    g_setenv ("LANGUAGE", "ja", TRUE);
    profile = load_right (f, CARD MATCH);
    g_unsetenv ("LANGUAGE");
    g_assert_cmpstr (tou_card_profile_get_name (profile), ==, "例の認証局");
}

static void
test_issuers (Fixture *f, gconstpointer data)
{
    static const struct {
        const char *const attributes[4];
        gboolean is_it;
    } rows[] = {
        { { "C=JP", "O=Example", "CN=Example CA G2", NULL }, TRUE },
        { { "cn=EXAMPLE CA", "o=example", NULL }, TRUE },
        { { "O=Example", NULL }, FALSE },
        { { "O=Example", "CN=Other", NULL }, FALSE },
        { { "O=An Example", "CN=Example CA", NULL }, FALSE },
        { { "CN=Example", "O=Example CA", NULL }, FALSE },
        { { "=", "O", NULL }, FALSE },
        { { NULL }, FALSE },
    };
    g_autoptr (TouCardProfile) profile = load_right (f, CARD MATCH);

    (void) data;
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        g_assert_cmpint (tou_card_profile_is_of_issuer (profile, rows[i].attributes), ==, rows[i].is_it);
    g_assert_false (tou_card_profile_is_of_token (profile, "Example", "Example", "Example"));
}

static void
test_tokens (Fixture *f, gconstpointer data)
{
    static const struct {
        const char *label, *manufacturer, *model;
        gboolean is_it;
    } rows[] = {
        { "JPKI (Digital Signature PIN)", NULL, NULL, TRUE },
        { "JPKI (User Authentication PIN)", NULL, NULL, FALSE },
        { "any", "Maker", "Model 7", TRUE },
        { "any", "Maker", NULL, FALSE },
        { NULL, "Maker", "Other", FALSE },
        { NULL, NULL, NULL, FALSE },
    };
    static const char *const issuer[] = { "O=Maker", NULL };
    g_autoptr (TouCardProfile) profile = load_right (
        f, CARD
        "[Match]\nTokenLabel=*(Digital Signature*\n[Match B]\nTokenManufacturer=Maker\nTokenModel=model*\n");

    (void) data;
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        g_assert_cmpint (
            tou_card_profile_is_of_token (profile, rows[i].label, rows[i].manufacturer, rows[i].model), ==,
            rows[i].is_it);
    g_assert_false (tou_card_profile_is_of_issuer (profile, issuer));
}

static void
test_faults (Fixture *f, gconstpointer data)
{
    static const struct {
        const char *text;
        TouProfileError error;
    } rows[] = {
        { "", TOU_PROFILE_ERROR_NOT_A_PROFILE },
        { "[Service]\nId=x\n", TOU_PROFILE_ERROR_NOT_A_PROFILE },
        { "\x01\xff\xfe", TOU_PROFILE_ERROR_NOT_A_PROFILE },
        { "[Card]\nName=No id\n" MATCH, TOU_PROFILE_ERROR_MISSING },
        { "[Card]\nId=x\n" MATCH, TOU_PROFILE_ERROR_MISSING },
        { CARD, TOU_PROFILE_ERROR_MISSING },
        { "[Card]\nId=../x\nName=x\n" MATCH, TOU_PROFILE_ERROR_INVALID },
        { "[Card]\nId=x\nName=a" RLO "b\n" MATCH, TOU_PROFILE_ERROR_INVALID },
        { "[Card]\nId=x\nName=\xff\n" MATCH, TOU_PROFILE_ERROR_INVALID },
        { CARD MATCH "[Support]\nTelephone=0\\t1\n", TOU_PROFILE_ERROR_INVALID },
        { CARD MATCH "[Pin]\nCharacters=kanji\n", TOU_PROFILE_ERROR_INVALID },
        { CARD MATCH "[Certificate]\nHolder=somewhere:CN\n", TOU_PROFILE_ERROR_INVALID },
        { CARD MATCH "[Certificate]\nHolder=subject:\n", TOU_PROFILE_ERROR_INVALID },
        { CARD MATCH "[Certificate]\nHolder=subject:CN+\n", TOU_PROFILE_ERROR_INVALID },
        { CARD MATCH "[Certificate]\nHolder=;\n", TOU_PROFILE_ERROR_INVALID },
        { CARD MATCH "[Module]\nFiles=../evil.so\n", TOU_PROFILE_ERROR_INVALID },
        { CARD "[Match]\n", TOU_PROFILE_ERROR_INVALID },
        { CARD "[Match]\nIssuer=Example\n", TOU_PROFILE_ERROR_INVALID },
        { CARD "[Match]\nIssuer=O=*a*b*c*\n", TOU_PROFILE_ERROR_INVALID },
        { CARD "[Match]\nIssuer=O=Example\nTokenLabel=Example\n", TOU_PROFILE_ERROR_INVALID },
    };

    (void) data;
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", rows[i].text);
        g_assert_null (load (f, rows[i].text, &error));
        g_assert_error (error, TOU_PROFILE_ERROR, (int) rows[i].error);
    }
}

static TouCardProfiles *
load_both (Fixture *f)
{
    const char *const folders[] = { f->user, f->installed, "/nowhere/at/all", NULL };

    return tou_card_profiles_load (folders);
}

/* Would catch: an own profile without effect, one damaged file that costs all others. */
static void
test_folders (Fixture *f, gconstpointer data)
{
    static const char *const issuer[] = { "O=Example", "CN=Example CA", NULL };
    g_autofree char *large = g_strnfill (TOU_PROFILE_MAX_BYTES + 1, '#');
    g_autofree char *folder = g_build_filename (f->installed, "folder.card", NULL);
    g_autoptr (TouCardProfiles) profiles = NULL;

    (void) data;
    put (f->installed, "example.card", CARD MATCH, -1);
    put (f->installed, "other.card", "[Card]\nId=other\nName=Other\n[Match]\nTokenLabel=Other\n", -1);
    put (f->user, "mine.card", "[Card]\nId=example\nName=Mine\n" MATCH, -1);
    put (f->user, "a-damaged.card", "[Card\nId", -1);
    put (f->user, "b-zeros.card", "\0\0\0\0", 4);
    put (f->user, "c-large.card", large, -1);
    put (f->user, "d-no-profile.txt", CARD MATCH, -1);
    g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
    profiles = load_both (f);
    g_assert_cmpuint (tou_card_profiles_get_n_profiles (profiles), ==, 2);
    g_assert_cmpstr (tou_card_profile_get_name (tou_card_profiles_get_profile (profiles, 0)), ==, "Mine");
    g_assert_cmpstr (tou_card_profile_get_name (tou_card_profiles_find_issuer (profiles, issuer)), ==,
                     "Mine");
    g_assert_cmpstr (tou_card_profile_get_id (tou_card_profiles_find_token (profiles, "Other", NULL, NULL)),
                     ==, "other");
    g_assert_null (tou_card_profiles_find_token (profiles, "Nobody", NULL, NULL));
    g_assert_null (tou_card_profiles_find_token (NULL, "Other", NULL, NULL));
}

/* Those that are installed: each parses, and tells its own cards from all others. */
static void
test_shipped (Fixture *f, gconstpointer data)
{
    static const struct {
        const char *id;
        const char *const issuer[5];
    } rows[] = {
        { "io.github.touroku.practice", { "C=JP", "O=Touroku Practice", "CN=Touroku Practice CA", NULL } },
        { "jp.co.ninsho.aosign", { "C=JP", "O=Nippon Denshi Ninsho Co.,Ltd.", "OU=AOSign G2 CA", NULL } },
        { "com.e-probatio.ps2", { "CN=e-Probatio PS2 CA", NULL } },
        { "jp.co.tdb.typea", { "O=TEIKOKU DATABANK, LTD.", NULL } },
        { "jp.diacert.plus", { "OU=DIACERT-PLUS CA", NULL } },
        { "net.toinx.ebs", { "O=Tohoku Information Systems Co.,Inc.", NULL } },
        { "jp.go.jpki",
          { "C=JP", "O=JPKI", "OU=JPKI for digital signature",
            "OU=Japan Agency for Local Authority Information Systems", NULL } },
        { NULL, { "O=Touroku Practice", NULL } },
        { NULL, { "O=DIACERT", NULL } },
        { NULL, { NULL } },
    };
    g_autofree char *folder = g_build_filename (g_getenv ("TOUROKU_BUILD_DIR"), "data", "card-profiles",
                                                NULL);
    const char *const folders[] = { folder, NULL };
    g_autoptr (TouCardProfiles) profiles = tou_card_profiles_load (folders);
    TouCardProfile *jpki = tou_card_profiles_find_token (profiles, "JPKI (Digital Signature PIN)", NULL,
                                                         NULL);

    (void) f;
    (void) data;
    g_assert_cmpuint (tou_card_profiles_get_n_profiles (profiles), ==, 7);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        TouCardProfile *found = tou_card_profiles_find_issuer (profiles, rows[i].issuer);

        g_assert_cmpstr (found != NULL ? tou_card_profile_get_id (found) : NULL, ==, rows[i].id);
    }
    g_assert_cmpstr (tou_card_profile_get_id (jpki), ==, "jp.go.jpki");
    g_assert_cmpint (tou_card_profile_get_pin_rule (jpki), ==, TOU_PIN_RULE_LETTERS);
}

#define ADD(name, test) g_test_add ("/card-profile/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "C.UTF-8");
    g_test_init (&argc, &argv, NULL);
    ADD ("all-keys", test_all_keys);
    ADD ("only-what-is-needed", test_only_what_is_needed);
    ADD ("japanese", test_japanese);
    ADD ("issuers", test_issuers);
    ADD ("tokens", test_tokens);
    ADD ("faults", test_faults);
    ADD ("folders", test_folders);
    ADD ("shipped", test_shipped);
    return g_test_run ();
}
