/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-quit-dialog.h"

#include "tou-accessible-ids.h"

#include <glib/gi18n-lib.h>

#define KEY_IS_SUBMITTING "is-submitting"

/* What was asked is not the question any more. */
static void
on_state_changed (GtkWidget *dialog, GParamSpec *pspec, TouRequestFlow *flow)
{
    gboolean was_submitting = g_object_get_data (G_OBJECT (dialog), KEY_IS_SUBMITTING) != NULL;

    if (tou_request_flow_is_submitting (flow) != was_submitting
        || (!was_submitting && tou_request_flow_get_state (flow) != TOU_REQUEST_STATE_UNCERTAIN))
        gtk_widget_destroy (dialog);
}

static void
add_button (GtkDialog *dialog, const char *label, const char *id, int response)
{
    gtk_buildable_set_name (GTK_BUILDABLE (gtk_dialog_add_button (dialog, label, response)), id);
}

/* Returns: what is lost, or not, by quitting */
static const char *
get_consequence (TouRequestFlow *flow)
{
    if (tou_request_flow_is_submitting (flow))
        return _ (
            "If you quit now, it is stopped. It may have arrived all the same: the next time you log in, "
            "Touroku asks the service what became of it. Please do not apply once more before that. What "
            "you typed is kept.");
    return _ ("It may have been received. What was sent is kept on this computer: the next time you log in, "
              "Touroku asks the service what became of it. Please do not apply once more before that.");
}

GtkWidget *
tou_quit_dialog_new (GtkWindow *parent, TouRequestFlow *flow)
{
    GtkWidget *dialog = gtk_message_dialog_new (
        parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, GTK_MESSAGE_WARNING, GTK_BUTTONS_NONE,
        "%s",
        tou_request_flow_is_submitting (flow) ? _ ("What you applied for is on its way.")
                                              : _ ("It is not known yet what became of what you sent."));

    gtk_message_dialog_format_secondary_text (GTK_MESSAGE_DIALOG (dialog), "%s", get_consequence (flow));
    gtk_window_set_title (GTK_WINDOW (dialog), _ ("Quit?"));
    add_button (GTK_DIALOG (dialog), _ ("_Quit all the same"), "quit_button", GTK_RESPONSE_ACCEPT);
    add_button (GTK_DIALOG (dialog), tou_request_flow_is_submitting (flow) ? _ ("_Wait") : _ ("_Do not quit"),
                "wait_button", GTK_RESPONSE_CANCEL);
    gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
    tou_accessible_ids_set (dialog);
    if (tou_request_flow_is_submitting (flow))
        g_object_set_data (G_OBJECT (dialog), KEY_IS_SUBMITTING, dialog);
    g_signal_connect_object (flow, "notify::state", G_CALLBACK (on_state_changed), dialog, G_CONNECT_SWAPPED);
    g_signal_connect_after (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
    return dialog;
}
