/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-agency-folder.h"

#include "tou-file.h"
#include "tou-folder-swap.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define PROFILE_NAME "service.touroku"

typedef struct {
    char *name; /* relative to the profile's folder */
    GBytes *contents;
} Part;

static void
part_free (Part *self)
{
    g_free (self->name);
    g_clear_pointer (&self->contents, g_bytes_unref);
    g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Part, part_free)

static int
compare (gconstpointer a, gconstpointer b)
{
    const TouServiceProfile *left = *(TouServiceProfile *const *) a;
    const TouServiceProfile *right = *(TouServiceProfile *const *) b;
    int by_name = g_utf8_collate (tou_service_profile_get_name (left), tou_service_profile_get_name (right));

    return by_name != 0 ? by_name
                        : strcmp (tou_service_profile_get_id (left), tou_service_profile_get_id (right));
}

/* The first fault is the one to tell; further ones of the same folder have the same reason, most likely. */
static void
keep_first (GError **out_fault, GError *fault)
{
    if (out_fault != NULL && *out_fault == NULL)
        *out_fault = fault;
    else
        g_error_free (fault);
}

static GDir *
open_folder (const char *folder, GError **out_fault)
{
    g_autoptr (GError) fault = NULL;
    GDir *dir = g_dir_open (folder, 0, &fault);

    if (dir == NULL && !g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_set_error_literal (out_fault, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT, fault->message);
    return dir;
}

GPtrArray *
tou_agency_folder_read (const char *folder, GError **out_fault)
{
    GPtrArray *profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_service_profile_unref);
    g_autoptr (GDir) dir = open_folder (folder, out_fault);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, PROFILE_NAME, NULL);
        GError *fault = NULL;
        TouServiceProfile *profile;

        if (name[0] == '.')
            continue;
        profile = tou_service_profile_load (path, &fault);
        if (profile != NULL)
            g_ptr_array_add (profiles, profile);
        else
            keep_first (out_fault, fault);
    }
    g_ptr_array_sort (profiles, compare);
    return profiles;
}

static GBytes *
read_part (const char *path, gsize limit, GError **error)
{
    g_autoptr (GError) fault = NULL;
    GBytes *contents = tou_file_load (path, limit, &fault);

    if (contents == NULL)
        g_set_error_literal (error, TOU_PROFILE_ERROR,
                             g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)
                                 ? TOU_PROFILE_ERROR_TOO_LARGE
                                 : TOU_PROFILE_ERROR_UNREADABLE,
                             fault->message);
    return contents;
}

static gboolean
add_part (GPtrArray *parts, const char *name, const char *path, gsize limit, GError **error)
{
    g_autoptr (Part) part = g_new0 (Part, 1);

    part->name = g_strdup (name);
    part->contents = read_part (path, limit, error);
    if (part->contents == NULL)
        return FALSE;
    g_ptr_array_add (parts, g_steal_pointer (&part));
    return TRUE;
}

/* Whether OpenSSL likes it shows at the first connection; this tells a web page saved as .pem, or DER. */
static gboolean
holds_certificate (GBytes *contents)
{
    static const char mark[] = "CERTIFICATE-----";
    gsize size;
    const char *text = g_bytes_get_data (contents, &size);

    return memmem (text, size, mark, strlen (mark)) != NULL;
}

/* The files that a profile names lie in its folder or below it; they keep their place in the copy. */
static gboolean
add_named_part (GPtrArray *parts, const char *source_folder, const char *path, GError **error)
{
    g_autoptr (GFile) source = g_file_new_for_path (source_folder);
    g_autoptr (GFile) file = path == NULL ? NULL : g_file_new_for_path (path);
    g_autofree char *name = path == NULL ? NULL : g_file_get_relative_path (source, file);
    const Part *part;

    if (path == NULL)
        return TRUE;
    if (name == NULL || g_str_equal (name, PROFILE_NAME)) {
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_INVALID,
                     "\"%s\" cannot be a file of the service profile", path);
        return FALSE;
    }
    if (!add_part (parts, name, path, TOU_PROFILE_MAX_FILE_BYTES, error))
        return FALSE;
    part = g_ptr_array_index (parts, parts->len - 1);
    if (!holds_certificate (part->contents)) {
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_INVALID,
                     "\"%s\" holds no certificate in PEM format", name);
        return FALSE;
    }
    return TRUE;
}

