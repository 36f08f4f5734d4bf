/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"
#include "tou-flow-error.h"

#define assert_state(bench, STATE)                                                                           \
    g_assert_cmpint (tou_request_flow_get_state ((bench)->flow), ==, TOU_REQUEST_STATE_##STATE)

static void
note_state (TouRequestFlow *flow, GParamSpec *pspec, GString *states)
{
    static const char *const names[] = { "idle",        "preparing",  "card",       "unlocking",
                                         "certificate", "editing",    "confirming", "asking",
                                         "signing",     "submitting", "uncertain",  "completed" };

    g_string_append_printf (states, "%s ", names[tou_request_flow_get_state (flow)]);
}

static void
count_signal (TouRequestFlow *flow, guint *n)
{
    (*n)++;
}

static TouContact *
dup_contact_named (const char *name)
{
    TouContact *contact = fake_contact_new ();

    tou_set_text (&contact->name, name);
    return contact;
}

static void
type_name (FakeBench *bench, const char *name)
{
    g_autoptr (TouContact) contact = dup_contact_named (name);

    tou_request_flow_set_contact (bench->flow, contact);
}

/* The order is the promise: nothing leaves before our own check and the store. */
static void
test_happy_path (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GString) states = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    gulong handler = g_signal_connect (bench->flow, "notify::state", G_CALLBACK (note_state), states);

    fake_bench_go_to_confirming (bench);
    g_assert_cmpstr (tou_request_flow_get_company (bench->flow)->vendor_number, ==, "number of user1");
    g_autoptr (TouReceipt) receipt = fake_bench_submit (bench, &error);
    g_assert_no_error (error);
    fake_turn_main_loop ();

    g_assert_cmpstr (receipt->reception_number, ==, "R-0001");
    g_assert_false (receipt->was_repeat);
    g_assert_cmpstr (states->str, ==,
                     "card unlocking editing confirming asking signing submitting completed ");
    g_assert_cmpstr (fake_script_get_log (bench->script), ==,
                     "put-draft nonce sign check-request put-submission mark-sent submit check-receipt "
                     "put-receipt delete-draft");
    const TouSubmission *submission = tou_request_flow_get_submission (bench->flow);
    const TouSubmission *kept = fake_store_get (bench->store, submission->id);
    g_assert_cmpint (kept->state, ==, TOU_SUBMISSION_STATE_ACCEPTED);
    g_assert_cmpstr (kept->receipt->reception_number, ==, "R-0001");
    g_assert_cmpstr (kept->agency_id, ==, "practice");
    g_assert_true (g_bytes_equal (kept->cms, g_ptr_array_index (fake_service_get_sent (bench->service), 0)));
    g_assert_true (fake_cards_is_unlocked (bench->cards)); /* the other category may follow */
    tou_request_flow_leave (bench->flow);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
    g_assert_null (fake_store_get_draft (bench->store, FAKE_USER, TOU_CATEGORY_CONSTRUCTION));
    g_signal_handler_disconnect (bench->flow, handler);
}

static void
test_request_says_what_was_shown (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    tou_session_flow_set_category (bench->session, TOU_CATEGORY_GOODS);
    fake_bench_go_to_confirming (bench);
    g_autoptr (TouReceipt) receipt = fake_bench_submit (bench, &error);
    g_assert_nonnull (receipt);
    const TouSubmission *submission = tou_request_flow_get_submission (bench->flow);
    gsize size;
    const char *content = g_bytes_get_data (submission->content, &size);
    g_autofree char *text = g_strndup (content, size);
    g_autofree char *hash = g_strnfill (64, 'a');
    g_autofree char *wanted = g_strdup_printf (
        "registration goods https://practice.touroku.example/ %s nonce-1 %" G_GINT64_FORMAT
        " %s number of user1 総務部調達課",
        submission->id, tou_clock_now_us (bench->clock), hash);
    g_assert_cmpstr (text, ==, wanted);
    g_assert_true (g_uuid_string_is_valid (submission->id));
}

