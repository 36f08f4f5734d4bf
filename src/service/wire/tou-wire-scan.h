/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-secret.h"
#include "tou-wire.h"

G_BEGIN_DECLS

/** TouWireSpan: where a string lies in a document: the bytes between its quotation marks, still escaped. */
typedef struct {
    gsize start;
    gsize size;
    gboolean is_found;
} TouWireSpan;

/**
 * tou_wire_scan:
 *
 * Whether @text is one JSON object to the letter of RFC 8259, UTF-8, with no member twice and within the
 * limits of tou-wire.h. JSON-GLib takes more than that (comments, assignments, trailing commas, members
 * twice) and stops at no depth; this comes before it.
 *
 * @secret_name: (nullable): a member of the outer object whose string is to be found; @out_span: (optional):
 * where
 */
gboolean tou_wire_scan (const char *text, gsize size, const char *secret_name, TouWireSpan *out_span,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_unescape_secret: @text: what a scan found at a span. Returns: (transfer full) (nullable): the
 * string, %NULL when it is over TOU_SECRET_MAX bytes */
TouSecret *tou_wire_unescape_secret (const char *text, gsize size) G_GNUC_WARN_UNUSED_RESULT;

/** tou_wire_escape_secret: appends @text as a JSON string. Returns: %FALSE when it does not fit */
gboolean tou_wire_escape_secret (TouSecret *target, const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
