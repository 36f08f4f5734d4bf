/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "tou-agency-list.h"
#include "tou-file.h"
#include "tou-profile-opening.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CERTIFICATE "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
#define DER_SEQUENCE 0x30

typedef struct {
    char *root;
    char *source;  /* where profiles come from */
    char *folder;  /* where they are kept; not there at first */
    char *profile; /* a profile in the source */
    TouAgencyList *list;
} Bench;

static void
write_file (const char *folder, const char *name, const char *text, gssize size)
{
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname (path);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
    g_file_set_contents (path, text, size, &error);
    g_assert_no_error (error);
}

/* @word: not to be mistaken for another */
static char *
make_pem (const char *word)
{
    g_autofree char *der = g_strdup_printf ("%c%c%s", DER_SEQUENCE, (int) strlen (word), word);
    g_autofree char *base64 = g_base64_encode ((const guchar *) der, strlen (der));

    return g_strdup_printf (CERTIFICATE, base64);
}

static void
write_certificate (Bench *bench, const char *name, const char *word)
{
    g_autofree char *text = make_pem (word);

    write_file (bench->source, name, text, -1);
}

/* A profile that names two files, one of them in a folder of its own. */
static void
write_profile (Bench *bench, const char *id, const char *name, const char *host)
{
    g_autofree char *text = g_strdup_printf (
        "[Service]\nId=%s\nName=%s\nBaseUrl=https://%s/\n"
        "[Trust]\nTls=file\nTlsFile=certificates/tls.pem\nReceiptFile=receipt.pem\n",
        id, name, host);

    write_file (bench->source, "agency.touroku", text, -1);
}

static void
set_up (Bench *bench, gconstpointer data)
{
    bench->root = g_dir_make_tmp ("touroku-agencies-XXXXXX", NULL);
    bench->source = g_build_filename (bench->root, "from agency", NULL);
    bench->folder = g_build_filename (bench->root, "data", "agencies", NULL);
    bench->profile = g_build_filename (bench->source, "agency.touroku", NULL);
    bench->list = tou_agency_list_new (bench->folder);
    write_profile (bench, "example", "Example", "bid.example");
    write_certificate (bench, "certificates/tls.pem", "tls-1");
    write_certificate (bench, "receipt.pem", "receipt-1");
}

static void
tear_down (Bench *bench, gconstpointer data)
{
    g_assert_finalize_object (bench->list);
    g_chmod (bench->folder, 0700);
    (void) tou_file_remove_tree (bench->root, NULL);
    g_assert_false (g_file_test (bench->root, G_FILE_TEST_EXISTS));
    g_free (bench->root);
    g_free (bench->source);
    g_free (bench->folder);
    g_free (bench->profile);
}

static gboolean
load (Bench *bench, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_agency_list_load_async (bench->list, async_wait_store, &result);
    async_wait (&result);
    return tou_agency_list_load_finish (bench->list, result, error);
}

static TouServiceProfile *
open_profile (Bench *bench, TouProfileKnown *out_how, TouServiceProfile **out_known, GError **error)
{
    g_autoptr (GFile) file = g_file_new_for_path (bench->profile);
    g_autoptr (GAsyncResult) result = NULL;

    tou_agency_list_open_async (bench->list, file, async_wait_store, &result);
    async_wait (&result);
    return tou_agency_list_open_finish (bench->list, result, out_how, out_known, error);
}

static TouServiceProfile *
keep (Bench *bench, TouServiceProfile *profile, TouServiceProfile *known, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_agency_list_keep_async (bench->list, profile, known, async_wait_store, &result);
    async_wait (&result);
    return tou_agency_list_keep_finish (bench->list, result, error);
}

/* As a user who says yes to whatever is asked. */
static TouServiceProfile *
add (Bench *bench, TouProfileKnown *out_how, GError **error)
{
    TouProfileKnown how = TOU_PROFILE_KNOWN_NOT;
    g_autoptr (TouServiceProfile) known = NULL;
    g_autoptr (TouServiceProfile) opened = open_profile (bench, &how, &known, error);

    if (out_how != NULL)
        *out_how = how;
    return opened == NULL ? NULL : keep (bench, opened, how == TOU_PROFILE_KNOWN_ID ? known : NULL, error);
}

