/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"
#include "screens.h"

#define READER "ACS ACR39U ICC Reader 00 00"
#define OTHER_READER "SCM SCR3310v2.0 [CCID] (53312105703213) 01 00"

static TouCardToken *
make_token (TouPinState state)
{
    return form_token_new (READER, "電子入札コアシステム用ICカード", state,
                           form_certificate_new ('a', "株式会社練習商事", "練習　花子"));
}

static void
show_pin (UiBench *self)
{
    form_put_tokens (self, make_token (TOU_PIN_STATE_OK), NULL);
    form_open_dialog (self);
}

static void
show_pin_looking (UiBench *self)
{
    fake_script_hold (self->fakes->script, "list");
    form_open_dialog (self);
}

static void
show_pin_no_reader (UiBench *self)
{
    form_put_reader (self, NULL, TOU_READER_EMPTY);
    form_open_dialog (self);
}

static void
show_pin_no_card (UiBench *self)
{
    form_put_reader (self, READER, TOU_READER_EMPTY);
    form_open_dialog (self);
}

static void
show_pin_unrecognised (UiBench *self)
{
    form_put_reader (self, READER, TOU_READER_UNRECOGNISED);
    form_open_dialog (self);
}

static void
show_pin_no_module (UiBench *self)
{
    fake_script_fail (self->fakes->script, "list",
                      g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "no module"));
    form_open_dialog (self);
}

static void
show_pin_several (UiBench *self)
{
    form_put_tokens (
        self, make_token (TOU_PIN_STATE_OK),
        form_token_new (OTHER_READER, "Digital Signature PIN (JPKI)", TOU_PIN_STATE_COUNT_LOW, NULL), NULL);
    form_open_dialog (self);
}

static void
show_pin_low (UiBench *self)
{
    form_put_tokens (self, make_token (TOU_PIN_STATE_COUNT_LOW), NULL);
    form_open_dialog (self);
}

static void
show_pin_final (UiBench *self)
{
    form_put_tokens (self, make_token (TOU_PIN_STATE_FINAL_TRY), NULL);
    form_open_dialog (self);
}

/* Two cards that can be used, each with all that it can say of itself. */
static void
put_two (UiBench *self, TouPinState state)
{
    form_put_tokens (self, make_token (state),
                     form_token_new (OTHER_READER, "電子入札用カード", TOU_PIN_STATE_OK,
                                     form_certificate_new ('b', "株式会社練習商事 大阪支店", "練習　次郎")),
                     NULL);
}

static void
show_pin_two (UiBench *self)
{
    put_two (self, TOU_PIN_STATE_OK);
    form_open_dialog (self);
}

/* The chosen card goes in the middle of its PIN, and one other is left. */
static void
show_pin_changed (UiBench *self)
{
    put_two (self, TOU_PIN_STATE_OK);
    form_open_dialog (self);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("練習　花子")), TRUE);
    gtk_widget_grab_focus (form_get ("pin_entry"));
    form_type_pin ("12");
    form_put_tokens (self,
                     form_token_new (OTHER_READER, "電子入札用カード", TOU_PIN_STATE_OK,
                                     form_certificate_new ('b', "株式会社練習商事 大阪支店", "練習　次郎")),
                     NULL);
}

static void
show_pin_two_wrong (UiBench *self)
{
    put_two (self, TOU_PIN_STATE_COUNT_LOW);
    form_open_dialog (self);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("練習　花子")), TRUE);
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
}

static void
show_pin_two_final_wrong (UiBench *self)
{
    put_two (self, TOU_PIN_STATE_FINAL_TRY);
    form_open_dialog (self);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("練習　花子")), TRUE);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get ("consent_button")), TRUE);
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
}

/* Of an authority whose number is known. */
static TouCardToken *
make_known_token (TouPinState state)
{
    TouCardToken *token = make_token (state);
    TouCardCertificate *certificate = g_ptr_array_index (token->certificates, 0);

    certificate->profile = form_profile_new ("0570-000000", "digits");
    return token;
}

static void
show_pin_final_known (UiBench *self)
{
    form_put_tokens (self, make_known_token (TOU_PIN_STATE_FINAL_TRY), NULL);
    form_open_dialog (self);
}

static void
show_pin_final_wrong (UiBench *self)
{
    show_pin_final_known (self);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get ("consent_button")), TRUE);
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
}

