/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-wire"

#include "tou-wire-answer.h"

#include "tou-wire-member.h"
#include "tou-wire-scan.h"

#include <string.h>

#define SERVICE_FORMAT "touroku-service"
/* More than a day is no session, and a request of over a MiB none of ours. */
#define MAX_SESSION_SECONDS (24 * 60 * 60)

/* A text in two languages: {"ja": …, "en": …}. */
static void
put_two (JsonObject *object, const char *name, const char *ja, const char *en)
{
    JsonObject *inner = json_object_new ();

    tou_wire_put_text (inner, "ja", ja);
    tou_wire_put_text (inner, "en", en);
    json_object_set_object_member (object, name, inner);
}

/* Japanese is required; English stands for itself where there is none. */
static void
read_two (TouWireReader *reader, const char *name, char **out_ja, char **out_en)
{
    TouWireReader inner = tou_wire_reader_enter (reader, name, TRUE);

    *out_ja = tou_wire_reader_dup_text (&inner, "ja", TRUE);
    *out_en = tou_wire_reader_dup_text (&inner, "en", FALSE);
    if (*out_en == NULL)
        *out_en = g_strdup (*out_ja);
}

static void
put_texts (JsonObject *object, const char *name, const char *const *texts)
{
    JsonArray *array = json_array_new ();

    for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
        json_array_add_string_element (array, texts[i]);
    json_object_set_array_member (object, name, array);
}

static void
put_categories (JsonObject *object, const TouServiceInfo *info)
{
    JsonArray *array = json_array_new ();

    for (guint i = 0; i < TOU_N_CATEGORIES; i++) {
        if (info->has_category[i])
            json_array_add_string_element (array, tou_category_get_id ((TouCategory) i));
    }
    json_object_set_array_member (object, "categories", array);
}

static void
read_categories (TouWireReader *reader, TouServiceInfo *info)
{
    g_auto (GStrv) ids = tou_wire_reader_get_texts (reader, "categories");
    TouCategory category;

    for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
        if (tou_category_from_id (ids[i], &category))
            info->has_category[category] = TRUE;
    }
}

static void
put_help_desk (JsonObject *object, const TouServiceInfo *info)
{
    JsonObject *inner = json_object_new ();

    put_two (inner, "name", info->help_desk_name_ja, info->help_desk_name_en);
    tou_wire_put_text (inner, "telephone", info->help_desk_phone);
    put_two (inner, "hours", info->help_desk_hours_ja, info->help_desk_hours_en);
    json_object_set_object_member (object, "help_desk", inner);
}

static void
read_help_desk (TouWireReader *reader, TouServiceInfo *info)
{
    TouWireReader inner = tou_wire_reader_enter (reader, "help_desk", TRUE);

    read_two (&inner, "name", &info->help_desk_name_ja, &info->help_desk_name_en);
    info->help_desk_phone = tou_wire_reader_dup_text (&inner, "telephone", TRUE);
    read_two (&inner, "hours", &info->help_desk_hours_ja, &info->help_desk_hours_en);
}

static void
put_limits (JsonObject *object, const TouServiceInfo *info)
{
    JsonObject *inner = json_object_new ();

    json_object_set_int_member (inner, "session_seconds", info->session_seconds);
    json_object_set_int_member (inner, "request_bytes", info->request_bytes);
    json_object_set_int_member (inner, "applications", TOU_WIRE_MAX_APPLICATIONS);
    json_object_set_object_member (object, "limits", inner);
}

static void
read_limits (TouWireReader *reader, TouServiceInfo *info)
{
    TouWireReader inner = tou_wire_reader_enter (reader, "limits", TRUE);

    info->session_seconds = (guint) tou_wire_reader_get_number (&inner, "session_seconds", 1,
                                                                MAX_SESSION_SECONDS);
    info->request_bytes = (guint) tou_wire_reader_get_number (&inner, "request_bytes", 1, G_MAXINT32);
    tou_wire_reader_get_number (&inner, "applications", 1, TOU_WIRE_MAX_APPLICATIONS);
}

GBytes *
tou_wire_write_service_info (const TouServiceInfo *info, const char *audience)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_format (object, SERVICE_FORMAT);
    put_two (object, "name", info->name_ja, info->name_en);
    tou_wire_put_text (object, "audience", audience);
    tou_wire_put_time (object, "time", info->time_us);
    put_categories (object, info);
    put_texts (object, "digest_algorithms", (const char *const *) info->digest_algorithms);
    put_texts (object, "signature_algorithms", (const char *const *) info->signature_algorithms);
    put_help_desk (object, info);
    tou_wire_put_text (object, "bidding_url", info->bidding_url);
    put_limits (object, info);
    return tou_wire_to_bytes (object);
}

