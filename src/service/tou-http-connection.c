/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-connection.h"

#include "tou-http-error.h"
#include "tou-http-memory.h"
#include "tou-http-transfer.h"
#include "tou-wire.h"

#include <curl/curl.h>
#include <string.h>

/* A form takes minutes to fill in; the connection may wait as long as a session does. */
#define MAX_IDLE_SECONDS 1200L
#define SLOW_SECONDS 20
#define MAX_NONCE_LENGTH 256

struct _TouHttpConnection {
    TouServiceProfile *profile;
    char *pins;   /* NULL: none */
    CURLM *multi; /* has the connection; NULL before the first call */
    gint n_made;
};

/* One transfer, with a handle of its own: a handle keeps its buffers, and the request in them, until it is
 * freed, where curl_easy_reset() wipes none. */
typedef struct {
    CURL *easy;
    TouHttpCall *call;
    struct curl_slist *headers;
    TouHttpBuffer *body;
    char text[CURL_ERROR_SIZE];
} Transfer;

TouHttpConnection *
tou_http_connection_new (TouServiceProfile *profile)
{
    TouHttpConnection *self = g_new0 (TouHttpConnection, 1);
    const char *const *pins = tou_service_profile_get_tls_pins (profile);

    self->profile = tou_service_profile_ref (profile);
    if (pins != NULL && pins[0] != NULL)
        self->pins = g_strjoinv (";", (char **) pins);
    return self;
}

void
tou_http_connection_free (TouHttpConnection *self)
{
    if (self->multi != NULL)
        curl_multi_cleanup (self->multi);
    tou_service_profile_unref (self->profile);
    g_free (self->pins);
    g_free (self);
}

guint
tou_http_connection_get_n_made (TouHttpConnection *self)
{
    return (guint) g_atomic_int_get (&self->n_made);
}

static size_t
on_body_received (char *bytes, size_t size, size_t n, void *user_data)
{
    Transfer *transfer = user_data;

    return tou_http_buffer_append (transfer->body, bytes, size * n, TOU_WIRE_MAX_BYTES) ? size * n : 0;
}

/* The connection is there, with its TLS; the tunnel through a proxy too. What curl counts as sent has the
 * request for the tunnel in it, which the service never sees.
 * curl comes here a second time when a connection that it used before turns out to be dead: it makes the call
 * again by itself. The answer to a second copy would be taken for what became of the first. */
static int
on_request_due (void *user_data, char *remote_ip, char *local_ip, int remote_port, int local_port)
{
    Transfer *transfer = user_data;
    TouHttpCall *call = transfer->call;

    if (call->was_sent && (call->is_signed || call->replaces_session))
        return CURL_PREREQFUNC_ABORT;
    call->was_sent = TRUE;
    return CURL_PREREQFUNC_OK;
}

static void
add_header (Transfer *transfer, const char *line)
{
    struct curl_slist *longer = curl_slist_append (transfer->headers, line);

    if (longer == NULL)
        g_error ("no memory for a header line");
    transfer->headers = longer;
}

static void
add_header_value (Transfer *transfer, const char *name, const char *value)
{
    g_autofree char *line = g_strconcat (name, ": ", value, NULL);

    add_header (transfer, line);
}

/* curl copies the line; its copy is wiped when it is freed (tou_http_memory_start()). */
static void
add_authorization (Transfer *transfer, const TouSecret *token)
{
    static const char start[] = "Authorization: Bearer ";
    gsize size = sizeof start + tou_secret_get_size (token);
    char *line = g_malloc (size);

    g_snprintf (line, (gulong) size, "%s%s", start, tou_secret_get_data (token));
    add_header (transfer, line);
    explicit_bzero (line, size);
    g_free (line);
}

