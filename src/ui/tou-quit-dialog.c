/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-quit-dialog.h"

#include "tou-accessible-ids.h"

#include <glib/gi18n-lib.h>

static void
on_state_changed (GtkWidget *dialog, GParamSpec *pspec, TouRequestFlow *flow)
{
    if (!tou_request_flow_is_submitting (flow))
        gtk_widget_destroy (dialog);
}

static void
add_button (GtkDialog *dialog, const char *label, const char *id, int response)
{
    gtk_buildable_set_name (GTK_BUILDABLE (gtk_dialog_add_button (dialog, label, response)), id);
}

GtkWidget *
tou_quit_dialog_new (GtkWindow *parent, TouRequestFlow *flow)
{
    GtkWidget *dialog = gtk_message_dialog_new (parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
                                                GTK_MESSAGE_WARNING, GTK_BUTTONS_NONE, "%s",
                                                _ ("What you applied for is on its way."));

    gtk_message_dialog_format_secondary_text (
        GTK_MESSAGE_DIALOG (dialog), "%s",
        _ ("If you quit now, it is stopped. It may have arrived all the same: sign in again afterwards and "
           "look whether it stands in the application history before you apply once more. What you typed is "
           "kept."));
    gtk_window_set_title (GTK_WINDOW (dialog), _ ("Quit?"));
    add_button (GTK_DIALOG (dialog), _ ("_Quit all the same"), "quit_button", GTK_RESPONSE_ACCEPT);
    add_button (GTK_DIALOG (dialog), _ ("_Wait"), "wait_button", GTK_RESPONSE_CANCEL);
    gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
    tou_accessible_ids_set (dialog);
    g_signal_connect_object (flow, "notify::state", G_CALLBACK (on_state_changed), dialog, G_CONNECT_SWAPPED);
    g_signal_connect_after (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
    return dialog;
}
