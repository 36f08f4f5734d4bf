/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-password-dialog.h"

#include "tou-accessible-ids.h"
#include "tou-dialog-room.h"
#include "tou-error-view.h"
#include "tou-field-fault.h"
#include "tou-secret-entry-buffer.h"

#include <glib/gi18n-lib.h>

struct _TouPasswordDialog {
    GtkDialog parent_instance;

    TouSessionFlow *session;
    GCancellable *cancellable;
    TouSecretEntryBuffer *password; /* of the entry */
    gboolean is_busy;
    gboolean is_done;

    TouErrorView *error_view;
    GtkWidget *prompt;
    GtkLabel *category_label;
    GtkLabel *user_id_label;
    GtkLabel *password_title;
    GtkEntry *password_entry;
    GtkLabel *password_fault;
    GtkWidget *busy_row;
    GtkSpinner *busy_spinner;
    GtkWidget *cancel_button;
    GtkWidget *ok_button;
};

enum { SIGNAL_SIGNED_IN, SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouPasswordDialog, tou_password_dialog, GTK_TYPE_DIALOG)

static void
set_busy (TouPasswordDialog *self, gboolean is_busy)
{
    self->is_busy = is_busy;
    gtk_widget_set_sensitive (GTK_WIDGET (self->password_entry), !is_busy);
    gtk_widget_set_sensitive (self->ok_button, !is_busy);
    gtk_widget_set_visible (self->busy_row, is_busy);
    g_object_set (self->busy_spinner, "active", is_busy, NULL);
}

/* @error: (nullable): it says what happened in place of the prompt */
static void
show_error (TouPasswordDialog *self, const GError *error)
{
    if (error != NULL)
        tou_error_view_set_error (self->error_view, error, tou_session_flow_get_profile (self->session));
    gtk_widget_set_visible (GTK_WIDGET (self->error_view), error != NULL);
    gtk_widget_set_visible (self->prompt, error == NULL);
    tou_error_view_set_max_height (self->error_view, G_MAXINT);
    tou_error_view_fit_dialog (self->error_view, GTK_WINDOW (self));
}

static void
finish (TouPasswordDialog *self, guint signal)
{
    g_autoptr (TouPasswordDialog) keeper = g_object_ref (self);

    if (self->is_done)
        return;
    self->is_done = TRUE;
    g_cancellable_cancel (self->cancellable);
    tou_secret_entry_buffer_wipe (self->password);
    gtk_widget_hide (GTK_WIDGET (self));
    g_signal_emit (self, signals[signal], 0);
    gtk_widget_destroy (GTK_WIDGET (self));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouPasswordDialog) self = data;
    g_autoptr (GError) error = NULL;
    gboolean ok = tou_session_flow_sign_in_finish (TOU_SESSION_FLOW (source), result, &error);

    if (self->is_done)
        return;
    if (ok) {
        finish (self, SIGNAL_SIGNED_IN);
        return;
    }
    tou_secret_entry_buffer_wipe (self->password);
    set_busy (self, FALSE);
    show_error (self, error);
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
sign_in (TouPasswordDialog *self)
{
    g_autoptr (TouSecret) password = tou_secret_entry_buffer_dup_secret (self->password);

    show_error (self, NULL);
    if (!tou_field_fault_check (TOU_FIELD_PASSWORD, tou_secret_get_data (password), self->password_fault,
                                self->password_entry)) {
        gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
        return;
    }
    set_busy (self, TRUE);
    tou_session_flow_sign_in_async (self->session, tou_session_flow_get_user_id (self->session), password,
                                    self->cancellable, on_signed_in, g_object_ref (self));
}

static void
on_password_changed (TouPasswordDialog *self)
{
    g_autoptr (TouSecret) password = tou_secret_entry_buffer_dup_secret (self->password);

    tou_field_fault_check_typed (TOU_FIELD_PASSWORD, tou_secret_get_data (password), self->password_fault,
                                 self->password_entry);
}

static void
response (GtkDialog *dialog, int id)
{
    TouPasswordDialog *self = TOU_PASSWORD_DIALOG (dialog);

    if (id != GTK_RESPONSE_OK)
        finish (self, SIGNAL_CLOSED);
    else if (!self->is_busy)
        sign_in (self);
}

static void
size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
    GTK_WIDGET_CLASS (tou_password_dialog_parent_class)->size_allocate (widget, allocation);
    tou_dialog_room_keep (GTK_WINDOW (widget), allocation);
}

static void
dispose (GObject *object)
{
    TouPasswordDialog *self = TOU_PASSWORD_DIALOG (object);

    self->is_done = TRUE;
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    g_clear_object (&self->password);
    g_clear_object (&self->session);
    G_OBJECT_CLASS (tou_password_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-password-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, error_view);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, prompt);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, category_label);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, user_id_label);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, password_title);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, password_entry);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, password_fault);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, busy_row);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, busy_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, cancel_button);
    gtk_widget_class_bind_template_child (widget_class, TouPasswordDialog, ok_button);
    gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
}

static void
tou_password_dialog_class_init (TouPasswordDialogClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    GTK_WIDGET_CLASS (klass)->size_allocate = size_allocate;
    GTK_DIALOG_CLASS (klass)->response = response;
    g_type_ensure (TOU_TYPE_ERROR_VIEW);
    bind_template (GTK_WIDGET_CLASS (klass));
    signals[SIGNAL_SIGNED_IN] = g_signal_new ("signed-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                              G_TYPE_NONE, 0);
    signals[SIGNAL_CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
tou_password_dialog_init (TouPasswordDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->cancellable = g_cancellable_new ();
    self->password = TOU_SECRET_ENTRY_BUFFER (tou_secret_entry_buffer_new ());
    gtk_entry_set_buffer (self->password_entry, GTK_ENTRY_BUFFER (self->password));
    gtk_label_set_text_with_mnemonic (self->password_title, _ (tou_field_get_label (TOU_FIELD_PASSWORD)));
    tou_accessible_ids_set (GTK_WIDGET (self));
    gtk_dialog_set_default_response (GTK_DIALOG (self), GTK_RESPONSE_OK);
}

TouPasswordDialog *
tou_password_dialog_new (GtkWindow *parent, TouSessionFlow *session)
{
    TouPasswordDialog *self = g_object_new (TOU_TYPE_PASSWORD_DIALOG, "transient-for", parent,
                                            "use-header-bar", 0, NULL);
    const char *category = tou_category_get_label (tou_session_flow_get_category (session));

    self->session = g_object_ref (session);
    gtk_label_set_text (self->category_label, _ (category));
    gtk_label_set_text (self->user_id_label, tou_session_flow_get_user_id (session));
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
    return self;
}
