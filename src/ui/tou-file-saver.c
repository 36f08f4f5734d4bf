/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-file-saver.h"

#include "tou-file.h"

#include <glib/gi18n-lib.h>

typedef struct {
    GtkWidget *parent; /* borrowed; NULL once it was destroyed: nobody is there to be told then */
    gulong parent_handler;
    GtkFileChooserNative *chooser; /* NULL once a place was chosen */
    TouFileMaker maker;
    TouFileSaved saved;
    gpointer user_data;
    GDestroyNotify destroy;
} Saving;

/* Where something was last saved; the documents at first, not the folder that the program was started in. */
static char *last_folder;

static const char *
get_folder (void)
{
    const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

    if (last_folder != NULL)
        return last_folder;
    return documents != NULL ? documents : g_get_home_dir ();
}

static void
end (Saving *self)
{
    if (self->parent != NULL)
        g_clear_signal_handler (&self->parent_handler, self->parent);
    g_clear_object (&self->chooser);
    if (self->destroy != NULL)
        self->destroy (self->user_data);
    g_free (self);
}

static void
on_parent_destroyed (Saving *self)
{
    self->parent = NULL;
    if (self->chooser != NULL)
        end (self);
}

static void
say (Saving *self, GFile *file, const GError *error)
{
    g_autofree char *name = g_file_get_parse_name (file);
    g_autofree char *text = NULL;

    if (self->parent == NULL)
        return;
    if (error == NULL)
        text = g_strdup_printf (_ ("Saved: %s"), name);
    else
        text = g_strdup_printf (_ ("It could not be saved: %s"), error->message);
    self->saved (text, self->user_data);
}

static void
write_file (GTask *task, gpointer source, gpointer bytes, GCancellable *cancellable)
{
    GError *error = NULL;

    /* The chooser offers nothing that has no path. */
    if (tou_file_save (g_file_peek_path (source), bytes, &error))
        g_task_return_boolean (task, TRUE);
    else
        g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
    Saving *self = data;
    g_autoptr (GError) error = NULL;

    if (!g_task_propagate_boolean (G_TASK (result), &error))
        g_debug ("not saved: %s", error->message);
    say (self, G_FILE (source), error);
    end (self);
}

static void
on_answered (GtkNativeDialog *dialog, int response, gpointer data)
{
    Saving *self = data;
    g_autoptr (GFile) file = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GTask) task = NULL;

    if (response != GTK_RESPONSE_ACCEPT) {
        end (self);
        return;
    }
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
    g_free (last_folder);
    last_folder = gtk_file_chooser_get_current_folder (GTK_FILE_CHOOSER (dialog));
    g_clear_object (&self->chooser);
    bytes = self->maker (self->user_data, &error);
    if (bytes != NULL) {
        task = g_task_new (file, NULL, on_written, self);
        g_task_set_task_data (task, g_steal_pointer (&bytes), (GDestroyNotify) g_bytes_unref);
        g_task_run_in_thread (task, write_file);
        return;
    }
    say (self, file, error);
    end (self);
}

void
tou_file_saver_run (GtkWindow *parent, const char *title, const char *name, TouFileMaker maker,
                    TouFileSaved saved, gpointer user_data, GDestroyNotify destroy)
{
    Saving *self = g_new0 (Saving, 1);
    g_autofree char *safe = g_strdelimit (g_strdup (name), "/\\:*?\"<>|", '-');

    self->maker = maker;
    self->saved = saved;
    self->user_data = user_data;
    self->destroy = destroy;
    self->parent = GTK_WIDGET (parent);
    self->parent_handler = g_signal_connect_swapped (parent, "destroy", G_CALLBACK (on_parent_destroyed),
                                                     self);
    self->chooser = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
    gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), get_folder ());
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), safe);
    gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (self->chooser), TRUE);
    g_signal_connect (self->chooser, "response", G_CALLBACK (on_answered), self);
    gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
