/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Service profiles as someone who means harm, or a bad line, would send them: thousands of changed ones,
 * always the same for a seed. Under sanitizers this is where reading past an end shows. */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-pem.h"
#include "tou-service-profile.h"
#include "tou-shown-text.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define N_MUTATIONS 4000
#define SEED 20261130

static const char whole[]
    = "[Service]\nId=example\nName=Example\nName[ja]=例示機構\nBaseUrl=https://bid.example/api/\n"
      "Audience=https://bid.example/\nBiddingUrl=https://bid.example/open\n\n[Trust]\nTls=file\n"
      "TlsPins=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\nCrlUrl=http://bid.example/ca.crl\n"
      "[Form]\nCharacters=jis-x-0208\n[HelpDesk]\nName=Desk\nTelephone=03-0000-0000\nHours=9-17\n"
      "[TlsCertificates]\nsubject=x\n-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n"
      "[CardIssuerCertificates]\n-----BEGIN CERTIFICATE-----\nMAMCAQI=\n-----END CERTIFICATE-----\n"
      "[ReceiptCertificates]\n-----BEGIN CERTIFICATE-----\nMAMCAQM=\n-----END CERTIFICATE-----\n";

/* What is put in somewhere, besides single octets. */
static const char *const pieces[] = {
    "\n",
    "\r\n",
    "[",
    "]",
    "=",
    ";",
    "\\n",
    "\\",
    "\xe2\x80\xae",
    "\xff",
    "\x1b[2J",
    "%2f",
    "@",
    "#",
    "[Service]\n",
    "[TlsCertificates]\n",
    "[ReceiptCertificates",
    "-----BEGIN CERTIFICATE-----\n",
    "-----END CERTIFICATE-----\n",
    "-----BEGIN PRIVATE KEY-----\n",
    "TlsFile=profile.touroku\n",
    "ReceiptFile=../x\n",
    "Name=\\s\n",
    "Name[=x\n",
    "BaseUrl=https://[::1]:0/\n",
    "https://",
    "MIIFhDCCA2ygAwIBAgIU",
};

static void
mutate_once (GString *text, GRand *rand)
{
    gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len + 1);
    gsize wanted = (gsize) g_rand_int_range (rand, 1, 40);
    gsize length = MIN (wanted, text->len - at);

    switch (g_rand_int_range (rand, 0, 5)) {
    case 0:
        if (at < text->len)
            text->str[at] ^= (char) (1 << g_rand_int_range (rand, 0, 8));
        break;
    case 1:
        g_string_erase (text, (gssize) at, (gssize) length);
        break;
    case 2: {
        g_autofree char *copy = g_strndup (text->str + at, length);

        g_string_insert (text, g_rand_int_range (rand, 0, (gint32) text->len + 1), copy);
        break;
    }
    case 3:
        g_string_insert (text, (gssize) at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
        break;
    default:
        if (at < text->len)
            text->str[at] = (char) g_rand_int_range (rand, 0, 256);
        break;
    }
}

static void
assert_shown_whole (const char *text)
{
    g_autoptr (GString) shown = g_string_new (text);

    /* The filter itself isolates what runs from right to left. */
    g_string_replace (shown, "\xe2\x81\xa8", "", 1);
    g_string_replace (shown, "\xe2\x81\xa9", "", 1);
    g_assert_true (g_utf8_validate (shown->str, -1, NULL));
    g_assert_cmpuint (tou_shown_text_find_hidden (shown->str), ==, 0);
}

/* Whatever came through is what can be shown, and comes through once more when it is kept. */
static void
check_good (TouServiceProfile *profile, const char *path)
{
    GBytes *file = tou_service_profile_get_file (profile);
    g_autoptr (TouServiceProfile) again = NULL;
    g_autoptr (GError) error = NULL;

    assert_shown_whole (tou_service_profile_get_name (profile));
    assert_shown_whole (tou_service_profile_get_base_url (profile));
    assert_shown_whole (tou_service_profile_get_audience (profile));
    assert_shown_whole (tou_service_profile_get_help_desk_phone (profile));
    for (guint use = 0; use < TOU_N_PROFILE_USES; use++) {
        GBytes *pem = tou_service_profile_get_certificates (profile, use);
        g_auto (GStrv) fingerprints = tou_pem_dup_fingerprints (pem);

        g_assert_cmpint (pem != NULL, ==, fingerprints[0] != NULL);
    }
    g_assert_true (
        g_file_set_contents (path, g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file), NULL));
    again = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (tou_service_profile_get_base_url (again), ==,
                     tou_service_profile_get_base_url (profile));
    g_assert_cmpstr (tou_service_profile_get_name (again), ==, tou_service_profile_get_name (profile));
}

static void
check_bad (const GError *error)
{
    g_assert_nonnull (error);
    g_assert_true (error->domain == TOU_PROFILE_ERROR);
    assert_shown_whole (error->message);
}

static void
test_mutations (void)
{
    g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
    g_autofree char *folder = g_dir_make_tmp ("touroku-mutations-XXXXXX", NULL);
    g_autofree char *path = g_build_filename (folder, "profile.touroku", NULL);
    guint n_good = 0;

    for (guint i = 0; i < N_MUTATIONS; i++) {
        g_autoptr (GString) text = g_string_new (whole);
        g_autoptr (GError) error = NULL;
        g_autoptr (TouServiceProfile) profile = NULL;

        for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
            mutate_once (text, rand);
        g_assert_true (g_file_set_contents_full (path, text->str, (gssize) text->len,
                                                 G_FILE_SET_CONTENTS_NONE, 0600, NULL));
        profile = tou_service_profile_load (path, &error);
        if (profile == NULL)
            check_bad (error);
        else
            check_good (profile, path);
        n_good += profile != NULL;
    }
    /* Else it tests nothing but the first check. */
    g_test_message ("%u of %u are good", n_good, N_MUTATIONS);
    g_assert_cmpuint (n_good, >, N_MUTATIONS / 20);
    g_assert_cmpuint (n_good, <, N_MUTATIONS / 2);
    g_unlink (path);
    g_rmdir (folder);
}

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "");
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/service-profile/mutations", test_mutations);
    return g_test_run ();
}
