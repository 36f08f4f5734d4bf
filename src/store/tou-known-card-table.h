/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"
#include "tou-sqlite-connection.h"

G_BEGIN_DECLS

/* The table known_card. Worker thread; errors: TOU_STORE_ERROR. Of a key, agency and category count. */

/** tou_known_card_table_put: in place of the one with the same key. */
gboolean tou_known_card_table_put (TouSqliteConnection *connection, const TouKnownCard *card,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** tou_known_card_table_get: Errors: NOT_FOUND. Returns: (transfer full) (nullable) */
TouKnownCard *tou_known_card_table_get (TouSqliteConnection *connection, const TouKnownCard *key,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
