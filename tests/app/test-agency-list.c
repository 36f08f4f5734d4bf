/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "tou-agency-list.h"
#include "tou-file.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CERTIFICATE "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"

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

static void
write_certificate (Bench *bench, const char *name, const char *word)
{
    g_autofree char *text = g_strdup_printf (CERTIFICATE, word);

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
add (Bench *bench, gboolean *out_replaced, GError **error)
{
    g_autoptr (GFile) file = g_file_new_for_path (bench->profile);
    g_autoptr (GAsyncResult) result = NULL;

    tou_agency_list_add_async (bench->list, file, async_wait_store, &result);
    async_wait (&result);
    return tou_agency_list_add_finish (bench->list, result, out_replaced, error);
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
assert_file_says (const char *path, const char *word)
{
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;

    g_file_get_contents (path, &text, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (strstr (text, word));
}

/* What is kept under the id "example" is the first version, whole. */
static void
assert_first_is_kept (Bench *bench)
{
    const TouServiceProfile *profile;

    g_assert_cmpuint (count_profiles (bench), ==, 1);
    profile = tou_agency_list_get_profiles (bench->list)->pdata[0];
    g_assert_cmpstr (tou_service_profile_get_base_url (profile), ==, "https://bid.example/");
    assert_file_says (tou_service_profile_get_tls_file (profile), "tls-1");
    assert_file_says (tou_service_profile_get_receipt_file (profile), "receipt-1");
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
    gboolean replaced = TRUE;

    g_assert_true (load (bench, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (count_profiles (bench), ==, 0);
    profile = add (bench, &replaced, &error);
    g_assert_no_error (error);
    g_assert_false (replaced);
    g_assert_true (g_str_has_prefix (tou_service_profile_get_tls_file (profile), bench->folder));
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
    g_autofree char *old_receipt = g_strdup (tou_service_profile_get_receipt_file (first));
    gboolean replaced = FALSE;

    write_file (bench->source, "agency.touroku",
                "[Service]\nId=example\nName=Example\nBaseUrl=https://new.example/\n"
                "[Trust]\nTls=file\nTlsFile=certificates/tls.pem\n",
                -1);
    write_certificate (bench, "certificates/tls.pem", "tls-2");
    second = add (bench, &replaced, &error);
    g_assert_no_error (error);
    g_assert_true (replaced);
    g_assert_cmpstr (tou_service_profile_get_base_url (second), ==, "https://new.example/");
    assert_file_says (tou_service_profile_get_tls_file (second), "tls-2");
    g_assert_false (g_file_test (old_receipt, G_FILE_TEST_EXISTS));
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

/* Would catch: two files opened at once of which the list shows one. */
static void
test_two_at_once (Bench *bench, gconstpointer data)
{
    g_autoptr (GFile) file = g_file_new_for_path (bench->profile);
    g_autofree char *other_path = g_build_filename (bench->source, "other.touroku", NULL);
    g_autoptr (GFile) other = g_file_new_for_path (other_path);
    g_autoptr (GAsyncResult) first = NULL;
    g_autoptr (GAsyncResult) second = NULL;
    g_autoptr (GError) error = NULL;

    write_file (bench->source, "other.touroku", "[Service]\nId=o\nName=O\nBaseUrl=https://o.example/\n", -1);
    tou_agency_list_add_async (bench->list, file, async_wait_store, &first);
    tou_agency_list_add_async (bench->list, other, async_wait_store, &second);
    async_wait (&second);
    g_assert_nonnull (first);
    g_assert_cmpuint (count_profiles (bench), ==, 2);
    tou_service_profile_unref (tou_agency_list_add_finish (bench->list, first, NULL, &error));
    tou_service_profile_unref (tou_agency_list_add_finish (bench->list, second, NULL, &error));
    g_assert_no_error (error);
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

    tou_agency_list_add_async (bench->list, file, async_wait_store, &result);
    async_wait (&result);
    g_assert_null (tou_agency_list_add_finish (bench->list, result, NULL, &error));
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
    TEST ("pipe", test_pipe);
    TEST ("not-local", test_not_local);
    TEST ("damaged-among-kept", test_damaged_among_kept);
    TEST ("folder-is-a-file", test_folder_is_a_file);
    TEST ("folder-without-rights", test_folder_without_rights);
    TEST ("interrupted", test_interrupted);
    return g_test_run ();
}