static void
test_second_category (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_go_to_confirming (bench);
    g_autoptr (TouReceipt) first = fake_bench_submit (bench, &error);
    g_assert_nonnull (first);
    tou_session_flow_set_category (bench->session, TOU_CATEGORY_GOODS);
    fake_turn_main_loop ();
    fake_bench_sign_in (bench);
    tou_request_flow_begin (bench->flow);
    assert_state (bench, CARD);
    g_assert_cmpstr (tou_request_flow_get_contact (bench->flow)->name, ==, "総務部調達課");
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, &error));
    g_assert_true (tou_request_flow_confirm (bench->flow, NULL, &error));
    g_autoptr (TouReceipt) second = fake_bench_submit (bench, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (second->submission_id, !=, first->submission_id);
    g_assert_cmpuint (fake_service_count_accepted (bench->service), ==, 2);
}

static gboolean
repeat (FakeBench *bench, GError **error)
{
    TouRegisterFlow *flow = TOU_REGISTER_FLOW (bench->flow);
    g_auto (FakeResult) done = { NULL };

    tou_register_flow_repeat_async (flow, NULL, fake_result_take, &done);
    return tou_register_flow_repeat_finish (flow, fake_result_wait (&done), error);
}

/* Would catch: a PIN or a form asked for twice, an application for the first category sent again, a third. */
static void
test_repeat_in_other_category (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;
    TouCategory category;

    fake_bench_go_to_confirming (bench);
    g_assert_false (tou_register_flow_can_repeat (TOU_REGISTER_FLOW (bench->flow), NULL));
    g_autoptr (TouReceipt) first = fake_bench_submit (bench, &error);
    g_assert_true (tou_register_flow_can_repeat (TOU_REGISTER_FLOW (bench->flow), &category));
    g_assert_cmpint (category, ==, TOU_CATEGORY_GOODS);
    fake_script_clear_log (bench->script);
    g_assert_true (repeat (bench, &error));
    g_assert_no_error (error);
    assert_state (bench, CONFIRMING);
    g_autoptr (TouReceipt) second = fake_bench_submit (bench, &error);
    g_assert_no_error (error);
    g_assert_cmpint (tou_request_flow_get_submission (bench->flow)->category, ==, TOU_CATEGORY_GOODS);
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 0);
    g_assert_cmpuint (fake_script_count (bench->script, "sign-in"), ==, 0);
    g_assert_cmpuint (fake_service_count_accepted (bench->service), ==, 2);
    g_assert_false (tou_register_flow_can_repeat (TOU_REGISTER_FLOW (bench->flow), NULL));
    g_assert_cmpint (tou_unlock_step_get_state (tou_request_flow_get_unlock_step (bench->flow)), ==,
                     TOU_UNLOCK_STATE_IDLE);
}

/* Would catch: a completion that is lost with the card, or with the line. */
static void
test_repeat_in_vain (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) down = NULL;
    g_autoptr (GError) gone = NULL;

    fake_bench_go_to_confirming (bench);
    g_autoptr (TouReceipt) first = fake_bench_submit (bench, NULL);
    fake_script_fail (bench->script, "change-category",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT, "No answer"));
    g_assert_false (repeat (bench, &down));
    g_assert_error (down, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT);
    assert_state (bench, COMPLETED);
    fake_cards_lose (bench->cards);
    assert_state (bench, COMPLETED);
    g_assert_false (repeat (bench, &gone));
    g_assert_error (gone, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE);
    tou_request_flow_leave (bench->flow);
    assert_state (bench, IDLE);
}

/* Would catch: the second application offered again where there is no session for it. */
static void
test_repeat_loses_session (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) lost = NULL;

    fake_bench_go_to_confirming (bench);
    g_autoptr (TouReceipt) first = fake_bench_submit (bench, NULL);
    fake_script_fail (bench->script, "change-category",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST, "No answer"));
    g_assert_false (repeat (bench, &lost));
    g_assert_error (lost, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_SESSION_LOST);
    assert_state (bench, COMPLETED);
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_CONNECTED);
    g_assert_false (tou_register_flow_can_repeat (TOU_REGISTER_FLOW (bench->flow), NULL));
}

