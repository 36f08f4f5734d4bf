/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouAgencyList:
 *
 * The agencies whose service profiles this user has opened. Each is kept as a folder of its own, named by the
 * agency's id, with the profile and the PEM files that it names. Main thread; files of a few kB.
 */
#define TOU_TYPE_AGENCY_LIST (tou_agency_list_get_type ())
G_DECLARE_FINAL_TYPE (TouAgencyList, tou_agency_list, TOU, AGENCY_LIST, GObject)

/** tou_agency_list_new: @folder: file-name encoding; need not be there yet. What cannot be read in it is left
 * out (and said in the debug log): one bad profile must not hide the others. */
TouAgencyList *tou_agency_list_new (const char *folder);

/** tou_agency_list_get_profiles: Returns: (transfer none) (element-type TouServiceProfile): by name. */
GPtrArray *tou_agency_list_get_profiles (TouAgencyList *self);

/** tou_agency_list_add: checks the profile at @path and keeps a copy; one with the same id is replaced.
 * Errors: TOU_PROFILE_ERROR, #GIOErrorEnum when it cannot be copied.
 * Returns: (transfer none) (nullable): the profile as kept */
TouServiceProfile *
tou_agency_list_add (TouAgencyList *self, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
