/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-store"

#include "tou-sqlite-statement.h"

#include <sqlite3.h>

struct _TouSqliteStatement {
    TouSqliteConnection *connection;
    sqlite3_stmt *handle;
    int bind_result; /* of the first value that could not be bound */
};

TouSqliteStatement *
tou_sqlite_statement_new (TouSqliteConnection *connection, const char *sql, GError **error)
{
    g_autoptr (TouSqliteStatement) self = g_new0 (TouSqliteStatement, 1);

    self->connection = connection;
    int result = sqlite3_prepare_v2 (tou_sqlite_connection_get_handle (connection), sql, -1, &self->handle,
                                     NULL);
    if (result == SQLITE_OK)
        return g_steal_pointer (&self);
    tou_sqlite_connection_set_error (connection, result, error);
    return NULL;
}

void
tou_sqlite_statement_free (TouSqliteStatement *self)
{
    sqlite3_finalize (self->handle);
    g_free (self);
}

static void
note_bind (TouSqliteStatement *self, int result)
{
    if (self->bind_result == SQLITE_OK)
        self->bind_result = result;
}

void
tou_sqlite_statement_set_text (TouSqliteStatement *self, int parameter, const char *value)
{
    note_bind (self, sqlite3_bind_text (self->handle, parameter, value, -1, SQLITE_TRANSIENT));
}

void
tou_sqlite_statement_set_int (TouSqliteStatement *self, int parameter, gint64 value)
{
    note_bind (self, sqlite3_bind_int64 (self->handle, parameter, value));
}

void
tou_sqlite_statement_set_bytes (TouSqliteStatement *self, int parameter, GBytes *value)
{
    if (value == NULL)
        return;
    gsize size;
    const void *data = g_bytes_get_data (value, &size);

    /* A pointer that is not NULL: no bytes are a value too. */
    note_bind (self, sqlite3_bind_blob64 (self->handle, parameter, data != NULL ? data : "", size,
                                          SQLITE_TRANSIENT));
}

gboolean
tou_sqlite_statement_step (TouSqliteStatement *self, gboolean *out_has_row, GError **error)
{
    int result = self->bind_result;

    if (result == SQLITE_OK)
        result = sqlite3_step (self->handle);
    *out_has_row = result == SQLITE_ROW;
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return TRUE;
    tou_sqlite_connection_set_error (self->connection, result, error);
    return FALSE;
}

gboolean
tou_sqlite_statement_run (TouSqliteStatement *self, GError **error)
{
    gboolean has_row;

    return tou_sqlite_statement_step (self, &has_row, error);
}

gboolean
tou_sqlite_statement_is_null (TouSqliteStatement *self, int column)
{
    return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

const char *
tou_sqlite_statement_get_text (TouSqliteStatement *self, int column)
{
    return (const char *) sqlite3_column_text (self->handle, column);
}

char *
tou_sqlite_statement_dup_text (TouSqliteStatement *self, int column)
{
    return g_strdup (tou_sqlite_statement_get_text (self, column));
}

gint64
tou_sqlite_statement_get_int (TouSqliteStatement *self, int column)
{
    return sqlite3_column_int64 (self->handle, column);
}

GBytes *
tou_sqlite_statement_dup_bytes (TouSqliteStatement *self, int column)
{
    if (tou_sqlite_statement_is_null (self, column))
        return NULL;
    const void *data = sqlite3_column_blob (self->handle, column);

    return g_bytes_new (data, (gsize) sqlite3_column_bytes (self->handle, column));
}
