/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-store"

#include "tou-sqlite-connection.h"

#include "tou-record-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>

/* Another window of the program may be writing. */
#define BUSY_TIMEOUT_MS 5000
#define N_LOG_TRIES 20

struct _TouSqliteConnection {
    sqlite3 *handle;
    GThread *thread;
};

static gboolean
is_disk_full (int number)
{
    return number == ENOSPC || number == EDQUOT;
}

static TouStoreError
convert_result (TouSqliteConnection *self, int result)
{
    int kind = result & 0xff;

    /* SQLite says "full" only of the file itself, not of the log's index beside it. */
    if ((kind == SQLITE_IOERR || kind == SQLITE_CANTOPEN)
        && is_disk_full (sqlite3_system_errno (self->handle)))
        return TOU_STORE_ERROR_FULL;
    switch (kind) {
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return TOU_STORE_ERROR_OPEN;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return TOU_STORE_ERROR_DAMAGED;
    case SQLITE_FULL:
        return TOU_STORE_ERROR_FULL;
    default:
        return TOU_STORE_ERROR_FAILED;
    }
}

void
tou_sqlite_connection_set_error (TouSqliteConnection *self, int result, GError **error)
{
    g_set_error (error, TOU_STORE_ERROR, convert_result (self, result), "SQLite: %s (%d)",
                 sqlite3_errmsg (self->handle), result);
}

static gboolean
set_file_error (const char *path, GError **error)
{
    int saved_errno = errno;

    g_set_error (error, TOU_STORE_ERROR,
                 is_disk_full (saved_errno) ? TOU_STORE_ERROR_FULL : TOU_STORE_ERROR_OPEN, "%s: %s", path,
                 g_strerror (saved_errno));
    return FALSE;
}

/* SQLite would make the file readable to others; the log beside it takes the file's mode. Made without
 * opening it, for to close it would take away every lock that this process has on it, those of a window that
 * is still closing too (sqlite.org/howtocorrupt.html, 2.2). */
static gboolean
make_file_private (const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname (path);

    if (g_mkdir_with_parents (folder, 0700) != 0)
        return set_file_error (folder, error);
    if (mknod (path, S_IFREG | 0600, 0) != 0 && errno != EEXIST)
        return set_file_error (path, error);
    return g_chmod (path, 0600) == 0 || set_file_error (path, error);
}

TouSqliteConnection *
tou_sqlite_connection_open (const char *path, GError **error)
{
    if (!make_file_private (path, error))
        return NULL;
    g_autoptr (TouSqliteConnection) self = g_new0 (TouSqliteConnection, 1);
    self->thread = g_thread_self ();
    int result = sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (result != SQLITE_OK) {
        tou_sqlite_connection_set_error (self, result, error);
        return NULL;
    }
    sqlite3_extended_result_codes (self->handle, TRUE);
    sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
    return g_steal_pointer (&self);
}

void
tou_sqlite_connection_close (TouSqliteConnection *self)
{
    g_assert (self->thread == g_thread_self ());

    int result = sqlite3_close (self->handle);
    if (result != SQLITE_OK)
        g_debug ("The database was not closed: %s", sqlite3_errstr (result));
    g_free (self);
}

struct sqlite3 *
tou_sqlite_connection_get_handle (TouSqliteConnection *self)
{
    g_assert (self->thread == g_thread_self ());

    return self->handle;
}

gboolean
tou_sqlite_connection_run (TouSqliteConnection *self, const char *sql, GError **error)
{
    int result = sqlite3_exec (tou_sqlite_connection_get_handle (self), sql, NULL, NULL, NULL);

    if (result == SQLITE_OK)
        return TRUE;
    tou_sqlite_connection_set_error (self, result, error);
    return FALSE;
}

/* SQLite does not wait at this by itself, for two that do it at once would wait for each other. It does wait
 * for a transaction to begin, and by then the other one is through. */
gboolean
tou_sqlite_connection_use_log (TouSqliteConnection *self, GError **error)
{
    sqlite3 *handle = tou_sqlite_connection_get_handle (self);
    int result = SQLITE_BUSY;

    for (guint i = 0; i < N_LOG_TRIES && (result & 0xff) == SQLITE_BUSY; i++) {
        if (i > 0 && !tou_sqlite_connection_run (self, "BEGIN IMMEDIATE; ROLLBACK", error))
            return FALSE;
        result = sqlite3_exec (handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
    if (result == SQLITE_OK)
        return TRUE;
    tou_sqlite_connection_set_error (self, result, error);
    return FALSE;
}

gboolean
tou_sqlite_connection_transact (TouSqliteConnection *self, TouSqliteWork work, gconstpointer data,
                                GError **error)
{
    g_autoptr (GError) fault = NULL;

    if (!tou_sqlite_connection_run (self, "BEGIN IMMEDIATE", error))
        return FALSE;
    if (work (self, data, error) && tou_sqlite_connection_run (self, "COMMIT", error))
        return TRUE;
    /* SQLite has rolled back by itself after some errors. */
    if (!sqlite3_get_autocommit (self->handle) && !tou_sqlite_connection_run (self, "ROLLBACK", &fault))
        g_debug ("No rollback: %s", fault->message);
    return FALSE;
}

guint
tou_sqlite_connection_count_changed (TouSqliteConnection *self)
{
    return (guint) sqlite3_changes (tou_sqlite_connection_get_handle (self));
}
