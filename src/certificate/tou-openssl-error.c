/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-certificate"

#include "tou-openssl-error.h"

#include <openssl/err.h>

void
tou_openssl_set_error (GError **error, TouProofError code, const char *what)
{
    g_autoptr (GString) text = g_string_new (what);
    const char *separator = ": ";
    unsigned long packed;

    while ((packed = ERR_get_error ()) != 0) {
        const char *reason = ERR_reason_error_string (packed);

        g_string_append (text, separator);
        if (reason != NULL)
            g_string_append (text, reason);
        else
            g_string_append_printf (text, "error %lx", packed);
        separator = ", ";
    }
    g_set_error_literal (error, TOU_PROOF_ERROR, code, text->str);
}
