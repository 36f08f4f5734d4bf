/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouPracticeFolder:
 *
 * The practice folder, prepared and held: no other Touroku practises with it until it is closed or this
 * process ends. The lock is a file beside the folder, its name with ".lock" at its end.
 *
 * A folder is made in another one beside it, ".NAME.touroku-making", and put into its place when it is
 * complete, so that it is whole or not there at any kill. What is there and not whole is never silently made
 * anew: it may hold someone's work. What does not look like a practice folder is never touched, and of a link
 * to one only the link is thrown away.
 */
typedef struct _TouPracticeFolder TouPracticeFolder;

/** Names inside the folder. */
#define TOU_PRACTICE_FILE_MARKER "practice.ini"
#define TOU_PRACTICE_FILE_DATABASE "service.db"
#define TOU_PRACTICE_FILE_PROFILE "service.touroku"
#define TOU_PRACTICE_FILE_SOFTHSM "softhsm2.conf"
#define TOU_PRACTICE_FILE_TOKENS "tokens"
#define TOU_PRACTICE_FILE_CA "ca"
#define TOU_PRACTICE_FILE_AUTHORITY "ca/ca.pem"
#define TOU_PRACTICE_FILE_CRL "ca/crl.pem"
#define TOU_PRACTICE_FILE_TLS_CERTIFICATE "ca/tls.pem"
#define TOU_PRACTICE_FILE_TLS_KEY "ca/tls.key"
#define TOU_PRACTICE_FILE_RECEIPT_CERTIFICATE "ca/receipt.pem"
#define TOU_PRACTICE_FILE_RECEIPT_KEY "ca/receipt.key"

/**
 * tou_practice_folder_prepare:
 * @path: absolute; its parent folders are made when they are missing
 * @make_anew: throw away the practice folder that is there
 * @now_us: since 1970 UTC; from it the cards' and the TLS certificate's times are counted
 *
 * Makes the folder where there is none or an empty one (a second or two), else looks whether it is whole and
 * renews the TLS certificate when it ends soon. Waits; not for a thread that draws.
 *
 * Errors: TOU_PRACTICE_ERROR. Returns: (transfer full) (nullable)
 */
TouPracticeFolder *tou_practice_folder_prepare (const char *path, gboolean make_anew, gint64 now_us,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_practice_folder_close (TouPracticeFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeFolder, tou_practice_folder_close)

/** tou_practice_folder_get_path: Returns: (transfer none) */
const char *tou_practice_folder_get_path (TouPracticeFolder *self);

/** tou_practice_folder_dup_file: Returns: (transfer full): path of @name inside the folder at @path */
char *tou_practice_folder_dup_file (const char *path, const char *name);

G_END_DECLS
