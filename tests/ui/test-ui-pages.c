/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"
#include "tou-error-dialog.h"
#include "tou-word-wrap.h"

#include <gdk/gdkkeysyms.h>

/* Would catch: a first page that offers to register with nobody. */
static void
test_no_agency (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    g_assert_true (ui_is_shown (bench, "practice_button"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "open_profile_button")));
    g_assert_false (ui_is_shown (bench, "register_button"));
    ui_bench_add_agency (bench);
    g_assert_false (ui_is_shown (bench, "practice_button"));
    g_assert_true (ui_is_shown (bench, "register_button"));
    g_assert_cmpstr (ui_read (bench, "agency_label"), ==, "日本年金機構");
}

/* Would catch: "there is no agency" said for a moment to someone who has one. */
static void
test_not_known_yet (void)
{
    g_autoptr (TouTimeline) timeline = tou_timeline_new (8);
    TouWindow *window = tou_window_new (NULL, timeline);

    g_assert_false (gtk_widget_get_visible (ui_find (GTK_WIDGET (window), "no_agency_box")));
    g_assert_false (gtk_widget_get_visible (ui_find (GTK_WIDGET (window), "agency_box")));
    tou_window_set_agencies (window, NULL, NULL);
    g_assert_true (gtk_widget_get_visible (ui_find (GTK_WIDGET (window), "no_agency_box")));
    gtk_widget_destroy (GTK_WIDGET (window));
}

/* Would catch: a profile that was opened without a word, and a word that stays for ever. */
static void
test_agency_note (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_add_agency (bench);
    g_assert_false (ui_is_shown (bench, "agency_note"));
    tou_window_show_agency (bench->window, 0, "It was added.");
    g_assert_cmpstr (ui_read (bench, "agency_note"), ==, "It was added.");
    ui_press (bench, "register_button");
    ui_press (bench, "header_back_button");
    g_assert_true (ui_is_shown (bench, "register_button"));
    g_assert_false (ui_is_shown (bench, "agency_note"));
}

/* Would catch: a category that is not the one whose button is on. */
static void
test_category (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_CATEGORY);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_get (bench, "goods_radio")), TRUE);
    ui_press (bench, "register_button");
    g_assert_cmpint (tou_session_flow_get_category (bench->fakes->session), ==, TOU_CATEGORY_GOODS);
}

/* Would catch: a first page that Enter does not lead on from. */
static void
test_enter_goes_on (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_add_agency (bench);
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "construction_radio")));
    ui_press_key (bench, GDK_KEY_Return, 0);
    g_assert_true (ui_is_shown (bench, "proceed_button"));
}

/* Would catch: a button that does nothing and does not say why. */
static void
test_no_bidding (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_add_agency (bench);
    ui_press (bench, "bidding_button");
    g_assert_nonnull (strstr (ui_read (bench, "agency_note"), "In practice"));
    ui_press (bench, "register_button");
    ui_press (bench, "header_back_button");
    g_assert_false (ui_is_shown (bench, "agency_note"));
}

/* Manual 2.1 (3): would catch a menu that can be pressed before the date and time are there. */
static void
test_waits_for_time (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_script_hold (bench->fakes->script, "get-info");
    ui_bench_go (bench, TOU_PAGE_PROCESS_MENU);
    g_assert_false (gtk_widget_is_sensitive (ui_get (bench, "proceed_button")));
    g_assert_true (ui_is_shown (bench, "connecting_box"));
    g_assert_false (ui_is_shown (bench, "time_label"));

    fake_script_release (bench->fakes->script, "get-info");
    g_assert_true (gtk_widget_is_sensitive (ui_get (bench, "proceed_button")));
    g_assert_false (ui_is_shown (bench, "connecting_box"));
    g_assert_cmpuint (strlen (ui_read (bench, "time_label")), >, 0);
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "proceed_button")));
}

/* Would catch: a failure that leaves no way on, or stays on the page after the next attempt. */
static void
test_unreachable (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    GtkWidget *dialog;

    fake_script_fail (bench->fakes->script, "get-info",
                      g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE, "refused"));
    ui_bench_go (bench, TOU_PAGE_PROCESS_MENU);
    g_assert_nonnull (strstr (ui_read (bench, "failure_label"), "00005"));
    g_assert_false (gtk_widget_is_sensitive (ui_get (bench, "proceed_button")));
    dialog = ui_find_toplevel (TOU_TYPE_ERROR_DIALOG);
    g_assert_nonnull (dialog);
    gtk_dialog_response (GTK_DIALOG (dialog), GTK_RESPONSE_CLOSE);

    ui_press (bench, "retry_button");
    g_assert_true (gtk_widget_is_sensitive (ui_get (bench, "proceed_button")));
    g_assert_false (ui_is_shown (bench, "failure_label"));
}

