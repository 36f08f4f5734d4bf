/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-sqlite-connection.h"

G_BEGIN_DECLS

/** TouSqliteStatement: one statement with its parameters and the row it stands at. Parameters count from 1,
 * columns from 0, as in SQLite. A value that cannot be bound makes the next step fail. */
typedef struct _TouSqliteStatement TouSqliteStatement;

/** tou_sqlite_statement_new: Returns: (transfer full) (nullable) */
TouSqliteStatement *tou_sqlite_statement_new (TouSqliteConnection *connection, const char *sql,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_sqlite_statement_free (TouSqliteStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouSqliteStatement, tou_sqlite_statement_free)

/** Values are copied; %NULL is SQL's NULL. */
void tou_sqlite_statement_set_text (TouSqliteStatement *self, int parameter, const char *value);
void tou_sqlite_statement_set_int (TouSqliteStatement *self, int parameter, gint64 value);
void tou_sqlite_statement_set_bytes (TouSqliteStatement *self, int parameter, GBytes *value);

/** tou_sqlite_statement_step: @out_has_row: whether there is a (next) row. */
gboolean tou_sqlite_statement_step (TouSqliteStatement *self, gboolean *out_has_row,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_sqlite_statement_run: for one that gives no rows. */
gboolean tou_sqlite_statement_run (TouSqliteStatement *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean tou_sqlite_statement_is_null (TouSqliteStatement *self, int column);
/** tou_sqlite_statement_dup_text: Returns: (transfer full) (nullable) */
char *tou_sqlite_statement_dup_text (TouSqliteStatement *self, int column);
/** tou_sqlite_statement_get_text: Returns: (transfer none) (nullable): until the next step. */
const char *tou_sqlite_statement_get_text (TouSqliteStatement *self, int column);
gint64 tou_sqlite_statement_get_int (TouSqliteStatement *self, int column);
/** tou_sqlite_statement_dup_bytes: Returns: (transfer full) (nullable) */
GBytes *tou_sqlite_statement_dup_bytes (TouSqliteStatement *self, int column);

G_END_DECLS
