/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "practice-fixture.h"
#include "tou-practice-cards.h"
#include "tou-practice-cast.h"
#include "tou-practice-control.h"
#include "tou-practice-folder.h"
#include "tou-practice-pem.h"
#include "tou-practice-sql.h"
#include "tou-softhsm.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct {
    char *place;
    char *folder;
} Fixture;

static void
set_up_empty (Fixture *fixture, gconstpointer data)
{
    fixture->place = practice_fixture_make_place ();
    fixture->folder = g_build_filename (fixture->place, "deeper", "practice", NULL);
}

static void
set_up_copy (Fixture *fixture, gconstpointer data)
{
    fixture->place = practice_fixture_make_place ();
    fixture->folder = practice_fixture_copy_master (fixture->place);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    practice_fixture_remove (fixture->place);
    g_free (fixture->folder);
    g_free (fixture->place);
}

static void
assert_prepares (const char *path, gboolean make_anew)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeFolder) folder = tou_practice_folder_prepare (path, make_anew, g_get_real_time (),
                                                                        &error);

    g_assert_no_error (error);
    g_assert_cmpstr (tou_practice_folder_get_path (folder), ==, path);
}

static void
assert_fails_as (const char *path, gboolean make_anew, TouPracticeError code)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeFolder) folder = tou_practice_folder_prepare (path, make_anew, g_get_real_time (),
                                                                        &error);

    g_assert_error (error, TOU_PRACTICE_ERROR, (int) code);
    g_assert_null (folder);
}

static void
assert_fails (const char *path, TouPracticeError code)
{
    assert_fails_as (path, FALSE, code);
}

static gboolean
has_file (Fixture *fixture, const char *name)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, name);

    return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, name);

    g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_file (Fixture *fixture, const char *name)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, name);

    practice_fixture_remove (path);
}

static char *
hash_file (Fixture *fixture, const char *name)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, name);
    g_autofree char *text = NULL;
    gsize size;

    g_assert_true (g_file_get_contents (path, &text, &size, NULL));
    return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, size);
}

/* Where a folder is made before it is put into its place. */
static char *
dup_work_path (Fixture *fixture)
{
    g_autofree char *parent = g_path_get_dirname (fixture->folder);

    return g_build_filename (parent, ".practice.touroku-making", NULL);
}

static void
test_makes (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeCards) cards = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *work = dup_work_path (fixture);
    GStatBuf info;
    guint n;

    assert_prepares (fixture->folder, FALSE);
    cards = tou_practice_cards_load (fixture->folder, &error);
    g_assert_no_error (error);
    (void) tou_practice_cast_get_cards (&n);
    g_assert_cmpuint (cards->cards->len, ==, n);
    g_assert_cmpstr (tou_practice_cards_find_reader (cards, TOU_PRACTICE_READER_1)->card_id, ==,
                     "sakuragawa");
    g_assert_false (g_file_test (work, G_FILE_TEST_EXISTS));
    g_assert_cmpint (g_stat (fixture->folder, &info), ==, 0);
    g_assert_cmpuint (info.st_mode & 0777, ==, 0700);
}

/* A second start has to find what the first one made, not to make it again. */
static void
test_keeps (Fixture *fixture, gconstpointer data)
{
    g_autofree char *before = hash_file (fixture, TOU_PRACTICE_FILE_AUTHORITY);
    g_autofree char *tls_before = hash_file (fixture, TOU_PRACTICE_FILE_TLS_CERTIFICATE);
    g_autofree char *after = NULL;
    g_autofree char *tls_after = NULL;

    assert_prepares (fixture->folder, FALSE);
    after = hash_file (fixture, TOU_PRACTICE_FILE_AUTHORITY);
    tls_after = hash_file (fixture, TOU_PRACTICE_FILE_TLS_CERTIFICATE);
    g_assert_cmpstr (before, ==, after);
    g_assert_cmpstr (tls_before, ==, tls_after);
}

