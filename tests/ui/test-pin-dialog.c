/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"

#define READER "ACS ACR39U"

static TouCardToken *
make_token (TouPinState state)
{
    return form_token_new (READER, "Card", state,
                           form_certificate_new ('a', "株式会社練習商事", "練習　花子"));
}

static gboolean
is_sensitive (const char *id)
{
    return gtk_widget_is_sensitive (form_get (id));
}

/* What the dialog says and takes for each thing that can be in the readers. Would catch: a PIN that can be
 * typed for no card, a state that nobody explains. */
static void
test_readers (void)
{
    static const struct {
        const char *reader;
        TouReaderState state;
        const char *said;
    } rows[] = {
        { NULL, TOU_READER_EMPTY, "No card reader" },
        { READER, TOU_READER_EMPTY, "No IC card" },
        { READER, TOU_READER_UNRECOGNISED, "not recognised" },
        { READER, TOU_READER_BUSY, "Another program" },
    };
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_reader (bench, NULL, TOU_READER_EMPTY);
    form_open_dialog (bench);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        form_put_reader (bench, rows[i].reader, rows[i].state);
        g_assert_true (form_is_shown ("card_status"));
        g_assert_false (form_is_shown ("notice"));
        g_assert_nonnull (strstr (form_read ("card_status"), rows[i].said));
        g_assert_false (is_sensitive ("pin_entry"));
        g_assert_false (is_sensitive ("ok_button"));
    }
    /* The card that is put in now appears by itself, and the PIN can be typed. */
    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    g_assert_false (form_is_shown ("card_status"));
    g_assert_true (form_is_shown ("card_list"));
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    g_assert_true (is_sensitive ("ok_button"));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a user who looks for the reader while the card's software has crashed, or is told of one that
 * works. */
static void
test_failed_module (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    g_autoptr (TouCardInventory) inventory = tou_card_inventory_new ();

    g_ptr_array_add (inventory->modules,
                     tou_module_report_new ("/usr/lib/good.so", TOU_MODULE_WORKING, NULL));
    g_ptr_array_add (inventory->modules,
                     tou_module_report_new ("/usr/lib/vendor.so", TOU_MODULE_DIED, "SIGSEGV"));
    fake_cards_set_inventory (bench->fakes->cards, inventory);
    form_open_dialog (bench);
    g_assert_nonnull (strstr (form_read ("card_status"), "No card reader"));
    g_assert_nonnull (strstr (form_read ("card_status"), "“vendor.so” does not work"));
    g_assert_null (strstr (form_read ("card_status"), "good.so"));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a last try that is taken without the user's word, a locked card that takes a PIN. */
static void
test_pin_states (void)
{
    static const struct {
        TouPinState state;
        const char *said; /* NULL: nothing */
        gboolean takes_pin;
        gboolean can_confirm;
    } rows[] = {
        { TOU_PIN_STATE_UNKNOWN, "does not tell", TRUE, TRUE },
        { TOU_PIN_STATE_OK, NULL, TRUE, TRUE },
        { TOU_PIN_STATE_COUNT_LOW, "wrong PIN was entered", TRUE, TRUE },
        { TOU_PIN_STATE_FINAL_TRY, "last try", TRUE, FALSE },
        { TOU_PIN_STATE_LOCKED, NULL, FALSE, FALSE },
    };
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_open_dialog (bench);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        form_put_tokens (bench, make_token (rows[i].state), NULL);
        g_assert_cmpint (form_is_shown ("notice"), ==, rows[i].said != NULL);
        if (rows[i].said != NULL)
            g_assert_nonnull (strstr (form_read ("notice"), rows[i].said));
        g_assert_cmpint (is_sensitive ("pin_entry"), ==, rows[i].takes_pin);
        g_assert_cmpint (is_sensitive ("ok_button"), ==, rows[i].can_confirm);
        g_assert_cmpint (form_is_shown ("consent_button"), ==, rows[i].state == TOU_PIN_STATE_FINAL_TRY);
        g_assert_cmpint (form_is_shown ("error_view"), ==, rows[i].state == TOU_PIN_STATE_LOCKED);
    }
    g_assert_nonnull (strstr (form_read ("error_code_label"), "03002"));
    g_assert_nonnull (strstr (form_read ("error_cause_label"), "The card is locked"));
    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    g_assert_false (form_is_shown ("error_view"));
    g_assert_true (is_sensitive ("pin_entry"));
    form_answer (GTK_RESPONSE_CANCEL);
}

