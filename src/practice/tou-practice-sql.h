/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Short words for prepared statements; the practice database only. Parameters count from 1, columns from 0.
 * Errors: #GIOErrorEnum with SQLite's message: INVALID_DATA only for a file that was read and is no database
 * or a damaged one, BUSY, READ_ONLY, NO_SPACE, those of the system's calls, else FAILED. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/** tou_sql_open: @flags: of sqlite3_open_v2(). Returns: (transfer full) (nullable) */
sqlite3 *tou_sql_open (const char *path, int flags, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sql_prepare: Returns: (transfer full) (nullable) */
sqlite3_stmt *tou_sql_prepare (sqlite3 *db, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sql_bind_text: @text (nullable) has to stay until the statement is done. */
void tou_sql_bind_text (sqlite3_stmt *statement, int parameter, const char *text);
/** tou_sql_bind_bytes: likewise. */
void tou_sql_bind_bytes (sqlite3_stmt *statement, int parameter, GBytes *bytes);

/** tou_sql_next: goes on to the next row; @out_has_row: whether there is one. */
gboolean
tou_sql_next (sqlite3_stmt *statement, gboolean *out_has_row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sql_run: for a statement without rows. */
gboolean tou_sql_run (sqlite3_stmt *statement, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sql_execute: @sql: statements without parameters and rows. */
gboolean tou_sql_execute (sqlite3 *db, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sql_dup_text: Returns: (transfer full) (nullable): %NULL for NULL */
char *tou_sql_dup_text (sqlite3_stmt *statement, int column);
/** tou_sql_dup_bytes: Returns: (transfer full) */
GBytes *tou_sql_dup_bytes (sqlite3_stmt *statement, int column);

G_END_DECLS
