/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-server.h"

#include "tou-practice-control.h"
#include "tou-practice-faults.h"
#include "tou-practice-folder.h"
#include "tou-practice-list.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <string.h>

#define MOST_CONNECTIONS 32
#define IDLE_SECONDS (TOU_PRACTICE_SESSION_SECONDS + 60)
#define LIST_IDLE_SECONDS 60
#define SEEN_PATH "/practice/v1/seen"
/* A client may ask for any path; only so many different ones are counted. */
#define MOST_SEEN 200

struct _TouPracticeServer {
    struct MHD_Daemon *daemon;
    struct MHD_Daemon *list_daemon; /* plain HTTP (RFC 5280, 8) */
    GBytes *list;
    TouPracticeService *service;
    TouPracticeFaults *faults;
    GHashTable *seen; /* "METHOD path" → number */
    guint n_connections;
    GMutex lock; /* of all above but the daemons and the list, while they run */
    GCond stopping;
    gboolean is_stopping;
};

/* A request on its way in. */
typedef struct {
    GByteArray *body;
    gboolean is_too_large;
} Upload;

static Upload *
upload_new (void)
{
    Upload *self = g_new0 (Upload, 1);

    self->body = g_byte_array_new ();
    return self;
}

/* The body may hold a password. */
static void
upload_free (Upload *self)
{
    if (self->body->len > 0)
        explicit_bzero (self->body->data, self->body->len);
    g_byte_array_unref (self->body);
    g_free (self);
}

static void
take_piece (Upload *upload, const char *data, size_t size)
{
    if (upload->is_too_large || upload->body->len + size > TOU_PRACTICE_REQUEST_BYTES) {
        upload->is_too_large = TRUE;
        return;
    }
    g_byte_array_append (upload->body, (const guint8 *) data, (guint) size);
}

static void
count_call (TouPracticeServer *self, const TouPracticeCall *call)
{
    g_autofree char *key = g_strdup_printf ("%s %s", call->method, call->path);
    guint n;

    for (char *c = key; *c != '\0'; c++)
        if (!g_ascii_isprint (*c) || *c == '"' || *c == '\\')
            *c = '?';
    n = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, key));
    if (n > 0 || g_hash_table_size (self->seen) < MOST_SEEN)
        g_hash_table_replace (self->seen, g_steal_pointer (&key), GUINT_TO_POINTER (n + 1));
}

static TouPracticeAnswer *
tell_what_was_seen (TouPracticeServer *self)
{
    g_autoptr (GString) json = g_string_new (NULL);
    GHashTableIter iter;
    gpointer key, value;
    const char *separator = "";

    g_string_printf (json, "{\"connections\":%u,\"requests\":{", self->n_connections);
    g_hash_table_iter_init (&iter, self->seen);
    while (g_hash_table_iter_next (&iter, &key, &value)) {
        g_string_append_printf (json, "%s\"%s\":%u", separator, (const char *) key, GPOINTER_TO_UINT (value));
        separator = ",";
    }
    g_string_append (json, "}}");
    return tou_practice_answer_new_json (200, g_string_free_to_bytes (g_steal_pointer (&json)));
}

/* A stop does not have to wait for a slow answer. */
static void
be_slow (TouPracticeServer *self, const char *path)
{
    gint64 end_us = g_get_monotonic_time ();
    guint delay_ms;

    if (!tou_practice_faults_take (self->faults, TOU_PRACTICE_FAULT_SLOW, path, &delay_ms))
        return;
    end_us += delay_ms * G_TIME_SPAN_MILLISECOND;
    while (!self->is_stopping && g_cond_wait_until (&self->stopping, &self->lock, end_us))
        continue;
}

/* @answer: (transfer full) */
static TouPracticeAnswer *
disturb (TouPracticeServer *self, const TouPracticeCall *call, TouPracticeAnswer *answer)
{
    be_slow (self, call->path);
    tou_practice_faults_spoil (self->faults, call->path, answer);
    if (tou_practice_faults_take (self->faults, TOU_PRACTICE_FAULT_DROP_ANSWER, call->path, NULL))
        g_clear_pointer (&answer, tou_practice_answer_free);
    return answer;
}

/* A copy: an answer wipes what it held. */
static TouPracticeAnswer *
answer_with_list (TouPracticeServer *self, const TouPracticeCall *call)
{
    TouPracticeAnswer *answer;

    if (!g_str_equal (call->path, TOU_PRACTICE_LIST_PATH))
        return tou_practice_answer_new_problem ("no-such-call", NULL, NULL);
    if (!g_str_equal (call->method, "GET"))
        return tou_practice_answer_new_problem ("method-not-allowed", NULL, NULL);
    answer = tou_practice_answer_new (200);
    answer->content_type = "application/pkix-crl"; /* RFC 2585 */
    answer->body = g_bytes_new (g_bytes_get_data (self->list, NULL), g_bytes_get_size (self->list));
    return answer;
}