static void
test_consent (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token (TOU_PIN_STATE_FINAL_TRY), NULL);
    form_open_dialog (bench);
    form_type_pin ("9999");
    gtk_dialog_response (GTK_DIALOG (form_find_dialog ()), GTK_RESPONSE_OK);
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "unlock"), ==, 0);

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get ("consent_button")), TRUE);
    form_answer (GTK_RESPONSE_OK);
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "unlock"), ==, 1);
    /* The word was for one try. */
    g_assert_false (is_sensitive ("ok_button"));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a dialog that is gone after a wrong PIN, a PIN that stays in it. */
static void
test_wrong_pin (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    form_open_dialog (bench);
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
    g_assert_nonnull (strstr (form_read ("error_code_label"), "03002"));
    g_assert_true (form_is_shown ("error_view"));
    g_assert_cmpuint (gtk_entry_get_text_length (GTK_ENTRY (form_get ("pin_entry"))), ==, 0);
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));

    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_null (form_find_dialog ());
    g_assert_true (ui_is_shown (bench, "contact_name_entry"));
}

/* Would catch: "no PIN try was used" said twice, by the error and again below it. */
static void
test_errors (void)
{
    static const struct {
        TouCardError error;
        const char *code;
    } rows[] = {
        { TOU_CARD_ERROR_PIN_EMPTY, "10025" },  { TOU_CARD_ERROR_PIN_LENGTH, "03002" },
        { TOU_CARD_ERROR_PIN_LOCKED, "03002" }, { TOU_CARD_ERROR_CARD_REMOVED, "03001" },
        { TOU_CARD_ERROR_NO_MODULE, "10002" },
    };
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    form_open_dialog (bench);
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        fake_script_fail (bench->fakes->script, "unlock",
                          g_error_new_literal (TOU_CARD_ERROR, (int) rows[i].error, "scripted"));
        form_answer (GTK_RESPONSE_OK);
        g_assert_nonnull (strstr (form_read ("error_code_label"), rows[i].code));
        if (rows[i].error == TOU_CARD_ERROR_PIN_LENGTH)
            g_assert_nonnull (strstr (form_read ("error_cause_label"), "not sent to the card"));
        g_assert_false (form_is_shown ("notice"));
        g_assert_true (is_sensitive ("ok_button"));
    }
    form_answer (GTK_RESPONSE_CANCEL);
}

/* After an error that is no wrong PIN the tries may be others than before: nobody knows until the card has
 * been asked. Would catch: a "last try" that is none any more, or one that is taken without the word for it.
 */
static void
test_nothing_of_tries_until_read_again (void)
{
    static const TouPinState before[] = { TOU_PIN_STATE_COUNT_LOW, TOU_PIN_STATE_FINAL_TRY,
                                          TOU_PIN_STATE_UNKNOWN };

    for (guint i = 0; i < G_N_ELEMENTS (before); i++) {
        g_autoptr (UiBench) bench = ui_bench_new ();

        form_put_tokens (bench, make_token (before[i]), NULL);
        form_open_dialog (bench);
        if (form_is_shown ("consent_button"))
            gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get ("consent_button")), TRUE);
        fake_script_fail (bench->fakes->script, "unlock",
                          g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED, "scripted"));
        fake_script_hold (bench->fakes->script, "list");
        form_type_pin (FAKE_PIN);
        form_answer (GTK_RESPONSE_OK);
        g_assert_nonnull (strstr (form_read ("error_code_label"), "03001"));
        g_assert_false (form_is_shown ("notice"));
        g_assert_false (form_is_shown ("consent_button"));
        g_assert_false (form_is_shown ("authority_label"));
        g_assert_false (is_sensitive ("ok_button"));

        form_put_tokens (bench, make_token (TOU_PIN_STATE_FINAL_TRY), NULL);
        fake_script_release (bench->fakes->script, "list");
        fake_turn_main_loop ();
        g_assert_nonnull (strstr (form_read ("notice"), "last try"));
        g_assert_true (form_is_shown ("consent_button"));
        g_assert_true (gtk_widget_is_focus (form_get ("consent_button")));
        g_assert_false (is_sensitive ("ok_button"));
        form_answer (GTK_RESPONSE_CANCEL);
    }
}

