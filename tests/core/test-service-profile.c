/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-service-profile.h"
#include "tou-shown-text.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define SERVICE "[Service]\nId=example\nName=Example\nName[ja]=例\nBaseUrl=https://bid.example/api/\n"
/* Of DER it is the shortest that looks like one: SEQUENCE { INTEGER n }. */
#define PEM(base64) "-----BEGIN CERTIFICATE-----\n" base64 "\n-----END CERTIFICATE-----\n"
#define PEM_1 PEM ("MAMCAQE=")
#define PEM_2 PEM ("MAMCAQI=")
#define PEM_3 PEM ("MAMCAQM=")
#define PIN "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

typedef struct {
    char *folder;
    char *path;
    char *anchors;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    (void) data;
    f->folder = g_dir_make_tmp ("touroku-profile-XXXXXX", &error);
    g_assert_no_error (error);
    f->path = g_build_filename (f->folder, "example.touroku", NULL);
    f->anchors = g_build_filename (f->folder, "anchors.pem", NULL);
    g_assert_true (g_file_set_contents (f->anchors, "Subject: CN=x\n" PEM_1, -1, NULL));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    (void) data;
    g_unlink (f->path);
    g_unlink (f->anchors);
    g_assert_cmpint (g_rmdir (f->folder), ==, 0);
    g_free (f->anchors);
    g_free (f->path);
    g_free (f->folder);
}

static TouServiceProfile *
load (Fixture *f, const char *text, GError **error)
{
    g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
    return tou_service_profile_load (f->path, error);
}

static void
assert_certificates (TouServiceProfile *profile, TouProfileUse use, const char *pem)
{
    GBytes *seen = tou_service_profile_get_certificates (profile, use);

    g_assert_nonnull (seen);
    g_assert_cmpmem (g_bytes_get_data (seen, NULL), g_bytes_get_size (seen), pem, strlen (pem));
}

static void
test_all_keys (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = load (
        f,
        SERVICE "Audience=https://bid.example/\nBiddingUrl=https://bid.example/open\n"
                "[Trust]\nTls=file\nTlsFile=anchors.pem\nTlsPins=" PIN ";" PIN ";\n"
                "CardIssuersFile=anchors.pem\nCrlUrl=http://bid.example/ca.crl\nReceiptFile=anchors.pem\n"
                "[Form]\nCharacters=jis-x-0208\n"
                "[HelpDesk]\nName=Desk\nTelephone=03-0000-0000\nHours=9-17\n",
        &error);

    (void) data;
    g_assert_no_error (error);
    g_assert_cmpstr (tou_service_profile_get_id (profile), ==, "example");
    g_assert_cmpstr (tou_service_profile_get_name (profile), ==, "Example");
    g_assert_cmpstr (tou_service_profile_get_base_url (profile), ==, "https://bid.example/api/");
    g_assert_cmpstr (tou_service_profile_get_audience (profile), ==, "https://bid.example/");
    g_assert_cmpstr (tou_service_profile_get_bidding_url (profile), ==, "https://bid.example/open");
    g_assert_cmpint (tou_service_profile_get_tls_trust (profile), ==, TOU_TLS_TRUST_FILE);
    for (guint use = 0; use < TOU_N_PROFILE_USES; use++)
        assert_certificates (profile, use, PEM_1);
    g_assert_cmpstr (tou_service_profile_get_crl_url (profile), ==, "http://bid.example/ca.crl");
    g_assert_cmpuint (g_strv_length ((GStrv) tou_service_profile_get_tls_pins (profile)), ==, 2);
    g_assert_cmpstr (tou_service_profile_get_tls_pins (profile)[0], ==, "sha256//" PIN);
    g_assert_cmpstr (tou_service_profile_get_help_desk_name (profile), ==, "Desk");
    g_assert_cmpstr (tou_service_profile_get_help_desk_phone (profile), ==, "03-0000-0000");
    g_assert_cmpstr (tou_service_profile_get_help_desk_hours (profile), ==, "9-17");
}

