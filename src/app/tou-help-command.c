/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-command.h"

#include "tou-options.h"
#include "tou-shown-text.h"

#include <glib/gi18n.h>

static int
refuse (const char *word)
{
    g_autofree char *name = g_filename_display_name (word);
    g_autofree char *shown = tou_shown_text_dup (name);
    g_autofree char *message = g_strdup_printf (_ ("There is no command “%s”."), shown);

    return tou_command_complain (NULL, message);
}

int
tou_help_command (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;
    const TouCommand *command;
    char *asked[] = { NULL, (char *) "--help", NULL };

    if (!tou_command_parse ("help", NULL, &argc, &argv, &error))
        return tou_command_complain ("help", error->message);
    if (argc > 2)
        return tou_command_complain ("help", _ ("It takes one command."));
    if (argc < 2) {
        tou_options_print_help ();
        return 0;
    }
    command = tou_command_find (argv[1]);
    if (command == NULL)
        return refuse (argv[1]);
    asked[0] = argv[1];
    return command->run (2, asked);
}
