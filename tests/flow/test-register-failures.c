/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"
#include "tou-flow-error.h"

#define assert_state(bench, STATE)                                                                           \
    g_assert_cmpint (tou_request_flow_get_state ((bench)->flow), ==, TOU_REQUEST_STATE_##STATE)

#define assert_log(bench, words) g_assert_cmpstr (fake_script_get_log ((bench)->script), ==, words)

static void
assert_form_kept (FakeBench *bench)
{
    g_autoptr (TouContact) wanted = fake_contact_new ();

    g_assert_true (tou_contact_equal (tou_request_flow_get_contact (bench->flow), wanted));
}

static GBytes *
get_sent (FakeBench *bench, guint i)
{
    return g_ptr_array_index (fake_service_get_sent (bench->service), i);
}

static const char *
get_sent_id (FakeBench *bench, guint i)
{
    return g_ptr_array_index (fake_service_get_sent_ids (bench->service), i);
}

static FakeBench *
make_bench (void)
{
    FakeBench *bench = fake_bench_new ();

    fake_bench_go_to_confirming (bench);
    tou_request_flow_edit_again (bench->flow);
    g_assert_true (tou_request_flow_confirm (bench->flow, NULL, NULL));
    return bench;
}

static void
fail_submit (FakeBench *bench, GQuark domain, int code)
{
    g_autoptr (GError) error = NULL;

    g_assert_null (fake_bench_submit (bench, &error));
    g_assert_error (error, domain, code);
    fake_turn_main_loop ();
    assert_form_kept (bench);
}

static void
submit_well (FakeBench *bench, gboolean was_repeat)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = fake_bench_submit (bench, &error);

    g_assert_no_error (error);
    g_assert_cmpint (receipt->was_repeat, ==, was_repeat);
    assert_state (bench, COMPLETED);
    g_assert_cmpuint (fake_service_count_accepted (bench->service), ==, 1);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_ACCEPTED), ==, 1);
}

static void
test_own_check_fails (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "check-request",
                      g_error_new (TOU_PROOF_ERROR, TOU_PROOF_ERROR_SIGNATURE, "Wrong"));
    fail_submit (bench, TOU_CARD_ERROR, TOU_CARD_ERROR_BAD_SIGNATURE);
    assert_state (bench, CONFIRMING);
    g_assert_cmpuint (fake_script_count (bench->script, "put-submission"), ==, 0);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 0);
    submit_well (bench, FALSE);
}

static void
test_store_fails_before_sending (gconstpointer call)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, call, g_error_new (TOU_STORE_ERROR, TOU_STORE_ERROR_FULL, "Full"));
    fail_submit (bench, TOU_STORE_ERROR, TOU_STORE_ERROR_FULL);
    assert_state (bench, CONFIRMING);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 0);
    submit_well (bench, FALSE);
}

static void
test_nonce_refused_once (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "submit", fake_problem_new (400, "40004", "bad-nonce"));
    submit_well (bench, FALSE);
    g_assert_cmpuint (fake_script_count (bench->script, "sign"), ==, 2);
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 0);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 2);
    g_assert_cmpstr (get_sent_id (bench, 0), !=, get_sent_id (bench, 1));
    g_assert_cmpint (fake_store_get (bench->store, get_sent_id (bench, 0))->state, ==,
                     TOU_SUBMISSION_STATE_REFUSED);
}

static void
test_nonce_refused_twice (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "submit", fake_problem_new (400, "40004", "bad-nonce"));
    fake_script_fail (bench->script, "submit", fake_problem_new (400, "40004", "bad-nonce"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, CONFIRMING);
    g_assert_cmpuint (fake_script_count (bench->script, "sign"), ==, 2);
}

