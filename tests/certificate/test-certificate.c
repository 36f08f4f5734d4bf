/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "certificate-fixture.h"

#include "tou-proof-checker.h"

#include <glib/gstdio.h>
#include <openssl/err.h>
#include <string.h>

#define LONG_VALUE_BYTES 10240
#define SHOWN_CHARS 256
#define RLO "\xe2\x80\xae" /* U+202E, right-to-left override */
#define ZWJ "\xe2\x80\x8d"

static TouCardCertificate *
read_facts (X509 *certificate)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    TouCardCertificate *facts = tou_certificate_read (der, &error);

    g_assert_no_error (error);
    /* Whatever was met on the way, the next user of the thread's queue must not find it. */
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
    return facts;
}

static void
add (X509_NAME *name, int nid, int type, const char *value, int size)
{
    g_assert_cmpint (X509_NAME_add_entry_by_NID (name, nid, type, (const guint8 *) value, size, -1, 0), ==,
                     1);
}

static TouCardCertificate *
read_company (int type, const char *value, int size)
{
    X509_NAME *name = X509_NAME_new ();
    g_autoptr (X509) certificate = NULL;

    add (name, NID_organizationName, type, value, size);
    certificate = fixture_issue_with_name (name);
    return read_facts (certificate);
}

/* Would catch: kanji taken from the subject, or through OpenSSL's escaped one-line form. */
static void
test_facts (void)
{
    TouPracticeCardFacts given = fixture_card_facts ();
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (TouCardCertificate) facts = read_facts (certificate);
    g_autofree char *sha256 = tou_x509_dup_sha256 (certificate);

    g_assert_cmpstr (facts->company, ==, FIXTURE_COMPANY);
    g_assert_cmpstr (facts->holder, ==, FIXTURE_HOLDER);
    g_assert_cmpstr (facts->address, ==, FIXTURE_ADDRESS);
    g_assert_cmpstr (facts->company_number, ==, FIXTURE_NUMBER);
    g_assert_cmpstr (facts->issuer, ==,
                     "Touroku Practice, Practice Certification Authority, Touroku Practice CA");
    g_assert_cmpint (facts->not_before_us, ==, given.not_before_us);
    g_assert_cmpint (facts->not_after_us, ==, given.not_after_us);
    g_assert_cmpint (facts->key_use, ==, TOU_KEY_USE_DIGITAL_SIGNATURE | TOU_KEY_USE_NON_REPUDIATION);
    g_assert_false (facts->is_ca);
    g_assert_cmpuint (facts->key_bits, ==, 2048);
    g_assert_cmpstr (facts->sha256, ==, sha256);
    g_assert_cmpuint (strspn (facts->serial, "0123456789ABCDEF"), ==, strlen (facts->serial));
    g_assert_cmpuint (strlen (facts->serial), >=, 16);
}

static void
test_authority (void)
{
    g_autoptr (TouCardCertificate) facts = read_facts (tou_practice_ca_get_certificate (fixture_get_ca ()));

    g_assert_true (facts->is_ca);
    g_assert_cmpint (facts->key_use, ==, TOU_KEY_USE_NONE);
}

static void
test_encryption_key (void)
{
    TouPracticeCardFacts given = fixture_card_facts ();
    g_autoptr (X509) certificate = NULL;
    g_autoptr (TouCardCertificate) facts = NULL;

    given.key_use = TOU_PRACTICE_KEY_USE_ENCRYPTION;
    certificate = fixture_issue (&given);
    facts = read_facts (certificate);
    g_assert_cmpint (facts->key_use, ==, TOU_KEY_USE_NONE);
    g_assert_false (tou_x509_can_sign (certificate));
}

static void
test_no_key_usage (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (TouCardCertificate) facts = NULL;
    int at = X509_get_ext_by_NID (certificate, NID_key_usage, -1);

    X509_EXTENSION_free (X509_delete_ext (certificate, at));
    fixture_resign (certificate);
    facts = read_facts (certificate);
    g_assert_cmpint (facts->key_use, ==, TOU_KEY_USE_ANY);
}

/* Would catch "null null" for a card without address. */
static void
test_missing (void)
{
    TouPracticeCardFacts given = fixture_card_facts ();
    g_autoptr (X509) certificate = NULL;
    g_autoptr (TouCardCertificate) facts = NULL;

    given.address = NULL;
    given.company_number = NULL;
    certificate = fixture_issue (&given);
    facts = read_facts (certificate);
    g_assert_null (facts->address);
    g_assert_null (facts->company_number);
    g_assert_cmpstr (facts->company, ==, FIXTURE_COMPANY);
}

