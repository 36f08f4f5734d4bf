/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-agency-list.h"

#include <glib/gstdio.h>

#define PROFILE_NAME "service.touroku"

struct _TouAgencyList {
    GObject parent_instance;

    char *folder;
    GPtrArray *profiles; /* (element-type TouServiceProfile) */
};

G_DEFINE_FINAL_TYPE (TouAgencyList, tou_agency_list, G_TYPE_OBJECT)

static int
compare_names (gconstpointer a, gconstpointer b)
{
    return g_utf8_collate (tou_service_profile_get_name (*(TouServiceProfile *const *) a),
                           tou_service_profile_get_name (*(TouServiceProfile *const *) b));
}

static void
read_folder (TouAgencyList *self)
{
    g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
    const char *name;

    g_ptr_array_set_size (self->profiles, 0);
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
        g_autofree char *path = g_build_filename (self->folder, name, PROFILE_NAME, NULL);
        g_autoptr (GError) error = NULL;
        TouServiceProfile *profile = tou_service_profile_load (path, &error);

        if (profile != NULL)
            g_ptr_array_add (self->profiles, profile);
        else
            g_debug ("an agency is left out: %s", error->message);
    }
    g_ptr_array_sort (self->profiles, compare_names);
}

static void
tou_agency_list_finalize (GObject *object)
{
    TouAgencyList *self = TOU_AGENCY_LIST (object);

    g_free (self->folder);
    g_ptr_array_unref (self->profiles);
    G_OBJECT_CLASS (tou_agency_list_parent_class)->finalize (object);
}

static void
tou_agency_list_class_init (TouAgencyListClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = tou_agency_list_finalize;
}

static void
tou_agency_list_init (TouAgencyList *self)
{
    self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_service_profile_unref);
}

TouAgencyList *
tou_agency_list_new (const char *folder)
{
    TouAgencyList *self = g_object_new (TOU_TYPE_AGENCY_LIST, NULL);

    self->folder = g_strdup (folder);
    read_folder (self);
    return self;
}

GPtrArray *
tou_agency_list_get_profiles (TouAgencyList *self)
{
    return self->profiles;
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
    g_autofree char *contents = NULL;
    gsize size;

    return g_file_get_contents (from, &contents, &size, error)
           && g_file_set_contents_full (to, contents, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                        error);
}

/* The files that a profile names lie in its folder or below it; they keep their place in the copy. */
static gboolean
copy_named_file (const char *source_folder, const char *target_folder, const char *path, GError **error)
{
    g_autoptr (GFile) source = g_file_new_for_path (source_folder);
    g_autoptr (GFile) file = path == NULL ? NULL : g_file_new_for_path (path);
    g_autofree char *relative = path == NULL ? NULL : g_file_get_relative_path (source, file);
    g_autofree char *target = NULL;
    g_autofree char *parent = NULL;

    if (path == NULL)
        return TRUE;
    if (relative == NULL) {
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_INVALID,
                     "%s is not in the folder of the service profile", path);
        return FALSE;
    }
    target = g_build_filename (target_folder, relative, NULL);
    parent = g_path_get_dirname (target);
    (void) g_mkdir_with_parents (parent, 0700);
    return copy_file (path, target, error);
}

static gboolean
copy_profile (TouServiceProfile *profile, const char *path, const char *target_folder, GError **error)
{
    g_autofree char *source_folder = g_path_get_dirname (path);
    g_autofree char *target = g_build_filename (target_folder, PROFILE_NAME, NULL);
    const char *const files[] = { tou_service_profile_get_tls_file (profile),
                                  tou_service_profile_get_card_issuers_file (profile),
                                  tou_service_profile_get_receipt_file (profile) };

    (void) g_mkdir_with_parents (target_folder, 0700);
    for (guint i = 0; i < G_N_ELEMENTS (files); i++)
        if (!copy_named_file (source_folder, target_folder, files[i], error))
            return FALSE;
    return copy_file (path, target, error);
}

static TouServiceProfile *
find (TouAgencyList *self, const char *id)
{
    for (guint i = 0; i < self->profiles->len; i++)
        if (g_str_equal (tou_service_profile_get_id (self->profiles->pdata[i]), id))
            return self->profiles->pdata[i];
    return NULL;
}

TouServiceProfile *
tou_agency_list_add (TouAgencyList *self, const char *path, GError **error)
{
    g_autoptr (TouServiceProfile) profile = tou_service_profile_load (path, error);
    g_autofree char *target_folder = NULL;

    if (profile == NULL)
        return NULL;
    target_folder = g_build_filename (self->folder, tou_service_profile_get_id (profile), NULL);
    if (!copy_profile (profile, path, target_folder, error))
        return NULL;
    read_folder (self);
    return find (self, tou_service_profile_get_id (profile));
}
