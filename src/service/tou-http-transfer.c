/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-transfer.h"

#define POLL_MS 1000

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
    curl_multi_wakeup (user_data);
}

static CURLcode
find_result (CURLM *multi)
{
    int n_left;
    CURLMsg *message;

    while ((message = curl_multi_info_read (multi, &n_left)) != NULL) {
        if (message->msg == CURLMSG_DONE)
            return message->data.result;
    }
    return CURLE_FAILED_INIT;
}

static CURLcode
drive (CURLM *multi, CURL *easy, GCancellable *cancellable)
{
    int n_running = 1;
    CURLcode code = CURLE_FAILED_INIT;

    if (curl_multi_add_handle (multi, easy) != CURLM_OK)
        return code;
    while (n_running > 0 && !g_cancellable_is_cancelled (cancellable)) {
        if (curl_multi_perform (multi, &n_running) != CURLM_OK)
            break;
        if (n_running > 0 && curl_multi_poll (multi, NULL, 0, POLL_MS, NULL) != CURLM_OK)
            break;
    }
    if (n_running == 0)
        code = find_result (multi);
    curl_multi_remove_handle (multi, easy);
    return code;
}

CURLcode
tou_http_transfer_run (CURLM *multi, CURL *easy, GCancellable *cancellable)
{
    gulong handler = 0;
    CURLcode code;

    if (cancellable != NULL)
        handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), multi, NULL);
    code = drive (multi, easy, cancellable);
    g_cancellable_disconnect (cancellable, handler);
    return code;
}

/* There no proxy is asked. */
static gboolean
is_on_this_machine (const char *url)
{
    g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
    const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
    g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

    return g_strcmp0 (host, "localhost") == 0
           || (address != NULL && g_inet_address_get_is_loopback (address));
}

gboolean
tou_http_transfer_set_up (CURL *easy, const TouHttpTransfer *transfer)
{
    gboolean is_set = TRUE;

    TOU_HTTP_SET (CURLOPT_URL, transfer->url);
    TOU_HTTP_SET (CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
    TOU_HTTP_SET (CURLOPT_SSL_VERIFYPEER, 1L);
    TOU_HTTP_SET (CURLOPT_SSL_VERIFYHOST, 2L);
    if (is_on_this_machine (transfer->url))
        TOU_HTTP_SET (CURLOPT_PROXY, "");
    TOU_HTTP_SET (CURLOPT_CONNECTTIMEOUT_MS, (long) transfer->connect_ms);
    TOU_HTTP_SET (CURLOPT_TIMEOUT_MS, (long) transfer->total_ms);
    TOU_HTTP_SET (CURLOPT_LOW_SPEED_LIMIT, 1L);
    TOU_HTTP_SET (CURLOPT_LOW_SPEED_TIME, (long) transfer->slow_seconds);
    TOU_HTTP_SET (CURLOPT_NOSIGNAL, 1L);
    TOU_HTTP_SET (CURLOPT_USERAGENT, "touroku/" TOUROKU_VERSION);
    TOU_HTTP_SET (CURLOPT_ACCEPT_ENCODING, NULL);
    TOU_HTTP_SET (CURLOPT_WRITEFUNCTION, transfer->on_body_received);
    TOU_HTTP_SET (CURLOPT_WRITEDATA, transfer->user_data);
    TOU_HTTP_SET (CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) transfer->max_bytes);
    return is_set;
}
