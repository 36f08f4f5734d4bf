/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-paths.h"

#include "tou-install-folders.h"

#include <string.h>

/* In the order of TouPart. */
static const struct {
    const char *installed;
    const char *in_build;
} parts[] = {
    { BIN_FOLDER "/touroku", "src/app/touroku" },
    { PARTS_FOLDER "/touroku-card-agent", "src/card-agent/touroku-card-agent" },
    { PARTS_FOLDER "/touroku-slot-view.so", "src/card-agent/touroku-slot-view.so" },
    { BIN_FOLDER "/touroku-practice-service", "src/practice/touroku-practice-service" },
    { PARTS_FOLDER "/touroku-practice-card.so", "src/practice/module/touroku-practice-card.so" },
    { PARTS_FOLDER "/touroku-backend.so", "src/app/touroku-backend.so" },
    { LOCALE_FOLDER, "po" },
    { DATA_FOLDER "/opensc.conf", "data/opensc.conf" },
    { SCHEMA_FOLDER, "data" },
    { DATA_FOLDER "/card-profiles", "data/card-profiles" },
};

/* Returns: (transfer full): where the prefix is: the program may have been moved as a whole after it was
 * built, or installed below another root. */
static char *
find_prefix (void)
{
    g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
    g_autofree char *folder = program == NULL ? NULL : g_path_get_dirname (program);
    const char *below = &BIN_FOLDER[strlen (PREFIX_FOLDER)];

    if (folder != NULL && g_str_has_prefix (BIN_FOLDER, PREFIX_FOLDER "/")
        && g_str_has_suffix (folder, below))
        return g_strndup (folder, strlen (folder) - strlen (below));
    return g_strdup (PREFIX_FOLDER);
}

static char *
find_installed (const char *path)
{
    g_autofree char *prefix = find_prefix ();

    if (!g_str_has_prefix (path, PREFIX_FOLDER "/"))
        return g_strdup (path);
    return g_strconcat (prefix, path + strlen (PREFIX_FOLDER), NULL);
}

char *
tou_paths_get_part (TouPart part)
{
    const char *build = g_getenv ("TOUROKU_BUILD_DIR");

    if (build != NULL && g_path_is_absolute (build))
        return g_build_filename (build, parts[part].in_build, NULL);
    return find_installed (parts[part].installed);
}

GSettingsSchema *
tou_paths_lookup_schema (void)
{
    g_autofree char *folder = tou_paths_get_part (TOU_PART_SCHEMAS);
    g_autoptr (GSettingsSchemaSource) source = g_settings_schema_source_new_from_directory (
        folder, g_settings_schema_source_get_default (), TRUE, NULL);

    return source == NULL ? NULL : g_settings_schema_source_lookup (source, TOU_PATHS_SCHEMA, TRUE);
}

char *
tou_paths_get_data_folder (void)
{
    char *folder = g_build_filename (g_get_user_data_dir (), "touroku", NULL);

    /* A folder that cannot be made shows itself when something is to be kept in it, with a message of its
     * own. */
    (void) g_mkdir_with_parents (folder, 0700);
    return folder;
}

GStrv
tou_paths_dup_shared_agencies (void)
{
    const char *const *folders = g_get_system_data_dirs ();
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (guint i = 0; folders[i] != NULL; i++) {
        g_autofree char *path = g_build_filename (folders[i], "touroku", "agencies", NULL);

        g_strv_builder_add (builder, path);
    }
    return g_strv_builder_end (builder);
}

char *
tou_paths_dup_cache_folder (const char *name)
{
    return g_build_filename (g_get_user_cache_dir (), "touroku", name, NULL);
}

TouCardProfiles *
tou_paths_load_card_profiles (void)
{
    g_autofree char *own = g_build_filename (g_get_user_data_dir (), "touroku", "card-profiles", NULL);
    g_autofree char *installed = tou_paths_get_part (TOU_PART_CARD_PROFILES);
    const char *const folders[] = { own, installed, NULL };

    return tou_card_profiles_load (folders);
}

static void
load_card_profiles (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
    (void) source;
    (void) task_data;
    (void) cancellable;
    g_task_return_pointer (task, tou_paths_load_card_profiles (), (GDestroyNotify) tou_card_profiles_unref);
}

void
tou_paths_load_card_profiles_async (GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

    g_task_run_in_thread (task, load_card_profiles);
}

TouCardProfiles *
tou_paths_load_card_profiles_finish (GAsyncResult *result)
{
    return g_task_propagate_pointer (G_TASK (result), NULL);
}
