/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/* The two halves of tou_x509_from_der(), for whoever can do with a certificate of which OpenSSL does not
 * understand an extension. Errors: TOU_PROOF_ERROR_MALFORMED. */

/** tou_x509_parse: Returns: (transfer full) (nullable) */
X509 *tou_x509_parse (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean tou_x509_check_extensions (X509 *certificate, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