static void
test_uses_an_empty_folder (Fixture *fixture, gconstpointer data)
{
    g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
    assert_prepares (fixture->folder, FALSE);
    g_assert_true (has_file (fixture, TOU_PRACTICE_FILE_MARKER));
}

/* What is missing or spoilt is said and left as it is: it may hold someone's work. */
static void
test_says_damage (Fixture *fixture, gconstpointer data)
{
    const char *const needed[] = { TOU_PRACTICE_FILE_MARKER,      TOU_PRACTICE_FILE_DATABASE,
                                   TOU_PRACTICE_FILE_SOFTHSM,     TOU_PRACTICE_FILE_TOKENS,
                                   TOU_PRACTICE_FILE_AUTHORITY,   "ca/ca.key",
                                   TOU_PRACTICE_FILE_CRL,         TOU_PRACTICE_FILE_TLS_CERTIFICATE,
                                   TOU_PRACTICE_FILE_RECEIPT_KEY, "cards.ini" };

    for (guint i = 0; i < G_N_ELEMENTS (needed); i++) {
        remove_file (fixture, needed[i]);
        assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FOLDER_DAMAGED);
        g_assert_false (has_file (fixture, needed[i]));
        practice_fixture_remove (fixture->folder);
        g_free (fixture->folder);
        fixture->folder = practice_fixture_copy_master (fixture->place);
    }
}

static void
test_says_spoilt (Fixture *fixture, gconstpointer data)
{
    const struct {
        const char *name;
        const char *text;
    } spoilt[] = { { TOU_PRACTICE_FILE_MARKER, "[Practice]\nFormat=999\n" },
                   { TOU_PRACTICE_FILE_MARKER, "" },
                   { TOU_PRACTICE_FILE_DATABASE, "not a database at all, but long enough to look" },
                   { TOU_PRACTICE_FILE_RECEIPT_KEY, "-----BEGIN PRIVATE KEY-----\n" },
                   { TOU_PRACTICE_FILE_AUTHORITY, "" },
                   { "cards.ini", "[Reader 1]\n" } };

    for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++) {
        write_file (fixture, spoilt[i].name, spoilt[i].text);
        assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FOLDER_DAMAGED);
        practice_fixture_remove (fixture->folder);
        g_free (fixture->folder);
        fixture->folder = practice_fixture_copy_master (fixture->place);
    }
}

static void
test_makes_anew (Fixture *fixture, gconstpointer data)
{
    g_autofree char *before = hash_file (fixture, TOU_PRACTICE_FILE_AUTHORITY);
    g_autofree char *after = NULL;
    g_autofree char *work = dup_work_path (fixture);

    remove_file (fixture, TOU_PRACTICE_FILE_MARKER);
    assert_prepares (fixture->folder, TRUE);
    after = hash_file (fixture, TOU_PRACTICE_FILE_AUTHORITY);
    g_assert_cmpstr (before, !=, after);
    g_assert_false (g_file_test (work, G_FILE_TEST_EXISTS));
    assert_prepares (fixture->folder, FALSE);
}

static char *
make_photo (Fixture *fixture)
{
    char *photo = g_build_filename (fixture->place, "photos", "photo.jpg", NULL);
    g_autofree char *photos = g_path_get_dirname (photo);

    g_assert_cmpint (g_mkdir (photos, 0700), ==, 0);
    g_assert_true (g_file_set_contents (photo, "photo", -1, NULL));
    return photo;
}

static void
link_in_place (Fixture *fixture, const char *target)
{
    g_assert_cmpint (symlink (target, fixture->folder), ==, 0);
}

/* Would catch: photos that are deleted because a link to them is in the practice folder, or because the
 * practice folder is a link. */
