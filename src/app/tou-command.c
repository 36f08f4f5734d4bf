/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-command.h"

#include <glib/gi18n.h>

static const struct {
    const char *name;
    int (*run) (int argc, char **argv);
} commands[] = {
    { "explain", tou_explain_command },
    { "verify", tou_verify_command },
};

static int
find (int argc, char **argv)
{
    for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
        if (g_str_equal (argv[1], commands[i].name))
            return (int) i;
    return -1;
}

gboolean
tou_command_is_one (int argc, char **argv)
{
    return find (argc, argv) >= 0;
}

int
tou_command_run (int argc, char **argv)
{
    return commands[find (argc, argv)].run (argc - 1, argv + 1);
}

const char *
tou_command_get_summary (void)
{
    return _ ("Commands without a window:\n"
              "  touroku explain CODE      What an error code means and what to do\n"
              "  touroku verify FILE…      Who signed an application or a receipt, and when");
}