/* Would catch: an answer for a page that is not on screen any more. */
static void
test_leaves_while_connecting (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_script_hold (bench->fakes->script, "get-info");
    ui_bench_go (bench, TOU_PAGE_PROCESS_MENU);
    ui_press (bench, "header_back_button");
    fake_script_release (bench->fakes->script, "get-info");
    g_assert_true (ui_is_shown (bench, "register_button"));
    g_assert_false (ui_is_shown (bench, "error_code_label"));
}

/* Would catch: a password that outlives a refusal, an ID that has to be typed again. */
static void
test_sign_in_refused (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_script_fail (bench->fakes->script, "sign-in", fake_problem_new (401, "30002", "unknown-user"));
    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_nonnull (strstr (ui_read (bench, "error_code_label"), "30002"));
    g_assert_cmpstr (ui_read (bench, "user_id_entry"), ==, FAKE_USER);
    g_assert_cmpstr (ui_read (bench, "password_entry"), ==, "");
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "password_entry")));

    ui_type (bench, "password_entry", FAKE_PASSWORD);
    ui_press (bench, "sign_in_button");
    g_assert_true (ui_is_shown (bench, "history_title"));
    g_assert_false (ui_is_shown (bench, "error_code_label"));
}

/* Would catch: a request with something that the service cannot take, or a fault that nobody sees. */
static void
test_sign_in_faults (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_SIGN_IN);
    ui_type (bench, "user_id_entry", "利用者");
    ui_press (bench, "sign_in_button");
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "sign-in"), ==, 0);
    g_assert_true (ui_is_shown (bench, "user_id_fault"));
    g_assert_true (ui_is_shown (bench, "password_fault"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "user_id_entry")));
    ui_type (bench, "user_id_entry", "user");
    g_assert_false (ui_is_shown (bench, "user_id_fault"));
}

/* Would catch: an input method left on, of which one learns only from a failed sign-in. */
static void
test_sign_in_marks_typing (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_SIGN_IN);
    ui_type (bench, "password_entry", "あ");
    g_assert_true (ui_is_shown (bench, "password_fault"));
    ui_type (bench, "password_entry", FAKE_PASSWORD);
    g_assert_false (ui_is_shown (bench, "password_fault"));
    gtk_widget_grab_focus (ui_get (bench, "user_id_entry"));
    ui_type (bench, "user_id_entry", "bid_01");
    g_assert_nonnull (strstr (ui_read (bench, "user_id_fault"), "“_”"));
    ui_type (bench, "user_id_entry", "ｂｉｄ０１　");
    g_assert_false (ui_is_shown (bench, "user_id_fault"));
    gtk_widget_grab_focus (ui_get (bench, "password_entry"));
    g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (ui_get (bench, "user_id_entry"))), ==, "bid01");
}

/* Would catch: a password that waits on a page that was left. */
static void
test_sign_in_left (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    GtkWidget *entry;

    ui_bench_go (bench, TOU_PAGE_SIGN_IN);
    ui_type (bench, "password_entry", FAKE_PASSWORD);
    entry = ui_get (bench, "password_entry");
    ui_press (bench, "header_back_button");
    g_assert_cmpstr (gtk_entry_get_text (GTK_ENTRY (entry)), ==, "");
}

static void
add_denial (UiBench *bench)
{
    TouApplication *application = tou_application_new ();

    application->state = TOU_REVIEW_STATE_DENIED;
    application->submitted_at_us = tou_clock_now_us (bench->fakes->clock);
    application->reception_number = g_strdup ("20261130-000002");
    application->reason = g_strdup ("一致しません。");
    fake_service_add_application (bench->fakes->service, application);
}

static GtkWidget *
get_nth (GtkWidget *container, guint n)
{
    g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (container));

    return g_list_nth_data (children, n);
}

/* @line: a row or the rule above it, the titles the first */
static const char *
read_cell (GtkWidget *list, guint line, guint column)
{
    return gtk_label_get_text (GTK_LABEL (get_nth (get_nth (list, line), column)));
}

