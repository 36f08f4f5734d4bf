/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-calls.h"

#include "tou-wire-answer.h"

#define SIGNED_TYPE "application/pkcs7-mime; smime-type=signed-data"

static TouHttpCall *
make_call (TouServiceProfile *profile, const char *name, const char *method, const char *path)
{
    return tou_http_call_new (name, method, tou_service_profile_get_base_url (profile), path);
}

static gpointer
read_info (TouHttpCall *call, GError **error)
{
    g_autofree char *audience = NULL;
    g_autoptr (TouServiceInfo) info = tou_wire_read_service_info (call->answer, &audience, error);

    if (info != NULL)
        call->said_time_us = info->time_us;
    if (info == NULL || g_str_equal (audience, call->audience))
        return g_steal_pointer (&info);
    g_set_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER,
                 "the service names itself \"%s\", the profile \"%s\"", audience, call->audience);
    return NULL;
}

TouHttpCall *
tou_http_calls_get_info (TouServiceProfile *profile)
{
    TouHttpCall *call = make_call (profile, "get-info", "GET", "v1/service");

    call->audience = g_strdup (tou_service_profile_get_audience (profile));
    call->read = read_info;
    call->free_result = (GDestroyNotify) tou_service_info_free;
    return call;
}

static gpointer
read_session (TouHttpCall *call, GError **error)
{
    return tou_wire_read_session (call->answer, &call->new_token, error);
}

static void
expect_session (TouHttpCall *call)
{
    call->content_type = "application/json";
    call->answer_is_secret = TRUE;
    call->read = read_session;
    call->free_result = (GDestroyNotify) tou_session_free;
}

TouHttpCall *
tou_http_calls_sign_in (TouServiceProfile *profile, const char *user_id, TouSecret *password,
                        TouCategory category, GError **error)
{
    g_autoptr (GError) fault = NULL;
    TouSecret *body = tou_wire_write_sign_in (user_id, password, category, &fault);
    TouHttpCall *call;

    if (body == NULL) {
        g_set_error_literal (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_FAILED, fault->message);
        return NULL;
    }
    call = make_call (profile, "sign-in", "POST", "v1/sessions");
    call->secret_body = body;
    call->opens_session = TRUE;
    expect_session (call);
    return call;
}

/* A call whose answer says nothing but that it was granted. */
static gpointer
read_nothing (TouHttpCall *call, GError **error)
{
    return g_strdup ("");
}

TouHttpCall *
tou_http_calls_change_category (TouServiceProfile *profile, TouCategory category)
{
    TouHttpCall *call = make_call (profile, "change-category", "POST", "v1/sessions/current/category");

    call->body = tou_wire_write_other_category (category);
    call->replaces_session = TRUE;
    expect_session (call);
    return call;
}

TouHttpCall *
tou_http_calls_sign_out (TouServiceProfile *profile)
{
    TouHttpCall *call = make_call (profile, "sign-out", "DELETE", "v1/sessions/current");

    call->read = read_nothing;
    call->free_result = g_free;
    return call;
}

static gpointer
read_registration (TouHttpCall *call, GError **error)
{
    return tou_wire_read_registration (call->answer, error);
}

TouHttpCall *
tou_http_calls_get_registration (TouServiceProfile *profile)
{
    TouHttpCall *call = make_call (profile, "get-registration", "GET", "v1/registration");

    call->absent_type = "not-registered-yet";
    call->read = read_registration;
    call->free_result = (GDestroyNotify) tou_registration_free;
    return call;
}

static gpointer
read_applications (TouHttpCall *call, GError **error)
{
    return tou_wire_read_applications (call->answer, error);
}

TouHttpCall *
tou_http_calls_list_applications (TouServiceProfile *profile, guint limit)
{
    g_autofree char *path = g_strdup_printf ("v1/applications?limit=%u",
                                             CLAMP (limit, 1, TOU_WIRE_MAX_APPLICATIONS));
    TouHttpCall *call = make_call (profile, "list-applications", "GET", path);

    call->read = read_applications;
    call->free_result = (GDestroyNotify) g_ptr_array_unref;
    return call;
}

/* The answer's nonce is this call's result, and is kept for no other. */
static gpointer
read_nonce (TouHttpCall *call, GError **error)
{
    if (call->nonce == NULL)
        g_set_error_literal (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER, "no Replay-Nonce");
    return g_steal_pointer (&call->nonce);
}

TouHttpCall *
tou_http_calls_get_nonce (TouServiceProfile *profile)
{
    TouHttpCall *call = make_call (profile, "get-nonce", "HEAD", "v1/nonce");

    call->read = read_nonce;
    call->free_result = g_free;
    return call;
}

/* An answer about another submission than the one asked for would be taken for its receipt. */
static gpointer
read_accepted (TouHttpCall *call, GError **error)
{
    g_autoptr (TouReceipt) receipt = tou_wire_read_accepted (call->answer, error);

    if (receipt == NULL)
        return NULL;
    if (!g_str_equal (receipt->submission_id, call->submission_id)) {
        g_set_error_literal (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_ANSWER,
                             "the answer is about another submission");
        return NULL;
    }
    receipt->was_repeat = call->is_replayed;
    return g_steal_pointer (&receipt);
}

TouHttpCall *
tou_http_calls_submit (TouServiceProfile *profile, TouOperation operation, const char *submission_id,
                       GBytes *cms)
{
    TouHttpCall *call = operation == TOU_OPERATION_CONTACT_CHANGE
                            ? make_call (profile, "change-contact", "PUT", "v1/registration/contact")
                            : make_call (profile, "apply", "POST", "v1/applications");

    call->content_type = SIGNED_TYPE;
    call->body = g_bytes_ref (cms);
    call->is_signed = TRUE;
    call->submission_id = g_strdup (submission_id);
    call->read = read_accepted;
    call->free_result = (GDestroyNotify) tou_receipt_free;
    return call;
}

TouHttpCall *
tou_http_calls_get_submission (TouServiceProfile *profile, const char *submission_id)
{
    g_autofree char *id = g_uri_escape_string (submission_id, NULL, FALSE);
    g_autofree char *path = g_strconcat ("v1/submissions/", id, NULL);
    TouHttpCall *call = make_call (profile, "get-submission", "GET", path);

    call->submission_id = g_strdup (submission_id);
    call->absent_type = "no-such-submission";
    call->read = read_accepted;
    call->free_result = (GDestroyNotify) tou_receipt_free;
    return call;
}
