/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"

#include "async-wait.h"
#include "fake-checker.h"
#include "tou-error-dialog.h"
#include "tou-proof-checker.h"

#include <gdk/gdkkeysyms.h>

static TouRequestState
get_state (UiBench *bench)
{
    return tou_request_flow_get_state (bench->fakes->flow);
}

/* Would catch: typed text that is lost over a fault, a cursor that has to be searched for. */
static void
test_form_faults (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "contact_name_entry")));
    ui_type (bench, "contact_name_entry", "総務部");
    ui_type (bench, "contact_postal_code_entry", "１６８－８５");
    ui_type (bench, "contact_address_entry", "東京都①番地");
    ui_press (bench, "confirm_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_EDITING);
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "contact_postal_code_entry")));
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "総務部");
    g_assert_cmpstr (ui_read (bench, "contact_address_entry"), ==, "東京都①番地");
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "5 fields"));

    ui_type (bench, "contact_postal_code_entry", "168-8505");
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "4 fields"));
    ui_type (bench, "contact_name_entry", "総務部①課");
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "4 fields"));
    ui_type (bench, "contact_name_entry", "総務部");
    ui_type (bench, "contact_address_entry", "東京都杉並区");
    ui_type (bench, "contact_person_entry", "練習　花子");
    ui_type (bench, "contact_phone_entry", "03-0000-0000");
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "1 field "));
    ui_type (bench, "contact_fax_entry", "03-0000-0000");
    g_assert_false (ui_is_shown (bench, "status_label"));
}

static gboolean
is_in_sight (UiBench *bench, const char *id)
{
    GtkWidget *widget = ui_get (bench, id);
    GtkWidget *scroller = ui_get (bench, "form_scroller");
    int y;

    g_assert_true (gtk_widget_translate_coordinates (widget, scroller, 0, 0, NULL, &y));
    return y >= 0
           && y + gtk_widget_get_allocated_height (widget) <= gtk_widget_get_allocated_height (scroller);
}

/* Would catch: a form of which one sees the shown data and hardly a field. */
static void
test_form_in_sight (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    ui_wait_for_frame (GTK_WIDGET (bench->window));
    g_assert_true (is_in_sight (bench, "company_box"));
    g_assert_true (is_in_sight (bench, "contact_name_entry"));
    g_assert_true (is_in_sight (bench, "contact_phone_entry"));
}

/* Would catch: a form that is left without a word of what becomes of what was typed. */
static void
test_draft_is_told (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    g_assert_false (ui_is_shown (bench, "draft_note"));
    ui_type (bench, "contact_name_entry", "総務部");
    ui_press (bench, "header_back_button");
    g_assert_nonnull (strstr (ui_read (bench, "register_draft"), "is kept (23 "));
    g_assert_false (ui_is_shown (bench, "change_draft"));
    ui_press (bench, "register_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_nonnull (strstr (ui_read (bench, "draft_note"), "Goes on"));
    form_fill (bench);
    ui_press (bench, "submit_button");
    ui_press (bench, "menu_button");
    g_assert_false (ui_is_shown (bench, "register_draft"));
}

/* Would catch: whoever gives up the second application told that nothing was applied for. */
static void
test_second_is_given_up (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    ui_press (bench, "submit_button");
    ui_press (bench, "other_button");
    ui_press (bench, "header_back_button");
    ui_press (bench, "header_back_button");
    g_assert_nonnull (strstr (ui_read (bench, "page_agency"), "goods"));
    g_assert_nonnull (strstr (ui_read (bench, "history_status"), "manufacture of goods” yet"));
    g_assert_nonnull (strstr (ui_read (bench, "history_status"), "R-0001"));
}

/* Would catch: a completion that is lost with the session, a button that leads nowhere, and a menu without
 * one. */
static void
test_second_loses_session (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    ui_press (bench, "submit_button");
    fake_script_fail (bench->fakes->script, "change-category",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST, "no answer"));
    ui_press (bench, "other_button");
    g_assert_true (ui_is_shown (bench, "print_button"));
    g_assert_false (ui_is_shown (bench, "other_button"));
    g_assert_nonnull (strstr (ui_read (bench, "error_code_label"), "30004"));
    ui_press (bench, "menu_button");
    g_assert_true (ui_is_shown (bench, "sign_in_button"));
}

