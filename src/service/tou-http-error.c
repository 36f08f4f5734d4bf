/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-error.h"

#include "tou-error-catalogue.h"
#include "tou-wire-problem.h"

#include <string.h>

/* How much of an answer that is none of ours is shown to support staff. */
#define MAX_RAW_BYTES 300

static const struct {
    CURLcode code;
    TouServiceError meaning;
} meanings[] = {
    { CURLE_COULDNT_RESOLVE_HOST, TOU_SERVICE_ERROR_NAME_NOT_FOUND },
    { CURLE_COULDNT_RESOLVE_PROXY, TOU_SERVICE_ERROR_NAME_NOT_FOUND },
    { CURLE_COULDNT_CONNECT, TOU_SERVICE_ERROR_UNREACHABLE },
    { CURLE_PROXY, TOU_SERVICE_ERROR_UNREACHABLE },
    { CURLE_SEND_ERROR, TOU_SERVICE_ERROR_UNREACHABLE },
    { CURLE_RECV_ERROR, TOU_SERVICE_ERROR_UNREACHABLE },
    { CURLE_GOT_NOTHING, TOU_SERVICE_ERROR_UNREACHABLE },
    { CURLE_PARTIAL_FILE, TOU_SERVICE_ERROR_UNREACHABLE },
    { CURLE_OPERATION_TIMEDOUT, TOU_SERVICE_ERROR_TIMED_OUT },
    { CURLE_PEER_FAILED_VERIFICATION, TOU_SERVICE_ERROR_UNTRUSTED },
    { CURLE_SSL_PINNEDPUBKEYNOTMATCH, TOU_SERVICE_ERROR_UNTRUSTED },
    { CURLE_SSL_ISSUER_ERROR, TOU_SERVICE_ERROR_UNTRUSTED },
    { CURLE_SSL_CACERT_BADFILE, TOU_SERVICE_ERROR_UNTRUSTED },
    { CURLE_SSL_CONNECT_ERROR, TOU_SERVICE_ERROR_TLS },
    { CURLE_SSL_CIPHER, TOU_SERVICE_ERROR_TLS },
    { CURLE_WRITE_ERROR, TOU_SERVICE_ERROR_ANSWER_TOO_LARGE },
    { CURLE_FILESIZE_EXCEEDED, TOU_SERVICE_ERROR_ANSWER_TOO_LARGE },
    { CURLE_WEIRD_SERVER_REPLY, TOU_SERVICE_ERROR_BAD_ANSWER },
    { CURLE_UNSUPPORTED_PROTOCOL, TOU_SERVICE_ERROR_BAD_ANSWER },
    { CURLE_BAD_CONTENT_ENCODING, TOU_SERVICE_ERROR_BAD_ANSWER },
};

TouServiceError
tou_http_error_name (CURLcode code)
{
    for (guint i = 0; i < G_N_ELEMENTS (meanings); i++) {
        if (meanings[i].code == code)
            return meanings[i].meaning;
    }
    return TOU_SERVICE_ERROR_FAILED;
}

static gboolean
is_about_answer (TouServiceError meaning)
{
    return meaning == TOU_SERVICE_ERROR_BAD_ANSWER || meaning == TOU_SERVICE_ERROR_ANSWER_TOO_LARGE;
}

GError *
tou_http_error_from_curl (CURLcode code, const TouHttpCall *call, const char *text)
{
    TouServiceError meaning = tou_http_error_name (code);
    GError *error;

    /* Whatever went wrong then: when a connection that was used before turns out to be dead, curl looks for
     * another one, which may fail in any way; where it finds one, the call is given up before it is sent
     * again. */
    if (call->was_sent && call->is_signed && !is_about_answer (meaning))
        meaning = TOU_SERVICE_ERROR_CONNECTION_LOST;
    error = g_error_new (TOU_SERVICE_ERROR, (gint) meaning, "%s: %s", call->name, curl_easy_strerror (code));
    tou_service_error_set_problem (error, call->status, NULL, NULL, *text != '\0' ? text : NULL);
    return error;
}

/* The start of an answer that is none of ours, a proxy's page for one; never of one that may hold a token. */
static char *
dup_raw_start (const TouHttpCall *call)
{
    gsize size;
    const char *raw = g_bytes_get_data (call->answer, &size);

    if (size == 0 || call->answer_is_secret)
        return NULL;
    return g_utf8_make_valid (raw, (gssize) MIN (size, MAX_RAW_BYTES));
}

/* What the status says where the answer itself says nothing. Over TLS with the service's certificate nobody
 * on the way can have answered, but something in front of the service, and a device that a company lets look
 * into TLS. */
