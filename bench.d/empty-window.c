/* SPDX-License-Identifier: GPL-3.0-or-later */
/* empty-window [LABEL]: the reference of the start-up figures: a GTK 3 window with nothing, or with one
 * label. */
#include <gtk/gtk.h>

int
main (int argc, char **argv)
{
    GtkWidget *window;

    gtk_init (&argc, &argv);
    window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
    gtk_window_set_default_size (GTK_WINDOW (window), 960, 700);
    if (argc > 1)
        gtk_container_add (GTK_CONTAINER (window), gtk_label_new (argv[1]));
    g_signal_connect (window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
    gtk_widget_show_all (window);
    gtk_main ();
    return 0;
}
