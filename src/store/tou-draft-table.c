/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-store"

#include "tou-draft-table.h"

#include "tou-sqlite-statement.h"

#define WHERE_KEY " WHERE agency_id = ?1 AND user_id = ?2 AND category = ?3 AND operation = ?4"

/* A statement whose first four parameters are the key. */
static TouSqliteStatement *
make_statement (TouSqliteConnection *connection, const char *sql, const TouDraft *key, GError **error)
{
    TouSqliteStatement *statement = tou_sqlite_statement_new (connection, sql, error);

    if (statement == NULL)
        return NULL;
    tou_sqlite_statement_set_text (statement, 1, key->agency_id);
    tou_sqlite_statement_set_text (statement, 2, key->user_id);
    tou_sqlite_statement_set_text (statement, 3, tou_category_get_id (key->category));
    tou_sqlite_statement_set_text (statement, 4, tou_operation_get_id (key->operation));
    return statement;
}

gboolean
tou_draft_table_put (TouSqliteConnection *connection, const TouDraft *draft, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = make_statement (
        connection,
        "INSERT OR REPLACE INTO draft (agency_id, user_id, category, operation,"
        "  saved_at_us, name, postal_code, address, person, phone, fax, company_phone, company_fax)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        draft, error);
    static const TouContact nothing = { 0 };
    const TouContact *contact = draft->contact != NULL ? draft->contact : &nothing;

    if (statement == NULL)
        return FALSE;
    tou_sqlite_statement_set_int (statement, 5, draft->saved_at_us);
    tou_sqlite_statement_set_text (statement, 6, contact->name);
    tou_sqlite_statement_set_text (statement, 7, contact->postal_code);
    tou_sqlite_statement_set_text (statement, 8, contact->address);
    tou_sqlite_statement_set_text (statement, 9, contact->person);
    tou_sqlite_statement_set_text (statement, 10, contact->phone);
    tou_sqlite_statement_set_text (statement, 11, contact->fax);
    tou_sqlite_statement_set_text (statement, 12, contact->company_phone);
    tou_sqlite_statement_set_text (statement, 13, contact->company_fax);
    return tou_sqlite_statement_run (statement, error);
}

static TouContact *
read_contact (TouSqliteStatement *row, int column)
{
    TouContact *contact = tou_contact_new ();

    contact->name = tou_sqlite_statement_dup_text (row, column);
    contact->postal_code = tou_sqlite_statement_dup_text (row, column + 1);
    contact->address = tou_sqlite_statement_dup_text (row, column + 2);
    contact->person = tou_sqlite_statement_dup_text (row, column + 3);
    contact->phone = tou_sqlite_statement_dup_text (row, column + 4);
    contact->fax = tou_sqlite_statement_dup_text (row, column + 5);
    contact->company_phone = tou_sqlite_statement_dup_text (row, column + 6);
    contact->company_fax = tou_sqlite_statement_dup_text (row, column + 7);
    return contact;
}

TouDraft *
tou_draft_table_get (TouSqliteConnection *connection, const TouDraft *key, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = make_statement (
        connection,
        "SELECT saved_at_us, name, postal_code, address, person, phone, fax, company_phone, company_fax"
        " FROM draft" WHERE_KEY,
        key, error);
    gboolean has_row;

    if (statement == NULL || !tou_sqlite_statement_step (statement, &has_row, error))
        return NULL;
    if (!has_row) {
        g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "There is no such draft");
        return NULL;
    }
    TouDraft *draft = tou_draft_copy (key);
    g_clear_pointer (&draft->contact, tou_contact_free);
    draft->saved_at_us = tou_sqlite_statement_get_int (statement, 0);
    draft->contact = read_contact (statement, 1);
    return draft;
}

gboolean
tou_draft_table_delete (TouSqliteConnection *connection, const TouDraft *key, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = make_statement (connection, "DELETE FROM draft" WHERE_KEY, key,
                                                               error);

    return statement != NULL && tou_sqlite_statement_run (statement, error);
}
