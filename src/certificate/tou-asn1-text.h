/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/** tou_asn1_append_text: appends @value to @text, as tou_shown_text_append() does. PostalAddress (RFC 4519, a
 * SEQUENCE of strings) gives its lines one after the other. Returns: whether it appended anything. */
gboolean tou_asn1_append_text (GString *text, const ASN1_STRING *value);

/** tou_asn1_append_value: the same for a value of any type; one that is no text appends nothing. */
gboolean tou_asn1_append_value (GString *text, const ASN1_TYPE *value);

G_END_DECLS