static void
test_wrong_pin (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_sign_in (bench);
    type_name (bench, "総務部");
    g_assert_false (fake_bench_unlock (bench, "9999", &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_WRONG);
    assert_state (bench, CARD);
    g_assert_cmpstr (tou_request_flow_get_contact (bench->flow)->name, ==, "総務部");
    fake_turn_main_loop ();
    /* A try is never made twice by itself, and the tries left are looked at anew. */
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 1);
    g_assert_cmpuint (fake_script_count (bench->script, "list"), ==, 2);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    assert_state (bench, EDITING);
}

static void
set_certificates (FakeBench *bench, TouCardCertificate *first, TouCardCertificate *second)
{
    g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (list, tou_card_certificate_ref (first));
    if (second != NULL)
        g_ptr_array_add (list, tou_card_certificate_ref (second));
    fake_cards_set_certificates (bench->cards, list);
}

static void
test_several_certificates (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouCardCertificate) first = fake_certificate_new ('b');
    g_autoptr (TouCardCertificate) second = fake_certificate_new ('c');

    fake_bench_sign_in (bench);
    set_certificates (bench, first, second);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    assert_state (bench, CERTIFICATE);
    g_assert_null (tou_request_flow_get_certificate (bench->flow));
    tou_unlock_step_choose_certificate (tou_request_flow_get_unlock_step (bench->flow), second);
    assert_state (bench, EDITING);
    g_assert_true (tou_request_flow_get_certificate (bench->flow) == second);
}

static void
test_only_one_fit (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouCardCertificate) expired = fake_certificate_new ('b');
    g_autoptr (TouCardCertificate) fit = fake_certificate_new ('c');

    fake_bench_sign_in (bench);
    expired->not_after_us = FAKE_NOW_US - 1;
    set_certificates (bench, expired, fit);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    assert_state (bench, EDITING);
    g_assert_true (tou_request_flow_get_certificate (bench->flow) == fit);
    g_assert_cmpuint (tou_unlock_step_get_certificates (tou_request_flow_get_unlock_step (bench->flow))->len,
                      ==, 2);
}

static void
test_none_fit (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouCardCertificate) expired = fake_certificate_new ('b');
    g_autoptr (GError) error = NULL;

    fake_bench_sign_in (bench);
    expired->not_after_us = FAKE_NOW_US - 1;
    set_certificates (bench, expired, NULL);
    g_assert_false (fake_bench_unlock (bench, FAKE_PIN, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED);
    assert_state (bench, CARD);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
}

static void
test_list_one_at_a_time (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouCardInventory) empty = fake_inventory_new (NULL);
    guint n_changed = 0;

    g_signal_connect (tou_request_flow_get_unlock_step (bench->flow), "inventory-changed",
                      G_CALLBACK (count_signal), &n_changed);
    fake_bench_sign_in (bench);
    fake_script_hold (bench->script, "list");
    tou_request_flow_begin (bench->flow);
    for (guint i = 0; i < 3; i++)
        fake_cards_set_inventory (bench->cards, empty);
    g_assert_cmpuint (fake_script_count (bench->script, "list"), ==, 1);
    fake_script_release (bench->script, "list");
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (bench->script, "list"), ==, 2);
    g_assert_cmpuint (n_changed, ==, 2);
    g_assert_cmpuint (
        tou_unlock_step_get_inventory (tou_request_flow_get_unlock_step (bench->flow))->tokens->len, ==, 0);
}

static void
test_inventory_error (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    fake_bench_sign_in (bench);
    fake_script_fail (bench->script, "list", g_error_new (TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "None"));
    tou_request_flow_begin (bench->flow);
    fake_turn_main_loop ();
    g_assert_null (tou_unlock_step_get_inventory (tou_request_flow_get_unlock_step (bench->flow)));
    g_assert_error (tou_unlock_step_get_inventory_error (tou_request_flow_get_unlock_step (bench->flow)),
                    TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE);
    g_signal_emit_by_name (bench->cards, "changed");
    fake_turn_main_loop ();
    g_assert_nonnull (tou_unlock_step_get_inventory (tou_request_flow_get_unlock_step (bench->flow)));
    g_assert_null (tou_unlock_step_get_inventory_error (tou_request_flow_get_unlock_step (bench->flow)));
}

