/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"
#include "tou-sqlite-connection.h"

G_BEGIN_DECLS

/* The tables submission and receipt. Worker thread; errors: TOU_STORE_ERROR. */

/** tou_submission_table_put: the same id with the same bytes is no error. Errors: EXISTS. */
gboolean tou_submission_table_put (TouSqliteConnection *connection, const TouSubmission *submission,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_submission_table_set_state: id, state and refusal_code of @change count. Errors: NOT_FOUND. */
gboolean tou_submission_table_set_state (TouSqliteConnection *connection, const TouSubmission *change,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_submission_table_put_receipt: also sets ACCEPTED. Errors: NOT_FOUND. */
gboolean tou_submission_table_put_receipt (TouSqliteConnection *connection, const TouReceipt *receipt,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_submission_table_put_review: @change: id and review count. One that is not here is passed over. */
gboolean tou_submission_table_put_review (TouSqliteConnection *connection, const TouSubmission *change,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_submission_table_list_records: what was sent, newest first, behind signed_at_us and id of @after
 * (nullable: from the newest on). Large columns are left out. Returns: (transfer full) (nullable) */
GPtrArray *tou_submission_table_list_records (TouSqliteConnection *connection, const TouSubmission *after,
                                              guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_submission_table_list_unsettled: what is SENT or GIVEN_UP, oldest first. Large columns are left out.
 * Returns: (transfer full) (nullable) */
GPtrArray *tou_submission_table_list_unsettled (TouSqliteConnection *connection,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_submission_table_get: Errors: NOT_FOUND. Returns: (transfer full) (nullable) */
TouSubmission *tou_submission_table_get (TouSqliteConnection *connection, const char *id,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
