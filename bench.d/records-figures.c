/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * records-figures ROUNDS: the window with the kept records, over the real store with copies of one real
 * submission. One JSON line a round, times in milliseconds, each of 10 records and of 10,000:
 *
 *   first    from asking for the window to its first page of rows being drawn
 *   all      … to all rows being there; meanwhile it can be used
 *   open     from choosing the last row to its record being shown (read, its signature checked)
 *   longest  how long the main loop stood still at most, over all of it
 */
#include "job.h"

#include "measure.h"
#include "tou-records-window.h"
#include "tou-sqlite-store.h"

#include <stdio.h>
#include <stdlib.h>

#define N_FEW 10
#define N_MANY 10000

typedef struct {
    double first_ms;
    double all_ms;
    double open_ms;
    double longest_ms;
} Figures;

static void
put_copy (TouRecordStore *store, const TouSubmission *model, const TouReceipt *receipt, guint number)
{
    g_autoptr (TouSubmission) copy = tou_submission_copy (model);
    g_autoptr (TouReceipt) its_receipt = tou_receipt_copy (receipt);
    g_autofree char *id = g_strdup_printf ("%08x-0000-4000-8000-000000000000", number);

    tou_set_text (&copy->id, id);
    tou_set_text (&its_receipt->submission_id, id);
    copy->signed_at_us += number * G_USEC_PER_SEC;
    tou_record_store_put_submission_async (store, copy, NULL, NULL);
    tou_record_store_put_receipt_async (store, its_receipt, NULL, NULL);
}

/* The store writes all it was given before it goes. */
static char *
fill (Job *job, const TouReceipt *receipt, guint n)
{
    g_autofree char *name = g_strdup_printf ("%u.db", n);
    char *path = g_build_filename (job->folder, name, NULL);
    g_autoptr (TouRecordStore) store = TOU_RECORD_STORE (tou_sqlite_store_new (path));

    for (guint i = 0; i < n; i++)
        put_copy (store, tou_request_flow_get_submission (job->registration), receipt, i);
    return path;
}

static GtkWidget *
find (GtkWidget *root, const char *id)
{
    return GTK_WIDGET (gtk_widget_get_template_child (root, TOU_TYPE_RECORDS_WINDOW, id));
}

static guint
count_rows (GtkWidget *window)
{
    GtkTreeView *view = GTK_TREE_VIEW (find (window, "records_view"));

    return (guint) gtk_tree_model_iter_n_children (gtk_tree_view_get_model (view), NULL);
}

static void
on_drawn (GdkFrameClock *clock, gboolean *out_drawn)
{
    *out_drawn = TRUE;
}

static void
wait_for_frame (GtkWidget *window)
{
    gboolean drawn = FALSE;
    GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
    gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_drawn), &drawn);

    gtk_widget_queue_draw (window);
    while (!drawn)
        g_main_context_iteration (NULL, TRUE);
    g_signal_handler_disconnect (clock, handler);
}

static double
open_last (GtkWidget *window, guint n)
{
    GtkTreeView *view = GTK_TREE_VIEW (find (window, "records_view"));
    GtkWidget *box = find (window, "record_box");
    g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) n - 1, -1);
    gint64 start_us;

    while (!gtk_widget_get_visible (box))
        g_main_context_iteration (NULL, TRUE);
    gtk_widget_hide (box);
    start_us = g_get_monotonic_time ();
    gtk_tree_view_set_cursor (view, path, NULL, FALSE);
    while (!gtk_widget_get_visible (box))
        g_main_context_iteration (NULL, TRUE);
    wait_for_frame (window);
    return ms_since (start_us);
}

static void
measure (Job *job, GtkWindow *parent, const char *path, guint n, Figures *out)
{
    g_autoptr (TouRecordStore) store = TOU_RECORD_STORE (tou_sqlite_store_new (path));
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (TouRecordFlow) flow = tou_record_flow_new (store, job->proofs, names);
    gint64 start_us = g_get_monotonic_time ();
    GtkWidget *window = tou_records_window_new (parent, flow, FALSE);

    restart_loop_watch ();
    tou_records_window_present (TOU_RECORDS_WINDOW (window));
    while (count_rows (window) == 0)
        g_main_context_iteration (NULL, TRUE);
    wait_for_frame (window);
    out->first_ms = ms_since (start_us);
    while (count_rows (window) < n)
        g_main_context_iteration (NULL, TRUE);
    out->all_ms = ms_since (start_us);
    out->open_ms = open_last (window, n);
    out->longest_ms = get_longest_ms ();
    gtk_widget_destroy (window);
}

static void
print_figures (const char *name, const Figures *figures, const char *end)
{
    printf ("\"%s_first\": %.1f, \"%s_all\": %.1f, \"%s_open\": %.1f, \"%s_longest\": %.1f%s", name,
            figures->first_ms, name, figures->all_ms, name, figures->open_ms, name, figures->longest_ms, end);
}

static TouReceipt *
do_job (Job *job)
{
    g_autoptr (GError) error = NULL;
    TouReceipt *receipt;

    job_init (job, NULL);
    job_connect (job);
    job_sign_in (job);
    g_assert_true (job_unlock (job, TOU_PRACTICE_PIN, &error));
    job_fill (job);
    receipt = job_submit (job, &error);
    g_assert_no_error (error);
    return receipt;
}

int
main (int argc, char **argv)
{
    int rounds = argc > 1 ? atoi (argv[1]) : 5;
    Job job;
    g_autoptr (TouReceipt) receipt = do_job (&job);
    g_autofree char *few = fill (&job, receipt, N_FEW);
    g_autofree char *many = fill (&job, receipt, N_MANY);
    GtkWidget *parent;
    Figures of_few, of_many;

    gtk_init (&argc, &argv);
    parent = gtk_window_new (GTK_WINDOW_TOPLEVEL);
    gtk_widget_show (parent);
    watch_loop ();
    /* The first round warms fonts and the cache. */
    for (int i = -1; i < rounds; i++) {
        measure (&job, GTK_WINDOW (parent), few, N_FEW, &of_few);
        measure (&job, GTK_WINDOW (parent), many, N_MANY, &of_many);
        if (i < 0)
            continue;
        printf ("{");
        print_figures ("few", &of_few, ", ");
        print_figures ("many", &of_many, "}\n");
    }
    gtk_widget_destroy (parent);
    job_clear (&job);
    return 0;
}
