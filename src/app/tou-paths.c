/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-paths.h"

#include "tou-install-folders.h"

/* In the order of TouPart. */
static const struct {
    const char *installed;
    const char *in_build;
} parts[] = {
    { BIN_FOLDER "/touroku", "src/app/touroku" },
    { LIBEXEC_FOLDER "/touroku-card-agent", "src/card-agent/touroku-card-agent" },
    { BIN_FOLDER "/touroku-practice-service", "src/practice/touroku-practice-service" },
    { MODULE_FOLDER "/touroku-practice-card.so", "src/practice/module/touroku-practice-card.so" },
    { MODULE_FOLDER "/touroku-backend.so", "src/app/touroku-backend.so" },
    { LOCALE_FOLDER, "po" },
    { DATA_FOLDER "/opensc.conf", "data/opensc.conf" },
};

char *
tou_paths_get_part (TouPart part)
{
    const char *build = g_getenv ("TOUROKU_BUILD_DIR");

    if (build != NULL && g_path_is_absolute (build))
        return g_build_filename (build, parts[part].in_build, NULL);
    return g_strdup (parts[part].installed);
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

char *
tou_paths_dup_cache_folder (const char *name)
{
    return g_build_filename (g_get_user_cache_dir (), "touroku", name, NULL);
}
