/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-wire"

#include "tou-wire-member.h"
#include "tou-wire-request.h"

typedef gboolean (*ContentReader) (GBytes *json, TouSignedFile *file, GError **error);

static gboolean
read_request (GBytes *json, TouSignedFile *file, GError **error)
{
    TouRequest *request = tou_wire_read_request (json, error);

    if (request == NULL)
        return FALSE;
    file->request = request;
    file->said_at_us = request->time_us;
    file->operation = request->operation;
    return TRUE;
}

/* Only what is shown of it: who may renew with it is for the service to say. */
static gboolean
read_authorization (GBytes *json, TouSignedFile *file, GError **error)
{
    g_autoptr (TouAuthorization) authorization = tou_wire_read_authorization (json, error);

    if (authorization == NULL)
        return FALSE;
    file->said_at_us = authorization->time_us;
    file->operation = TOU_OPERATION_CARD_RENEWAL;
    return TRUE;
}

static gboolean
read_receipt (GBytes *json, TouSignedFile *file, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);

    file->receipt = tou_wire_read_receipt (json, error);
    if (file->receipt == NULL)
        return FALSE;
    file->said_at_us = file->receipt->accepted_at_us;
    file->operation = tou_wire_reader_get_operation (&reader, "operation");
    g_clear_error (&fault);
    return TRUE;
}

/* In the order of TouSignedFileKind. */
static const struct {
    const char *format;
    ContentReader read;
} formats[] = {
    { "touroku-request", read_request },
    { "touroku-authorization", read_authorization },
    { "touroku-receipt", read_receipt },
};

static int
find_format (const char *format)
{
    for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
        if (g_str_equal (formats[i].format, format))
            return (int) i;
    return -1;
}

/* What all of them have. */
static void
read_common (TouWireReader *reader, TouSignedFile *file)
{
    file->audience = tou_wire_reader_dup_text (reader, "audience", TRUE);
    file->category = tou_wire_reader_get_category (reader, "category");
    file->submission_id = tou_wire_reader_dup_text (reader, "submission_id", FALSE);
}

gboolean
tou_wire_read_signed (GBytes *json, TouSignedFile *file, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    GError *fault = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &fault);
    const char *format;
    int kind;

    if (object == NULL)
        return FALSE;
    format = tou_wire_reader_get_text (&reader, "format", TRUE);
    kind = format != NULL ? find_format (format) : -1;
    if (format != NULL && kind < 0)
        tou_wire_reader_fail (&reader, TOU_WIRE_ERROR_INVALID, "format");
    else
        read_common (&reader, file);
    if (fault != NULL) {
        g_propagate_error (error, fault);
        return FALSE;
    }
    file->kind = (TouSignedFileKind) kind;
    return formats[kind].read (json, file, error);
}