static TouServiceProfile *
add_well (Bench *bench)
{
    g_autoptr (GError) error = NULL;
    TouServiceProfile *profile = add (bench, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (profile);
    return profile;
}

static guint
count_profiles (Bench *bench)
{
    return tou_agency_list_get_profiles (bench->list)->len;
}

static void
assert_certificate_says (const TouServiceProfile *profile, TouProfileUse use, const char *word)
{
    g_autofree char *pem = make_pem (word);
    GBytes *seen = tou_service_profile_get_certificates (profile, use);

    g_assert_cmpmem (g_bytes_get_data (seen, NULL), g_bytes_get_size (seen), pem, strlen (pem));
}

/* What is kept under the id "example" is the first version, whole. */
static void
assert_first_is_kept (Bench *bench)
{
    const TouServiceProfile *profile;

    g_assert_cmpuint (count_profiles (bench), ==, 1);
    profile = tou_agency_list_get_profiles (bench->list)->pdata[0];
    g_assert_cmpstr (tou_service_profile_get_base_url (profile), ==, "https://bid.example/");
    assert_certificate_says (profile, TOU_PROFILE_USE_TLS, "tls-1");
    assert_certificate_says (profile, TOU_PROFILE_USE_RECEIPTS, "receipt-1");
}

static void
assert_nothing_is_left_over (Bench *bench)
{
    g_autoptr (GDir) dir = g_dir_open (bench->folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        g_assert_cmpint (name[0], !=, '.');
}

static void
test_good (Bench *bench, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouAgencyList) again = tou_agency_list_new (bench->folder);
    g_autoptr (TouServiceProfile) profile = NULL;
    TouProfileKnown how = TOU_PROFILE_KNOWN_ID;

    g_assert_true (load (bench, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (count_profiles (bench), ==, 0);
    profile = add (bench, &how, &error);
    g_assert_no_error (error);
    g_assert_cmpint (how, ==, TOU_PROFILE_KNOWN_NOT);
    assert_first_is_kept (bench);
    assert_nothing_is_left_over (bench);
    g_assert_cmpint (tou_agency_list_find (bench->list, "example"), ==, 0);
    g_assert_cmpint (tou_agency_list_find (bench->list, "other"), ==, -1);

    g_assert_true (tou_agency_list_load (again, &error));
    g_assert_cmpuint (tou_agency_list_get_profiles (again)->len, ==, 1);
}

/* Would catch: a profile of before with a trust anchor of now. */
static void
test_replaced (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) first = add_well (bench);
    g_autoptr (TouServiceProfile) second = NULL;
    g_autoptr (GError) error = NULL;
    TouProfileKnown how = TOU_PROFILE_KNOWN_NOT;

    write_file (bench->source, "agency.touroku",
                "[Service]\nId=example\nName=Example\nBaseUrl=https://new.example/\n"
                "[Trust]\nTls=file\nTlsFile=certificates/tls.pem\n",
                -1);
    write_certificate (bench, "certificates/tls.pem", "tls-2");
    second = add (bench, &how, &error);
    g_assert_no_error (error);
    g_assert_cmpint (how, ==, TOU_PROFILE_KNOWN_ID);
    g_assert_cmpstr (tou_service_profile_get_base_url (second), ==, "https://new.example/");
    assert_certificate_says (second, TOU_PROFILE_USE_TLS, "tls-2");
    g_assert_null (tou_service_profile_get_certificates (second, TOU_PROFILE_USE_RECEIPTS));
    g_assert_cmpuint (count_profiles (bench), ==, 1);
    assert_nothing_is_left_over (bench);
}

/* Two services that give themselves the same name stay apart, on disk and for the eye. */
static void
test_same_name (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) first = add_well (bench);
    g_autoptr (TouServiceProfile) second = NULL;
    g_auto (GStrv) names = NULL;

    write_profile (bench, "another", "Example", "other.example");
    second = add_well (bench);
    names = tou_agency_list_dup_names (bench->list);
    g_assert_cmpuint (g_strv_length (names), ==, 2);
    g_assert_cmpstr (names[0], ==, "Example (https://other.example/)");
    g_assert_cmpstr (names[1], ==, "Example (https://bid.example/)");
}

static void
on_done (TouProfileOpening *opening, TouServiceProfile *profile, int how, guint *n_done)
{
    static const TouProfileKnown expected[] = { TOU_PROFILE_KNOWN_NOT, TOU_PROFILE_KNOWN_NOT,
                                                TOU_PROFILE_KNOWN_SAME };

    g_assert_cmpint (how, ==, (int) expected[*n_done]);
    ++*n_done;
}

/* Would catch: two files opened at once of which the list shows one. */
static void
test_two_at_once (Bench *bench, gconstpointer data)
{
    g_autoptr (GFile) file = g_file_new_for_path (bench->profile);
    g_autofree char *other_path = g_build_filename (bench->source, "other.touroku", NULL);
    g_autoptr (GFile) other = g_file_new_for_path (other_path);
    g_autoptr (TouProfileOpening) opening = tou_profile_opening_new (bench->list);
    guint n_done = 0;

    write_file (bench->source, "other.touroku", "[Service]\nId=o\nName=O\nBaseUrl=https://o.example/\n", -1);
    g_signal_connect (opening, "done", G_CALLBACK (on_done), &n_done);
    tou_profile_opening_add (opening, file);
    tou_profile_opening_add (opening, other);
    tou_profile_opening_add (opening, file);
    while (n_done < 3)
        g_main_context_iteration (NULL, TRUE);
    g_assert_cmpuint (count_profiles (bench), ==, 2);
}

static void
refuse (Bench *bench, TouProfileError code)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = add (bench, NULL, &error);

    g_assert_null (profile);
    g_assert_error (error, TOU_PROFILE_ERROR, (int) code);
    assert_first_is_kept (bench);
    assert_nothing_is_left_over (bench);
}

