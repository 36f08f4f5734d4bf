/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The messages between client and registration service (docs/service-api.yaml, docs/signed-request.md),
 * written and read. Both sides use this code, so that it is tested against itself; a second implementation
 * needs only the two documents. No I/O; any thread.
 *
 * Writing: UTF-8 without spaces, members in the order of the documents, a member without a value left out, so
 * that the same struct always gives the same bytes.
 *
 * Reading is strict: RFC 8259 to the letter, no member twice at any level, no U+0000, nothing deeper than
 * TOU_WIRE_MAX_DEPTH. Members that this version does not know are ignored. */

/** TouWireError: why a message could not be read or written; the text names the member. */
#define TOU_WIRE_ERROR (tou_wire_error_quark ())
GQuark tou_wire_error_quark (void);
typedef enum {
    TOU_WIRE_ERROR_MALFORMED, /* no JSON object, a member twice, too deep, too large */
    TOU_WIRE_ERROR_MISSING,   /* a required member is not there, is null or is empty */
    TOU_WIRE_ERROR_INVALID,   /* a member is not of its type or kind */
} TouWireError;

/** The longest message that is read, in bytes. */
#define TOU_WIRE_MAX_BYTES (1024 * 1024)
/** The most objects and arrays in each other. */
#define TOU_WIRE_MAX_DEPTH 16
/** The longest text in a member, in bytes; base64 is limited by the message alone. */
#define TOU_WIRE_MAX_TEXT 4096
/** The most applications in one answer. */
#define TOU_WIRE_MAX_APPLICATIONS 100

/** tou_wire_format_time: @time_us: since 1970 UTC, within the years 1 to 9999; parts of a second are dropped.
 * Returns: (transfer full): RFC 3339, UTC: "2026-11-23T09:30:00Z" */
char *tou_wire_format_time (gint64 time_us) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_parse_time: reads what tou_wire_format_time() writes; a fraction of a second is taken too,
 * another zone than Z is not. Returns: whether @text is such a time */
gboolean tou_wire_parse_time (const char *text, gint64 *out_time_us) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_is_uuid: Returns: whether @text (nullable) is a UUID in lower case (RFC 4122, section 3): the
 * form of a submission id. */
gboolean tou_wire_is_uuid (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_is_sha256: Returns: whether @text (nullable) is 64 lower-case hex digits. */
gboolean tou_wire_is_sha256 (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_is_code: Returns: whether @text (nullable) is five digits, as the manual's codes are. */
gboolean tou_wire_is_code (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