static void
test_roman_when_no_kanji (void)
{
    g_autoptr (X509) certificate = fixture_issue_with_name (NULL);
    g_autoptr (TouCardCertificate) facts = read_facts (certificate);

    g_assert_cmpstr (facts->company, ==, "Touroku Kensetsu K.K.");
    g_assert_cmpstr (facts->holder, ==, "Taro Yamada");
    g_assert_null (facts->address);
}

static void
test_no_names_at_all (void)
{
    g_autoptr (X509) certificate = fixture_issue_with_name (NULL);
    g_autoptr (X509_NAME) empty = X509_NAME_new ();
    g_autoptr (TouCardCertificate) facts = NULL;

    X509_set_subject_name (certificate, empty);
    X509_set_issuer_name (certificate, empty);
    fixture_resign (certificate);
    facts = read_facts (certificate);
    g_assert_null (facts->company);
    g_assert_null (facts->holder);
    g_assert_cmpstr (facts->issuer, ==, "");
}

static void
test_string_types (void)
{
    /* 登録 */
    g_autoptr (TouCardCertificate) bmp = read_company (V_ASN1_BMPSTRING, "\x76\x7b\x93\x32", 4);
    g_autoptr (TouCardCertificate) printable = read_company (V_ASN1_PRINTABLESTRING, "Touroku", -1);
    g_autoptr (TouCardCertificate) teletex = read_company (V_ASN1_T61STRING, "Caf\xe9", -1);

    g_assert_cmpstr (bmp->company, ==, "登録");
    g_assert_cmpstr (printable->company, ==, "Touroku");
    g_assert_cmpstr (teletex->company, ==, "Café");
}

static void
test_empty_text (void)
{
    g_autoptr (TouCardCertificate) empty = read_company (V_ASN1_UTF8STRING, "　 ", -1);

    g_assert_cmpstr (empty->company, ==, "Touroku Kensetsu K.K.");
}

static void
test_hostile_text (void)
{
    static const char embedded[] = "登録\0建設";
    g_autoptr (TouCardCertificate) bidi = read_company (V_ASN1_UTF8STRING,
                                                        "登" RLO "録\x1b[31m" ZWJ "\n建設\x7f", -1);
    g_autoptr (TouCardCertificate) nul = read_company (V_ASN1_UTF8STRING, embedded, sizeof embedded - 1);

    g_assert_cmpstr (bidi->company, ==, "登録[31m 建設");
    g_assert_cmpstr (nul->company, ==, "登録建設");
}

static void
test_long_text (void)
{
    g_autofree char *value = g_malloc (LONG_VALUE_BYTES);
    g_autoptr (TouCardCertificate) facts = NULL;

    memset (value, 'a', LONG_VALUE_BYTES);
    facts = read_company (V_ASN1_UTF8STRING, value, LONG_VALUE_BYTES);
    g_assert_cmpint (g_utf8_strlen (facts->company, -1), ==, SHOWN_CHARS);
    g_assert_true (g_str_has_suffix (facts->company, "a…"));
}

static void
test_just_fits (void)
{
    g_autofree char *value = g_malloc (SHOWN_CHARS);
    g_autoptr (TouCardCertificate) facts = NULL;

    memset (value, 'a', SHOWN_CHARS);
    facts = read_company (V_ASN1_UTF8STRING, value, SHOWN_CHARS);
    g_assert_cmpint (strlen (facts->company), ==, SHOWN_CHARS);
}

static void
test_several_values (void)
{
    X509_NAME *name = X509_NAME_new ();
    g_autoptr (X509) certificate = NULL;
    g_autoptr (TouCardCertificate) facts = NULL;

    add (name, NID_organizationName, V_ASN1_UTF8STRING, "甲", -1);
    add (name, NID_organizationName, V_ASN1_UTF8STRING, "", 0);
    add (name, NID_organizationName, V_ASN1_UTF8STRING, "乙", -1);
    add (name, NID_localityName, V_ASN1_UTF8STRING, "杉並区", -1);
    add (name, NID_stateOrProvinceName, V_ASN1_UTF8STRING, "東京都", -1);
    certificate = fixture_issue_with_name (name);
    facts = read_facts (certificate);
    g_assert_cmpstr (facts->company, ==, "甲 / 乙");
    g_assert_cmpstr (facts->address, ==, "東京都杉並区");
}

