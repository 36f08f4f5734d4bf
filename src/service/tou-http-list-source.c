/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-list-source.h"

#include "tou-http-error.h"
#include "tou-http-memory.h"
#include "tou-http-transfer.h"

/* A bidder waits for it at worst; the service looks at the same list anyway. */
#define CONNECT_MS 5000
#define TOTAL_MS 20000
#define SLOW_SECONDS 10
#define MAX_REDIRECTS 3L
#define STATUS_OK 200

struct _TouHttpListSource {
    GObject parent_instance;

    guint connect_ms;
    guint total_ms;
};

static void implement_source (TouListSourceInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TouHttpListSource, tou_http_list_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TOU_TYPE_LIST_SOURCE, implement_source))

typedef struct {
    CURLM *multi;
    CURL *easy;
    const char *url;
    GByteArray *body;
    gsize max_bytes;
} Fetch;

static size_t
on_body_received (char *bytes, size_t size, size_t n, void *user_data)
{
    Fetch *fetch = user_data;

    if (size * n > fetch->max_bytes - fetch->body->len)
        return 0;
    g_byte_array_append (fetch->body, (const guint8 *) bytes, (guint) (size * n));
    return size * n;
}

static gboolean
set_options (TouHttpListSource *self, Fetch *fetch)
{
    const TouHttpTransfer transfer = { .url = fetch->url,
                                       .connect_ms = self->connect_ms,
                                       .total_ms = self->total_ms,
                                       .slow_seconds = SLOW_SECONDS,
                                       .max_bytes = fetch->max_bytes,
                                       .on_body_received = on_body_received,
                                       .user_data = fetch };
    CURL *easy = fetch->easy;
    gboolean is_set = tou_http_transfer_set_up (easy, &transfer);

    TOU_HTTP_SET (CURLOPT_PROTOCOLS_STR, "http,https");
    TOU_HTTP_SET (CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    TOU_HTTP_SET (CURLOPT_FOLLOWLOCATION, 1L);
    TOU_HTTP_SET (CURLOPT_MAXREDIRS, MAX_REDIRECTS);
    return is_set;
}

static gboolean
fail (Fetch *fetch, TouServiceError code, const char *why, GError **error)
{
    g_set_error (error, TOU_SERVICE_ERROR, (int) code, "%s: %s", fetch->url, why);
    return FALSE;
}

static gboolean
run (Fetch *fetch, GCancellable *cancellable, GError **error)
{
    CURLcode code = tou_http_transfer_run (fetch->multi, fetch->easy, cancellable);
    long status = 0;
    g_autofree char *text = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    if (code != CURLE_OK)
        return fail (fetch, tou_http_error_name (code), curl_easy_strerror (code), error);
    curl_easy_getinfo (fetch->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status == STATUS_OK)
        return TRUE;
    text = g_strdup_printf ("status %ld", status);
    return fail (fetch, TOU_SERVICE_ERROR_BAD_ANSWER, text, error);
}

static GBytes *
fetch_list (TouListSource *source, const char *url, gsize max_bytes, GCancellable *cancellable,
            GError **error)
{
    TouHttpListSource *self = TOU_HTTP_LIST_SOURCE (source);
    Fetch fetch = { .url = url, .body = g_byte_array_new (), .max_bytes = max_bytes };
    gboolean is_done;

    tou_http_memory_start ();
    fetch.multi = curl_multi_init ();
    fetch.easy = curl_easy_init ();
    if (fetch.multi == NULL || fetch.easy == NULL)
        g_error ("no memory for a connection");
    is_done = set_options (self, &fetch)
                  ? run (&fetch, cancellable, error)
                  : fail (&fetch, TOU_SERVICE_ERROR_FAILED, "an option is refused", error);
    curl_easy_cleanup (fetch.easy);
    curl_multi_cleanup (fetch.multi);
    if (is_done)
        return g_byte_array_free_to_bytes (fetch.body);
    g_byte_array_unref (fetch.body);
    return NULL;
}

static void
implement_source (TouListSourceInterface *interface)
{
    interface->fetch = fetch_list;
}

static void
tou_http_list_source_class_init (TouHttpListSourceClass *klass)
{
}

static void
tou_http_list_source_init (TouHttpListSource *self)
{
    self->connect_ms = CONNECT_MS;
    self->total_ms = TOTAL_MS;
}

TouHttpListSource *
tou_http_list_source_new (void)
{
    return g_object_new (TOU_TYPE_HTTP_LIST_SOURCE, NULL);
}

void
tou_http_list_source_set_timeouts (TouHttpListSource *self, guint connect_ms, guint total_ms)
{
    self->connect_ms = connect_ms;
    self->total_ms = total_ms;
}
