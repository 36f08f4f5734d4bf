/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-store"

#include "tou-submission-table.h"

#include "tou-sqlite-statement.h"

static const char *const state_words[] = {
    [TOU_SUBMISSION_STATE_SIGNED] = "signed",
    [TOU_SUBMISSION_STATE_SENT] = "sent",
    [TOU_SUBMISSION_STATE_ACCEPTED] = "accepted",
    [TOU_SUBMISSION_STATE_REFUSED] = "refused",
    /* And given_up is set: version 1 of the table knows no further word. */
    [TOU_SUBMISSION_STATE_GIVEN_UP] = "sent",
};

static gboolean
read_state (const char *word, gboolean is_given_up, TouSubmissionState *out_state)
{
    for (gsize i = 0; i < G_N_ELEMENTS (state_words); i++) {
        if (g_strcmp0 (word, state_words[i]) == 0) {
            *out_state = is_given_up ? TOU_SUBMISSION_STATE_GIVEN_UP : (TouSubmissionState) i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean
set_not_found (GError **error)
{
    g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_NOT_FOUND, "There is no such submission");
    return FALSE;
}

static gboolean
insert (TouSqliteConnection *connection, const TouSubmission *submission, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (
        connection,
        "INSERT INTO submission (id, agency_id, operation, category, signed_at_us, cms, content,"
        "  certificate_sha256, state, refusal_code, user_id, given_up)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (id) DO NOTHING",
        error);

    if (statement == NULL)
        return FALSE;
    tou_sqlite_statement_set_text (statement, 1, submission->id);
    tou_sqlite_statement_set_text (statement, 2, submission->agency_id);
    tou_sqlite_statement_set_text (statement, 3, tou_operation_get_id (submission->operation));
    tou_sqlite_statement_set_text (statement, 4, tou_category_get_id (submission->category));
    tou_sqlite_statement_set_int (statement, 5, submission->signed_at_us);
    tou_sqlite_statement_set_bytes (statement, 6, submission->cms);
    tou_sqlite_statement_set_bytes (statement, 7, submission->content);
    tou_sqlite_statement_set_text (statement, 8, submission->certificate_sha256);
    tou_sqlite_statement_set_text (statement, 9, state_words[submission->state]);
    tou_sqlite_statement_set_text (statement, 10, submission->refusal_code);
    tou_sqlite_statement_set_text (statement, 11, submission->user_id);
    tou_sqlite_statement_set_int (statement, 12, submission->state == TOU_SUBMISSION_STATE_GIVEN_UP);
    return tou_sqlite_statement_run (statement, error);
}

gboolean
tou_submission_table_put (TouSqliteConnection *connection, const TouSubmission *submission, GError **error)
{
    if (!insert (connection, submission, error))
        return FALSE;
    if (tou_sqlite_connection_count_changed (connection) > 0)
        return TRUE;
    g_autoptr (TouSubmission) there = tou_submission_table_get (connection, submission->id, error);
    if (there == NULL)
        return FALSE;
    if (g_bytes_equal (there->cms, submission->cms))
        return TRUE;
    g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_EXISTS,
                 "A submission with this id and other bytes is there already");
    return FALSE;
}

gboolean
tou_submission_table_set_state (TouSqliteConnection *connection, const TouSubmission *change, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (
        connection, "UPDATE submission SET state = ?2, refusal_code = ?3, given_up = ?4 WHERE id = ?1",
        error);

    if (statement == NULL)
        return FALSE;
    tou_sqlite_statement_set_text (statement, 1, change->id);
    tou_sqlite_statement_set_text (statement, 2, state_words[change->state]);
    tou_sqlite_statement_set_text (statement, 3, change->refusal_code);
    tou_sqlite_statement_set_int (statement, 4, change->state == TOU_SUBMISSION_STATE_GIVEN_UP);
    if (!tou_sqlite_statement_run (statement, error))
        return FALSE;
    return tou_sqlite_connection_count_changed (connection) > 0 || set_not_found (error);
}

static gboolean
insert_receipt (TouSqliteConnection *connection, const TouReceipt *receipt, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (
        connection,
        "INSERT OR REPLACE INTO receipt (submission_id, reception_number, request_sha256, accepted_at_us,"
        "  cms, was_repeat) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        error);

    if (statement == NULL)
        return FALSE;
    tou_sqlite_statement_set_text (statement, 1, receipt->submission_id);
    tou_sqlite_statement_set_text (statement, 2, receipt->reception_number);
    tou_sqlite_statement_set_text (statement, 3, receipt->request_sha256);
    tou_sqlite_statement_set_int (statement, 4, receipt->accepted_at_us);
    tou_sqlite_statement_set_bytes (statement, 5, receipt->cms);
    tou_sqlite_statement_set_int (statement, 6, receipt->was_repeat);
    return tou_sqlite_statement_run (statement, error);
}

gboolean
tou_submission_table_put_receipt (TouSqliteConnection *connection, const TouReceipt *receipt, GError **error)
{
    const TouSubmission change = { .id = receipt->submission_id, .state = TOU_SUBMISSION_STATE_ACCEPTED };

    return tou_submission_table_set_state (connection, &change, error)
           && insert_receipt (connection, receipt, error);
}

gboolean
tou_submission_table_put_review (TouSqliteConnection *connection, const TouSubmission *change, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (
        connection,
        "INSERT INTO review (submission_id, state) SELECT id, ?2 FROM submission WHERE id = ?1"
        " ON CONFLICT (submission_id) DO UPDATE SET state = excluded.state WHERE state <> excluded.state",
        error);

    if (statement == NULL)
        return FALSE;
    tou_sqlite_statement_set_text (statement, 1, change->id);
    tou_sqlite_statement_set_text (statement, 2, tou_review_state_get_id (change->review));
    return tou_sqlite_statement_run (statement, error);
}

/* The columns of every reading, and the first of the receipt. */
#define COLUMNS                                                                                              \
    "s.id, s.agency_id, s.operation, s.category, s.signed_at_us, s.cms, s.content, s.certificate_sha256,"    \
    " s.state, s.refusal_code, s.user_id, s.given_up, r.submission_id, r.reception_number, "                 \
    "r.request_sha256, r.accepted_at_us,"                                                                    \
    " r.cms, r.was_repeat"
#define RECEIPT_COLUMN 12

static TouReceipt *
read_receipt (TouSqliteStatement *row)
{
    if (tou_sqlite_statement_is_null (row, RECEIPT_COLUMN))
        return NULL;
    TouReceipt *receipt = tou_receipt_new ();

    receipt->submission_id = tou_sqlite_statement_dup_text (row, RECEIPT_COLUMN);
    receipt->reception_number = tou_sqlite_statement_dup_text (row, RECEIPT_COLUMN + 1);
    receipt->request_sha256 = tou_sqlite_statement_dup_text (row, RECEIPT_COLUMN + 2);
    receipt->accepted_at_us = tou_sqlite_statement_get_int (row, RECEIPT_COLUMN + 3);
    receipt->cms = tou_sqlite_statement_dup_bytes (row, RECEIPT_COLUMN + 4);
    receipt->was_repeat = tou_sqlite_statement_get_int (row, RECEIPT_COLUMN + 5) != 0;
    return receipt;
}

static TouSubmission *
read_submission (TouSqliteStatement *row, GError **error)
{
    g_autoptr (TouSubmission) submission = tou_submission_new ();

    submission->id = tou_sqlite_statement_dup_text (row, 0);
    submission->agency_id = tou_sqlite_statement_dup_text (row, 1);
    submission->signed_at_us = tou_sqlite_statement_get_int (row, 4);
    submission->cms = tou_sqlite_statement_dup_bytes (row, 5);
    submission->content = tou_sqlite_statement_dup_bytes (row, 6);
    submission->certificate_sha256 = tou_sqlite_statement_dup_text (row, 7);
    submission->refusal_code = tou_sqlite_statement_dup_text (row, 9);
    submission->user_id = tou_sqlite_statement_dup_text (row, 10);
    submission->receipt = read_receipt (row);
    if (tou_operation_from_id (tou_sqlite_statement_get_text (row, 2), &submission->operation)
        && tou_category_from_id (tou_sqlite_statement_get_text (row, 3), &submission->category)
        && read_state (tou_sqlite_statement_get_text (row, 8), tou_sqlite_statement_get_int (row, 11) != 0,
                       &submission->state))
        return g_steal_pointer (&submission);
    g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_DAMAGED, "A submission has a word that is none");
    return NULL;
}

typedef TouSubmission *(*RowReader) (TouSqliteStatement *row, GError **error);

static GPtrArray *
read_all (TouSqliteStatement *statement, RowReader read_row, GError **error)
{
    g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_submission_free);
    gboolean has_row;

    while (tou_sqlite_statement_step (statement, &has_row, error)) {
        if (!has_row)
            return g_steal_pointer (&all);
        TouSubmission *submission = read_row (statement, error);
        if (submission == NULL)
            return NULL;
        g_ptr_array_add (all, submission);
    }
    return NULL;
}

