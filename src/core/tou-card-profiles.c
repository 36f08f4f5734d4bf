/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-card-profile.h"

#define SUFFIX ".card"

struct _TouCardProfiles {
    GPtrArray *profiles; /* (element-type TouCardProfile) */
};

static gboolean
has_id (TouCardProfiles *self, const char *id)
{
    for (guint i = 0; i < self->profiles->len; i++)
        if (g_str_equal (tou_card_profile_get_id (g_ptr_array_index (self->profiles, i)), id))
            return TRUE;
    return FALSE;
}

/* The order of a folder is no order. */
static int
compare_names (gconstpointer a, gconstpointer b)
{
    return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

/* Returns: (transfer full) (element-type filename) */
static GPtrArray *
list_files (const char *folder)
{
    g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
    GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        if (g_str_has_suffix (name, SUFFIX))
            g_ptr_array_add (files, g_build_filename (folder, name, NULL));
    g_ptr_array_sort (files, compare_names);
    return files;
}

static void
add_folder (TouCardProfiles *self, const char *folder)
{
    g_autoptr (GPtrArray) files = list_files (folder);

    for (guint i = 0; i < files->len; i++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (TouCardProfile) profile = tou_card_profile_load (g_ptr_array_index (files, i), &error);

        if (profile == NULL)
            g_debug ("A card profile is passed over: %s", error->message);
        else if (!has_id (self, tou_card_profile_get_id (profile)))
            g_ptr_array_add (self->profiles, g_steal_pointer (&profile));
    }
}

static void
clear_profiles (gpointer data)
{
    g_ptr_array_unref (((TouCardProfiles *) data)->profiles);
}

TouCardProfiles *
tou_card_profiles_load (const char *const *folders)
{
    TouCardProfiles *self = g_atomic_rc_box_new0 (TouCardProfiles);

    self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_profile_unref);
    for (guint i = 0; folders[i] != NULL; i++)
        add_folder (self, folders[i]);
    return self;
}

TouCardProfiles *
tou_card_profiles_ref (TouCardProfiles *self)
{
    return g_atomic_rc_box_acquire (self);
}

void
tou_card_profiles_unref (TouCardProfiles *self)
{
    g_atomic_rc_box_release_full (self, clear_profiles);
}

TouCardProfile *
tou_card_profiles_find_issuer (TouCardProfiles *self, const char *const *attributes)
{
    for (guint i = 0; self != NULL && i < self->profiles->len; i++)
        if (tou_card_profile_is_of_issuer (g_ptr_array_index (self->profiles, i), attributes))
            return g_ptr_array_index (self->profiles, i);
    return NULL;
}

TouCardProfile *
tou_card_profiles_find_token (TouCardProfiles *self, const char *label, const char *manufacturer,
                              const char *model)
{
    for (guint i = 0; self != NULL && i < self->profiles->len; i++)
        if (tou_card_profile_is_of_token (g_ptr_array_index (self->profiles, i), label, manufacturer, model))
            return g_ptr_array_index (self->profiles, i);
    return NULL;
}

guint
tou_card_profiles_get_n_profiles (TouCardProfiles *self)
{
    return self->profiles->len;
}

TouCardProfile *
tou_card_profiles_get_profile (TouCardProfiles *self, guint index)
{
    return g_ptr_array_index (self->profiles, index);
}
