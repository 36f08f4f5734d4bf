/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"

#include "tou-password-dialog.h"
#include "tou-renewal-dialog.h"
#include "tou-session-clock.h"

#define MINUTE_US G_TIME_SPAN_MINUTE

/* Returns: (transfer none) (nullable): on screen */
static GtkWidget *
find_dialog (void)
{
    g_autoptr (GList) windows = gtk_window_list_toplevels ();

    for (GList *l = windows; l != NULL; l = l->next)
        if (TOU_IS_PASSWORD_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
            return l->data;
    return NULL;
}

static GtkWidget *
get (const char *id)
{
    g_assert_nonnull (find_dialog ());
    g_assert_nonnull (ui_find (find_dialog (), id));
    return ui_find (find_dialog (), id);
}

static void
answer (int response)
{
    GtkWidget *button = gtk_dialog_get_widget_for_response (GTK_DIALOG (find_dialog ()), response);

    g_assert_true (gtk_widget_is_sensitive (button));
    gtk_button_clicked (GTK_BUTTON (button));
    fake_turn_main_loop ();
}

static void
give_password (const char *password)
{
    gtk_entry_set_text (GTK_ENTRY (get ("password_entry")), password);
    answer (GTK_RESPONSE_OK);
}

static void
end_session (UiBench *bench, const char *call)
{
    fake_script_fail (bench->fakes->script, call, fake_session_over_new (call));
}

static guint
count (UiBench *bench, const char *call)
{
    return fake_script_count (bench->fakes->script, call);
}

/* Would catch: eleven actions and a second PIN for a session that ended while the form was filled in. */
static void
test_submit (gconstpointer call)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    end_session (bench, call);
    ui_press (bench, "submit_button");
    g_assert_nonnull (find_dialog ());
    g_assert_false (ui_is_shown (bench, "error_code_label"));
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get ("user_id_label"))), ==, FAKE_USER);
    g_assert_true (gtk_widget_is_focus (get ("password_entry")));
    form_assert_mnemonics (find_dialog ());
    give_password (FAKE_PASSWORD);
    g_assert_null (find_dialog ());
    g_assert_true (ui_is_shown (bench, "print_button"));
    g_assert_cmpuint (count (bench, "unlock"), ==, 1);
    g_assert_cmpuint (fake_service_count_accepted (bench->fakes->service), ==, 1);
}

/* Would catch: a form, a card or the way back that a wrong password costs; a password that stays. */
static void
test_wrong_password (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    end_session (bench, "nonce");
    ui_press (bench, "submit_button");
    give_password ("wrong");
    g_assert_true (gtk_widget_get_mapped (get ("error_code_label")));
    g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (get ("error_code_label"))), "30002"));
    g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (get ("password_entry"))), ==, "");
    g_assert_true (gtk_widget_is_focus (get ("password_entry")));
    g_assert_cmpint (tou_request_flow_get_state (bench->fakes->flow), ==, TOU_REQUEST_STATE_CONFIRMING);
    answer (GTK_RESPONSE_OK);
    g_assert_true (gtk_widget_get_mapped (get ("password_fault")));
    g_assert_cmpuint (count (bench, "sign-in"), ==, 2);
    give_password (FAKE_PASSWORD);
    g_assert_true (ui_is_shown (bench, "print_button"));
    g_assert_cmpuint (count (bench, "unlock"), ==, 1);
}

static void
test_cancelled (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    end_session (bench, "nonce");
    ui_press (bench, "submit_button");
    answer (GTK_RESPONSE_CANCEL);
    g_assert_null (find_dialog ());
    g_assert_true (ui_is_shown (bench, "submit_button"));
    g_assert_nonnull (strstr (ui_read (bench, "session_clock"), "is over"));
    ui_press (bench, "back_button");
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "総務部調達課");
    ui_press (bench, "confirm_button");
    give_password (FAKE_PASSWORD);
    ui_press (bench, "submit_button");
    g_assert_true (ui_is_shown (bench, "print_button"));
    g_assert_cmpuint (count (bench, "unlock"), ==, 1);
}

/* What was sent and not answered is asked for in the new session, and not sent as another. */
static void
test_uncertain (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_service_lose_answer (bench->fakes->service, TRUE);
    ui_press (bench, "submit_button");
    end_session (bench, "get-submission");
    ui_press (bench, "ask_button");
    give_password (FAKE_PASSWORD);
    g_assert_true (ui_is_shown (bench, "print_button"));
    g_assert_cmpuint (fake_service_get_sent (bench->fakes->service)->len, ==, 1);
}

/* The session is for the category of the work, and then for the other one. */
static void
test_second_category (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    ui_press (bench, "submit_button");
    end_session (bench, "change-category");
    ui_press (bench, "other_button");
    give_password (FAKE_PASSWORD);
    g_assert_true (ui_is_shown (bench, "submit_button"));
    g_assert_cmpint (tou_session_flow_get_category (bench->fakes->session), ==, TOU_CATEGORY_GOODS);
    g_assert_cmpuint (count (bench, "unlock"), ==, 1);
    end_session (bench, "nonce");
    ui_press (bench, "submit_button");
    give_password (FAKE_PASSWORD);
    g_assert_true (ui_is_shown (bench, "print_button"));
    g_assert_cmpint (tou_session_flow_get_category (bench->fakes->session), ==, TOU_CATEGORY_GOODS);
}

/* Would catch: a menu that reads for ever because nobody is there to ask. */
static void
test_menu (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    end_session (bench, "nonce");
    ui_press (bench, "submit_button");
    answer (GTK_RESPONSE_CANCEL);
    ui_press (bench, "back_button");
    ui_press (bench, "form_back_button");
    g_assert_true (ui_is_shown (bench, "history_status"));
    give_password (FAKE_PASSWORD);
    g_assert_true (ui_is_shown (bench, "register_button"));
    g_assert_nonnull (strstr (ui_read (bench, "history_status"), "yet"));
    g_assert_nonnull (strstr (ui_read (bench, "session_label"), "30 minutes"));
}

