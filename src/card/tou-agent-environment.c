/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card"

#include "tou-agent-environment.h"

#include <string.h>

#define ALLOW_DUMPS "TOUROKU_ALLOW_DUMPS"

/* A star stands for any ending. */
static const char *const allowed[] = {
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "TZ",
    "LANG",
    "LANGUAGE",
    "LC_*",
    "XDG_*",
    "LD_LIBRARY_PATH",
    /* There are modules with a window of their own for the PIN. */
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    /* Where the service is, and where modules that keep keys in files have them. */
    "PCSCLITE_CSOCK_NAME",
    "SOFTHSM2_CONF",
    "TPM2_PKCS11_STORE",
    /* GLib's messages, and so this program's own. */
    "G_DEBUG",
    "G_MESSAGES_DEBUG",
    ALLOW_DUMPS,
    "TOUROKU_SOFTHSM",
    NULL,
};

static const char *const allowed_in_tests[] = {
    "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS",           "TSAN_OPTIONS", "MALLOC_PERTURB_",
    "G_DBUS_DEBUG", "TEST_*",       "TOUROKU_PRACTICE_FOLDER", NULL,
};

static gboolean
is_among (const char *name, const char *const *patterns)
{
    for (guint i = 0; patterns[i] != NULL; i++) {
        gsize size = strlen (patterns[i]);

        if (patterns[i][size - 1] == '*' ? strncmp (name, patterns[i], size - 1) == 0
                                         : g_str_equal (name, patterns[i]))
            return TRUE;
    }
    return FALSE;
}

static GStrv
set_variable (GStrv environment, const char *variable)
{
    g_auto (GStrv) halves = g_strsplit (variable, "=", 2);

    return halves[0] != NULL && halves[1] != NULL ? g_environ_setenv (environment, halves[0], halves[1], TRUE)
                                                  : environment;
}

GStrv
tou_agent_environment_new (const char *const *inherited, const char *const *additions)
{
    gboolean in_tests = g_strcmp0 (g_environ_getenv ((char **) inherited, ALLOW_DUMPS), "1") == 0;
    /* Without the threads' caches of malloc memory that is given back can be wiped (tou-card-session.c). */
    GStrv environment = g_environ_setenv (NULL, "GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", TRUE);

    for (guint i = 0; inherited[i] != NULL; i++) {
        g_autofree char *name = g_strndup (inherited[i], strcspn (inherited[i], "="));

        if (is_among (name, allowed) || (in_tests && is_among (name, allowed_in_tests)))
            environment = set_variable (environment, inherited[i]);
    }
    for (guint i = 0; additions != NULL && additions[i] != NULL; i++)
        environment = set_variable (environment, additions[i]);
    return environment;
}
