/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Certificates as a card should not have them, for whatever reason. */

#include "certificate-fixture.h"

#include "tou-proof-checker.h"

#include <openssl/err.h>
#include <string.h>

#define N_MUTATIONS 3000
#define SEED 4

static void
add (X509_NAME *name, int nid, int type, const char *value, int size)
{
    g_assert_cmpint (X509_NAME_add_entry_by_NID (name, nid, type, (const guint8 *) value, size, -1, 0), ==,
                     1);
}

/* A card whose kanji are @company and @holder. */
static X509 *
issue (int type, const char *company, int size)
{
    X509_NAME *name = X509_NAME_new ();

    add (name, NID_organizationName, type, company, size);
    add (name, NID_commonName, V_ASN1_UTF8STRING, FIXTURE_HOLDER, -1);
    add (name, NID_streetAddress, V_ASN1_UTF8STRING, FIXTURE_ADDRESS, -1);
    return fixture_issue_with_name (name);
}

/* Puts @to where @from is last; both have @size bytes. Returns: (transfer full): the DER with it */
static GBytes *
replace (X509 *certificate, const char *from, const char *to, gsize size)
{
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    gsize length = g_bytes_get_size (der);
    guint8 *copy = g_memdup2 (g_bytes_get_data (der, NULL), length);
    guint8 *place = NULL;

    for (guint8 *p = copy; (p = memmem (p, (gsize) (copy + length - p), from, size)) != NULL; p++)
        place = p;
    g_assert_nonnull (place);
    memcpy (place, to, size);
    return g_bytes_new_take (copy, length);
}

/* One text that does not decode costs itself alone. Would catch: a card without a name at all, which
 * OpenSSL's own types make of it. */
