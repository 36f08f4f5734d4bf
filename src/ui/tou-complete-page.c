/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-complete-page.h"

#include "tou-announcer.h"
#include "tou-card-renewal-flow.h"
#include "tou-error-help.h"
#include "tou-fold.h"
#include "tou-operation-text.h"
#include "tou-password-dialog.h"
#include "tou-file-saver.h"
#include "tou-record-print.h"
#include "tou-register-flow.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

/* 処理完了 (manual 2.2 (4)) */
struct _TouCompletePage {
    TouPage parent_instance;

    GtkLabel *complete_title;
    GtkLabel *next_label;
    GtkLabel *number_label;
    GtkLabel *moment_label;
    GtkWidget *repeat_row;
    GtkLabel *repeat_label;
    GtkLabel *status_label;
    GtkWidget *print_button;
    GtkWidget *other_box; /* the other category, for whoever is qualified for both */
    GtkLabel *other_label;
    GtkWidget *other_button;
    GtkSpinner *other_spinner;
};

G_DEFINE_TYPE (TouCompletePage, tou_complete_page, TOU_TYPE_PAGE)

static const TouSubmission *
get_submission (TouCompletePage *self)
{
    return tou_request_flow_get_submission (tou_page_get_request_flow (TOU_PAGE (self)));
}

static void
show_status (TouCompletePage *self, const char *text)
{
    gtk_label_set_text (self->status_label, text != NULL ? text : "");
    gtk_widget_set_visible (GTK_WIDGET (self->status_label), text != NULL);
}

static TouRecordSheet *
make_sheet (TouCompletePage *self)
{
    TouRequestFlow *flow = tou_page_get_request_flow (TOU_PAGE (self));
    TouServiceProfile *profile = tou_session_flow_get_profile (tou_page_get_session_flow (TOU_PAGE (self)));
    const TouCardCertificate *former = NULL;
    TouRecordSheet *sheet = tou_record_sheet_new_record (
        get_submission (self), tou_service_profile_get_name (profile), tou_request_flow_get_company (flow),
        tou_request_flow_get_certificate (flow), tou_request_flow_get_contact (flow));

    if (TOU_IS_CARD_RENEWAL_FLOW (flow))
        former = tou_card_renewal_flow_get_current (TOU_CARD_RENEWAL_FLOW (flow));
    if (former != NULL)
        tou_record_sheet_add_former_card (sheet, former);
    return sheet;
}

static void
on_printed (const GError *error, gpointer data)
{
    TouCompletePage *self = data;
    g_autofree char *text = NULL;

    if (error == NULL)
        return;
    text = g_strdup_printf (_ ("It could not be printed: %s"), error->message);
    show_status (self, text);
}

static void
on_print_clicked (TouCompletePage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

    show_status (self, NULL);
    tou_record_print_run (make_sheet (self), GTK_WINDOW (window), on_printed, g_object_ref (self),
                          g_object_unref);
}

static GBytes *
make_pdf (gpointer data, GError **error)
{
    g_autoptr (TouRecordSheet) sheet = make_sheet (data);

    return tou_record_print_to_pdf (sheet, error);
}

static void
on_saved (const char *status, gpointer data)
{
    show_status (data, status);
}

static void
on_save_clicked (TouCompletePage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    g_autofree char *name = tou_record_sheet_dup_file_name (get_submission (self), "pdf");

    show_status (self, NULL);
    tou_file_saver_run (GTK_WINDOW (window), _ ("Save as PDF"), name, make_pdf, on_saved, g_object_ref (self),
                        g_object_unref);
}

static void
on_menu_clicked (TouCompletePage *self)
{
    tou_page_go_back (TOU_PAGE (self));
}

static void
set_waiting (TouCompletePage *self, gboolean waits)
{
    gtk_widget_set_sensitive (self->other_button, !waits);
    gtk_widget_set_visible (GTK_WIDGET (self->other_spinner), waits);
    g_object_set (self->other_spinner, "active", waits, NULL);
}

static void
show_other_category (TouCompletePage *self)
{
    TouRequestFlow *flow = tou_page_get_request_flow (TOU_PAGE (self));
    g_autofree char *text = NULL;
    TouCategory other;
    gboolean can_repeat = TOU_IS_REGISTER_FLOW (flow)
                          && tou_register_flow_can_repeat (TOU_REGISTER_FLOW (flow), &other);

    set_waiting (self, FALSE);
    gtk_widget_set_visible (self->other_box, can_repeat);
    if (!can_repeat)
        return;
    text = g_strdup_printf (_ ("If your qualification is “both”, “%s” needs an application of its own. What "
                               "you typed and the IC card are used for it; nothing has to be entered again."),
                            _ (tou_category_get_label (other)));
    gtk_label_set_text (self->other_label, text);
}

static void on_other_clicked (TouCompletePage *self);

