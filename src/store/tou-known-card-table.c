/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-store"

#include "tou-known-card-table.h"

#include "tou-sqlite-statement.h"

/* A statement whose first two parameters are the key. */
static TouSqliteStatement *
make_statement (TouSqliteConnection *connection, const char *sql, const TouKnownCard *key, GError **error)
{
    TouSqliteStatement *statement = tou_sqlite_statement_new (connection, sql, error);

    if (statement == NULL)
        return NULL;
    tou_sqlite_statement_set_text (statement, 1, key->agency_id);
    tou_sqlite_statement_set_text (statement, 2, tou_category_get_id (key->category));
    return statement;
}

gboolean
tou_known_card_table_put (TouSqliteConnection *connection, const TouKnownCard *card, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = make_statement (
        connection,
        "INSERT OR REPLACE INTO known_card (agency_id, category, certificate_sha256, used_at_us)"
        " VALUES (?1, ?2, ?3, ?4)",
        card, error);

    if (statement == NULL)
        return FALSE;
    tou_sqlite_statement_set_text (statement, 3, card->certificate_sha256);
    tou_sqlite_statement_set_int (statement, 4, card->used_at_us);
    return tou_sqlite_statement_run (statement, error);
}

TouKnownCard *
tou_known_card_table_get (TouSqliteConnection *connection, const TouKnownCard *key, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = make_statement (
        connection,
        "SELECT certificate_sha256, used_at_us FROM known_card WHERE agency_id = ?1 AND category = ?2", key,
        error);
    TouKnownCard *card;
    gboolean has_row;

    if (statement == NULL || !tou_sqlite_statement_step (statement, &has_row, error))
        return NULL;
    if (!has_row) {
        g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "No card was used yet");
        return NULL;
    }
    card = tou_known_card_copy (key);
    g_free (card->certificate_sha256);
    card->certificate_sha256 = tou_sqlite_statement_dup_text (statement, 0);
    card->used_at_us = tou_sqlite_statement_get_int (statement, 1);
    return card;
}
