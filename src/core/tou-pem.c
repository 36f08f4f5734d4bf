/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-pem.h"

#include <string.h>

#define BEGIN "-----BEGIN "
#define END "-----END "
#define DASHES "-----"
#define LINE_LENGTH 64
#define DER_SEQUENCE 0x30

typedef enum {
    LABEL_OTHER,
    LABEL_CERTIFICATE,
    LABEL_PRIVATE_KEY,
} Label;

static Label
read_label (const char *line)
{
    if (g_str_equal (line, BEGIN "CERTIFICATE" DASHES) || g_str_equal (line, BEGIN "X509 CERTIFICATE" DASHES))
        return LABEL_CERTIFICATE;
    return strstr (line, "PRIVATE KEY" DASHES) != NULL ? LABEL_PRIVATE_KEY : LABEL_OTHER;
}

static gboolean
is_one_sequence (const guint8 *der, gsize size)
{
    gsize n_octets, length = 0;

    if (size < 2 || der[0] != DER_SEQUENCE)
        return FALSE;
    if (der[1] < 0x80)
        return size == (gsize) der[1] + 2;
    n_octets = der[1] & 0x7f;
    if (n_octets == 0 || n_octets > 3 || size < n_octets + 2)
        return FALSE;
    for (gsize i = 0; i < n_octets; i++)
        length = length << 8 | der[2 + i];
    return size == length + n_octets + 2;
}

/* The decoder itself leaves out what is no base64. */
static guint8 *
decode (const char *body, gsize *out_size)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    gsize n_letters = strspn (body, letters);
    gsize n_padding = strspn (body + n_letters, "=");

    if (body[n_letters + n_padding] != '\0' || n_padding > 2 || (n_letters + n_padding) % 4 != 0
        || n_letters == 0)
        return NULL;
    return g_base64_decode (body, out_size);
}

static gboolean
append_certificate (GString *pem, const char *body)
{
    gsize size = 0;
    g_autofree guint8 *der = decode (body, &size);
    g_autofree char *text = NULL;

    if (der == NULL || !is_one_sequence (der, size))
        return FALSE;
    text = g_base64_encode (der, size);
    g_string_append (pem, BEGIN "CERTIFICATE" DASHES "\n");
    for (const char *p = text; *p != '\0'; p += strnlen (p, LINE_LENGTH))
        g_string_append_printf (pem, "%.*s\n", LINE_LENGTH, p);
    g_string_append (pem, END "CERTIFICATE" DASHES "\n");
    return TRUE;
}

typedef struct {
    GString *pem;
    GString *body; /* of the certificate that has begun, without line breaks */
    gboolean has_begun;
    const char *fault;
} Reading;

static void
read_line (Reading *self, const char *line)
{
    Label label = g_str_has_prefix (line, BEGIN) ? read_label (line) : LABEL_OTHER;

    if (label == LABEL_PRIVATE_KEY) {
        self->fault = "a private key is in it, which must not be handed out";
    } else if (label == LABEL_CERTIFICATE && !self->has_begun) {
        self->has_begun = TRUE;
        g_string_truncate (self->body, 0);
    } else if (self->has_begun && g_str_has_prefix (line, END)) {
        self->has_begun = FALSE;
        if (!append_certificate (self->pem, self->body->str))
            self->fault = "a certificate in it is damaged";
    } else if (self->has_begun) {
        g_string_append (self->body, line);
    }
}

GBytes *
tou_pem_read (const char *text, gsize size, const char **out_fault)
{
    g_autoptr (GString) pem = g_string_new (NULL);
    g_autoptr (GString) body = g_string_new (NULL);
    g_autofree char *copy = g_strndup (text, size);
    g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
    Reading reading = { pem, body, FALSE, NULL };

    for (guint i = 0; lines[i] != NULL && reading.fault == NULL; i++)
        read_line (&reading, g_strstrip (lines[i]));
    if (reading.fault == NULL && reading.has_begun)
        reading.fault = "a certificate in it has no end";
    else if (reading.fault == NULL && pem->len == 0)
        reading.fault = "it holds no certificate in PEM format";
    *out_fault = reading.fault;
    return reading.fault == NULL ? g_bytes_new (pem->str, pem->len) : NULL;
}

static char *
dup_fingerprint (const guint8 *der, gsize size)
{
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    GString *text = g_string_new (NULL);
    guint8 digest[32];
    gsize digest_size = sizeof digest;

    g_checksum_update (checksum, der, (gssize) size);
    g_checksum_get_digest (checksum, digest, &digest_size);
    for (gsize i = 0; i < digest_size; i++)
        g_string_append_printf (text, i == 0 ? "%02X" : ":%02X", digest[i]);
    return g_string_free (text, FALSE);
}

GStrv
tou_pem_dup_fingerprints (GBytes *pem)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    gsize size = 0;
    const char *data = pem != NULL ? g_bytes_get_data (pem, &size) : "";
    g_autofree char *text = g_strndup (data, size);
    g_auto (GStrv) parts = g_strsplit (text, BEGIN "CERTIFICATE" DASHES, -1);

    for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++) {
        gsize der_size;
        g_autofree guint8 *der = NULL;
        g_autofree char *fingerprint = NULL;

        *strstr (parts[i], END) = '\0';
        der = g_base64_decode (parts[i], &der_size);
        fingerprint = dup_fingerprint (der, der_size);
        g_strv_builder_add (builder, fingerprint);
    }
    return g_strv_builder_end (builder);
}