/* A card that is seen to be of no use before the PIN is sent. Would catch: a user who fears for a try. */
static void
test_unused_pin (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouCardToken *token = make_token (TOU_PIN_STATE_OK);
    TouCardCertificate *old = g_ptr_array_index (token->certificates, 0);

    old->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    form_put_tokens (bench, token, NULL);
    form_open_dialog (bench);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_nonnull (strstr (form_read ("error_code_label"), "01006"));
    g_assert_cmpstr (form_read ("notice"), ==, "The PIN was not sent to the card; no try was used up.");
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "unlock"), ==, 0);
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* 担当者: 入力不要 (manual 2.2 (1)). */
static void
test_person_is_not_needed (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    form_open_dialog (bench);
    g_assert_true (form_is_shown ("person_entry"));
    g_assert_false (gtk_widget_get_sensitive (form_get ("person_entry")));
}

/* Would catch: an input method left on, of which one learns only when the PIN is refused. */
static void
test_full_width_pin (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    form_open_dialog (bench);
    form_type_pin ("１２３４");
    fake_turn_main_loop ();
    g_assert_true (form_is_shown ("notice"));
    g_assert_nonnull (strstr (form_read ("notice"), "half-width"));
    form_type_pin (FAKE_PIN);
    fake_turn_main_loop ();
    g_assert_false (form_is_shown ("notice"));
}

/* Would catch: an expired card whose error says nothing of it. */
static void
test_unfit_certificate (void)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouCardCertificate *old = fake_certificate_new ('a');

    old->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    g_ptr_array_add (certificates, old);
    fake_cards_set_certificates (bench->fakes->cards, certificates);
    form_open_dialog (bench);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_nonnull (strstr (form_read ("error_code_label"), "01006"));
    form_answer (GTK_RESPONSE_CANCEL);
}

static guint
count_typed (void)
{
    return gtk_entry_get_text_length (GTK_ENTRY (form_get ("pin_entry")));
}

/* Would catch: a PIN that goes to another card than the one that it was typed for. */
static void
test_several_cards (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, form_token_new ("Reader 1", "First", TOU_PIN_STATE_OK, NULL),
                     form_token_new ("Reader 2", "Second", TOU_PIN_STATE_OK, NULL), NULL);
    form_open_dialog (bench);
    g_assert_false (is_sensitive ("pin_entry"));
    g_assert_false (is_sensitive ("ok_button"));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("Second")), TRUE);
    g_assert_true (is_sensitive ("ok_button"));
    form_type_pin ("1234");
    /* Another look at the same cards changes nothing. */
    form_put_tokens (bench, form_token_new ("Reader 2", "Second", TOU_PIN_STATE_OK, NULL),
                     form_token_new ("Reader 1", "First", TOU_PIN_STATE_OK, NULL), NULL);
    g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form_get_radio ("Second"))));
    g_assert_cmpuint (count_typed (), ==, 4);

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("First")), TRUE);
    g_assert_cmpuint (count_typed (), ==, 0);
    form_answer (GTK_RESPONSE_CANCEL);
}

static TouCardToken *
make_look_alike (const char *id)
{
    TouCardToken *token = form_token_new (READER, "JPKI (Digital Signature PIN)", TOU_PIN_STATE_OK, NULL);

    tou_set_text (&token->id, id);
    return token;
}

/* My Number cards all say the same of themselves before the PIN. Would catch: the PIN of one that is sent to
 * the other, which came so fast that the reader was never seen empty. */
