/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"

#include <gdk/gdkkeysyms.h>

static TouRequestState
get_state (UiBench *bench)
{
    return tou_request_flow_get_state (bench->fakes->change);
}

static void
go_to_form (UiBench *bench)
{
    ui_bench_go (bench, TOU_PAGE_MENU);
    ui_press (bench, "change_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_EDITING);
}

/* The text of a label anywhere below @widget. */
static void
collect_texts (GtkWidget *widget, gpointer data)
{
    if (GTK_IS_LABEL (widget))
        g_string_append_printf (data, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
    else if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), collect_texts, data);
}

static gboolean
says (UiBench *bench, const char *id, const char *text)
{
    g_autoptr (GString) texts = g_string_new (NULL);

    collect_texts (ui_get (bench, id), texts);
    return strstr (texts->str, text) != NULL;
}

/* Would catch: an empty form, numbers that cannot be typed, a company without its number or its note. */
static void
test_form (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouRegistration *registration = fake_bench_register (bench->fakes);

    tou_set_text (&registration->registered_company->phone, "03-1111-2222");
    go_to_form (bench);
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "company_phone_entry")));
    g_assert_cmpstr (ui_read (bench, "company_phone_entry"), ==, "03-1111-2222");
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "総務部調達課");
    g_assert_true (says (bench, "company_box", "number of " FAKE_USER));
    g_assert_true (says (bench, "company_box", "newest qualification data"));
    g_assert_false (says (bench, "company_box", "Main telephone"));
}

/* Would catch: a registration's form with the change's fields on it. */
static void
test_registration_has_no_numbers (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    g_assert_false (ui_is_shown (bench, "company_phone_entry"));
    g_assert_true (says (bench, "company_box", "Main telephone"));
    g_assert_false (says (bench, "company_box", "newest qualification data"));
}

/* Would catch: a confirmation that does not say what is changed, or says that something is that is not. */
static void
test_side_by_side (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouRegistration *registration = fake_bench_register (bench->fakes);

    tou_set_text (&registration->company->representative_name, "練習　次郎");
    go_to_form (bench);
    ui_type (bench, "company_phone_entry", "03-9999-8888");
    ui_type (bench, "contact_name_entry", "契約課");
    ui_press (bench, "confirm_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CONFIRMING);
    g_assert_true (says (bench, "change_list", "総務部調達課"));
    g_assert_true (says (bench, "change_list", "契約課"));
    g_assert_true (says (bench, "change_list", "03-5344-1100"));
    g_assert_true (says (bench, "change_list", "03-9999-8888"));
    g_assert_true (says (bench, "change_list", "練習　次郎"));
    g_assert_false (says (bench, "change_list", "練習　花子"));
    g_assert_true (says (bench, "facts_box", "練習　花子"));
    g_assert_true (says (bench, "facts_box", "newest qualification data"));

    ui_press (bench, "submit_button");
    g_assert_cmpstr (ui_read (bench, "number_label"), ==, "R-0001");
    g_assert_nonnull (strstr (ui_read (bench, "complete_title"), "change"));
    g_assert_nonnull (strstr (ui_read (bench, "next_label"), "no review"));
}

/* Would catch: a signature for nothing, or a button that does nothing and says nothing. */
static void
test_unchanged (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_bench_register (bench->fakes);
    go_to_form (bench);
    ui_press (bench, "confirm_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_EDITING);
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "nothing to change"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "company_phone_entry")));
    ui_type (bench, "contact_name_entry", "契約課");
    g_assert_false (ui_is_shown (bench, "status_label"));
}

/* Would catch: a wrong field that has to be searched for, typed text that is lost over it. */
static void
test_faults (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_bench_register (bench->fakes);
    go_to_form (bench);
    ui_type (bench, "contact_name_entry", "契約課");
    ui_type (bench, "company_fax_entry", "");
    ui_press (bench, "confirm_button");
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "company_fax_entry")));
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "契約課");
    /* FAX なし, one press away; there are two such buttons, the company's first. */
    ui_press (bench, "no_fax_button");
    g_assert_cmpstr (ui_read (bench, "company_fax_entry"), ==, TOU_FIELD_NO_FAX);
}

