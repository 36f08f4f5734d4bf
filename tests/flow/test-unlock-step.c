/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-cards.h"
#include "tou-flow-error.h"
#include "tou-proof-checker.h"
#include "tou-unlock-step.h"

#define assert_state(bench, STATE)                                                                           \
    g_assert_cmpint (tou_unlock_step_get_state ((bench)->step), ==, TOU_UNLOCK_STATE_##STATE)

typedef struct {
    FakeScript *script;
    FakeCards *cards;
    TouClock *clock;
    TouUnlockStep *step;
    guint n_lost;
} Bench;

static void
on_card_lost (Bench *bench)
{
    bench->n_lost++;
}

static Bench *
bench_new (void)
{
    Bench *self = g_new0 (Bench, 1);

    self->script = fake_script_new ();
    self->cards = fake_cards_new (self->script);
    self->clock = tou_clock_new_fixed (FAKE_NOW_US);
    self->step = tou_unlock_step_new (TOU_CARD_ACCESS (self->cards), self->clock);
    g_signal_connect_swapped (self->step, "card-lost", G_CALLBACK (on_card_lost), self);
    return self;
}

static void
bench_free (Bench *self)
{
    fake_turn_main_loop ();
    g_assert_finalize_object (self->step);
    fake_turn_main_loop ();
    g_assert_finalize_object (self->cards);
    g_assert_finalize_object (self->clock);
    g_assert_finalize_object (self->script);
    g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bench, bench_free)

/* Exchanges the card in the reader; its certificate may be hidden until the PIN. */
static void
put_card (Bench *bench, char hash_digit, gboolean hides_certificates)
{
    g_autoptr (TouCardCertificate) certificate = fake_certificate_new (hash_digit);
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);
    g_autoptr (TouCardInventory) inventory = fake_inventory_new (certificate);
    TouCardToken *token = g_ptr_array_index (inventory->tokens, 0);

    if (hides_certificates)
        g_ptr_array_set_size (token->certificates, 0);
    token->hides_certificates = hides_certificates;
    g_ptr_array_add (certificates, tou_card_certificate_ref (certificate));
    fake_cards_set_certificates (bench->cards, certificates);
    fake_cards_set_inventory (bench->cards, inventory);
    fake_turn_main_loop ();
}

static gboolean
unlock (Bench *bench, GError **error)
{
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (FAKE_PIN);
    g_auto (FakeResult) done = { NULL };

    fake_turn_main_loop ();
    TouCardInventory *inventory = tou_unlock_step_get_inventory (bench->step);
    tou_unlock_step_unlock_async (bench->step, g_ptr_array_index (inventory->tokens, 0), pin, NULL,
                                  fake_result_take, &done);
    return tou_unlock_step_unlock_finish (bench->step, fake_result_wait (&done), error);
}

static gboolean
is_other_than (const TouCardCertificate *certificate, gpointer sha256, GError **error)
{
    if (!g_str_equal (certificate->sha256, sha256))
        return TRUE;
    g_set_error_literal (error, TOU_CARD_ERROR, TOU_CARD_ERROR_OTHER_CARD, "Still the current card");
    return FALSE;
}

/* The course of a card renewal with one reader: the current card signs, then the new one. Would catch: a
 * second card that is taken for the first, or a first one that stays open. */
static void
test_two_cards_one_after_the_other (void)
{
    g_autoptr (Bench) bench = bench_new ();
    g_autoptr (GError) error = NULL;

    tou_unlock_step_begin (bench->step);
    g_assert_true (unlock (bench, &error));
    assert_state (bench, UNLOCKED);
    g_autoptr (TouCardCertificate) current = tou_card_certificate_ref (
        tou_unlock_step_get_certificate (bench->step));

    tou_unlock_step_set_rule (bench->step, is_other_than, current->sha256);
    tou_unlock_step_begin (bench->step);
    assert_state (bench, CARD);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
    g_assert_null (tou_unlock_step_get_certificate (bench->step));
    put_card (bench, 'b', FALSE);
    g_assert_true (unlock (bench, &error));
    g_assert_no_error (error);
    assert_state (bench, UNLOCKED);
    g_assert_cmpstr (tou_unlock_step_get_certificate (bench->step)->sha256, !=, current->sha256);
    g_assert_cmpuint (bench->n_lost, ==, 0);
}

/* The PIN of the new card must not cost the current one a try. */
static void
test_rule_is_kept_before_the_pin (void)
{
    g_autoptr (Bench) bench = bench_new ();
    g_autoptr (TouCardCertificate) current = fake_certificate_new ('a');
    g_autoptr (GError) error = NULL;

    tou_unlock_step_set_rule (bench->step, is_other_than, current->sha256);
    tou_unlock_step_begin (bench->step);
    g_assert_false (unlock (bench, &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_OTHER_CARD);
    assert_state (bench, CARD);
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 0);
    put_card (bench, 'b', FALSE);
    g_assert_true (unlock (bench, NULL));
}

