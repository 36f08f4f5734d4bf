/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"
#include "tou-error-list-window.h"
#include "tou-renewal-dialog.h"

#define COMPANY "株式会社練習商事"

static GtkWidget *
get_dialog (void)
{
    return ui_find_toplevel (TOU_TYPE_RENEWAL_DIALOG);
}

static GtkWidget *
get (const char *id)
{
    GtkWidget *widget = ui_find (get_dialog (), id);

    g_assert_nonnull (widget);
    return widget;
}

static const char *
read_label (const char *id)
{
    return gtk_label_get_text (GTK_LABEL (get (id)));
}

static gboolean
is_shown (const char *id)
{
    return gtk_widget_is_visible (get (id));
}

static void
answer (int response)
{
    g_assert_true (
        gtk_widget_is_sensitive (gtk_dialog_get_widget_for_response (GTK_DIALOG (get_dialog ()), response)));
    gtk_dialog_response (GTK_DIALOG (get_dialog ()), response);
    fake_turn_main_loop ();
}

/* @days: of the registered card, whose hash digit is 'a', from now */
static void
put_registration (UiBench *bench, int days)
{
    TouRegistration *registration = tou_registration_new ();

    registration->company = tou_company_new ();
    registration->company->vendor_number = g_strdup ("7370001009300");
    registration->company->name = g_strdup (COMPANY);
    registration->contact = fake_contact_new ();
    registration->card_sha256 = g_strnfill (64, 'a');
    registration->card_not_after_us = FAKE_NOW_US + days * G_TIME_SPAN_DAY;
    fake_service_set_registration (bench->fakes->service, registration);
}

static TouCardToken *
make_token (const char *reader, char hash_digit, const char *company, const char *holder)
{
    return form_token_new (reader, holder, TOU_PIN_STATE_OK,
                           form_certificate_new (hash_digit, company, holder));
}

/* What the next unlocking finds on the card. */
static void
put_certificate (UiBench *bench, char hash_digit, const char *company, const char *holder)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (certificates, form_certificate_new (hash_digit, company, holder));
    fake_cards_set_certificates (bench->fakes->cards, certificates);
}

static void
open_dialog (UiBench *bench)
{
    ui_bench_go (bench, TOU_PAGE_MENU);
    put_registration (bench, 100);
    ui_press (bench, "renew_button");
    fake_turn_main_loop ();
}

static void
enter_pin (void)
{
    answer (GTK_RESPONSE_OK);
    g_assert_false (gtk_widget_get_visible (get_dialog ()));
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    fake_turn_main_loop ();
}

static const char *
read_error_list (void)
{
    GtkWidget *list = ui_find_toplevel (TOU_TYPE_ERROR_LIST_WINDOW);

    return gtk_label_get_text (GTK_LABEL (ui_find (list, "error_text_label")));
}

/* One is under review. Would catch: a second renewal without a question. */
static void
test_asked_before_another (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouApplication *application = tou_application_new ();

    application->submission_id = g_strdup ("elsewhere");
    application->reception_number = g_strdup ("R-0009");
    application->operation = TOU_OPERATION_CARD_RENEWAL;
    application->state = TOU_REVIEW_STATE_UNDER_REVIEW;
    fake_service_add_application (bench->fakes->service, application);
    open_dialog (bench);
    g_assert_null (ui_find_toplevel (TOU_TYPE_RENEWAL_DIALOG));
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "R-0009"));
    ui_press (bench, "notice_button");
    fake_turn_main_loop ();
    g_assert_nonnull (ui_find_toplevel (TOU_TYPE_RENEWAL_DIALOG));
}

