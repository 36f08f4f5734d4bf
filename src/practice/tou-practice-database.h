/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-sql.h"

G_BEGIN_DECLS

/**
 * The practice service's database, `service.db` in the practice folder. What is in it is reached through
 * tou-practice-accounts.h (companies, users, sessions, nonces) and tou-practice-submissions.h (applications,
 * registrations). One thread at a time.
 */

/** tou_practice_database_create: makes the file with empty tables. Errors: #GIOErrorEnum.
 * Returns: (transfer full) (nullable): closed with sqlite3_close() */
sqlite3 *tou_practice_database_create (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_database_open: opens what tou_practice_database_create() made.
 * Errors: as in tou-practice-sql.h; G_IO_ERROR_INVALID_DATA also when it is of another version.
 * Returns: (transfer full) (nullable) */
sqlite3 *tou_practice_database_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_database_begin: starts a transaction; one at a time. */
gboolean tou_practice_database_begin (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_database_end: @keep: commit, else roll back. Returns: whether what was to be kept is kept */
gboolean tou_practice_database_end (sqlite3 *db, gboolean keep, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_random_hex: Returns: (transfer full): @n_bytes unpredictable bytes in lower-case hex, at
 * most 64. */
char *tou_practice_random_hex (gsize n_bytes);

G_END_DECLS
