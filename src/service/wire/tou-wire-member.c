/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-wire"

#include "tou-wire-member.h"

#include "tou-wire-scan.h"

#include <string.h>

const TouWireText tou_wire_company_texts[8] = {
    { "vendor_number", G_STRUCT_OFFSET (TouCompany, vendor_number), TRUE },
    { "name", G_STRUCT_OFFSET (TouCompany, name), TRUE },
    { "postal_code", G_STRUCT_OFFSET (TouCompany, postal_code) },
    { "address", G_STRUCT_OFFSET (TouCompany, address) },
    { "representative_name", G_STRUCT_OFFSET (TouCompany, representative_name) },
    { "representative_title", G_STRUCT_OFFSET (TouCompany, representative_title) },
    { "phone", G_STRUCT_OFFSET (TouCompany, phone) },
    { "fax", G_STRUCT_OFFSET (TouCompany, fax) },
};

const TouWireText tou_wire_contact_texts[6] = {
    { "name", G_STRUCT_OFFSET (TouContact, name) },
    { "postal_code", G_STRUCT_OFFSET (TouContact, postal_code) },
    { "address", G_STRUCT_OFFSET (TouContact, address) },
    { "person", G_STRUCT_OFFSET (TouContact, person) },
    { "phone", G_STRUCT_OFFSET (TouContact, phone) },
    { "fax", G_STRUCT_OFFSET (TouContact, fax) },
};

static JsonObject *
load_object (const char *text, gsize size, GError **error)
{
    g_autoptr (JsonParser) parser = json_parser_new_immutable ();
    g_autoptr (GError) cause = NULL;

    if (!json_parser_load_from_data (parser, text, (gssize) size, &cause)) {
        g_set_error (error, TOU_WIRE_ERROR, TOU_WIRE_ERROR_MALFORMED, "no JSON message: %s", cause->message);
        return NULL;
    }
    return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

JsonObject *
tou_wire_parse (GBytes *json, GError **error)
{
    gsize size;
    const char *text = g_bytes_get_data (json, &size);

    return tou_wire_scan (text, size, NULL, NULL, error) ? load_object (text, size, error) : NULL;
}

JsonObject *
tou_wire_parse_with_secret (GBytes *json, const char *name, TouSecret **out_secret, GError **error)
{
    gsize size;
    const char *text = g_bytes_get_data (json, &size);
    g_autoptr (GString) blanked = NULL;
    TouWireSpan span;

    if (!tou_wire_scan (text, size, name, &span, error))
        return NULL;
    if (!span.is_found)
        return load_object (text, size, error);
    /* Copied around the secret, so that no second copy of it comes to be. */
    blanked = g_string_new_len (text, (gssize) span.start);
    g_string_append_len (blanked, text + span.start + span.size, (gssize) (size - span.start - span.size));
    *out_secret = tou_wire_unescape_secret (text + span.start, span.size);
    return load_object (blanked->str, blanked->len, error);
}

TouWireReader
tou_wire_reader_begin (JsonObject *object, GError **error)
{
    return (TouWireReader){ object, "", error };
}

gboolean
tou_wire_reader_has_failed (const TouWireReader *self)
{
    return *self->error != NULL;
}

void
tou_wire_reader_fail (TouWireReader *self, TouWireError code, const char *name)
{
    if (tou_wire_reader_has_failed (self))
        return;
    g_set_error (self->error, TOU_WIRE_ERROR, (gint) code, "member \"%s%s\" is %s", self->path, name,
                 code == TOU_WIRE_ERROR_MISSING ? "missing" : "not valid");
}

/* NULL when it is not there or something failed before. */
static JsonNode *
get_member (TouWireReader *self, const char *name, gboolean is_required)
{
    JsonNode *node = NULL;

    if (tou_wire_reader_has_failed (self))
        return NULL;
    if (self->object != NULL)
        node = json_object_get_member (self->object, name);
    if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
        return node;
    if (is_required)
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_MISSING, name);
    return NULL;
}

static JsonNode *
get_value (TouWireReader *self, const char *name, gboolean is_required, GType type)
{
    JsonNode *node = get_member (self, name, is_required);

    if (node == NULL || (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type))
        return node;
    tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return NULL;
}

