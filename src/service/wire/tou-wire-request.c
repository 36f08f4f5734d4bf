/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-wire"

#include "tou-wire-request.h"

#include "tou-wire-member.h"

#define REQUEST_FORMAT "touroku-request"
#define AUTHORIZATION_FORMAT "touroku-authorization"
#define RECEIPT_FORMAT "touroku-receipt"

static JsonObject *
make_content (const TouRequest *request)
{
    JsonObject *content = json_object_new ();

    tou_wire_put_company (content, "company", request->company);
    if (request->operation == TOU_OPERATION_CARD_RENEWAL)
        tou_wire_put_base64 (content, "authorization", request->authorization);
    else
        tou_wire_put_contact (content, request->contact);
    return content;
}

GBytes *
tou_wire_write_request (const TouRequest *request)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_format (object, REQUEST_FORMAT);
    tou_wire_put_text (object, "operation", tou_operation_get_id (request->operation));
    tou_wire_put_text (object, "audience", request->audience);
    tou_wire_put_text (object, "category", tou_category_get_id (request->category));
    tou_wire_put_text (object, "submission_id", request->submission_id);
    tou_wire_put_text (object, "nonce", request->nonce);
    tou_wire_put_time (object, "time", request->time_us);
    tou_wire_put_text (object, "certificate_sha256", request->certificate_sha256);
    json_object_set_object_member (object, "content", make_content (request));
    return tou_wire_to_bytes (object);
}

static void
read_content (TouWireReader *reader, TouRequest *request)
{
    TouWireReader content = tou_wire_reader_enter (reader, "content", TRUE);

    request->company = tou_wire_reader_get_company (&content, "company", TRUE);
    if (request->operation == TOU_OPERATION_CARD_RENEWAL)
        request->authorization = tou_wire_reader_get_base64 (&content, "authorization");
    else
        request->contact = tou_wire_reader_get_contact (&content);
}

TouRequest *
tou_wire_read_request (GBytes *json, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    g_autoptr (TouRequest) request = tou_request_new ();
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return NULL;
    tou_wire_reader_expect (&reader, REQUEST_FORMAT);
    request->operation = tou_wire_reader_get_operation (&reader, "operation");
    request->audience = tou_wire_reader_dup_text (&reader, "audience", TRUE);
    request->category = tou_wire_reader_get_category (&reader, "category");
    request->submission_id = tou_wire_reader_dup_checked (&reader, "submission_id", tou_wire_is_uuid);
    request->nonce = tou_wire_reader_dup_text (&reader, "nonce", TRUE);
    request->time_us = tou_wire_reader_get_time (&reader, "time");
    request->certificate_sha256 = tou_wire_reader_dup_checked (&reader, "certificate_sha256",
                                                               tou_wire_is_sha256);
    read_content (&reader, request);
    if (fault == NULL)
        return g_steal_pointer (&request);
    g_propagate_error (error, fault);
    return NULL;
}

GBytes *
tou_wire_write_authorization (const TouAuthorization *authorization)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_format (object, AUTHORIZATION_FORMAT);
    tou_wire_put_text (object, "audience", authorization->audience);
    tou_wire_put_text (object, "category", tou_category_get_id (authorization->category));
    tou_wire_put_text (object, "nonce", authorization->nonce);
    tou_wire_put_time (object, "time", authorization->time_us);
    tou_wire_put_text (object, "company_number", authorization->company_number);
    tou_wire_put_text (object, "certificate_sha256", authorization->certificate_sha256);
    tou_wire_put_time (object, "expires", authorization->expires_us);
    return tou_wire_to_bytes (object);
}

TouAuthorization *
tou_wire_read_authorization (GBytes *json, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    g_autoptr (TouAuthorization) authorization = tou_authorization_new ();
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return NULL;
    tou_wire_reader_expect (&reader, AUTHORIZATION_FORMAT);
    authorization->audience = tou_wire_reader_dup_text (&reader, "audience", TRUE);
    authorization->category = tou_wire_reader_get_category (&reader, "category");
    authorization->nonce = tou_wire_reader_dup_text (&reader, "nonce", TRUE);
    authorization->time_us = tou_wire_reader_get_time (&reader, "time");
    authorization->company_number = tou_wire_reader_dup_text (&reader, "company_number", TRUE);
    authorization->certificate_sha256 = tou_wire_reader_dup_checked (&reader, "certificate_sha256",
                                                                     tou_wire_is_sha256);
    authorization->expires_us = tou_wire_reader_get_time (&reader, "expires");
    if (fault == NULL)
        return g_steal_pointer (&authorization);
    g_propagate_error (error, fault);
    return NULL;
}

GBytes *
tou_wire_write_receipt (const TouReceipt *receipt, const char *audience, TouOperation operation,
                        TouCategory category)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_format (object, RECEIPT_FORMAT);
    tou_wire_put_text (object, "audience", audience);
    tou_wire_put_text (object, "operation", tou_operation_get_id (operation));
    tou_wire_put_text (object, "category", tou_category_get_id (category));
    tou_wire_put_text (object, "submission_id", receipt->submission_id);
    tou_wire_put_text (object, "request_sha256", receipt->request_sha256);
    tou_wire_put_text (object, "reception_number", receipt->reception_number);
    tou_wire_put_time (object, "accepted_at", receipt->accepted_at_us);
    return tou_wire_to_bytes (object);
}

TouReceipt *
tou_wire_read_receipt (GBytes *json, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    g_autoptr (TouReceipt) receipt = tou_receipt_new ();
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    if (object == NULL)
        return NULL;
    tou_wire_reader_expect (&reader, RECEIPT_FORMAT);
    tou_wire_reader_get_text (&reader, "audience", TRUE);
    tou_wire_reader_get_operation (&reader, "operation");
    tou_wire_reader_get_category (&reader, "category");
    receipt->submission_id = tou_wire_reader_dup_checked (&reader, "submission_id", tou_wire_is_uuid);
    receipt->request_sha256 = tou_wire_reader_dup_checked (&reader, "request_sha256", tou_wire_is_sha256);
    receipt->reception_number = tou_wire_reader_dup_text (&reader, "reception_number", TRUE);
    receipt->accepted_at_us = tou_wire_reader_get_time (&reader, "accepted_at");
    if (fault == NULL)
        return g_steal_pointer (&receipt);
    g_propagate_error (error, fault);
    return NULL;
}