static void
test_undecodable_value (void)
{
    static const struct {
        int type;
        const char *from;
        const char *to;
        int size;
    } rows[] = {
        { V_ASN1_UTF8STRING, "登", "\xff\xfe\xff", 3 },
        { V_ASN1_UTF8STRING, "登録", "\xed\xa0\x80\xc0\x80\x80", 6 },
        { V_ASN1_BMPSTRING, "\x76\x7b\x93\x32", "\xdf\x9f\xd8\x42", 4 },
        { V_ASN1_BMPSTRING, "\x76\x7b\x93\x32", "\x76\x7b\xd8\x42", 4 },
        { V_ASN1_UNIVERSALSTRING, "\0\0\x76\x7b", "\x7f\xff\xff\xff", 4 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (X509) certificate = issue (rows[i].type, rows[i].from, rows[i].size);
        g_autoptr (GBytes) der = replace (certificate, rows[i].from, rows[i].to, (gsize) rows[i].size);
        g_autoptr (TouCardCertificate) facts = tou_certificate_read (der, &error);

        g_assert_no_error (error);
        fixture_assert_shown (facts);
        /* The next place has it, in Roman letters. */
        g_assert_cmpstr (facts->company, ==, "Touroku Kensetsu K.K.");
        g_assert_cmpstr (facts->holder, ==, FIXTURE_HOLDER);
        g_assert_cmpstr (facts->address, ==, FIXTURE_ADDRESS);
        g_assert_cmpint (facts->key_use, ==, TOU_KEY_USE_DIGITAL_SIGNATURE | TOU_KEY_USE_NON_REPUDIATION);
        g_assert_false (facts->is_ca);
    }
}

/* Of several values the others stay. */
static void
test_undecodable_among_several (void)
{
    g_autoptr (GError) error = NULL;
    X509_NAME *name = X509_NAME_new ();
    g_autoptr (X509) certificate = NULL;
    g_autoptr (GBytes) der = NULL;
    g_autoptr (TouCardCertificate) facts = NULL;

    add (name, NID_organizationName, V_ASN1_UTF8STRING, "甲", -1);
    add (name, NID_organizationName, V_ASN1_UTF8STRING, "乙", -1);
    add (name, NID_organizationName, V_ASN1_UTF8STRING, "丙", -1);
    certificate = fixture_issue_with_name (name);
    der = replace (certificate, "乙", "\xff\xff\xff", 3);
    facts = tou_certificate_read (der, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (facts->company, ==, "甲 / 丙");
}

/* Not valid in a BMPString, but what programs write that know only UTF-16: 𠮷 of many a person's name. */
static void
test_surrogates (void)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) certificate = issue (V_ASN1_BMPSTRING, "\x76\x7b\x93\x32", 4);
    g_autoptr (GBytes) der = replace (certificate, "\x76\x7b\x93\x32", "\xd8\x42\xdf\xb7", 4);
    g_autoptr (TouCardCertificate) facts = tou_certificate_read (der, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (facts->company, ==, "𠮷");
}

static void
assert_malformed (GBytes *der)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (tou_certificate_read (der, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

/* There OpenSSL does not let us read the rest. */
static void
test_undecodable_subject (void)
{
    g_autoptr (X509) certificate = fixture_issue_with_name (NULL);
    g_autoptr (X509_NAME) subject = X509_NAME_new ();
    g_autoptr (GBytes) der = NULL;

    add (subject, NID_commonName, V_ASN1_UTF8STRING, "登録太郎", -1);
    X509_set_subject_name (certificate, subject);
    fixture_resign (certificate);
    der = replace (certificate, "登録太郎", "\xff\xfe\xff\xff\xfe\xff\xff\xfe\xff\xff\xfe\xff", 12);
    assert_malformed (der);
}

/* Alternative names that are none, or go on behind their end. Would catch: a read outside the extension. */
static void
test_broken_alternative_names (void)
{
    static const struct {
        const char *der;
        gsize size;
    } rows[] = {
        { "", 0 },
        { "\x30", 1 },
        { "\x30\x00", 2 },
        { "\x30\x80\x00\x00", 4 },                                      /* of indefinite length */
        { "\x30\x84\xff\xff\xff\xff", 6 },                              /* longer than memory */
        { "\x30\x02\xa4\x00", 4 },                                      /* an empty directoryName */
        { "\x30\x04\xa4\x02\x30\x80", 6 },                              /* a name that does not end */
        { "\x30\x04\xa4\x7f\x30\x00", 6 },                              /* a tag that goes on outside */
        { "\x30\x06\xa4\x80\x30\x00\x00\x00", 8 },                      /* a tag of indefinite length */
        { "\x30\x04\xa0\x02\x06\x00", 6 },                              /* otherName: an empty OID */
        { "\x30\x06\xa0\x04\x06\x02\x2a\x03", 8 },                      /* otherName without a value */
        { "\x30\x08\xa0\x06\x06\x02\x2a\x03\xa0\x00", 10 },             /* otherName with an empty one */
        { "\x30\x0b\xa4\x09\x30\x07\x31\x05\x30\x03\x06\x01\x2a", 13 }, /* an attribute without a value */
        { "\x30\x0a\xa4\x08\x30\x06\x31\x04\x30\x02\x05\x00", 12 },     /* one that is no pair */
        { "\x30\x10\xa4\x0e\x30\x0c\x31\x0a\x30\x08\x06\x03\x55\x04\x0a\x02\x01\x37",
          18 },                       /* O=7, a number */
        { "\x0c\x02hi", 4 },          /* no sequence */
        { "\x30\x05\x82\x03www", 7 }, /* of another kind: a dNSName */
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (X509) certificate = fixture_issue_with_alternative_name ((const guint8 *) rows[i].der,
                                                                            rows[i].size);
        g_autoptr (TouCardCertificate) facts = fixture_read (certificate, NULL);

        g_assert_cmpstr (facts->company, ==, "Touroku Kensetsu K.K.");
        g_assert_cmpstr (facts->holder, ==, "Taro Yamada");
        g_assert_null (facts->address);
        g_assert_cmpint (facts->key_use, ==, TOU_KEY_USE_DIGITAL_SIGNATURE | TOU_KEY_USE_NON_REPUDIATION);
    }
}

/* A value that is no text is none; a number must not be shown as one. */
static void
test_no_text (void)
{
    static const struct {
        int type;
        const char *value;
        int size;
    } rows[] = {
        { V_ASN1_BIT_STRING, "bits", 4 },
        { V_ASN1_UTF8STRING, "", 0 },
        { V_ASN1_UTF8STRING, "\xe2\x80\xae\xe2\x80\x8d", 6 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (X509) certificate = issue (rows[i].type, rows[i].value, rows[i].size);
        g_autoptr (TouCardCertificate) facts = fixture_read (certificate, NULL);

        g_assert_cmpstr (facts->company, ==, "Touroku Kensetsu K.K.");
        g_assert_cmpstr (facts->holder, ==, FIXTURE_HOLDER);
    }
}

/* Hebrew and Arabic would turn round the company's number beside them. */
static void
test_right_to_left (void)
{
    g_autoptr (X509) hebrew = issue (V_ASN1_UTF8STRING, "123 אבג", -1);
    g_autoptr (X509) arabic = issue (V_ASN1_UTF8STRING, "ابج", -1);
    g_autoptr (X509) japanese = issue (V_ASN1_UTF8STRING, FIXTURE_COMPANY, -1);
    g_autoptr (TouCardCertificate) one = fixture_read (hebrew, NULL);
    g_autoptr (TouCardCertificate) two = fixture_read (arabic, NULL);
    g_autoptr (TouCardCertificate) three = fixture_read (japanese, NULL);

    g_assert_cmpstr (one->company, ==, "\u2068123 אבג\u2069");
    g_assert_cmpstr (two->company, ==, "\u2068ابج\u2069");
    g_assert_cmpstr (three->company, ==, FIXTURE_COMPANY);
}

/* What would break out of the isolation is taken out. */
static void
test_isolation_holds (void)
{
    g_autofree char *letters = g_strnfill (600, 'x');
    g_autofree char *text = g_strconcat ("א\u2069\u202e", letters, NULL);
    g_autoptr (X509) certificate = issue (V_ASN1_UTF8STRING, text, -1);
    g_autoptr (TouCardCertificate) facts = fixture_read (certificate, NULL);

    g_assert_true (g_str_has_prefix (facts->company, "\u2068אxxx"));
    g_assert_true (g_str_has_suffix (facts->company, "x…\u2069"));
    g_assert_cmpint (g_utf8_strlen (facts->company, -1), ==, 256 + 2);
}

/* The issuer is shown, too, and comes from the card as well. */
static void
test_hostile_issuer (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (X509_NAME) issuer = X509_NAME_new ();
    g_autofree char *letters = g_strnfill (10240, 'y');
    g_autoptr (TouCardCertificate) facts = NULL;

    add (issuer, NID_organizationName, V_ASN1_UTF8STRING, "A\u202e\nB", -1);
    add (issuer, NID_commonName, V_ASN1_UTF8STRING, letters, 10240);
    X509_set_issuer_name (certificate, issuer);
    fixture_resign (certificate);
    facts = fixture_read (certificate, NULL);
    g_assert_true (g_str_has_prefix (facts->issuer, "A B, yyy"));
    g_assert_true (g_str_has_suffix (facts->issuer, "y…"));
    g_assert_cmpint (g_utf8_strlen (facts->issuer, -1), ==, 256);
}

/* Would catch: something of the certificate before in what the next one does not have. */
static void
test_nothing_of_another (void)
{
    g_autoptr (X509) full = fixture_issue (NULL);
    g_autoptr (X509) poor = fixture_issue_with_name (NULL);
    g_autoptr (X509_NAME) empty = X509_NAME_new ();

    X509_set_subject_name (poor, empty);
    fixture_resign (poor);
    for (int i = 0; i < 3; i++) {
        g_autoptr (TouCardCertificate) one = fixture_read (full, NULL);
        g_autoptr (TouCardCertificate) other = fixture_read (poor, NULL);

        g_assert_cmpstr (one->company, ==, FIXTURE_COMPANY);
        g_assert_null (other->company);
        g_assert_null (other->company_number);
        g_assert_null (other->holder);
        g_assert_null (other->address);
        g_assert_cmpstr (one->sha256, !=, other->sha256);
    }
}

static void
read_anything (guint8 *data, gsize size)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) der = g_bytes_new_take (data, size);
    g_autoptr (TouCardCertificate) facts = tou_certificate_read (der, &error);

    g_assert_true ((facts == NULL) == (error != NULL));
    if (facts != NULL)
        fixture_assert_shown (facts);
    g_assert_cmpuint (ERR_peek_error (), ==, 0);
}

static guint8
change (guint8 byte, guint how)
{
    static const guint8 extremes[] = { 0x00, 0x7f, 0x80, 0xff };

    if (how < G_N_ELEMENTS (extremes))
        return extremes[how];
    return (guint8) (how == G_N_ELEMENTS (extremes) ? byte + 1 : byte ^ 0x20);
}

/* Every byte of the certificate in turn, changed in six ways: lengths, tags, flags and texts are all among
 * them. */
static void
test_each_byte (void)
{
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    gsize size;
    const guint8 *data = g_bytes_get_data (der, &size);

    for (gsize at = 0; at < size; at++)
        for (guint how = 0; how < 6; how++) {
            guint8 *copy = g_memdup2 (data, size);

            copy[at] = change (copy[at], how);
            read_anything (copy, size);
        }
}

/* Some bytes at once, the same ones in every run. */
static void
test_several_bytes (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
    g_autoptr (X509) certificate = fixture_issue (NULL);
    g_autoptr (GBytes) der = tou_x509_to_der (certificate);
    gsize size;
    const guint8 *data = g_bytes_get_data (der, &size);

    for (int i = 0; i < N_MUTATIONS; i++) {
        guint8 *copy = g_memdup2 (data, size);

        for (int n = g_rand_int_range (random, 2, 8); n > 0; n--)
            copy[g_rand_int_range (random, 0, (gint32) size)] = (guint8) g_rand_int_range (random, 0, 256);
        read_anything (copy, size);
    }
}

/* The alternative name alone, which has the most room: any bytes, in a certificate that is right otherwise.
 */
static void
test_alternative_name_bytes (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
    g_autoptr (X509) certificate = fixture_issue (NULL);
    int at = X509_get_ext_by_NID (certificate, NID_subject_alt_name, -1);
    const ASN1_OCTET_STRING *right = X509_EXTENSION_get_data (X509_get_ext (certificate, at));
    gsize size = (gsize) ASN1_STRING_length (right);
    g_autofree guint8 *name = g_malloc (size);

    for (int i = 0; i < N_MUTATIONS / 10; i++) {
        g_autoptr (X509) damaged = NULL;
        g_autoptr (TouCardCertificate) facts = NULL;

        memcpy (name, ASN1_STRING_get0_data (right), size);
        for (int n = g_rand_int_range (random, 1, 6); n > 0; n--)
            name[g_rand_int_range (random, 0, (gint32) size)] = (guint8) g_rand_int_range (random, 0, 256);
        damaged = fixture_issue_with_alternative_name (name, size);
        facts = fixture_read (damaged, NULL);
        g_assert_nonnull (facts->company);
    }
}

static void
test_noise (void)
{
    g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

    for (int i = 0; i < N_MUTATIONS; i++) {
        guint8 noise[64] = { 0x30, 0x3e };
        g_autoptr (GBytes) der = NULL;

        for (gsize at = 2; at < sizeof noise; at++)
            noise[at] = (guint8) g_rand_int_range (random, 0, 256);
        der = g_bytes_new (noise, sizeof noise);
        assert_malformed (der);
    }
}

int
main (int argc, char **argv)
{
    int result;

    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/certificate-damage/undecodable-value", test_undecodable_value);
    g_test_add_func ("/certificate-damage/undecodable-among-several", test_undecodable_among_several);
    g_test_add_func ("/certificate-damage/surrogates", test_surrogates);
    g_test_add_func ("/certificate-damage/undecodable-subject", test_undecodable_subject);
    g_test_add_func ("/certificate-damage/broken-alternative-names", test_broken_alternative_names);
    g_test_add_func ("/certificate-damage/no-text", test_no_text);
    g_test_add_func ("/certificate-damage/right-to-left", test_right_to_left);
    g_test_add_func ("/certificate-damage/isolation-holds", test_isolation_holds);
    g_test_add_func ("/certificate-damage/hostile-issuer", test_hostile_issuer);
    g_test_add_func ("/certificate-damage/nothing-of-another", test_nothing_of_another);
    g_test_add_func ("/certificate-damage/each-byte", test_each_byte);
    g_test_add_func ("/certificate-damage/several-bytes", test_several_bytes);
    g_test_add_func ("/certificate-damage/alternative-name-bytes", test_alternative_name_bytes);
    g_test_add_func ("/certificate-damage/noise", test_noise);
    result = g_test_run ();
    fixture_tear_down ();
    return result;
}