static void
test_follows_no_links (Fixture *fixture, gconstpointer data)
{
    g_autofree char *photo = make_photo (fixture);
    g_autofree char *photos = g_path_get_dirname (photo);
    g_autofree char *elsewhere = g_build_filename (fixture->place, "elsewhere", NULL);
    g_autofree char *there = g_build_filename (elsewhere, TOU_PRACTICE_FILE_AUTHORITY, NULL);
    g_autofree char *inside = g_build_filename (fixture->folder, TOU_PRACTICE_FILE_TOKENS, "link", NULL);

    g_assert_cmpint (g_rename (fixture->folder, elsewhere), ==, 0);
    link_in_place (fixture, elsewhere);
    assert_prepares (fixture->folder, FALSE);
    assert_prepares (fixture->folder, TRUE);
    g_assert_true (g_file_test (there, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_IS_SYMLINK));

    g_assert_cmpint (symlink (photos, inside), ==, 0);
    assert_prepares (fixture->folder, TRUE);
    g_assert_true (g_file_test (photo, G_FILE_TEST_EXISTS));
    g_assert_false (g_file_test (inside, G_FILE_TEST_IS_SYMLINK));
}

static void
assert_is_foreign (const char *path)
{
    assert_fails_as (path, FALSE, TOU_PRACTICE_ERROR_FOLDER_FOREIGN);
    assert_fails_as (path, TRUE, TOU_PRACTICE_ERROR_FOLDER_FOREIGN);
}

/* Would catch: someone's documents thrown away because they are where practice was told to be, also by the
 * button that only a damaged practice folder has. */
static void
test_leaves_others_things (Fixture *fixture, gconstpointer data)
{
    g_autofree char *photo = make_photo (fixture);
    g_autofree char *photos = g_path_get_dirname (photo);
    g_autofree char *softhsm = g_build_filename (photos, TOU_PRACTICE_FILE_SOFTHSM, NULL);
    g_autofree char *tokens = g_build_filename (photos, TOU_PRACTICE_FILE_TOKENS, NULL);

    assert_is_foreign (photo);
    assert_is_foreign (photos);
    g_free (fixture->folder);
    fixture->folder = g_build_filename (fixture->place, "practice", NULL);
    link_in_place (fixture, photos);
    assert_is_foreign (fixture->folder);
    g_assert_cmpint (g_mkdir (tokens, 0700), ==, 0);
    g_assert_true (g_file_set_contents (softhsm, "", 0, NULL));
    assert_is_foreign (photos);
    g_assert_true (g_file_test (photo, G_FILE_TEST_EXISTS));
    g_assert_true (g_file_test (fixture->folder, G_FILE_TEST_IS_SYMLINK));
}

/* Would catch: a neighbour's folder swept away with what a killed start left. */
static void
test_leaves_neighbours (Fixture *fixture, gconstpointer data)
{
    static const char *const neighbours[] = { "practice.new", "practice.old", ".practice.touroku-making" };

    for (guint i = 0; i < G_N_ELEMENTS (neighbours); i++) {
        g_autofree char *parent = g_path_get_dirname (fixture->folder);
        g_autofree char *path = g_build_filename (parent, neighbours[i], NULL);
        g_autofree char *file = g_build_filename (path, "notes.txt", NULL);

        g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
        g_assert_true (g_file_set_contents (file, "notes", -1, NULL));
    }
    assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FOLDER_FOREIGN);
    for (guint i = 0; i < G_N_ELEMENTS (neighbours); i++) {
        g_autofree char *parent = g_path_get_dirname (fixture->folder);
        g_autofree char *file = g_build_filename (parent, neighbours[i], "notes.txt", NULL);

        g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
    }
}

/* The folder's owner as the kernel sees it; root may do everything, so it becomes someone else. */
static void
forbid (Fixture *fixture)
{
    g_assert_cmpint (g_chmod (fixture->folder, 0), ==, 0);
    g_assert_cmpint (g_chmod (fixture->place, 0777), ==, 0);
    if (geteuid () == 0)
        g_assert_cmpint (seteuid (65534), ==, 0);
}

