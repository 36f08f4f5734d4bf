/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-sql.h"

static GIOErrorEnum
get_code (sqlite3 *db)
{
    switch (sqlite3_errcode (db) & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return G_IO_ERROR_INVALID_DATA;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return G_IO_ERROR_BUSY;
    case SQLITE_READONLY:
        return G_IO_ERROR_READ_ONLY;
    case SQLITE_FULL:
        return G_IO_ERROR_NO_SPACE;
    case SQLITE_PERM:
        return G_IO_ERROR_PERMISSION_DENIED;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        return g_io_error_from_errno (sqlite3_system_errno (db));
    default:
        return G_IO_ERROR_FAILED;
    }
}

static gboolean
fail (sqlite3 *db, GError **error)
{
    g_set_error (error, G_IO_ERROR, (int) get_code (db), "database: %s", sqlite3_errmsg (db));
    return FALSE;
}

sqlite3 *
tou_sql_open (const char *path, int flags, GError **error)
{
    g_autoptr (sqlite3) db = NULL;

    if (sqlite3_open_v2 (path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
        return g_steal_pointer (&db);
    g_set_error (error, G_IO_ERROR, (int) get_code (db), "%s: %s", path, sqlite3_errmsg (db));
    return NULL;
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