static void
test_refused (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "submit", fake_problem_new (422, "40003", "bad-field"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, CONFIRMING);
    const TouSubmission *kept = fake_store_get (bench->store, get_sent_id (bench, 0));
    g_assert_cmpint (kept->state, ==, TOU_SUBMISSION_STATE_REFUSED);
    g_assert_cmpstr (kept->refusal_code, ==, "40003");

    fake_script_clear_log (bench->script);
    submit_well (bench, FALSE);
    g_assert_cmpstr (get_sent_id (bench, 0), !=, get_sent_id (bench, 1));
    g_assert_false (g_bytes_equal (get_sent (bench, 0), get_sent (bench, 1)));
    g_assert_cmpuint (fake_script_count (bench->script, "nonce"), ==, 1);
}

static void
test_lost_answer_found (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, TRUE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    assert_state (bench, UNCERTAIN);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_SENT), ==, 1);
    fake_script_clear_log (bench->script);
    submit_well (bench, TRUE);
    fake_turn_main_loop ();
    assert_log (bench, "get-submission check-receipt put-receipt delete-draft");
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 1);
}

static void
test_lost_answer_not_found (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, FALSE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    assert_state (bench, UNCERTAIN);
    fake_script_clear_log (bench->script);
    submit_well (bench, FALSE);
    fake_turn_main_loop ();
    assert_log (bench, "get-submission submit check-receipt put-receipt delete-draft");
    g_assert_true (g_bytes_equal (get_sent (bench, 0), get_sent (bench, 1)));
    g_assert_cmpstr (get_sent_id (bench, 0), ==, get_sent_id (bench, 1));
}

/* It arrives while one asks: the second sending is answered as a repeat, which is a success. */
static void
test_repeat_is_success (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, TRUE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    fake_script_fail (bench->script, "get-submission",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND, "Not yet"));
    submit_well (bench, TRUE);
    g_assert_true (tou_request_flow_get_submission (bench->flow)->receipt->was_repeat);
}

/* Once something may have arrived, "unreachable" on the next try does not make it unsent. */
static void
test_uncertain_stays (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, FALSE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    fake_script_fail (bench->script, "get-submission",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE, "No route"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    assert_state (bench, UNCERTAIN);
    fake_script_fail (bench->script, "submit",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE, "No route"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    assert_state (bench, UNCERTAIN);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_SENT), ==, 1);
    tou_request_flow_leave (bench->flow);
    tou_request_flow_begin (bench->flow);
    assert_state (bench, UNCERTAIN);
    submit_well (bench, FALSE);
    g_assert_true (g_bytes_equal (get_sent (bench, 0), get_sent (bench, 2)));
}

/* The first copy is still at work, and has used the nonce up. Would catch: a second application, signed anew
 * unasked. */
static void
test_nonce_refused_when_resent (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, TRUE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    fake_script_fail (bench->script, "get-submission",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND, "Not yet"));
    fake_script_fail (bench->script, "submit", fake_problem_new (400, "40004", "bad-nonce"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, UNCERTAIN);
    g_assert_cmpuint (fake_script_count (bench->script, "sign"), ==, 1);
    g_assert_cmpint (fake_store_get (bench->store, get_sent_id (bench, 0))->state, ==,
                     TOU_SUBMISSION_STATE_SENT);
    submit_well (bench, TRUE);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 2);
}

/* Whoever may not ask now may have been let in before. */
static void
test_refusal_of_resent_is_no_fate (gconstpointer status)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, TRUE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    fake_script_fail (bench->script, "get-submission",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_FOUND, "Not yet"));
    fake_script_fail (bench->script, "submit",
                      fake_problem_new (GPOINTER_TO_UINT (status), "30006", "certificate-revoked"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, UNCERTAIN);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_SENT), ==, 1);
    submit_well (bench, TRUE);
}

static void
give_up (FakeBench *bench)
{
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    tou_request_flow_give_up_async (bench->flow, fake_result_take, &done);
    g_assert_true (tou_request_flow_give_up_finish (bench->flow, fake_result_wait (&done), &error));
    g_assert_no_error (error);
}

