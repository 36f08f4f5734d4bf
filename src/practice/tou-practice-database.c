/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-database.h"

#include "tou-practice-sql.h"

#include <sys/random.h>

/* In the file's header, so that another SQLite file is told from ours: "TOUP". */
#define APPLICATION_ID "0x544f5550"
#define SCHEMA_VERSION 2

static const char schema[]
    = "CREATE TABLE companies (vendor_number TEXT PRIMARY KEY, name TEXT NOT NULL, postal_code TEXT, address "
      "TEXT,"
      " representative_name TEXT, representative_title TEXT, phone TEXT, fax TEXT) STRICT;"
      "CREATE TABLE users (user_id TEXT PRIMARY KEY, salt BLOB NOT NULL, rounds INTEGER NOT NULL,"
      " hash BLOB NOT NULL, vendor_number TEXT NOT NULL REFERENCES companies) STRICT;"
      /* An ended session stays, so that its token is answered with "expired" and not with "never signed in".
       */
      "CREATE TABLE sessions (token_sha256 TEXT PRIMARY KEY, vendor_number TEXT NOT NULL REFERENCES "
      "companies,"
      " category TEXT NOT NULL, expires_at_us INTEGER NOT NULL) STRICT;"
      "CREATE TABLE nonces (nonce TEXT PRIMARY KEY, vendor_number TEXT NOT NULL REFERENCES companies,"
      " issued_at_us INTEGER NOT NULL) STRICT;"
      "CREATE TABLE submissions (number INTEGER PRIMARY KEY AUTOINCREMENT, submission_id TEXT NOT NULL "
      "UNIQUE,"
      " vendor_number TEXT NOT NULL REFERENCES companies, category TEXT NOT NULL, operation TEXT NOT NULL,"
      " cms BLOB NOT NULL, request_sha256 TEXT NOT NULL, reception_number TEXT NOT NULL,"
      " accepted_at_us INTEGER NOT NULL, receipt BLOB NOT NULL, state TEXT NOT NULL, reason TEXT,"
      " contact_name TEXT, contact_postal_code TEXT, contact_address TEXT, contact_person TEXT, "
      "contact_phone TEXT,"
      " contact_fax TEXT, company_phone TEXT, company_fax TEXT,"
      " card_sha256 TEXT NOT NULL, card_serial TEXT, card_issuer TEXT, card_not_after_us INTEGER NOT NULL) "
      "STRICT;"
      "CREATE INDEX submissions_of_company ON submissions (vendor_number, category, number);"
      "CREATE TABLE registrations (vendor_number TEXT NOT NULL REFERENCES companies, category TEXT NOT NULL,"
      " contact_name TEXT, contact_postal_code TEXT, contact_address TEXT, contact_person TEXT, "
      "contact_phone TEXT,"
      " contact_fax TEXT, card_sha256 TEXT NOT NULL, card_serial TEXT, card_issuer TEXT,"
      " card_not_after_us INTEGER NOT NULL, company_name TEXT, company_postal_code TEXT,"
      " company_address TEXT, company_representative_name TEXT, company_representative_title TEXT,"
      " company_phone TEXT, company_fax TEXT, PRIMARY KEY (vendor_number, category)) STRICT;"
      "PRAGMA application_id = " APPLICATION_ID ";"
      "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION) ";";

/* Version 1 did not keep the company as it was registered. */
#define COMPANY_OF_REGISTRATION(column) "ALTER TABLE registrations ADD COLUMN " column " TEXT;"
static const char upgrade_from_1[] = COMPANY_OF_REGISTRATION ("company_name")
    COMPANY_OF_REGISTRATION ("company_postal_code") COMPANY_OF_REGISTRATION ("company_address")
        COMPANY_OF_REGISTRATION ("company_representative_name") COMPANY_OF_REGISTRATION (
            "company_representative_title") COMPANY_OF_REGISTRATION ("company_phone")
            COMPANY_OF_REGISTRATION ("company_fax") "PRAGMA user_version = " G_STRINGIFY (SCHEMA_VERSION) ";";

static sqlite3 *
open_file (const char *path, int flags, GError **error)
{
    g_autoptr (sqlite3) db = tou_sql_open (path, flags, error);

    if (db == NULL)
        return NULL;
    sqlite3_busy_timeout (db, 2000);
    if (!tou_sql_execute (db, "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;", error))
        return NULL;
    return g_steal_pointer (&db);
}

sqlite3 *
tou_practice_database_create (const char *path, GError **error)
{
    g_autoptr (sqlite3) db = open_file (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);

    if (db == NULL || !tou_practice_database_begin (db, error)
        || !tou_practice_database_end (db, tou_sql_execute (db, schema, error), error))
        return NULL;
    return g_steal_pointer (&db);
}

/* Returns: (transfer full) (nullable): the one value that @sql asks for */
static char *
ask (sqlite3 *db, const char *sql, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (db, sql, error);
    gboolean has_row;

    if (statement == NULL || !tou_sql_next (statement, &has_row, error))
        return NULL;
    return has_row ? tou_sql_dup_text (statement, 0) : g_strdup ("");
}

static gboolean
require (sqlite3 *db, const char *sql, const char *expected, GError **error)
{
    g_autofree char *answer = ask (db, sql, error);

    if (answer == NULL || g_str_equal (answer, expected))
        return answer != NULL;
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: \"%s\" instead of \"%s\"", sql, answer,
                 expected);
    return FALSE;
}

static gboolean
upgrade (sqlite3 *db, GError **error)
{
    g_autofree char *version = ask (db, "PRAGMA user_version", error);

    if (version == NULL || !g_str_equal (version, "1"))
        return version != NULL;
    return tou_practice_database_begin (db, error)
           && tou_practice_database_end (db, tou_sql_execute (db, upgrade_from_1, error), error);
}

sqlite3 *
tou_practice_database_open (const char *path, GError **error)
{
    g_autoptr (sqlite3) db = open_file (path, SQLITE_OPEN_READWRITE, error);
    g_autofree char *application = g_strdup_printf ("%d", (int) g_ascii_strtoull (APPLICATION_ID, NULL, 16));

    if (db != NULL && require (db, "PRAGMA application_id", application, error) && upgrade (db, error)
        && require (db, "PRAGMA user_version", G_STRINGIFY (SCHEMA_VERSION), error)
        && require (db, "PRAGMA quick_check (1)", "ok", error))
        return g_steal_pointer (&db);
    return NULL;
}

gboolean
tou_practice_database_begin (sqlite3 *db, GError **error)
{
    return tou_sql_execute (db, "BEGIN IMMEDIATE", error);
}

gboolean
tou_practice_database_end (sqlite3 *db, gboolean keep, GError **error)
{
    if (keep && tou_sql_execute (db, "COMMIT", error))
        return TRUE;
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
    return FALSE;
}

char *
tou_practice_random_hex (gsize n_bytes)
{
    guint8 bytes[64];
    GString *text = g_string_sized_new (2 * n_bytes);

    g_assert (n_bytes <= sizeof bytes);
    /* Up to 256 bytes come whole once the kernel's generator is seeded (getrandom(2)). */
    if (getrandom (bytes, n_bytes, 0) != (gssize) n_bytes)
        g_error ("the kernel gives no random bytes");
    for (gsize i = 0; i < n_bytes; i++)
        g_string_append_printf (text, "%02x", bytes[i]);
    return g_string_free (text, FALSE);
}
