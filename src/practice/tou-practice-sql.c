/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-sql.h"

static gboolean
fail (sqlite3 *db, GError **error)
{
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "database: %s", sqlite3_errmsg (db));
    return FALSE;
}

sqlite3_stmt *
tou_sql_prepare (sqlite3 *db, const char *sql, GError **error)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail (db, error);
    return statement;
}

void
tou_sql_bind_text (sqlite3_stmt *statement, int parameter, const char *text)
{
    sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC);
}

void
tou_sql_bind_bytes (sqlite3_stmt *statement, int parameter, GBytes *bytes)
{
    gsize size;
    gconstpointer data = g_bytes_get_data (bytes, &size);

    sqlite3_bind_blob64 (statement, parameter, data, size, SQLITE_STATIC);
}

gboolean
tou_sql_next (sqlite3_stmt *statement, gboolean *out_has_row, GError **error)
{
    int result = sqlite3_step (statement);

    *out_has_row = result == SQLITE_ROW;
    return result == SQLITE_ROW || result == SQLITE_DONE || fail (sqlite3_db_handle (statement), error);
}

gboolean
tou_sql_run (sqlite3_stmt *statement, GError **error)
{
    gboolean has_row;

    return tou_sql_next (statement, &has_row, error);
}

gboolean
tou_sql_execute (sqlite3 *db, const char *sql, GError **error)
{
    return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, error);
}

char *
tou_sql_dup_text (sqlite3_stmt *statement, int column)
{
    return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

GBytes *
tou_sql_dup_bytes (sqlite3_stmt *statement, int column)
{
    gconstpointer data = sqlite3_column_blob (statement, column);

    return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}
