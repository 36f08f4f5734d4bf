/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"
#include "tou-card-access.h"
#include "tou-error-dialog.h"
#include "tou-error-list-window.h"
#include "tou-registration-service.h"

#include <string.h>

static GtkWidget *
get_list (void)
{
    GtkWidget *list = ui_find_toplevel (TOU_TYPE_ERROR_LIST_WINDOW);

    g_assert_nonnull (list);
    return list;
}

static guint
count_rows (void)
{
    GtkListBox *box = GTK_LIST_BOX (ui_find (get_list (), "error_code_list"));
    guint n = 0;

    for (int i = 0; gtk_list_box_get_row_at_index (box, i) != NULL; i++)
        n += gtk_widget_get_child_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (box, i)));
    return n;
}

static const char *
read_text (void)
{
    return gtk_label_get_text (GTK_LABEL (ui_find (get_list (), "error_text_label")));
}

static void
search (const char *text)
{
    GtkWidget *entry = ui_find (get_list (), "error_search_entry");

    gtk_entry_set_text (GTK_ENTRY (entry), text);
    g_signal_emit_by_name (entry, "search-changed");
}

static void
open_list (UiBench *bench)
{
    tou_error_list_window_present (GTK_WINDOW (bench->window), NULL);
}

/* Would catch: a search that finds by one of code, message, cause and remedy only, or not by full-width
 * digits as a Japanese keyboard gives them. */
static void
test_search (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    open_list (bench);
    g_assert_cmpuint (count_rows (), ==, 28);
    search ("０３００２");
    g_assert_cmpuint (count_rows (), ==, 1);
    g_assert_true (g_str_has_prefix (read_text (), "03002"));
    g_assert_nonnull (strstr (read_text (), "The card is locked"));
    search ("reader LAMP");
    g_assert_cmpuint (count_rows (), ==, 1);
    g_assert_true (g_str_has_prefix (read_text (), "03001"));
    search ("300");
    g_assert_cmpuint (count_rows (), ==, 10);
    search ("41234");
    g_assert_true (g_str_has_prefix (read_text (), "49999"));
    search ("");
    g_assert_cmpuint (count_rows (), ==, 28);
}

/* Would catch: an empty page in answer to a search without a result. */
static void
test_nothing_found (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    open_list (bench);
    search ("xyzzy");
    g_assert_cmpuint (count_rows (), ==, 0);
    g_assert_true (gtk_widget_get_mapped (ui_find (get_list (), "error_none_label")));
    g_assert_cmpstr (read_text (), ==, "");
    search ("01006");
    g_assert_true (g_str_has_prefix (read_text (), "01006"));
}

/* Would catch: an error on screen that leads to another cause than the one that happened. */
static void
test_from_error (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (GError) error = g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_LOCKED, "test");
    GtkWidget *dialog;
    const char *locked, *wrong;

    tou_window_show_error (bench->window, error);
    dialog = ui_find_toplevel (TOU_TYPE_ERROR_DIALOG);
    gtk_button_clicked (GTK_BUTTON (ui_find (dialog, "error_about_button")));
    locked = strstr (read_text (), "The card is locked, because");
    wrong = strstr (read_text (), "The PIN is wrong.");
    g_assert_true (locked != NULL && wrong != NULL && locked < wrong);
    gtk_widget_destroy (dialog);
}

static void
assert_selected_in_sight (void)
{
    GtkWidget *scroller = ui_find (get_list (), "error_code_scroller");
    GtkListBox *box = GTK_LIST_BOX (ui_find (get_list (), "error_code_list"));
    int top;

    g_assert_true (gtk_widget_translate_coordinates (GTK_WIDGET (gtk_list_box_get_selected_row (box)),
                                                     scroller, 0, 0, NULL, &top));
    g_assert_cmpint (top, >=, 0);
    g_assert_cmpint (top, <, gtk_widget_get_allocated_height (scroller));
}

/* Would catch: a help that begins at its first row while an error is on screen, or at an error that is gone.
 */
static void
test_key_in_the_window (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (GError) error = g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN,
                                                    "test");

    tou_window_show_error (bench->window, error);
    ui_press_key (bench, GDK_KEY_F1, 0);
    g_assert_true (g_str_has_prefix (read_text (), "30004"));
    ui_wait_for_frame (get_list ());
    assert_selected_in_sight ();
    ui_press (bench, "error_close_button");
    ui_press_key (bench, GDK_KEY_F1, 0);
    g_assert_true (g_str_has_prefix (read_text (), "00005"));
}

/* The dialog keeps its focus, and the list can be used beside it. Would catch: a key that does nothing where
 * an error is most likely. */
static void
test_key_in_the_pin_dialog (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_open_dialog (bench);
    ui_press_key_in (form_find_dialog (), GDK_KEY_F1, 0);
    g_assert_true (g_str_has_prefix (read_text (), "00005"));
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
    ui_press_key_in (form_find_dialog (), GDK_KEY_F1, 0);
    g_assert_true (g_str_has_prefix (read_text (), "03002"));
    g_assert_nonnull (strstr (read_text (), "The PIN is wrong."));
    g_assert_true (gtk_window_get_group (GTK_WINDOW (get_list ()))
                   != gtk_window_get_group (GTK_WINDOW (form_find_dialog ())));
    ui_press_key_in (get_list (), GDK_KEY_Escape, 0);
    g_assert_false (gtk_widget_get_mapped (get_list ()));
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a second list for each call, and one that outlives the window. */
static void
test_one_list (void)
{
    UiBench *bench = ui_bench_new ();
    TouErrorListWindow *first = tou_error_list_window_present (GTK_WINDOW (bench->window), NULL);

    gtk_window_close (GTK_WINDOW (first));
    fake_turn_main_loop ();
    g_assert_true (tou_error_list_window_present (GTK_WINDOW (bench->window), NULL) == first);
    ui_bench_free (bench);
    g_assert_null (ui_find_toplevel (TOU_TYPE_ERROR_LIST_WINDOW));
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/error-list/search", test_search);
    g_test_add_func ("/error-list/nothing-found", test_nothing_found);
    g_test_add_func ("/error-list/from-error", test_from_error);
    g_test_add_func ("/error-list/key-in-the-window", test_key_in_the_window);
    g_test_add_func ("/error-list/key-in-the-pin-dialog", test_key_in_the_pin_dialog);
    g_test_add_func ("/error-list/one-list", test_one_list);
    return g_test_run ();
}
