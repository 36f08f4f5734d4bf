/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-practice.h"
#include "tou-error-dialog.h"
#include "tou-page-table.h"
#include "tou-practice-button.h"
#include "tou-practice-panel.h"
#include "ui-tools.h"

#include <gdk/gdkkeysyms.h>

/* Would catch: a choice made before its profile is there that is lost, or makes the user press again. */
static void
test_choice_waits (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    const char *names[] = { "練習調達機関", NULL };

    tou_window_set_agencies (bench->window, names, NULL);
    ui_press (bench, "register_button");
    g_assert_true (ui_is_shown (bench, "wait_label"));
    g_assert_false (gtk_widget_is_sensitive (ui_get (bench, "register_button")));
    ui_bench_add_agency (bench);
    g_assert_true (ui_is_shown (bench, "proceed_button"));
}

/* Would catch: a first page that waits for ever for an agency that failed. */
static void
test_choice_fails (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (GError) error = fake_problem_new (500, "40003", "unexpected");
    const char *names[] = { "練習調達機関", NULL };

    tou_window_set_agencies (bench->window, names, NULL);
    ui_press (bench, "register_button");
    tou_window_show_error (bench->window, error);
    g_assert_true (gtk_widget_is_sensitive (ui_get (bench, "register_button")));
    ui_press (bench, "error_close_button");
    g_assert_false (ui_is_shown (bench, "error_code_label"));
}

/* Would catch: screens that one leaves by mouse alone. */
static void
test_back_by_key (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_SIGN_IN);
    ui_press_key (bench, GDK_KEY_Escape, 0);
    g_assert_true (ui_is_shown (bench, "proceed_button"));
    ui_press_key (bench, GDK_KEY_Left, GDK_MOD1_MASK);
    g_assert_true (ui_is_shown (bench, "construction_radio"));
    g_assert_false (ui_is_shown (bench, "header_back_button"));
}

/* Would catch: the generic picture in a task bar until the first frame is painted. */
static void
test_icon_from_the_start (void)
{
    g_autoptr (TouTimeline) timeline = tou_timeline_new (1);
    TouWindow *window = tou_window_new (NULL, timeline);
    GList *icons = gtk_window_get_default_icon_list ();

    g_assert_cmpuint (g_list_length (icons), ==, 5);
    g_list_free (icons);
    gtk_widget_destroy (GTK_WIDGET (window));
}

static void
collect_ids (GtkWidget *widget, gpointer data)
{
    const char *id = gtk_buildable_get_name (GTK_BUILDABLE (widget));

    if (id != NULL && !g_str_has_prefix (id, "___"))
        g_assert_cmpstr (atk_object_get_accessible_id (gtk_widget_get_accessible (widget)), ==, id);
    if (GTK_IS_ENTRY (widget) && gtk_widget_get_visible (widget))
        g_ptr_array_add (data, widget);
    if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), collect_ids, data);
}

static void
collect_mnemonics (GtkWidget *widget, gpointer data)
{
    guint key;

    if (!gtk_widget_get_mapped (widget))
        return;
    if (GTK_IS_LABEL (widget)) {
        key = gtk_label_get_mnemonic_keyval (GTK_LABEL (widget));
        if (key != GDK_KEY_VoidSymbol && !g_hash_table_add (data, GUINT_TO_POINTER (key)))
            g_error ("Mnemonic of “%s” is there twice", gtk_label_get_label (GTK_LABEL (widget)));
    }
    if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), collect_mnemonics, data);
}

static void
check_entry (GtkWidget *entry)
{
    g_autoptr (GList) labels = gtk_widget_list_mnemonic_labels (entry);

    g_assert_nonnull (labels);
    g_assert_cmpuint (gtk_label_get_mnemonic_keyval (GTK_LABEL (labels->data)), !=, GDK_KEY_VoidSymbol);
}

/* Would catch: a widget that tests and screen readers cannot find, an entry without a label, a mnemonic that
 * leads to two places. */
static void
test_accessible (gconstpointer data)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (GPtrArray) entries = g_ptr_array_new ();
    g_autoptr (GHashTable) keys = g_hash_table_new (NULL, NULL);

    ui_bench_go (bench, GPOINTER_TO_UINT (data));
    collect_ids (GTK_WIDGET (bench->window), entries);
    g_ptr_array_foreach (entries, (GFunc) (void (*) (void)) check_entry, NULL);
    collect_mnemonics (GTK_WIDGET (bench->window), keys);
    g_assert_cmpuint (g_hash_table_size (keys), >, 0);
    g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (bench->window)));
}

static void
count (guint *n)
{
    (*n)++;
}

/* Would catch: a screen in practice that looks like the real thing, a panel that shows other cards than there
 * are. */