TouServiceInfo *
tou_wire_read_service_info (GBytes *json, char **out_audience, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    g_autoptr (TouServiceInfo) info = tou_service_info_new ();
    g_autofree char *audience = NULL;
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return NULL;
    tou_wire_reader_expect (&reader, SERVICE_FORMAT);
    read_two (&reader, "name", &info->name_ja, &info->name_en);
    audience = tou_wire_reader_dup_text (&reader, "audience", TRUE);
    info->time_us = tou_wire_reader_get_time (&reader, "time");
    read_categories (&reader, info);
    info->digest_algorithms = tou_wire_reader_get_texts (&reader, "digest_algorithms");
    info->signature_algorithms = tou_wire_reader_get_texts (&reader, "signature_algorithms");
    read_help_desk (&reader, info);
    info->bidding_url = tou_wire_reader_dup_text (&reader, "bidding_url", FALSE);
    read_limits (&reader, info);
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return NULL;
    }
    if (out_audience != NULL)
        *out_audience = g_steal_pointer (&audience);
    return g_steal_pointer (&info);
}

static gboolean
append (TouSecret *target, const char *text)
{
    return tou_secret_insert (target, tou_secret_get_size (target), text, strlen (text));
}

TouSecret *
tou_wire_write_sign_in (const char *user_id, const TouSecret *password, TouCategory category, GError **error)
{
    g_autoptr (TouSecret) json = tou_secret_new ();
    gboolean fits = append (json, "{\"user_id\":") && tou_wire_escape_secret (json, user_id)
                    && append (json, ",\"password\":")
                    && tou_wire_escape_secret (json, tou_secret_get_data (password))
                    && append (json, ",\"category\":")
                    && tou_wire_escape_secret (json, tou_category_get_id (category)) && append (json, "}");

    if (fits)
        return g_steal_pointer (&json);
    g_set_error_literal (error, TOU_WIRE_ERROR, TOU_WIRE_ERROR_INVALID, "user ID and password are too long");
    return NULL;
}

/* A secret member that is there, not empty and not too long; else a fault. */
static void
check_secret (TouWireReader *reader, const char *name, const TouSecret *secret)
{
    if (secret == NULL)
        tou_wire_reader_get_text (reader, name, TRUE);
    if (secret == NULL)
        tou_wire_reader_fail (reader, TOU_WIRE_ERROR_INVALID, name);
    else if (tou_secret_get_size (secret) == 0)
        tou_wire_reader_fail (reader, TOU_WIRE_ERROR_MISSING, name);
}

gboolean
tou_wire_read_sign_in (GBytes *json, char **out_user_id, TouSecret **out_password, TouCategory *out_category,
                       GError **error)
{
    g_autoptr (TouSecret) password = NULL;
    g_autoptr (JsonObject) object = tou_wire_parse_with_secret (json, "password", &password, error);
    g_autofree char *user_id = NULL;
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return FALSE;
    user_id = tou_wire_reader_dup_text (&reader, "user_id", TRUE);
    check_secret (&reader, "password", password);
    *out_category = tou_wire_reader_get_category (&reader, "category");
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return FALSE;
    }
    *out_user_id = g_steal_pointer (&user_id);
    *out_password = g_steal_pointer (&password);
    return TRUE;
}

GBytes *
tou_wire_write_other_category (TouCategory category)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_text (object, "category", tou_category_get_id (category));
    return tou_wire_to_bytes (object);
}

gboolean
tou_wire_read_other_category (GBytes *json, TouCategory *out_category, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return FALSE;
    *out_category = tou_wire_reader_get_category (&reader, "category");
    if (fault == NULL)
        return TRUE;
    g_propagate_error (error, fault);
    return FALSE;
}

GBytes *
tou_wire_write_session (const TouSession *session, const char *token)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_text (object, "token", token);
    tou_wire_put_time (object, "expires_at", session->expires_at_us);
    tou_wire_put_company (object, "company", session->company);
    json_object_set_boolean_member (object, "has_registration", session->has_registration);
    return tou_wire_to_bytes (object);
}

/* RFC 6750 section 2.1: what may stand in the header line. */
static gboolean
is_token (const TouSecret *token)
{
    return strspn (tou_secret_get_data (token),
                   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=")
           == tou_secret_get_size (token);
}

TouSession *
tou_wire_read_session (GBytes *json, TouSecret **out_token, GError **error)
{
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (JsonObject) object = tou_wire_parse_with_secret (json, "token", &token, error);
    g_autoptr (TouSession) session = tou_session_new ();
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return NULL;
    check_secret (&reader, "token", token);
    if (token != NULL && !is_token (token))
        tou_wire_reader_fail (&reader, TOU_WIRE_ERROR_INVALID, "token");
    session->expires_at_us = tou_wire_reader_get_time (&reader, "expires_at");
    session->company = tou_wire_reader_get_company (&reader, "company", TRUE);
    session->has_registration = tou_wire_reader_get_boolean (&reader, "has_registration");
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return NULL;
    }
    *out_token = g_steal_pointer (&token);
    return g_steal_pointer (&session);
}

