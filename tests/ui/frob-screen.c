/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* frob-screen SCREEN [practice]: opens the window over the fakes at one screen, to be looked at.
 * TOUROKU_LOCALE_DIR: where the translation is. TOUROKU_SIZE: of each window, as 440x600. */

#include "screens.h"

#include <glib/gi18n.h>
#include <locale.h>

static void
use_translation (void)
{
    const char *folder = g_getenv ("TOUROKU_LOCALE_DIR");

    setlocale (LC_ALL, "");
    if (folder != NULL)
        bindtextdomain (GETTEXT_PACKAGE, folder);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

static void
resize (gpointer window, gpointer data)
{
    const char *size = g_getenv ("TOUROKU_SIZE");
    g_auto (GStrv) parts = g_strsplit (size != NULL ? size : "", "x", 2);

    if (g_strv_length (parts) == 2 && gtk_window_get_resizable (window))
        gtk_window_resize (window, atoi (parts[0]), atoi (parts[1]));
}

int
main (int argc, char **argv)
{
    const Screen *screen = argc > 1 ? screens_find (argv[1]) : NULL;
    UiBench *bench;

    use_translation ();
    gtk_init (&argc, &argv);
    bench = screens_bench_new ();
    if (argc > 2)
        screens_practise (bench);
    if (screen != NULL)
        screen->show (bench);
    g_signal_connect (bench->window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
    gtk_window_present (GTK_WINDOW (bench->window));
    screens_for_each_window (resize, NULL);
    gtk_main ();
    return 0;
}