static void
show_pin_letters (UiBench *self)
{
    form_put_tokens (self, make_known_token (TOU_PIN_STATE_UNKNOWN), NULL);
    form_open_dialog (self);
    form_type_pin ("12a4");
}

/* Two cards, one of them with two certificates, one of which has expired. */
static void
show_pin_candidates (UiBench *self)
{
    TouCardToken *two = make_known_token (TOU_PIN_STATE_COUNT_LOW);
    TouCardCertificate *old = form_certificate_new ('b', "株式会社練習商事", "練習　太郎");

    old->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    g_ptr_array_add (two->certificates, old);
    form_put_tokens (self, two,
                     form_token_new (OTHER_READER, "JPKI (Digital Signature PIN)", TOU_PIN_STATE_OK, NULL),
                     NULL);
    form_open_dialog (self);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio ("練習　花子")), TRUE);
}

static void
show_pin_none_usable (UiBench *self)
{
    TouCardToken *two = make_token (TOU_PIN_STATE_OK);
    TouCardCertificate *other = form_certificate_new ('b', "株式会社練習商事", "練習　太郎");

    other->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    ((TouCardCertificate *) g_ptr_array_index (two->certificates, 0))->key_use = TOU_KEY_USE_NONE;
    g_ptr_array_add (two->certificates, other);
    form_put_tokens (self, two, NULL);
    form_open_dialog (self);
}

static char *
make_long_text (const char *part)
{
    GString *text = g_string_new (NULL);

    while (g_utf8_strlen (text->str, -1) + g_utf8_strlen (part, -1) <= 256)
        g_string_append (text, part);
    return g_string_free (text, FALSE);
}

static TouCardCertificate *
make_long_certificate (char hash_digit, const char *part)
{
    g_autofree char *text = make_long_text (part);
    TouCardCertificate *certificate = form_certificate_new (hash_digit, text, text);

    tou_set_text (&certificate->issuer, text);
    tou_set_text (&certificate->address, text);
    return certificate;
}

static void
show_pin_long (UiBench *self)
{
    g_autofree char *holder = make_long_text ("Endless");

    form_put_tokens (self,
                     form_token_new (READER, "Card", TOU_PIN_STATE_FINAL_TRY,
                                     make_long_certificate ('a', "長い名前の会社")),
                     form_token_new (OTHER_READER, "Card", TOU_PIN_STATE_FINAL_TRY,
                                     make_long_certificate ('b', "Endless")),
                     NULL);
    form_open_dialog (self);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get_radio (holder)), TRUE);
}

static void
show_pin_long_wrong (UiBench *self)
{
    show_pin_long (self);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (form_get ("consent_button")), TRUE);
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
}

static void
show_confirm_long (UiBench *self)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (certificates, make_long_certificate ('a', "長い名前の会社"));
    fake_cards_set_certificates (self->fakes->cards, certificates);
    form_go (self, TOU_PAGE_CONFIRM);
}

static void
show_pin_locked (UiBench *self)
{
    form_put_tokens (self, make_token (TOU_PIN_STATE_LOCKED), NULL);
    form_open_dialog (self);
}

static void
show_pin_wrong (UiBench *self)
{
    show_pin_low (self);
    form_type_pin ("9999");
    form_answer (GTK_RESPONSE_OK);
}

static void
show_pin_empty (UiBench *self)
{
    fake_script_fail (self->fakes->script, "unlock",
                      g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_EMPTY, "no PIN"));
    show_pin (self);
    form_answer (GTK_RESPONSE_OK);
}

static void
show_pin_busy (UiBench *self)
{
    fake_script_hold (self->fakes->script, "unlock");
    show_pin (self);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
}

static void
show_pin_keypad (UiBench *self)
{
    TouCardToken *token = make_token (TOU_PIN_STATE_OK);

    token->has_keypad = TRUE;
    fake_cards_set_keypad (self->fakes->cards, 60, TRUE);
    form_put_tokens (self, token, NULL);
    form_open_dialog (self);
}

static void
show_pin_keypad_busy (UiBench *self)
{
    fake_script_hold (self->fakes->script, "unlock");
    show_pin_keypad (self);
    form_answer (GTK_RESPONSE_OK);
}

