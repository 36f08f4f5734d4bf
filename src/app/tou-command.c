/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-command.h"

#include "tou-shown-text.h"
#include "tou-verify-text.h"

#include <glib/gi18n.h>
#include <string.h>

static const TouCommand commands[] = {
    { "explain", N_ ("CODE"), N_ ("What an error code means and what to do"), tou_explain_command },
    { "verify", N_ ("FILE…"), N_ ("Who signed an application or a receipt, and when"), tou_verify_command },
    { "help", N_ ("[COMMAND]"), N_ ("How the program or a command is called"), tou_help_command },
};

const TouCommand *
tou_command_find (const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        if (g_str_equal (name, commands[i].name))
            return &commands[i];
    return NULL;
}

char *
tou_command_dup_list (void)
{
    GString *list = g_string_new (_ ("Commands, which need no window:"));

    for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        g_string_append_printf (list, "\n  touroku %s %s\n      %s", commands[i].name,
                                _ (commands[i].arguments), _ (commands[i].summary));
    return g_string_free (list, FALSE);
}

gboolean
tou_command_check_file (const char *word, GError **error)
{
    g_autofree char *name = NULL;
    g_autofree char *shown = NULL;

    if (strchr (word, '/') != NULL || g_str_has_suffix (word, ".touroku")
        || g_file_test (word, G_FILE_TEST_EXISTS))
        return TRUE;
    name = g_filename_display_name (word);
    shown = tou_shown_text_dup (name);
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("There is no command “%s”, and no file of this name."), shown);
    return FALSE;
}

gboolean
tou_command_parse (const char *name, const GOptionEntry *entries, int *argc, char ***argv, GError **error)
{
    g_autofree char *program = g_strconcat ("touroku ", name, NULL);
    const TouCommand *command = tou_command_find (name);
    g_autoptr (GOptionContext) context = g_option_context_new (command->arguments);

    g_set_prgname (program); /* what the usage line calls it */
    g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
    g_option_context_set_summary (context, command->summary);
    if (entries != NULL)
        g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
    return g_option_context_parse (context, argc, argv, error);
}

int
tou_command_complain (const char *name, const char *message)
{
    g_autofree char *shown = tou_shown_text_dup (
        message); /* names what was typed, or what something else put there */

    g_printerr ("touroku: %s\n", shown);
    if (name == NULL)
        g_printerr (_ ("How it is called: %s"), "touroku help");
    else
        g_printerr (_ ("How it is called: touroku help %s"), name);
    g_printerr ("\n");
    return 2;
}
