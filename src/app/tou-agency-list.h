/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouAgencyList:
 *
 * The agencies whose service profiles this user has opened. Each is kept as a folder of its own, named by the
 * agency's id, with the profile and the PEM files that it names. Main thread; the disk is touched in other
 * threads, one piece of work after the other.
 */
#define TOU_TYPE_AGENCY_LIST (tou_agency_list_get_type ())
G_DECLARE_FINAL_TYPE (TouAgencyList, tou_agency_list, TOU, AGENCY_LIST, GObject)

/** tou_agency_list_new: empty until it is loaded. @folder: file-name encoding; need not be there yet. */
TouAgencyList *tou_agency_list_new (const char *folder);

/** tou_agency_list_load_async: reads the folder, and first mends what an interrupted program left in it. */
void tou_agency_list_load_async (TouAgencyList *self, GAsyncReadyCallback callback, gpointer user_data);

/** tou_agency_list_load_finish: Returns: whether all was read. If not, those that could be are there all the
 * same. Errors: TOU_PROFILE_ERROR. */
gboolean tou_agency_list_load_finish (TouAgencyList *self, GAsyncResult *result, GError **error);

/** tou_agency_list_load: the same at once, for a program without a window; leaves the folder as it is. */
gboolean tou_agency_list_load (TouAgencyList *self, GError **error);

/** tou_agency_list_get_profiles: Returns: (transfer none) (element-type TouServiceProfile): by name. Another
 * array after each load and addition. */
GPtrArray *tou_agency_list_get_profiles (TouAgencyList *self);

/** tou_agency_list_dup_names: Returns: (transfer full) (array zero-terminated=1): a name for each profile
 * that no other has: where two have the same, their URLs stand beside it. */
GStrv tou_agency_list_dup_names (TouAgencyList *self);

/** tou_agency_list_find: Returns: the place of the profile with this id among the profiles, or -1. */
int tou_agency_list_find (TouAgencyList *self, const char *id);

/** tou_agency_list_add_async: checks the profile in @file and keeps a copy of it and of the files that it
 * names; one with the same id is replaced, as a whole or not at all. */
void tou_agency_list_add_async (TouAgencyList *self, GFile *file, GAsyncReadyCallback callback,
                                gpointer user_data);

/** tou_agency_list_add_finish: Errors: TOU_PROFILE_ERROR; what was kept is as it was then.
 * @out_replaced: (optional): whether there was one with this id.
 * Returns: (transfer full) (nullable): the profile as kept */
TouServiceProfile *
tou_agency_list_add_finish (TouAgencyList *self, GAsyncResult *result, gboolean *out_replaced,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
