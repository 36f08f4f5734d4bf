/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouSqliteConnection: the open database. Belongs to the thread that opened it. This and
 * tou-sqlite-statement.c alone know SQLite. All errors are TOU_STORE_ERROR. */
typedef struct _TouSqliteConnection TouSqliteConnection;

/** tou_sqlite_connection_open: @path: made with mode 0600 if there is no such file. Sets no pragma that
 * writes to the file. Returns: (transfer full) (nullable) */
TouSqliteConnection *tou_sqlite_connection_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sqlite_connection_close: also folds the write-ahead log into the file. */
void tou_sqlite_connection_close (TouSqliteConnection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouSqliteConnection, tou_sqlite_connection_close)

/** tou_sqlite_connection_run: @sql: statements without parameters or rows that matter. */
gboolean tou_sqlite_connection_run (TouSqliteConnection *self, const char *sql,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sqlite_connection_use_log: has the file written through a write-ahead log from now on; waits for
 * others that do the same. */
gboolean tou_sqlite_connection_use_log (TouSqliteConnection *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** TouSqliteWork: the body of a transaction. */
typedef gboolean (*TouSqliteWork) (TouSqliteConnection *connection, gconstpointer data, GError **error);

/** tou_sqlite_connection_transact: all of @work or, when it fails, nothing. */
gboolean tou_sqlite_connection_transact (TouSqliteConnection *self, TouSqliteWork work, gconstpointer data,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sqlite_connection_count_changed: Returns: the rows that the last statement wrote. */
guint tou_sqlite_connection_count_changed (TouSqliteConnection *self);

/** For tou-sqlite-statement.c alone. */
struct sqlite3 *tou_sqlite_connection_get_handle (TouSqliteConnection *self);

/** tou_sqlite_connection_set_error: the one place where SQLite's results become ours. @result: an (extended)
 * result code that is not SQLITE_OK. */
void tou_sqlite_connection_set_error (TouSqliteConnection *self, int result, GError **error);

G_END_DECLS
