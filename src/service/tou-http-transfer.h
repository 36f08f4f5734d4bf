/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* What every transfer does alike, whoever set the handle up. */

/** tou_http_transfer_run: makes the transfer of @easy in @multi; waits. A cancelled one is taken out of curl
 * as it is, which closes its connection. Returns: curl's result; of no meaning when cancelled */
CURLcode tou_http_transfer_run (CURLM *multi, CURL *easy, GCancellable *cancellable);

/** tou_http_transfer_is_local: Returns: whether @url is on this machine, where no proxy is asked. */
gboolean tou_http_transfer_is_local (const char *url);

G_END_DECLS
