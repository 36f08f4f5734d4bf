/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check of the card's certificate beside the registration. */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"
#include "fake-checker.h"
#include "tou-proof-checker.h"

typedef struct {
    FakeBench *bench;
    FakeChecker *checker;
    TouUnlockStep *step;
    guint n_checked;
    GError *refused; /* the last "card-refused" of the flow */
} Fixture;

static void
on_checked (Fixture *f)
{
    f->n_checked++;
}

static void
on_refused (Fixture *f, GError *error)
{
    g_assert_null (f->refused);
    f->refused = g_error_copy (error);
}

static void
set_up (Fixture *f, gconstpointer data)
{
    f->bench = fake_bench_new ();
    f->checker = fake_checker_new (f->bench->script);
    f->step = tou_request_flow_get_unlock_step (f->bench->flow);
    tou_unlock_step_set_checker (f->step, TOU_CERTIFICATE_CHECKER (f->checker));
    g_signal_connect_swapped (f->step, "checked", G_CALLBACK (on_checked), f);
    g_signal_connect_swapped (f->bench->flow, "card-refused", G_CALLBACK (on_refused), f);
    fake_bench_sign_in (f->bench);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
    tou_request_flow_leave (f->bench->flow);
    fake_turn_main_loop ();
    g_clear_error (&f->refused);
    g_object_unref (f->checker);
    fake_bench_free (f->bench);
}

static GError *
new_revoked (void)
{
    return g_error_new_literal (TOU_PROOF_ERROR, TOU_PROOF_ERROR_REVOKED, "test");
}

static void
assert_state (Fixture *f, TouRequestState state)
{
    g_assert_cmpint (tou_request_flow_get_state (f->bench->flow), ==, (int) state);
}

/* Starts an unlock whose check is held; the PIN has been taken by then. */
static void
start_held_unlock (Fixture *f, GCancellable *cancellable, FakeResult *result)
{
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (FAKE_PIN);
    TouCardInventory *inventory;

    fake_script_hold (f->bench->script, "check");
    tou_request_flow_begin (f->bench->flow);
    fake_turn_main_loop ();
    inventory = tou_unlock_step_get_inventory (f->step);
    tou_unlock_step_unlock_async (f->step, inventory->tokens->pdata[0], pin, cancellable, fake_result_take,
                                  result);
    fake_turn_main_loop ();
    g_assert_true (fake_script_is_holding (f->bench->script, "check"));
}

/* To the form with the check still under way: the patience with it is over. */
static void
go_to_form_unchecked (Fixture *f)
{
    g_auto (FakeResult) unlocked = { NULL };
    g_autoptr (GError) error = NULL;

    tou_unlock_step_set_patience (f->step, 1);
    start_held_unlock (f, NULL, &unlocked);
    g_assert_true (tou_unlock_step_unlock_finish (f->step, fake_result_wait (&unlocked), &error));
    g_assert_no_error (error);
    assert_state (f, TOU_REQUEST_STATE_EDITING);
    g_assert_true (tou_unlock_step_is_checking (f->step));
    g_assert_null (tou_unlock_step_get_check (f->step));
}

static void
confirm (Fixture *f)
{
    g_autoptr (TouContact) contact = fake_contact_new ();
    g_autoptr (GError) error = NULL;

    tou_request_flow_set_contact (f->bench->flow, contact);
    g_assert_true (tou_request_flow_confirm (f->bench->flow, NULL, &error));
    g_assert_no_error (error);
}

static void
test_refused_at_the_pin (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    fake_script_fail (f->bench->script, "check", new_revoked ());
    g_assert_false (fake_bench_unlock (f->bench, FAKE_PIN, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_REVOKED);
    assert_state (f, TOU_REQUEST_STATE_CARD);
    g_assert_false (fake_cards_is_unlocked (f->bench->cards));
    g_assert_null (f->refused);
}

static void
test_warning (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) warning = g_error_new_literal (TOU_CERTIFICATE_WARNING,
                                                      TOU_CERTIFICATE_WARNING_LIST_STALE, "test");
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = NULL;

    fake_checker_set_warning (f->checker, warning);
    fake_bench_go_to_confirming (f->bench);
    g_assert_error (tou_unlock_step_get_check (f->step)->warning, TOU_CERTIFICATE_WARNING,
                    TOU_CERTIFICATE_WARNING_LIST_STALE);
    receipt = fake_bench_submit (f->bench, &error);
    g_assert_no_error (error);
    g_assert_nonnull (receipt);
}

/* A dead server of the authority's must not keep anybody from the form. */
static void
test_slow (Fixture *f, gconstpointer data)
{
    go_to_form_unchecked (f);
    g_assert_cmpuint (f->n_checked, ==, 0);
    fake_script_release (f->bench->script, "check");
    fake_turn_main_loop ();
    g_assert_cmpuint (f->n_checked, ==, 1);
    g_assert_true (tou_unlock_step_get_check (f->step)->is_revocation_known);
    assert_state (f, TOU_REQUEST_STATE_EDITING);
}

static void
test_refused_late (Fixture *f, gconstpointer data)
{
    fake_script_fail (f->bench->script, "check", new_revoked ());
    go_to_form_unchecked (f);
    confirm (f);
    fake_script_release (f->bench->script, "check");
    fake_turn_main_loop ();
    g_assert_error (f->refused, TOU_PROOF_ERROR, TOU_PROOF_ERROR_REVOKED);
    assert_state (f, TOU_REQUEST_STATE_CARD);
    g_assert_false (fake_cards_is_unlocked (f->bench->cards));
    g_assert_nonnull (tou_request_flow_get_contact (f->bench->flow)->name);
}

