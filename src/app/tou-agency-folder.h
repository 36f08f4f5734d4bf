/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folders of service profiles on disk. All calls block: TouAgencyList makes them in a thread. Errors:
 * TOU_PROFILE_ERROR. One bad profile does not hide the others: @out_fault: (nullable): set when something
 * could not be read, and nothing was set before, besides what is returned. A folder need not be there. */

/** tou_agency_folder_read: the profiles that the user has opened: a folder for each agency, named by its id,
 * with a profile of the one-file form or, from an earlier version, the files beside it.
 * Returns: (transfer full) (element-type TouServiceProfile) */
GPtrArray *tou_agency_folder_read (const char *folder, GError **out_fault);

/** tou_agency_folder_read_shared: adds the profiles that an administrator has put into @folder to @profiles:
 * files *.touroku in it and in the folders in it. One whose id is there already is left out. */
void tou_agency_folder_read_shared (const char *folder, GPtrArray *profiles, GError **out_fault);

/** tou_agency_folder_keep: keeps @profile in the user's @folder as one file, as a whole or not at all.
 * @known: (nullable): what is to be replaced; where something else that can be read has the id by now, that
 * is an error. Returns: (transfer full) (nullable): the profile as kept */
TouServiceProfile *
tou_agency_folder_keep (const char *folder, const TouServiceProfile *profile, const TouServiceProfile *known,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_agency_folder_recover: see tou_folder_swap_recover(). */
void tou_agency_folder_recover (const char *folder);

G_END_DECLS
