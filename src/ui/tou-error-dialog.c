/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-error-dialog.h"

#include "tou-accessible-ids.h"
#include "tou-dialog-body.h"
#include "tou-error-help.h"
#include "tou-error-view.h"
#include "tou-practice-control.h"

struct _TouErrorDialog {
    GtkDialog parent_instance;
    TouErrorView *error_view;
    GtkWidget *error_renew_button;
    GtkWidget *error_ok_button;
};

G_DEFINE_TYPE (TouErrorDialog, tou_error_dialog, GTK_TYPE_DIALOG)

static void
response (GtkDialog *dialog, int id)
{
    if (id != GTK_RESPONSE_DELETE_EVENT)
        gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
tou_error_dialog_class_init (TouErrorDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    GTK_DIALOG_CLASS (klass)->response = response;
    g_type_ensure (TOU_TYPE_ERROR_VIEW);
    g_type_ensure (TOU_TYPE_DIALOG_BODY);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-error-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, TouErrorDialog, error_view);
    gtk_widget_class_bind_template_child (widget_class, TouErrorDialog, error_renew_button);
    gtk_widget_class_bind_template_child (widget_class, TouErrorDialog, error_ok_button);
}

static void
tou_error_dialog_init (TouErrorDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_error_help_add_key (GTK_WINDOW (self));
}

GtkWidget *
tou_error_dialog_new (GtkWindow *parent, const GError *error, const TouServiceProfile *profile)
{
    TouErrorDialog *self = g_object_new (TOU_TYPE_ERROR_DIALOG, "transient-for", parent, "use-header-bar", 0,
                                         NULL);

    tou_error_view_set_error (self->error_view, error, profile);
    gtk_widget_set_visible (self->error_renew_button,
                            g_error_matches (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED));
    tou_error_view_fit_dialog (self->error_view, GTK_WINDOW (self));
    gtk_widget_grab_focus (self->error_ok_button);
    return GTK_WIDGET (self);
}