static gboolean
is_form_built (gpointer window)
{
    return ui_find (window, "contact_name_entry") != NULL;
}

/* Would catch: a form that is built only once the PIN is accepted, in the same turn in which the dialog goes.
 */
static void
test_form_waits_for_pin (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_MENU);
    g_assert_false (is_form_built (bench->window));
    ui_press (bench, "register_button");
    async_wait_until (is_form_built, bench->window);
    g_assert_nonnull (form_find_dialog ());
    g_assert_true (ui_is_shown (bench, "register_button"));
    form_answer (GTK_RESPONSE_CANCEL);
    g_assert_true (ui_is_shown (bench, "register_button"));
}

/* Would catch: fields that the confirmation shows otherwise than they will be sent. */
static void
test_confirm_and_back (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CONFIRMING);
    g_assert_false (gtk_widget_is_focus (ui_get (bench, "submit_button")));
    ui_press (bench, "back_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_EDITING);
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "総務部調達課");
}

static void
use_card_of (UiBench *bench, const char *company)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (certificates, form_certificate_new ('a', company, "練習　花子"));
    fake_cards_set_certificates (bench->fakes->cards, certificates);
}

/* The card in use is taken out and another one is used in its place, from the form or from the confirmation.
 */
static void
exchange_card (UiBench *bench, char hash_digit, const char *company, const char *holder)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    fake_cards_lose (bench->fakes->cards);
    g_ptr_array_add (certificates, form_certificate_new (hash_digit, company, holder));
    fake_cards_set_certificates (bench->fakes->cards, certificates);
    ui_press (bench, ui_is_shown (bench, "submit_button") ? "submit_button" : "confirm_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
}

/* Would catch: another company's card that nobody notices, a space that raises an alarm. */
static void
test_company_names (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    use_card_of (bench, "株式会社　練習商事");
    form_go (bench, TOU_PAGE_CONFIRM);
    g_assert_false (ui_is_shown (bench, "caution_label"));
}

/* Another card of the same company first, then one of another company. Would catch: an application that is
 * signed by another card than the user believes. */
static void
test_exchanged_card (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    use_card_of (bench, "株式会社練習商事");
    form_go (bench, TOU_PAGE_CONFIRM);
    g_assert_false (ui_is_shown (bench, "caution_label"));
    exchange_card (bench, 'b', "株式会社練習商事", "練習　次郎");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CONFIRMING);
    g_assert_nonnull (strstr (ui_read (bench, "caution_label"), "was exchanged"));
    g_assert_null (strstr (ui_read (bench, "caution_label"), "not the same"));
    g_assert_true (ui_is_shown (bench, "card_change_list"));
    exchange_card (bench, 'c', "別会社株式会社", "別　三郎");
    g_assert_nonnull (strstr (ui_read (bench, "caution_label"), "was exchanged"));
    g_assert_nonnull (strstr (ui_read (bench, "caution_label"), "(別会社株式会社) are not the same"));
    exchange_card (bench, 'a', "株式会社練習商事", "練習　花子");
    g_assert_false (ui_is_shown (bench, "caution_label"));
    g_assert_false (ui_is_shown (bench, "card_change_list"));
}

/* On the form already, whose button leads on to the confirmation. */
static void
test_exchanged_on_the_form (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    ui_press (bench, "back_button");
    exchange_card (bench, 'b', "株式会社練習商事", "練習　次郎");
    g_assert_true (ui_is_shown (bench, "caution_label"));
    ui_press (bench, "back_button");
    ui_press (bench, "confirm_button");
    g_assert_false (ui_is_shown (bench, "caution_label"));
}

