/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-file-opener.h"

#include <glib/gi18n-lib.h>

#define KEY "tou-file-opener"

typedef struct {
    GtkFileChooserNative *native;
    TouFileChosen chosen;
} Chooser;

static void
chooser_free (Chooser *self)
{
    g_object_unref (self->native);
    g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Chooser, chooser_free)

static void
on_answered (GtkWindow *parent, int response)
{
    g_autoptr (Chooser) self = g_object_steal_data (G_OBJECT (parent), KEY);
    g_autoptr (GFile) file = NULL;

    if (response != GTK_RESPONSE_ACCEPT)
        return;
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->native));
    if (file != NULL)
        self->chosen (parent, file);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
    GtkFileFilter *filter = gtk_file_filter_new ();

    gtk_file_filter_set_name (filter, name);
    gtk_file_filter_add_pattern (filter, pattern);
    gtk_file_chooser_add_filter (chooser, filter);
}

void
tou_file_opener_show (GtkWindow *parent, const char *title, const char *filter_name, const char *pattern,
                      TouFileChosen chosen)
{
    Chooser *self;

    if (g_object_get_data (G_OBJECT (parent), KEY) != NULL)
        return;
    self = g_new0 (Chooser, 1);
    self->chosen = chosen;
    self->native = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
    gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->native), TRUE);
    add_filter (GTK_FILE_CHOOSER (self->native), filter_name, pattern);
    add_filter (GTK_FILE_CHOOSER (self->native), _ ("All files"), "*");
    g_object_set_data_full (G_OBJECT (parent), KEY, self, (GDestroyNotify) chooser_free);
    g_signal_connect_object (self->native, "response", G_CALLBACK (on_answered), parent, G_CONNECT_SWAPPED);
    gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->native));
}