/* Would catch: a default that is not safe, or an empty help desk line instead of none. */
static void
test_defaults (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = load (f, SERVICE, &error);
    g_autoptr (TouServiceProfile) same = NULL;

    (void) data;
    g_assert_no_error (error);
    same = tou_service_profile_ref (profile);
    g_assert_cmpstr (tou_service_profile_get_audience (same), ==, "https://bid.example/api/");
    g_assert_cmpint (tou_service_profile_get_tls_trust (same), ==, TOU_TLS_TRUST_SYSTEM);
    g_assert_null (tou_service_profile_get_certificates (same, TOU_PROFILE_USE_TLS));
    g_assert_null (tou_service_profile_get_tls_pins (same));
    g_assert_null (tou_service_profile_get_bidding_url (same));
    g_assert_null (tou_service_profile_get_help_desk_phone (same));
}

/* What an editor and cat make of it: text between certificates, a byte order mark, line ends of Windows. */
#define ONE_FILE                                                                                             \
    SERVICE "[Trust]\nTls=file\n[TlsCertificates]\nsubject=CN = x\n" PEM_1 "\n" PEM_2                        \
            "[CardIssuerCertificates]\n" PEM_2 "[ReceiptCertificates]\n" PEM_3 "[HelpDesk]\nName=Desk\n"

static void
assert_one_file (TouServiceProfile *profile)
{
    assert_certificates (profile, TOU_PROFILE_USE_TLS, PEM_1 PEM_2);
    assert_certificates (profile, TOU_PROFILE_USE_CARD_ISSUERS, PEM_2);
    assert_certificates (profile, TOU_PROFILE_USE_RECEIPTS, PEM_3);
    g_assert_cmpint (tou_service_profile_get_tls_trust (profile), ==, TOU_TLS_TRUST_FILE);
    g_assert_cmpstr (tou_service_profile_get_help_desk_name (profile), ==, "Desk");
}

static void
test_one_file (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) lines = g_strsplit (ONE_FILE, "\n", -1);
    g_autofree char *windows = g_strjoinv ("\r\n", lines);
    g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", windows, NULL);
    g_autoptr (TouServiceProfile) profile = load (f, ONE_FILE, &error);
    g_autoptr (TouServiceProfile) of_windows = NULL;

    (void) data;
    g_assert_no_error (error);
    assert_one_file (profile);
    of_windows = load (f, marked, &error);
    g_assert_no_error (error);
    assert_one_file (of_windows);
}

/* Would catch: a copy that lost a translation, an unknown key, or the certificates of a folder's files. */
static void
test_kept_as_one_file (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = load (f,
                                                  SERVICE "Future=1\n[Trust]\nReceiptFile=anchors.pem\n"
                                                          "[CardIssuerCertificates]\n" PEM_2,
                                                  &error);
    g_autoptr (TouServiceProfile) again = NULL;
    g_autofree char *text = NULL;

    (void) data;
    g_assert_no_error (error);
    text = g_strndup (g_bytes_get_data (tou_service_profile_get_file (profile), NULL),
                      g_bytes_get_size (tou_service_profile_get_file (profile)));
    g_assert_nonnull (strstr (text, "Name[ja]=例"));
    g_assert_nonnull (strstr (text, "Future=1"));
    g_assert_null (strstr (text, "ReceiptFile"));
    again = load (f, text, &error);
    g_assert_no_error (error);
    assert_certificates (again, TOU_PROFILE_USE_RECEIPTS, PEM_1);
    assert_certificates (again, TOU_PROFILE_USE_CARD_ISSUERS, PEM_2);
    g_assert_true (
        g_bytes_equal (tou_service_profile_get_file (profile), tou_service_profile_get_file (again)));
}

typedef struct {
    const char *name;
    const char *text;
    TouProfileError code;
    const char *names; /* what the message must name, so that support can say what to mend */
} Fault;