static void
write_large (Bench *bench, const char *name, gsize size)
{
    g_autofree char *text = g_strnfill (size, '#');

    memcpy (text, "#CERTIFICATE-----\n", 18);
    write_file (bench->source, name, text, (gssize) size);
}

/* Whatever is wrong with a profile of the same id, what is kept stays as it is, to the last file. */
static void
test_refused (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autofree char *receipt = g_build_filename (bench->source, "receipt.pem", NULL);

    write_certificate (bench, "certificates/tls.pem", "tls-2");
    write_certificate (bench, "receipt.pem", "receipt-2");

    write_file (bench->source, "agency.touroku", "no key file\n", -1);
    refuse (bench, TOU_PROFILE_ERROR_NOT_A_PROFILE);
    write_file (bench->source, "agency.touroku", "[Service]\nId=example\nName=Example\n", -1);
    refuse (bench, TOU_PROFILE_ERROR_MISSING);
    write_large (bench, "agency.touroku", TOU_PROFILE_MAX_BYTES + 1);
    refuse (bench, TOU_PROFILE_ERROR_TOO_LARGE);

    write_profile (bench, "example", "Example", "new.example");
    write_file (bench->source, "receipt.pem", "<html>Not found</html>\n", -1);
    refuse (bench, TOU_PROFILE_ERROR_INVALID);
    write_large (bench, "receipt.pem", TOU_PROFILE_MAX_FILE_BYTES + 1);
    refuse (bench, TOU_PROFILE_ERROR_TOO_LARGE);
    g_assert_cmpint (g_unlink (receipt), ==, 0);
    refuse (bench, TOU_PROFILE_ERROR_UNREADABLE);
}

/* Would catch: a program that waits for ever for someone to write into a pipe. */
static void
test_pipe (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autofree char *pipe = g_build_filename (bench->source, "pipe.touroku", NULL);

    g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
    g_free (bench->profile);
    bench->profile = g_steal_pointer (&pipe);
    refuse (bench, TOU_PROFILE_ERROR_UNREADABLE);
}

/* A URL without a path in the file system is an error that says so, not none. */
static void
test_not_local (Bench *bench, gconstpointer data)
{
    g_autoptr (GFile) file = g_file_new_for_uri ("https://agency.example/agency.touroku");
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    tou_agency_list_open_async (bench->list, file, async_wait_store, &result);
    async_wait (&result);
    g_assert_null (tou_agency_list_open_finish (bench->list, result, NULL, NULL, &error));
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_LOCAL);
}

