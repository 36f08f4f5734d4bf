/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-agency-folder.h"

#include "tou-file.h"
#include "tou-folder-swap.h"

#define PROFILE_NAME "service.touroku"
#define PROFILE_SUFFIX ".touroku"

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
        keep_first (out_fault,
                    g_error_new_literal (TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT, fault->message));
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
    return profiles;
}

static gboolean
has_id (GPtrArray *profiles, const char *id)
{
    for (guint i = 0; i < profiles->len; i++)
        if (g_str_equal (tou_service_profile_get_id (profiles->pdata[i]), id))
            return TRUE;
    return FALSE;
}

static void
add_shared (GPtrArray *profiles, const char *path, GError **out_fault)
{
    GError *fault = NULL;
    g_autoptr (TouServiceProfile) profile = tou_service_profile_load (path, &fault);

    if (profile == NULL)
        keep_first (out_fault, fault);
    else if (!has_id (profiles, tou_service_profile_get_id (profile)))
        g_ptr_array_add (profiles, g_steal_pointer (&profile));
}

static void
read_shared (const char *folder, gboolean has_folders, GPtrArray *profiles, GError **out_fault)
{
    g_autoptr (GDir) dir = open_folder (folder, out_fault);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        if (name[0] == '.')
            continue;
        if (has_folders && g_file_test (path, G_FILE_TEST_IS_DIR))
            read_shared (path, FALSE, profiles, out_fault);
        else if (g_str_has_suffix (name, PROFILE_SUFFIX))
            add_shared (profiles, path, out_fault);
    }
}

void
tou_agency_folder_read_shared (const char *folder, GPtrArray *profiles, GError **out_fault)
{
    read_shared (folder, TRUE, profiles, out_fault);
}

static gboolean
fail_keeping (GError **error, const GError *fault)
{
    g_set_error_literal (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT, fault->message);
    return FALSE;
}

static gboolean
is_same (const TouServiceProfile *one, const TouServiceProfile *other)
{
    return g_bytes_equal (tou_service_profile_get_file (one), tou_service_profile_get_file (other));
}

/* A person was shown what is replaced, or that nothing is: another window may have kept one since. One that
 * cannot be read is no loss. */
static gboolean
check_known (const char *folder, const char *id, const TouServiceProfile *known, GError **error)
{
    g_autofree char *path = g_build_filename (folder, id, PROFILE_NAME, NULL);
    g_autoptr (TouServiceProfile) kept = tou_service_profile_load (path, NULL);

    if (kept == NULL || (known != NULL && is_same (kept, known)))
        return TRUE;
    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_KEPT,
                 "\"%s\" was changed meanwhile; open the service profile again", path);
    return FALSE;
}

static gboolean
write_file (const char *made, const TouServiceProfile *profile, GError **error)
{
    g_autofree char *path = g_build_filename (made, PROFILE_NAME, NULL);
    g_autoptr (GError) fault = NULL;
    gsize size;
    const char *text = g_bytes_get_data (tou_service_profile_get_file (profile), &size);

    return g_file_set_contents_full (path, text, (gssize) size,
                                     G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                     &fault)
           || fail_keeping (error, fault);
}

static gboolean
commit (const char *folder, const char *made, const char *id, GError **error)
{
    g_autofree char *path = g_build_filename (made, PROFILE_NAME, NULL);
    g_autoptr (TouServiceProfile) copy = tou_service_profile_load (path, error);
    g_autoptr (GError) fault = NULL;

    if (copy == NULL)
        return FALSE;
    return tou_folder_swap_commit (folder, made, id, NULL, &fault) || fail_keeping (error, fault);
}

static gboolean
keep (const char *folder, const TouServiceProfile *profile, GError **error)
{
    g_autoptr (GError) fault = NULL;
    g_autofree char *made = tou_folder_swap_begin (folder, &fault);

    if (made == NULL)
        return fail_keeping (error, fault);
    if (write_file (made, profile, error)
        && commit (folder, made, tou_service_profile_get_id (profile), error))
        return TRUE;
    (void) tou_file_remove_tree (made, NULL);
    return FALSE;
}

TouServiceProfile *
tou_agency_folder_keep (const char *folder, const TouServiceProfile *profile, const TouServiceProfile *known,
                        GError **error)
{
    const char *id = tou_service_profile_get_id (profile);
    g_autofree char *path = g_build_filename (folder, id, PROFILE_NAME, NULL);

    if (!check_known (folder, id, known, error) || !keep (folder, profile, error))
        return NULL;
    return tou_service_profile_load (path, error);
}

void
tou_agency_folder_recover (const char *folder)
{
    tou_folder_swap_recover (folder);
}