static void
allow (Fixture *fixture)
{
    g_assert_cmpint (seteuid (getuid ()), ==, 0);
    g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

/* Would catch: someone's applications thrown away because the folder could not be read for a moment. */
static void
test_says_unreadable (Fixture *fixture, gconstpointer data)
{
    forbid (fixture);
    assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE);
    allow (fixture);
    assert_prepares (fixture->folder, FALSE);
}

/* The lock gets the last file that may be open. */
static void
test_says_too_many_files (Fixture *fixture, gconstpointer data)
{
    struct rlimit before, tight;
    int next = dup (0);

    g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
    tight = before;
    tight.rlim_cur = (rlim_t) next + 1;
    close (next);
    g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &tight), ==, 0);
    assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FAILED);
    g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
    assert_prepares (fixture->folder, FALSE);
}

static sqlite3 *
open_database (Fixture *fixture)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_DATABASE);
    g_autoptr (GError) error = NULL;
    sqlite3 *db = tou_sql_open (path, SQLITE_OPEN_READWRITE, &error);

    g_assert_no_error (error);
    return db;
}

static void
execute (sqlite3 *db, const char *sql)
{
    g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* Someone looks into the database with another program. */
static void
test_says_busy (Fixture *fixture, gconstpointer data)
{
    g_autoptr (sqlite3) db = open_database (fixture);

    execute (db, "BEGIN EXCLUSIVE");
    assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FAILED);
    execute (db, "ROLLBACK");
    assert_prepares (fixture->folder, FALSE);
}

/* As this program made it before the company was kept as it was registered. */
static void
make_older (Fixture *fixture)
{
    static const char *const columns[] = { "company_name",
                                           "company_postal_code",
                                           "company_address",
                                           "company_representative_name",
                                           "company_representative_title",
                                           "company_phone",
                                           "company_fax" };
    g_autoptr (sqlite3) db = open_database (fixture);

    for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
        g_autofree char *sql = g_strconcat ("ALTER TABLE registrations DROP COLUMN ", columns[i], NULL);

        execute (db, sql);
    }
    execute (db, "PRAGMA user_version = 1");
}

/* Would catch: an older folder called damaged because the disk did not take its new version. */
static void
test_says_not_upgraded (Fixture *fixture, gconstpointer data)
{
    struct rlimit before, tight;

    make_older (fixture);
    signal (SIGXFSZ, SIG_IGN);
    g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
    tight = before;
    tight.rlim_cur = 0;
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
    assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FAILED);
    g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
    assert_prepares (fixture->folder, FALSE);
}

static void
assert_sql_fails (sqlite3 *db, const char *sql, GIOErrorEnum code)
{
    g_autoptr (GError) error = NULL;

    g_assert_false (tou_sql_execute (db, sql, &error));
    g_assert_error (error, G_IO_ERROR, (int) code);
}

/* What a full disk and one that may not be written to are known by. */
static void
test_tells_sql_errors (Fixture *fixture, gconstpointer data)
{
    g_autoptr (sqlite3) db = open_database (fixture);

    execute (db, "PRAGMA max_page_count = 1");
    assert_sql_fails (db, "CREATE TABLE more (text)", G_IO_ERROR_NO_SPACE);
    execute (db, "PRAGMA query_only = 1");
    assert_sql_fails (db, "DELETE FROM nonces", G_IO_ERROR_READ_ONLY);
    assert_sql_fails (db, "DELETE FROM nothing", G_IO_ERROR_FAILED);
}

static void
test_says_in_use (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    TouPracticeFolder *held = tou_practice_folder_prepare (fixture->folder, FALSE, g_get_real_time (),
                                                           &error);

    g_assert_no_error (error);
    assert_fails (fixture->folder, TOU_PRACTICE_ERROR_FOLDER_IN_USE);
    tou_practice_folder_close (held);
    assert_prepares (fixture->folder, FALSE);
}

