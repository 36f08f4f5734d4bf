/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"
#include "tou-flow-error.h"

#define CURRENT 'a' /* the hash digit of the registered card */
#define NEW 'b'
#define MINUTE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

#define assert_state(bench, STATE)                                                                           \
    g_assert_cmpint (tou_request_flow_get_state ((bench)->renewal), ==, TOU_REQUEST_STATE_##STATE)
#define assert_step(bench, STEP)                                                                             \
    g_assert_cmpint (tou_card_renewal_flow_get_step (get_flow (bench)), ==, TOU_RENEWAL_STEP_##STEP)

static TouCardRenewalFlow *
get_flow (FakeBench *bench)
{
    return TOU_CARD_RENEWAL_FLOW (bench->renewal);
}

static TouUnlockStep *
get_unlock (FakeBench *bench)
{
    return tou_request_flow_get_unlock_step (bench->renewal);
}

static TouRegistration *
make_registration (void)
{
    g_autoptr (TouCardCertificate) card = fake_certificate_new (CURRENT);
    TouRegistration *registration = tou_registration_new ();

    registration->company = tou_company_new ();
    registration->company->vendor_number = g_strdup ("7370001009300");
    registration->company->name = g_strdup (card->company);
    registration->contact = fake_contact_new ();
    registration->card_sha256 = g_strdup (card->sha256);
    registration->card_not_after_us = card->not_after_us;
    return registration;
}

static gboolean
prepare (FakeBench *bench, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_request_flow_prepare_async (bench->renewal, NULL, fake_result_take, &done);
    return tou_request_flow_prepare_finish (bench->renewal, fake_result_wait (&done), error);
}

/* Up to the question for the current card. */
static FakeBench *
make_begun (void)
{
    FakeBench *bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_service_set_registration (bench->service, make_registration ());
    fake_bench_sign_in (bench);
    g_assert_true (prepare (bench, &error));
    g_assert_no_error (error);
    tou_request_flow_begin (bench->renewal);
    fake_turn_main_loop ();
    fake_script_clear_log (bench->script);
    return bench;
}

/* @certificate: (transfer full): the only card in the only reader */
static void
put_in (FakeBench *bench, TouCardCertificate *certificate)
{
    g_autoptr (TouCardInventory) inventory = fake_inventory_new (certificate);
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (certificates, certificate);
    fake_cards_set_certificates (bench->cards, certificates);
    fake_cards_set_inventory (bench->cards, inventory);
    fake_turn_main_loop ();
}

static gboolean
unlock (FakeBench *bench, GError **error)
{
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (FAKE_PIN);
    g_auto (FakeResult) done = { NULL };
    gboolean is_unlocked;

    fake_turn_main_loop ();
    TouCardInventory *inventory = tou_unlock_step_get_inventory (get_unlock (bench));
    tou_unlock_step_unlock_async (get_unlock (bench), g_ptr_array_index (inventory->tokens, 0), pin, NULL,
                                  fake_result_take, &done);
    is_unlocked = tou_unlock_step_unlock_finish (get_unlock (bench), fake_result_wait (&done), error);
    fake_turn_main_loop ();
    return is_unlocked;
}

/* Up to the question for the new card; the current one is still in the reader. */
static FakeBench *
make_authorized (void)
{
    FakeBench *bench = make_begun ();

    g_assert_true (unlock (bench, NULL));
    assert_step (bench, NEW_CARD);
    fake_script_clear_log (bench->script);
    return bench;
}

static FakeBench *
make_confirming (void)
{
    FakeBench *bench = make_authorized ();

    put_in (bench, fake_certificate_new (NEW));
    g_assert_true (unlock (bench, NULL));
    assert_state (bench, CONFIRMING);
    fake_script_clear_log (bench->script);
    return bench;
}

static TouReceipt *
submit (FakeBench *bench, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_request_flow_submit_async (bench->renewal, NULL, fake_result_take, &done);
    return tou_request_flow_submit_finish (bench->renewal, fake_result_wait (&done), error);
}

static void
take_error (TouRequestFlow *flow, const GError *error, GError **out_error)
{
    g_assert_null (*out_error);
    *out_error = g_error_copy (error);
}

static char *
dup_sent (FakeBench *bench)
{
    GBytes *cms = g_ptr_array_index (fake_service_get_sent (bench->service), 0);

    return g_strndup (g_bytes_get_data (cms, NULL), g_bytes_get_size (cms));
}

/* The order is the promise: the current card's word is checked and the card is let go before the new one is
 * asked for, and nothing of the new card is signed before the user has seen both. */
static void
test_one_reader (void)
{
    g_autoptr (FakeBench) bench = make_begun ();
    g_autoptr (GError) error = NULL;
    g_autofree char *current_hash = g_strnfill (64, CURRENT);
    g_autofree char *new_hash = g_strnfill (64, NEW);

    assert_state (bench, CARD);
    assert_step (bench, CURRENT_CARD);
    g_assert_true (unlock (bench, &error));
    g_assert_cmpstr (fake_script_get_log (bench->script), ==, "unlock nonce sign check-request release list");
    assert_state (bench, CARD);
    assert_step (bench, NEW_CARD);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
    put_in (bench, fake_certificate_new (NEW));
    g_assert_true (unlock (bench, &error));
    assert_state (bench, CONFIRMING);
    assert_step (bench, READY);
    g_assert_cmpstr (tou_card_renewal_flow_get_current (get_flow (bench))->sha256, ==, current_hash);
    g_assert_cmpstr (tou_request_flow_get_certificate (bench->renewal)->sha256, ==, new_hash);
    g_assert_cmpuint (fake_script_count (bench->script, "sign"), ==, 1);

    g_autoptr (TouReceipt) receipt = submit (bench, &error);
    g_assert_no_error (error);
    assert_state (bench, COMPLETED);
    g_autofree char *sent = dup_sent (bench);
    g_autofree char *signer = g_strdup_printf ("cms(%s)card-renewal", new_hash);
    g_assert_true (g_str_has_prefix (sent, signer));
    g_assert_true (g_str_has_suffix (sent, "7370001009300 authorized"));
}

static void
test_nothing_registered (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_sign_in (bench);
    g_assert_false (prepare (bench, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_NOT_REGISTERED);
    assert_state (bench, IDLE);
}

/* Said before anyone looks for the card. */
static void
test_registered_card_expired (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    TouRegistration *registration = make_registration ();
    g_autoptr (GError) error = NULL;

    registration->card_not_after_us = FAKE_NOW_US - 1;
    fake_service_set_registration (bench->service, registration);
    fake_bench_sign_in (bench);
    g_assert_true (prepare (bench, NULL));
    g_assert_false (tou_card_renewal_flow_check (get_flow (bench), &error));
    g_assert_error (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_CURRENT_EXPIRED);
}

typedef struct {
    const char *what;
    char hash_digit;
    const char *company;
    int from_days, to_days;
    GQuark (*domain) (void);
    int code;
} CardRow;

/* What each card gets where it is asked for; where it is refused, its PIN is not sent. */
static void
check_card (FakeBench *bench, const CardRow *row)
{
    TouCardCertificate *certificate = fake_certificate_new (row->hash_digit);
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", row->what);
    tou_set_text (&certificate->company, row->company);
    certificate->not_before_us = FAKE_NOW_US + row->from_days * G_TIME_SPAN_DAY;
    certificate->not_after_us = FAKE_NOW_US + row->to_days * G_TIME_SPAN_DAY;
    put_in (bench, certificate);
    if (row->domain == NULL) {
        g_assert_true (unlock (bench, &error));
        return;
    }
    g_assert_false (unlock (bench, &error));
    g_assert_error (error, row->domain (), row->code);
    assert_state (bench, CARD);
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 0);
    g_assert_cmpuint (fake_script_count (bench->script, "sign"), ==, 0);
}

static void
test_current_cards (void)
{
    static const CardRow rows[] = {
        { "the new card first", NEW, "株式会社練習商事", -1, 100, tou_renewal_error_quark,
          TOU_RENEWAL_ERROR_NOT_CURRENT },
        { "another card that has expired", NEW, "株式会社練習商事", -100, -1, tou_renewal_error_quark,
          TOU_RENEWAL_ERROR_NOT_CURRENT },
        { "expired", CURRENT, "株式会社練習商事", -100, -1, tou_renewal_error_quark,
          TOU_RENEWAL_ERROR_CURRENT_EXPIRED },
        { "the registered one, of whatever company", CURRENT, "旧株式会社", -100, 100, NULL, 0 },
    };
    g_autoptr (FakeBench) bench = make_begun ();

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        check_card (bench, &rows[i]);
    assert_step (bench, NEW_CARD);
}

static void
check_new_cards (const CardRow *rows, guint n_rows)
{
    g_autoptr (FakeBench) bench = make_authorized ();

    for (guint i = 0; i < n_rows; i++)
        check_card (bench, &rows[i]);
    assert_step (bench, READY);
}

/* Each of them leaves the question where it was, and the right card ends it. */
static void
test_new_cards (void)
{
    static const CardRow rows[] = {
        { "still the current one", CURRENT, "株式会社練習商事", -100, 100, tou_renewal_error_quark,
          TOU_RENEWAL_ERROR_SAME_CARD },
        { "another company's", NEW, "椿原商事株式会社", -1, 100, tou_renewal_error_quark,
          TOU_RENEWAL_ERROR_OTHER_COMPANY },
        { "no company at all", NEW, NULL, -1, 100, tou_renewal_error_quark, TOU_RENEWAL_ERROR_OTHER_COMPANY },
        { "expired", NEW, "株式会社練習商事", -100, -1, tou_proof_error_quark, TOU_PROOF_ERROR_EXPIRED },
        { "not yet valid", NEW, "株式会社練習商事", 1, 100, tou_proof_error_quark,
          TOU_PROOF_ERROR_NOT_YET_VALID },
        { "spaces do not count", NEW, "株式会社　練習 商事", -1, 100, NULL, 0 },
    };
    static const CardRow variant[] = {
        { "a variant is no other name", 'c', "㈱練習商事", -1, 100, NULL, 0 },
    };

    check_new_cards (rows, G_N_ELEMENTS (rows));
    check_new_cards (variant, G_N_ELEMENTS (variant));
}

/* Both cards in: each has its turn alone. */
static void
test_two_readers (void)
{
    g_autoptr (FakeBench) bench = make_begun ();
    g_autoptr (TouCardCertificate) current = fake_certificate_new (CURRENT);
    g_autoptr (TouCardCertificate) new = fake_certificate_new (NEW);
    g_autoptr (TouCardInventory) with_current = fake_inventory_new (current);
    g_autoptr (TouCardInventory) with_new = fake_inventory_new (new);
    TouCardToken *current_token = g_ptr_array_index (with_current->tokens, 0);
    TouCardToken *new_token = g_ptr_array_index (with_new->tokens, 0);

    g_assert_true (tou_unlock_step_judge_token (get_unlock (bench), current_token, NULL));
    g_assert_false (tou_unlock_step_judge_token (get_unlock (bench), new_token, NULL));
    g_assert_true (unlock (bench, NULL));
    assert_step (bench, NEW_CARD);
    g_assert_false (tou_unlock_step_judge_token (get_unlock (bench), current_token, NULL));
    g_assert_true (tou_unlock_step_judge_token (get_unlock (bench), new_token, NULL));
}

/* Whatever goes wrong while the current card signs: it is asked for again, and the way on is open. */
static void
check_authorization_failure (const char *call, GError *fault)
{
    g_autoptr (FakeBench) bench = make_begun ();
    g_autoptr (GError) wanted = g_error_copy (fault);
    g_autoptr (GError) error = NULL;
    gulong handler = g_signal_connect (bench->renewal, "authorization-failed", G_CALLBACK (take_error),
                                       &error);

    fake_script_fail (bench->script, call, fault);
    g_assert_true (unlock (bench, NULL));
    g_assert_nonnull (error);
    if (!g_str_equal (call, "check-request"))
        g_assert_error (error, wanted->domain, wanted->code);
    assert_step (bench, CURRENT_CARD);
    assert_state (bench, CARD);
    g_assert_null (tou_card_renewal_flow_get_current (get_flow (bench)));
    g_signal_handler_disconnect (bench->renewal, handler);
    g_assert_true (unlock (bench, NULL));
    assert_step (bench, NEW_CARD);
}

static void
test_authorization_fails (void)
{
    check_authorization_failure (
        "nonce", g_error_new_literal (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT, "Not reached"));
    check_authorization_failure (
        "sign", g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED, "Taken out"));
    check_authorization_failure ("check-request",
                                 g_error_new_literal (TOU_PROOF_ERROR, TOU_PROOF_ERROR_SIGNATURE, "Wrong"));
}

static void
test_session_ends_while_authorizing (void)
{
    g_autoptr (FakeBench) bench = make_begun ();
    g_autoptr (GError) error = NULL;

    g_signal_connect (bench->renewal, "authorization-failed", G_CALLBACK (take_error), &error);
    fake_script_fail (bench->script, "nonce", fake_session_over_new ("nonce"));
    g_assert_true (unlock (bench, NULL));
    g_assert_nonnull (error);
    assert_state (bench, IDLE);
    g_assert_null (tou_session_flow_get_session (bench->session));
}

/* An answer that comes after the user has left changes nothing. */
static void
test_leave_while_authorizing (void)
{
    g_autoptr (FakeBench) bench = make_begun ();
    g_autoptr (GError) error = NULL;

    g_signal_connect (bench->renewal, "authorization-failed", G_CALLBACK (take_error), &error);
    fake_script_hold (bench->script, "sign");
    g_assert_true (unlock (bench, NULL));
    assert_step (bench, AUTHORIZING);
    tou_request_flow_leave (bench->renewal);
    fake_script_release (bench->script, "sign");
    fake_turn_main_loop ();
    assert_state (bench, IDLE);
    assert_step (bench, CURRENT_CARD);
    g_assert_no_error (error);
    g_assert_null (tou_card_renewal_flow_get_current (get_flow (bench)));
}

/* The current card need not come back because the new one was pulled. */
static void
test_new_card_lost (void)
{
    g_autoptr (FakeBench) bench = make_confirming ();
    g_autoptr (GError) error = NULL;

    fake_cards_lose (bench->cards);
    fake_turn_main_loop ();
    assert_state (bench, CARD);
    assert_step (bench, NEW_CARD);
    g_assert_true (unlock (bench, NULL));
    assert_state (bench, CONFIRMING);
    g_autoptr (TouReceipt) receipt = submit (bench, &error);
    g_assert_no_error (error);
    /* The authorization's nonce was another one. */
    g_assert_cmpuint (fake_script_count (bench->script, "nonce"), ==, 1);
}

static void
test_authorization_gets_old (void)
{
    g_autoptr (FakeBench) bench = make_confirming ();
    g_autoptr (GError) error = NULL;

    tou_clock_set_service_time (bench->clock, FAKE_NOW_US + 10 * MINUTE_US);
    g_assert_null (submit (bench, &error));
    g_assert_error (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_CONSENT_OVER);
    g_assert_cmpuint (fake_script_count (bench->script, "sign"), ==, 0);
    assert_state (bench, CARD);
    assert_step (bench, CURRENT_CARD);
}

/* A refusal for what the current card signed needs that card again; any other does not. */
static void
test_refusals (void)
{
    g_autoptr (FakeBench) bench = make_confirming ();
    g_autoptr (GError) refusal = NULL;
    g_autoptr (GError) used = NULL;

    fake_script_fail (bench->script, "submit", fake_problem_new (403, "30005", "other-company"));
    g_assert_null (submit (bench, &refusal));
    assert_state (bench, CONFIRMING);
    assert_step (bench, READY);
    fake_script_fail (bench->script, "submit", fake_problem_new (400, "40004", "authorization-used"));
    g_assert_null (submit (bench, &used));
    assert_state (bench, IDLE);
    assert_step (bench, CURRENT_CARD);
    g_assert_null (tou_card_renewal_flow_get_current (get_flow (bench)));
}

static void
test_answer_lost (void)
{
    g_autoptr (FakeBench) bench = make_confirming ();
    g_autoptr (GError) lost = NULL;
    g_autoptr (GError) error = NULL;

    fake_service_lose_answer (bench->service, FALSE);
    g_assert_null (submit (bench, &lost));
    assert_state (bench, UNCERTAIN);
    tou_clock_set_service_time (bench->clock, FAKE_NOW_US + 10 * MINUTE_US);
    tou_request_flow_leave (bench->renewal);
    g_assert_true (prepare (bench, NULL));
    tou_request_flow_begin (bench->renewal);
    assert_state (bench, UNCERTAIN);
    /* What was sent is settled however old its authorization is, and with the same bytes. */
    g_autoptr (TouReceipt) receipt = submit (bench, &error);
    g_assert_no_error (error);
    GPtrArray *sent = fake_service_get_sent (bench->service);
    g_assert_cmpuint (sent->len, ==, 2);
    g_assert_true (g_bytes_equal (g_ptr_array_index (sent, 0), g_ptr_array_index (sent, 1)));
    g_assert_cmpuint (fake_script_count (bench->script, "sign"), ==, 1);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/card-renewal-flow/one-reader", test_one_reader);
    g_test_add_func ("/card-renewal-flow/nothing-registered", test_nothing_registered);
    g_test_add_func ("/card-renewal-flow/registered-card-expired", test_registered_card_expired);
    g_test_add_func ("/card-renewal-flow/current-cards", test_current_cards);
    g_test_add_func ("/card-renewal-flow/new-cards", test_new_cards);
    g_test_add_func ("/card-renewal-flow/two-readers", test_two_readers);
    g_test_add_func ("/card-renewal-flow/authorization-fails", test_authorization_fails);
    g_test_add_func ("/card-renewal-flow/session-ends", test_session_ends_while_authorizing);
    g_test_add_func ("/card-renewal-flow/leave-while-authorizing", test_leave_while_authorizing);
    g_test_add_func ("/card-renewal-flow/new-card-lost", test_new_card_lost);
    g_test_add_func ("/card-renewal-flow/authorization-gets-old", test_authorization_gets_old);
    g_test_add_func ("/card-renewal-flow/refusals", test_refusals);
    g_test_add_func ("/card-renewal-flow/answer-lost", test_answer_lost);
    return g_test_run ();
}