/* One was sent before and nobody knows what became of it: likewise, and it is said. */
static void
test_asked_after_lost_one (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (TouSubmission) submission = tou_submission_new ();

    submission->id = g_strdup ("lost");
    submission->agency_id = g_strdup ("practice");
    submission->user_id = g_strdup (FAKE_USER);
    submission->operation = TOU_OPERATION_CARD_RENEWAL;
    submission->state = TOU_SUBMISSION_STATE_SENT;
    submission->cms = g_bytes_new_static ("cms", 3);
    tou_record_store_put_submission_async (TOU_RECORD_STORE (bench->fakes->store), submission, NULL, NULL);
    open_dialog (bench);
    g_assert_null (ui_find_toplevel (TOU_TYPE_RENEWAL_DIALOG));
    g_assert_nonnull (strstr (ui_read (bench, "notice_label"), "still open"));
    g_assert_nonnull (strstr (ui_read (bench, "outbox_label"), "does not have"));
    ui_press (bench, "outbox_give_up_button");
    fake_turn_main_loop ();
    g_assert_false (ui_is_shown (bench, "outbox_label"));
    ui_press (bench, "renew_button");
    fake_turn_main_loop ();
    g_assert_nonnull (ui_find_toplevel (TOU_TYPE_RENEWAL_DIALOG));
}

/* Would catch: a renewal that is asked for cards although nothing can be renewed. */
static void
test_impossible (void)
{
    static const struct {
        int days; /* G_MAXINT: nothing registered */
        const char *code;
    } rows[] = { { G_MAXINT, "Error code 30001" }, { -1, "Error code 01006" } };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (UiBench) bench = ui_bench_new ();

        ui_bench_go (bench, TOU_PAGE_MENU);
        if (rows[i].days != G_MAXINT)
            put_registration (bench, rows[i].days);
        ui_press (bench, "renew_button");
        fake_turn_main_loop ();
        g_assert_cmpstr (read_label ("error_code_label"), ==, rows[i].code);
        g_assert_false (is_shown ("ok_button"));
        g_assert_false (is_shown ("cards_part"));
        g_assert_true (gtk_widget_is_focus (get ("renewal_register_button")));
        ui_press_key_in (get_dialog (), GDK_KEY_F1, 0);
        g_assert_true (g_str_has_prefix (read_error_list (), rows[i].code + strlen ("Error code ")));
        gtk_button_clicked (GTK_BUTTON (get ("renewal_register_button")));
        fake_turn_main_loop ();
        g_assert_null (get_dialog ());
        g_assert_nonnull (form_find_dialog ());
        form_answer (GTK_RESPONSE_CANCEL);
    }
}

/* OK asks again after the service could not be asked. */
static void
test_not_reached (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    ui_bench_go (bench, TOU_PAGE_MENU);
    put_registration (bench, 100);
    fake_script_fail (bench->fakes->script, "get-registration",
                      g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT, "No answer"));
    ui_press (bench, "renew_button");
    fake_turn_main_loop ();
    g_assert_true (is_shown ("error_view"));
    answer (GTK_RESPONSE_OK);
    g_assert_false (is_shown ("error_view"));
    g_assert_true (is_shown ("cards_part"));
    answer (GTK_RESPONSE_CANCEL);
    g_assert_null (get_dialog ());
    g_assert_cmpint (tou_request_flow_get_state (bench->fakes->renewal), ==, TOU_REQUEST_STATE_IDLE);
}

/* An error says what was wrong until other cards are there, and stays where the same ones are. */
static void
test_wrong_card (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token ("Reader 1", 'b', COMPANY, "練習　花子"), NULL);
    open_dialog (bench);
    answer (GTK_RESPONSE_OK);
    g_assert_cmpstr (read_label ("error_code_label"), ==, "Error code 30001");
    form_put_tokens (bench, make_token ("Reader 1", 'b', COMPANY, "練習　花子"), NULL);
    g_assert_true (is_shown ("error_view"));
    form_put_tokens (bench, make_token ("Reader 1", 'a', COMPANY, "練習　太郎"), NULL);
    g_assert_false (is_shown ("error_view"));
    answer (GTK_RESPONSE_CANCEL);
}

