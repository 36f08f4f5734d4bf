/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"

G_BEGIN_DECLS

/**
 * TouSqliteStore:
 *
 * The record store in one SQLite file, which a thread of its own owns. Made for main-thread use. Each write
 * is one transaction and on the disk when it has returned (write-ahead log, synchronous=FULL). When the last
 * reference goes, what was asked for is still written; that waits for the disk.
 */
#define TOU_TYPE_SQLITE_STORE (tou_sqlite_store_get_type ())
G_DECLARE_FINAL_TYPE (TouSqliteStore, tou_sqlite_store, TOU, SQLITE_STORE, GObject)

/**
 * tou_sqlite_store_new:
 * @path: of the file, file-name encoding
 *
 * Only remembers the path. The first call opens the file, makes it (mode 0600) and its folder (0700) where
 * they are missing, and brings an older one up to date. A call that could not open it fails with OPEN,
 * DAMAGED or NEWER, and the next one tries again; nothing is ever repaired or replaced.
 */
TouSqliteStore *tou_sqlite_store_new (const char *path);

G_END_DECLS
