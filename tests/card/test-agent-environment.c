/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "tou-agent-environment.h"

static const char *
get (GStrv environment, const char *name)
{
    return g_environ_getenv (environment, name);
}

static void
test_allowed (void)
{
    const char *const inherited[] = { "PATH=/usr/bin", "HOME=/home/a", "LC_TIME=ja_JP.UTF-8",
                                      "XDG_DATA_HOME=/home/a/a=b", NULL };
    g_auto (GStrv) environment = tou_agent_environment_new (inherited, NULL);

    g_assert_cmpstr (get (environment, "PATH"), ==, "/usr/bin");
    g_assert_cmpstr (get (environment, "HOME"), ==, "/home/a");
    g_assert_cmpstr (get (environment, "LC_TIME"), ==, "ja_JP.UTF-8");
    g_assert_cmpstr (get (environment, "XDG_DATA_HOME"), ==, "/home/a/a=b");
}

/* Would catch: a list of what is forbidden, which the next module's variable is not on. */
static void
test_left_out (void)
{
    const char *const inherited[] = { "OPENSC_DEBUG=9",
                                      "OPENSC_CONF=/tmp/opensc.conf",
                                      "PKCS11SPY=/usr/lib/opensc-pkcs11.so",
                                      "YKCS11_DBG=9",
                                      "LD_PRELOAD=libpcscspy.so",
                                      "LD_AUDIT=a.so",
                                      "SSLKEYLOGFILE=/k",
                                      "GLIBC_TUNABLES=a=1",
                                      "A_NAME_OF_TOMORROW=1",
                                      "ASAN_OPTIONS=a=1",
                                      "TEST_MODULE_FAULTS=/tmp/f",
                                      "PATHS=1",
                                      NULL };
    g_auto (GStrv) environment = tou_agent_environment_new (inherited, NULL);

    g_assert_cmpstr (get (environment, "GLIBC_TUNABLES"), ==, "glibc.malloc.tcache_count=0");
    g_assert_cmpuint (g_strv_length (environment), ==, 1);
}

static void
test_additions (void)
{
    const char *const inherited[] = { "OPENSC_CONF=/tmp/opensc.conf", "TMPDIR=/tmp", NULL };
    const char *const additions[] = { "OPENSC_CONF=/usr/share/touroku/opensc.conf", "TMPDIR=", NULL };
    g_auto (GStrv) environment = tou_agent_environment_new (inherited, additions);

    g_assert_cmpstr (get (environment, "OPENSC_CONF"), ==, "/usr/share/touroku/opensc.conf");
    g_assert_cmpstr (get (environment, "TMPDIR"), ==, "");
}

static void
test_in_tests (void)
{
    const char *const inherited[] = { "TOUROKU_ALLOW_DUMPS=1",     "ASAN_OPTIONS=a=1",
                                      "TEST_MODULE_FAULTS=/tmp/f", "OPENSC_DEBUG=9",
                                      "LD_PRELOAD=libpcscspy.so",  NULL };
    g_auto (GStrv) environment = tou_agent_environment_new (inherited, NULL);

    g_assert_cmpstr (get (environment, "ASAN_OPTIONS"), ==, "a=1");
    g_assert_cmpstr (get (environment, "TEST_MODULE_FAULTS"), ==, "/tmp/f");
    g_assert_null (get (environment, "OPENSC_DEBUG"));
    g_assert_null (get (environment, "LD_PRELOAD"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/agent-environment/allowed", test_allowed);
    g_test_add_func ("/agent-environment/left-out", test_left_out);
    g_test_add_func ("/agent-environment/additions", test_additions);
    g_test_add_func ("/agent-environment/in-tests", test_in_tests);
    return g_test_run ();
}
