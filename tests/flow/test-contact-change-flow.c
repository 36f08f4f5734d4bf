/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"
#include "tou-flow-error.h"

static gboolean
prepare (FakeBench *bench, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_request_flow_prepare_async (bench->change, NULL, fake_result_take, &done);
    return tou_request_flow_prepare_finish (bench->change, fake_result_wait (&done), error);
}

static gboolean
unlock (FakeBench *bench, GError **error)
{
    TouUnlockStep *step = tou_request_flow_get_unlock_step (bench->change);
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (FAKE_PIN);
    g_autoptr (TouCardInventory) inventory = NULL;
    g_auto (FakeResult) done = { NULL };

    tou_request_flow_begin (bench->change);
    fake_turn_main_loop ();
    inventory = tou_card_inventory_ref (tou_unlock_step_get_inventory (step));
    tou_unlock_step_unlock_async (step, g_ptr_array_index (inventory->tokens, 0), pin, NULL, fake_result_take,
                                  &done);
    return tou_unlock_step_unlock_finish (step, fake_result_wait (&done), error);
}

static void
go_to_form (FakeBench *bench)
{
    g_autoptr (GError) error = NULL;

    if (tou_session_flow_get_session (bench->session) == NULL)
        fake_bench_sign_in (bench);
    g_assert_true (prepare (bench, &error));
    g_assert_no_error (error);
    g_assert_true (unlock (bench, &error));
    g_assert_no_error (error);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_EDITING);
}

static void
type (FakeBench *bench, const char *name, const char *company_phone)
{
    g_autoptr (TouContact) contact = tou_contact_copy (tou_request_flow_get_contact (bench->change));

    tou_set_text (&contact->name, name);
    tou_set_text (&contact->company_phone, company_phone);
    tou_request_flow_set_contact (bench->change, contact);
}

static TouReceipt *
submit (FakeBench *bench, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_request_flow_submit_async (bench->change, NULL, fake_result_take, &done);
    return tou_request_flow_submit_finish (bench->change, fake_result_wait (&done), error);
}

static void
note_state (TouRequestFlow *flow, GParamSpec *pspec, GString *states)
{
    g_string_append_printf (states, "%d ", (int) tou_request_flow_get_state (flow));
}

/* Would catch: a form that does not show what is registered, a change sent as a registration or without the
 * typed numbers, old qualification data in what is signed. */
static void
test_happy_path (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    TouRegistration *registration = fake_bench_register (bench);
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) states = g_string_new (NULL);

    tou_set_text (&registration->company->address, "東京都千代田区");
    tou_set_text (&registration->registered_company->phone, "03-1111-2222");
    g_signal_connect (bench->change, "notify::state", G_CALLBACK (note_state), states);
    go_to_form (bench);
    g_assert_cmpstr (tou_request_flow_get_contact (bench->change)->company_phone, ==, "03-1111-2222");
    g_assert_cmpstr (tou_request_flow_get_contact (bench->change)->person, ==, registration->contact->person);
    g_assert_cmpstr (tou_request_flow_get_company (bench->change)->address, ==, "東京都千代田区");

    type (bench, "契約課", "03-3333-4444");
    g_assert_true (tou_request_flow_confirm (bench->change, NULL, &error));
    g_assert_cmpstr (tou_request_flow_get_company (bench->change)->phone, ==, "03-3333-4444");
    g_autoptr (TouReceipt) receipt = submit (bench, &error);
    g_assert_no_error (error);
    g_assert_nonnull (receipt);
    g_autofree char *sent = g_strndup (
        g_bytes_get_data (tou_request_flow_get_submission (bench->change)->content, NULL),
        g_bytes_get_size (tou_request_flow_get_submission (bench->change)->content));
    g_assert_true (g_str_has_prefix (sent, "contact-change "));
    g_assert_nonnull (strstr (sent, "契約課"));
    g_assert_cmpstr (states->str, ==, "1 0 2 3 5 6 7 8 9 11 ");
    g_assert_false (fake_cards_is_unlocked (bench->cards));
}

/* Would catch: a PIN asked for when there is nothing to change, a menu that is stuck afterwards. */
static void
test_not_registered (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_sign_in (bench);
    g_assert_false (prepare (bench, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_NOT_REGISTERED);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_IDLE);
    fake_bench_register (bench);
    go_to_form (bench);
}

static void
test_service_fails (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_register (bench);
    fake_bench_sign_in (bench);
    fake_script_fail (bench->script, "get-registration", fake_session_over_new ("get-registration"));
    g_assert_false (prepare (bench, &error));
    g_assert_cmpstr (tou_service_error_get_code (error), ==, "30003");
    g_assert_null (tou_session_flow_get_session (bench->session));
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_IDLE);
}

/* Would catch: another card's PIN sent to it, and another card that signs. */
static void
test_other_card (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    TouRegistration *registration = fake_bench_register (bench);
    g_autoptr (GError) error = NULL;

    tou_set_text (&registration->card_sha256, "0000");
    fake_bench_sign_in (bench);
    g_assert_true (prepare (bench, NULL));
    g_assert_false (unlock (bench, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_OTHER_CARD);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_CARD);
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 0);
}

/* Would catch: a signature for nothing. */
static void
test_unchanged (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_register (bench);
    go_to_form (bench);
    g_assert_false (tou_request_flow_confirm (bench->change, NULL, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_UNCHANGED);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_EDITING);
    type (bench, "契約課", "03-5344-1100");
    g_assert_true (tou_request_flow_confirm (bench->change, NULL, NULL));
    tou_request_flow_edit_again (bench->change);
    type (bench, "総務部調達課", "03-5344-1100");
    g_assert_false (tou_request_flow_confirm (bench->change, NULL, NULL));
}