static void
show_certificates (UiBench *self)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);
    TouCardCertificate *old = form_certificate_new ('a', "株式会社練習商事", "練習　太郎");

    old->not_after_us = FAKE_NOW_US - G_TIME_SPAN_DAY;
    g_ptr_array_add (certificates, old);
    g_ptr_array_add (certificates, form_certificate_new ('b', "株式会社練習商事", "練習　花子"));
    g_ptr_array_add (certificates, form_certificate_new ('c', "株式会社練習商事 大阪支店", "練習　次郎"));
    fake_cards_set_certificates (self->fakes->cards, certificates);
    show_pin (self);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
}

static void
show_form (UiBench *self)
{
    form_go (self, TOU_PAGE_FORM);
}

static void
show_form_faults (UiBench *self)
{
    show_form (self);
    ui_type (self, "contact_name_entry", "総務部㈱練習 髙橋係");
    ui_type (self, "contact_postal_code_entry", "１６８－８５");
    ui_type (self, "contact_person_entry", "練習花子練習花子練習花子練習花子練習花子練習花子");
    ui_press (self, "confirm_button");
}

static void
show_form_marks (UiBench *self)
{
    show_form (self);
    ui_type (self, "contact_name_entry", "㈱練習①課　髙橋\n東支店");
    ui_type (self, "contact_postal_code_entry", "〒１６８－８５０５");
    ui_type (self, "contact_address_entry", "髙井戸西3-5-24");
    ui_type (self, "contact_person_entry", "草彅\u200B次郎");
    ui_type (self, "contact_phone_entry", "(03)5344-1100");
    ui_type (self, "contact_fax_entry", "なし");
}

static void
show_form_steps (UiBench *self)
{
    show_form (self);
    ui_type (self, "contact_name_entry", "㈱練習髙橋係");
    ui_press (self, "substitute_button");
    ui_type (self, "contact_person_entry", "葛\U000E0100城 ﾊﾅｺ");
    gtk_widget_grab_focus (ui_get (self, "contact_person_entry"));
    gtk_widget_grab_focus (ui_get (self, "contact_fax_entry"));
    ui_press (self, "no_fax_button");
}

static void
show_form_notes (UiBench *self)
{
    show_form (self);
    ui_type (self, "contact_name_entry", "ｿｳﾑ部");
    gtk_widget_grab_focus (ui_get (self, "contact_name_entry"));
    gtk_widget_grab_focus (ui_get (self, "contact_postal_code_entry"));
    ui_type (self, "contact_postal_code_entry", "１６８－８５０５");
    gtk_widget_grab_focus (ui_get (self, "contact_fax_entry"));
    ui_press (self, "no_fax_button");
}

static void
show_form_lost (UiBench *self)
{
    show_form (self);
    ui_type (self, "contact_name_entry", "総務部");
    fake_cards_lose (self->fakes->cards);
}

static void
show_confirm (UiBench *self)
{
    form_go (self, TOU_PAGE_CONFIRM);
}

static void
show_confirm_differs (UiBench *self)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);
    TouCardCertificate *certificate = form_certificate_new ('a', "△△工事業者", "業者　一郎");

    tou_set_text (&certificate->address, NULL);
    tou_set_text (&certificate->issuer,
                  "CN=Practice Certification Authority for Electronic Bidding, OU=電子入札認証サービス, "
                  "O=練習認証局株式会社, C=JP");
    g_ptr_array_add (certificates, certificate);
    fake_cards_set_certificates (self->fakes->cards, certificates);
    show_confirm (self);
}

static void
show_signing (UiBench *self)
{
    show_confirm (self);
    fake_script_hold (self->fakes->script, "sign");
    ui_press (self, "submit_button");
}

static void
show_signing_keypad (UiBench *self)
{
    show_pin_keypad (self);
    form_answer (GTK_RESPONSE_OK);
    form_fill (self);
    fake_script_hold (self->fakes->script, "sign");
    ui_press (self, "submit_button");
}

static void
show_submitting (UiBench *self)
{
    show_confirm (self);
    fake_script_hold (self->fakes->script, "submit");
    ui_press (self, "submit_button");
}

static void
show_uncertain (UiBench *self)
{
    show_confirm (self);
    fake_service_lose_answer (self->fakes->service, TRUE);
    ui_press (self, "submit_button");
}

static void
show_refused (UiBench *self)
{
    show_confirm (self);
    fake_script_fail (self->fakes->script, "submit", fake_problem_new (403, "30006", "certificate-revoked"));
    ui_press (self, "submit_button");
}