/* One damaged profile among those that are kept is told, and does not hide the others. */
static void
test_damaged_among_kept (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autoptr (GError) error = NULL;

    write_file (bench->folder, "damaged/service.touroku", "[nonsense\n", -1);
    g_assert_false (load (bench, &error));
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_A_PROFILE);
    assert_first_is_kept (bench);
}

static void
test_folder_is_a_file (Bench *bench, gconstpointer data)
{
    g_autofree char *parent = g_path_get_dirname (bench->folder);
    g_autoptr (TouServiceProfile) profile = NULL;
    g_autoptr (GError) error = NULL;

    write_file (parent, "agencies", "", 0);
    g_assert_false (load (bench, &error));
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT);
    g_assert_cmpuint (count_profiles (bench), ==, 0);
    g_clear_error (&error);
    profile = add (bench, NULL, &error);
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT);
}

static void
test_folder_without_rights (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = NULL;
    g_autoptr (GError) error = NULL;

    if (geteuid () == 0) {
        g_test_skip ("root may read everything");
        return;
    }
    kept = add_well (bench);
    g_assert_cmpint (g_chmod (bench->folder, 0), ==, 0);
    g_assert_false (load (bench, &error));
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT);
}

/* Ended between the two renames of a file system without an exchange: the profile of before is back. Half a
 * copy is gone. */
static void
test_interrupted (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autofree char *path = g_build_filename (bench->folder, "example", NULL);
    g_autofree char *before = g_build_filename (bench->folder, ".before-example", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (g_rename (path, before), ==, 0);
    write_file (bench->folder, ".new-abcdef/service.touroku", "[Service]\nId=exa", -1);
    g_assert_true (load (bench, &error));
    g_assert_no_error (error);
    assert_first_is_kept (bench);
    assert_nothing_is_left_over (bench);
}

typedef struct {
    TouAgencyList *list;
    GString *log;
    gboolean answer;
} Asking;

static void
on_asked (TouProfileOpening *opening, TouServiceProfile *known, TouServiceProfile *opened, Asking *asking)
{
    g_string_append_printf (asking->log, "asks %s %s;", tou_service_profile_get_base_url (known),
                            tou_service_profile_get_base_url (opened));
    tou_profile_opening_answer (opening, asking->answer);
}

static void
on_taken (TouProfileOpening *opening, TouServiceProfile *profile, int how, Asking *asking)
{
    g_string_append_printf (asking->log, "done %s %d;", tou_service_profile_get_base_url (profile), how);
}

static void
on_failed (TouProfileOpening *opening, GError *error, Asking *asking)
{
    g_string_append_printf (asking->log, "failed %d;", error->code);
}

/* What is said and asked when the profile is opened, as from a mail or over the session bus. */
static char *
open_and_answer (Bench *bench, gboolean answer)
{
    g_autoptr (TouProfileOpening) opening = tou_profile_opening_new (bench->list);
    g_autoptr (GFile) file = g_file_new_for_path (bench->profile);
    Asking asking = { bench->list, g_string_new (NULL), answer };

    g_signal_connect (opening, "asks", G_CALLBACK (on_asked), &asking);
    g_signal_connect (opening, "done", G_CALLBACK (on_taken), &asking);
    g_signal_connect (opening, "failed", G_CALLBACK (on_failed), &asking);
    tou_profile_opening_add (opening, file);
    /* The opening holds itself while it works. */
    while (G_OBJECT (opening)->ref_count > 1)
        g_main_context_iteration (NULL, TRUE);
    return g_string_free (asking.log, FALSE);
}

/* Would catch: a forged profile of a known agency that takes its place because a file was opened. */
static void
test_asked (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autofree char *refused = NULL;
    g_autofree char *taken = NULL;
    g_autofree char *again = NULL;

    write_profile (bench, "example", "Example", "evil.example");
    refused = open_and_answer (bench, FALSE);
    g_assert_cmpstr (refused, ==, "asks https://bid.example/ https://evil.example/;");
    assert_first_is_kept (bench);
    taken = open_and_answer (bench, TRUE);
    g_assert_cmpstr (taken, ==,
                     "asks https://bid.example/ https://evil.example/;done https://evil.example/ 2;");
    again = open_and_answer (bench, FALSE);
    g_assert_cmpstr (again, ==, "done https://evil.example/ 1;");
}

/* Would catch: only the address being looked at. Each part of the trust counts. */
static void
test_asked_for_certificates (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autofree char *said = NULL;

    write_certificate (bench, "receipt.pem", "receipt-2");
    said = open_and_answer (bench, FALSE);
    g_assert_cmpstr (said, ==, "asks https://bid.example/ https://bid.example/;");
    assert_first_is_kept (bench);
}

/* Another agency that looks like one of the list: full-width letters and spaces do not tell them apart. */
static void
test_asked_for_name (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autofree char *refused = NULL;
    g_autofree char *taken = NULL;

    write_profile (bench, "evil", "Ｅｘａｍ ple", "evil.example");
    refused = open_and_answer (bench, FALSE);
    g_assert_cmpstr (refused, ==, "asks https://bid.example/ https://evil.example/;");
    assert_first_is_kept (bench);
    taken = open_and_answer (bench, TRUE);
    g_assert_cmpstr (taken, ==,
                     "asks https://bid.example/ https://evil.example/;done https://evil.example/ 3;");
    g_assert_cmpuint (count_profiles (bench), ==, 2);
}

/* What was shown is what is kept, though the file changes meanwhile; and what is replaced is what was shown.
 */
static void
test_changed_meanwhile (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) first = NULL;
    g_autoptr (TouServiceProfile) opened = NULL;
    g_autoptr (TouServiceProfile) known = NULL;
    g_autoptr (TouServiceProfile) kept = NULL;
    g_autoptr (TouServiceProfile) late = NULL;
    g_autoptr (GError) error = NULL;
    TouProfileKnown how;

    opened = open_profile (bench, &how, &known, &error);
    g_assert_no_error (error);
    write_profile (bench, "example", "Example", "evil.example");
    write_certificate (bench, "receipt.pem", "receipt-2");
    first = keep (bench, opened, NULL, &error);
    g_assert_no_error (error);
    assert_first_is_kept (bench);
    g_clear_pointer (&opened, tou_service_profile_unref);
    opened = open_profile (bench, &how, &known, &error);
    kept = keep (bench, opened, NULL, &error);
    g_assert_null (kept);
    g_assert_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT);
    assert_first_is_kept (bench);
    assert_nothing_is_left_over (bench);
}