static const Fault faults[] = {
    { "not-a-key-file", "hello\n", TOU_PROFILE_ERROR_NOT_A_PROFILE, "example.touroku" },
    { "empty", "", TOU_PROFILE_ERROR_NOT_A_PROFILE, "Service" },
    { "other-key-file", "[Desktop Entry]\nName=x\n", TOU_PROFILE_ERROR_NOT_A_PROFILE, "Service" },
    { "no-id", "[Service]\nName=x\nBaseUrl=https://x.example/\n", TOU_PROFILE_ERROR_MISSING, "Id" },
    { "no-name", "[Service]\nId=x\nBaseUrl=https://x.example/\n", TOU_PROFILE_ERROR_MISSING, "Name" },
    { "empty-name", "[Service]\nId=x\nName= \nBaseUrl=https://x.example/\n", TOU_PROFILE_ERROR_MISSING,
      "Name" },
    { "no-url", "[Service]\nId=x\nName=x\n", TOU_PROFILE_ERROR_MISSING, "BaseUrl" },
    { "no-tls-file", SERVICE "[Trust]\nTls=file\n", TOU_PROFILE_ERROR_MISSING, "TlsFile" },
    { "id-path", "[Service]\nId=../x\nName=x\nBaseUrl=https://x.example/\n", TOU_PROFILE_ERROR_INVALID,
      "Id" },
    { "id-dots", "[Service]\nId=..\nName=x\nBaseUrl=https://x.example/\n", TOU_PROFILE_ERROR_INVALID, "Id" },
    { "http", "[Service]\nId=x\nName=x\nBaseUrl=http://x.example/\n", TOU_PROFILE_ERROR_INVALID, "BaseUrl" },
    { "no-slash", "[Service]\nId=x\nName=x\nBaseUrl=https://x.example/a\n", TOU_PROFILE_ERROR_INVALID,
      "BaseUrl" },
    { "no-host", "[Service]\nId=x\nName=x\nBaseUrl=https:///\n", TOU_PROFILE_ERROR_INVALID, "BaseUrl" },
    { "user", "[Service]\nId=x\nName=x\nBaseUrl=https://a@x.example/\n", TOU_PROFILE_ERROR_INVALID,
      "BaseUrl" },
    { "query", "[Service]\nId=x\nName=x\nBaseUrl=https://x.example/?/\n", TOU_PROFILE_ERROR_INVALID,
      "BaseUrl" },
    { "no-url-at-all", "[Service]\nId=x\nName=x\nBaseUrl=x\n", TOU_PROFILE_ERROR_INVALID, "BaseUrl" },
    { "audience", SERVICE "Audience=x\n", TOU_PROFILE_ERROR_INVALID, "Audience" },
    { "bidding", SERVICE "BiddingUrl=file:///x\n", TOU_PROFILE_ERROR_INVALID, "BiddingUrl" },
    { "not-utf-8", "[Service]\nId=x\nName=\xE9\nBaseUrl=https://x.example/\n", TOU_PROFILE_ERROR_INVALID,
      "Name" },
    { "trust", SERVICE "[Trust]\nTls=none\n", TOU_PROFILE_ERROR_INVALID, "Tls" },
    { "pin-size", SERVICE "[Trust]\nTlsPins=AAAA\n", TOU_PROFILE_ERROR_INVALID, "TlsPins" },
    { "pin-prefix", SERVICE "[Trust]\nTlsPins=sha256//" PIN "\n", TOU_PROFILE_ERROR_INVALID, "TlsPins" },
    { "absolute", SERVICE "[Trust]\nReceiptFile=/etc/hosts\n", TOU_PROFILE_ERROR_INVALID, "ReceiptFile" },
    { "outside", SERVICE "[Trust]\nCardIssuersFile=a/../../b\n", TOU_PROFILE_ERROR_INVALID,
      "CardIssuersFile" },
    { "file-no-pem", SERVICE "[Trust]\nReceiptFile=example.touroku\n", TOU_PROFILE_ERROR_INVALID,
      "ReceiptFile: it holds no certificate" },
    { "file-gone", SERVICE "[Trust]\nReceiptFile=gone.pem\n", TOU_PROFILE_ERROR_UNREADABLE, "gone.pem" },
    /* What a forger would write: a line that looks like another's address, and what turns a line round. */
    { "name-line", "[Service]\nId=x\nName=Agency\\nhttps://bid.agency.example/\nBaseUrl=https://x.example/\n",
      TOU_PROFILE_ERROR_INVALID, "Name: the character U+000A" },
    { "name-escape", "[Service]\nId=x\nName=A\x1b[2J\nBaseUrl=https://x.example/\n",
      TOU_PROFILE_ERROR_INVALID, "Name: the character U+001B" },
    { "name-bidi",
      "[Service]\nId=x\nName=A\xe2\x80\xae"
      "B\nBaseUrl=https://x.example/\n",
      TOU_PROFILE_ERROR_INVALID, "Name: the character U+202E" },
    { "name-line-separator",
      "[Service]\nId=x\nName=A\xe2\x80\xa8"
      "B\nBaseUrl=https://x.example/\n",
      TOU_PROFILE_ERROR_INVALID, "Name: the character U+2028" },
    { "name-zero-width",
      "[Service]\nId=x\nName=A\xe2\x80\x8b"
      "B\nBaseUrl=https://x.example/\n",
      TOU_PROFILE_ERROR_INVALID, "Name: the character U+200B" },
    { "name-marks",
      "[Service]\nId=x\nName=A\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\nBaseUrl=https://x.example/\n",
      TOU_PROFILE_ERROR_INVALID, "Name: the character U+0301" },
    { "name-other-language", SERVICE "Name[fr]=A\\nB\n", TOU_PROFILE_ERROR_INVALID, "Name" },
    { "name-long",
      "[Service]\nId=x\nBaseUrl=https://x.example/\nName="
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      "x"
      "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      "x\n",
      TOU_PROFILE_ERROR_INVALID, "Name: it has more than 200" },
    { "desk-line", SERVICE "[HelpDesk]\nTelephone=03\\n04\n", TOU_PROFILE_ERROR_INVALID, "Telephone" },
    /* A relay: what a card signs for it would be good at the other one. */
    { "audience-host", SERVICE "Audience=https://bid.agency.example/\n", TOU_PROFILE_ERROR_INVALID,
      "Audience" },
    { "audience-port", SERVICE "Audience=https://bid.example:8443/\n", TOU_PROFILE_ERROR_INVALID,
      "Audience" },
    { "audience-below", SERVICE "Audience=https://www.bid.example/\n", TOU_PROFILE_ERROR_INVALID,
      "Audience" },
    { "url-line", "[Service]\nId=x\nName=x\nBaseUrl=https://x.example/\\n/\n", TOU_PROFILE_ERROR_INVALID,
      "BaseUrl" },
    { "url-cyrillic", "[Service]\nId=x\nName=x\nBaseUrl=https://\xd1\x85.example/\n",
      TOU_PROFILE_ERROR_INVALID, "BaseUrl" },
    { "url-backslash", "[Service]\nId=x\nName=x\nBaseUrl=https://x.example\\\\.evil.example/\n",
      TOU_PROFILE_ERROR_INVALID, "BaseUrl" },
    { "url-percent", "[Service]\nId=x\nName=x\nBaseUrl=https://x%2eexample/\n", TOU_PROFILE_ERROR_INVALID,
      "BaseUrl" },
    { "group-empty", SERVICE "[ReceiptCertificates]\n", TOU_PROFILE_ERROR_INVALID, "[ReceiptCertificates]" },
    { "group-cut",
      SERVICE "[ReceiptCertificates]\n-----BEGIN CERTIFICATE-----\nMAMCAQE=\n[HelpDesk]\nName=x\n",
      TOU_PROFILE_ERROR_INVALID, "has no end" },
    { "group-damaged", SERVICE "[ReceiptCertificates]\n" PEM ("MAMCAQ=="), TOU_PROFILE_ERROR_INVALID,
      "damaged" },
    { "group-key",
      SERVICE "[TlsCertificates]\n-----BEGIN PRIVATE KEY-----\nMAMCAQE=\n-----END PRIVATE KEY-----\n" PEM_1,
      TOU_PROFILE_ERROR_INVALID, "private key" },
    { "group-and-file", SERVICE "[Trust]\nReceiptFile=anchors.pem\n[ReceiptCertificates]\n" PEM_1,
      TOU_PROFILE_ERROR_INVALID, "ReceiptFile" },
    { "group-of-keys", SERVICE "[ReceiptCertificates]\nFile=anchors.pem\n", TOU_PROFILE_ERROR_INVALID,
      "[ReceiptCertificates]" },
    { "characters", SERVICE "[Form]\nCharacters=unicode\n", TOU_PROFILE_ERROR_INVALID, "Characters" },
};