static TouServiceError
name_status (const TouHttpCall *call)
{
    switch (call->status) {
    case 401:
        return call->token != NULL ? TOU_SERVICE_ERROR_SESSION_OVER : TOU_SERVICE_ERROR_FORBIDDEN;
    case 403:
        return TOU_SERVICE_ERROR_FORBIDDEN;
    case 404:
    case 410:
        return TOU_SERVICE_ERROR_MISSING;
    case 429:
    case 503:
        return TOU_SERVICE_ERROR_UNAVAILABLE;
    case 502:
    case 504:
        return TOU_SERVICE_ERROR_GATEWAY;
    default:
        break;
    }
    if (call->status >= 500)
        return TOU_SERVICE_ERROR_SERVER_FAILED;
    return call->status >= 300 && call->status < 400 ? TOU_SERVICE_ERROR_REDIRECTED
                                                     : TOU_SERVICE_ERROR_BAD_ANSWER;
}

static gboolean
fail_as (const TouHttpCall *call, TouServiceError meaning, const char *why, GError **error)
{
    g_autofree char *raw = dup_raw_start (call);
    GError *bad = g_error_new (TOU_SERVICE_ERROR, (gint) meaning, "%s: status %u: %s", call->name,
                               call->status, why);

    tou_service_error_set_problem (bad, call->status, NULL, NULL, raw);
    g_propagate_error (error, bad);
    return FALSE;
}

static gboolean
has_type (const TouHttpCall *call, const char *type)
{
    gsize length = strlen (type);

    return call->answer_type != NULL && g_ascii_strncasecmp (call->answer_type, type, length) == 0
           && (call->answer_type[length] == '\0' || strchr ("; \t", call->answer_type[length]) != NULL);
}

static gboolean
is_absence (const TouHttpCall *call, const TouWireProblem *problem)
{
    return call->status == 404 && call->absent_type != NULL
           && tou_wire_problem_is (problem, call->absent_type);
}

/* 30003 and 30004 say it more exactly than the status. */
static gboolean
is_session_end (const TouHttpCall *call, const TouWireProblem *problem)
{
    return name_status (call) == TOU_SERVICE_ERROR_SESSION_OVER && g_strcmp0 (problem->code, "30003") != 0
           && g_strcmp0 (problem->code, "30004") != 0;
}

static TouServiceError
name_problem (const TouHttpCall *call, const TouWireProblem *problem)
{
    if (is_absence (call, problem))
        return TOU_SERVICE_ERROR_NOT_FOUND;
    return is_session_end (call, problem) ? TOU_SERVICE_ERROR_SESSION_OVER : TOU_SERVICE_ERROR_PROBLEM;
}

static gboolean
fail_as_problem (const TouHttpCall *call, GError **error)
{
    g_autoptr (GError) cause = NULL;
    g_autoptr (TouWireProblem) problem = tou_wire_read_problem (call->answer, &cause);
    g_autofree char *raw = NULL;
    GError *refusal;

    if (problem == NULL)
        return fail_as (call, name_status (call), cause->message, error);
    refusal = g_error_new (TOU_SERVICE_ERROR, (gint) name_problem (call, problem), "%s: status %u: %s",
                           call->name, call->status, problem->title != NULL ? problem->title : "refused");
    /* Of a refusal that we cannot explain, support staff get to see all there is. */
    if (problem->code == NULL || tou_error_catalogue_lookup_code (problem->code) == NULL)
        raw = dup_raw_start (call);
    tou_service_error_set_problem (refusal, call->status, problem->code, problem->type_uri,
                                   raw != NULL ? raw : problem->detail);
    g_propagate_error (error, refusal);
    return FALSE;
}

static gboolean
read_result (TouHttpCall *call, GError **error)
{
    g_autoptr (GError) cause = NULL;

    call->result = call->read (call, &cause);
    return call->result != NULL || fail_as (call, TOU_SERVICE_ERROR_BAD_ANSWER, cause->message, error);
}

gboolean
tou_http_error_read_answer (TouHttpCall *call, GError **error)
{
    gboolean is_granted = call->status >= 200 && call->status < 300;

    if (!is_granted && call->status >= 400 && has_type (call, "application/problem+json"))
        return fail_as_problem (call, error);
    if (!is_granted)
        return fail_as (call, name_status (call), "not what the contract allows", error);
    if (call->status != 204 && !has_type (call, "application/json"))
        return fail_as (call, TOU_SERVICE_ERROR_BAD_ANSWER, "no JSON", error);
    return read_result (call, error);
}

gboolean
tou_http_error_is_of_service (const GError *error)
{
    return g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM)
           || g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND)
           || g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_OVER);
}
