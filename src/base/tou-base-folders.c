/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-base-folders.h"

/* What is left of a list without what is not absolute; %NULL: nothing. */
static char *
keep_absolute (const char *value)
{
    g_auto (GStrv) paths = g_strsplit (value, G_SEARCHPATH_SEPARATOR_S, -1);
    g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
    g_auto (GStrv) absolute = NULL;

    for (guint i = 0; paths[i] != NULL; i++)
        if (g_path_is_absolute (paths[i]))
            g_strv_builder_add (kept, paths[i]);
    absolute = g_strv_builder_end (kept);
    return absolute[0] == NULL ? NULL : g_strjoinv (G_SEARCHPATH_SEPARATOR_S, absolute);
}

static void
guard_folder (const char *name)
{
    const char *value = g_getenv (name);

    if (value != NULL && !g_path_is_absolute (value))
        g_unsetenv (name);
}

static void
guard_list (const char *name)
{
    const char *value = g_getenv (name);
    g_autofree char *kept = value == NULL ? NULL : keep_absolute (value);

    if (kept != NULL)
        g_setenv (name, kept, TRUE);
    else if (value != NULL)
        g_unsetenv (name);
}

void
tou_base_folders_guard (void)
{
    static const char *const folders[] = { "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
                                           "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" };

    for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
        guard_folder (folders[i]);
    guard_list ("XDG_DATA_DIRS");
    guard_list ("XDG_CONFIG_DIRS");
}
