/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-record-list.h"
#include "tou-records-window.h"
#include "ui-tools.h"

#include <string.h>

/* The window over the fakes' store. */
typedef struct {
    FakeBench *fakes;
    GtkWidget *parent;
    GtkWidget *window;
    int n_records; /* kept so far */
} Records;

static void
set_up (Records *self, gconstpointer data)
{
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (TouRecordFlow) flow = NULL;

    self->fakes = fake_bench_new ();
    g_hash_table_insert (names, (gpointer) "agency", (gpointer) "仙台市");
    flow = tou_record_flow_new (TOU_RECORD_STORE (self->fakes->store),
                                TOU_PROOF_CHECKER (self->fakes->proofs), names);
    self->parent = gtk_window_new (GTK_WINDOW_TOPLEVEL);
    self->window = tou_records_window_new (GTK_WINDOW (self->parent), flow, TRUE);
}

static void
tear_down (Records *self, gconstpointer data)
{
    gtk_widget_destroy (self->parent);
    fake_turn_main_loop ();
    fake_bench_free (self->fakes);
}

static void
put (Records *self, const char *id, TouSubmissionState state, gboolean with_receipt)
{
    g_autoptr (TouSubmission) submission = tou_submission_new ();
    g_autoptr (TouReceipt) receipt = tou_receipt_new ();

    submission->id = g_strdup (id);
    submission->signed_at_us = ++self->n_records;
    submission->agency_id = g_strdup ("agency");
    submission->state = state;
    submission->cms = g_bytes_new_static ("cms", 3);
    submission->content = g_bytes_new_static ("{}", 2);
    submission->certificate_sha256 = g_strnfill (64, 'a');
    receipt->submission_id = g_strdup (id);
    receipt->reception_number = g_strdup ("20261124-000001");
    receipt->request_sha256 = g_strnfill (64, 'b');
    receipt->cms = g_bytes_new_static ("receipt", 7);
    if (with_receipt)
        submission->receipt = tou_receipt_copy (receipt);
    tou_record_store_put_submission_async (TOU_RECORD_STORE (self->fakes->store), submission, NULL, NULL);
    fake_turn_main_loop ();
}

static void
present (Records *self)
{
    tou_records_window_present (TOU_RECORDS_WINDOW (self->window));
    fake_turn_main_loop ();
}

static gboolean
is_mapped (Records *self, const char *id)
{
    return gtk_widget_get_mapped (ui_find (self->window, id));
}

static gboolean
is_sensitive (Records *self, const char *id)
{
    return gtk_widget_is_sensitive (ui_find (self->window, id));
}

static void
test_empty (Records *self, gconstpointer data)
{
    present (self);
    g_assert_true (is_mapped (self, "records_empty_label"));
    g_assert_true (is_mapped (self, "records_practice_label"));
    g_assert_false (is_sensitive (self, "record_print_button"));
}

/* The newest is chosen and shown, with all that can be done with it. */
static void
test_shows (Records *self, gconstpointer data)
{
    put (self, "id-1", TOU_SUBMISSION_STATE_ACCEPTED, TRUE);
    present (self);
    g_assert_true (is_mapped (self, "record_box"));
    g_assert_true (is_sensitive (self, "record_print_button"));
    g_assert_true (is_sensitive (self, "record_pdf_button"));
    g_assert_true (is_sensitive (self, "record_request_button"));
    g_assert_true (is_sensitive (self, "record_receipt_button"));
}

/* Would catch: a page that is printed as a reception of what nobody has received. */
static void
test_without_receipt (Records *self, gconstpointer data)
{
    put (self, "id-1", TOU_SUBMISSION_STATE_SENT, FALSE);
    present (self);
    g_assert_true (is_sensitive (self, "record_request_button"));
    g_assert_false (is_sensitive (self, "record_print_button"));
    g_assert_false (is_sensitive (self, "record_receipt_button"));
}

static const char *
read_code (Records *self)
{
    return gtk_label_get_text (GTK_LABEL (ui_find (self->window, "error_code_label")));
}