/* Returns: (transfer full) (nullable) (element-type Part): all that belongs to the profile */
static GPtrArray *
read_parts (const TouServiceProfile *profile, const char *path, GError **error)
{
    g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
    g_autofree char *absolute = g_canonicalize_filename (path, NULL);
    g_autofree char *source_folder = g_path_get_dirname (absolute);
    const char *const files[] = { tou_service_profile_get_tls_file (profile),
                                  tou_service_profile_get_card_issuers_file (profile),
                                  tou_service_profile_get_receipt_file (profile) };

    for (guint i = 0; i < G_N_ELEMENTS (files); i++)
        if (!add_named_part (parts, source_folder, files[i], error))
            return NULL;
    if (!add_part (parts, PROFILE_NAME, path, TOU_PROFILE_MAX_BYTES, error))
        return NULL;
    return g_steal_pointer (&parts);
}

static gboolean
write_part (const Part *part, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename (folder, part->name, NULL);
    g_autofree char *parent = g_path_get_dirname (path);
    gsize size;
    const char *contents = g_bytes_get_data (part->contents, &size);

    (void) g_mkdir_with_parents (parent, 0700);
    return g_file_set_contents_full (path, contents, (gssize) size,
                                     G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                     error);
}

static gboolean
fail_keeping (GError **error, const GError *fault)
{
    g_set_error_literal (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT, fault->message);
    return FALSE;
}

static gboolean
write_parts (GPtrArray *parts, const char *folder, GError **error)
{
    g_autoptr (GError) fault = NULL;

    for (guint i = 0; i < parts->len; i++)
        if (!write_part (parts->pdata[i], folder, &fault))
            return fail_keeping (error, fault);
    return TRUE;
}

/* The files may have changed while they were read; what counts is whether the copy is right. */
static gboolean
check_copy (const char *folder, const char *id, GError **error)
{
    g_autofree char *path = g_build_filename (folder, PROFILE_NAME, NULL);
    g_autoptr (TouServiceProfile) copy = tou_service_profile_load (path, error);

    if (copy == NULL)
        return FALSE;
    if (g_str_equal (tou_service_profile_get_id (copy), id))
        return TRUE;
    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_UNREADABLE,
                 "the service profile was changed while it was read");
    return FALSE;
}

static gboolean
commit (const char *folder, const char *made, const char *id, gboolean *out_replaced, GError **error)
{
    g_autoptr (GError) fault = NULL;

    if (!check_copy (made, id, error))
        return FALSE;
    return tou_folder_swap_commit (folder, made, id, out_replaced, &fault) || fail_keeping (error, fault);
}

static gboolean
copy_parts (const char *folder, GPtrArray *parts, const char *id, gboolean *out_replaced, GError **error)
{
    g_autoptr (GError) fault = NULL;
    g_autofree char *made = tou_folder_swap_begin (folder, &fault);

    if (made == NULL)
        return fail_keeping (error, fault);
    if (write_parts (parts, made, error) && commit (folder, made, id, out_replaced, error))
        return TRUE;
    (void) tou_file_remove_tree (made, NULL);
    return FALSE;
}

TouServiceProfile *
tou_agency_folder_add (const char *folder, const char *path, gboolean *out_replaced, GError **error)
{
    g_autoptr (TouServiceProfile) profile = tou_service_profile_load (path, error);
    g_autoptr (GPtrArray) parts = profile == NULL ? NULL : read_parts (profile, path, error);
    g_autofree char *kept = NULL;

    if (parts == NULL
        || !copy_parts (folder, parts, tou_service_profile_get_id (profile), out_replaced, error))
        return NULL;
    kept = g_build_filename (folder, tou_service_profile_get_id (profile), PROFILE_NAME, NULL);
    return tou_service_profile_load (kept, error);
}

void
tou_agency_folder_recover (const char *folder)
{
    tou_folder_swap_recover (folder);
}