/* The card side takes one step at a time; an unlock meets a list when a card is put in and OK is pressed at
 * once. */
static void
test_unlock_waits_for_list (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (FAKE_PIN);
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    fake_bench_sign_in (bench);
    tou_request_flow_begin (bench->flow);
    fake_turn_main_loop ();
    g_autoptr (TouCardInventory) inventory = tou_card_inventory_ref (
        tou_unlock_step_get_inventory (tou_request_flow_get_unlock_step (bench->flow)));
    fake_script_hold (bench->script, "list");
    g_signal_emit_by_name (bench->cards, "changed");
    tou_unlock_step_unlock_async (tou_request_flow_get_unlock_step (bench->flow),
                                  g_ptr_array_index (inventory->tokens, 0), pin, NULL, fake_result_take,
                                  &done);
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 0);
    fake_script_release (bench->script, "list");
    g_assert_true (tou_unlock_step_unlock_finish (tou_request_flow_get_unlock_step (bench->flow),
                                                  fake_result_wait (&done), &error));
    g_assert_no_error (error);
    assert_state (bench, EDITING);
}

static void
go_to (FakeBench *bench, TouRequestState state)
{
    if (state == TOU_REQUEST_STATE_CERTIFICATE) {
        g_autoptr (TouCardCertificate) first = fake_certificate_new ('b');
        g_autoptr (TouCardCertificate) second = fake_certificate_new ('c');
        set_certificates (bench, first, second);
    }
    type_name (bench, "総務部");
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    if (state == TOU_REQUEST_STATE_CONFIRMING)
        g_assert_true (tou_request_flow_confirm (bench->flow, NULL, NULL));
    g_assert_cmpint (tou_request_flow_get_state (bench->flow), ==, state);
}

static void
test_card_lost (gconstpointer state)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    guint n_lost = 0;

    g_signal_connect (bench->flow, "card-lost", G_CALLBACK (count_signal), &n_lost);
    fake_bench_sign_in (bench);
    go_to (bench, GPOINTER_TO_INT (state));
    fake_cards_lose (bench->cards);
    assert_state (bench, CARD);
    g_assert_cmpuint (n_lost, ==, 1);
    g_assert_null (tou_request_flow_get_certificate (bench->flow));
    g_assert_cmpstr (tou_request_flow_get_contact (bench->flow)->name, ==, "総務部");
    fake_cards_lose (bench->cards);
    g_assert_cmpuint (n_lost, ==, 1);
}

static void
unlock_card_of (FakeBench *bench, char hash_digit)
{
    g_autoptr (TouCardCertificate) certificate = fake_certificate_new (hash_digit);

    set_certificates (bench, certificate, NULL);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
}

static const char *
get_former (FakeBench *bench)
{
    TouCardCertificate *former = tou_request_flow_get_former_certificate (bench->flow);

    return former != NULL ? former->sha256 : NULL;
}

/* Would catch: a form that was filled beside one card and is signed by another, of which nobody is told; and
 * one told of a card that is the same, or whose facts were seen since. */
static void
test_exchanged_card (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autofree char *first = g_strnfill (64, 'b');

    fake_bench_sign_in (bench);
    unlock_card_of (bench, 'b');
    g_assert_null (get_former (bench));
    fake_cards_lose (bench->cards);
    unlock_card_of (bench, 'b');
    g_assert_null (get_former (bench));
    fake_cards_lose (bench->cards);
    unlock_card_of (bench, 'c');
    g_assert_cmpstr (get_former (bench), ==, first);
    fake_cards_lose (bench->cards);
    g_assert_null (get_former (bench));
    unlock_card_of (bench, 'd');
    g_assert_cmpstr (get_former (bench), ==, first);

    go_to (bench, TOU_REQUEST_STATE_CONFIRMING);
    tou_request_flow_edit_again (bench->flow);
    g_assert_null (get_former (bench));
    tou_request_flow_leave (bench->flow);
    unlock_card_of (bench, 'c');
    g_assert_null (get_former (bench));
}

