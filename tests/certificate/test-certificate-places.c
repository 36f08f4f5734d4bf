/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Where the profile of the issuer says that the texts stand. */

#include "certificate-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define PRACTICE "[Card]\nId=practice\nName=Practice\n[Match]\nIssuer=O=Touroku Practice\n[Certificate]\n"

/* Profiles with this one alone. */
static TouCardProfiles *
make_profiles (const char *text)
{
    g_autofree char *folder = g_dir_make_tmp ("touroku-places-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "one.card", NULL);
    const char *const folders[] = { folder, NULL };
    TouCardProfiles *profiles;

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
    profiles = tou_card_profiles_load (folders);
    g_assert_cmpuint (tou_card_profiles_get_n_profiles (profiles), ==, 1);
    g_assert_cmpint (g_remove (path) | g_rmdir (folder), ==, 0);
    return profiles;
}

static TouCardCertificate *
read_with (X509 *certificate, const char *text)
{
    g_autoptr (TouCardProfiles) profiles = make_profiles (text);

    return fixture_read (certificate, profiles);
}

static void
test_own_places (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (TouCardCertificate) facts = read_with (
        certificate, PRACTICE "Company=subject:O\nHolder=alternative:CN+O;subject:CN\nAddress=none\n");

    g_assert_cmpstr (tou_card_profile_get_id (facts->profile), ==, "practice");
    g_assert_cmpstr (facts->company, ==, "Touroku Kensetsu K.K.");
    g_assert_cmpstr (facts->holder, ==, FIXTURE_HOLDER FIXTURE_COMPANY);
    g_assert_null (facts->address);
    /* Of what the profile is silent: as usual. */
    g_assert_cmpstr (facts->company_number, ==, FIXTURE_NUMBER);
}

/* OIDs, as names without a short one need them; 2.5.4.10 is O. */
static void
test_oids (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (TouCardCertificate) facts = read_with (
        certificate, PRACTICE "Company=alternative:2.5.4.10\nHolder=alternative:nosuchname;subject:2.5.4.3\n"
                              "Address=alternative:1.2.3.4.5\n");

    g_assert_cmpstr (facts->company, ==, FIXTURE_COMPANY);
    g_assert_cmpstr (facts->holder, ==, "Taro Yamada");
    g_assert_null (facts->address);
}

/* Would catch: places of one authority used for the cards of another. */
static void
test_other_issuer (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (TouCardCertificate) facts = read_with (
        certificate,
        "[Card]\nId=other\nName=Other\n[Match]\nIssuer=O=Touroku Other\n[Certificate]\nCompany=none\n");

    g_assert_null (facts->profile);
    g_assert_cmpstr (facts->company, ==, FIXTURE_COMPANY);
}

/* SEQUENCE of lines with @n names [0] otherName, each { type-id of JPKI's 1.2.392.200149.8.5.5.LAST, [0]
 * UTF8String }. */
static GByteArray *
make_other_names (const guint8 *last, const char *const *values, guint n)
{
    static const guint8 oid[] = { 0x06, 0x0a, 0x2a, 0x83, 0x08, 0x8c, 0x9b, 0x55, 0x08, 0x05, 0x05 };
    GByteArray *all = g_byte_array_new ();
    guint8 header[4] = { 0x30, 0x81, 0 };

    for (guint i = 0; i < n; i++) {
        guint8 size = (guint8) strlen (values[i]);
        guint8 name[] = { 0xa0, (guint8) (sizeof oid + 1 + 2 + 2 + size) };
        guint8 value[] = { 0xa0, (guint8) (size + 2), 0x0c, size };

        g_byte_array_append (all, name, sizeof name);
        g_byte_array_append (all, oid, sizeof oid);
        g_byte_array_append (all, &last[i], 1);
        g_byte_array_append (all, value, sizeof value);
        g_byte_array_append (all, (const guint8 *) values[i], size);
    }
    header[2] = (guint8) all->len;
    g_assert_cmpuint (all->len, <, 256);
    g_byte_array_prepend (all, header, 3);
    return all;
}

/* The My Number card by the profile that is installed: the holder's name and address are otherNames, and the
 * date of birth beside them is nobody's business. */
static void
test_my_number_card (void)
{
    static const guint8 last[] = { 1, 3, 4, 5 };
    static const char *const values[] = { "山田太郎", "1", "419800101", "東京都千代田区霞が関一丁目" };
    g_autoptr (GByteArray) names = make_other_names (last, values, G_N_ELEMENTS (values));
    g_autoptr (X509) certificate = fixture_issue_with_alternative_name (names->data, names->len);
    g_autofree char *folder = g_build_filename (g_getenv ("TOUROKU_BUILD_DIR"), "data", "card-profiles",
                                                NULL);
    const char *const folders[] = { folder, NULL };
    g_autoptr (TouCardProfiles) profiles = tou_card_profiles_load (folders);
    g_autoptr (X509_NAME) issuer = X509_NAME_new ();
    g_autoptr (TouCardCertificate) facts = NULL;

    X509_NAME_add_entry_by_NID (issuer, NID_organizationName, MBSTRING_ASC, (const guint8 *) "JPKI", -1, -1,
                                0);
    X509_NAME_add_entry_by_NID (issuer, NID_organizationalUnitName, MBSTRING_ASC,
                                (const guint8 *) "JPKI for digital signature", -1, -1, 0);
    X509_set_issuer_name (certificate, issuer);
    fixture_resign (certificate);
    facts = fixture_read (certificate, profiles);
    g_assert_cmpstr (tou_card_profile_get_id (facts->profile), ==, "jp.go.jpki");
    g_assert_cmpstr (facts->holder, ==, "山田太郎");
    g_assert_cmpstr (facts->address, ==, "東京都千代田区霞が関一丁目");
    g_assert_null (facts->company);
    g_assert_null (facts->company_number);
}

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/certificate-places/own-places", test_own_places);
    g_test_add_func ("/certificate-places/oids", test_oids);
    g_test_add_func ("/certificate-places/other-issuer", test_other_issuer);
    g_test_add_func ("/certificate-places/my-number-card", test_my_number_card);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
