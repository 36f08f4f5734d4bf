/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-folder.h"

#include "tou-file.h"
#include "tou-practice-ca.h"
#include "tou-practice-check.h"
#include "tou-practice-control.h"
#include "tou-practice-failure.h"
#include "tou-practice-making.h"
#include "tou-practice-pem.h"
#include "tou-practice-tokens.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>

#define TLS_RENEW_US (G_GINT64_CONSTANT (30) * 24 * 3600 * G_USEC_PER_SEC)

/* In the folder that it is made in. */
#define WORK_NEW "new"
#define WORK_OLD "old"

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

/* Everything that this file makes and takes away beside the folder is in here: a name that nobody else uses.
 */
static char *
dup_work_path (TouPracticeFolder *self)
{
    g_autofree char *parent = g_path_get_dirname (self->path);
    g_autofree char *name = g_path_get_basename (self->path);
    g_autofree char *work = g_strconcat (".", name, ".touroku-making", NULL);

    return g_build_filename (parent, work, NULL);
}

static gboolean
fail_foreign (const char *path, GError **error)
{
    g_set_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_FOREIGN, "%s is not a practice folder",
                 path);
    return FALSE;
}

static gboolean
rename_path (const char *from, const char *to, GError **error)
{
    return g_rename (from, to) == 0 || tou_practice_failure_set_errno (error, to);
}

static gboolean
make_path (const char *path, GError **error)
{
    return g_mkdir (path, 0700) == 0 || tou_practice_failure_set_errno (error, path);
}

static gboolean
lock_beside (TouPracticeFolder *self, GError **error)
{
    g_autofree char *parent = g_path_get_dirname (self->path);
    g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

    if (g_mkdir_with_parents (parent, 0700) != 0)
        return tou_practice_failure_set_errno (error, parent);
    self->lock = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (self->lock < 0)
        return tou_practice_failure_set_errno (error, lock);
    if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
        return TRUE;
    if (errno != EWOULDBLOCK)
        return tou_practice_failure_set_errno (error, lock);
    g_set_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_IN_USE, "%s is held", lock);
    return FALSE;
}

static gboolean
holds_work_alone (const char *work, GError **error)
{
    g_autoptr (GDir) folder = g_dir_open (work, 0, error);
    const char *name;

    if (folder == NULL)
        return FALSE;
    while ((name = g_dir_read_name (folder)) != NULL)
        if (!g_str_equal (name, WORK_NEW) && !g_str_equal (name, WORK_OLD))
            return fail_foreign (work, error);
    return TRUE;
}

/* What an earlier start left that was killed; it was never in place, or not any more. */
static gboolean
sweep (const char *work, GError **error)
{
    GStatBuf info;

    if (g_lstat (work, &info) != 0)
        return errno == ENOENT || tou_practice_failure_set_errno (error, work);
    if (!S_ISDIR (info.st_mode))
        return fail_foreign (work, error);
    return holds_work_alone (work, error) && tou_file_remove_tree (work, error);
}

static gboolean
make_folder (TouPracticeFolder *self, gboolean has_old, gint64 now_us, GError **error)
{
    g_autofree char *work = dup_work_path (self);
    g_autofree char *made = g_build_filename (work, WORK_NEW, NULL);
    g_autofree char *old = g_build_filename (work, WORK_OLD, NULL);

    return sweep (work, error) && make_path (work, error)
           && tou_practice_making_fill (made, self->path, now_us, error)
           && (!has_old || rename_path (self->path, old, error)) && rename_path (made, self->path, error)
           && tou_file_remove_tree (work, error);
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

/* A killed make_anew may have left the old one aside: it goes, as was asked for, when the new one is made. */
static gboolean
prepare (TouPracticeFolder *self, gboolean make_anew, gint64 now_us, GError **error)
{
    TouPracticePlace place;

    if (!lock_beside (self, error) || !tou_practice_check_place (self->path, &place, error))
        return FALSE;
    if (place == TOU_PRACTICE_PLACE_FOREIGN)
        return fail_foreign (self->path, error);
    if (place == TOU_PRACTICE_PLACE_OURS && !make_anew)
        return tou_practice_check_whole (self->path, error) && tou_practice_tokens_can_be_used (error)
               && refresh (self->path, now_us, error);
    return tou_practice_tokens_can_be_used (error)
           && make_folder (self, place == TOU_PRACTICE_PLACE_OURS, now_us, error);
}

TouPracticeFolder *
tou_practice_folder_prepare (const char *path, gboolean make_anew, gint64 now_us, GError **error)
{
    g_autoptr (TouPracticeFolder) self = g_new0 (TouPracticeFolder, 1);
    GError *problem = NULL;

    self->path = g_strdup (path);
    self->lock = -1;
    if (prepare (self, make_anew, now_us, &problem))
        return g_steal_pointer (&self);
    tou_practice_failure_translate (problem, error);
    return NULL;
}

void
tou_practice_folder_close (TouPracticeFolder *self)
{
    if (self->lock >= 0)
        g_close (self->lock, NULL);
    g_free (self->path);
    g_free (self);
}
