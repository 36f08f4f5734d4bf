/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "form-tools.h"
#include "screens.h"
#include "tou-error-dialog.h"
#include "tou-error-list-window.h"
#include "tou-preferences-window.h"
#include "tou-quit-dialog.h"
#include "tou-records-window.h"
#include "tou-renewal-dialog.h"

#define COMPANY "株式会社練習商事"
#define READER "SCM SCR3310v2.0 [CCID] (53312105703213) 01 00"

static void
show_error_dialog (UiBench *self)
{
    GtkWidget *dialog = tou_error_dialog_new (GTK_WINDOW (self->window),
                                              fake_problem_new (403, "30006", "revoked"),
                                              tou_session_flow_get_profile (self->fakes->session));

    gtk_widget_show (dialog);
}

static void
show_error_list (UiBench *self)
{
    tou_error_list_window_present (GTK_WINDOW (self->window), NULL);
}

static void
show_quit_dialog (UiBench *self)
{
    form_go (self, TOU_PAGE_CONFIRM);
    fake_script_hold (self->fakes->script, "submit");
    ui_press (self, "submit_button");
    gtk_window_present (
        GTK_WINDOW (tou_quit_dialog_new (GTK_WINDOW (self->window), self->flows->registration)));
}

static void
show_preferences (UiBench *self)
{
    tou_preferences_window_present (
        TOU_PREFERENCES_WINDOW (tou_preferences_window_new (GTK_WINDOW (self->window), NULL)));
}

static void
put_record (UiBench *self, int day, TouSubmissionState state)
{
    g_autoptr (TouSubmission) submission = tou_submission_new ();
    TouReceipt *receipt = tou_receipt_new ();

    submission->id = g_strdup_printf ("submission-%d", day);
    submission->signed_at_us = FAKE_NOW_US + day * G_TIME_SPAN_DAY;
    submission->agency_id = g_strdup ("agency");
    submission->state = state;
    submission->cms = g_bytes_new_static ("cms", 3);
    submission->content = g_bytes_new_static ("{}", 2);
    submission->certificate_sha256 = g_strnfill (64, 'a');
    receipt->submission_id = g_strdup (submission->id);
    receipt->reception_number = g_strdup_printf ("20261124-%06d", day);
    receipt->request_sha256 = g_strnfill (64, 'b');
    receipt->cms = g_bytes_new_static ("receipt", 7);
    submission->receipt = receipt;
    tou_record_store_put_submission_async (TOU_RECORD_STORE (self->fakes->store), submission, NULL, NULL);
    fake_turn_main_loop ();
}

static void
present_records (UiBench *self)
{
    g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
    g_autoptr (TouRecordFlow) flow = NULL;

    g_hash_table_insert (names, (gpointer) "agency", (gpointer) "東日本公共工事入札契約管理機構");
    flow = tou_record_flow_new (TOU_RECORD_STORE (self->fakes->store),
                                TOU_PROOF_CHECKER (self->fakes->proofs), names);
    tou_records_window_present (
        TOU_RECORDS_WINDOW (tou_records_window_new (GTK_WINDOW (self->window), flow, TRUE)));
    fake_turn_main_loop ();
}

static void
show_records (UiBench *self)
{
    put_record (self, 1, TOU_SUBMISSION_STATE_ACCEPTED);
    put_record (self, 2, TOU_SUBMISSION_STATE_ACCEPTED);
    present_records (self);
}

static TouCardToken *
make_token (char hash_digit, const char *holder)
{
    return form_token_new (READER, holder, TOU_PIN_STATE_OK,
                           form_certificate_new (hash_digit, COMPANY, holder));
}

static void
begin_renewal (UiBench *self, char hash_digit, const char *holder)
{
    tou_set_text (&fake_bench_register (self->fakes)->company->name, COMPANY);
    form_put_tokens (self, make_token (hash_digit, holder), make_token ('c', "練習　太郎"), NULL);
    ui_bench_go (self, TOU_PAGE_MENU);
    ui_press (self, "renew_button");
    fake_turn_main_loop ();
}

static void
answer_renewal (void)
{
    gtk_dialog_response (GTK_DIALOG (ui_find_toplevel (TOU_TYPE_RENEWAL_DIALOG)), GTK_RESPONSE_OK);
    fake_turn_main_loop ();
}

static void
show_renewal (UiBench *self)
{
    begin_renewal (self, 'a', "練習　花子");
}

static void
show_renewal_no_card (UiBench *self)
{
    show_renewal (self);
    form_put_reader (self, READER, TOU_READER_EMPTY);
}

/* The wrong cards are in, and OK was pressed. */
static void
show_renewal_error (UiBench *self)
{
    begin_renewal (self, 'b', "練習　次郎");
    answer_renewal ();
}

static void
show_renewal_impossible (UiBench *self)
{
    ui_bench_go (self, TOU_PAGE_MENU);
    ui_press (self, "renew_button");
    fake_turn_main_loop ();
}

static const Screen screens[] = {
    { "error-dialog", show_error_dialog },
    { "error-list", show_error_list },
    { "quit-dialog", show_quit_dialog },
    { "preferences", show_preferences },
    { "records-empty", present_records },
    { "records", show_records },
    { "renewal", show_renewal },
    { "renewal-no-card", show_renewal_no_card },
    { "renewal-error", show_renewal_error },
    { "renewal-impossible", show_renewal_impossible },
};

const Screen *
screens_windows_get (guint *out_n)
{
    *out_n = G_N_ELEMENTS (screens);
    return screens;
}