/* Would catch: a denial without its reason, an empty history that looks like a failure. */
static void
test_history (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    GtkWidget *list;

    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_true (ui_is_shown (bench, "history_status"));
    g_assert_false (ui_is_shown (bench, "history_grid"));
    add_denial (bench);
    ui_press (bench, "refresh_button");
    list = ui_get (bench, "history_grid");
    g_assert_nonnull (strstr (ui_read (bench, "history_status"), "As of"));
    g_assert_cmpstr (read_cell (list, 3, 1), ==, "一致しません。");
    g_assert_cmpstr (read_cell (list, 2, 2), ==, "20261130-000002");
}

static TouApplication *
add_registration (UiBench *bench, TouReviewState state)
{
    TouApplication *application = tou_application_new ();

    application->operation = TOU_OPERATION_REGISTRATION;
    application->submission_id = g_strdup ("a");
    application->reception_number = g_strdup ("20261130-000001");
    application->state = state;
    application->submitted_at_us = FAKE_NOW_US;
    fake_service_add_application (bench->fakes->service, application);
    return application;
}

/* Would catch: a second application for what is applied for already, without a word. */
static void
test_applied_already (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    add_registration (bench, TOU_REVIEW_STATE_UNDER_REVIEW);
    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_nonnull (strstr (ui_read (bench, "register_hint"), "20261130-000001"));
    g_assert_nonnull (strstr (ui_read (bench, "register_hint"), "Under review"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "refresh_button")));
    ui_press (bench, "change_button");
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "20261130-000001"));
    ui_press (bench, "register_button");
    g_assert_null (form_find_dialog ());
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "Apply once more?"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "notice_button")));
    ui_press (bench, "notice_button");
    g_assert_nonnull (form_find_dialog ());
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a menu that goes on proposing the registration that was approved; a notice that says what is
 * no longer so. */
static void
test_approved_already (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    add_registration (bench, TOU_REVIEW_STATE_APPROVED);
    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_nonnull (strstr (ui_read (bench, "register_hint"), "is approved"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "change_button")));
    ui_press (bench, "register_button");
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "approved already"));
    fake_service_set_state (bench->fakes->service, "a", TOU_REVIEW_STATE_DENIED);
    ui_press (bench, "refresh_button");
    g_assert_nonnull (strstr (ui_read (bench, "register_hint"), "as a new user"));
    g_assert_false (ui_is_shown (bench, "notice_button"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "register_button")));
}

/* Would catch: the question left out for whoever is faster than the service. */
static void
test_pressed_before_the_history (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    add_registration (bench, TOU_REVIEW_STATE_UNDER_REVIEW);
    fake_script_hold (bench->fakes->script, "list-applications");
    ui_bench_go (bench, TOU_PAGE_MENU);
    ui_press (bench, "register_button");
    g_assert_null (form_find_dialog ());
    fake_script_release (bench->fakes->script, "list-applications");
    fake_turn_main_loop ();
    g_assert_null (form_find_dialog ());
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "Apply once more?"));
}

/* Would catch: a keyboard that a late answer moves after the user has acted. */
static void
test_late_history (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    add_registration (bench, TOU_REVIEW_STATE_APPROVED);
    fake_script_hold (bench->fakes->script, "list-applications");
    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "register_button")));
    ui_press (bench, "renew_button");
    fake_script_release (bench->fakes->script, "list-applications");
    fake_turn_main_loop ();
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "renew_button")));
}

static void
test_menu_takes_input (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "register_button")));
    g_assert_true (gtk_widget_is_sensitive (ui_get (bench, "change_button")));
    g_assert_true (gtk_widget_is_sensitive (ui_get (bench, "renew_button")));
}

/* @days: of the registered card from now */
static void
set_registered_card (UiBench *bench, int days)
{
    TouRegistration *registration = tou_registration_new ();

    registration->company = tou_company_new ();
    registration->contact = fake_contact_new ();
    registration->card_not_after_us = FAKE_NOW_US + days * G_TIME_SPAN_DAY + G_TIME_SPAN_HOUR;
    fake_service_set_registration (bench->fakes->service, registration);
}

