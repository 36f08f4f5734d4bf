/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** tou_store_closing_hold: what is still being written, the last draft above all, is written before the
 * program ends. Once nobody else holds @store, of which the caller gives up its reference, it is closed
 * without anyone waiting; @application is held until then, but not for over three seconds. There may be
 * another window with another store by then. Main thread. */
void tou_store_closing_hold (GApplication *application, TouRecordStore *store);

G_END_DECLS