static void
test_refresh (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_MENU);
    end_session (bench, "list-applications");
    ui_press (bench, "refresh_button");
    give_password (FAKE_PASSWORD);
    g_assert_true (ui_is_shown (bench, "register_button"));
    g_assert_nonnull (strstr (ui_read (bench, "history_status"), "yet"));
    end_session (bench, "list-applications");
    ui_press (bench, "refresh_button");
    answer (GTK_RESPONSE_CANCEL);
    g_assert_true (ui_is_shown (bench, "sign_in_button"));
    g_assert_cmpstr (ui_read (bench, "user_id_entry"), ==, FAKE_USER);
}

/* What was pressed goes on. */
static void
test_change (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_bench_register (bench->fakes);
    ui_bench_go (bench, TOU_PAGE_MENU);
    end_session (bench, "get-registration");
    ui_press (bench, "change_button");
    give_password (FAKE_PASSWORD);
    g_assert_nonnull (form_find_dialog ());
    form_answer (GTK_RESPONSE_CANCEL);
}

static void
test_renewal (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    GtkWidget *dialog;

    fake_bench_register (bench->fakes);
    ui_bench_go (bench, TOU_PAGE_MENU);
    end_session (bench, "get-registration");
    ui_press (bench, "renew_button");
    give_password (FAKE_PASSWORD);
    dialog = ui_find_toplevel (TOU_TYPE_RENEWAL_DIALOG);
    g_assert_nonnull (dialog);
    g_assert_true (gtk_widget_get_mapped (dialog));
    gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CANCEL);
    g_assert_true (ui_is_shown (bench, "renew_button"));
}

static void
take_words (AtkObject *accessible, const char *words, gpointer data)
{
    GPtrArray *heard = data;

    g_ptr_array_add (heard, g_strdup (words));
}

static gboolean
stands_out (UiBench *bench)
{
    return gtk_style_context_has_class (gtk_widget_get_style_context (ui_get (bench, "session_clock")),
                                        "tou-fault");
}

/* The service's clock goes on; so does the one on screen when it is looked at next. */
static void
pass (UiBench *bench, gint64 minutes)
{
    GtkWidget *clock = ui_get (bench, "session_clock");

    tou_clock_set_service_time (bench->fakes->clock,
                                tou_clock_now_us (bench->fakes->clock) + minutes * MINUTE_US);
    gtk_widget_hide (clock);
    gtk_widget_show (clock);
}

static void
check_clock (UiBench *bench)
{
    g_autoptr (GPtrArray) heard = g_ptr_array_new_with_free_func (g_free);
    gint64 now_us = tou_clock_now_us (bench->fakes->clock);

    g_signal_connect (gtk_widget_get_accessible (ui_get (bench, "session_clock")), "announcement",
                      G_CALLBACK (take_words), heard);
    g_assert_cmpstr (ui_read (bench, "session_clock"), ==, "30 minutes left in this session");
    g_assert_false (stands_out (bench));
    pass (bench, 28);
    g_assert_nonnull (strstr (ui_read (bench, "session_clock"), "2 minutes left in this session; then"));
    g_assert_true (stands_out (bench));
    pass (bench, 1);
    g_assert_cmpuint (heard->len, ==, 1);
    g_assert_cmpstr (heard->pdata[0], ==,
                     "2 minutes left in this session; then the password is asked for once more.");
    pass (bench, 1);
    g_assert_nonnull (strstr (ui_read (bench, "session_clock"), "is over"));
    g_assert_cmpuint (heard->len, ==, 2);
    tou_clock_set_service_time (bench->fakes->clock, now_us);
    pass (bench, 0);
    g_assert_false (stands_out (bench));
    g_signal_handlers_disconnect_by_data (gtk_widget_get_accessible (ui_get (bench, "session_clock")), heard);
}

/* Would catch: a session that ends without a word while one types, or reads. */
static void
test_clock (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    check_clock (bench);
    form_fill (bench);
    check_clock (bench);
}

/* Would catch: the PIN dialog where the page says that the password is next. A password typed there is a
 * wrong PIN. */
static void
test_form (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    form_fill (bench);
    ui_press (bench, "back_button");
    pass (bench, 31);
    fake_cards_lose (bench->fakes->cards);
    fake_turn_main_loop ();
    ui_press (bench, "confirm_button");
    g_assert_nonnull (find_dialog ());
    g_assert_null (form_find_dialog ());
    /* Every session of the fake service ends at one and the same instant. */
    pass (bench, -31);
    give_password (FAKE_PASSWORD);
    g_assert_null (find_dialog ());
    g_assert_nonnull (form_find_dialog ());
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_data_func ("/session-over/submit/nonce", "nonce", test_submit);
    g_test_add_data_func ("/session-over/submit/submit", "submit", test_submit);
    g_test_add_func ("/session-over/wrong-password", test_wrong_password);
    g_test_add_func ("/session-over/cancelled", test_cancelled);
    g_test_add_func ("/session-over/uncertain", test_uncertain);
    g_test_add_func ("/session-over/second-category", test_second_category);
    g_test_add_func ("/session-over/menu", test_menu);
    g_test_add_func ("/session-over/refresh", test_refresh);
    g_test_add_func ("/session-over/change", test_change);
    g_test_add_func ("/session-over/renewal", test_renewal);
    g_test_add_func ("/session-over/clock", test_clock);
    g_test_add_func ("/session-over/form", test_form);
    return g_test_run ();
}
