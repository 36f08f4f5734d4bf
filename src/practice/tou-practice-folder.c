/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-folder.h"

#include "tou-practice-ca.h"
#include "tou-practice-cards.h"
#include "tou-practice-control.h"
#include "tou-practice-database.h"
#include "tou-practice-making.h"
#include "tou-practice-pem.h"
#include "tou-practice-tokens.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#define TLS_RENEW_US (G_GINT64_CONSTANT (30) * 24 * 3600 * G_USEC_PER_SEC)

struct _TouPracticeFolder {
    char *path;
    int lock;
};

char *
tou_practice_folder_dup_file (const char *path, const char *name)
{
    return g_build_filename (path, name, NULL);
}

const char *
tou_practice_folder_get_path (TouPracticeFolder *self)
{
    return self->path;
}

/* Removes @path and what is in it, without following links; what is not there is removed already. */
static gboolean
remove_tree (GFile *file, GError **error)
{
    g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
        file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
    g_autoptr (GError) problem = NULL;

    while (children != NULL) {
        GFile *child;

        if (!g_file_enumerator_iterate (children, NULL, &child, NULL, error))
            return FALSE;
        if (child == NULL)
            break;
        if (!remove_tree (child, error))
            return FALSE;
    }
    if (g_file_delete (file, NULL, &problem) || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
}

static gboolean
remove_path (const char *path, GError **error)
{
    g_autoptr (GFile) file = g_file_new_for_path (path);

    return remove_tree (file, error);
}

static gboolean
rename_path (const char *from, const char *to, GError **error)
{
    int saved;

    if (g_rename (from, to) == 0)
        return TRUE;
    saved = errno;
    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (saved), "%s: %s", to, g_strerror (saved));
    return FALSE;
}

/* The failures that the person can mend by choosing another place or making room. */
static gboolean
is_about_writing (const GError *error)
{
    static const int io[] = { G_IO_ERROR_PERMISSION_DENIED, G_IO_ERROR_READ_ONLY, G_IO_ERROR_NO_SPACE,
                              G_IO_ERROR_NOT_DIRECTORY, G_IO_ERROR_FILENAME_TOO_LONG };
    static const int file[] = { G_FILE_ERROR_ACCES, G_FILE_ERROR_PERM,   G_FILE_ERROR_ROFS,
                                G_FILE_ERROR_NOSPC, G_FILE_ERROR_NOTDIR, G_FILE_ERROR_NAMETOOLONG };

    for (guint i = 0; i < G_N_ELEMENTS (io); i++)
        if (g_error_matches (error, G_IO_ERROR, io[i]))
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS (file); i++)
        if (g_error_matches (error, G_FILE_ERROR, file[i]))
            return TRUE;
    return FALSE;
}

/* @problem: (transfer full): of any domain; @error: of TOU_PRACTICE_ERROR. */
static gboolean
fail_making (GError *problem, GError **error)
{
    if (problem->domain == TOU_PRACTICE_ERROR) {
        g_propagate_error (error, problem);
        return FALSE;
    }
    g_set_error_literal (error, TOU_PRACTICE_ERROR,
                         is_about_writing (problem) ? TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE
                                                    : TOU_PRACTICE_ERROR_FAILED,
                         problem->message);
    g_error_free (problem);
    return FALSE;
}

static gboolean
fail_errno (TouPracticeError code, const char *path, GError **error)
{
    int saved = errno;

    g_set_error (error, TOU_PRACTICE_ERROR, (int) code, "%s: %s", path, g_strerror (saved));
    return FALSE;
}

static gboolean
lock_beside (TouPracticeFolder *self, GError **error)
{
    g_autofree char *parent = g_path_get_dirname (self->path);
    g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

    if (g_mkdir_with_parents (parent, 0700) != 0)
        return fail_errno (TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE, parent, error);
    self->lock = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (self->lock < 0)
        return fail_errno (TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE, lock, error);
    if (flock (self->lock, LOCK_EX | LOCK_NB) != 0)
        return fail_errno (
            errno == EWOULDBLOCK ? TOU_PRACTICE_ERROR_FOLDER_IN_USE : TOU_PRACTICE_ERROR_FAILED, lock, error);
    return TRUE;
}

/* What an earlier start left that was killed; it was never in place, or not any more. */
static gboolean
sweep (const char *made, const char *old, GError **error)
{
    return remove_path (made, error) && remove_path (old, error);
}

static gboolean
make_folder (TouPracticeFolder *self, gboolean has_old, gint64 now_us, GError **error)
{
    g_autofree char *made = g_strconcat (self->path, ".new", NULL);
    g_autofree char *old = g_strconcat (self->path, ".old", NULL);
    g_autoptr (GError) problem = NULL;

    if (sweep (made, old, &problem) && tou_practice_making_fill (made, self->path, now_us, &problem)
        && (!has_old || rename_path (self->path, old, &problem)) && rename_path (made, self->path, &problem)
        && remove_path (old, &problem))
        return TRUE;
    return fail_making (g_steal_pointer (&problem), error);
}

static gboolean
has_format (const char *path, GError **error)
{
    g_autofree char *marker = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_MARKER);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    int format;

    if (!g_key_file_load_from_file (file, marker, G_KEY_FILE_NONE, error))
        return FALSE;
    format = g_key_file_get_integer (file, "Practice", "Format", NULL);
    if (format == TOU_PRACTICE_MAKING_FORMAT)
        return TRUE;
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is of format %d", marker, format);
    return FALSE;
}