/* It never arrived and cannot be sent again: nobody is left in UNCERTAIN for good. */
static void
test_give_up (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, FALSE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    g_assert_false (tou_request_flow_may_give_up (bench->flow));
    fake_script_fail (bench->script, "submit", fake_problem_new (400, "40004", "bad-nonce"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    g_assert_false (tou_request_flow_may_give_up (bench->flow));
    fail_submit (bench, TOU_FLOW_ERROR, TOU_FLOW_ERROR_NOT_RECEIVED);
    assert_state (bench, UNCERTAIN);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 2);
    g_assert_true (tou_request_flow_may_give_up (bench->flow));
    give_up (bench);
    assert_state (bench, CONFIRMING);
    assert_form_kept (bench);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_GIVEN_UP), ==, 1);
    submit_well (bench, FALSE);
    g_assert_cmpstr (get_sent_id (bench, 0), !=, get_sent_id (bench, 2));
}

/* A limit passes: the same bytes may be sent again. Would catch: another application where this one can
 * arrive. */
static void
test_limit_is_no_refusal (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_lose_answer (bench->service, FALSE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    fake_script_fail (bench->script, "submit", fake_problem_new (429, "40001", "too-many-requests"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, UNCERTAIN);
    submit_well (bench, FALSE);
    g_assert_true (g_bytes_equal (get_sent (bench, 0), get_sent (bench, 2)));
}

static void
test_server_error_is_uncertain (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "submit", fake_problem_new (502, "40001", "bad-gateway"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, UNCERTAIN);
    submit_well (bench, FALSE);
}

static void
test_unreachable (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "submit",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE, "No route"));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    assert_state (bench, CONFIRMING);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_SIGNED), ==, 1);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_SENT), ==, 0);
    submit_well (bench, FALSE);
}

static void
test_session_expired (gconstpointer call)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, call, fake_session_over_new (call));
    fail_submit (bench, TOU_SERVICE_ERROR,
                 g_str_equal (call, "nonce") ? TOU_SERVICE_ERROR_SESSION_OVER : TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, CONFIRMING);
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_CONNECTED);
    g_assert_nonnull (tou_request_flow_get_company (bench->flow));
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_NOT_SIGNED_IN);
    assert_state (bench, CONFIRMING);
    fake_bench_sign_in (bench);
    submit_well (bench, FALSE);
}

static void
test_bad_receipt (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_service_set_spoils_receipts (bench->service, TRUE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_RECEIPT);
    assert_state (bench, UNCERTAIN);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_SENT), ==, 1);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_BAD_RECEIPT);
    assert_state (bench, UNCERTAIN);
    fake_service_set_spoils_receipts (bench->service, FALSE);
    submit_well (bench, TRUE);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 1);
}

/* Would catch: an application that the service has said not to have been sent. */
static void
test_receipt_not_kept (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "put-receipt",
                      g_error_new (TOU_STORE_ERROR, TOU_STORE_ERROR_FULL, "Full"));
    fail_submit (bench, TOU_FLOW_ERROR, TOU_FLOW_ERROR_RECEIPT_NOT_KEPT);
    assert_state (bench, UNCERTAIN);
    submit_well (bench, FALSE);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 1);
}

static void
test_card_fails_while_signing (void)
{
    g_autoptr (FakeBench) bench = make_bench ();

    fake_script_fail (bench->script, "sign",
                      g_error_new (TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED, "Gone"));
    fail_submit (bench, TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED);
    assert_state (bench, CARD);
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 0);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    g_assert_true (tou_request_flow_confirm (bench->flow, NULL, NULL));
    submit_well (bench, FALSE);
}

static void
hold_and_submit (FakeBench *bench, const char *call, GCancellable *cancellable, FakeResult *done)
{
    fake_script_hold (bench->script, call);
    tou_request_flow_submit_async (bench->flow, cancellable, fake_result_take, done);
    while (!fake_script_is_holding (bench->script, call))
        g_main_context_iteration (NULL, TRUE);
}

