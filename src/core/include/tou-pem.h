/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Certificates as text (RFC 7468), without a library that knows what is in them. Any thread. */

/** tou_pem_read: the certificates of @text, which comes from outside: each whole, in strict base64, and one
 * DER SEQUENCE; whether it is a certificate that can be used shows where it is used. What stands between them
 * is dropped. @out_fault: set when there is none, one is damaged, or a private key is among them.
 * Returns: (transfer full) (nullable): them alone, as PEM */
GBytes *tou_pem_read (const char *text, gsize size, const char **out_fault) G_GNUC_WARN_UNUSED_RESULT;

/** tou_pem_dup_fingerprints: @pem: (nullable): from tou_pem_read(). Returns: (transfer full) (array
 * zero-terminated=1): SHA-256 of each certificate, as `openssl x509 -fingerprint -sha256` writes it */
GStrv tou_pem_dup_fingerprints (GBytes *pem);

G_END_DECLS
