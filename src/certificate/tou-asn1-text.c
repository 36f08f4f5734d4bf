/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-asn1-text.h"

#include "tou-shown-text.h"

#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <string.h>

#define SHOWN_TYPES (B_ASN1_DIRECTORYSTRING | B_ASN1_IA5STRING | B_ASN1_NUMERICSTRING | B_ASN1_VISIBLESTRING)
/* Read no further into a value that will be cut anyway. */
#define MAX_VALUE_BYTES (TOU_SHOWN_TEXT_MAX_CHARS * 8)

/* As UTF-16: a name outside the Basic Multilingual Plane is written with surrogates by programs that take no
 * notice of X.680, and OpenSSL refuses those. */
static char *
convert_bmp (const ASN1_STRING *value, gsize *out_size)
{
    return g_convert ((const char *) ASN1_STRING_get0_data (value), ASN1_STRING_length (value), "UTF-8",
                      "UTF-16BE", NULL, out_size, NULL);
}

static char *
convert_any (const ASN1_STRING *value, gsize *out_size)
{
    guint8 *data = NULL;
    int size = ASN1_STRING_to_UTF8 (&data, value);
    char *utf8 = NULL;

    if (size >= 0) {
        utf8 = g_malloc0 (size + 1);
        memcpy (utf8, data, size);
    }
    *out_size = MAX (size, 0);
    OPENSSL_free (data);
    return utf8;
}

/* A value that does not decode is no error of the certificate. Returns: (transfer full) (nullable) */
static char *
convert (const ASN1_STRING *value, gsize *out_size)
{
    char *utf8 = ASN1_STRING_type (value) == V_ASN1_BMPSTRING ? convert_bmp (value, out_size)
                                                              : convert_any (value, out_size);

    ERR_clear_error ();
    return utf8;
}

static gboolean
append_string (GString *text, const ASN1_STRING *value)
{
    gsize before = text->len;
    gsize size;
    const char *end;
    g_autofree char *utf8 = convert (value, &size);

    /* A NUL in the middle ends the valid part for GLib; it is left out below, not taken for the end. */
    for (const char *p = utf8; p != NULL && p < utf8 + MIN (size, MAX_VALUE_BYTES); p = end + 1) {
        gboolean is_valid = g_utf8_validate_len (p, utf8 + size - p, &end);

        tou_shown_text_append (text, p, end - p);
        if (is_valid || *end != '\0')
            break;
    }
    return text->len > before;
}

static gboolean
append_lines (GString *text, const ASN1_STRING *sequence)
{
    const guint8 *data = ASN1_STRING_get0_data (sequence);
    ASN1_SEQUENCE_ANY *lines = d2i_ASN1_SEQUENCE_ANY (NULL, &data, ASN1_STRING_length (sequence));
    gsize before = text->len;

    for (int i = 0; i < sk_ASN1_TYPE_num (lines); i++) {
        const ASN1_TYPE *line = sk_ASN1_TYPE_value (lines, i);

        /* One within the other would be no text, and deep. */
        if (line->type != V_ASN1_SEQUENCE)
            tou_asn1_append_value (text, line);
    }
    sk_ASN1_TYPE_pop_free (lines, ASN1_TYPE_free);
    ERR_clear_error ();
    return text->len > before;
}

gboolean
tou_asn1_append_text (GString *text, const ASN1_STRING *value)
{
    if (ASN1_STRING_type (value) == V_ASN1_SEQUENCE)
        return append_lines (text, value);
    return append_string (text, value);
}

gboolean
tou_asn1_append_value (GString *text, const ASN1_TYPE *value)
{
    /* Other types have no string behind the pointer, or one that is no text. */
    if (value->type != V_ASN1_SEQUENCE && (ASN1_tag2bit (value->type) & SHOWN_TYPES) == 0)
        return FALSE;
    return tou_asn1_append_text (text, value->value.asn1_string);
}
