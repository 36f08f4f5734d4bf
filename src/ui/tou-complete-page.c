/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-complete-page.h"

#include "tou-error-catalogue.h"
#include "tou-practice-control.h"
#include "tou-record-print.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

/* 処理完了 (manual 2.2 (4)) */
struct _TouCompletePage {
    TouPage parent_instance;

    GtkFileChooserNative *chooser; /* (nullable): while it is open */

    GtkLabel *number_label;
    GtkLabel *moment_label;
    GtkWidget *repeat_row;
    GtkLabel *repeat_label;
    GtkLabel *status_label;
    GtkWidget *print_button;
};

G_DEFINE_TYPE (TouCompletePage, tou_complete_page, TOU_TYPE_PAGE)

static const TouSubmission *
get_submission (TouCompletePage *self)
{
    return tou_register_flow_get_submission (tou_page_get_register_flow (TOU_PAGE (self)));
}

static void
show_status (TouCompletePage *self, const char *text)
{
    gtk_label_set_text (self->status_label, text != NULL ? text : "");
    gtk_widget_set_visible (GTK_WIDGET (self->status_label), text != NULL);
}

/* The manual's print screen (利用者情報), with what proves the reception around it. */
static TouRecordSheet *
make_sheet (TouCompletePage *self)
{
    TouRegisterFlow *flow = tou_page_get_register_flow (TOU_PAGE (self));
    TouServiceProfile *profile = tou_session_flow_get_profile (tou_page_get_session_flow (TOU_PAGE (self)));
    const TouSubmission *submission = get_submission (self);
    TouRecordSheet *sheet = tou_record_sheet_new (_ ("User information"));

    sheet->is_practice = g_str_equal (tou_service_profile_get_id (profile), TOU_PRACTICE_PROFILE_ID);
    tou_record_sheet_begin (sheet, _ ("Reception"));
    tou_record_sheet_add_receipt (sheet, submission);
    tou_record_sheet_begin (sheet, _ ("User information"));
    tou_record_sheet_add_company (sheet, tou_register_flow_get_company (flow), TRUE);
    tou_record_sheet_add_holder (sheet, tou_register_flow_get_certificate (flow));
    tou_record_sheet_add_contact (sheet, tou_register_flow_get_contact (flow));
    tou_record_sheet_begin (sheet, _ ("Electronic signature"));
    tou_record_sheet_add_certificate (sheet, tou_register_flow_get_certificate (flow));
    tou_record_sheet_add_proof (sheet, submission->receipt);
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

static void
on_pdf_written (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouCompletePage) self = data;
    g_autoptr (GError) error = NULL;
    g_autofree char *name = g_file_get_parse_name (G_FILE (source));
    g_autofree char *text = NULL;

    if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
        text = g_strdup_printf (_ ("Saved: %s"), name);
    else
        text = g_strdup_printf (_ ("It could not be saved: %s"), error->message);
    show_status (self, text);
}

static void
write_pdf (TouCompletePage *self, GFile *file)
{
    g_autoptr (TouRecordSheet) sheet = make_sheet (self);
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) pdf = tou_record_print_to_pdf (sheet, &error);

    if (pdf == NULL) {
        tou_page_report (TOU_PAGE (self), error);
        return;
    }
    g_file_replace_contents_bytes_async (file, pdf, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                         on_pdf_written, g_object_ref (self));
}

static void
on_chooser_answered (TouCompletePage *self, int response)
{
    g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
    g_autoptr (GFile) file = NULL;

    if (response != GTK_RESPONSE_ACCEPT)
        return;
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
    write_pdf (self, file);
}

static void
on_save_clicked (TouCompletePage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    g_autofree char *name = NULL;

    if (self->chooser != NULL)
        return;
    show_status (self, NULL);
    self->chooser = gtk_file_chooser_native_new (_ ("Save as PDF"), GTK_WINDOW (window),
                                                 GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
    /* Translators: a file name; the reception number */
    name = g_strdup_printf (_ ("User registration %s.pdf"), get_submission (self)->receipt->reception_number);
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
    gtk_file_chooser_set_do_overwrite_confirmation (GTK_FILE_CHOOSER (self->chooser), TRUE);
    g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chooser_answered), self,
                             G_CONNECT_SWAPPED);
    gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_menu_clicked (TouCompletePage *self)
{
    tou_page_go_back (TOU_PAGE (self));
}

/* 20001: the service had the application already, its first answer was lost. */
static void
show_repeat (TouCompletePage *self, const TouReceipt *receipt)
{
    const TouErrorEntry *entry = tou_error_catalogue_lookup_code ("20001");
    const char *message = entry != NULL ? entry->message : "";
    g_autofree char *text = g_strdup_printf ("20001  %s", *message != '\0' ? _ (message) : "");

    gtk_label_set_text (self->repeat_label, text);
    gtk_widget_set_visible (self->repeat_row, receipt->was_repeat);
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
    show_status (self, NULL);
    gtk_widget_grab_focus (self->print_button);
}

static gboolean
go_back (TouPage *page)
{
    tou_page_go (page, TOU_PAGE_MENU);
    return TRUE;
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_COMPLETE_PAGE (object)->chooser);
    G_OBJECT_CLASS (tou_complete_page_parent_class)->dispose (object);
}

static void
tou_complete_page_class_init (TouCompletePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->go_back = go_back;
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-complete-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, number_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, moment_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, repeat_row);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, repeat_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, status_label);
    gtk_widget_class_bind_template_child (widget_class, TouCompletePage, print_button);
    gtk_widget_class_bind_template_callback (widget_class, on_print_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_menu_clicked);
}

static void
tou_complete_page_init (TouCompletePage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