static void
test_fault (Fixture *f, gconstpointer data)
{
    const Fault *fault = data;
    g_autoptr (GError) error = NULL;

    g_assert_null (load (f, fault->text, &error));
    g_assert_error (error, TOU_PROFILE_ERROR, (int) fault->code);
    g_assert_nonnull (g_strstr_len (error->message, -1, fault->names));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_cmpuint (tou_shown_text_find_hidden (error->message), ==, 0);
}

/* The port that is meant without one, and the case of a host, make no other origin. */
static void
test_same_origin (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = load (f, SERVICE "Audience=https://BID.example:443/other\n",
                                                  &error);

    (void) data;
    g_assert_no_error (error);
    g_assert_cmpstr (tou_service_profile_get_audience (profile), ==, "https://BID.example:443/other");
}

static void
test_no_file (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    (void) data;
    g_assert_null (tou_service_profile_load (f->path, &error));
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_UNREADABLE);
}

/* Would catch: a profile, or a file of it, that takes all memory; a message that the window cannot show. */
static void
test_too_large (Fixture *f, gconstpointer data)
{
    g_autofree char *text = g_strnfill (TOU_PROFILE_MAX_FILE_BYTES + 1, '#');
    g_autoptr (GError) error = NULL;

    (void) data;
    g_assert_true (g_file_set_contents (f->anchors, text, TOU_PROFILE_MAX_FILE_BYTES + 1, NULL));
    g_assert_null (load (f, SERVICE "[Trust]\nReceiptFile=anchors.pem\n", &error));
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_TOO_LARGE);
    g_clear_error (&error);
    text[TOU_PROFILE_MAX_BYTES + 1] = '\0'; /* a key file; with certificates it may have more */
    g_unlink (f->path);
    g_free (f->path);
    f->path = g_build_filename (f->folder, "\xff.touroku", NULL);
    g_assert_null (load (f, text, &error));
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_TOO_LARGE);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_japanese (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    (void) data;
    if (g_test_subprocess ()) {
        g_setenv ("LANGUAGE", "ja", TRUE);
        g_autoptr (TouServiceProfile) profile = load (f, SERVICE, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (tou_service_profile_get_name (profile), ==, "例");
        return;
    }
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "");
    g_test_init (&argc, &argv, NULL);
    g_test_add ("/service-profile/all-keys", Fixture, NULL, set_up, test_all_keys, tear_down);
    g_test_add ("/service-profile/one-file", Fixture, NULL, set_up, test_one_file, tear_down);
    g_test_add ("/service-profile/kept-as-one-file", Fixture, NULL, set_up, test_kept_as_one_file, tear_down);
    g_test_add ("/service-profile/same-origin", Fixture, NULL, set_up, test_same_origin, tear_down);
    g_test_add ("/service-profile/defaults", Fixture, NULL, set_up, test_defaults, tear_down);
    g_test_add ("/service-profile/no-file", Fixture, NULL, set_up, test_no_file, tear_down);
    g_test_add ("/service-profile/too-large", Fixture, NULL, set_up, test_too_large, tear_down);
    g_test_add ("/service-profile/japanese", Fixture, NULL, set_up, test_japanese, tear_down);
    for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
        g_autofree char *path = g_strconcat ("/service-profile/fault/", faults[i].name, NULL);
        g_test_add (path, Fixture, &faults[i], set_up, test_fault, tear_down);
    }
    return g_test_run ();
}
