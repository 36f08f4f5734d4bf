/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-check.h"

#include "tou-practice-ca.h"
#include "tou-practice-cards.h"
#include "tou-practice-control.h"
#include "tou-practice-database.h"
#include "tou-practice-failure.h"
#include "tou-practice-folder.h"
#include "tou-practice-making.h"
#include "tou-practice-pem.h"
#include "tou-proof-checker.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define MARKER_GROUP "Practice"
#define MARKER_FORMAT "Format"
/* Of its files, where the marker is not among them. One or two of these names may be someone else's. */
#define ENOUGH_SIGNS 3

static gboolean
load_marker (const char *path, int *out_format, GError **error)
{
    g_autofree char *marker = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_MARKER);
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (GError) problem = NULL;

    if (!g_key_file_load_from_file (file, marker, G_KEY_FILE_NONE, error))
        return FALSE;
    *out_format = g_key_file_get_integer (file, MARKER_GROUP, MARKER_FORMAT, &problem);
    if (problem == NULL)
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
}

/* @out_is_there: whether something has this name, @out_is_regular: whether it leads to a file. */
static gboolean
look_at (const char *path, gboolean *out_is_there, gboolean *out_is_regular, GError **error)
{
    GStatBuf info;

    *out_is_there = g_stat (path, &info) == 0;
    *out_is_regular = *out_is_there && S_ISREG (info.st_mode);
    return *out_is_there || errno == ENOENT || errno == ENOTDIR
           || tou_practice_failure_set_errno (error, path);
}

static gboolean
count_signs (const char *path, guint *out_n, GError **error)
{
    static const char *const names[] = { TOU_PRACTICE_FILE_DATABASE, TOU_PRACTICE_FILE_PROFILE,
                                         TOU_PRACTICE_FILE_SOFTHSM,  TOU_PRACTICE_FILE_TOKENS,
                                         TOU_PRACTICE_CARDS_FILE,    TOU_PRACTICE_FILE_AUTHORITY,
                                         TOU_PRACTICE_FILE_CRL };

    *out_n = 0;
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *file = tou_practice_folder_dup_file (path, names[i]);
        gboolean is_there, is_regular;

        if (!look_at (file, &is_there, &is_regular, error))
            return FALSE;
        *out_n += is_there ? 1 : 0;
    }
    return TRUE;
}

static gboolean
look_for_signs (const char *path, TouPracticePlace *out_place, GError **error)
{
    guint n = 0;
    int format;
    gboolean is_ours = load_marker (path, &format, NULL);

    if (!is_ours && !count_signs (path, &n, error))
        return FALSE;
    *out_place = is_ours || n >= ENOUGH_SIGNS ? TOU_PRACTICE_PLACE_OURS : TOU_PRACTICE_PLACE_FOREIGN;
    return TRUE;
}

static gboolean
is_empty (const char *path, gboolean *out_is_empty, GError **error)
{
    g_autoptr (GDir) folder = g_dir_open (path, 0, error);

    *out_is_empty = folder != NULL && g_dir_read_name (folder) == NULL;
    return folder != NULL;
}

gboolean
tou_practice_check_place (const char *path, TouPracticePlace *out_place, GError **error)
{
    GStatBuf info;
    gboolean has_nothing = FALSE;

    if (g_lstat (path, &info) != 0) {
        *out_place = TOU_PRACTICE_PLACE_FREE;
        return errno == ENOENT || tou_practice_failure_set_errno (error, path);
    }
    if (S_ISDIR (info.st_mode) && !is_empty (path, &has_nothing, error))
        return FALSE;
    if (!has_nothing)
        return look_for_signs (path, out_place, error);
    *out_place = TOU_PRACTICE_PLACE_FREE;
    return TRUE;
}

static gboolean
has_format (const char *path, GError **error)
{
    int format;

    if (!load_marker (path, &format, error))
        return FALSE;
    if (format == TOU_PRACTICE_MAKING_FORMAT)
        return TRUE;
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is of format %d", path, format);
    return FALSE;
}

/* One folder a token; SoftHSM names them itself. */
static gboolean
count_tokens (const char *tokens, guint *out_n, GError **error)
{
    g_autoptr (GDir) folder = g_dir_open (tokens, 0, error);
    const char *name;

    if (folder == NULL)
        return FALSE;
    *out_n = 0;
    while ((name = g_dir_read_name (folder)) != NULL) {
        g_autofree char *object = g_build_filename (tokens, name, "token.object", NULL);
        gboolean is_there, is_regular;

        if (!look_at (object, &is_there, &is_regular, error))
            return FALSE;
        *out_n += is_regular ? 1 : 0;
    }
    return TRUE;
}

static gboolean
has_tokens (const char *path, guint n_expected, GError **error)
{
    g_autofree char *tokens = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_TOKENS);
    guint n;

    if (!count_tokens (tokens, &n, error))
        return FALSE;
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
        gboolean is_there, is_regular;

        if (!look_at (file, &is_there, &is_regular, error))
            return FALSE;
        if (!is_regular) {
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
has_authority (const char *path, GError **error)
{
    g_autofree char *folder = tou_practice_folder_dup_file (path, TOU_PRACTICE_FILE_CA);
    g_autoptr (TouPracticeCa) ca = tou_practice_ca_load (folder, error);

    return ca != NULL;
}

static gboolean
has_cards (const char *path, GError **error)
{
    g_autoptr (TouPracticeCards) cards = tou_practice_cards_load (path, error);

    return cards != NULL && has_tokens (path, cards->cards->len, error);
}

/* What is missing counts as well; what could not be read says nothing about the folder. */
static gboolean
is_about_content (const GError *error)
{
    static const int io[] = { G_IO_ERROR_NOT_FOUND, G_IO_ERROR_NOT_DIRECTORY, G_IO_ERROR_IS_DIRECTORY,
                              G_IO_ERROR_INVALID_DATA };
    static const int file[] = { G_FILE_ERROR_NOENT, G_FILE_ERROR_NOTDIR, G_FILE_ERROR_ISDIR };

    for (guint i = 0; i < G_N_ELEMENTS (io); i++)
        if (g_error_matches (error, G_IO_ERROR, io[i]))
            return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS (file); i++)
        if (g_error_matches (error, G_FILE_ERROR, file[i]))
            return TRUE;
    return error->domain == G_KEY_FILE_ERROR
           || g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_MALFORMED);
}

gboolean
tou_practice_check_whole (const char *path, GError **error)
{
    g_autoptr (GError) problem = NULL;

    if (has_format (path, &problem) && has_files (path, &problem) && has_proofs (path, &problem)
        && has_authority (path, &problem) && has_database (path, &problem) && has_cards (path, &problem))
        return TRUE;
    if (!is_about_content (problem))
        return tou_practice_failure_translate (g_steal_pointer (&problem), error);
    g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED, problem->message);
    return FALSE;
}