/* As a mail program does it: one file in a folder of other things. */
static void
test_one_file (Bench *bench, gconstpointer data)
{
    g_autofree char *tls = make_pem ("tls-1");
    g_autofree char *receipt = make_pem ("receipt-1");
    g_autofree char *text = g_strconcat (
        "[Service]\nId=example\nName=Example\nBaseUrl=https://bid.example/\n[TlsCertificates]\n", tls,
        "[ReceiptCertificates]\n", receipt, NULL);
    g_autoptr (TouServiceProfile) profile = NULL;
    g_autofree char *certificates = g_build_filename (bench->source, "certificates", NULL);

    (void) tou_file_remove_tree (certificates, NULL);
    write_file (bench->source, "agency.touroku", text, -1);
    profile = add_well (bench);
    assert_first_is_kept (bench);
}

/* Kept by the version before: a folder with the files beside the profile. */
static void
test_kept_as_folder (Bench *bench, gconstpointer data)
{
    g_autofree char *kept = g_build_filename (bench->folder, "example", NULL);
    g_autofree char *profile = g_build_filename (kept, "service.touroku", NULL);
    g_autofree char *from = g_build_filename (bench->source, "agency.touroku", NULL);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (g_mkdir_with_parents (bench->folder, 0700), ==, 0);
    g_assert_cmpint (g_rename (bench->source, kept), ==, 0);
    g_free (g_steal_pointer (&from));
    from = g_build_filename (kept, "agency.touroku", NULL);
    g_assert_cmpint (g_rename (from, profile), ==, 0);
    g_assert_true (load (bench, &error));
    g_assert_no_error (error);
    assert_first_is_kept (bench);
}

static GStrv
lock_none (void)
{
    return g_new0 (char *, 1);
}

static GStrv
lock_example (void)
{
    return g_strsplit ("other;example", ";", -1);
}

static GStrv
lock_all (void)
{
    return g_strsplit ("*", ";", -1);
}