static void
show_confirm_lost (UiBench *self)
{
    show_confirm (self);
    fake_cards_lose (self->fakes->cards);
}

/* Another card is put in where the application was about to be sent. */
static void
show_confirm_exchanged (UiBench *self)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);
    TouCardCertificate *other = form_certificate_new ('b', "椿原商事株式会社", "椿原　花子");

    tou_set_text (&other->serial, "4A7B0C");
    g_ptr_array_add (certificates, other);
    show_confirm_lost (self);
    fake_cards_set_certificates (self->fakes->cards, certificates);
    ui_press (self, "submit_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
}

static void
show_complete (UiBench *self)
{
    show_confirm (self);
    ui_press (self, "submit_button");
}

static void
show_complete_repeat (UiBench *self)
{
    show_uncertain (self);
    fake_script_fail (self->fakes->script, "get-submission",
                      g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND, "not there"));
    ui_press (self, "ask_button");
}

static void
show_change_other_card (UiBench *self)
{
    tou_set_text (&fake_bench_register (self->fakes)->card_sha256, "another");
    form_put_tokens (self, make_token (TOU_PIN_STATE_OK), NULL);
    ui_bench_go (self, TOU_PAGE_MENU);
    ui_press (self, "change_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
}

/* The longest texts on both sides. */
static void
show_change_long (UiBench *self)
{
    static const char name[] = "建設本部東日本統括営業部公共工事入札契約管理課電子調達推進担当第一係仙台市青"
                               "葉区本町勤務者一同御中連絡窓口担当部署";
    TouRegistration *registration = fake_bench_register (self->fakes);

    tou_set_text (&registration->contact->name, name);
    tou_set_text (&registration->company->address, name);
    ui_bench_go (self, TOU_PAGE_MENU);
    ui_press (self, "change_button");
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    ui_type (self, "company_phone_entry", "0000000000-0000000000-000");
    ui_type (self, "contact_address_entry", name);
    ui_press (self, "confirm_button");
}

static const Screen screens[] = {
    { "pin", show_pin },
    { "pin-looking", show_pin_looking },
    { "pin-no-reader", show_pin_no_reader },
    { "pin-no-card", show_pin_no_card },
    { "pin-unrecognised", show_pin_unrecognised },
    { "pin-no-module", show_pin_no_module },
    { "pin-several", show_pin_several },
    { "pin-two", show_pin_two },
    { "pin-changed", show_pin_changed },
    { "pin-two-wrong", show_pin_two_wrong },
    { "pin-two-final-wrong", show_pin_two_final_wrong },
    { "pin-low", show_pin_low },
    { "pin-final", show_pin_final },
    { "pin-final-known", show_pin_final_known },
    { "pin-final-wrong", show_pin_final_wrong },
    { "pin-letters", show_pin_letters },
    { "pin-candidates", show_pin_candidates },
    { "pin-none-usable", show_pin_none_usable },
    { "pin-long", show_pin_long },
    { "pin-long-wrong", show_pin_long_wrong },
    { "pin-locked", show_pin_locked },
    { "pin-wrong", show_pin_wrong },
    { "pin-empty", show_pin_empty },
    { "pin-busy", show_pin_busy },
    { "pin-keypad", show_pin_keypad },
    { "pin-keypad-busy", show_pin_keypad_busy },
    { "certificates", show_certificates },
    { "form", show_form },
    { "form-faults", show_form_faults },
    { "form-notes", show_form_notes },
    { "form-marks", show_form_marks },
    { "form-steps", show_form_steps },
    { "form-lost", show_form_lost },
    { "change-other-card", show_change_other_card },
    { "change-long", show_change_long },
    { "confirm", show_confirm },
    { "confirm-differs", show_confirm_differs },
    { "signing", show_signing },
    { "signing-keypad", show_signing_keypad },
    { "confirm-long", show_confirm_long },
    { "submitting", show_submitting },
    { "uncertain", show_uncertain },
    { "refused", show_refused },
    { "confirm-lost", show_confirm_lost },
    { "confirm-exchanged", show_confirm_exchanged },
    { "complete", show_complete },
    { "complete-repeat", show_complete_repeat },
};

const Screen *
screens_form_get (guint *out_n)
{
    *out_n = G_N_ELEMENTS (screens);
    return screens;
}