/* Would catch: an expired card that hides the application with the new one, so that it is made twice. */
static void
test_applied_with_an_expired_card (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    set_registered_card (bench, -3);
    add_registration (bench, TOU_REVIEW_STATE_UNDER_REVIEW);
    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_nonnull (strstr (ui_read (bench, "register_hint"), "20261130-000001"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "refresh_button")));
    ui_press (bench, "register_button");
    g_assert_null (form_find_dialog ());
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "Apply once more?"));
}

/* Returns: (nullable): what the menu says of a registered card that is valid for @days */
static char *
read_card_line (int days)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    set_registered_card (bench, days);
    ui_bench_go (bench, TOU_PAGE_MENU);
    return ui_is_shown (bench, "card_label") ? g_strdup (ui_read (bench, "card_label")) : NULL;
}

/* Would catch: a card that ends without a word, a word too early, or one that does not say what then. */
static void
test_menu_counts_card_days (void)
{
    g_autofree char *early = read_card_line (106);
    g_autofree char *first = read_card_line (105);
    g_autofree char *last = read_card_line (0);
    g_autofree char *over = read_card_line (-1);

    g_assert_null (early);
    g_assert_nonnull (strstr (first, "105 more days, until 2027/03/08"));
    g_assert_nonnull (strstr (first, "new registration"));
    g_assert_nonnull (strstr (last, "last day"));
    g_assert_nonnull (strstr (over, "expired on 2026/11/22"));
    g_assert_nonnull (strstr (over, "no longer be renewed"));
}

static void
test_sign_out (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_MENU);
    ui_press (bench, "sign_out_button");
    g_assert_true (ui_is_shown (bench, "construction_radio"));
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "sign-out"), ==, 1);
}

/* Would catch: ICカー at the end of a line and ド at the beginning of the next. */
static void
test_word_wrap (void)
{
    static const char text[] = "登録されているICカードを新しいICカードに更新します。";
    GtkWidget *label = g_object_ref_sink (gtk_label_new (text));
    PangoLayout *layout;
    const char *word = strstr (text, "ICカード");
    int start = (int) (word - text), end = start + (int) strlen ("ICカード");

    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    tou_word_wrap_set (label);
    gtk_label_set_text (GTK_LABEL (label), text);
    layout = gtk_label_get_layout (GTK_LABEL (label));
    for (int width = 80; width < 300; width += 7) {
        pango_layout_set_width (layout, width * PANGO_SCALE);
        for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next) {
            int first = ((const PangoLayoutLine *) line->data)->start_index;

            g_assert_false (first > start && first < end);
        }
    }
    g_object_unref (label);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/word-wrap", test_word_wrap);
    g_test_add_func ("/ui/category/no-agency", test_no_agency);
    g_test_add_func ("/ui/category/not-known-yet", test_not_known_yet);
    g_test_add_func ("/ui/category/agency-note", test_agency_note);
    g_test_add_func ("/ui/category/enter-goes-on", test_enter_goes_on);
    g_test_add_func ("/ui/category/no-bidding", test_no_bidding);
    g_test_add_func ("/ui/category/chosen", test_category);
    g_test_add_func ("/ui/process-menu/waits-for-time", test_waits_for_time);
    g_test_add_func ("/ui/process-menu/unreachable", test_unreachable);
    g_test_add_func ("/ui/process-menu/left-while-connecting", test_leaves_while_connecting);
    g_test_add_func ("/ui/sign-in/refused", test_sign_in_refused);
    g_test_add_func ("/ui/sign-in/faults", test_sign_in_faults);
    g_test_add_func ("/ui/sign-in/marks-typing", test_sign_in_marks_typing);
    g_test_add_func ("/ui/sign-in/left", test_sign_in_left);
    g_test_add_func ("/ui/menu/history", test_history);
    g_test_add_func ("/ui/menu/card-days", test_menu_counts_card_days);
    g_test_add_func ("/ui/menu/applied-already", test_applied_already);
    g_test_add_func ("/ui/menu/approved-already", test_approved_already);
    g_test_add_func ("/ui/menu/pressed-before-the-history", test_pressed_before_the_history);
    g_test_add_func ("/ui/menu/late-history", test_late_history);
    g_test_add_func ("/ui/menu/applied-with-an-expired-card", test_applied_with_an_expired_card);
    g_test_add_func ("/ui/menu/takes-input", test_menu_takes_input);
    g_test_add_func ("/ui/menu/sign-out", test_sign_out);
    return g_test_run ();
}
