/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"
#include "tou-secret.h"
#include "tou-wire.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TouWireReader:
 *
 * Reads the members of one object. The first fault is kept in *@error and everything read after it is %NULL
 * or 0, so that a message is read in one go and looked at once at its end. A member that is null or an empty
 * text counts as not there.
 */
typedef struct {
    JsonObject *object; /* NULL: not there, and nothing in it either */
    char path[96];      /* of the object, with a dot at its end; "" at the outside */
    GError **error;     /* of the entry function, which starts it with NULL */
} TouWireReader;

/** TouWireText: a text member and the field of a struct that it belongs to. */
typedef struct {
    const char *name;
    gsize offset; /* of a char * */
    gboolean is_required;
} TouWireText;

extern const TouWireText tou_wire_company_texts[8];
extern const TouWireText tou_wire_contact_texts[6];

/** Returns: (transfer full) (nullable): the outer object of a scanned message, for a reader. */
JsonObject *tou_wire_parse (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The same, with the text of member @name taken out into @out_secret before JSON-GLib sees it (nullable: no
 * such text). */
JsonObject *tou_wire_parse_with_secret (GBytes *json, const char *name, TouSecret **out_secret,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

TouWireReader tou_wire_reader_begin (JsonObject *object, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** A reader of the object in member @name. */
TouWireReader
tou_wire_reader_enter (TouWireReader *self, const char *name, gboolean is_required) G_GNUC_WARN_UNUSED_RESULT;
gboolean tou_wire_reader_has_failed (const TouWireReader *self) G_GNUC_WARN_UNUSED_RESULT;
void tou_wire_reader_fail (TouWireReader *self, TouWireError code, const char *name);

/** Returns: (transfer none) (nullable) */
const char *tou_wire_reader_get_text (TouWireReader *self, const char *name, gboolean is_required);
char *tou_wire_reader_dup_text (TouWireReader *self, const char *name,
                                gboolean is_required) G_GNUC_WARN_UNUSED_RESULT;
void tou_wire_reader_fill (TouWireReader *self, const TouWireText *texts, guint n, gpointer target);
gint64 tou_wire_reader_get_number (TouWireReader *self, const char *name, gint64 min, gint64 max);
gboolean tou_wire_reader_get_boolean (TouWireReader *self, const char *name);
gint64 tou_wire_reader_get_time (TouWireReader *self, const char *name);
/** Returns: (transfer full) (nullable): RFC 4648 section 4, padded, nothing else in it */
GBytes *tou_wire_reader_get_base64 (TouWireReader *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** Returns: (transfer full) (nullable): required; may be empty */
GStrv tou_wire_reader_get_texts (TouWireReader *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** Returns: (transfer none) (nullable): an array of objects, required */
JsonArray *
tou_wire_reader_get_objects (TouWireReader *self, const char *name, guint max) G_GNUC_WARN_UNUSED_RESULT;
TouCategory tou_wire_reader_get_category (TouWireReader *self, const char *name);
TouOperation tou_wire_reader_get_operation (TouWireReader *self, const char *name);
/** A text that @is_good accepts. */
char *tou_wire_reader_dup_checked (TouWireReader *self, const char *name,
                                   gboolean (*is_good) (const char *)) G_GNUC_WARN_UNUSED_RESULT;
/** "format" and "version", which must be @format and 1. */
void tou_wire_reader_expect (TouWireReader *self, const char *format);
/** @is_required: else (nullable) */
TouCompany *tou_wire_reader_get_company (TouWireReader *self, const char *name,
                                         gboolean is_required) G_GNUC_WARN_UNUSED_RESULT;
TouContact *tou_wire_reader_get_contact (TouWireReader *self) G_GNUC_WARN_UNUSED_RESULT;

/** Leave out what is %NULL or empty. */
void tou_wire_put_text (JsonObject *object, const char *name, const char *value);
void tou_wire_put_fields (JsonObject *object, const TouWireText *texts, guint n, gconstpointer source);
void tou_wire_put_time (JsonObject *object, const char *name, gint64 time_us);
void tou_wire_put_base64 (JsonObject *object, const char *name, GBytes *bytes);
void tou_wire_put_format (JsonObject *object, const char *format);
void tou_wire_put_company (JsonObject *object, const char *name, const TouCompany *company);
void tou_wire_put_contact (JsonObject *object, const TouContact *contact);
/** @object: (transfer full) */
GBytes *tou_wire_to_bytes (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