/* Would catch: a company refused, or frightened, for the way in which its register writes its name. */
static void
test_variant_company (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    use_card_of (bench, "㈱練習商事");
    form_go (bench, TOU_PAGE_CONFIRM);
    g_assert_nonnull (strstr (ui_read (bench, "caution_label"), "variant"));
}

static void
test_other_company (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    use_card_of (bench, "△△工事業者");
    form_go (bench, TOU_PAGE_CONFIRM);
    g_assert_nonnull (strstr (ui_read (bench, "caution_label"), "△△工事業者"));
}

/* Would catch: a button that sends twice, a second Enter that stops what the first began, a step without a
 * word or a way out. */
static void
test_progress (void)
{
    static const struct {
        const char *call;
        const char *said;
    } steps[] = { { "nonce", "Waiting for the service" }, { "sign", "signing" }, { "submit", "being sent" } };
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        fake_script_hold (bench->fakes->script, steps[i].call);
    ui_press (bench, "submit_button");
    for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
        g_assert_true (fake_script_is_holding (bench->fakes->script, steps[i].call));
        g_assert_nonnull (strstr (ui_read (bench, "status_label"), steps[i].said));
        g_assert_false (gtk_widget_is_sensitive (ui_get (bench, "submit_button")));
        g_assert_false (gtk_widget_is_sensitive (ui_get (bench, "back_button")));
        g_assert_true (gtk_widget_is_sensitive (ui_get (bench, "cancel_button")));
        g_assert_false (gtk_widget_is_focus (ui_get (bench, "cancel_button")));
        fake_script_release (bench->fakes->script, steps[i].call);
        fake_turn_main_loop ();
    }
    g_assert_cmpstr (ui_read (bench, "number_label"), ==, "R-0001");
    g_assert_false (ui_is_shown (bench, "repeat_label"));
}

static void
test_cancel_signing (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_script_hold (bench->fakes->script, "sign");
    ui_press (bench, "submit_button");
    ui_press (bench, "cancel_button");
    g_assert_cmpuint (fake_service_count_accepted (bench->fakes->service), ==, 0);
    g_assert_false (ui_is_shown (bench, "cancel_button"));
    g_assert_false (ui_is_shown (bench, "error_code_label"));
}

/* Would catch: an Escape that does nothing while キャンセル is offered, or that leaves the page with it. */
static void
test_escape_cancels (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_script_hold (bench->fakes->script, "nonce");
    ui_press (bench, "submit_button");
    ui_press_key (bench, GDK_KEY_Escape, 0);
    g_assert_cmpuint (fake_service_count_accepted (bench->fakes->service), ==, 0);
    g_assert_false (ui_is_shown (bench, "cancel_button"));
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "Nothing has been registered"));
    ui_press_key (bench, GDK_KEY_Escape, 0);
    g_assert_true (ui_is_shown (bench, "contact_name_entry"));
}

static gboolean
note_closed (GtkWidget *window, GdkEvent *event, gboolean *is_closed)
{
    *is_closed = TRUE;
    return GDK_EVENT_STOP;
}

/* Returns: (transfer none): the question before quitting; @is_closed: whether the program hears of the
 * closing
 */
static GtkWidget *
close_window (UiBench *bench, gboolean *is_closed)
{
    g_signal_connect (bench->window, "delete-event", G_CALLBACK (note_closed), is_closed);
    gtk_window_close (GTK_WINDOW (bench->window));
    fake_turn_main_loop ();
    return ui_find_toplevel (GTK_TYPE_MESSAGE_DIALOG);
}

static void
begin_submission (UiBench *bench)
{
    form_go (bench, TOU_PAGE_CONFIRM);
    fake_script_hold (bench->fakes->script, "nonce");
    ui_press (bench, "submit_button");
}

