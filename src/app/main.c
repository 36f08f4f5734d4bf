/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-program.h"

#include "tou-command.h"
#include "tou-install-folders.h"
#include "tou-paths.h"
#include "tou-process-guard.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <locale.h>

typedef struct {
    gboolean practice;
    gboolean version;
    char *practice_folder;
} Options;

static void
set_up_locale (void)
{
    g_autofree char *folder = tou_paths_get_part (TOU_PART_LOCALE);

    setlocale (LC_ALL, "");
    bindtextdomain (GETTEXT_PACKAGE, folder);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    textdomain (GETTEXT_PACKAGE);
}

/* Read here and not by GApplication: the application's id depends on them. */
static gboolean
read_options (int *argc, char ***argv, Options *options, GError **error)
{
    const GOptionEntry entries[]
        = { { "practice", 0, 0, G_OPTION_ARG_NONE, &options->practice,
              N_ ("Practise with cards and a service on this machine"), NULL },
            { "practice-folder", 0, 0, G_OPTION_ARG_FILENAME, &options->practice_folder,
              N_ ("Practise with the cards and the service kept in FOLDER"), N_ ("FOLDER") },
            { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_ ("Show the version and end"), NULL },
            { NULL } };
    g_autoptr (GOptionContext) context = g_option_context_new (N_ ("[FILE.touroku…]"));

    g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
    g_option_context_set_description (context, tou_command_get_summary ());
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
    return g_option_context_parse (context, argc, argv, error);
}

static char *
choose_practice_folder (const Options *options)
{
    g_autofree char *data = NULL;

    if (options->practice_folder != NULL)
        return g_canonicalize_filename (options->practice_folder, NULL);
    if (!options->practice)
        return NULL;
    data = tou_paths_get_data_folder ();
    return g_build_filename (data, "practice", NULL);
}

/* All three are needed for the first frame. Two of them happen in threads, beside the third. */
static void
read_fonts_and_theme (void)
{
    pango_cairo_font_map_get_default ();              /* a thread of Pango's reads the fonts' configuration */
    g_bus_get (G_BUS_TYPE_SESSION, NULL, NULL, NULL); /* the connection that g_application_run() waits for */
    gtk_settings_get_default ();                      /* GTK's theme */
}

int
main (int argc, char **argv)
{
    Options options = { FALSE, FALSE, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (TouProgram) application = NULL;
    g_autofree char *practice_folder = NULL;

    tou_process_guard_memory ();
    tou_process_guard_environment ();
    set_up_locale ();
    if (tou_command_is_one (argc, argv))
        return tou_command_run (argc, argv);
    if (!read_options (&argc, &argv, &options, &error)) {
        g_printerr ("%s\n", error->message);
        return 2;
    }
    if (options.version) {
        g_print ("Touroku %s\n", TOUROKU_VERSION);
        return 0;
    }
    if (!gtk_init_check (&argc, &argv)) {
        g_printerr ("%s\n",
                    _ ("There is no display for Touroku’s window. With a virtual one: xvfb-run -a touroku"));
        return 1;
    }
    read_fonts_and_theme ();
    practice_folder = choose_practice_folder (&options);
    g_free (options.practice_folder);
    application = tou_program_new (practice_folder);
    return g_application_run (G_APPLICATION (application), argc, argv);
}
