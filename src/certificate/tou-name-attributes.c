/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-name-attributes.h"

#include "tou-asn1-text.h"
#include "tou-shown-text.h"

#include <openssl/err.h>

#define VALUE_SEPARATOR " / "
#define OTHER_NAME 0 /* the tags of GeneralName */
#define DIRECTORY_NAME 4
#define OTHER_VALUE 0
#define MAX_TYPE_CHARS 80

static void
free_attribute (TouNameAttribute *attribute)
{
    ASN1_OBJECT_free (attribute->type);
    ASN1_TYPE_free (attribute->value);
    g_free (attribute);
}

static TouNameAttributes *
new_attributes (void)
{
    return g_ptr_array_new_with_free_func ((GDestroyNotify) free_attribute);
}

/* Both: (transfer full) */
static void
add_attribute (TouNameAttributes *self, ASN1_OBJECT *type, ASN1_TYPE *value)
{
    TouNameAttribute *attribute = g_new0 (TouNameAttribute, 1);

    attribute->type = type;
    attribute->value = value;
    g_ptr_array_add (self, attribute);
}

typedef ASN1_SEQUENCE_ANY *(*Decoder) (ASN1_SEQUENCE_ANY **list, const guint8 **der, long size);

/* @of: a SEQUENCE or SET, with its header. Returns: (transfer full) (nullable) */
static ASN1_SEQUENCE_ANY *
open_list (const ASN1_TYPE *of, int type, Decoder decode)
{
    const guint8 *der;

    if (ASN1_TYPE_get (of) != type)
        return NULL;
    der = ASN1_STRING_get0_data (of->value.asn1_string);
    return decode (NULL, &der, ASN1_STRING_length (of->value.asn1_string));
}

static void
close_list (ASN1_SEQUENCE_ANY *list)
{
    sk_ASN1_TYPE_pop_free (list, ASN1_TYPE_free);
}

static void
add_pair (TouNameAttributes *self, const ASN1_TYPE *pair)
{
    ASN1_SEQUENCE_ANY *parts = open_list (pair, V_ASN1_SEQUENCE, d2i_ASN1_SEQUENCE_ANY);

    if (sk_ASN1_TYPE_num (parts) == 2 && ASN1_TYPE_get (sk_ASN1_TYPE_value (parts, 0)) == V_ASN1_OBJECT)
        add_attribute (self, OBJ_dup (sk_ASN1_TYPE_value (parts, 0)->value.object), sk_ASN1_TYPE_pop (parts));
    close_list (parts);
}

static void
add_relative_name (TouNameAttributes *self, const ASN1_TYPE *set)
{
    ASN1_SEQUENCE_ANY *pairs = open_list (set, V_ASN1_SET, d2i_ASN1_SET_ANY);

    for (int i = 0; i < sk_ASN1_TYPE_num (pairs); i++)
        add_pair (self, sk_ASN1_TYPE_value (pairs, i));
    close_list (pairs);
}

TouNameAttributes *
tou_name_attributes_parse (const guint8 *der, gsize size)
{
    TouNameAttributes *self = new_attributes ();
    ASN1_SEQUENCE_ANY *sets = d2i_ASN1_SEQUENCE_ANY (NULL, &der, (long) size);

    for (int i = 0; i < sk_ASN1_TYPE_num (sets); i++)
        add_relative_name (self, sk_ASN1_TYPE_value (sets, i));
    close_list (sets);
    ERR_clear_error ();
    return self;
}

TouNameAttributes *
tou_name_attributes_from_name (const X509_NAME *name)
{
    const guint8 *der = NULL;
    gsize size = 0;

    if (X509_NAME_get0_der (name, &der, &size) != 1)
        return new_attributes ();
    return tou_name_attributes_parse (der, size);
}

gboolean
tou_name_attributes_append (const TouNameAttributes *self, const ASN1_OBJECT *type, GString *text)
{
    const char *separator = "";
    gsize before = text->len;

    for (guint i = 0; i < self->len && text->len - before <= TOU_SHOWN_TEXT_MAX_CHARS * 6; i++) {
        const TouNameAttribute *attribute = g_ptr_array_index (self, i);
        gsize start = text->len;

        if (OBJ_cmp (attribute->type, type) != 0)
            continue;
        g_string_append (text, separator);
        if (tou_asn1_append_value (text, attribute->value))
            separator = VALUE_SEPARATOR;
        else
            g_string_truncate (text, start);
    }
    return text->len > before;
}