/* What the faults do to any answer. Returns: (transfer full) (nullable): %NULL: the connection is to be
 * closed without an answer */
static TouPracticeAnswer *
answer_list_call (TouPracticeServer *self, const TouPracticeCall *call)
{
    g_autoptr (TouPracticeAnswer) answer = NULL;

    count_call (self, call);
    answer = tou_practice_faults_refuse (self->faults, call->path);
    if (answer == NULL)
        answer = answer_with_list (self, call);
    return disturb (self, call, g_steal_pointer (&answer));
}

/* Returns: (transfer full) (nullable): the same */
static TouPracticeAnswer *
answer_call (TouPracticeServer *self, const TouPracticeCall *call)
{
    g_autoptr (TouPracticeAnswer) answer = NULL;
    g_autoptr (GError) error = NULL;

    count_call (self, call);
    if (g_str_equal (call->path, SEEN_PATH))
        return tell_what_was_seen (self);
    if (call->authorization != NULL
        && tou_practice_faults_take (self->faults, TOU_PRACTICE_FAULT_SESSION_EXPIRED, call->path, NULL)
        && !tou_practice_service_expire_sessions (self->service, &error))
        g_debug ("sessions: %s", error->message);
    answer = tou_practice_faults_refuse (self->faults, call->path);
    if (answer == NULL)
        answer = tou_practice_service_answer (self->service, call);
    return disturb (self, call, g_steal_pointer (&answer));
}

static enum MHD_Result
send_answer (struct MHD_Connection *connection, const TouPracticeAnswer *answer)
{
    gsize size = 0;
    gconstpointer data = answer->body != NULL ? g_bytes_get_data (answer->body, &size) : NULL;
    struct MHD_Response *response = MHD_create_response_from_buffer (size, (void *) data,
                                                                     MHD_RESPMEM_MUST_COPY);
    enum MHD_Result result;

    if (answer->content_type != NULL)
        MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->content_type);
    for (guint i = 0; i + 1 < answer->headers->len; i += 2)
        MHD_add_response_header (response, g_ptr_array_index (answer->headers, i),
                                 g_ptr_array_index (answer->headers, i + 1));
    result = MHD_queue_response (connection, answer->status, response);
    MHD_destroy_response (response);
    return result;
}

static const char *
get_header (struct MHD_Connection *connection, const char *name)
{
    return MHD_lookup_connection_value (connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result
answer_request (TouPracticeServer *self, struct MHD_Connection *connection, const char *path,
                const char *method, const Upload *upload)
{
    g_autoptr (GBytes) body = g_bytes_new_static (upload->body->data, upload->body->len);
    g_autoptr (TouPracticeAnswer) answer = NULL;
    const TouPracticeCall call = {
        .method = method,
        .path = path,
        .limit = MHD_lookup_connection_value (connection, MHD_GET_ARGUMENT_KIND, "limit"),
        .authorization = get_header (connection, MHD_HTTP_HEADER_AUTHORIZATION),
        .content_type = get_header (connection, MHD_HTTP_HEADER_CONTENT_TYPE),
        .idempotency_key = get_header (connection, "Idempotency-Key"),
        .body = body,
        .body_is_too_large = upload->is_too_large,
    };

    g_mutex_lock (&self->lock);
    answer = answer_call (self, &call);
    g_mutex_unlock (&self->lock);
    return answer != NULL ? send_answer (connection, answer) : MHD_NO;
}

/* MHD asks a second time once it has read the request. */
static enum MHD_Result
on_list_asked (void *data, struct MHD_Connection *connection, const char *path, const char *method,
               const char *version, const char *piece, size_t *piece_size, void **state)
{
    static char is_read;
    TouPracticeServer *self = data;
    const TouPracticeCall call = { .method = method, .path = path };
    g_autoptr (TouPracticeAnswer) answer = NULL;

    if (*state == NULL) {
        *state = &is_read;
        return MHD_YES;
    }
    *piece_size = 0;
    g_mutex_lock (&self->lock);
    answer = answer_list_call (self, &call);
    g_mutex_unlock (&self->lock);
    return answer != NULL ? send_answer (connection, answer) : MHD_NO;
}

static enum MHD_Result
on_request_read (void *data, struct MHD_Connection *connection, const char *path, const char *method,
                 const char *version, const char *piece, size_t *piece_size, void **state)
{
    Upload *upload = *state;

    if (upload == NULL) {
        *state = upload_new ();
        return MHD_YES;
    }
    if (*piece_size > 0) {
        take_piece (upload, piece, *piece_size);
        *piece_size = 0;
        return MHD_YES;
    }
    return answer_request (data, connection, path, method, upload);
}

static void
on_request_completed (void *data, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode code)
{
    g_clear_pointer (state, upload_free);
}

static void
on_connection_changed (void *data, struct MHD_Connection *connection, void **socket_context,
                       enum MHD_ConnectionNotificationCode code)
{
    TouPracticeServer *self = data;

    if (code != MHD_CONNECTION_NOTIFY_STARTED)
        return;
    g_mutex_lock (&self->lock);
    self->n_connections++;
    g_mutex_unlock (&self->lock);
}

static void G_GNUC_PRINTF (2, 0) on_daemon_complained (void *data, const char *format, va_list arguments)
{
    g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, arguments);
}

static struct MHD_Daemon *
start_daemon (TouPracticeServer *self, const char *key, const char *certificate, guint16 port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons (port),
        .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
    };

    return MHD_start_daemon (MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS | MHD_USE_ERROR_LOG, port, NULL,
                             NULL, on_request_read, self, MHD_OPTION_EXTERNAL_LOGGER, on_daemon_complained,
                             NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_HTTPS_MEM_KEY, key,
                             MHD_OPTION_HTTPS_MEM_CERT, certificate, MHD_OPTION_HTTPS_PRIORITIES,
                             "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", MHD_OPTION_CONNECTION_LIMIT,
                             (unsigned int) MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
                             (unsigned int) IDLE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED, on_request_completed,
                             self, MHD_OPTION_NOTIFY_CONNECTION, on_connection_changed, self, MHD_OPTION_END);
}