/* Two readers with both cards: in each turn the right one is chosen already. */
static void
test_both_cards (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token ("Reader 1", 'b', COMPANY, "練習　花子"),
                     make_token ("Reader 2", 'a', COMPANY, "練習　太郎"), NULL);
    open_dialog (bench);
    g_assert_true (g_str_has_prefix (read_label ("turn_label"), "1/2"));
    put_certificate (bench, 'a', COMPANY, "練習　太郎");
    enter_pin ();
    g_assert_true (gtk_widget_get_visible (get_dialog ()));
    g_assert_true (g_str_has_prefix (read_label ("turn_label"), "2/2"));
    put_certificate (bench, 'b', COMPANY, "練習　花子");
    enter_pin ();
    g_assert_null (get_dialog ());
    g_assert_true (ui_is_shown (bench, "consequence_row"));
    g_assert_false (ui_is_shown (bench, "caution_row"));
    /* Another new card than the one that stands there. */
    fake_cards_lose (bench->fakes->cards);
    form_put_tokens (bench, make_token ("Reader 1", 'c', COMPANY, "練習　次郎"), NULL);
    put_certificate (bench, 'c', COMPANY, "練習　次郎");
    ui_press (bench, "submit_button");
    enter_pin ();
    g_assert_nonnull (strstr (ui_read (bench, "caution_label"), "was exchanged"));
    ui_press (bench, "submit_button");
    fake_turn_main_loop ();
    g_assert_cmpstr (ui_read (bench, "number_label"), ==, "R-0001");
}

/* ㈱ on the card, 株式会社 in the register: taken, and the user is asked to look. */
static void
test_variant (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token ("Reader 1", 'b', "㈱練習商事", "練習　花子"),
                     make_token ("Reader 2", 'a', COMPANY, "練習　太郎"), NULL);
    open_dialog (bench);
    put_certificate (bench, 'a', COMPANY, "練習　太郎");
    enter_pin ();
    put_certificate (bench, 'b', "㈱練習商事", "練習　花子");
    enter_pin ();
    g_assert_true (ui_is_shown (bench, "caution_row"));
    g_assert_nonnull (strstr (ui_read (bench, "caution_label"), "㈱練習商事"));
    g_assert_true (gtk_widget_is_sensitive (ui_get (bench, "submit_button")));
}

/* While the current card signs it must not be pulled, and that is said. */
static void
test_authorizing (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token ("Reader 1", 'a', COMPANY, "練習　太郎"), NULL);
    put_certificate (bench, 'a', COMPANY, "練習　太郎");
    open_dialog (bench);
    fake_script_hold (bench->fakes->script, "sign");
    enter_pin ();
    g_assert_true (is_shown ("busy_row"));
    g_assert_nonnull (strstr (read_label ("busy_label"), "leave it in the reader"));
    g_assert_false (gtk_widget_is_sensitive (get ("ok_button")));
    fake_script_fail (bench->fakes->script, "sign",
                      g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED, "Taken out"));
    fake_script_release (bench->fakes->script, "sign");
    fake_turn_main_loop ();
    g_assert_cmpstr (read_label ("error_code_label"), ==, "Error code 03001");
    g_assert_true (g_str_has_prefix (read_label ("turn_label"), "1/2"));
    g_assert_true (gtk_widget_is_sensitive (get ("ok_button")));
    answer (GTK_RESPONSE_CANCEL);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/card-renewal/impossible", test_impossible);
    g_test_add_func ("/ui/card-renewal/asked-before-another", test_asked_before_another);
    g_test_add_func ("/ui/card-renewal/asked-after-lost-one", test_asked_after_lost_one);
    g_test_add_func ("/ui/card-renewal/not-reached", test_not_reached);
    g_test_add_func ("/ui/card-renewal/wrong-card", test_wrong_card);
    g_test_add_func ("/ui/card-renewal/both-cards", test_both_cards);
    g_test_add_func ("/ui/card-renewal/variant", test_variant);
    g_test_add_func ("/ui/card-renewal/authorizing", test_authorizing);
    return g_test_run ();
}