/* Would catch: a blank page in place of a damaged record, or the one before it under its name. */
static void
test_damaged_record (Records *self, gconstpointer data)
{
    put (self, "id-1", TOU_SUBMISSION_STATE_ACCEPTED, TRUE);
    fake_script_fail (self->fakes->script, "open-signed",
                      g_error_new (TOU_PROOF_ERROR, TOU_PROOF_ERROR_SIGNATURE, "damaged"));
    present (self);
    g_assert_true (is_mapped (self, "records_error_view"));
    g_assert_nonnull (strstr (read_code (self), "19999"));
    g_assert_false (is_mapped (self, "record_box"));
    g_assert_false (is_sensitive (self, "record_request_button"));
    /* The next time it can be read. */
    present (self);
    g_assert_false (is_mapped (self, "records_error_view"));
    /* The place that the error took is given back with the next frame. */
    while (!is_mapped (self, "record_box"))
        g_main_context_iteration (NULL, TRUE);
}

static char *
read_state (Records *self)
{
    GtkTreeModel *model = gtk_tree_view_get_model (GTK_TREE_VIEW (ui_find (self->window, "records_view")));
    GtkTreeIter row;
    char *state = NULL;

    g_assert_true (gtk_tree_model_get_iter_first (model, &row));
    gtk_tree_model_get (model, &row, TOU_RECORD_COLUMN_STATE, &state, -1);
    return state;
}

/* Would catch: an approved application that goes on being called received. */
static void
test_review (Records *self, gconstpointer data)
{
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    put (self, "id-1", TOU_SUBMISSION_STATE_ACCEPTED, TRUE);
    present (self);
    before = read_state (self);
    tou_record_store_put_review_async (TOU_RECORD_STORE (self->fakes->store), "id-1",
                                       TOU_REVIEW_STATE_APPROVED, NULL, NULL);
    present (self);
    after = read_state (self);
    g_assert_cmpstr (before, ==, "Received by the service");
    g_assert_cmpstr (after, ==, "Approved");
}

/* Would catch: a column that nobody sees without scrolling to the side. */
static void
test_columns (Records *self, gconstpointer data)
{
    GtkWidget *view = ui_find (self->window, "records_view");
    GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view));

    put (self, "id-1", TOU_SUBMISSION_STATE_ACCEPTED, TRUE);
    present (self);
    ui_wait_for_frame (self->window);
    g_assert_cmpfloat (gtk_adjustment_get_upper (across), <=, gtk_adjustment_get_page_size (across));
}

static int
count_rows (Records *self)
{
    GtkTreeView *view = GTK_TREE_VIEW (ui_find (self->window, "records_view"));

    return gtk_tree_model_iter_n_children (gtk_tree_view_get_model (view), NULL);
}

/* The pages hold 40 records and then 400 each. Would catch: records that are lost or come twice where a page
 * ends. */
static void
test_pages (Records *self, gconstpointer data)
{
    static const int counts[] = { 39, 40, 41, 440, 441 };

    for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
        while (self->n_records < counts[i]) {
            g_autofree char *id = g_strdup_printf ("id-%d", self->n_records);

            put (self, id, TOU_SUBMISSION_STATE_ACCEPTED, TRUE);
        }
        present (self);
        g_assert_cmpint (count_rows (self), ==, counts[i]);
    }
}

static void
test_list_fails (Records *self, gconstpointer data)
{
    fake_script_fail (self->fakes->script, "list-records",
                      g_error_new (TOU_STORE_ERROR, TOU_STORE_ERROR_DAMAGED, "broken"));
    present (self);
    g_assert_true (is_mapped (self, "records_error_view"));
    g_assert_nonnull (strstr (read_code (self), "19999"));
}

#define ADD(name, test) g_test_add ("/records-window/" name, Records, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    ADD ("review", test_review);
    ADD ("columns", test_columns);
    ADD ("empty", test_empty);
    ADD ("shows", test_shows);
    ADD ("without-receipt", test_without_receipt);
    ADD ("damaged-record", test_damaged_record);
    ADD ("pages", test_pages);
    ADD ("list-fails", test_list_fails);
    return g_test_run ();
}