TouWireReader
tou_wire_reader_enter (TouWireReader *self, const char *name, gboolean is_required)
{
    TouWireReader inner = { NULL, "", self->error };
    JsonNode *node = get_member (self, name, is_required);

    g_snprintf (inner.path, sizeof inner.path, "%s%s.", self->path, name);
    if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    else if (node != NULL)
        inner.object = json_node_get_object (node);
    return inner;
}

/* A text of any length. */
static const char *
get_string (TouWireReader *self, const char *name, gboolean is_required)
{
    JsonNode *node = get_value (self, name, is_required, G_TYPE_STRING);
    const char *text = node != NULL ? json_node_get_string (node) : NULL;

    if (text == NULL || *text != '\0')
        return text;
    if (is_required)
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_MISSING, name);
    return NULL;
}

const char *
tou_wire_reader_get_text (TouWireReader *self, const char *name, gboolean is_required)
{
    const char *text = get_string (self, name, is_required);

    if (text == NULL || strlen (text) <= TOU_WIRE_MAX_TEXT)
        return text;
    tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return NULL;
}

char *
tou_wire_reader_dup_text (TouWireReader *self, const char *name, gboolean is_required)
{
    return g_strdup (tou_wire_reader_get_text (self, name, is_required));
}

void
tou_wire_reader_fill (TouWireReader *self, const TouWireText *texts, guint n, gpointer target)
{
    for (guint i = 0; i < n; i++) {
        char **field = G_STRUCT_MEMBER_P (target, texts[i].offset);
        tou_set_text (field, tou_wire_reader_get_text (self, texts[i].name, texts[i].is_required));
    }
}

gint64
tou_wire_reader_get_number (TouWireReader *self, const char *name, gint64 min, gint64 max)
{
    JsonNode *node = get_value (self, name, TRUE, G_TYPE_INT64);
    gint64 number = node != NULL ? json_node_get_int (node) : 0;

    if (node == NULL || (number >= min && number <= max))
        return number;
    tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return 0;
}

gboolean
tou_wire_reader_get_boolean (TouWireReader *self, const char *name)
{
    JsonNode *node = get_value (self, name, TRUE, G_TYPE_BOOLEAN);

    return node != NULL && json_node_get_boolean (node);
}

gint64
tou_wire_reader_get_time (TouWireReader *self, const char *name)
{
    const char *text = tou_wire_reader_get_text (self, name, TRUE);
    gint64 time_us = 0;

    if (text != NULL && !tou_wire_parse_time (text, &time_us))
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return time_us;
}

static gboolean
is_base64 (const char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    gsize n_digits = strspn (text, digits);
    gsize n_padding = strspn (text + n_digits, "=");

    return text[n_digits + n_padding] == '\0' && n_padding <= 2 && (n_digits + n_padding) % 4 == 0;
}

GBytes *
tou_wire_reader_get_base64 (TouWireReader *self, const char *name)
{
    const char *text = get_string (self, name, TRUE);
    guchar *bytes;
    gsize size;

    if (text == NULL)
        return NULL;
    if (!is_base64 (text)) {
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
        return NULL;
    }
    bytes = g_base64_decode (text, &size);
    return g_bytes_new_take (bytes, size);
}

static JsonArray *
get_array (TouWireReader *self, const char *name, guint max)
{
    JsonNode *node = get_member (self, name, TRUE);

    if (node == NULL)
        return NULL;
    if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) <= max)
        return json_node_get_array (node);
    tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return NULL;
}

GStrv
tou_wire_reader_get_texts (TouWireReader *self, const char *name)
{
    g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
    JsonArray *array = get_array (self, name, TOU_WIRE_MAX_TEXT);

    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
        JsonNode *node = json_array_get_element (array, i);
        if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
            g_strv_builder_add (texts, json_node_get_string (node));
        else
            tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    }
    return tou_wire_reader_has_failed (self) ? NULL : g_strv_builder_end (texts);
}

JsonArray *
tou_wire_reader_get_objects (TouWireReader *self, const char *name, guint max)
{
    JsonArray *array = get_array (self, name, max);

    for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
        if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
            tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    }
    return tou_wire_reader_has_failed (self) ? NULL : array;
}