static void
test_says_unwritable (Fixture *fixture, gconstpointer data)
{
    g_autofree char *file = g_build_filename (fixture->place, "file", NULL);
    g_autofree char *below = g_build_filename (file, "practice", NULL);

    g_assert_true (g_file_set_contents (file, "", 0, NULL));
    assert_fails (below, TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE);
}

static void
test_survives_what_a_killed_start_left (Fixture *fixture, gconstpointer data)
{
    g_autofree char *work = dup_work_path (fixture);
    g_autofree char *left = g_build_filename (work, "new", "ca", NULL);
    g_autofree char *file = g_build_filename (left, "ca.key", NULL);

    g_assert_cmpint (g_mkdir_with_parents (left, 0700), ==, 0);
    g_assert_true (g_file_set_contents (file, "half", -1, NULL));
    assert_prepares (fixture->folder, FALSE);
    g_assert_false (g_file_test (work, G_FILE_TEST_EXISTS));
}

/* The service must not stop to be reachable because someone practises once a year. */
static void
test_renews_tls (Fixture *fixture, gconstpointer data)
{
    const gint64 later_us = g_get_real_time () + G_GINT64_CONSTANT (350) * 86400 * G_USEC_PER_SEC;
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_TLS_CERTIFICATE);
    g_autofree char *authority_before = hash_file (fixture, TOU_PRACTICE_FILE_AUTHORITY);
    g_autofree char *authority_after = NULL;
    g_autoptr (TouPracticeFolder) folder = NULL;
    g_autoptr (X509) certificate = NULL;
    g_autoptr (GError) error = NULL;
    time_t limit = (time_t) (later_us / G_USEC_PER_SEC) + 300 * 86400;

    folder = tou_practice_folder_prepare (fixture->folder, FALSE, later_us, &error);
    g_assert_no_error (error);
    certificate = tou_practice_pem_load_certificate (path, &error);
    g_assert_no_error (error);
    g_assert_cmpint (X509_cmp_time (X509_get0_notAfter (certificate), &limit), >, 0);
    authority_after = hash_file (fixture, TOU_PRACTICE_FILE_AUTHORITY);
    g_assert_cmpstr (authority_before, ==, authority_after);
}

static guint
count_objects (CK_FUNCTION_LIST *calls, CK_SESSION_HANDLE session, CK_OBJECT_CLASS class)
{
    CK_ATTRIBUTE wanted = { CKA_CLASS, &class, sizeof class };
    CK_OBJECT_HANDLE objects[8];
    CK_ULONG n = 0;

    g_assert_cmpuint (calls->C_FindObjectsInit (session, &wanted, 1), ==, CKR_OK);
    g_assert_cmpuint (calls->C_FindObjects (session, objects, G_N_ELEMENTS (objects), &n), ==, CKR_OK);
    g_assert_cmpuint (calls->C_FindObjectsFinal (session), ==, CKR_OK);
    return (guint) n;
}

static void
check_token (CK_FUNCTION_LIST *calls, CK_SLOT_ID slot)
{
    CK_SESSION_HANDLE session;

    g_assert_cmpuint (calls->C_OpenSession (slot, CKF_SERIAL_SESSION, NULL, NULL, &session), ==, CKR_OK);
    g_assert_cmpuint (count_objects (calls, session, CKO_CERTIFICATE), ==, 2);
    g_assert_cmpuint (count_objects (calls, session, CKO_PRIVATE_KEY), ==, 0);
    g_assert_cmpuint (calls->C_Login (session, CKU_USER, (CK_UTF8CHAR *) "000000", 6), ==, CKR_PIN_INCORRECT);
    g_assert_cmpuint (
        calls->C_Login (session, CKU_USER, (CK_UTF8CHAR *) TOU_PRACTICE_PIN, strlen (TOU_PRACTICE_PIN)), ==,
        CKR_OK);
    g_assert_cmpuint (count_objects (calls, session, CKO_PRIVATE_KEY), ==, 1);
    g_assert_cmpuint (calls->C_CloseSession (session), ==, CKR_OK);
}

