/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tou-base-folders.h"

/* Would catch: records that are kept in ./rel because a variable said so. */
static void
test_ignores_relative (void)
{
    g_setenv ("XDG_DATA_HOME", "rel", TRUE);
    g_setenv ("XDG_CACHE_HOME", "./rel", TRUE);
    g_setenv ("XDG_CONFIG_HOME", "", TRUE);
    g_setenv ("XDG_STATE_HOME", "/absolute", TRUE);
    g_setenv ("XDG_DATA_DIRS", "/one:two::/three", TRUE);
    g_setenv ("XDG_CONFIG_DIRS", "one:two", TRUE);
    tou_base_folders_guard ();
    g_assert_null (g_getenv ("XDG_DATA_HOME"));
    g_assert_null (g_getenv ("XDG_CACHE_HOME"));
    g_assert_null (g_getenv ("XDG_CONFIG_HOME"));
    g_assert_cmpstr (g_getenv ("XDG_STATE_HOME"), ==, "/absolute");
    g_assert_cmpstr (g_getenv ("XDG_DATA_DIRS"), ==, "/one:/three");
    g_assert_null (g_getenv ("XDG_CONFIG_DIRS"));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/base-folders/ignores-relative", test_ignores_relative);
    return g_test_run ();
}