/* A wrong card is wrong whether it has expired or not. Would catch: "it has expired" for a card that was not
 * asked for. */
static void
test_rule_comes_first (void)
{
    g_autoptr (Bench) bench = bench_new ();
    g_autoptr (TouCardCertificate) wrong = fake_certificate_new ('a');
    g_autoptr (TouCardCertificate) right = fake_certificate_new ('b');
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) fault = NULL;

    tou_unlock_step_set_rule (bench->step, is_other_than, wrong->sha256);
    wrong->not_after_us = FAKE_NOW_US - 1;
    right->not_after_us = FAKE_NOW_US - 1;
    g_assert_false (tou_unlock_step_judge (bench->step, wrong, &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_OTHER_CARD);
    g_assert_false (tou_unlock_step_judge (bench->step, right, &fault));
    g_assert_error (fault, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED);
}

/* Would catch: a card's certificate for encryption that is said to be another company's, and shown in place
 * of the one that will be used. */
static void
test_purpose_comes_before_the_rule (void)
{
    g_autoptr (TouCardCertificate) encryption = fake_certificate_new ('a');
    g_autoptr (TouCardCertificate) signing = fake_certificate_new ('b');
    g_autoptr (TouCardToken) token = tou_card_token_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (Bench) bench = bench_new ();

    encryption->key_use = TOU_KEY_USE_NONE;
    g_assert_null (tou_unlock_step_find_candidate (bench->step, token));
    g_ptr_array_add (token->certificates, tou_card_certificate_ref (encryption));
    g_assert_true (tou_unlock_step_find_candidate (bench->step, token) == encryption);
    g_ptr_array_add (token->certificates, tou_card_certificate_ref (signing));
    g_assert_true (tou_unlock_step_find_candidate (bench->step, token) == signing);
    tou_unlock_step_set_rule (bench->step, is_other_than, encryption->sha256);
    g_assert_false (tou_unlock_step_judge (bench->step, encryption, &error));
    g_assert_error (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_KEY_USAGE);
}