static void
share (Bench *bench, TouLockedReader read_locked)
{
    g_autofree char *first = g_build_filename (bench->root, "first", NULL);
    g_autofree char *second = g_build_filename (bench->root, "second", NULL);
    g_autofree char *missing = g_build_filename (bench->root, "missing", NULL);
    const char *const folders[] = { missing, first, second, NULL };

    write_file (first, "of-file.touroku",
                "[Service]\nId=example\nName=Shared\nBaseUrl=https://first.example/\n", -1);
    write_file (second, "of-file.touroku",
                "[Service]\nId=example\nName=Shared\nBaseUrl=https://second.example/\n", -1);
    write_file (second, "folder/of-folder.touroku", "[Service]\nId=b\nName=B\nBaseUrl=https://b.example/\n",
                -1);
    write_file (second, "README", "no profile", -1);
    tou_agency_list_share (bench->list, folders, read_locked);
}

static const char *
get_url (Bench *bench, const char *id)
{
    int index = tou_agency_list_find (bench->list, id);

    return index < 0
               ? NULL
               : tou_service_profile_get_base_url (tou_agency_list_get_profiles (bench->list)->pdata[index]);
}

static void
test_shared (Bench *bench, gconstpointer data)
{
    g_autoptr (TouServiceProfile) kept = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *said = NULL;

    share (bench, lock_none);
    g_assert_true (load (bench, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (count_profiles (bench), ==, 2);
    g_assert_cmpstr (get_url (bench, "example"), ==, "https://first.example/");
    g_assert_cmpstr (get_url (bench, "b"), ==, "https://b.example/");
    said = open_and_answer (bench, TRUE);
    g_assert_cmpstr (said, ==,
                     "asks https://first.example/ https://bid.example/;done https://bid.example/ 2;");
    g_assert_cmpstr (get_url (bench, "example"), ==, "https://bid.example/");
    g_assert_true (tou_agency_list_load (bench->list, &error));
    g_assert_cmpuint (count_profiles (bench), ==, 2);
    g_assert_cmpstr (get_url (bench, "example"), ==, "https://bid.example/");
}

/* A lock holds for a profile that the user opened before it, and for one that is opened after it. */
static void
assert_locked (Bench *bench, TouLockedReader read_locked)
{
    g_autoptr (TouServiceProfile) kept = add_well (bench);
    g_autofree char *said = NULL;

    share (bench, read_locked);
    g_assert_true (load (bench, NULL));
    g_assert_cmpuint (count_profiles (bench), ==, 2);
    g_assert_cmpstr (get_url (bench, "example"), ==, "https://first.example/");
    said = open_and_answer (bench, TRUE);
    g_assert_cmpint (atoi (said + strlen ("failed ")), ==, TOU_PROFILE_ERROR_LOCKED);
    g_assert_cmpstr (get_url (bench, "example"), ==, "https://first.example/");
    g_assert_true (tou_agency_list_load (bench->list, NULL));
    g_assert_cmpstr (get_url (bench, "example"), ==, "https://first.example/");
}

static void
test_locked (Bench *bench, gconstpointer data)
{
    assert_locked (bench, lock_example);
}

static void
test_all_locked (Bench *bench, gconstpointer data)
{
    assert_locked (bench, lock_all);
}

int
main (int argc, char **argv)
{
    setlocale (LC_ALL, "");
    g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add ("/agencies/" path, Bench, NULL, set_up, function, tear_down)
    TEST ("good", test_good);
    TEST ("replaced", test_replaced);
    TEST ("same-name", test_same_name);
    TEST ("two-at-once", test_two_at_once);
    TEST ("refused", test_refused);
    TEST ("asked", test_asked);
    TEST ("asked-for-certificates", test_asked_for_certificates);
    TEST ("asked-for-name", test_asked_for_name);
    TEST ("changed-meanwhile", test_changed_meanwhile);
    TEST ("one-file", test_one_file);
    TEST ("kept-as-folder", test_kept_as_folder);
    TEST ("shared", test_shared);
    TEST ("locked", test_locked);
    TEST ("all-locked", test_all_locked);
    TEST ("pipe", test_pipe);
    TEST ("not-local", test_not_local);
    TEST ("damaged-among-kept", test_damaged_among_kept);
    TEST ("folder-is-a-file", test_folder_is_a_file);
    TEST ("folder-without-rights", test_folder_without_rights);
    TEST ("interrupted", test_interrupted);
    return g_test_run ();
}
