/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** tou_store_closing_hold: what is still being written, the last draft above all, is written before the
 * program ends: @application is held until @store, of which the caller gives up its reference, is gone, but
 * not for over three seconds. There may be another window with another store by then. Main thread. */
void tou_store_closing_hold (GApplication *application, TouRecordStore *store);

G_END_DECLS
