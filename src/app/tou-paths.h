/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouPart: the files that the program is made of, beside itself. */
typedef enum {
    TOU_PART_PROGRAM,          /* this program */
    TOU_PART_CARD_AGENT,       /* program */
    TOU_PART_SLOT_VIEW,        /* PKCS#11 module, beside the card agent */
    TOU_PART_PRACTICE_SERVICE, /* program */
    TOU_PART_PRACTICE_CARD,    /* PKCS#11 module */
    TOU_PART_BACKEND,          /* module: what waits until the first frame is painted */
    TOU_PART_LOCALE,           /* folder of the message catalogues */
    TOU_PART_OPENSC_CONF,      /* OpenSC's configuration for the card agent */
    TOU_PART_SCHEMAS,          /* folder of the compiled GSettings schema */
    TOU_PART_CARD_PROFILES,    /* folder */
} TouPart;

/** tou_paths_get_part: Returns: (transfer full): absolute path; of the build folder while TOUROKU_BUILD_DIR
 * is set (docs/environment.md), else beside the running program, wherever its prefix has been moved to. */
char *tou_paths_get_part (TouPart part);

/** The program's GSettings schema. */
#define TOU_PATHS_SCHEMA "io.github.touroku.Touroku"

/** tou_paths_lookup_schema: the system looks for schemas in a few places only, and the program may be
 * installed elsewhere. Returns: (transfer full) (nullable): %NULL: it is not installed, or not compiled. */
GSettingsSchema *tou_paths_lookup_schema (void);

/** tou_paths_get_data_folder: Returns: (transfer full): where this user's records, agencies and practice
 * live; made when it is not there. Names are in file-name encoding: a home folder need not be ASCII. */
char *tou_paths_get_data_folder (void);

/** tou_paths_dup_shared_agencies: Returns: (transfer full) (array zero-terminated=1): where an administrator
 * may have put service profiles: touroku/agencies in each of $XDG_DATA_DIRS */
GStrv tou_paths_dup_shared_agencies (void);

/** tou_paths_dup_cache_folder: Returns: (transfer full): where what can be had again is kept; it need not be
 * there. @name: of the folder in it. */
char *tou_paths_dup_cache_folder (const char *name);

/** tou_paths_load_card_profiles: the user's own and those that came with the program. Blocks for as long as
 * the disk does. Returns: (transfer full) */
TouCardProfiles *tou_paths_load_card_profiles (void);

/** tou_paths_load_card_profiles_async: the same in a thread. Cannot fail or be cancelled. */
void tou_paths_load_card_profiles_async (GAsyncReadyCallback callback, gpointer user_data);
TouCardProfiles *tou_paths_load_card_profiles_finish (GAsyncResult *result);

G_END_DECLS