/* Newer qualification data alone is worth a change: 最新の資格審査情報で更新します。 */
static void
test_newer_company (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    TouRegistration *registration = fake_bench_register (bench);

    tou_set_text (&registration->company->representative_name, "練習　次郎");
    go_to_form (bench);
    g_assert_true (tou_request_flow_confirm (bench->change, NULL, NULL));
}

/* Would catch: a fault of the company's numbers that goes unnoticed, or is found after one further down. */
static void
test_form_rules (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;
    TouField field = TOU_FIELD_PIN;

    fake_bench_register (bench);
    go_to_form (bench);
    type (bench, NULL, "no number");
    g_assert_false (tou_request_flow_confirm (bench->change, &field, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM);
    g_assert_cmpint (field, ==, TOU_FIELD_COMPANY_PHONE);
}

/* Would catch: a change that loses what was typed on the way to the card, or fills in over it. */
static void
test_draft_of_its_own (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_register (bench);
    go_to_form (bench);
    type (bench, "契約課", "03-3333-4444");
    fake_cards_lose (bench->cards);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_CARD);
    tou_request_flow_leave (bench->change);
    go_to_form (bench);
    g_assert_cmpstr (tou_request_flow_get_contact (bench->change)->company_phone, ==, "03-3333-4444");
    g_assert_null (tou_request_flow_get_contact (bench->flow)->name);

    g_assert_true (tou_request_flow_confirm (bench->change, NULL, NULL));
    g_autoptr (TouReceipt) receipt = submit (bench, &error);
    g_assert_no_error (error);
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (bench->script, "delete-draft"), ==, 1);
    /* The next change begins with what is registered, not with what was typed for the last one. */
    go_to_form (bench);
    g_assert_cmpstr (tou_request_flow_get_contact (bench->change)->name, ==, "総務部調達課");
}

/* Would catch: the contact typed for one category sent for the other one. */
static void
test_other_category (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouSecret) password = tou_secret_new_from_text (FAKE_PASSWORD);
    g_auto (FakeResult) done = { NULL };

    fake_bench_register (bench);
    go_to_form (bench);
    type (bench, "契約課", "03-3333-4444");
    tou_request_flow_leave (bench->change);
    tou_session_flow_set_category (bench->session, TOU_CATEGORY_GOODS);
    fake_turn_main_loop ();
    tou_session_flow_sign_in_async (bench->session, FAKE_USER, password, NULL, fake_result_take, &done);
    g_assert_true (tou_session_flow_sign_in_finish (bench->session, fake_result_wait (&done), NULL));
    go_to_form (bench);
    g_assert_cmpstr (tou_request_flow_get_contact (bench->change)->name, ==, "総務部調達課");
}

/* Would catch: an answer that comes after the flow was left and asks for a card all the same. */
static void
test_left_while_preparing (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    fake_bench_register (bench);
    fake_bench_sign_in (bench);
    fake_script_hold (bench->script, "get-registration");
    tou_request_flow_prepare_async (bench->change, NULL, fake_result_take, &done);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_PREPARING);
    tou_request_flow_leave (bench->change);
    fake_script_release (bench->script, "get-registration");
    g_assert_false (tou_request_flow_prepare_finish (bench->change, fake_result_wait (&done), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_IDLE);
}

/* Would catch: a change of unknown fate that is forgotten over the question what is registered. */
static void
test_uncertain_first (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_register (bench);
    go_to_form (bench);
    type (bench, "契約課", "03-3333-4444");
    g_assert_true (tou_request_flow_confirm (bench->change, NULL, NULL));
    fake_service_lose_answer (bench->service, TRUE);
    g_assert_null (submit (bench, &error));
    tou_request_flow_leave (bench->change);
    fake_script_clear_log (bench->script);
    g_assert_true (prepare (bench, NULL));
    tou_request_flow_begin (bench->change);
    g_assert_cmpint (tou_request_flow_get_state (bench->change), ==, TOU_REQUEST_STATE_UNCERTAIN);
    g_assert_cmpuint (fake_script_count (bench->script, "get-registration"), ==, 0);
    g_autoptr (TouReceipt) receipt = submit (bench, NULL);
    g_assert_nonnull (receipt);
    g_assert_cmpuint (fake_service_count_accepted (bench->service), ==, 1);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/contact-change-flow/happy-path", test_happy_path);
    g_test_add_func ("/contact-change-flow/not-registered", test_not_registered);
    g_test_add_func ("/contact-change-flow/service-fails", test_service_fails);
    g_test_add_func ("/contact-change-flow/other-card", test_other_card);
    g_test_add_func ("/contact-change-flow/unchanged", test_unchanged);
    g_test_add_func ("/contact-change-flow/newer-company", test_newer_company);
    g_test_add_func ("/contact-change-flow/form-rules", test_form_rules);
    g_test_add_func ("/contact-change-flow/draft-of-its-own", test_draft_of_its_own);
    g_test_add_func ("/contact-change-flow/other-category", test_other_category);
    g_test_add_func ("/contact-change-flow/left-while-preparing", test_left_while_preparing);
    g_test_add_func ("/contact-change-flow/uncertain-first", test_uncertain_first);
    return g_test_run ();
}