static void
test_look_alikes (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_look_alike ("0/1:3-a"), NULL);
    form_open_dialog (bench);
    form_type_pin ("1234");
    form_put_tokens (bench, make_look_alike ("0/1:3-a"), NULL);
    g_assert_cmpuint (count_typed (), ==, 4);
    form_put_tokens (bench, make_look_alike ("0/1:5-a"), NULL);
    g_assert_cmpuint (count_typed (), ==, 0);
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a focus that is nowhere, or on the PIN while the user's word is wanted first. */
static void
test_focus_follows_the_card (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_reader (bench, READER, TOU_READER_EMPTY);
    form_open_dialog (bench);
    g_assert_true (gtk_widget_is_focus (form_get ("cancel_button")));
    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    form_put_tokens (bench, make_token (TOU_PIN_STATE_FINAL_TRY), NULL);
    g_assert_true (gtk_widget_is_focus (form_get ("consent_button")));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get ("consent_button")), TRUE);
    g_assert_true (gtk_widget_is_focus (form_get ("pin_entry")));
    form_put_tokens (bench, make_token (TOU_PIN_STATE_LOCKED), NULL);
    g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (form_find_dialog ())));
    g_assert_false (gtk_widget_is_focus (form_get ("cancel_button")));
    form_put_tokens (bench, form_token_new ("Reader 1", "First", TOU_PIN_STATE_OK, NULL),
                     form_token_new ("Reader 2", "Second", TOU_PIN_STATE_OK, NULL), NULL);
    g_assert_true (gtk_widget_is_focus (form_get_radio ("First")));
    form_answer (GTK_RESPONSE_CANCEL);
}

/* Would catch: a list that loses the focus each time that the readers are looked at. */
static void
test_focus_stays_in_the_list (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, form_token_new ("Reader 1", "First", TOU_PIN_STATE_OK, NULL),
                     form_token_new ("Reader 2", "Second", TOU_PIN_STATE_OK, NULL), NULL);
    form_open_dialog (bench);
    gtk_widget_grab_focus (form_get_radio ("Second"));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("Second")), TRUE);
    g_assert_true (gtk_widget_is_focus (form_get_radio ("Second")));
    form_put_tokens (bench, form_token_new ("Reader 1", "Third", TOU_PIN_STATE_OK, NULL),
                     form_token_new ("Reader 2", "Second", TOU_PIN_STATE_OK, NULL), NULL);
    g_assert_true (gtk_widget_is_focus (form_get_radio ("Second")));
    form_answer (GTK_RESPONSE_CANCEL);
}

static TouCardCertificate *
make_expired (void)
{
    TouCardCertificate *certificate = form_certificate_new ('e', "株式会社練習商事", "期限切れ");

    certificate->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    return certificate;
}

/* Of two cards the one that cannot be used says so, and the other is chosen; alone it can be tried, and OK
 * says why not. Would catch: a choice that leads nowhere. */
static void
test_wrong_card_among_several (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, form_token_new ("Reader 1", "First", TOU_PIN_STATE_OK, make_expired ()),
                     make_token (TOU_PIN_STATE_OK), NULL);
    form_open_dialog (bench);
    g_assert_false (gtk_widget_is_sensitive (form_get_radio ("期限切れ")));
    g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (form_get_radio ("練習　花子"))));
    g_assert_true (is_sensitive ("ok_button"));
    form_put_tokens (bench, form_token_new ("Reader 1", "First", TOU_PIN_STATE_OK, make_expired ()), NULL);
    form_type_pin ("1234");
    form_answer (GTK_RESPONSE_OK);
    g_assert_cmpstr (form_read ("error_code_label"), ==, "Error code 01006");
    form_answer (GTK_RESPONSE_CANCEL);
}

static void
test_exchanged_card (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_token (TOU_PIN_STATE_OK), NULL);
    form_open_dialog (bench);
    form_type_pin ("1234");
    form_put_tokens (
        bench, form_token_new (READER, "Card", TOU_PIN_STATE_OK, form_certificate_new ('b', "別会社", NULL)),
        NULL);
    g_assert_cmpuint (gtk_entry_get_text_length (GTK_ENTRY (form_get ("pin_entry"))), ==, 0);
    form_answer (GTK_RESPONSE_CANCEL);
}