static void
append_type (GString *line, const ASN1_OBJECT *type)
{
    int nid = OBJ_obj2nid (type);
    char dotted[MAX_TYPE_CHARS] = "";

    if (nid == NID_undef)
        (void) OBJ_obj2txt (dotted, sizeof dotted, type, 1);
    g_string_append (line, nid != NID_undef ? OBJ_nid2sn (nid) : dotted);
}

GStrv
tou_name_attributes_dup_texts (const TouNameAttributes *self)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

    for (guint i = 0; i < self->len; i++) {
        const TouNameAttribute *attribute = g_ptr_array_index (self, i);
        g_autoptr (GString) line = g_string_new (NULL);

        append_type (line, attribute->type);
        g_string_append_c (line, '=');
        tou_asn1_append_value (line, attribute->value);
        g_strv_builder_add (builder, line->str);
    }
    ERR_clear_error ();
    return g_strv_builder_end (builder);
}

/* The alternative name */

/* Goes into what is at @der: then it is what @tag holds. Returns: its size, -1: it is another tag, or broken
 */
static long
enter_tag (const guint8 **der, long size, int tag)
{
    int found_tag, class;
    long length;
    int result = ASN1_get_object (der, &length, &found_tag, &class, size);

    /* 0x80: broken; 1: of indefinite length, which is no DER. */
    if ((result & 0x81) != 0 || class != V_ASN1_CONTEXT_SPECIFIC || found_tag != tag)
        return -1;
    return length;
}

/* @der: the type-id and, in a tag of its own, the value */
static void
add_other_name (TouAlternativeNames *self, const guint8 *der, long size)
{
    const guint8 *end = der + size;
    g_autoptr (ASN1_OBJECT) type = d2i_ASN1_OBJECT (NULL, &der, size);
    long value_size = type != NULL ? enter_tag (&der, end - der, OTHER_VALUE) : -1;
    ASN1_TYPE *value = value_size > 0 ? d2i_ASN1_TYPE (NULL, &der, value_size) : NULL;

    if (value != NULL)
        add_attribute (self->other_names, g_steal_pointer (&type), value);
}

static void
add_general_name (TouAlternativeNames *self, const ASN1_TYPE *name)
{
    const ASN1_STRING *whole = ASN1_TYPE_get (name) == V_ASN1_OTHER ? name->value.asn1_string : NULL;
    const guint8 *der = whole != NULL ? ASN1_STRING_get0_data (whole) : NULL;
    const guint8 *inside = der;
    long size;

    if (whole == NULL)
        return;
    size = enter_tag (&inside, ASN1_STRING_length (whole), DIRECTORY_NAME);
    if (size >= 0) {
        g_ptr_array_add (self->directory_names, tou_name_attributes_parse (inside, (gsize) size));
        return;
    }
    inside = der;
    size = enter_tag (&inside, ASN1_STRING_length (whole), OTHER_NAME);
    if (size >= 0)
        add_other_name (self, inside, size);
}

TouAlternativeNames *
tou_alternative_names_read (const X509 *certificate)
{
    TouAlternativeNames *self = g_new0 (TouAlternativeNames, 1);
    int at = X509_get_ext_by_NID (certificate, NID_subject_alt_name, -1);
    const ASN1_OCTET_STRING *data = at >= 0 ? X509_EXTENSION_get_data (X509_get_ext (certificate, at)) : NULL;
    const guint8 *der = data != NULL ? ASN1_STRING_get0_data (data) : NULL;
    ASN1_SEQUENCE_ANY *names = NULL;

    self->directory_names = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
    self->other_names = new_attributes ();
    if (data != NULL)
        names = d2i_ASN1_SEQUENCE_ANY (NULL, &der, ASN1_STRING_length (data));
    for (int i = 0; i < sk_ASN1_TYPE_num (names); i++)
        add_general_name (self, sk_ASN1_TYPE_value (names, i));
    close_list (names);
    ERR_clear_error ();
    return self;
}

void
tou_alternative_names_free (TouAlternativeNames *self)
{
    if (self == NULL)
        return;
    g_ptr_array_unref (self->directory_names);
    g_ptr_array_unref (self->other_names);
    g_free (self);
}
