/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-sqlite-connection.h"

G_BEGIN_DECLS

/** tou_sqlite_schema_prepare: a new or older database becomes one of this version, each step in a
 * transaction. Errors: NEWER: nothing was touched; DAMAGED. */
gboolean
tou_sqlite_schema_prepare (TouSqliteConnection *connection, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