static void
test_certificates (void)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);
    g_autoptr (UiBench) bench = ui_bench_new ();
    TouCardCertificate *old = form_certificate_new ('a', "会社", "期限切れ");

    old->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    g_ptr_array_add (certificates, old);
    g_ptr_array_add (certificates, form_certificate_new ('b', "会社", "花子"));
    g_ptr_array_add (certificates, form_certificate_new ('c', "会社", "次郎"));
    fake_cards_set_certificates (bench->fakes->cards, certificates);
    form_open_dialog (bench);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_true (form_is_shown ("certificate_list"));
    g_assert_false (form_is_shown ("pin_entry"));
    g_assert_false (is_sensitive ("ok_button"));
    g_assert_false (gtk_widget_is_sensitive (form_get_radio ("期限切れ")));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("次郎")), TRUE);
    form_answer (GTK_RESPONSE_OK);
    g_assert_null (form_find_dialog ());
    g_assert_cmpstr (tou_request_flow_get_certificate (bench->fakes->flow)->holder, ==, "次郎");
}

/* Would catch: an unlock that goes on after the user gave up, a card that is not let go. */
static void
test_cancel_while_busy (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_script_hold (bench->fakes->script, "unlock");
    form_open_dialog (bench);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    g_assert_true (form_is_shown ("busy_row"));
    g_assert_false (is_sensitive ("pin_entry"));
    g_assert_false (is_sensitive ("ok_button"));
    form_answer (GTK_RESPONSE_CANCEL);
    g_assert_null (form_find_dialog ());
    g_assert_cmpint (tou_request_flow_get_state (bench->fakes->flow), ==, TOU_REQUEST_STATE_IDLE);
    g_assert_true (ui_is_shown (bench, "register_button"));
}

/* Would catch: a window that goes while the dialog is open and leaves the unlock behind. */
static void
test_window_closed (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    fake_script_hold (bench->fakes->script, "unlock");
    form_open_dialog (bench);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
}

/* Would catch: a PIN that a screen reader, or whoever listens like one, can read. */
static void
test_no_secret_in_the_tree (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    AtkObject *accessible;
    g_autofree char *text = NULL;

    form_open_dialog (bench);
    form_type_pin ("1234");
    accessible = gtk_widget_get_accessible (form_get ("pin_entry"));
    text = atk_text_get_text (ATK_TEXT (accessible), 0, -1);
    g_assert_null (strstr (text, "1234"));
    g_assert_cmpint (atk_object_get_role (accessible), ==, ATK_ROLE_PASSWORD_TEXT);
    form_answer (GTK_RESPONSE_CANCEL);
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/pin-dialog/readers", test_readers);
    g_test_add_func ("/ui/pin-dialog/failed-module", test_failed_module);
    g_test_add_func ("/ui/pin-dialog/pin-states", test_pin_states);
    g_test_add_func ("/ui/pin-dialog/consent", test_consent);
    g_test_add_func ("/ui/pin-dialog/wrong-pin", test_wrong_pin);
    g_test_add_func ("/ui/pin-dialog/errors", test_errors);
    g_test_add_func ("/ui/pin-dialog/nothing-of-tries-until-read-again",
                     test_nothing_of_tries_until_read_again);
    g_test_add_func ("/ui/pin-dialog/unused-pin", test_unused_pin);
    g_test_add_func ("/ui/pin-dialog/person", test_person_is_not_needed);
    g_test_add_func ("/ui/pin-dialog/full-width", test_full_width_pin);
    g_test_add_func ("/ui/pin-dialog/unfit-certificate", test_unfit_certificate);
    g_test_add_func ("/ui/pin-dialog/several-cards", test_several_cards);
    g_test_add_func ("/ui/pin-dialog/look-alikes", test_look_alikes);
    g_test_add_func ("/ui/pin-dialog/focus-follows", test_focus_follows_the_card);
    g_test_add_func ("/ui/pin-dialog/focus-stays", test_focus_stays_in_the_list);
    g_test_add_func ("/ui/pin-dialog/wrong-card-among-several", test_wrong_card_among_several);
    g_test_add_func ("/ui/pin-dialog/exchanged-card", test_exchanged_card);
    g_test_add_func ("/ui/pin-dialog/certificates", test_certificates);
    g_test_add_func ("/ui/pin-dialog/cancel-while-busy", test_cancel_while_busy);
    g_test_add_func ("/ui/pin-dialog/window-closed", test_window_closed);
    g_test_add_func ("/ui/pin-dialog/no-secret-in-the-tree", test_no_secret_in_the_tree);
    return g_test_run ();
}
