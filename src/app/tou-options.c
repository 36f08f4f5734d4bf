/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-options.h"

#include "tou-command.h"

#include <glib/gi18n.h>

void
tou_options_clear (TouOptions *options)
{
    g_clear_pointer (&options->practice_folder, g_free);
}

/* Returns: (transfer full) */
static GOptionContext *
make_context (TouOptions *options)
{
    const GOptionEntry entries[]
        = { { "practice", 0, 0, G_OPTION_ARG_NONE, &options->practice,
              N_ ("Practise with cards and a service on this machine"), NULL },
            { "practice-folder", 0, 0, G_OPTION_ARG_FILENAME, &options->practice_folder,
              N_ ("Practise with the cards and the service kept in FOLDER"), N_ ("FOLDER") },
            { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Show the version and end"), NULL },
            /* GApplication's own word for it, which the desktop's service files use. */
            { "gapplication-service", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->is_service, NULL,
              NULL },
            { NULL } };
    GOptionContext *context = g_option_context_new (N_ ("[FILE.touroku…]"));
    g_autofree char *commands = tou_command_dup_list ();

    g_set_prgname ("touroku");
    g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
    g_option_context_set_description (context, commands);
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
    return context;
}

gboolean
tou_options_parse (int *argc, char ***argv, TouOptions *out_options, GError **error)
{
    g_autoptr (GOptionContext) context = make_context (out_options);

    if (!g_option_context_parse (context, argc, argv, error))
        return FALSE;
    for (int i = 1; i < *argc; i++)
        if (!tou_command_check_file ((*argv)[i], error))
            return FALSE;
    return TRUE;
}

void
tou_options_print_help (void)
{
    g_auto (TouOptions) options = { 0 };
    g_autoptr (GOptionContext) context = make_context (&options);
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);

    g_print ("%s", help);
}
