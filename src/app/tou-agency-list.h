/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouAgencyList:
 *
 * The agencies whose service profiles this user has opened, and those that an administrator has put on this
 * computer. Main thread; the disk is touched in other threads, one piece of work after the other.
 */
#define TOU_TYPE_AGENCY_LIST (tou_agency_list_get_type ())
G_DECLARE_FINAL_TYPE (TouAgencyList, tou_agency_list, TOU, AGENCY_LIST, GObject)

/** tou_agency_list_new: empty until it is loaded. @folder: file-name encoding; need not be there yet. */
TouAgencyList *tou_agency_list_new (const char *folder);

/** TouLockedReader: Returns: (transfer full) (array zero-terminated=1): the ids of agencies, or "*" for all.
 * In any thread. */
typedef GStrv (*TouLockedReader) (void);

/** tou_agency_list_share: also the profiles that an administrator has put into @folders (file-name encoding,
 * the first one that has an id counts). The user's own profile of the same id goes before it, unless
 * @read_locked, asked only where there is one of an administrator's, gives that id. Before anything is
 * loaded. */
void tou_agency_list_share (TouAgencyList *self, const char *const *folders, TouLockedReader read_locked);

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

/** TouProfileKnown: what the list has beside a profile that was opened. */
typedef enum {
    TOU_PROFILE_KNOWN_NOT,  /* nothing like it */
    TOU_PROFILE_KNOWN_SAME, /* the very same profile */
    TOU_PROFILE_KNOWN_ID,   /* another profile of that agency, which it would replace */
    TOU_PROFILE_KNOWN_NAME, /* another agency that is called the same */
} TouProfileKnown;

/** tou_agency_list_open_async: reads and checks the profile in @file. Nothing is kept. */
void tou_agency_list_open_async (TouAgencyList *self, GFile *file, GAsyncReadyCallback callback,
                                 gpointer user_data);

/** tou_agency_list_open_finish: @out_known: (transfer full) (nullable): what the list has beside it, as
 * @out_how says. Errors: TOU_PROFILE_ERROR. Returns: (transfer full) (nullable) */
TouServiceProfile *
tou_agency_list_open_finish (TouAgencyList *self, GAsyncResult *result, TouProfileKnown *out_how,
                             TouServiceProfile **out_known, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_agency_list_keep_async: keeps @profile, from tou_agency_list_open_finish(), as it was read then.
 * @known: (nullable): the profile with its id that it replaces, which the user was shown beside it. */
void tou_agency_list_keep_async (TouAgencyList *self, TouServiceProfile *profile, TouServiceProfile *known,
                                 GAsyncReadyCallback callback, gpointer user_data);

/** tou_agency_list_keep_finish: Errors: TOU_PROFILE_ERROR, also when something else than @known is there by
 * now; what was kept is as it was then. Returns: (transfer full) (nullable): the profile as kept */
TouServiceProfile *tou_agency_list_keep_finish (TouAgencyList *self, GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