/* Would catch: a signature by a card that nobody has finished looking at. */
static void
test_submission_waits (Fixture *f, gconstpointer data)
{
    g_auto (FakeResult) submitted = { NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = NULL;

    go_to_form_unchecked (f);
    confirm (f);
    tou_request_flow_submit_async (f->bench->flow, NULL, fake_result_take, &submitted);
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (f->bench->script, "sign"), ==, 0);
    g_assert_null (submitted.result);
    fake_script_release (f->bench->script, "check");
    receipt = tou_request_flow_submit_finish (f->bench->flow, fake_result_wait (&submitted), &error);
    g_assert_no_error (error);
    g_assert_cmpuint (fake_script_count (f->bench->script, "sign"), ==, 1);
}

static void
test_submission_refused (Fixture *f, gconstpointer data)
{
    g_auto (FakeResult) submitted = { NULL };
    g_autoptr (GError) error = NULL;

    fake_script_fail (f->bench->script, "check", new_revoked ());
    go_to_form_unchecked (f);
    confirm (f);
    tou_request_flow_submit_async (f->bench->flow, NULL, fake_result_take, &submitted);
    fake_script_release (f->bench->script, "check");
    g_assert_null (tou_request_flow_submit_finish (f->bench->flow, fake_result_wait (&submitted), &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_REVOKED);
    assert_state (f, TOU_REQUEST_STATE_CARD);
    g_assert_cmpuint (fake_script_count (f->bench->script, "sign"), ==, 0);
    g_assert_cmpuint (fake_script_count (f->bench->script, "submit"), ==, 0);
    g_assert_null (f->refused); /* told once */
}

static void
test_submission_cancelled (Fixture *f, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_auto (FakeResult) submitted = { NULL };
    g_autoptr (GError) error = NULL;

    go_to_form_unchecked (f);
    confirm (f);
    tou_request_flow_submit_async (f->bench->flow, cancellable, fake_result_take, &submitted);
    fake_turn_main_loop ();
    g_cancellable_cancel (cancellable);
    g_assert_null (tou_request_flow_submit_finish (f->bench->flow, fake_result_wait (&submitted), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_state (f, TOU_REQUEST_STATE_CONFIRMING);
    g_assert_true (tou_unlock_step_is_checking (f->step)); /* for the next try */
}

static void
test_card_lost_before_submission (Fixture *f, gconstpointer data)
{
    g_auto (FakeResult) submitted = { NULL };
    g_autoptr (GError) error = NULL;

    go_to_form_unchecked (f);
    confirm (f);
    tou_request_flow_submit_async (f->bench->flow, NULL, fake_result_take, &submitted);
    fake_turn_main_loop ();
    fake_cards_lose (f->bench->cards);
    g_assert_null (tou_request_flow_submit_finish (f->bench->flow, fake_result_wait (&submitted), &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED);
    assert_state (f, TOU_REQUEST_STATE_CARD);
}

static void
test_card_lost_at_the_pin (Fixture *f, gconstpointer data)
{
    g_auto (FakeResult) unlocked = { NULL };
    g_autoptr (GError) error = NULL;

    start_held_unlock (f, NULL, &unlocked);
    fake_cards_lose (f->bench->cards);
    g_assert_false (tou_unlock_step_unlock_finish (f->step, fake_result_wait (&unlocked), &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED);
    assert_state (f, TOU_REQUEST_STATE_CARD);
}

static void
test_cancelled_at_the_pin (Fixture *f, gconstpointer data)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_auto (FakeResult) unlocked = { NULL };
    g_autoptr (GError) error = NULL;

    start_held_unlock (f, cancellable, &unlocked);
    g_cancellable_cancel (cancellable);
    g_assert_false (tou_unlock_step_unlock_finish (f->step, fake_result_wait (&unlocked), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_state (f, TOU_REQUEST_STATE_CARD);
    g_assert_false (fake_cards_is_unlocked (f->bench->cards));
}

static void
test_left_at_the_pin (Fixture *f, gconstpointer data)
{
    g_auto (FakeResult) unlocked = { NULL };
    g_autoptr (GError) error = NULL;

    start_held_unlock (f, NULL, &unlocked);
    tou_request_flow_leave (f->bench->flow);
    g_assert_false (tou_unlock_step_unlock_finish (f->step, fake_result_wait (&unlocked), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_state (f, TOU_REQUEST_STATE_IDLE);
    g_assert_false (fake_cards_is_unlocked (f->bench->cards));
}

/* The card expires while the form is filled in. */
static void
test_validity_once_more (Fixture *f, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    fake_bench_go_to_confirming (f->bench);
    tou_clock_set_service_time (
        f->bench->clock, tou_request_flow_get_certificate (f->bench->flow)->not_after_us + G_USEC_PER_SEC);
    g_assert_null (fake_bench_submit (f->bench, &error));
    g_assert_true (g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED)
                   || g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED_BY_SERVICE));
    g_assert_cmpuint (fake_script_count (f->bench->script, "sign"), ==, 0);
    assert_state (f, TOU_REQUEST_STATE_CARD);
}

#define ADD(name, function) g_test_add ("/card-check/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    ADD ("refused-at-the-pin", test_refused_at_the_pin);
    ADD ("warning", test_warning);
    ADD ("slow", test_slow);
    ADD ("refused-late", test_refused_late);
    ADD ("submission-waits", test_submission_waits);
    ADD ("submission-refused", test_submission_refused);
    ADD ("submission-cancelled", test_submission_cancelled);
    ADD ("card-lost-before-submission", test_card_lost_before_submission);
    ADD ("card-lost-at-the-pin", test_card_lost_at_the_pin);
    ADD ("cancelled-at-the-pin", test_cancelled_at_the_pin);
    ADD ("left-at-the-pin", test_left_at_the_pin);
    ADD ("validity-once-more", test_validity_once_more);
    return g_test_run ();
}
