/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-service.h"

#include "tou-practice-ca.h"
#include "tou-practice-control.h"
#include "tou-practice-database.h"
#include "tou-practice-folder.h"
#include "tou-practice-pem.h"
#include "tou-practice-sql.h"
#include "tou-practice-visit.h"
#include "tou-wire.h"

#include <string.h>

typedef struct {
    const char *method;
    const char *path; /* "*" at its end: an id */
    gboolean needs_session;
    gboolean is_signed; /* every answer brings a nonce */
    TouPracticeHandler handler;
} Route;

static const Route routes[] = {
    { "GET", "/v1/service", FALSE, FALSE, tou_practice_call_service_info },
    { "POST", "/v1/sessions", FALSE, FALSE, tou_practice_call_sign_in },
    { "DELETE", "/v1/sessions/current", TRUE, FALSE, tou_practice_call_sign_out },
    { "POST", "/v1/sessions/current/category", TRUE, FALSE, tou_practice_call_other_category },
    { "GET", "/v1/registration", TRUE, FALSE, tou_practice_call_registration },
    { "GET", "/v1/applications", TRUE, FALSE, tou_practice_call_applications },
    { "POST", "/v1/applications", TRUE, TRUE, tou_practice_call_submit },
    { "PUT", "/v1/registration/contact", TRUE, TRUE, tou_practice_call_submit },
    { "GET", "/v1/submissions/*", TRUE, FALSE, tou_practice_call_submission },
    { "HEAD", "/v1/nonce", TRUE, FALSE, tou_practice_call_nonce },
    { "GET", "/practice/v1/reviews", FALSE, FALSE, tou_practice_call_list_reviews },
    { "POST", "/practice/v1/reviews/*", FALSE, FALSE, tou_practice_call_review },
    { "POST", "/practice/v1/qualification", FALSE, FALSE, tou_practice_call_renew_qualification },
};

/* Whether @path is that of @route; @out_id: what stands for "*". */
static gboolean
fits_path (const Route *route, const char *path, const char **out_id)
{
    gsize size = strlen (route->path) - 1;

    *out_id = NULL;
    if (route->path[size] != '*')
        return g_str_equal (route->path, path);
    if (strncmp (route->path, path, size) != 0 || path[size] == '\0' || strchr (path + size, '/') != NULL)
        return FALSE;
    *out_id = path + size;
    return TRUE;
}

static TouPracticeAnswer *
refuse_method (const char *path)
{
    TouPracticeAnswer *answer = tou_practice_answer_new_problem ("method-not-allowed", NULL, NULL);
    g_autoptr (GString) allowed = g_string_new (NULL);
    const char *id;

    for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
        if (fits_path (&routes[i], path, &id))
            g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", routes[i].method);
    tou_practice_answer_set_header (answer, "Allow", allowed->str);
    return answer;
}

static const Route *
find_route (const TouPracticeCall *call, const char **out_id, TouPracticeAnswer **out_refusal)
{
    gboolean path_is_known = FALSE;

    for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
        if (!fits_path (&routes[i], call->path, out_id))
            continue;
        if (g_str_equal (routes[i].method, call->method))
            return &routes[i];
        path_is_known = TRUE;
    }
    *out_refusal = path_is_known ? refuse_method (call->path)
                                 : tou_practice_answer_new_problem ("no-such-call", NULL, NULL);
    return NULL;
}

/* @out_refusal: (nullable): why the call may not go on. */
static gboolean
look_at_session (TouPracticeVisit *visit, TouPracticeAnswer **out_refusal, GError **error)
{
    const char *token = tou_practice_call_get_token (visit->call);

    if (token != NULL
        && !tou_practice_accounts_find_session (visit->service->db, token, visit->now_us, &visit->session,
                                                error))
        return FALSE;
    if (visit->session.state == TOU_PRACTICE_SESSION_NONE)
        *out_refusal = tou_practice_answer_new_problem ("not-signed-in", NULL, NULL);
    else if (visit->session.state == TOU_PRACTICE_SESSION_EXPIRED)
        *out_refusal = tou_practice_answer_new_problem ("session-expired", NULL, NULL);
    return TRUE;
}

/* Every answered call moves the end of the session on. */
static gboolean
move_session_end (TouPracticeVisit *visit, TouPracticeAnswer *answer, GError **error)
{
    gint64 end_us = visit->now_us + TOU_PRACTICE_SESSION_SECONDS * G_USEC_PER_SEC;
    g_autofree char *text = tou_wire_format_time (end_us);

    tou_practice_answer_set_header (answer, "Session-Expires", text);
    return tou_practice_accounts_move_session_end (visit->service->db, visit->session.token_sha256, end_us,
                                                   error);
}

