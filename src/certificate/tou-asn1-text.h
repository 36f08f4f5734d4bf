/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

#define TOU_ASN1_TEXT_MAX_CHARS 256

/** tou_asn1_append_text: appends @value to @text as UTF-8 that is safe to show: one line, no control and
 * format characters (bidirectional overrides, joiners, tags), nothing in the middle cut. PostalAddress
 * (RFC 4519, a SEQUENCE of strings) gives its lines one after the other.
 * Returns: whether it appended anything. */
gboolean tou_asn1_append_text (GString *text, const ASN1_STRING *value);

/** tou_asn1_finish_text: trims and cuts to TOU_ASN1_TEXT_MAX_CHARS, the last of which is then "…".
 * Returns: (transfer full) (nullable): %NULL when nothing is left */
char *tou_asn1_finish_text (const char *text);

G_END_DECLS