static void
test_rule_is_kept_after_the_pin (void)
{
    g_autoptr (Bench) bench = bench_new ();
    g_autoptr (TouCardCertificate) current = fake_certificate_new ('a');
    g_autoptr (GError) error = NULL;

    tou_unlock_step_set_rule (bench->step, is_other_than, current->sha256);
    tou_unlock_step_begin (bench->step);
    put_card (bench, 'a', TRUE);
    g_assert_false (unlock (bench, &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_OTHER_CARD);
    assert_state (bench, CARD);
    g_assert_cmpuint (fake_script_count (bench->script, "unlock"), ==, 1);
    g_assert_false (fake_cards_is_unlocked (bench->cards));
}

/* An unlocked card that goes is not asked for again by the step: an answer may be awaited that needs none. */
static void
test_card_lost (void)
{
    g_autoptr (Bench) bench = bench_new ();

    tou_unlock_step_begin (bench->step);
    g_assert_true (unlock (bench, NULL));
    fake_cards_lose (bench->cards);
    assert_state (bench, IDLE);
    g_assert_null (tou_unlock_step_get_certificate (bench->step));
    g_assert_cmpuint (bench->n_lost, ==, 1);
    fake_cards_lose (bench->cards);
    g_assert_cmpuint (bench->n_lost, ==, 1);
}

static void
test_begin_gives_up_an_unlock (void)
{
    g_autoptr (Bench) bench = bench_new ();
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (FAKE_PIN);
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    tou_unlock_step_begin (bench->step);
    fake_turn_main_loop ();
    TouCardInventory *inventory = tou_unlock_step_get_inventory (bench->step);
    fake_script_hold (bench->script, "unlock");
    tou_unlock_step_unlock_async (bench->step, g_ptr_array_index (inventory->tokens, 0), pin, NULL,
                                  fake_result_take, &done);
    assert_state (bench, UNLOCKING);
    tou_unlock_step_begin (bench->step);
    assert_state (bench, CARD);
    g_assert_false (tou_unlock_step_unlock_finish (bench->step, fake_result_wait (&done), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_state (bench, CARD);
    fake_script_release (bench->script, "unlock");
    g_assert_true (unlock (bench, NULL));
}

static void
test_unlock_at_another_state (void)
{
    g_autoptr (Bench) bench = bench_new ();
    g_autoptr (GError) error = NULL;

    tou_unlock_step_begin (bench->step);
    g_assert_true (unlock (bench, NULL));
    g_assert_false (unlock (bench, &error));
    g_assert_error (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE);
    assert_state (bench, UNLOCKED);
}

/* The unlocking gives two certificates: of all a and of all b. */
static void
put_two_certificates (Bench *bench)
{
    g_autoptr (GPtrArray) certificates = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_card_certificate_unref);

    g_ptr_array_add (certificates, fake_certificate_new ('a'));
    g_ptr_array_add (certificates, fake_certificate_new ('b'));
    fake_cards_set_certificates (bench->cards, certificates);
}

static const char *
get_digit (Bench *bench)
{
    return tou_unlock_step_get_certificate (bench->step)->sha256;
}

/* Chosen before the PIN: taken, once, and only where it may be used. What was used last is not taken without
 * the user. */
static void
test_chosen_certificate (void)
{
    static const struct {
        char chosen, preferred;
        TouUnlockState state;
    } rows[] = {
        { 'b', 0, TOU_UNLOCK_STATE_UNLOCKED },    { 'c', 0, TOU_UNLOCK_STATE_CERTIFICATE },
        { 'e', 0, TOU_UNLOCK_STATE_CERTIFICATE }, { 0, 'b', TOU_UNLOCK_STATE_CERTIFICATE },
        { 'a', 'b', TOU_UNLOCK_STATE_UNLOCKED },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (Bench) bench = bench_new ();
        g_autoptr (GError) error = NULL;
        g_autofree char *chosen = rows[i].chosen != 0 ? g_strnfill (64, rows[i].chosen) : NULL;
        g_autofree char *preferred = rows[i].preferred != 0 ? g_strnfill (64, rows[i].preferred) : NULL;

        put_two_certificates (bench);
        tou_unlock_step_set_preferred (bench->step, preferred);
        tou_unlock_step_begin (bench->step);
        tou_unlock_step_set_chosen (bench->step, chosen);
        g_assert_true (unlock (bench, &error));
        g_assert_no_error (error);
        g_assert_cmpint (tou_unlock_step_get_state (bench->step), ==, rows[i].state);
        if (rows[i].state == TOU_UNLOCK_STATE_UNLOCKED)
            g_assert_cmpstr (get_digit (bench), ==, chosen);
        /* It was for one unlock. */
        tou_unlock_step_begin (bench->step);
        g_assert_true (unlock (bench, &error));
        assert_state (bench, CERTIFICATE);
        tou_unlock_step_leave (bench->step);
    }
}

/* Would catch: a certificate that breaks the rule, taken because the user once chose it. */
static void
test_chosen_keeps_to_the_rule (void)
{
    g_autoptr (Bench) bench = bench_new ();
    g_autofree char *a = g_strnfill (64, 'a');
    g_autofree char *b = g_strnfill (64, 'b');

    put_two_certificates (bench);
    tou_unlock_step_set_rule (bench->step, is_other_than, b);
    tou_unlock_step_begin (bench->step);
    tou_unlock_step_set_chosen (bench->step, b);
    g_assert_true (unlock (bench, NULL));
    assert_state (bench, UNLOCKED);
    g_assert_cmpstr (get_digit (bench), ==, a);
    tou_unlock_step_leave (bench->step);
}

static void
test_keypad_facts (void)
{
    g_autoptr (Bench) bench = bench_new ();
    TouCardInventory *inventory;

    g_assert_cmpuint (tou_unlock_step_get_keypad_seconds (bench->step), ==, 0);
    fake_cards_set_keypad (bench->cards, 60, TRUE);
    g_assert_cmpuint (tou_unlock_step_get_keypad_seconds (bench->step), ==, 60);
    g_assert_false (tou_unlock_step_asks_on_keypad (bench->step));
    tou_unlock_step_begin (bench->step);
    g_assert_true (unlock (bench, NULL));
    g_assert_false (tou_unlock_step_asks_on_keypad (bench->step));

    tou_unlock_step_begin (bench->step);
    fake_turn_main_loop ();
    inventory = tou_unlock_step_get_inventory (bench->step);
    ((TouCardToken *) g_ptr_array_index (inventory->tokens, 0))->has_keypad = TRUE;
    g_assert_true (unlock (bench, NULL));
    g_assert_true (tou_unlock_step_asks_on_keypad (bench->step));
    tou_unlock_step_leave (bench->step);
    g_assert_false (tou_unlock_step_asks_on_keypad (bench->step));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/unlock-step/two-cards-one-after-the-other", test_two_cards_one_after_the_other);
    g_test_add_func ("/unlock-step/rule-is-kept-before-the-pin", test_rule_is_kept_before_the_pin);
    g_test_add_func ("/unlock-step/rule-comes-first", test_rule_comes_first);
    g_test_add_func ("/unlock-step/purpose-comes-before-the-rule", test_purpose_comes_before_the_rule);
    g_test_add_func ("/unlock-step/rule-is-kept-after-the-pin", test_rule_is_kept_after_the_pin);
    g_test_add_func ("/unlock-step/card-lost", test_card_lost);
    g_test_add_func ("/unlock-step/begin-gives-up-an-unlock", test_begin_gives_up_an_unlock);
    g_test_add_func ("/unlock-step/unlock-at-another-state", test_unlock_at_another_state);
    g_test_add_func ("/unlock-step/chosen-certificate", test_chosen_certificate);
    g_test_add_func ("/unlock-step/chosen-keeps-to-the-rule", test_chosen_keeps_to_the_rule);
    g_test_add_func ("/unlock-step/keypad-facts", test_keypad_facts);
    return g_test_run ();
}
