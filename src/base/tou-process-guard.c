/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-process-guard.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void
tou_process_guard_memory (void)
{
    const struct rlimit none = { 0, 0 };

    if (g_strcmp0 (g_getenv ("TOUROKU_ALLOW_DUMPS"), "1") == 0) {
        g_printerr ("TOUROKU_ALLOW_DUMPS=1: this process can be traced and dumped.\n");
        return;
    }
    setrlimit (RLIMIT_CORE, &none);
    prctl (PR_SET_DUMPABLE, 0);
}

void
tou_process_guard_environment (void)
{
    static const char *const names[] = {
        /* Write down the keys of TLS; each command to a card, with the PIN in it. */
        "SSLKEYLOGFILE",
        "OPENSC_DEBUG",
        /* Lower what OpenSSL asks of a connection, or bring code of their own into it. */
        "OPENSSL_CONF",
        "OPENSSL_CONF_INCLUDE",
        "OPENSSL_ENGINES",
        "OPENSSL_MODULES",
        "CURL_SSL_BACKEND",
        /* Name authorities beside the machine's and the profile's. */
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
        "CURL_CA_BUNDLE",
        /* Lower what GnuTLS asks, in the practice service. */
        "GNUTLS_SYSTEM_PRIORITY_FILE",
    };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_unsetenv (names[i]);
}