static GError *
end_submit (FakeBench *bench, FakeResult *done)
{
    GError *error = NULL;
    g_autoptr (TouReceipt) receipt = tou_request_flow_submit_finish (bench->flow, fake_result_wait (done),
                                                                     &error);

    g_assert_true ((receipt == NULL) == (error != NULL));
    fake_turn_main_loop ();
    return error;
}

/* The signature is made: the card may go, and the application still arrives. */
static void
test_card_lost_while_submitting (void)
{
    g_autoptr (FakeBench) bench = make_bench ();
    g_auto (FakeResult) done = { NULL };

    hold_and_submit (bench, "submit", NULL, &done);
    fake_cards_lose (bench->cards);
    assert_state (bench, SUBMITTING);
    fake_script_release (bench->script, "submit");
    g_assert_null (end_submit (bench, &done));
    assert_state (bench, COMPLETED);
}

static void
test_card_lost_and_refused (void)
{
    g_autoptr (FakeBench) bench = make_bench ();
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    hold_and_submit (bench, "submit", NULL, &done);
    fake_cards_lose (bench->cards);
    fake_script_fail (bench->script, "submit", fake_problem_new (422, "40003", "bad-field"));
    fake_script_release (bench->script, "submit");
    error = end_submit (bench, &done);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    assert_state (bench, CARD);
    assert_form_kept (bench);
}

typedef struct {
    const char *call;
    TouRequestState after_cancel;
    TouRequestState after_leave;
} AwaitPoint;

static const AwaitPoint await_points[] = {
    { "nonce", TOU_REQUEST_STATE_CONFIRMING, TOU_REQUEST_STATE_IDLE },
    { "sign", TOU_REQUEST_STATE_CARD, TOU_REQUEST_STATE_IDLE },
    { "put-submission", TOU_REQUEST_STATE_CONFIRMING, TOU_REQUEST_STATE_IDLE },
    { "mark-sent", TOU_REQUEST_STATE_CONFIRMING, TOU_REQUEST_STATE_IDLE },
    { "submit", TOU_REQUEST_STATE_UNCERTAIN, TOU_REQUEST_STATE_UNCERTAIN },
};

static void
check_after_end (FakeBench *bench, const AwaitPoint *point, TouRequestState wanted)
{
    g_assert_cmpint (tou_request_flow_get_state (bench->flow), ==, wanted);
    gboolean is_sent = g_str_equal (point->call, "submit");
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, is_sent);
    g_assert_cmpuint (fake_store_count (bench->store, TOU_SUBMISSION_STATE_SENT), ==, is_sent);
    assert_form_kept (bench);
}

static void
test_cancelled_at (gconstpointer data)
{
    const AwaitPoint *point = data;
    g_autoptr (FakeBench) bench = make_bench ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_auto (FakeResult) done = { NULL };

    hold_and_submit (bench, point->call, cancellable, &done);
    g_cancellable_cancel (cancellable);
    fake_script_release (bench->script, point->call);
    g_autoptr (GError) error = end_submit (bench, &done);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    check_after_end (bench, point, point->after_cancel);
}

static void
test_left_at (gconstpointer data)
{
    const AwaitPoint *point = data;
    g_autoptr (FakeBench) bench = make_bench ();
    g_auto (FakeResult) done = { NULL };

    hold_and_submit (bench, point->call, NULL, &done);
    tou_request_flow_leave (bench->flow);
    fake_script_release (bench->script, point->call);
    g_autoptr (GError) error = end_submit (bench, &done);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    check_after_end (bench, point, point->after_leave);
    tou_request_flow_begin (bench->flow);
    g_assert_cmpint (tou_request_flow_get_state (bench->flow), ==,
                     point->after_leave == TOU_REQUEST_STATE_UNCERTAIN ? TOU_REQUEST_STATE_UNCERTAIN
                                                                       : TOU_REQUEST_STATE_CARD);
    fake_turn_main_loop ();
}