/* Would catch: a PIN asked for when there is nothing to change, an error code where a way on is needed. */
static void
test_not_registered (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_MENU);
    ui_press (bench, "change_button");
    g_assert_null (form_find_dialog ());
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "register first"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "notice_button")));
    g_assert_false (ui_is_shown (bench, "error_code_label"));
    ui_press_key (bench, GDK_KEY_Escape, 0);
    g_assert_false (ui_is_shown (bench, "notice_label"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "change_button")));
    ui_press (bench, "change_button");
    ui_press (bench, "notice_button");
    g_assert_nonnull (form_find_dialog ());
    form_answer (GTK_RESPONSE_CANCEL);
    g_assert_false (ui_is_shown (bench, "notice_label"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "register_button")));
}

/* Would catch: a second question while one is under way, a page that says nothing while it waits. */
static void
test_slow_service (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_bench_register (bench->fakes);
    ui_bench_go (bench, TOU_PAGE_MENU);
    fake_script_clear_log (bench->fakes->script);
    fake_script_hold (bench->fakes->script, "get-registration");
    ui_press (bench, "change_button");
    ui_press (bench, "change_button");
    ui_press (bench, "register_button");
    while (!ui_is_shown (bench, "notice_label"))
        g_main_context_iteration (NULL, TRUE);
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "Asking"));
    fake_script_release (bench->fakes->script, "get-registration");
    fake_turn_main_loop ();
    g_assert_nonnull (form_find_dialog ());
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "get-registration"), ==, 1);
    form_answer (GTK_RESPONSE_CANCEL);
    g_assert_true (ui_is_shown (bench, "change_button"));
}

/* Would catch: a card that signs though another one is registered. */
static void
test_other_card (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouRegistration *registration = fake_bench_register (bench->fakes);

    tou_set_text (&registration->card_sha256, "0000");
    ui_bench_go (bench, TOU_PAGE_MENU);
    ui_press (bench, "change_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (form_get ("error_code_label"))), "30001"));
    g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (form_get ("error_cause_label"))),
                              "not the one that is registered"));
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CARD);
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "unlock"), ==, 0);
    form_answer (GTK_RESPONSE_CANCEL);
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_IDLE);
}

/* Would catch: a refusal after which what was typed is gone. */
static void
test_refused (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_bench_register (bench->fakes);
    go_to_form (bench);
    ui_type (bench, "contact_name_entry", "契約課");
    ui_press (bench, "confirm_button");
    fake_script_fail (bench->fakes->script, "submit", fake_problem_new (403, "30001", "not-registered"));
    ui_press (bench, "submit_button");
    g_assert_nonnull (strstr (ui_read (bench, "error_code_label"), "30001"));
    ui_press (bench, "back_button");
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "契約課");
}

/* Would catch: a change of unknown fate that the menu forgets, or a registration that takes its place. */
static void
test_uncertain (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_bench_register (bench->fakes);
    go_to_form (bench);
    ui_type (bench, "contact_name_entry", "契約課");
    ui_press (bench, "confirm_button");
    fake_service_lose_answer (bench->fakes->service, TRUE);
    ui_press (bench, "submit_button");
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "The change was sent"));
    ui_press (bench, "back_button");
    ui_press (bench, "change_button");
    g_assert_true (says (bench, "change_list", "契約課"));
    ui_press (bench, "ask_button");
    g_assert_cmpstr (ui_read (bench, "number_label"), ==, "R-0001");
}

/* Would catch: a key that two things of the form answer to. */
static void
test_mnemonics (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_bench_register (bench->fakes);
    go_to_form (bench);
    form_assert_mnemonics (GTK_WIDGET (bench->window));
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/contact-change/form", test_form);
    g_test_add_func ("/ui/contact-change/registration-has-no-numbers", test_registration_has_no_numbers);
    g_test_add_func ("/ui/contact-change/side-by-side", test_side_by_side);
    g_test_add_func ("/ui/contact-change/unchanged", test_unchanged);
    g_test_add_func ("/ui/contact-change/faults", test_faults);
    g_test_add_func ("/ui/contact-change/not-registered", test_not_registered);
    g_test_add_func ("/ui/contact-change/slow-service", test_slow_service);
    g_test_add_func ("/ui/contact-change/other-card", test_other_card);
    g_test_add_func ("/ui/contact-change/refused", test_refused);
    g_test_add_func ("/ui/contact-change/uncertain", test_uncertain);
    g_test_add_func ("/ui/contact-change/mnemonics", test_mnemonics);
    return g_test_run ();
}
