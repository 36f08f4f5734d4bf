/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-records-window.h"

#include "tou-accessible-ids.h"
#include "tou-error-help.h"
#include "tou-error-view.h"
#include "tou-file-saver.h"
#include "tou-fold.h"
#include "tou-record-list.h"
#include "tou-record-print.h"
#include "tou-section.h"
#include "tou-side-window.h"
#include "tou-word-wrap.h"

#include <glib/gi18n-lib.h>

struct _TouRecordsWindow {
    GtkWindow parent_instance;
    TouRecordFlow *flow;
    TouRecordList *list;
    TouRecord *record;         /* (nullable): the one that is shown */
    GCancellable *cancellable; /* (nullable): of the reading of one record */
    GtkSizeGroup *labels;

    GtkWidget *records_practice_strip;
    GtkWidget *records_error_view;
    GtkStack *records_stack;
    GtkTreeView *records_view;
    GtkListStore *records_store;
    GtkBox *record_box;
    GtkLabel *records_status;
    GtkWidget *record_print_button;
    GtkWidget *record_pdf_button;
    GtkWidget *record_request_button;
    GtkWidget *record_receipt_button;
};

G_DEFINE_FINAL_TYPE (TouRecordsWindow, tou_records_window, GTK_TYPE_WINDOW)

static void
show_status (TouRecordsWindow *self, const char *text)
{
    gtk_label_set_text (self->records_status, text != NULL ? text : "");
}

static void
show_error (TouRecordsWindow *self, const GError *error)
{
    tou_error_view_set_error (TOU_ERROR_VIEW (self->records_error_view), error, NULL);
    gtk_widget_show (self->records_error_view);
}

static TouRecordSheet *
make_sheet (TouRecordsWindow *self, const TouRecord *record)
{
    const TouRequest *request = record->request->request;
    const char *agency = tou_record_flow_get_agency_name (self->flow, record->submission->agency_id);
    TouRecordSheet *sheet = tou_record_sheet_new_record (record->submission, agency, request->company,
                                                         record->request->signer, request->contact);

    if (record->authorization != NULL)
        tou_record_sheet_add_former_card (sheet, record->authorization->signer);
    return sheet;
}

static void
show_record (TouRecordsWindow *self)
{
    gboolean has_record = self->record != NULL;
    gboolean has_receipt = has_record && self->record->submission->receipt != NULL;

    gtk_widget_set_sensitive (self->record_print_button, has_receipt);
    gtk_widget_set_sensitive (self->record_pdf_button, has_receipt);
    gtk_widget_set_sensitive (self->record_receipt_button, has_receipt);
    gtk_widget_set_sensitive (self->record_request_button, has_record);
    gtk_widget_set_visible (GTK_WIDGET (self->record_box), has_record);
    if (has_record) {
        g_autoptr (TouRecordSheet) sheet = make_sheet (self, self->record);

        tou_section_fill (self->record_box, sheet, self->labels);
    }
}

static void
forget_record (TouRecordsWindow *self)
{
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    g_clear_pointer (&self->record, tou_record_free);
}

static void
on_record_opened (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouRecordsWindow) self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouRecord) record = tou_record_flow_open_finish (TOU_RECORD_FLOW (source), result, &error);

    if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
        return;
    self->record = g_steal_pointer (&record);
    if (self->record == NULL)
        show_error (self, error);
    show_record (self);
}

static void
on_selection_changed (TouRecordsWindow *self)
{
    GtkTreeModel *model;
    GtkTreeIter row;
    g_autofree char *id = NULL;

    forget_record (self);
    gtk_widget_hide (self->records_error_view);
    show_status (self, NULL);
    if (!gtk_tree_selection_get_selected (gtk_tree_view_get_selection (self->records_view), &model, &row)) {
        show_record (self);
        return;
    }
    gtk_tree_model_get (model, &row, TOU_RECORD_COLUMN_ID, &id, -1);
    self->cancellable = g_cancellable_new ();
    tou_record_flow_open_async (self->flow, id, self->cancellable, on_record_opened, g_object_ref (self));
}

static void
select_newest (TouRecordsWindow *self)
{
    g_autoptr (GtkTreePath) path = gtk_tree_path_new_first ();

    if (!gtk_tree_selection_get_selected (gtk_tree_view_get_selection (self->records_view), NULL, NULL))
        gtk_tree_view_set_cursor (self->records_view, path, NULL, FALSE);
}