/* Would catch: a window that closes over an application on its way without a word, or never again. */
static void
test_close_while_submitting (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    gboolean is_closed = FALSE;
    GtkWidget *dialog;

    begin_submission (bench);
    dialog = close_window (bench, &is_closed);
    g_assert_false (is_closed);
    g_assert_nonnull (dialog);
    g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (dialog)) == ui_find (dialog, "wait_button"));
    gtk_button_clicked (GTK_BUTTON (ui_find (dialog, "wait_button")));
    g_assert_null (ui_find_toplevel (GTK_TYPE_MESSAGE_DIALOG));
    fake_turn_main_loop ();
    g_assert_false (is_closed);

    dialog = close_window (bench, &is_closed);
    gtk_button_clicked (GTK_BUTTON (ui_find (dialog, "quit_button")));
    fake_turn_main_loop ();
    g_assert_true (is_closed);
}

/* Would catch: a question that stays when there is nothing to ask any more, or comes when there never was. */
static void
test_close_after_submitting (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    gboolean is_closed = FALSE;

    begin_submission (bench);
    g_assert_nonnull (close_window (bench, &is_closed));
    fake_script_release (bench->fakes->script, "nonce");
    fake_turn_main_loop ();
    g_assert_null (ui_find_toplevel (GTK_TYPE_MESSAGE_DIALOG));
    g_assert_cmpstr (ui_read (bench, "number_label"), ==, "R-0001");
    g_assert_null (close_window (bench, &is_closed));
    g_assert_true (is_closed);
}

/* Would catch: a refusal after which the form is gone. */
static void
test_refused (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_script_fail (bench->fakes->script, "submit", fake_problem_new (403, "30006", "certificate-revoked"));
    ui_press (bench, "submit_button");
    g_assert_nonnull (strstr (ui_read (bench, "error_code_label"), "30006"));
    ui_press (bench, "back_button");
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "総務部調達課");
}

/* Would catch: the refusal of one card that stays on screen after another one was put in and its PIN was
 * right. */
static void
test_refusal_goes_with_the_card (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_script_fail (bench->fakes->script, "submit", fake_problem_new (403, "30006", "certificate-revoked"));
    ui_press (bench, "submit_button");
    fake_cards_lose (bench->fakes->cards);
    fake_turn_main_loop ();
    g_assert_true (ui_is_shown (bench, "error_code_label"));
    ui_press (bench, "submit_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_null (form_find_dialog ());
    g_assert_false (ui_is_shown (bench, "error_code_label"));
}

/* Returns: (transfer full): what the bench's cards are checked with */
static FakeChecker *
use_checker (UiBench *bench)
{
    FakeChecker *checker = fake_checker_new (bench->fakes->script);
    TouUnlockStep *step = tou_request_flow_get_unlock_step (bench->fakes->flow);

    tou_unlock_step_set_checker (step, TOU_CERTIFICATE_CHECKER (checker));
    tou_unlock_step_set_patience (step, 1);
    return checker;
}

/* Would catch: a warning that stops somebody, or that nobody sees. */
static void
test_check_warning (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (FakeChecker) checker = use_checker (bench);
    g_autoptr (GError) warning = g_error_new_literal (TOU_CERTIFICATE_WARNING,
                                                      TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE, "test");

    fake_checker_set_warning (checker, warning);
    form_go (bench, TOU_PAGE_CONFIRM);
    g_assert_true (ui_is_shown (bench, "check_label"));
    g_assert_nonnull (strstr (ui_read (bench, "check_label"), "revocation list could not be fetched"));
    ui_press (bench, "submit_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_COMPLETED);
}

/* Would catch: a refused card that the page goes on with, or a form that is gone with it. */
static void
test_refused_late (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (FakeChecker) checker = use_checker (bench);
    GtkWidget *dialog;

    fake_script_hold (bench->fakes->script, "check");
    fake_script_fail (bench->fakes->script, "check",
                      g_error_new_literal (TOU_PROOF_ERROR, TOU_PROOF_ERROR_REVOKED, "test"));
    form_go (bench, TOU_PAGE_FORM);
    while (get_state (bench) != TOU_REQUEST_STATE_EDITING)
        g_main_context_iteration (NULL, TRUE);
    g_assert_nonnull (strstr (ui_read (bench, "check_label"), "still being checked"));
    ui_type (bench, "contact_name_entry", "総務部");
    fake_script_release (bench->fakes->script, "check");
    fake_turn_main_loop ();
    dialog = ui_find_toplevel (TOU_TYPE_ERROR_DIALOG);
    g_assert_nonnull (dialog);
    g_assert_nonnull (
        strstr (gtk_label_get_text (GTK_LABEL (ui_find (dialog, "error_code_label"))), "01014"));
    gtk_widget_destroy (dialog);
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CARD);
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "総務部");
}