GBytes *
tou_wire_write_registration (const TouRegistration *registration)
{
    JsonObject *object = json_object_new ();
    JsonObject *card = json_object_new ();

    tou_wire_put_company (object, "company", registration->company);
    if (registration->registered_company != NULL)
        tou_wire_put_company (object, "registered_company", registration->registered_company);
    tou_wire_put_contact (object, registration->contact);
    tou_wire_put_text (card, "certificate_sha256", registration->card_sha256);
    tou_wire_put_text (card, "serial", registration->card_serial);
    tou_wire_put_text (card, "issuer", registration->card_issuer);
    tou_wire_put_time (card, "not_after", registration->card_not_after_us);
    json_object_set_object_member (object, "card", card);
    return tou_wire_to_bytes (object);
}

static void
read_card (TouWireReader *reader, TouRegistration *registration)
{
    TouWireReader card = tou_wire_reader_enter (reader, "card", TRUE);

    registration->card_sha256 = tou_wire_reader_dup_checked (&card, "certificate_sha256", tou_wire_is_sha256);
    registration->card_serial = tou_wire_reader_dup_text (&card, "serial", TRUE);
    registration->card_issuer = tou_wire_reader_dup_text (&card, "issuer", TRUE);
    registration->card_not_after_us = tou_wire_reader_get_time (&card, "not_after");
}

TouRegistration *
tou_wire_read_registration (GBytes *json, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    g_autoptr (TouRegistration) registration = tou_registration_new ();
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return NULL;
    registration->company = tou_wire_reader_get_company (&reader, "company", TRUE);
    registration->registered_company = tou_wire_reader_get_company (&reader, "registered_company", FALSE);
    registration->contact = tou_wire_reader_get_contact (&reader);
    read_card (&reader, registration);
    if (fault == NULL)
        return g_steal_pointer (&registration);
    g_propagate_error (error, fault);
    return NULL;
}

static JsonObject *
make_application (const TouApplication *application)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_text (object, "submission_id", application->submission_id);
    tou_wire_put_text (object, "reception_number", application->reception_number);
    tou_wire_put_text (object, "operation", tou_operation_get_id (application->operation));
    tou_wire_put_time (object, "submitted_at", application->submitted_at_us);
    tou_wire_put_text (object, "state", tou_review_state_get_id (application->state));
    tou_wire_put_text (object, "reason", application->reason);
    return object;
}

GBytes *
tou_wire_write_applications (const GPtrArray *applications)
{
    JsonObject *object = json_object_new ();
    JsonArray *array = json_array_new ();

    for (guint i = 0; i < applications->len; i++)
        json_array_add_object_element (array, make_application (g_ptr_array_index (applications, i)));
    json_object_set_array_member (object, "applications", array);
    return tou_wire_to_bytes (object);
}

static TouApplication *
read_application (TouWireReader *outer, JsonObject *object, guint i)
{
    TouApplication *application = tou_application_new ();
    TouWireReader reader = { object, "", outer->error };
    const char *state;

    g_snprintf (reader.path, sizeof reader.path, "applications[%u].", i);
    application->submission_id = tou_wire_reader_dup_checked (&reader, "submission_id", tou_wire_is_uuid);
    application->reception_number = tou_wire_reader_dup_text (&reader, "reception_number", TRUE);
    application->operation = tou_wire_reader_get_operation (&reader, "operation");
    application->submitted_at_us = tou_wire_reader_get_time (&reader, "submitted_at");
    state = tou_wire_reader_get_text (&reader, "state", TRUE);
    application->state = state != NULL ? tou_review_state_from_id (state) : TOU_REVIEW_STATE_UNKNOWN;
    application->reason = tou_wire_reader_dup_text (&reader, "reason", FALSE);
    return application;
}

GPtrArray *
tou_wire_read_applications (GBytes *json, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    g_autoptr (GPtrArray) applications = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_application_free);
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);
    JsonArray *array;

    if (object == NULL)
        return NULL;
    array = tou_wire_reader_get_objects (&reader, "applications", TOU_WIRE_MAX_APPLICATIONS);
    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        g_ptr_array_add (applications,
                         read_application (&reader, json_array_get_object_element (array, i), i));
    if (fault == NULL)
        return g_steal_pointer (&applications);
    g_propagate_error (error, fault);
    return NULL;
}

GBytes *
tou_wire_write_accepted (const TouReceipt *receipt)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_text (object, "submission_id", receipt->submission_id);
    tou_wire_put_text (object, "reception_number", receipt->reception_number);
    tou_wire_put_time (object, "accepted_at", receipt->accepted_at_us);
    tou_wire_put_base64 (object, "receipt", receipt->cms);
    return tou_wire_to_bytes (object);
}

TouReceipt *
tou_wire_read_accepted (GBytes *json, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    g_autoptr (TouReceipt) receipt = tou_receipt_new ();
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return NULL;
    receipt->submission_id = tou_wire_reader_dup_checked (&reader, "submission_id", tou_wire_is_uuid);
    receipt->reception_number = tou_wire_reader_dup_text (&reader, "reception_number", TRUE);
    receipt->accepted_at_us = tou_wire_reader_get_time (&reader, "accepted_at");
    receipt->cms = tou_wire_reader_get_base64 (&reader, "receipt");
    if (fault == NULL)
        return g_steal_pointer (&receipt);
    g_propagate_error (error, fault);
    return NULL;
}
