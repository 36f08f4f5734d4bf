/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"
#include "tou-sqlite-connection.h"

G_BEGIN_DECLS

/* The table draft. Worker thread; errors: TOU_STORE_ERROR. Of a key, agency, user, category and operation
 * count. */

/** tou_draft_table_put: in place of the one with the same key. */
gboolean tou_draft_table_put (TouSqliteConnection *connection, const TouDraft *draft,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_draft_table_get: Errors: NOT_FOUND. Returns: (transfer full) (nullable) */
TouDraft *tou_draft_table_get (TouSqliteConnection *connection, const TouDraft *key,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean tou_draft_table_delete (TouSqliteConnection *connection, const TouDraft *key,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