TouCategory
tou_wire_reader_get_category (TouWireReader *self, const char *name)
{
    const char *id = tou_wire_reader_get_text (self, name, TRUE);
    TouCategory category = TOU_CATEGORY_CONSTRUCTION;

    if (id != NULL && !tou_category_from_id (id, &category))
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return category;
}

TouOperation
tou_wire_reader_get_operation (TouWireReader *self, const char *name)
{
    const char *id = tou_wire_reader_get_text (self, name, TRUE);
    TouOperation operation = TOU_OPERATION_REGISTRATION;

    if (id != NULL && !tou_operation_from_id (id, &operation))
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return operation;
}

char *
tou_wire_reader_dup_checked (TouWireReader *self, const char *name, gboolean (*is_good) (const char *))
{
    const char *text = tou_wire_reader_get_text (self, name, TRUE);

    if (text == NULL || is_good (text))
        return g_strdup (text);
    tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, name);
    return NULL;
}

void
tou_wire_reader_expect (TouWireReader *self, const char *format)
{
    const char *text = tou_wire_reader_get_text (self, "format", TRUE);

    if (text != NULL && !g_str_equal (text, format))
        tou_wire_reader_fail (self, TOU_WIRE_ERROR_INVALID, "format");
    tou_wire_reader_get_number (self, "version", 1, 1);
}

TouCompany *
tou_wire_reader_get_company (TouWireReader *self, const char *name, gboolean is_required)
{
    TouWireReader inner = tou_wire_reader_enter (self, name, is_required);
    TouCompany *company;

    if (inner.object == NULL)
        return NULL;
    company = tou_company_new ();
    tou_wire_reader_fill (&inner, tou_wire_company_texts, G_N_ELEMENTS (tou_wire_company_texts), company);
    return company;
}

TouContact *
tou_wire_reader_get_contact (TouWireReader *self)
{
    TouWireReader inner = tou_wire_reader_enter (self, "contact", TRUE);
    TouContact *contact = tou_contact_new ();

    tou_wire_reader_fill (&inner, tou_wire_contact_texts, G_N_ELEMENTS (tou_wire_contact_texts), contact);
    return contact;
}

void
tou_wire_put_text (JsonObject *object, const char *name, const char *value)
{
    if (value != NULL && *value != '\0')
        json_object_set_string_member (object, name, value);
}

void
tou_wire_put_fields (JsonObject *object, const TouWireText *texts, guint n, gconstpointer source)
{
    for (guint i = 0; i < n; i++)
        tou_wire_put_text (object, texts[i].name, G_STRUCT_MEMBER (const char *, source, texts[i].offset));
}

void
tou_wire_put_time (JsonObject *object, const char *name, gint64 time_us)
{
    g_autofree char *text = tou_wire_format_time (time_us);

    json_object_set_string_member (object, name, text);
}

void
tou_wire_put_base64 (JsonObject *object, const char *name, GBytes *bytes)
{
    g_autofree char *text = NULL;

    if (bytes == NULL)
        return;
    text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    tou_wire_put_text (object, name, text);
}

void
tou_wire_put_format (JsonObject *object, const char *format)
{
    json_object_set_string_member (object, "format", format);
    json_object_set_int_member (object, "version", 1);
}

void
tou_wire_put_company (JsonObject *object, const char *name, const TouCompany *company)
{
    JsonObject *inner = json_object_new ();

    if (company != NULL)
        tou_wire_put_fields (inner, tou_wire_company_texts, G_N_ELEMENTS (tou_wire_company_texts), company);
    json_object_set_object_member (object, name, inner);
}

void
tou_wire_put_contact (JsonObject *object, const TouContact *contact)
{
    JsonObject *inner = json_object_new ();

    if (contact != NULL)
        tou_wire_put_fields (inner, tou_wire_contact_texts, G_N_ELEMENTS (tou_wire_contact_texts), contact);
    json_object_set_object_member (object, "contact", inner);
}

GBytes *
tou_wire_to_bytes (JsonObject *object)
{
    g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
    g_autoptr (JsonGenerator) generator = json_generator_new ();
    gsize size;
    char *text;

    json_node_take_object (root, object);
    json_generator_set_root (generator, root);
    text = json_generator_to_data (generator, &size);
    return g_bytes_new_take (text, size);
}