static void
on_page_read (TouRecordsWindow *self)
{
    gboolean is_empty = gtk_tree_model_iter_n_children (GTK_TREE_MODEL (self->records_store), NULL) == 0;

    gtk_stack_set_visible_child_name (self->records_stack, is_empty ? "empty" : "list");
    if (is_empty || gtk_widget_has_focus (GTK_WIDGET (self->records_view)))
        return;
    select_newest (self);
    if (gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
        gtk_widget_grab_focus (GTK_WIDGET (self->records_view));
}

static void
on_list_failed (TouRecordsWindow *self, const GError *error)
{
    gtk_stack_set_visible_child_name (self->records_stack, "list");
    show_error (self, error);
}

static void
on_printed (const GError *error, gpointer data)
{
    g_autofree char *text = NULL;

    if (error == NULL)
        return;
    text = g_strdup_printf (_ ("It could not be printed: %s"), error->message);
    show_status (data, text);
}

static void
on_print_clicked (TouRecordsWindow *self)
{
    show_status (self, NULL);
    tou_record_print_run (make_sheet (self, self->record), GTK_WINDOW (self), on_printed, g_object_ref (self),
                          g_object_unref);
}

/* What is saved is what was shown when the button was pressed, not what is chosen meanwhile. */
typedef struct {
    TouRecordsWindow *window;
    GBytes *bytes;         /* either this … */
    TouRecordSheet *sheet; /* … or this */
} Export;

static void
free_export (gpointer data)
{
    Export *self = data;

    g_object_unref (self->window);
    g_clear_pointer (&self->bytes, g_bytes_unref);
    g_clear_pointer (&self->sheet, tou_record_sheet_free);
    g_free (self);
}

static GBytes *
make_export (gpointer data, GError **error)
{
    Export *self = data;

    return self->sheet != NULL ? tou_record_print_to_pdf (self->sheet, error) : g_bytes_ref (self->bytes);
}

static void
on_saved (const char *status, gpointer data)
{
    show_status (((Export *) data)->window, status);
}

static void
save (TouRecordsWindow *self, const char *title, const char *name, GBytes *bytes)
{
    Export *saving = g_new0 (Export, 1);

    saving->window = g_object_ref (self);
    if (bytes != NULL)
        saving->bytes = g_bytes_ref (bytes);
    else
        saving->sheet = make_sheet (self, self->record);
    show_status (self, NULL);
    tou_file_saver_run (GTK_WINDOW (self), title, name, make_export, on_saved, saving, free_export);
}

static void
on_pdf_clicked (TouRecordsWindow *self)
{
    g_autofree char *name = tou_record_sheet_dup_file_name (self->record->submission, "pdf");

    save (self, _ ("Save as PDF"), name, NULL);
}

static void
on_request_clicked (TouRecordsWindow *self)
{
    g_autofree char *name = tou_record_sheet_dup_file_name (self->record->submission, "p7m");

    save (self, _ ("Save the signed application"), name, self->record->submission->cms);
}

static void
on_receipt_clicked (TouRecordsWindow *self)
{
    const TouReceipt *receipt = self->record->submission->receipt;
    /* Translators: a file name; the reception number */
    g_autofree char *name = g_strdup_printf (_ ("Receipt %s.p7m"), receipt->reception_number);

    save (self, _ ("Save the receipt"), name, receipt->cms);
}

/* In em: what most of them hold is of one length. Where they have no room together they can be scrolled. */
static void
fit_columns (TouRecordsWindow *self)
{
    static const int widths[] = { 13, 8, 11, 8, 13, 11 };
    int em = tou_fold_get_em (GTK_WIDGET (self->records_view));

    for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
        gtk_tree_view_column_set_fixed_width (gtk_tree_view_get_column (self->records_view, (int) i),
                                              widths[i] * em);
}

static void
dispose (GObject *object)
{
    TouRecordsWindow *self = TOU_RECORDS_WINDOW (object);

    if (self->list != NULL)
        tou_record_list_stop (self->list);
    forget_record (self);
    g_clear_object (&self->list);
    g_clear_object (&self->flow);
    g_clear_object (&self->labels);
    G_OBJECT_CLASS (tou_records_window_parent_class)->dispose (object);
}

static void
tou_records_window_class_init (TouRecordsWindowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    g_type_ensure (TOU_TYPE_ERROR_VIEW);
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-records-window.ui");
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, records_practice_strip);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, records_error_view);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, records_stack);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, records_view);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, records_store);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, record_box);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, records_status);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, record_print_button);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, record_pdf_button);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, record_request_button);
    gtk_widget_class_bind_template_child (widget_class, TouRecordsWindow, record_receipt_button);
    gtk_widget_class_bind_template_callback (widget_class, on_selection_changed);
    gtk_widget_class_bind_template_callback (widget_class, on_print_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_pdf_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_request_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_receipt_clicked);
    gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
tou_records_window_init (TouRecordsWindow *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
    fit_columns (self);
    g_signal_connect_object (self->records_view, "style-updated", G_CALLBACK (fit_columns), self,
                             G_CONNECT_SWAPPED);
    tou_side_window_set_up (GTK_WINDOW (self));
    tou_error_help_add_key (GTK_WINDOW (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_word_wrap_set (GTK_WIDGET (self));
}

GtkWidget *
tou_records_window_new (GtkWindow *parent, TouRecordFlow *flow, gboolean is_practice)
{
    TouRecordsWindow *self = g_object_new (TOU_TYPE_RECORDS_WINDOW, "transient-for", parent, NULL);

    self->flow = g_object_ref (flow);
    self->list = tou_record_list_new (flow, self->records_store);
    g_signal_connect_object (self->list, "page", G_CALLBACK (on_page_read), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->list, "failed", G_CALLBACK (on_list_failed), self, G_CONNECT_SWAPPED);
    gtk_widget_set_visible (self->records_practice_strip, is_practice);
    return GTK_WIDGET (self);
}

void
tou_records_window_present (TouRecordsWindow *self)
{
    gtk_widget_hide (self->records_error_view);
    gtk_stack_set_visible_child_name (self->records_stack, "reading");
    tou_record_list_load (self->list);
    gtk_window_present (GTK_WINDOW (self));
}