/* Would catch: the second application warned of a card that the first one was confirmed and sent with. */
static void
test_exchanged_before_the_second (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;

    fake_bench_sign_in (bench);
    type_name (bench, "総務部");
    unlock_card_of (bench, 'b');
    fake_cards_lose (bench->cards);
    unlock_card_of (bench, 'c');
    g_assert_nonnull (get_former (bench));
    g_assert_true (tou_request_flow_confirm (bench->flow, NULL, &error));
    receipt = fake_bench_submit (bench, &error);
    g_assert_no_error (error);
    tou_request_flow_begin_again (bench->flow);
    g_assert_null (get_former (bench));
}

static void
test_other_card (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    fake_bench_sign_in (bench);
    go_to (bench, TOU_REQUEST_STATE_CONFIRMING);
    tou_request_flow_begin (bench->flow);
    assert_state (bench, CARD);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
    g_assert_cmpstr (tou_request_flow_get_contact (bench->flow)->name, ==, "総務部");
}

static void
test_form_rules (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouContact) contact = fake_contact_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) early = NULL;
    TouField field;

    g_assert_false (tou_request_flow_confirm (bench->flow, &field, &early));
    g_assert_error (early, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE);
    fake_bench_sign_in (bench);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    tou_set_text (&contact->postal_code, "168");
    tou_set_text (&contact->phone, NULL);
    tou_request_flow_set_contact (bench->flow, contact);
    g_assert_false (tou_request_flow_confirm (bench->flow, &field, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM);
    g_assert_cmpint (field, ==, TOU_FIELD_CONTACT_POSTAL_CODE);
    assert_state (bench, EDITING);
    type_name (bench, "総務部");
    g_assert_true (tou_request_flow_confirm (bench->flow, &field, NULL));
    tou_request_flow_edit_again (bench->flow);
    assert_state (bench, EDITING);
}

static void
test_draft_saved_once (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    g_object_set (bench->flow, "draft-delay", 0, NULL);
    fake_bench_sign_in (bench);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    type_name (bench, "総");
    type_name (bench, "総務");
    type_name (bench, "総務部");
    g_assert_cmpuint (fake_script_count (bench->script, "put-draft"), ==, 0);
    while (fake_script_count (bench->script, "put-draft") == 0)
        g_main_context_iteration (NULL, TRUE);
    fake_turn_main_loop ();
    g_assert_cmpuint (fake_script_count (bench->script, "put-draft"), ==, 1);
    const TouContact *draft = fake_store_get_draft (bench->store, FAKE_USER, TOU_CATEGORY_CONSTRUCTION);
    g_assert_cmpstr (draft->name, ==, "総務部");
    g_assert_null (tou_request_flow_get_draft_error (bench->flow));
}

#define MOST_KEYS 200

typedef struct {
    FakeBench *bench;
    guint n_keys;
} Typing;

static gboolean
on_key_due (gpointer data)
{
    Typing *typing = data;
    g_autofree char *name = g_strnfill (++typing->n_keys, 'x');

    type_name (typing->bench, name);
    return fake_script_count (typing->bench->script, "put-draft") == 0 && typing->n_keys < MOST_KEYS;
}

/* Nobody pauses for the program's sake. Would catch: a key that puts the saving off, and the next one again.
 */
static void
test_draft_saved_while_typing (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    Typing typing = { bench, 0 };

    g_object_set (bench->flow, "draft-delay", 50, NULL);
    fake_bench_sign_in (bench);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    g_timeout_add (5, on_key_due, &typing);
    while (g_main_context_find_source_by_user_data (NULL, &typing) != NULL)
        g_main_context_iteration (NULL, TRUE);
    g_assert_cmpuint (typing.n_keys, <, MOST_KEYS);
    tou_request_flow_flush_draft (bench->flow);
    fake_turn_main_loop ();
    const TouContact *draft = fake_store_get_draft (bench->store, FAKE_USER, TOU_CATEGORY_CONSTRUCTION);
    g_assert_cmpstr (draft->name, ==, tou_request_flow_get_contact (bench->flow)->name);
}

