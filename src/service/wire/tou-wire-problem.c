/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-wire"

#include "tou-wire-problem.h"

#include "tou-wire-member.h"

#include <string.h>

static const TouWireProblemKind kinds[] = {
    { "not-signed-in", 401, "30004", "No session is open." },
    { "session-expired", 401, "30003", "The session has ended." },
    { "sign-in", 401, "30002", "User ID and password do not belong to a bidder of this category." },
    { "not-registered-yet", 404, "30001", "Nothing is registered." },
    { "no-such-submission", 404, "40003", "No submission has this id." },
    { "no-such-call", 404, "40003", "There is no such call." },
    { "method-not-allowed", 405, "40003", "The call does not take this method." },
    { "media-type", 415, "40003", "The body is of another media type than the call takes." },
    { "too-large", 413, "40003", "The body is too large." },
    { "too-many-requests", 429, "40001", "Too many calls in a short time." },
    { "internal", 500, "40002", "The service failed." },
    { "unavailable", 503, "40001", "The service is out of operation for now." },
    { "bad-request", 400, "40003", "The call is not of the form that the contract asks for." },
    { "submission-conflict", 409, "40003", "The submission id belongs to other bytes." },
    { "bad-envelope", 400, "40003", "The body is not a signed request." },
    { "algorithm", 400, "40003", "The service does not take this algorithm." },
    { "bad-signature", 400, "40003", "The signature is not that of the content." },
    { "untrusted-issuer", 403, "40001", "The certificate leads to no accepted issuer." },
    { "certificate-expired", 403, "30007", "The certificate has expired." },
    { "certificate-not-yet-valid", 403, "30008", "The certificate is not valid yet." },
    { "certificate-revoked", 403, "30006", "The certificate was revoked." },
    { "key-usage", 403, "40001", "The certificate is not for signing." },
    { "bad-content", 400, "40003", "The signed content is not of the form that the contract asks for." },
    { "audience", 400, "40003", "The request is meant for another service." },
    { "category", 400, "40003", "The request is for another category than the session." },
    { "time", 400, "40004", "The time of the request is too far off." },
    { "bad-nonce", 400, "40004", "The nonce is unknown or was used." },
    { "other-company", 403, "30005", "The card is another company's than the session." },
    { "not-registered", 403, "30001", "The card is not the registered one." },
    { "bad-authorization", 400, "40003", "The authorization is not one for this renewal." },
    { "authorization-expired", 400, "40004", "The authorization was signed too long ago." },
    { "authorization-used", 400, "40004", "The nonce of the authorization is unknown or was used." },
    { "same-card", 403, "30005", "The current and the new card are the same." },
    { "cards-swapped", 403, "30001", "The registered card signed in the place of the new one." },
    { "current-card-expired", 403, "30007", "The current card has expired; it cannot be renewed." },
    { "current-card-revoked", 403, "30006", "The current card was revoked; it cannot be renewed." },
    { "bad-field", 422, "40003", "A field breaks its rule." },
};

static const TouWireText texts[] = {
    { "type", G_STRUCT_OFFSET (TouWireProblem, type_uri) },
    { "title", G_STRUCT_OFFSET (TouWireProblem, title) },
    { "detail", G_STRUCT_OFFSET (TouWireProblem, detail) },
    { "code", G_STRUCT_OFFSET (TouWireProblem, code) },
    { "field", G_STRUCT_OFFSET (TouWireProblem, field) },
};

const TouWireProblemKind *
tou_wire_problem_get_kinds (guint *out_n)
{
    *out_n = G_N_ELEMENTS (kinds);
    return kinds;
}

TouWireProblem *
tou_wire_problem_new (const char *name, const char *detail)
{
    for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
        TouWireProblem *self;
        if (!g_str_equal (kinds[i].name, name))
            continue;
        self = g_new0 (TouWireProblem, 1);
        self->type_uri = g_strconcat (TOU_WIRE_PROBLEM_PREFIX, name, NULL);
        self->title = g_strdup (kinds[i].title);
        self->status = kinds[i].status;
        self->code = g_strdup (kinds[i].code);
        self->detail = g_strdup (detail);
        return self;
    }
    g_return_val_if_reached (NULL);
}

void
tou_wire_problem_free (TouWireProblem *self)
{
    if (self == NULL)
        return;
    g_free (self->type_uri);
    g_free (self->title);
    g_free (self->detail);
    g_free (self->code);
    g_free (self->field);
    g_free (self);
}

gboolean
tou_wire_problem_is (const TouWireProblem *self, const char *name)
{
    return self->type_uri != NULL && g_str_has_prefix (self->type_uri, TOU_WIRE_PROBLEM_PREFIX)
           && g_str_equal (self->type_uri + strlen (TOU_WIRE_PROBLEM_PREFIX), name);
}

GBytes *
tou_wire_write_problem (const TouWireProblem *problem)
{
    JsonObject *object = json_object_new ();

    tou_wire_put_text (object, "type", problem->type_uri);
    tou_wire_put_text (object, "title", problem->title);
    json_object_set_int_member (object, "status", problem->status);
    tou_wire_put_text (object, "detail", problem->detail);
    tou_wire_put_text (object, "code", problem->code);
    tou_wire_put_text (object, "field", problem->field);
    return tou_wire_to_bytes (object);
}

/* RFC 9457 section 3.1: a member of another type is to be ignored; so each is read with an error of its own.
 */
static void
read_members (JsonObject *object, TouWireProblem *problem)
{
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
        g_autoptr (GError) ignored = NULL;
        TouWireReader reader = tou_wire_reader_begin (object, &ignored);
        tou_wire_reader_fill (&reader, &texts[i], 1, problem);
    }
}

static guint
read_status (JsonObject *object)
{
    g_autoptr (GError) ignored = NULL;
    TouWireReader reader = tou_wire_reader_begin (object, &ignored);

    return (guint) tou_wire_reader_get_number (&reader, "status", 100, 599);
}

TouWireProblem *
tou_wire_read_problem (GBytes *json, GError **error)
{
    g_autoptr (JsonObject) object = tou_wire_parse (json, error);
    TouWireProblem *problem;

    if (object == NULL)
        return NULL;
    problem = g_new0 (TouWireProblem, 1);
    read_members (object, problem);
    problem->status = read_status (object);
    if (!tou_wire_is_code (problem->code))
        g_clear_pointer (&problem->code, g_free);
    return problem;
}