static void
test_practice (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (FakePractice) practice = fake_practice_new ();
    guint n_wanted = 0;
    GtkWidget *panel;

    tou_window_set_practice (bench->window, NULL);
    g_signal_connect_swapped (bench->window, "agency-wanted", G_CALLBACK (count), &n_wanted);
    ui_press (bench, "practice_panel_button");
    g_assert_cmpuint (n_wanted, ==, 1);
    g_assert_null (ui_find_toplevel (TOU_TYPE_PRACTICE_PANEL));
    tou_window_set_practice (bench->window, TOU_PRACTICE_CONTROL (practice));
    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_true (ui_is_shown (bench, "practice_label"));

    panel = ui_find_toplevel (TOU_TYPE_PRACTICE_PANEL);
    g_assert_true (gtk_widget_get_visible (panel));
    g_assert_true (gtk_widget_get_visible (ui_find (panel, "reader_remove_button")));
    gtk_button_clicked (GTK_BUTTON (ui_find (panel, "reader_remove_button")));
    fake_turn_main_loop ();
    g_assert_false (gtk_widget_get_visible (ui_find (panel, "reader_remove_button")));
    gtk_button_clicked (GTK_BUTTON (ui_find (panel, "reader_insert_button")));
    fake_turn_main_loop ();
    g_assert_true (gtk_widget_get_visible (ui_find (panel, "reader_remove_button")));
    ui_press_key (bench, GDK_KEY_F9, 0);
    g_assert_false (gtk_widget_get_visible (panel));
}

/* Would catch: a dialog that asks for a card and bars the way to the practice cards. */
static void
test_panel_from_dialog (void)
{
    g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);
    g_autoptr (FakePractice) practice = fake_practice_new ();
    g_autoptr (TouTimeline) timeline = tou_timeline_new (8);
    g_autoptr (GError) error = NULL;
    TouWindow *window;
    GtkWidget *dialog, *button, *panel;

    g_application_set_default (application);
    g_assert_true (g_application_register (application, NULL, &error));
    window = tou_window_new (application, timeline);
    dialog = gtk_dialog_new_with_buttons ("", GTK_WINDOW (window), GTK_DIALOG_MODAL, NULL, NULL);
    button = g_object_ref_sink (g_object_new (TOU_TYPE_PRACTICE_BUTTON, NULL));
    g_assert_false (gtk_widget_get_visible (button));
    g_object_unref (button);

    tou_window_set_practice (window, TOU_PRACTICE_CONTROL (practice));
    gtk_widget_show (GTK_WIDGET (window));
    button = g_object_new (TOU_TYPE_PRACTICE_BUTTON, NULL);
    gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), button);
    gtk_widget_show (dialog);
    g_assert_true (gtk_widget_get_visible (button));
    g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), !=, "");
    gtk_button_clicked (GTK_BUTTON (button));
    fake_turn_main_loop ();
    panel = ui_find_toplevel (TOU_TYPE_PRACTICE_PANEL);
    g_assert_true (gtk_widget_get_visible (panel));
    g_assert_true (gtk_window_get_group (GTK_WINDOW (panel)) != gtk_window_get_group (GTK_WINDOW (dialog)));

    gtk_widget_destroy (dialog);
    gtk_widget_destroy (GTK_WIDGET (window));
    g_assert_null (ui_find_toplevel (TOU_TYPE_PRACTICE_PANEL));
    g_application_set_default (NULL);
}

/* Would catch: a practice folder thrown away without a word, or a button for it where it makes no sense. */
static void
test_error_dialogs (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (GError) pin = g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_WRONG, "wrong");
    g_autoptr (GError) damaged = g_error_new_literal (TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_DAMAGED,
                                                      "damaged");
    guint n_renewals = 0;
    GtkWidget *dialog;

    g_signal_connect_swapped (bench->window, "practice-renewal-requested", G_CALLBACK (count), &n_renewals);
    tou_window_show_error (bench->window, pin);
    dialog = ui_find_toplevel (TOU_TYPE_ERROR_DIALOG);
    g_assert_nonnull (dialog);
    g_assert_nonnull (
        strstr (gtk_label_get_text (GTK_LABEL (ui_find (dialog, "error_code_label"))), "03002"));
    g_assert_false (gtk_widget_get_visible (ui_find (dialog, "error_renew_button")));
    gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CLOSE);
    g_assert_null (ui_find_toplevel (TOU_TYPE_ERROR_DIALOG));

    tou_window_show_error (bench->window, damaged);
    dialog = ui_find_toplevel (TOU_TYPE_ERROR_DIALOG);
    g_assert_nonnull (dialog);
    g_assert_true (gtk_widget_get_visible (ui_find (dialog, "error_renew_button")));
    g_assert_cmpuint (n_renewals, ==, 0);
    gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_APPLY);
    g_assert_cmpuint (n_renewals, ==, 1);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/window/icon-from-the-start", test_icon_from_the_start); /* first: it lasts */
    g_test_add_func ("/ui/window/choice-waits", test_choice_waits);
    g_test_add_func ("/ui/window/choice-fails", test_choice_fails);
    g_test_add_func ("/ui/window/back-by-key", test_back_by_key);
    g_test_add_func ("/ui/window/practice", test_practice);
    g_test_add_func ("/ui/window/panel-from-dialog", test_panel_from_dialog);
    g_test_add_func ("/ui/window/error-dialogs", test_error_dialogs);
    for (guint page = TOU_PAGE_CATEGORY; page <= TOU_PAGE_MENU; page++) {
        g_autofree char *path = g_strdup_printf ("/ui/accessible/%s", tou_page_table_get (page)->id);

        g_test_add_data_func (path, GUINT_TO_POINTER (page), test_accessible);
    }
    return g_test_run ();
}