/* Would catch: an application whose fate nobody can find out, or one that is sent as a new one. */
static void
test_uncertain (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_service_lose_answer (bench->fakes->service, TRUE);
    ui_press (bench, "submit_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_UNCERTAIN);
    g_assert_false (ui_is_shown (bench, "submit_button"));
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "no receipt"));
    g_assert_true (gtk_widget_is_focus (ui_get (bench, "ask_button")));

    /* It stays to be settled, also by way of the menu. */
    ui_press (bench, "back_button");
    ui_press (bench, "register_button");
    ui_press (bench, "ask_button");
    g_assert_cmpstr (ui_read (bench, "number_label"), ==, "R-0001");
    g_assert_cmpuint (fake_service_count_accepted (bench->fakes->service), ==, 1);
}

/* Would catch: a field that is done with and still only in memory. */
static void
test_draft_saved_on_leaving_a_field (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    g_object_set (bench->fakes->flow, "draft-delay", G_MAXUINT, NULL);
    ui_type (bench, "contact_name_entry", "総務部");
    gtk_widget_grab_focus (ui_get (bench, "contact_person_entry"));
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "put-draft"), ==, 1);
}

/* It did not arrive and is refused when it is sent again. Would catch: a page that nobody gets away from,
 * that promises to send it once more, or that lets a bidder apply anew before the service was asked once
 * more. */
static void
test_give_up (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_service_lose_answer (bench->fakes->service, FALSE);
    ui_press (bench, "submit_button");
    fake_script_fail (bench->fakes->script, "submit", fake_problem_new (400, "40004", "bad-nonce"));
    ui_press (bench, "ask_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_UNCERTAIN);
    g_assert_false (ui_is_shown (bench, "give_up_button"));
    ui_press (bench, "ask_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_UNCERTAIN);
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "refused it when it was sent once more"));
    ui_press (bench, "give_up_button");
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CONFIRMING);
    g_assert_false (ui_is_shown (bench, "give_up_button"));
    ui_press (bench, "submit_button");
    g_assert_cmpstr (ui_read (bench, "number_label"), ==, "R-0001");
    g_assert_cmpuint (fake_service_count_accepted (bench->fakes->service), ==, 1);
}

/* 20001. Would catch: a repetition that is not said. */
static void
test_repeated (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_service_lose_answer (bench->fakes->service, TRUE);
    ui_press (bench, "submit_button");
    fake_script_fail (bench->fakes->script, "get-submission",
                      g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND, "not there"));
    ui_press (bench, "ask_button");
    g_assert_nonnull (strstr (ui_read (bench, "repeat_label"), "20001"));
    g_assert_cmpuint (fake_service_count_accepted (bench->fakes->service), ==, 1);
}

/* Would catch: a card session that is over and leads nowhere, a PIN after which everything begins anew. */
static void
test_not_unlocked (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    fake_script_fail (bench->fakes->script, "sign",
                      g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED, "session over"));
    ui_press (bench, "submit_button");
    g_assert_nonnull (form_find_dialog ());
    g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (form_get ("error_code_label"))), "30005"));
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CONFIRMING);
    ui_press (bench, "submit_button");
    g_assert_true (ui_is_shown (bench, "number_label"));
}