/* The tokens are where the moved folder says, open with the practice PIN and hide the key before. */
static void
test_tokens_open (Fixture *fixture, gconstpointer data)
{
    g_autofree char *configuration = tou_practice_folder_dup_file (fixture->folder,
                                                                   TOU_PRACTICE_FILE_SOFTHSM);
    g_autoptr (GError) error = NULL;
    CK_FUNCTION_LIST *calls = tou_softhsm_load (&error);
    CK_SLOT_ID slots[32];
    CK_ULONG n_slots = G_N_ELEMENTS (slots);
    guint n_cards, n_tokens = 0;

    g_assert_no_error (error);
    assert_prepares (fixture->folder, FALSE);
    g_setenv ("SOFTHSM2_CONF", configuration, TRUE);
    g_assert_cmpuint (calls->C_Initialize (NULL), ==, CKR_OK);
    g_assert_cmpuint (calls->C_GetSlotList (CK_TRUE, slots, &n_slots), ==, CKR_OK);
    for (CK_ULONG i = 0; i < n_slots; i++) {
        CK_TOKEN_INFO info;

        g_assert_cmpuint (calls->C_GetTokenInfo (slots[i], &info), ==, CKR_OK);
        if ((info.flags & CKF_TOKEN_INITIALIZED) == 0)
            continue;
        check_token (calls, slots[i]);
        n_tokens++;
    }
    g_assert_cmpuint (calls->C_Finalize (NULL), ==, CKR_OK);
    (void) tou_practice_cast_get_cards (&n_cards);
    g_assert_cmpuint (n_tokens, ==, n_cards);
}

static void
test_says_no_softhsm (Fixture *fixture, gconstpointer data)
{
    g_autofree char *before = g_strdup (g_getenv ("TOUROKU_SOFTHSM"));

    g_setenv ("TOUROKU_SOFTHSM", "/nowhere/libsofthsm2.so", TRUE);
    assert_fails (fixture->folder, TOU_PRACTICE_ERROR_NO_SOFTHSM);
    g_assert_false (g_file_test (fixture->folder, G_FILE_TEST_EXISTS));
    if (before != NULL)
        g_setenv ("TOUROKU_SOFTHSM", before, TRUE);
    else
        g_unsetenv ("TOUROKU_SOFTHSM");
}

#define ADD(name, set_up, test) g_test_add ("/practice/folder/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    ADD ("makes", set_up_empty, test_makes);
    ADD ("empty", set_up_empty, test_uses_an_empty_folder);
    ADD ("killed", set_up_empty, test_survives_what_a_killed_start_left);
    ADD ("no-softhsm", set_up_empty, test_says_no_softhsm);
    ADD ("unwritable", set_up_empty, test_says_unwritable);
    ADD ("others-things", set_up_empty, test_leaves_others_things);
    ADD ("neighbours", set_up_empty, test_leaves_neighbours);
    ADD ("links", set_up_copy, test_follows_no_links);
    ADD ("unreadable", set_up_copy, test_says_unreadable);
    ADD ("too-many-files", set_up_copy, test_says_too_many_files);
    ADD ("busy", set_up_copy, test_says_busy);
    ADD ("not-upgraded", set_up_copy, test_says_not_upgraded);
    ADD ("sql-errors", set_up_copy, test_tells_sql_errors);
    ADD ("keeps", set_up_copy, test_keeps);
    ADD ("damage", set_up_copy, test_says_damage);
    ADD ("spoilt", set_up_copy, test_says_spoilt);
    ADD ("anew", set_up_copy, test_makes_anew);
    ADD ("in-use", set_up_copy, test_says_in_use);
    ADD ("tls", set_up_copy, test_renews_tls);
    ADD ("tokens", set_up_copy, test_tokens_open);
    return practice_fixture_end (g_test_run ());
}