static struct MHD_Daemon *
start_list_daemon (TouPracticeServer *self, guint16 port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons (port),
        .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
    };

    return MHD_start_daemon (MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_ERROR_LOG, port, NULL, NULL,
                             on_list_asked, self, MHD_OPTION_EXTERNAL_LOGGER, on_daemon_complained, NULL,
                             MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_LIMIT,
                             (unsigned int) MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
                             (unsigned int) LIST_IDLE_SECONDS, MHD_OPTION_END);
}

static gboolean
listen_to_ports (TouPracticeServer *self, const char *folder, guint16 port, guint16 list_port, GError **error)
{
    g_autofree char *key_path = tou_practice_folder_dup_file (folder, TOU_PRACTICE_FILE_TLS_KEY);
    g_autofree char *certificate_path = tou_practice_folder_dup_file (folder,
                                                                      TOU_PRACTICE_FILE_TLS_CERTIFICATE);
    g_autofree char *key = NULL;
    g_autofree char *certificate = NULL;
    g_autoptr (GError) problem = NULL;

    if (!g_file_get_contents (key_path, &key, NULL, &problem)
        || !g_file_get_contents (certificate_path, &certificate, NULL, &problem)) {
        g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED, problem->message);
        return FALSE;
    }
    self->daemon = start_daemon (self, key, certificate, port);
    explicit_bzero (key, strlen (key));
    if (self->daemon != NULL)
        self->list_daemon = start_list_daemon (self, list_port);
    if (self->list_daemon == NULL)
        g_set_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED, "cannot listen to port %u",
                     self->daemon == NULL ? port : list_port);
    return self->list_daemon != NULL;
}

TouPracticeServer *
tou_practice_server_start (TouPracticeService *service, GBytes *list, const char *folder, guint16 port,
                           guint16 list_port, GError **error)
{
    g_autoptr (TouPracticeServer) self = g_new0 (TouPracticeServer, 1);

    self->service = service;
    self->list = g_bytes_ref (list);
    self->faults = tou_practice_faults_new ();
    self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    g_mutex_init (&self->lock);
    g_cond_init (&self->stopping);
    return listen_to_ports (self, folder, port, list_port, error) ? g_steal_pointer (&self) : NULL;
}

void
tou_practice_server_stop (TouPracticeServer *self)
{
    g_mutex_lock (&self->lock);
    self->is_stopping = TRUE;
    g_cond_broadcast (&self->stopping);
    g_mutex_unlock (&self->lock);
    if (self->daemon != NULL)
        MHD_stop_daemon (self->daemon);
    if (self->list_daemon != NULL)
        MHD_stop_daemon (self->list_daemon);
    tou_practice_service_free (self->service);
    tou_practice_faults_free (self->faults);
    g_bytes_unref (self->list);
    g_hash_table_unref (self->seen);
    g_cond_clear (&self->stopping);
    g_mutex_clear (&self->lock);
    g_free (self);
}

guint16
tou_practice_server_get_port (TouPracticeServer *self)
{
    return MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

guint16
tou_practice_server_get_list_port (TouPracticeServer *self)
{
    return MHD_get_daemon_info (self->list_daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

TouPracticeService *
tou_practice_server_hold (TouPracticeServer *self)
{
    g_mutex_lock (&self->lock);
    return self->service;
}

void
tou_practice_server_release (TouPracticeServer *self)
{
    g_mutex_unlock (&self->lock);
}

gboolean
tou_practice_server_add_fault (TouPracticeServer *self, const char *text, GError **error)
{
    gboolean done;

    g_mutex_lock (&self->lock);
    done = tou_practice_faults_add (self->faults, text, error);
    g_mutex_unlock (&self->lock);
    return done;
}