static TouReceipt *
read_record_receipt (TouSqliteStatement *row, const char *submission_id)
{
    TouReceipt *receipt;

    if (tou_sqlite_statement_is_null (row, 7))
        return NULL;
    receipt = tou_receipt_new ();
    receipt->submission_id = g_strdup (submission_id);
    receipt->reception_number = tou_sqlite_statement_dup_text (row, 7);
    receipt->accepted_at_us = tou_sqlite_statement_get_int (row, 8);
    return receipt;
}

static TouSubmission *
read_record (TouSqliteStatement *row, GError **error)
{
    g_autoptr (TouSubmission) record = tou_submission_new ();

    record->signed_at_us = tou_sqlite_statement_get_int (row, 0);
    record->id = tou_sqlite_statement_dup_text (row, 1);
    record->agency_id = tou_sqlite_statement_dup_text (row, 3);
    record->refusal_code = tou_sqlite_statement_dup_text (row, 6);
    record->receipt = read_record_receipt (row, record->id);
    record->review = tou_review_state_from_id (tou_sqlite_statement_get_text (row, 9));
    if (read_state (tou_sqlite_statement_get_text (row, 2), tou_sqlite_statement_get_int (row, 10) != 0,
                    &record->state)
        && tou_operation_from_id (tou_sqlite_statement_get_text (row, 4), &record->operation)
        && tou_category_from_id (tou_sqlite_statement_get_text (row, 5), &record->category))
        return g_steal_pointer (&record);
    g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_DAMAGED, "A submission has a word that is none");
    return NULL;
}

