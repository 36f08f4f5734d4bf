/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fault-server.h"

#include <arpa/inet.h>
#include <microhttpd.h>

struct _FaultServer {
    struct MHD_Daemon *daemon;
    GMutex lock; /* of everything below */
    GArray *plans;
    guint n_taken;
    GPtrArray *requests;
    GPtrArray *stalled; /* struct MHD_Connection */
};

static void
free_request (gpointer data)
{
    FaultRequest *request = data;

    g_free (request->line);
    g_free (request->authorization);
    g_free (request->idempotency_key);
    g_free (request->content_type);
    g_byte_array_unref (request->body);
    g_free (request);
}

static FaultRequest *
make_request (struct MHD_Connection *connection, const char *method, const char *url)
{
    FaultRequest *request = g_new0 (FaultRequest, 1);

    request->line = g_strconcat (method, " ", url, NULL);
    request->authorization = g_strdup (
        MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Authorization"));
    request->idempotency_key = g_strdup (
        MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Idempotency-Key"));
    request->content_type = g_strdup (
        MHD_lookup_connection_value (connection, MHD_HEADER_KIND, "Content-Type"));
    request->body = g_byte_array_new ();
    return request;
}

static FaultPlan
take_plan (FaultServer *self, FaultRequest *request)
{
    FaultPlan plan;

    g_mutex_lock (&self->lock);
    g_ptr_array_add (self->requests, request);
    g_assert_cmpuint (self->plans->len, >, 0);
    plan = g_array_index (self->plans, FaultPlan, MIN (self->n_taken, self->plans->len - 1));
    self->n_taken++;
    g_mutex_unlock (&self->lock);
    return plan;
}

static enum MHD_Result
stall (FaultServer *self, struct MHD_Connection *connection)
{
    g_mutex_lock (&self->lock);
    MHD_suspend_connection (connection);
    g_ptr_array_add (self->stalled, connection);
    g_mutex_unlock (&self->lock);
    return MHD_YES;
}

static enum MHD_Result
answer (struct MHD_Connection *connection, const FaultPlan *plan)
{
    const char *body = plan->body != NULL ? plan->body : "";
    struct MHD_Response *response = MHD_create_response_from_buffer (
        plan->body_size > 0 ? plan->body_size : strlen (body), (void *) body, MHD_RESPMEM_PERSISTENT);
    enum MHD_Result result;

    MHD_add_response_header (response, "Content-Type", plan->type != NULL ? plan->type : "application/json");
    for (guint i = 0; i + 1 < G_N_ELEMENTS (plan->headers) && plan->headers[i] != NULL; i += 2)
        MHD_add_response_header (response, plan->headers[i], plan->headers[i + 1]);
    result = MHD_queue_response (connection, plan->status, response);
    MHD_destroy_response (response);
    return result;
}

static enum MHD_Result
on_request_read (void *user_data, struct MHD_Connection *connection, const char *url, const char *method,
                 const char *version, const char *upload, size_t *upload_size, void **state)
{
    FaultServer *self = user_data;
    FaultRequest *request = *state;
    FaultPlan plan;

    if (request == NULL) {
        *state = make_request (connection, method, url);
        return MHD_YES;
    }
    if (*upload_size > 0) {
        g_byte_array_append (request->body, (const guint8 *) upload, (guint) *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    if (request->line == NULL) /* resumed at the end */
        return MHD_NO;
    plan = take_plan (self, request);
    *state = g_new0 (FaultRequest, 1);
    g_cancellable_cancel (plan.cancellable);
    if (plan.action == FAULT_STALL)
        return stall (self, connection);
    return plan.action == FAULT_DROP ? MHD_NO : answer (connection, &plan);
}

static void
on_request_completed (void *user_data, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode code)
{
    FaultRequest *request = *state;

    *state = NULL;
    if (request != NULL && request->line != NULL)
        free_request (request);
    else
        g_free (request);
}

FaultServer *
fault_server_new (const char *certificate, const char *key, const char *address, const char *tls)
{
    FaultServer *self = g_new0 (FaultServer, 1);
    struct sockaddr_in place = { .sin_family = AF_INET };

    g_assert_cmpint (inet_pton (AF_INET, address, &place.sin_addr), ==, 1);
    g_mutex_init (&self->lock);
    self->plans = g_array_new (FALSE, FALSE, sizeof (FaultPlan));
    self->requests = g_ptr_array_new_with_free_func (free_request);
    self->stalled = g_ptr_array_new ();
    self->daemon = MHD_start_daemon (
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_ALLOW_SUSPEND_RESUME | (certificate != NULL ? MHD_USE_TLS : 0),
        0, NULL, NULL, on_request_read, self, MHD_OPTION_SOCK_ADDR, (struct sockaddr *) &place,
        MHD_OPTION_NOTIFY_COMPLETED, on_request_completed, self,
        certificate != NULL ? MHD_OPTION_HTTPS_MEM_CERT : MHD_OPTION_END, certificate,
        MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_HTTPS_PRIORITIES, tls, MHD_OPTION_END);
    g_assert_nonnull (self->daemon);
    return self;
}

void
fault_server_free (FaultServer *self)
{
    for (guint i = 0; i < self->stalled->len; i++)
        MHD_resume_connection (g_ptr_array_index (self->stalled, i));
    MHD_stop_daemon (self->daemon);
    g_array_unref (self->plans);
    g_ptr_array_unref (self->requests);
    g_ptr_array_unref (self->stalled);
    g_mutex_clear (&self->lock);
    g_free (self);
}

guint16
fault_server_get_port (FaultServer *self)
{
    return MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void
fault_server_add (FaultServer *self, const FaultPlan *plan)
{
    g_mutex_lock (&self->lock);
    g_array_append_vals (self->plans, plan, 1);
    g_mutex_unlock (&self->lock);
}

guint
fault_server_get_n_requests (FaultServer *self)
{
    guint n;

    g_mutex_lock (&self->lock);
    n = self->requests->len;
    g_mutex_unlock (&self->lock);
    return n;
}

const FaultRequest *
fault_server_get_request (FaultServer *self, guint i)
{
    const FaultRequest *request;

    g_mutex_lock (&self->lock);
    g_assert_cmpuint (i, <, self->requests->len);
    request = g_ptr_array_index (self->requests, i);
    g_mutex_unlock (&self->lock);
    return request;
}