/* The last write comes after the service said yes: too late to cancel, and the receipt is kept. */
static void
test_cancelled_too_late (void)
{
    g_autoptr (FakeBench) bench = make_bench ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_auto (FakeResult) done = { NULL };

    hold_and_submit (bench, "put-receipt", cancellable, &done);
    g_cancellable_cancel (cancellable);
    fake_script_release (bench->script, "put-receipt");
    g_assert_null (end_submit (bench, &done));
    assert_state (bench, COMPLETED);
}

static void
test_cancelled_while_asking (void)
{
    g_autoptr (FakeBench) bench = make_bench ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_auto (FakeResult) done = { NULL };

    fake_service_lose_answer (bench->service, TRUE);
    fail_submit (bench, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    hold_and_submit (bench, "get-submission", cancellable, &done);
    g_cancellable_cancel (cancellable);
    g_autoptr (GError) error = end_submit (bench, &done);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_state (bench, UNCERTAIN);
    fake_script_release (bench->script, "get-submission");
    submit_well (bench, TRUE);
}

static void
unlock_and_hold (FakeBench *bench, const char *call, GCancellable *cancellable, FakeResult *done)
{
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (FAKE_PIN);

    fake_bench_sign_in (bench);
    tou_request_flow_begin (bench->flow);
    fake_turn_main_loop ();
    g_autoptr (TouCardInventory) inventory = tou_card_inventory_ref (
        tou_unlock_step_get_inventory (tou_request_flow_get_unlock_step (bench->flow)));
    fake_script_hold (bench->script, call);
    g_signal_emit_by_name (bench->cards, "changed");
    if (!g_str_equal (call, "list"))
        fake_turn_main_loop ();
    tou_unlock_step_unlock_async (tou_request_flow_get_unlock_step (bench->flow),
                                  g_ptr_array_index (inventory->tokens, 0), pin, cancellable,
                                  fake_result_take, done);
    while (!fake_script_is_holding (bench->script, call))
        g_main_context_iteration (NULL, TRUE);
}

static void
test_unlock_cancelled_at (gconstpointer call)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    unlock_and_hold (bench, call, cancellable, &done);
    g_cancellable_cancel (cancellable);
    fake_script_release (bench->script, call);
    g_assert_false (tou_unlock_step_unlock_finish (tou_request_flow_get_unlock_step (bench->flow),
                                                   fake_result_wait (&done), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_state (bench, CARD);
    fake_turn_main_loop ();
}

static void
test_unlock_left_at (gconstpointer call)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    unlock_and_hold (bench, call, NULL, &done);
    tou_request_flow_leave (bench->flow);
    fake_script_release (bench->script, call);
    g_assert_false (tou_unlock_step_unlock_finish (tou_request_flow_get_unlock_step (bench->flow),
                                                   fake_result_wait (&done), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_state (bench, IDLE);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
    fake_turn_main_loop ();
}

static void
test_no_receipt_authority (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouServiceProfile) profile = fake_profile_new (FALSE);

    g_clear_object (&bench->flow);
    g_clear_object (&bench->session);
    bench->session = tou_session_flow_new (profile, TOU_REGISTRATION_SERVICE (bench->service), bench->clock);
    bench->flow = tou_register_flow_new (bench->session, TOU_CARD_ACCESS (bench->cards),
                                         TOU_RECORD_STORE (bench->store), TOU_PROOF_CHECKER (bench->proofs));
    fake_bench_go_to_confirming (bench);
    fail_submit (bench, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_MISSING);
    assert_state (bench, CONFIRMING);
    g_assert_cmpuint (fake_script_count (bench->script, "nonce"), ==, 0);
}

static void
test_submit_twice_at_once (void)
{
    g_autoptr (FakeBench) bench = make_bench ();
    g_auto (FakeResult) done = { NULL };

    hold_and_submit (bench, "nonce", NULL, &done);
    fail_submit (bench, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE);
    fake_script_release (bench->script, "nonce");
    g_assert_null (end_submit (bench, &done));
    g_assert_cmpuint (fake_service_get_sent (bench->service)->len, ==, 1);
}

static void
add_await_points (void)
{
    for (gsize i = 0; i < G_N_ELEMENTS (await_points); i++) {
        g_autofree char *cancelled = g_strconcat ("/register/cancelled-at/", await_points[i].call, NULL);
        g_autofree char *left = g_strconcat ("/register/left-at/", await_points[i].call, NULL);
        g_test_add_data_func (cancelled, &await_points[i], test_cancelled_at);
        g_test_add_data_func (left, &await_points[i], test_left_at);
    }
    g_test_add_func ("/register/cancelled-at/too-late", test_cancelled_too_late);
    g_test_add_func ("/register/cancelled-at/get-submission", test_cancelled_while_asking);
    g_test_add_data_func ("/register/unlock-cancelled-at/list", "list", test_unlock_cancelled_at);
    g_test_add_data_func ("/register/unlock-cancelled-at/unlock", "unlock", test_unlock_cancelled_at);
    g_test_add_data_func ("/register/unlock-left-at/list", "list", test_unlock_left_at);
    g_test_add_data_func ("/register/unlock-left-at/unlock", "unlock", test_unlock_left_at);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/register/own-check-fails", test_own_check_fails);
    g_test_add_data_func ("/register/store-fails/put", "put-submission", test_store_fails_before_sending);
    g_test_add_data_func ("/register/store-fails/mark", "mark-sent", test_store_fails_before_sending);
    g_test_add_func ("/register/nonce-refused-once", test_nonce_refused_once);
    g_test_add_func ("/register/nonce-refused-twice", test_nonce_refused_twice);
    g_test_add_func ("/register/refused", test_refused);
    g_test_add_func ("/register/lost-answer/found", test_lost_answer_found);
    g_test_add_func ("/register/lost-answer/not-found", test_lost_answer_not_found);
    g_test_add_func ("/register/lost-answer/repeat", test_repeat_is_success);
    g_test_add_func ("/register/lost-answer/stays-uncertain", test_uncertain_stays);
    g_test_add_func ("/register/server-error-is-uncertain", test_server_error_is_uncertain);
    g_test_add_func ("/register/unreachable", test_unreachable);
    g_test_add_data_func ("/register/session-expired/nonce", "nonce", test_session_expired);
    g_test_add_data_func ("/register/session-expired/submit", "submit", test_session_expired);
    g_test_add_func ("/register/bad-receipt", test_bad_receipt);
    g_test_add_func ("/register/receipt-not-kept", test_receipt_not_kept);
    g_test_add_func ("/register/resent/bad-nonce", test_nonce_refused_when_resent);
    g_test_add_data_func ("/register/resent/forbidden", GUINT_TO_POINTER (403),
                          test_refusal_of_resent_is_no_fate);
    g_test_add_data_func ("/register/resent/too-many", GUINT_TO_POINTER (429),
                          test_refusal_of_resent_is_no_fate);
    g_test_add_func ("/register/resent/limit-passes", test_limit_is_no_refusal);
    g_test_add_func ("/register/give-up", test_give_up);
    g_test_add_func ("/register/card-fails-while-signing", test_card_fails_while_signing);
    g_test_add_func ("/register/card-lost-while-submitting", test_card_lost_while_submitting);
    g_test_add_func ("/register/card-lost-and-refused", test_card_lost_and_refused);
    g_test_add_func ("/register/no-receipt-authority", test_no_receipt_authority);
    g_test_add_func ("/register/submit-twice-at-once", test_submit_twice_at_once);
    add_await_points ();
    return g_test_run ();
}
