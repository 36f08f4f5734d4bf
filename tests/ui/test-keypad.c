/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Readers with a keypad of their own. */

#include "form-tools.h"

#include <stdio.h>

#define READER "ACS ACR39U"

static TouCardToken *
make_keypad_card (void)
{
    TouCardToken *token = form_token_new (READER, "Card", TOU_PIN_STATE_OK, fake_certificate_new ('a'));

    token->has_keypad = TRUE;
    return token;
}

/* Would catch: a keypad reader for which a PIN has to be typed here. */
static void
test_keypad (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_keypad_card (), NULL);
    fake_script_hold (bench->fakes->script, "unlock");
    form_open_dialog (bench);
    g_assert_false (form_is_shown ("pin_entry"));
    g_assert_true (form_is_shown ("keypad_label"));
    form_answer (GTK_RESPONSE_OK);
    g_assert_nonnull (strstr (form_read ("busy_label"), "keypad"));
    fake_script_release (bench->fakes->script, "unlock");
    fake_turn_main_loop ();
    g_assert_null (form_find_dialog ());
}

static guint
read_seconds_left (void)
{
    guint left = 0;

    g_assert_cmpint (sscanf (form_read ("countdown_label"), "Time left: %u seconds", &left), ==, 1);
    return left;
}

/* The limit is the card side's own; it runs down, and Cancel is a way out that lets the card go. */
static void
test_countdown (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();
    guint n_released, first;

    fake_cards_set_keypad (bench->fakes->cards, 420, FALSE);
    form_put_tokens (bench, make_keypad_card (), NULL);
    fake_script_hold (bench->fakes->script, "unlock");
    form_open_dialog (bench);
    g_assert_false (form_is_shown ("countdown_label"));
    form_answer (GTK_RESPONSE_OK);
    g_assert_true (form_is_shown ("countdown_label"));
    first = read_seconds_left ();
    g_assert_cmpuint (first, <=, 420);
    g_assert_cmpuint (first, >, 400);
    while (read_seconds_left () == first)
        g_main_context_iteration (NULL, TRUE);
    g_assert_cmpuint (read_seconds_left (), <, first);

    n_released = fake_script_count (bench->fakes->script, "release");
    form_answer (GTK_RESPONSE_CANCEL);
    g_assert_null (form_find_dialog ());
    g_assert_cmpuint (fake_script_count (bench->fakes->script, "release"), >, n_released);
    g_assert_cmpint (tou_request_flow_get_state (bench->fakes->flow), ==, TOU_REQUEST_STATE_IDLE);
}

/* Without a limit that is known none is made up. */
static void
test_no_countdown (void)
{
    g_autoptr (UiBench) bench = ui_bench_new ();

    form_put_tokens (bench, make_keypad_card (), NULL);
    fake_script_hold (bench->fakes->script, "unlock");
    form_open_dialog (bench);
    form_answer (GTK_RESPONSE_OK);
    g_assert_false (form_is_shown ("countdown_label"));
    form_answer (GTK_RESPONSE_CANCEL);
}

static void
go_to_signing (UiBench *bench, gboolean has_keypad, gboolean asks_each_time)
{
    TouCardToken *token = make_keypad_card ();

    token->has_keypad = has_keypad;
    fake_cards_set_keypad (bench->fakes->cards, 60, asks_each_time);
    form_put_tokens (bench, token, NULL);
    form_open_dialog (bench);
    form_type_pin (FAKE_PIN);
    form_answer (GTK_RESPONSE_OK);
    form_fill (bench);
    fake_script_hold (bench->fakes->script, "sign");
    ui_press (bench, "submit_button");
    fake_turn_main_loop ();
}

/* Would catch: a reader that waits for the PIN while the window says that the card signs. */
static void
test_pin_at_the_signature (void)
{
    static const struct {
        gboolean has_keypad, asks_each_time, is_said;
    } rows[] = { { TRUE, TRUE, TRUE }, { TRUE, FALSE, FALSE }, { FALSE, TRUE, FALSE } };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (UiBench) bench = ui_bench_new ();

        go_to_signing (bench, rows[i].has_keypad, rows[i].asks_each_time);
        g_assert_cmpint (strstr (ui_read (bench, "status_label"), "keypad") != NULL, ==, rows[i].is_said);
        fake_script_release (bench->fakes->script, "sign");
        fake_turn_main_loop ();
    }
}

int
main (int argc, char **argv)
{
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/keypad/no-entry", test_keypad);
    g_test_add_func ("/ui/keypad/countdown", test_countdown);
    g_test_add_func ("/ui/keypad/no-countdown", test_no_countdown);
    g_test_add_func ("/ui/keypad/pin-at-the-signature", test_pin_at_the_signature);
    return g_test_run ();
}