static void
add_headers (Transfer *transfer)
{
    const TouHttpCall *call = transfer->call;

    add_header (transfer, "Accept: application/json, application/problem+json");
    add_header (transfer, "Expect:"); /* no waiting for "100 Continue" */
    if (call->content_type != NULL)
        add_header_value (transfer, "Content-Type", call->content_type);
    if (call->is_signed)
        add_header_value (transfer, "Idempotency-Key", call->submission_id);
    if (call->token != NULL)
        add_authorization (transfer, call->token);
}

static gboolean
set_trust (CURL *easy, TouHttpConnection *self)
{
    GBytes *pem = tou_service_profile_get_certificates (self->profile, TOU_PROFILE_USE_TLS);
    gboolean is_set = TRUE;

    TOU_HTTP_SET (CURLOPT_PROTOCOLS_STR, "https");
    if (tou_service_profile_get_tls_trust (self->profile) == TOU_TLS_TRUST_FILE) {
        struct curl_blob authorities = { (void *) g_bytes_get_data (pem, NULL), g_bytes_get_size (pem),
                                         CURL_BLOB_COPY };
        TOU_HTTP_SET (CURLOPT_CAINFO_BLOB, &authorities);
        TOU_HTTP_SET (CURLOPT_CAPATH, NULL);
    }
    if (self->pins != NULL)
        TOU_HTTP_SET (CURLOPT_PINNEDPUBLICKEY, self->pins);
    return is_set;
}

static gboolean
set_request (CURL *easy, const TouHttpCall *call)
{
    gboolean is_set = TRUE;

    if (call->secret_body != NULL) {
        TOU_HTTP_SET (CURLOPT_POSTFIELDS, tou_secret_get_data (call->secret_body));
        TOU_HTTP_SET (CURLOPT_POSTFIELDSIZE, (long) tou_secret_get_size (call->secret_body));
    } else if (call->body != NULL) {
        TOU_HTTP_SET (CURLOPT_POSTFIELDS, g_bytes_get_data (call->body, NULL));
        TOU_HTTP_SET (CURLOPT_POSTFIELDSIZE, (long) g_bytes_get_size (call->body));
    }
    if (g_str_equal (call->method, "HEAD"))
        TOU_HTTP_SET (CURLOPT_NOBODY, 1L);
    else
        TOU_HTTP_SET (CURLOPT_CUSTOMREQUEST, call->method);
    return is_set;
}

