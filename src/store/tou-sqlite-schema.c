/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-store"

#include "tou-sqlite-schema.h"

#include "tou-record-store.h"
#include "tou-sqlite-statement.h"

/* The versions so far (PRAGMA user_version):
 *   1  submissions with their receipts, drafts
 *   2  an index that answers the list of records alone
 *   3  the numbers of the company in the draft of a contact change
 *   4  the card used last
 *   5  what became of a submission
 *   6  without the index of a list that nobody asks for any more
 *   7  who sent a submission, and whether it was given up; an index of what is not settled
 * A version that was released is never changed; a new one gets a function and a line in the table. */
static gboolean migrate_v1 (TouSqliteConnection *connection, GError **error);
static gboolean migrate_v2 (TouSqliteConnection *connection, GError **error);
static gboolean migrate_v3 (TouSqliteConnection *connection, GError **error);
static gboolean migrate_v4 (TouSqliteConnection *connection, GError **error);
static gboolean migrate_v5 (TouSqliteConnection *connection, GError **error);
static gboolean migrate_v6 (TouSqliteConnection *connection, GError **error);
static gboolean migrate_v7 (TouSqliteConnection *connection, GError **error);

static gboolean (*const migrations[]) (TouSqliteConnection *connection, GError **error) = {
    migrate_v1, migrate_v2, migrate_v3, migrate_v4, migrate_v5, migrate_v6, migrate_v7,
};

#define NEWEST_VERSION ((gint64) G_N_ELEMENTS (migrations))

static gboolean
migrate_v1 (TouSqliteConnection *connection, GError **error)
{
    return tou_sqlite_connection_run (
        connection,
        "CREATE TABLE submission ("
        "  id TEXT NOT NULL UNIQUE,"
        "  agency_id TEXT NOT NULL,"
        "  operation TEXT NOT NULL,"
        "  category TEXT NOT NULL,"
        "  signed_at_us INTEGER NOT NULL,"
        "  cms BLOB NOT NULL,"
        "  content BLOB NOT NULL,"
        "  certificate_sha256 TEXT NOT NULL,"
        "  state TEXT NOT NULL CHECK (state IN ('signed', 'sent', 'accepted', 'refused')),"
        "  refusal_code TEXT);"
        "CREATE INDEX submission_by_time ON submission (agency_id, signed_at_us);"
        "CREATE TABLE receipt ("
        "  submission_id TEXT NOT NULL PRIMARY KEY REFERENCES submission (id),"
        "  reception_number TEXT NOT NULL,"
        "  request_sha256 TEXT NOT NULL,"
        "  accepted_at_us INTEGER NOT NULL,"
        "  cms BLOB NOT NULL,"
        "  was_repeat INTEGER NOT NULL);"
        "CREATE TABLE draft ("
        "  agency_id TEXT NOT NULL,"
        "  user_id TEXT NOT NULL,"
        "  category TEXT NOT NULL,"
        "  operation TEXT NOT NULL,"
        "  saved_at_us INTEGER NOT NULL,"
        "  name TEXT, postal_code TEXT, address TEXT, person TEXT, phone TEXT, fax TEXT,"
        "  PRIMARY KEY (agency_id, user_id, category, operation)) WITHOUT ROWID;",
        error);
}

/* What the list shows stands behind the large columns of a submission: reading it there would read those. */
static gboolean
migrate_v2 (TouSqliteConnection *connection, GError **error)
{
    return tou_sqlite_connection_run (connection,
                                      "CREATE INDEX submission_record ON submission"
                                      " (signed_at_us, id, state, agency_id, operation, category,"
                                      "  refusal_code);",
                                      error);
}

static gboolean
migrate_v3 (TouSqliteConnection *connection, GError **error)
{
    return tou_sqlite_connection_run (connection,
                                      "ALTER TABLE draft ADD COLUMN company_phone TEXT;"
                                      "ALTER TABLE draft ADD COLUMN company_fax TEXT;",
                                      error);
}

static gboolean
migrate_v4 (TouSqliteConnection *connection, GError **error)
{
    return tou_sqlite_connection_run (connection,
                                      "CREATE TABLE known_card ("
                                      "  agency_id TEXT NOT NULL,"
                                      "  category TEXT NOT NULL,"
                                      "  certificate_sha256 TEXT NOT NULL,"
                                      "  used_at_us INTEGER NOT NULL,"
                                      "  PRIMARY KEY (agency_id, category)) WITHOUT ROWID;",
                                      error);
}

static gboolean
migrate_v5 (TouSqliteConnection *connection, GError **error)
{
    return tou_sqlite_connection_run (connection,
                                      "CREATE TABLE review ("
                                      "  submission_id TEXT NOT NULL PRIMARY KEY REFERENCES submission (id),"
                                      "  state TEXT NOT NULL) WITHOUT ROWID;",
                                      error);
}

static gboolean
migrate_v6 (TouSqliteConnection *connection, GError **error)
{
    return tou_sqlite_connection_run (connection, "DROP INDEX submission_by_time", error);
}

/* The index of the list holds all that the list shows, and so has to be made anew. */
static gboolean
migrate_v7 (TouSqliteConnection *connection, GError **error)
{
    return tou_sqlite_connection_run (
        connection,
        "ALTER TABLE submission ADD COLUMN user_id TEXT;"
        "ALTER TABLE submission ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0;"
        "DROP INDEX submission_record;"
        "CREATE INDEX submission_record ON submission"
        " (signed_at_us, id, state, agency_id, operation, category, refusal_code, given_up);"
        "CREATE INDEX submission_unsettled ON submission"
        " (signed_at_us, id, agency_id, operation, category, given_up, user_id) WHERE state = 'sent';",
        error);
}

static gboolean
read_version (TouSqliteConnection *connection, gint64 *out_version, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (connection, "PRAGMA user_version",
                                                                         error);
    gboolean has_row;

    if (statement == NULL || !tou_sqlite_statement_step (statement, &has_row, error))
        return FALSE;
    *out_version = has_row ? tou_sqlite_statement_get_int (statement, 0) : 0;
    return TRUE;
}

/* The version is read again: another window may have migrated since. */
static gboolean
migrate_one (TouSqliteConnection *connection, gconstpointer data, GError **error)
{
    gint64 target = *(const gint64 *) data;
    gint64 version;
    g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", (int) target);

    if (!read_version (connection, &version, error))
        return FALSE;
    if (version >= target)
        return TRUE;
    return migrations[target - 1](connection, error) && tou_sqlite_connection_run (connection, mark, error);
}

gboolean
tou_sqlite_schema_prepare (TouSqliteConnection *connection, GError **error)
{
    gint64 version;

    if (!read_version (connection, &version, error))
        return FALSE;
    if (version < 0 || version > NEWEST_VERSION) {
        g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_NEWER, "The database has version %d",
                     (int) version);
        return FALSE;
    }
    if (!tou_sqlite_connection_use_log (connection, error)
        || !tou_sqlite_connection_run (connection, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON",
                                       error))
        return FALSE;
    for (gint64 target = version + 1; target <= NEWEST_VERSION; target++)
        if (!tou_sqlite_connection_transact (connection, migrate_one, &target, error))
            return FALSE;
    return TRUE;
}
