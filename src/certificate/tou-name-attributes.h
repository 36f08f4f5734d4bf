/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/* The attributes of names (RFC 5280, 4.1.2.4), read from their DER: OpenSSL's own types refuse a name, and
 * the whole alternative name with it, for one text that does not decode. What does not parse is left out
 * here. Any thread. */

/** TouNameAttribute: one value. */
typedef struct {
    ASN1_OBJECT *type;
    ASN1_TYPE *value;
} TouNameAttribute;

/** TouNameAttributes: (element-type TouNameAttribute): in the order of the name. */
typedef GPtrArray TouNameAttributes;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouNameAttributes, g_ptr_array_unref)

/** tou_name_attributes_parse: @der: of a Name. Returns: (transfer full): maybe empty */
TouNameAttributes *tou_name_attributes_parse (const guint8 *der, gsize size);

/** tou_name_attributes_from_name: Returns: (transfer full) */
TouNameAttributes *tou_name_attributes_from_name (const X509_NAME *name);

/** tou_name_attributes_append: appends the texts of all values of @type, joined by " / ", as far as they are
 * any. Returns: whether it appended something. */
gboolean tou_name_attributes_append (const TouNameAttributes *self, const ASN1_OBJECT *type, GString *text);

/** tou_name_attributes_dup_texts: Returns: (transfer full): each as "O=text", the type by its short name or
 * as an OID in dots. */
GStrv tou_name_attributes_dup_texts (const TouNameAttributes *self);

/** TouAlternativeNames: what a subject alternative name (RFC 5280, 4.2.1.6) says of people. */
typedef struct {
    GPtrArray *directory_names;     /* (element-type TouNameAttributes) */
    TouNameAttributes *other_names; /* each by its type-id */
} TouAlternativeNames;

/** tou_alternative_names_read: Returns: (transfer full): of the first such extension; maybe empty */
TouAlternativeNames *tou_alternative_names_read (const X509 *certificate);
void tou_alternative_names_free (TouAlternativeNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouAlternativeNames, tou_alternative_names_free)

G_END_DECLS