static void
ask_for_password (TouCompletePage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouPasswordDialog *dialog = tou_password_dialog_new (GTK_WINDOW (window),
                                                         tou_page_get_session_flow (TOU_PAGE (self)));

    g_signal_connect_object (dialog, "signed-in", G_CALLBACK (on_other_clicked), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

/* Of one that was lost it is not known for which category it is open; it is begun anew from the start. */
static gboolean
can_go_on (const GError *error)
{
    return tou_session_flow_is_session_over (error)
           && !g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST);
}

static void
on_repeated (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouCompletePage) self = data;
    g_autoptr (GError) error = NULL;
    gboolean ok = tou_register_flow_repeat_finish (TOU_REGISTER_FLOW (source), result, &error);

    set_waiting (self, FALSE);
    if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
        return;
    if (ok) {
        tou_page_go (TOU_PAGE (self), TOU_PAGE_CONFIRM);
        return;
    }
    if (can_go_on (error)) {
        ask_for_password (self);
        return;
    }
    show_other_category (self);
    tou_page_report (TOU_PAGE (self), error);
}

static void
on_other_clicked (TouCompletePage *self)
{
    TouRequestFlow *flow = tou_page_get_request_flow (TOU_PAGE (self));

    tou_page_report (TOU_PAGE (self), NULL);
    if (tou_session_flow_get_session (tou_request_flow_get_session_flow (flow)) == NULL) {
        ask_for_password (self);
        return;
    }
    set_waiting (self, TRUE);
    tou_register_flow_repeat_async (TOU_REGISTER_FLOW (flow), NULL, on_repeated, g_object_ref (self));
}

/* 20001: the service had the application already, its first answer was lost. */
static void
show_repeat (TouCompletePage *self, const TouReceipt *receipt)
{
    const TouErrorEntry *entry = tou_error_catalogue_lookup_code ("20001");
    const char *message = entry != NULL ? entry->message : "";
    g_autofree char *text = g_strdup_printf ("20001  %s", *message != '\0' ? _ (message) : "");

    tou_error_help_mark (self->repeat_row, entry);
    gtk_label_set_text (self->repeat_label, text);
    gtk_widget_set_visible (self->repeat_row, receipt->was_repeat);
}

/* The number is what this page is for, and the focus is on what to do with it. */
static void
speak (TouCompletePage *self)
{
    g_autofree char *number = g_strdup_printf ("%s %s", _ ("Reception number"),
                                               gtk_label_get_text (self->number_label));
    const char *const parts[] = { gtk_label_get_text (self->complete_title), number,
                                  gtk_label_get_text (self->moment_label) };
    g_autofree char *text = tou_announcer_join (parts, G_N_ELEMENTS (parts));

    atk_object_set_description (gtk_widget_get_accessible (self->print_button), text);
    tou_announcer_say (GTK_WIDGET (self), text);
}

static void
shown (TouPage *page)
{
    TouCompletePage *self = TOU_COMPLETE_PAGE (page);
    const TouSubmission *submission = get_submission (self);
    g_autofree char *moment = NULL;

    g_return_if_fail (submission != NULL && submission->receipt != NULL);
    moment = tou_time_text_moment (submission->receipt->accepted_at_us);
    gtk_label_set_text (self->number_label, submission->receipt->reception_number);
    gtk_label_set_text (self->moment_label, moment);
    show_repeat (self, submission->receipt);
    show_other_category (self);
    show_status (self, NULL);
    gtk_widget_grab_focus (self->print_button);
    speak (self);
}

static void
constructed (GObject *object)
{
    TouCompletePage *self = TOU_COMPLETE_PAGE (object);
    const TouOperationText *text = tou_operation_text_get (tou_page_get_operation (TOU_PAGE (object)));

    G_OBJECT_CLASS (tou_complete_page_parent_class)->constructed (object);
    gtk_label_set_text (self->complete_title, _ (text->complete_title));
    gtk_label_set_text (self->next_label, _ (text->complete_next));
}

/* The card was kept for the other category. */
static void
hidden (TouPage *page)
{
    TouRequestFlow *flow = tou_page_get_request_flow (page);

    if (tou_request_flow_get_state (flow) == TOU_REQUEST_STATE_COMPLETED)
        tou_request_flow_leave (flow);
}

/* The session may have been lost at the change of category. */
static gboolean
go_back (TouPage *page)
{
    const TouSession *session = tou_session_flow_get_session (tou_page_get_session_flow (page));

    tou_page_go (page, session != NULL ? TOU_PAGE_MENU : TOU_PAGE_SIGN_IN);
    return TRUE;
}

static void
tou_complete_page_class_init (TouCompletePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->constructed = constructed;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->hidden = hidden;
    TOU_PAGE_CLASS (klass)->go_back = go_back;
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-complete-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, complete_title);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, next_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, number_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, moment_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, repeat_row);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, repeat_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, status_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, print_button);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, other_box);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, other_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, other_button);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, other_spinner);
    gtk_widget_class_bind_template_callback (widget_class, on_other_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_print_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_menu_clicked);
}

static void
tou_complete_page_init (TouCompletePage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
