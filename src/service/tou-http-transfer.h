/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* What every transfer does alike, whoever set the handle up. */

/** TouHttpTransfer: what differs. */
typedef struct {
    const char *url;
    guint connect_ms;
    guint total_ms;
    guint slow_seconds; /* without a byte: given up */
    gsize max_bytes;    /* of the answer, where the server says how many there are */
    curl_write_callback on_body_received;
    gpointer user_data; /* for it */
} TouHttpTransfer;

/** TOU_HTTP_SET: sets an option of the handle `easy`; a local `is_set` is %FALSE from then on when curl does
 * not know it. */
#define TOU_HTTP_SET(option, value) (is_set = curl_easy_setopt (easy, option, value) == CURLE_OK && is_set)

/** tou_http_transfer_set_up: sets every option in which the transfers are alike, above all what keeps them
 * secure: TLS from 1.2 on, the server's certificate and name checked. Returns: %FALSE: this curl lacks one */
gboolean tou_http_transfer_set_up (CURL *easy, const TouHttpTransfer *transfer) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_transfer_run: makes the transfer of @easy in @multi; waits. A cancelled one is taken out of curl
 * as it is, which closes its connection. Returns: curl's result; of no meaning when cancelled */
CURLcode tou_http_transfer_run (CURLM *multi, CURL *easy, GCancellable *cancellable);

G_END_DECLS
