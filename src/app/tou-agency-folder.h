/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The folder of the opened service profiles on disk: one folder an agency, named by its id, with the profile
 * and the PEM files that it names. All calls block: TouAgencyList makes them in a thread. Errors:
 * TOU_PROFILE_ERROR. */

/** tou_agency_folder_read: @folder need not be there. One bad profile does not hide the others:
 * @out_fault: (nullable): set when something could not be read, besides what is returned.
 * Returns: (transfer full) (element-type TouServiceProfile): by name, equal names by id */
GPtrArray *tou_agency_folder_read (const char *folder, GError **out_fault);

/** tou_agency_folder_add: checks the profile at @path and each file that it names, copies them, and only then
 * takes the copy over as a whole; after a failure what was kept is as it was.
 * @out_replaced: (optional): whether there was one with this id.
 * Returns: (transfer full) (nullable): the profile as kept */
TouServiceProfile *tou_agency_folder_add (const char *folder, const char *path, gboolean *out_replaced,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_agency_folder_recover: see tou_folder_swap_recover(). */
void tou_agency_folder_recover (const char *folder);

G_END_DECLS
