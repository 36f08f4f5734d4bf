/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-settings.h"

#include "tou-paths.h"

#define KEY_LOCKED "locked-agencies"

GSettings *
tou_settings_open (void)
{
    g_autoptr (GSettingsSchema) schema = tou_paths_lookup_schema ();

    return schema == NULL ? NULL : g_settings_new_full (schema, NULL, NULL);
}

GStrv
tou_settings_dup_locked_agencies (void)
{
    g_autoptr (GSettings) settings = tou_settings_open ();

    return settings == NULL ? g_new0 (char *, 1) : g_settings_get_strv (settings, KEY_LOCKED);
}
