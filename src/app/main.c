/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-program.h"

#include "tou-base-folders.h"
#include "tou-command.h"
#include "tou-install-folders.h"
#include "tou-options.h"
#include "tou-paths.h"
#include "tou-process-guard.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <locale.h>

static void
set_up_locale (void)
{
    g_autofree char *folder = tou_paths_get_part (TOU_PART_LOCALE);

    setlocale (LC_ALL, "");
    bindtextdomain (GETTEXT_PACKAGE, folder);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    textdomain (GETTEXT_PACKAGE);
}

static char *
choose_practice_folder (const TouOptions *options)
{
    g_autofree char *data = NULL;

    if (options->practice_folder != NULL)
        return g_canonicalize_filename (options->practice_folder, NULL);
    if (!options->practice)
        return NULL;
    data = tou_paths_get_data_folder ();
    return g_build_filename (data, "practice", NULL);
}

/* The desktop finds the program's file by the name of its windows: GDK makes the Wayland app_id of the
 * program's name, and of the X11 class its own with a capital letter, unless it is set. */
static gboolean
open_display (const char *id, int *argc, char ***argv)
{
    g_set_prgname (id);
    if (!gtk_init_check (argc, argv))
        return FALSE;
    gdk_set_program_class (id);
    g_set_application_name (_ ("Touroku"));
    return TRUE;
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
    const TouCommand *command = argc > 1 ? tou_command_find (argv[1]) : NULL;
    g_auto (TouOptions) options = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (TouProgram) application = NULL;
    g_autofree char *practice_folder = NULL;

    tou_process_guard_memory ();
    tou_process_guard_environment ();
    tou_base_folders_guard ();
    set_up_locale ();
    if (command != NULL)
        return command->run (argc - 1, argv + 1);
    if (!tou_options_parse (&argc, &argv, &options, &error))
        return tou_command_complain (NULL, error->message);
    if (options.version) {
        g_print ("Touroku %s\n", TOUROKU_VERSION);
        return 0;
    }
    practice_folder = choose_practice_folder (&options);
    if (!open_display (tou_program_get_id (practice_folder != NULL), &argc, &argv)) {
        g_printerr ("%s\n",
                    _ ("There is no display for Touroku’s window. With a virtual one: xvfb-run -a touroku"));
        return 1;
    }
    read_fonts_and_theme ();
    application = tou_program_new (practice_folder, options.is_service);
    return g_application_run (G_APPLICATION (application), argc, argv);
}
