/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-http-call.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouHttpConnection:
 *
 * The connection to the service of one profile, which is kept from call to call. One thread at a time, except
 * for tou_http_connection_get_n_made().
 */
typedef struct _TouHttpConnection TouHttpConnection;

TouHttpConnection *tou_http_connection_new (TouServiceProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
void tou_http_connection_free (TouHttpConnection *self);

/** tou_http_connection_perform: makes @call and fills the second half of it, all but the result; waits.
 * Cancelling from another thread ends the wait at once; an answer that is there by then is kept. Errors:
 * TOU_SERVICE_ERROR, G_IO_ERROR_CANCELLED. */
gboolean tou_http_connection_perform (TouHttpConnection *self, TouHttpCall *call, GCancellable *cancellable,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_connection_get_n_made: Returns: connections made so far. Any thread. */
guint tou_http_connection_get_n_made (TouHttpConnection *self);

G_END_DECLS