GPtrArray *
tou_submission_table_list_records (TouSqliteConnection *connection, const TouSubmission *after, guint limit,
                                   GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (
        connection,
        "SELECT s.signed_at_us, s.id, s.state, s.agency_id, s.operation, s.category, s.refusal_code,"
        "  r.reception_number, r.accepted_at_us, v.state, s.given_up"
        " FROM submission AS s LEFT JOIN receipt AS r ON r.submission_id = s.id"
        "  LEFT JOIN review AS v ON v.submission_id = s.id"
        " WHERE (s.signed_at_us, s.id) < (?1, ?2) AND s.state <> 'signed'"
        " ORDER BY s.signed_at_us DESC, s.id DESC LIMIT ?3",
        error);

    if (statement == NULL)
        return NULL;
    tou_sqlite_statement_set_int (statement, 1, after != NULL ? after->signed_at_us : G_MAXINT64);
    tou_sqlite_statement_set_text (statement, 2, after != NULL ? after->id : "");
    tou_sqlite_statement_set_int (statement, 3, limit);
    return read_all (statement, read_record, error);
}

static TouSubmission *
read_unsettled (TouSqliteStatement *row, GError **error)
{
    g_autoptr (TouSubmission) submission = tou_submission_new ();

    submission->signed_at_us = tou_sqlite_statement_get_int (row, 0);
    submission->id = tou_sqlite_statement_dup_text (row, 1);
    submission->agency_id = tou_sqlite_statement_dup_text (row, 2);
    submission->user_id = tou_sqlite_statement_dup_text (row, 6);
    submission->state = tou_sqlite_statement_get_int (row, 5) != 0 ? TOU_SUBMISSION_STATE_GIVEN_UP
                                                                   : TOU_SUBMISSION_STATE_SENT;
    if (tou_operation_from_id (tou_sqlite_statement_get_text (row, 3), &submission->operation)
        && tou_category_from_id (tou_sqlite_statement_get_text (row, 4), &submission->category))
        return g_steal_pointer (&submission);
    g_set_error (error, TOU_STORE_ERROR, TOU_STORE_ERROR_DAMAGED, "A submission has a word that is none");
    return NULL;
}

GPtrArray *
tou_submission_table_list_unsettled (TouSqliteConnection *connection, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (
        connection,
        "SELECT signed_at_us, id, agency_id, operation, category, given_up, user_id FROM submission"
        " WHERE state = 'sent' ORDER BY signed_at_us, id",
        error);

    return statement != NULL ? read_all (statement, read_unsettled, error) : NULL;
}

TouSubmission *
tou_submission_table_get (TouSqliteConnection *connection, const char *id, GError **error)
{
    g_autoptr (TouSqliteStatement) statement = tou_sqlite_statement_new (
        connection,
        "SELECT " COLUMNS " FROM submission AS s"
        " LEFT JOIN receipt AS r ON r.submission_id = s.id WHERE s.id = ?1",
        error);
    gboolean has_row;

    if (statement == NULL)
        return NULL;
    tou_sqlite_statement_set_text (statement, 1, id);
    if (!tou_sqlite_statement_step (statement, &has_row, error))
        return NULL;
    if (has_row)
        return read_submission (statement, error);
    set_not_found (error);
    return NULL;
}