static TouPracticeAnswer *
visit_route (TouPracticeVisit *visit, const Route *route, GError **error)
{
    g_autoptr (TouPracticeAnswer) answer = NULL;

    if (route->needs_session && !look_at_session (visit, &answer, error))
        return NULL;
    if (answer == NULL)
        answer = route->handler (visit, error);
    if (answer == NULL)
        return NULL;
    if (visit->session.state != TOU_PRACTICE_SESSION_OPEN)
        return g_steal_pointer (&answer);
    if (!move_session_end (visit, answer, error))
        return NULL;
    if (route->is_signed && !tou_practice_visit_set_nonce (visit, answer, error))
        return NULL;
    return g_steal_pointer (&answer);
}

/* One call is one transaction: all of it is kept, or nothing. */
static TouPracticeAnswer *
visit_in_transaction (TouPracticeVisit *visit, const Route *route, GError **error)
{
    sqlite3 *db = visit->service->db;
    g_autoptr (TouPracticeAnswer) answer = NULL;

    if (!tou_practice_database_begin (db, error))
        return NULL;
    if (tou_practice_service_pass_time (visit->service, visit->now_us, error))
        answer = visit_route (visit, route, error);
    if (!tou_practice_database_end (db, answer != NULL, answer != NULL ? error : NULL))
        return NULL;
    return g_steal_pointer (&answer);
}

TouPracticeAnswer *
tou_practice_service_answer (TouPracticeService *self, const TouPracticeCall *call)
{
    TouPracticeVisit visit = { .service = self, .call = call, .now_us = tou_clock_now_us (self->clock) };
    TouPracticeAnswer *answer = NULL;
    const Route *route = find_route (call, &visit.id, &answer);
    g_autoptr (GError) error = NULL;

    if (route == NULL)
        return answer;
    answer = visit_in_transaction (&visit, route, &error);
    tou_practice_session_clear (&visit.session);
    tou_practice_service_tell_reviews (self);
    if (answer != NULL)
        return answer;
    g_debug ("%s %s failed: %s", call->method, call->path, error->message);
    return tou_practice_answer_new_problem ("internal", NULL, NULL);
}

gboolean
tou_practice_service_expire_sessions (TouPracticeService *self, GError **error)
{
    return tou_sql_execute (self->db, "UPDATE sessions SET expires_at_us = 0", error);
}

static gboolean
load_proofs (TouPracticeService *self, GError **error)
{
    g_autofree char *authority = tou_practice_folder_dup_file (self->folder, TOU_PRACTICE_FILE_AUTHORITY);
    g_autofree char *crl = tou_practice_folder_dup_file (self->folder, TOU_PRACTICE_FILE_CRL);
    g_autofree char *certificate = tou_practice_folder_dup_file (self->folder,
                                                                 TOU_PRACTICE_FILE_RECEIPT_CERTIFICATE);
    g_autofree char *key = tou_practice_folder_dup_file (self->folder, TOU_PRACTICE_FILE_RECEIPT_KEY);

    return (self->issuers = tou_issuers_load (authority, error)) != NULL
           && (self->crl = tou_crl_load (crl, self->issuers, error)) != NULL
           && (self->receipt_certificate = tou_practice_pem_load_certificate (certificate, error)) != NULL
           && (self->receipt_key = tou_practice_pem_load_key (key, error)) != NULL;
}

TouPracticeService *
tou_practice_service_new (const char *folder, TouClock *clock, GError **error)
{
    g_autoptr (TouPracticeService) self = g_new0 (TouPracticeService, 1);
    g_autofree char *database = tou_practice_folder_dup_file (folder, TOU_PRACTICE_FILE_DATABASE);
    g_autoptr (GError) problem = NULL;

    self->folder = g_strdup (folder);
    self->audience = g_strdup (TOU_PRACTICE_AUDIENCE);
    self->clock = g_object_ref (clock);
    self->db = tou_practice_database_open (database, &problem);
    if (self->db != NULL && load_proofs (self, &problem)) {
        tou_practice_service_watch_reviews (self);
        return g_steal_pointer (&self);
    }
    g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED, problem->message);
    return NULL;
}

void
tou_practice_service_free (TouPracticeService *self)
{
    g_clear_pointer (&self->db, sqlite3_close);
    g_clear_pointer (&self->issuers, tou_issuers_unref);
    g_clear_pointer (&self->crl, tou_crl_unref);
    g_clear_pointer (&self->receipt_certificate, X509_free);
    g_clear_pointer (&self->receipt_key, EVP_PKEY_free);
    g_clear_object (&self->clock);
    g_free (self->denial);
    g_free (self->folder);
    g_free (self->audience);
    g_free (self);
}

void
tou_practice_service_set_audience (TouPracticeService *self, const char *audience)
{
    g_free (self->audience);
    self->audience = g_strdup (audience);
}
