/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouPracticeDesk:
 *
 * What the practice service program is made of while it runs: the held folder, the server, the written
 * profile, and the readers that are watched. Main thread.
 */
#define TOU_TYPE_PRACTICE_DESK (tou_practice_desk_get_type ())
G_DECLARE_FINAL_TYPE (TouPracticeDesk, tou_practice_desk, TOU, PRACTICE_DESK, GObject)

/** tou_practice_desk_new: @folder: absolute path; @port: 0: a free one; @faults: (nullable): as
 * tou_practice_faults_add(), for every start. */
TouPracticeDesk *tou_practice_desk_new (const char *folder, guint16 port, const char *const *faults);

/** tou_practice_desk_set_list_entries: @n: made-up entries in the revocation list from the next start on, as
 * tou_practice_list_load(). */
void tou_practice_desk_set_list_entries (TouPracticeDesk *self, guint n);

/** tou_practice_desk_set_review_after: as tou_practice_service_set_review_after(), for this and every later
 * start. */
void tou_practice_desk_set_review_after (TouPracticeDesk *self, guint seconds, const char *denial);

/** tou_practice_desk_set_keeps_address: @keeps: starts listen where the profile in the folder says (a free
 * port where there is none), so that whoever works with that profile finds the service again. */
void tou_practice_desk_set_keeps_address (TouPracticeDesk *self, gboolean keeps);

/** tou_practice_desk_start: prepares the folder and serves; where it serves already, it goes on, with
 * @make_anew from a new folder. Waits for seconds when the folder is made. Errors: TOU_PRACTICE_ERROR. */
gboolean
tou_practice_desk_start (TouPracticeDesk *self, gboolean make_anew, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_desk_get_profile: Returns: (transfer none) (nullable): path, while it serves */
const char *tou_practice_desk_get_profile (TouPracticeDesk *self);

/** tou_practice_desk_get_port: Returns: the port, 0 while it does not serve. */
guint16 tou_practice_desk_get_port (TouPracticeDesk *self);

/** tou_practice_desk_export: answers io.github.touroku.Practice1 on @connection. Errors: #GIOErrorEnum. */
gboolean tou_practice_desk_export (TouPracticeDesk *self, GDBusConnection *connection,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