/* One folder a token; SoftHSM names them itself. */
static gboolean
has_tokens (const char *path, guint n_expected, GError **error)
{
    g_autofree char *tokens = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_TOKENS);
    g_autoptr (GDir) folder = g_dir_open (tokens, 0, error);
    const char *name;
    guint n = 0;

    if (folder == NULL)
        return FALSE;
    while ((name = g_dir_read_name (folder)) != NULL) {
        g_autofree char *object = g_build_filename (tokens, name, "token.object", NULL);

        n += g_file_test (object, G_FILE_TEST_IS_REGULAR) ? 1 : 0;
    }
    if (n == n_expected)
        return TRUE;
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%u of %u tokens are there", n, n_expected);
    return FALSE;
}

static gboolean
has_proofs (const char *path, GError **error)
{
    static const char *const certificates[] = { TOU_PRACTICE_FILE_TLS_CERTIFICATE,
                                                TOU_PRACTICE_FILE_RECEIPT_CERTIFICATE };
    static const char *const keys[] = { TOU_PRACTICE_FILE_TLS_KEY, TOU_PRACTICE_FILE_RECEIPT_KEY };

    for (guint i = 0; i < G_N_ELEMENTS (certificates); i++) {
        g_autofree char *certificate_path = tou_practice_folder_dup_file (path, certificates[i]);
        g_autofree char *key_path = tou_practice_folder_dup_file (path, keys[i]);
        g_autoptr (X509) certificate = tou_practice_pem_load_certificate (certificate_path, error);
        g_autoptr (EVP_PKEY) key = certificate != NULL ? tou_practice_pem_load_key (key_path, error) : NULL;

        if (key == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean
has_files (const char *path, GError **error)
{
    static const char *const names[] = { TOU_PRACTICE_FILE_SOFTHSM, TOU_PRACTICE_FILE_CRL };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *file = tou_practice_folder_dup_file (path, names[i]);

        if (!g_file_test (file, G_FILE_TEST_IS_REGULAR)) {
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s is missing", file);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
has_database (const char *path, GError **error)
{
    g_autofree char *file = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_DATABASE);
    g_autoptr (sqlite3) db = tou_practice_database_open (file, error);

    return db != NULL;
}

static gboolean
is_whole (const char *path, GError **error)
{
    g_autoptr (TouPracticeCards) cards = NULL;

    if (!has_format (path, error) || !has_files (path, error) || !has_proofs (path, error)
        || !has_database (path, error))
        return FALSE;
    cards = tou_practice_cards_load (path, error);
    return cards != NULL && has_tokens (path, cards->cards->len, error);
}

static gboolean
ends_soon (const char *path, gint64 now_us)
{
    g_autofree char *file = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_TLS_CERTIFICATE);
    g_autoptr (X509) certificate = tou_practice_pem_load_certificate (file, NULL);
    time_t limit = (time_t) ((now_us + TLS_RENEW_US) / G_USEC_PER_SEC);

    return certificate == NULL || X509_cmp_time (X509_get0_notAfter (certificate), &limit) < 0;
}

/* What depends on the day and on where the folder stands now; it may have been moved or copied. */
static gboolean
refresh (const char *path, gint64 now_us, GError **error)
{
    g_autofree char *ca_path = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_CA);
    g_autofree char *tokens = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_TOKENS);
    g_autoptr (TouPracticeCa) ca = NULL;

    if (!tou_practice_tokens_write_configuration (path, tokens, error))
        return FALSE;
    if (!ends_soon (path, now_us))
        return TRUE;
    ca = tou_practice_ca_load (ca_path, error);
    return ca != NULL && tou_practice_making_issue_tls (ca, path, now_us, error);
}

static gboolean
check_folder (TouPracticeFolder *self, gint64 now_us, GError **error)
{
    g_autofree char *ca_path = tou_practice_folder_dup_file (self->path, TOU_PRACTICE_FILE_CA);
    g_autoptr (TouPracticeCa) ca = NULL;
    g_autoptr (GError) problem = NULL;

    if (!is_whole (self->path, &problem) || (ca = tou_practice_ca_load (ca_path, &problem)) == NULL) {
        g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED, problem->message);
        return FALSE;
    }
    if (!tou_practice_tokens_can_be_used (error))
        return FALSE;
    return refresh (self->path, now_us, &problem) || fail_making (g_steal_pointer (&problem), error);
}

/* An empty folder is one that someone made for us. A killed make_anew may have left the old one aside: it
 * goes, as was asked for, when the new one is made. */
static gboolean
is_there (const char *path)
{
    g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

    if (folder == NULL)
        return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
    return g_dir_read_name (folder) != NULL;
}

TouPracticeFolder *
tou_practice_folder_prepare (const char *path, gboolean make_anew, gint64 now_us, GError **error)
{
    g_autoptr (TouPracticeFolder) self = g_new0 (TouPracticeFolder, 1);
    gboolean exists;
    gboolean done;

    self->path = g_strdup (path);
    self->lock = -1;
    if (!lock_beside (self, error))
        return NULL;
    exists = is_there (path);
    if (exists && !make_anew)
        done = check_folder (self, now_us, error);
    else
        done = tou_practice_tokens_can_be_used (error) && make_folder (self, exists, now_us, error);
    return done ? g_steal_pointer (&self) : NULL;
}

void
tou_practice_folder_close (TouPracticeFolder *self)
{
    if (self->lock >= 0)
        g_close (self->lock, NULL);
    g_free (self->path);
    g_free (self);
}