/* PostalAddress is a SEQUENCE OF strings, not a string. */
static void
test_postal_address (void)
{
    static const guint8 lines[] = { 0x30, 0x0a, 0x0c, 0x03, 0xe7, 0x94, 0xb2, 0x13, 0x01, 'B', 0x05, 0x00 };
    X509_NAME *name = X509_NAME_new ();
    g_autoptr (X509) certificate = NULL;
    g_autoptr (TouCardCertificate) facts = NULL;

    /* 甲, then "B", then a NULL, which is no text. */
    add (name, NID_postalAddress, V_ASN1_SEQUENCE, (const char *) lines, sizeof lines);
    certificate = fixture_issue_with_name (name);
    facts = read_facts (certificate);
    g_assert_cmpstr (facts->address, ==, "甲B");
}

static void
assert_malformed (const guint8 *data, gsize size)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) der = g_bytes_new (data, size);

    g_assert_null (tou_certificate_read (der, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

static void
test_truncated (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    gsize size;
    const guint8 *data = g_bytes_get_data (der, &size);

    for (gsize length = 0; length < size; length++)
        assert_malformed (data, length);
}

static void
test_trailing_bytes (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    g_autoptr (GByteArray) longer = g_byte_array_new ();

    g_byte_array_append (longer, g_bytes_get_data (der, NULL), g_bytes_get_size (der));
    g_byte_array_append (longer, (const guint8 *) "", 1);
    assert_malformed (longer->data, longer->len);
}

static void
test_broken_extension (void)
{
    static const guint8 junk[] = { 0x04, 0x01, 0x00 };
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (ASN1_OCTET_STRING) value = ASN1_OCTET_STRING_new ();
    g_autoptr (GBytes) der = NULL;
    int at = X509_get_ext_by_NID (certificate, NID_key_usage, -1);

    ASN1_OCTET_STRING_set (value, junk, sizeof junk);
    X509_EXTENSION_set_data (X509_get_ext (certificate, at), value);
    fixture_resign (certificate);
    der = tou_x509_to_der (certificate);
    assert_malformed (g_bytes_get_data (der, NULL), g_bytes_get_size (der));
}

/* What authority and keys are written as is what they are read as; a private key is its owner's alone. */
static void
test_authority_folder (void)
{
    g_autoptr (GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp ("touroku-ca-XXXXXX", &error);
    g_autofree char *key_path = g_build_filename (folder, "ca.key", NULL);
    g_autofree char *certificate_path = g_build_filename (folder, "ca.pem", NULL);
    g_autoptr (TouPracticeCa) made = tou_practice_ca_new (&error);
    g_autoptr (TouPracticeCa) loaded = NULL;
    GStatBuf status;

    g_assert_no_error (error);
    g_assert_true (tou_practice_ca_save (made, folder, &error));
    loaded = tou_practice_ca_load (folder, &error);
    g_assert_no_error (error);
    g_assert_cmpint (
        X509_cmp (tou_practice_ca_get_certificate (made), tou_practice_ca_get_certificate (loaded)), ==, 0);
    g_assert_cmpint (g_stat (key_path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0600);

    g_assert_true (g_file_set_contents (key_path, "", 0, &error));
    g_assert_null (tou_practice_ca_load (folder, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED);
    g_assert_cmpint (g_remove (key_path) | g_remove (certificate_path) | g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/certificate/facts", test_facts);
    g_test_add_func ("/certificate/authority", test_authority);
    g_test_add_func ("/certificate/encryption-key", test_encryption_key);
    g_test_add_func ("/certificate/no-key-usage", test_no_key_usage);
    g_test_add_func ("/certificate/missing", test_missing);
    g_test_add_func ("/certificate/roman-when-no-kanji", test_roman_when_no_kanji);
    g_test_add_func ("/certificate/no-names-at-all", test_no_names_at_all);
    g_test_add_func ("/certificate/string-types", test_string_types);
    g_test_add_func ("/certificate/empty-text", test_empty_text);
    g_test_add_func ("/certificate/hostile-text", test_hostile_text);
    g_test_add_func ("/certificate/long-text", test_long_text);
    g_test_add_func ("/certificate/just-fits", test_just_fits);
    g_test_add_func ("/certificate/several-values", test_several_values);
    g_test_add_func ("/certificate/postal-address", test_postal_address);
    g_test_add_func ("/certificate/truncated", test_truncated);
    g_test_add_func ("/certificate/trailing-bytes", test_trailing_bytes);
    g_test_add_func ("/certificate/broken-extension", test_broken_extension);
    g_test_add_func ("/certificate/authority-folder", test_authority_folder);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