/* Would catch: a form that is lost with the card, a confirmation that goes on without one. */
static void
test_card_lost (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_FORM);
    ui_type (bench, "contact_name_entry", "総務部");
    fake_cards_lose (bench->fakes->cards);
    fake_turn_main_loop ();
    g_assert_nonnull (strstr (ui_read (bench, "status_label"), "IC card"));
    g_assert_cmpstr (ui_read (bench, "contact_name_entry"), ==, "総務部");
    ui_type (bench, "contact_postal_code_entry", "168-8505");
    ui_type (bench, "contact_address_entry", "東京都");
    ui_type (bench, "contact_person_entry", "練習　花子");
    ui_type (bench, "contact_phone_entry", "03-5344-1100");
    ui_type (bench, "contact_fax_entry", "03-0000-0000");
    ui_press (bench, "confirm_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_cmpint (get_state (bench), ==, TOU_REQUEST_STATE_CONFIRMING);
}

/* Would catch: a second registration that meets the first one's state. */
static void
test_back_to_menu (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_go (bench, TOU_PAGE_CONFIRM);
    ui_press (bench, "submit_button");
    ui_press (bench, "menu_button");
    ui_press (bench, "register_button");
    g_assert_nonnull (form_find_dialog ());
    form_answer (GTK_RESPONSE_CANCEL);
    g_assert_true (ui_is_shown (bench, "register_button"));
}

/* Would catch: a key that two things of one window answer to. */
static void
test_mnemonics (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_open_dialog (bench);
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
    form_assert_mnemonics (form_find_dialog ());
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    form_assert_mnemonics (GTK_WIDGET (bench->window));
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/registration/form-faults", test_form_faults);
    g_test_add_func ("/ui/registration/form-in-sight", test_form_in_sight);
    g_test_add_func ("/ui/registration/draft-is-told", test_draft_is_told);
    g_test_add_func ("/ui/registration/second-is-given-up", test_second_is_given_up);
    g_test_add_func ("/ui/registration/second-loses-session", test_second_loses_session);
    g_test_add_func ("/ui/registration/form-waits-for-pin", test_form_waits_for_pin);
    g_test_add_func ("/ui/registration/confirm-and-back", test_confirm_and_back);
    g_test_add_func ("/ui/registration/company-names", test_company_names);
    g_test_add_func ("/ui/registration/exchanged-card", test_exchanged_card);
    g_test_add_func ("/ui/registration/exchanged-on-the-form", test_exchanged_on_the_form);
    g_test_add_func ("/ui/registration/variant-company", test_variant_company);
    g_test_add_func ("/ui/registration/other-company", test_other_company);
    g_test_add_func ("/ui/registration/progress", test_progress);
    g_test_add_func ("/ui/registration/cancel-signing", test_cancel_signing);
    g_test_add_func ("/ui/registration/escape-cancels", test_escape_cancels);
    g_test_add_func ("/ui/registration/close-while-submitting", test_close_while_submitting);
    g_test_add_func ("/ui/registration/close-after-submitting", test_close_after_submitting);
    g_test_add_func ("/ui/registration/refused", test_refused);
    g_test_add_func ("/ui/registration/refusal-goes", test_refusal_goes_with_the_card);
    g_test_add_func ("/ui/registration/check-warning", test_check_warning);
    g_test_add_func ("/ui/registration/refused-late", test_refused_late);
    g_test_add_func ("/ui/registration/uncertain", test_uncertain);
    g_test_add_func ("/ui/registration/give-up", test_give_up);
    g_test_add_func ("/ui/registration/draft-saved-on-leaving-a-field", test_draft_saved_on_leaving_a_field);
    g_test_add_func ("/ui/registration/repeated", test_repeated);
    g_test_add_func ("/ui/registration/not-unlocked", test_not_unlocked);
    g_test_add_func ("/ui/registration/card-lost", test_card_lost);
    g_test_add_func ("/ui/registration/back-to-menu", test_back_to_menu);
    g_test_add_func ("/ui/registration/mnemonics", test_mnemonics);
    return g_test_run ();
}
