/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-record-print.h"

#include "tou-print-layout.h"

#include <cairo-pdf.h>
#include <gio/gio.h>

/* A4 (ISO 216), in points. */
#define PAGE_WIDTH (210.0 / 25.4 * 72.0)
#define PAGE_HEIGHT (297.0 / 25.4 * 72.0)
#define PAGE_MARGIN (18.0 / 25.4 * 72.0)

/* A print job: owned by its operation. */
typedef struct {
    TouRecordSheet *sheet;
    TouPrintLayout *layout;
    TouRecordPrinted callback;
    gpointer user_data;
    GDestroyNotify destroy;
} Job;

static void
free_job (Job *job)
{
    g_clear_pointer (&job->layout, tou_print_layout_free);
    tou_record_sheet_free (job->sheet);
    if (job->destroy != NULL)
        job->destroy (job->user_data);
    g_free (job);
}

static void
on_begin_print (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
    PangoContext *pango = gtk_print_context_create_pango_context (context);

    g_clear_pointer (&job->layout, tou_print_layout_free);
    job->layout = tou_print_layout_new (job->sheet, pango, gtk_print_context_get_width (context),
                                        gtk_print_context_get_height (context));
    gtk_print_operation_set_n_pages (operation, (int) tou_print_layout_get_n_pages (job->layout));
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
    tou_print_layout_draw (job->layout, gtk_print_context_get_cairo_context (context), (guint) page);
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, Job *job)
{
    g_autoptr (GError) error = NULL;

    if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
        gtk_print_operation_get_error (operation, &error);
    job->callback (error, job->user_data);
}

static GtkPageSetup *
make_page_setup (void)
{
    GtkPageSetup *setup = gtk_page_setup_new ();
    g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

    gtk_page_setup_set_paper_size (setup, size);
    gtk_page_setup_set_left_margin (setup, PAGE_MARGIN, GTK_UNIT_POINTS);
    gtk_page_setup_set_right_margin (setup, PAGE_MARGIN, GTK_UNIT_POINTS);
    gtk_page_setup_set_top_margin (setup, PAGE_MARGIN, GTK_UNIT_POINTS);
    gtk_page_setup_set_bottom_margin (setup, PAGE_MARGIN, GTK_UNIT_POINTS);
    return setup;
}

static GtkPrintOperation *
make_operation (Job *job)
{
    GtkPrintOperation *operation = gtk_print_operation_new ();
    g_autoptr (GtkPageSetup) setup = make_page_setup ();

    gtk_print_operation_set_default_page_setup (operation, setup);
    gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
    gtk_print_operation_set_job_name (operation, job->sheet->title);
    /* Else GTK would wait for the dialog in a main loop of its own. */
    gtk_print_operation_set_allow_async (operation, TRUE);
    g_object_set_data_full (G_OBJECT (operation), "tou-job", job, (GDestroyNotify) free_job);
    g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin_print), job);
    g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), job);
    g_signal_connect (operation, "done", G_CALLBACK (on_done), job);
    return operation;
}

void
tou_record_print_run (TouRecordSheet *sheet, GtkWindow *parent, TouRecordPrinted callback, gpointer user_data,
                      GDestroyNotify destroy)
{
    Job *job = g_new0 (Job, 1);
    g_autoptr (GtkPrintOperation) operation = NULL;

    job->sheet = sheet;
    job->callback = callback;
    job->user_data = user_data;
    job->destroy = destroy;
    operation = make_operation (job);
    gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

static cairo_status_t
append_bytes (void *bytes, const unsigned char *data, unsigned int length)
{
    g_byte_array_append (bytes, data, length);
    return CAIRO_STATUS_SUCCESS;
}

/* Without the rounding to pixels that is right for screens, and tears words apart on paper. */
static PangoContext *
make_paper_context (cairo_t *cairo)
{
    PangoContext *pango = pango_cairo_create_context (cairo);
    cairo_font_options_t *options = cairo_font_options_create ();

    cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options (pango, options);
    pango_context_set_round_glyph_positions (pango, FALSE);
    cairo_font_options_destroy (options);
    return pango;
}

static void
draw_pages (const TouRecordSheet *sheet, cairo_t *cairo)
{
    PangoContext *pango = make_paper_context (cairo);
    g_autoptr (TouPrintLayout) layout = tou_print_layout_new (sheet, pango, PAGE_WIDTH - 2 * PAGE_MARGIN,
                                                              PAGE_HEIGHT - 2 * PAGE_MARGIN);

    for (guint i = 0; i < tou_print_layout_get_n_pages (layout); i++) {
        cairo_save (cairo);
        cairo_translate (cairo, PAGE_MARGIN, PAGE_MARGIN);
        tou_print_layout_draw (layout, cairo, i);
        cairo_restore (cairo);
        cairo_show_page (cairo);
    }
}

/* Not through GtkPrintOperation: its export waits in a main loop of its own and writes no title. */
GBytes *
tou_record_print_to_pdf (const TouRecordSheet *sheet, GError **error)
{
    GByteArray *bytes = g_byte_array_new ();
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, PAGE_WIDTH,
                                                                    PAGE_HEIGHT);
    cairo_t *cairo = cairo_create (surface);
    cairo_status_t status;

    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, sheet->title);
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Touroku");
    draw_pages (sheet, cairo);
    cairo_destroy (cairo);
    cairo_surface_finish (surface);
    status = cairo_surface_status (surface);
    cairo_surface_destroy (surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return g_byte_array_free_to_bytes (bytes);
    g_byte_array_unref (bytes);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No PDF: %s", cairo_status_to_string (status));
    return NULL;
}