static void
test_draft_saved_on_leaving (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    fake_bench_sign_in (bench);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    type_name (bench, "総務部");
    tou_request_flow_leave (bench->flow);
    assert_state (bench, IDLE);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
    g_assert_nonnull (fake_store_get_draft (bench->store, FAKE_USER, TOU_CATEGORY_CONSTRUCTION));
}

static void
put_draft (FakeBench *bench, const char *user_id, const char *name)
{
    g_autoptr (TouDraft) draft = tou_draft_new ();

    draft->agency_id = g_strdup ("practice");
    draft->user_id = g_strdup (user_id);
    draft->category = TOU_CATEGORY_CONSTRUCTION;
    draft->operation = TOU_OPERATION_REGISTRATION;
    draft->contact = dup_contact_named (name);
    fake_store_set_draft (bench->store, draft);
}

static void
test_draft_loaded (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    guint n_loaded = 0;

    g_signal_connect (bench->flow, "contact-loaded", G_CALLBACK (count_signal), &n_loaded);
    put_draft (bench, FAKE_USER, "下書き");
    put_draft (bench, "user2", "他人");
    fake_bench_sign_in (bench);
    tou_request_flow_begin (bench->flow);
    fake_turn_main_loop ();
    g_assert_cmpstr (tou_request_flow_get_contact (bench->flow)->name, ==, "下書き");
    g_assert_cmpuint (n_loaded, ==, 1);
}

/* What is being typed wins over a draft that comes late. */
static void
test_draft_too_late (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    put_draft (bench, FAKE_USER, "下書き");
    fake_bench_sign_in (bench);
    fake_script_hold (bench->script, "get-draft");
    tou_request_flow_begin (bench->flow);
    type_name (bench, "総務部");
    fake_script_release (bench->script, "get-draft");
    fake_turn_main_loop ();
    g_assert_cmpstr (tou_request_flow_get_contact (bench->flow)->name, ==, "総務部");
}

/* Would catch: one user's application told to the next one who signs in. */
static void
test_submission_stays_with_its_user (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouSecret) password = tou_secret_new_from_text (FAKE_PASSWORD);
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    fake_bench_go_to_confirming (bench);
    receipt = fake_bench_submit (bench, &error);
    g_assert_no_error (error);
    tou_request_flow_recall_draft (bench->flow);
    g_assert_nonnull (tou_request_flow_get_submission (bench->flow));
    tou_session_flow_sign_in_async (bench->session, "user2", password, NULL, fake_result_take, &done);
    g_assert_true (tou_session_flow_sign_in_finish (bench->session, fake_result_wait (&done), &error));
    tou_request_flow_recall_draft (bench->flow);
    g_assert_null (tou_request_flow_get_submission (bench->flow));
    fake_turn_main_loop ();
}

static void
test_form_stays_with_its_user (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouSecret) password = tou_secret_new_from_text (FAKE_PASSWORD);
    g_auto (FakeResult) done = { NULL };

    fake_bench_sign_in (bench);
    tou_request_flow_begin (bench->flow);
    type_name (bench, "総務部");
    tou_request_flow_leave (bench->flow);
    tou_session_flow_sign_in_async (bench->session, "user2", password, NULL, fake_result_take, &done);
    g_assert_true (tou_session_flow_sign_in_finish (bench->session, fake_result_wait (&done), NULL));
    tou_request_flow_begin (bench->flow);
    fake_turn_main_loop ();
    g_assert_null (tou_request_flow_get_contact (bench->flow)->name);
    g_assert_cmpstr (tou_request_flow_get_company (bench->flow)->vendor_number, ==, "number of user2");
    g_assert_null (fake_store_get_draft (bench->store, "user2", TOU_CATEGORY_CONSTRUCTION));
}

