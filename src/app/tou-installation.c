/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-installation.h"

#include "tou-installation-error.h"
#include "tou-paths.h"

#include <errno.h>
#include <unistd.h>

static const TouPart program_parts[] = { TOU_PART_BACKEND, TOU_PART_CARD_AGENT, TOU_PART_SLOT_VIEW,
                                         TOU_PART_OPENSC_CONF, TOU_PART_CARD_PROFILES };
static const TouPart practice_parts[] = { TOU_PART_PRACTICE_SERVICE, TOU_PART_PRACTICE_CARD };

static gboolean
check_parts (const TouPart *parts, guint n_parts, TouInstallationError code, GError **error)
{
    for (guint i = 0; i < n_parts; i++) {
        g_autofree char *path = tou_paths_get_part (parts[i]);

        if (access (path, R_OK) != 0) {
            g_set_error (error, TOU_INSTALLATION_ERROR, (int) code, "%s: %s", path, g_strerror (errno));
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
check_schema (GError **error)
{
    g_autoptr (GSettingsSchema) schema = tou_paths_lookup_schema ();
    g_autofree char *folder = NULL;

    if (schema != NULL)
        return TRUE;
    folder = tou_paths_get_part (TOU_PART_SCHEMAS);
    g_set_error (error, TOU_INSTALLATION_ERROR, TOU_INSTALLATION_ERROR_INCOMPLETE,
                 "%s/gschemas.compiled: no schema %s", folder, TOU_PATHS_SCHEMA);
    return FALSE;
}

gboolean
tou_installation_check (gboolean for_practice, GError **error)
{
    return check_parts (program_parts, G_N_ELEMENTS (program_parts), TOU_INSTALLATION_ERROR_INCOMPLETE, error)
           && check_schema (error)
           && (!for_practice
               || check_parts (practice_parts, G_N_ELEMENTS (practice_parts),
                               TOU_INSTALLATION_ERROR_NO_PRACTICE, error));
}