static gboolean
set_connection (CURL *easy, Transfer *transfer)
{
    gboolean is_set = TRUE;

    TOU_HTTP_SET (CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
    TOU_HTTP_SET (CURLOPT_FOLLOWLOCATION, 0L);
    TOU_HTTP_SET (CURLOPT_MAXAGE_CONN, MAX_IDLE_SECONDS);
    TOU_HTTP_SET (CURLOPT_TCP_KEEPALIVE, 1L);
    TOU_HTTP_SET (CURLOPT_HTTPHEADER, transfer->headers);
    TOU_HTTP_SET (CURLOPT_ERRORBUFFER, transfer->text);
    TOU_HTTP_SET (CURLOPT_PREREQFUNCTION, on_request_due);
    TOU_HTTP_SET (CURLOPT_PREREQDATA, transfer);
    /* On a new connection curl never makes a call twice. */
    TOU_HTTP_SET (CURLOPT_FRESH_CONNECT, transfer->call->opens_session ? 1L : 0L);
    return is_set;
}

static gboolean
set_options (TouHttpConnection *self, Transfer *transfer)
{
    CURL *easy = transfer->easy;
    const TouHttpCall *call = transfer->call;
    const TouHttpTransfer common = { .url = call->url,
                                     .connect_ms = call->connect_ms,
                                     .total_ms = call->total_ms,
                                     .slow_seconds = SLOW_SECONDS,
                                     .max_bytes = TOU_WIRE_MAX_BYTES,
                                     .on_body_received = on_body_received,
                                     .user_data = transfer };

    return tou_http_transfer_set_up (easy, &common) && set_trust (easy, self)
           && set_connection (easy, transfer) && set_request (easy, call);
}

static const char *
find_header (CURL *easy, const char *name)
{
    struct curl_header *header;

    if (curl_easy_header (easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return NULL;
    return header->value;
}

/* RFC 8555, section 6.5.1: base64url; anything else is as good as none. */
static gboolean
is_nonce (const char *text)
{
    gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    return length > 0 && length <= MAX_NONCE_LENGTH && text[length] == '\0';
}

/* RFC 9110, section 6.6.1. Returns: microseconds since 1970; 0: none that can be read */
static gint64
read_date (CURL *easy)
{
    const char *date = find_header (easy, "Date");
    time_t seconds = date != NULL ? curl_getdate (date, NULL) : -1;

    return seconds > 0 ? (gint64) seconds * G_USEC_PER_SEC : 0;
}

static void
take_answer (Transfer *transfer)
{
    CURL *easy = transfer->easy;
    TouHttpCall *call = transfer->call;
    const char *nonce = find_header (easy, "Replay-Nonce");
    const char *end = find_header (easy, "Session-Expires");
    const char *replayed = find_header (easy, "Idempotent-Replayed");

    call->answer = tou_http_buffer_to_bytes (g_steal_pointer (&transfer->body));
    call->answer_type = g_strdup (find_header (easy, "Content-Type"));
    if (nonce != NULL && is_nonce (nonce))
        call->nonce = g_strdup (nonce);
    if (end != NULL && !tou_wire_parse_time (end, &call->session_end_us))
        call->session_end_us = 0;
    call->date_us = read_date (easy);
    call->is_replayed = replayed != NULL && g_ascii_strcasecmp (replayed, "true") == 0;
}

static void
note_figures (TouHttpConnection *self, Transfer *transfer)
{
    long status = 0, n_made = 0;

    curl_easy_getinfo (transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo (transfer->easy, CURLINFO_NUM_CONNECTS, &n_made);
    transfer->call->status = (guint) status;
    g_atomic_int_add (&self->n_made, (gint) n_made);
}

static gboolean
transfer_call (TouHttpConnection *self, Transfer *transfer, GCancellable *cancellable, GError **error)
{
    CURLcode code;

    if (!set_options (self, transfer)) {
        g_propagate_error (
            error, tou_http_error_from_curl (CURLE_FAILED_INIT, transfer->call, "this curl lacks an option"));
        return FALSE;
    }
    code = tou_http_transfer_run (self->multi, transfer->easy, cancellable);
    note_figures (self, transfer);
    /* One that came before the cancel was heard of may have opened a session. */
    if (code == CURLE_OK) {
        take_answer (transfer);
        return TRUE;
    }
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    g_propagate_error (error, tou_http_error_from_curl (code, transfer->call, transfer->text));
    return FALSE;
}

static void
start (TouHttpConnection *self)
{
    if (self->multi != NULL)
        return;
    tou_http_memory_start ();
    self->multi = curl_multi_init ();
    if (self->multi == NULL)
        g_error ("no memory for a connection");
}

gboolean
tou_http_connection_perform (TouHttpConnection *self, TouHttpCall *call, GCancellable *cancellable,
                             GError **error)
{
    Transfer transfer = { NULL, call, NULL, tou_http_buffer_new (), "" };
    gint64 started_us = g_get_monotonic_time ();
    gboolean is_done;

    start (self);
    transfer.easy = curl_easy_init ();
    if (transfer.easy == NULL)
        g_error ("no memory for a transfer");
    add_headers (&transfer);
    is_done = transfer_call (self, &transfer, cancellable, error);
    call->duration_us = g_get_monotonic_time () - started_us;
    curl_easy_cleanup (transfer.easy);
    curl_slist_free_all (transfer.headers);
    g_clear_pointer (&transfer.body, tou_http_buffer_free);
    return is_done;
}