static void
test_draft_store_fails (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_go_to_confirming (bench);
    fake_script_fail (bench->script, "put-draft",
                      g_error_new (TOU_STORE_ERROR, TOU_STORE_ERROR_FULL, "Full"));
    fake_script_hold (bench->script, "nonce");
    g_auto (FakeResult) done = { NULL };
    tou_request_flow_submit_async (bench->flow, NULL, fake_result_take, &done);
    fake_turn_main_loop ();
    g_assert_error (tou_request_flow_get_draft_error (bench->flow), TOU_STORE_ERROR, TOU_STORE_ERROR_FULL);
    fake_script_release (bench->script, "nonce");
    g_autoptr (TouReceipt) receipt = tou_request_flow_submit_finish (bench->flow, fake_result_wait (&done),
                                                                     &error);
    g_assert_no_error (error);
    g_assert_nonnull (receipt);
}

static void
test_dropped_without_leaving (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    fake_bench_sign_in (bench);
    g_assert_true (fake_bench_unlock (bench, FAKE_PIN, NULL));
    type_name (bench, "総務部");
    g_assert_finalize_object (bench->outbox);
    g_assert_finalize_object (bench->flow);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
    g_assert_nonnull (fake_store_get_draft (bench->store, FAKE_USER, TOU_CATEGORY_CONSTRUCTION));
    bench->flow = tou_register_flow_new (bench->session, TOU_CARD_ACCESS (bench->cards),
                                         TOU_RECORD_STORE (bench->store), TOU_PROOF_CHECKER (bench->proofs));
    fake_bench_make_outbox (bench);
}

static void
add_card_lost_tests (void)
{
    g_test_add_data_func ("/register-flow/card-lost/certificate",
                          GINT_TO_POINTER (TOU_REQUEST_STATE_CERTIFICATE), test_card_lost);
    g_test_add_data_func ("/register-flow/card-lost/editing", GINT_TO_POINTER (TOU_REQUEST_STATE_EDITING),
                          test_card_lost);
    g_test_add_data_func ("/register-flow/card-lost/confirming",
                          GINT_TO_POINTER (TOU_REQUEST_STATE_CONFIRMING), test_card_lost);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/register-flow/happy-path", test_happy_path);
    g_test_add_func ("/register-flow/request-says-what-was-shown", test_request_says_what_was_shown);
    g_test_add_func ("/register-flow/second-category", test_second_category);
    g_test_add_func ("/register-flow/repeat-in-other-category", test_repeat_in_other_category);
    g_test_add_func ("/register-flow/repeat-in-vain", test_repeat_in_vain);
    g_test_add_func ("/register-flow/repeat-loses-session", test_repeat_loses_session);
    g_test_add_func ("/register-flow/wrong-pin", test_wrong_pin);
    g_test_add_func ("/register-flow/several-certificates", test_several_certificates);
    g_test_add_func ("/register-flow/only-one-fit", test_only_one_fit);
    g_test_add_func ("/register-flow/none-fit", test_none_fit);
    g_test_add_func ("/register-flow/list-one-at-a-time", test_list_one_at_a_time);
    g_test_add_func ("/register-flow/inventory-error", test_inventory_error);
    g_test_add_func ("/register-flow/unlock-waits-for-list", test_unlock_waits_for_list);
    g_test_add_func ("/register-flow/exchanged-card", test_exchanged_card);
    g_test_add_func ("/register-flow/exchanged-before-the-second", test_exchanged_before_the_second);
    g_test_add_func ("/register-flow/submission-stays-with-its-user", test_submission_stays_with_its_user);
    g_test_add_func ("/register-flow/other-card", test_other_card);
    g_test_add_func ("/register-flow/form-rules", test_form_rules);
    g_test_add_func ("/register-flow/draft/saved-once", test_draft_saved_once);
    g_test_add_func ("/register-flow/draft/saved-on-leaving", test_draft_saved_on_leaving);
    g_test_add_func ("/register/draft/saved-while-typing", test_draft_saved_while_typing);
    g_test_add_func ("/register-flow/draft/loaded", test_draft_loaded);
    g_test_add_func ("/register-flow/draft/too-late", test_draft_too_late);
    g_test_add_func ("/register-flow/draft/stays-with-its-user", test_form_stays_with_its_user);
    g_test_add_func ("/register-flow/draft/store-fails", test_draft_store_fails);
    g_test_add_func ("/register-flow/dropped-without-leaving", test_dropped_without_leaving);
    add_card_lost_tests ();
    return g_test_run ();
}
