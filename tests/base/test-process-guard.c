/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-base"

#include "tou-process-guard.h"

static void
test_environment (void)
{
    static const char *const names[] = { "SSLKEYLOGFILE",   "OPENSC_DEBUG",  "OPENSSL_CONF",
                                         "OPENSSL_MODULES", "SSL_CERT_FILE", "SSL_CERT_DIR",
                                         "CURL_SSL_BACKEND" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_setenv (names[i], "/nowhere", TRUE);
    g_setenv ("https_proxy", "http://127.0.0.1:1", TRUE);
    tou_process_guard_environment ();
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        g_assert_null (g_getenv (names[i]));
    g_assert_nonnull (g_getenv ("https_proxy"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/process-guard/environment", test_environment);
    return g_test_run ();
}
