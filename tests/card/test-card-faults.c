/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "async-wait.h"
#include "card-test.h"

#include <signal.h>

/* Modules that answer wrongly, hang or crash; cards that go away. After each the next step must work. */

#define HOLDER "年金太郎"

static void
assert_works (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (GBytes) cms = NULL;
    GError *error = NULL;

    card_test_set_faults (test, NULL);
    certificates = card_test_open (test, TOKEN_FULL);
    cms = card_test_sign (test, "x", card_test_find_sha256 (certificates, HOLDER), &error);
    g_assert_no_error (error);
}

static void
assert_unlock_fails (CardTest *test, TouCardToken *token, TouCardError code)
{
    g_autoptr (GError) error = NULL;
    GPtrArray *certificates = card_test_unlock (test, token, CARD_PIN, &error);

    g_assert_null (certificates);
    g_assert_error (error, TOU_CARD_ERROR, (int) code);
}

static void
assert_sign_fails (CardTest *test, const char *sha256, TouCardError code)
{
    g_autoptr (GError) error = NULL;
    GBytes *cms = card_test_sign (test, "x", sha256, &error);

    g_assert_null (cms);
    g_assert_error (error, TOU_CARD_ERROR, (int) code);
}

/* Bugs: "wrong PIN" is said for anything but a wrong PIN; a code gets lost on its way through libp11. */
static void
test_codes_of_login (CardTest *test)
{
    static const struct {
        const char *faults;
        TouCardError code;
    } rows[] = {
        { "C_Login=0xa0", TOU_CARD_ERROR_PIN_WRONG },    { "C_Login=0xa1", TOU_CARD_ERROR_PIN_INVALID },
        { "C_Login=0xa2", TOU_CARD_ERROR_PIN_LENGTH },   { "C_Login=0xa4", TOU_CARD_ERROR_PIN_LOCKED },
        { "C_Login=0x32", TOU_CARD_ERROR_CARD_REMOVED }, { "C_Login=0xe0", TOU_CARD_ERROR_CARD_REMOVED },
        { "C_Login=0x5", TOU_CARD_ERROR_DEVICE },        { "C_Login=0x30", TOU_CARD_ERROR_DEVICE },
        { "C_Login=0x80000001", TOU_CARD_ERROR_DEVICE }, { "C_Login=0x50", TOU_CARD_ERROR_NOT_UNLOCKED },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_FULL);
        g_test_message ("%s", rows[i].faults);
        card_test_set_faults (test, rows[i].faults);
        assert_unlock_fails (test, token, rows[i].code);
        g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, i + 1);
        card_test_set_faults (test, NULL);
    }
    assert_works (test);
}

/* Bugs: a card that is locked is asked once more; a locked card is called broken, or the PIN wrong. */
static void
test_locked_is_told_by_the_flag (CardTest *test)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_FULL);
    g_autoptr (TouCardToken) locked = NULL;

    /* CKF_USER_PIN_LOCKED came up since the list. */
    card_test_set_faults (test, "flags=0x40000\nC_Login=0x5\n");
    assert_unlock_fails (test, token, TOU_CARD_ERROR_PIN_LOCKED);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 0);
    locked = card_test_find_token (test, TOKEN_FULL);
    g_assert_cmpint (locked->pin_state, ==, TOU_PIN_STATE_LOCKED);
    /* This entry was the last; the card's code for that is any one. */
    card_test_set_faults (test, "flags-after-login=0x40000\nC_Login=0x5\n");
    assert_unlock_fails (test, token, TOU_CARD_ERROR_PIN_LOCKED);
    card_test_set_faults (test, "flags-after-login=0x40000\nC_Login=0xa0\n");
    assert_unlock_fails (test, token, TOU_CARD_ERROR_PIN_LOCKED);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 2);
    assert_works (test);
}

static void
test_pin_states (CardTest *test)
{
    static const struct {
        const char *faults;
        TouPinState state;
    } rows[] = {
        { "flags=0x10000", TOU_PIN_STATE_COUNT_LOW },
        { "flags=0x30000", TOU_PIN_STATE_FINAL_TRY },
        { "flags=0x70000", TOU_PIN_STATE_LOCKED },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (TouCardToken) token = NULL;
        card_test_set_faults (test, rows[i].faults);
        token = card_test_find_token (test, TOKEN_FULL);
        g_assert_cmpint (token->pin_state, ==, rows[i].state);
    }
}

/* Bugs: a reader with a keypad is given an empty PIN, or asked for one that nobody typed here. */
static void
test_keypad (CardTest *test)
{
    g_autoptr (TouCardToken) token = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    GError *error = NULL;

    /* CKF_PROTECTED_AUTHENTICATION_PATH */
    card_test_set_faults (test, "flags=0x100\nflags-after-login=0x100\nkeypad=" CARD_PIN "\n");
    token = card_test_find_token (test, TOKEN_FULL);
    g_assert_true (token->has_keypad);
    certificates = card_test_unlock (test, token, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (certificates->len, ==, 3);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 1);
}

static void
test_codes_of_sign (CardTest *test)
{
    static const struct {
        const char *faults;
        TouCardError code;
    } rows[] = {
        { "C_Sign=0x70", TOU_CARD_ERROR_ALGORITHM },      { "C_Sign=0x54", TOU_CARD_ERROR_ALGORITHM_MODULE },
        { "C_Sign=0x101", TOU_CARD_ERROR_NOT_UNLOCKED },  { "C_Sign=0x32", TOU_CARD_ERROR_CARD_REMOVED },
        { "C_Sign=0x62", TOU_CARD_ERROR_KEY_UNSUITABLE }, { "C_Sign=0x60", TOU_CARD_ERROR_NO_KEY },
        { "C_Sign=0x5", TOU_CARD_ERROR_DEVICE },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);
        g_test_message ("%s", rows[i].faults);
        card_test_set_faults (test, rows[i].faults);
        assert_sign_fails (test, card_test_find_sha256 (certificates, HOLDER), rows[i].code);
        card_test_set_faults (test, NULL);
    }
    assert_works (test);
}

/* Bugs: a certificate that the unlock did not return is signed with. */
static void
test_unknown_certificate (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);

    assert_sign_fails (test, "00", TOU_CARD_ERROR_NO_CERTIFICATE);
    assert_works (test);
}

/* Bugs: the window waits for ever; a PIN is tried again after the time-out. */
static void
test_hanging_login (CardTest *test)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_FULL);

    g_object_set (test->client, "time-out-seconds", 1, NULL);
    card_test_set_faults (test, "C_Login=hang\n");
    assert_unlock_fails (test, token, TOU_CARD_ERROR_TIMED_OUT);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 1);
    g_object_set (test->client, "time-out-seconds", 0, NULL);
    assert_works (test);
}

static void
test_crash_in_sign (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);

    card_test_set_faults (test, "C_Sign=exit\n");
    assert_sign_fails (test, card_test_find_sha256 (certificates, HOLDER), TOU_CARD_ERROR_AGENT_DIED);
    g_assert_cmpuint (test->n_lost, ==, 0);
    assert_works (test);
}

/* Bugs: an agent that hangs while it logs out is never got rid of, and the next step waits for it. */
static void
test_hanging_logout (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);

    card_test_set_faults (test, "C_Logout=hang\n");
    tou_card_access_release (test->access);
    assert_works (test);
}

static gboolean
has_begun_to_sign (gpointer test)
{
    return card_test_count_calls (test, "C_Sign") > 0;
}

static void
test_cancel_during_sign (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (CardStep) step = card_step_new (test);
    g_autoptr (GBytes) content = g_bytes_new_static ("x", 1);
    g_autoptr (GError) error = NULL;
    GBytes *cms;

    card_test_set_faults (test, "C_Sign=hang\n");
    tou_card_access_sign_async (test->access, content, card_test_find_sha256 (certificates, HOLDER),
                                cancellable, on_card_step_done, step);
    async_wait_until (has_begun_to_sign, test);
    g_cancellable_cancel (cancellable);
    card_step_wait (step);
    cms = tou_card_access_sign_finish (test->access, step->result, &error);
    g_assert_null (cms);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_works (test);
}

/* Bugs: cancelled before it began, a step begins all the same. */
static void
test_cancelled_before (CardTest *test)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (CardStep) step = card_step_new (test);
    g_autoptr (GError) error = NULL;
    TouCardInventory *inventory;

    g_cancellable_cancel (cancellable);
    tou_card_access_list_async (test->access, cancellable, on_card_step_done, step);
    card_step_wait (step);
    inventory = tou_card_access_list_finish (test->access, step->result, &error);
    g_assert_null (inventory);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (tou_card_agent_client_get_process (test->client));
}

/* Bugs: a step that is cancelled while it waits for the agent before to end, which may take seconds, waits
 * on. */
static void
test_cancelled_while_waiting (CardTest *test)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (CardStep) step = card_step_new (test);
    g_autoptr (GAsyncResult) released = NULL;
    g_autoptr (GError) error = NULL;
    TouCardInventory *inventory;

    card_test_set_faults (test, "C_Finalize=hang\n");
    tou_card_inventory_unref (card_test_list (test, &error));
    g_assert_no_error (error);
    tou_card_agent_client_release_async (test->client, async_wait_store, &released);
    tou_card_access_list_async (test->access, cancellable, on_card_step_done, step);
    g_cancellable_cancel (cancellable);
    card_step_wait (step);
    inventory = tou_card_access_list_finish (test->access, step->result, &error);
    g_assert_null (inventory);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (released);
    async_wait (&released);
    assert_works (test);
}

static void
test_release_during_step (CardTest *test)
{
    g_autoptr (CardStep) step = card_step_new (test);
    g_autoptr (GError) error = NULL;
    TouCardInventory *inventory;

    tou_card_access_list_async (test->access, NULL, on_card_step_done, step);
    tou_card_access_release (test->access);
    card_step_wait (step);
    inventory = tou_card_access_list_finish (test->access, step->result, &error);
    g_assert_null (inventory);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_works (test);
}

static gboolean
has_lost (gpointer test)
{
    return ((CardTest *) test)->n_lost > 0;
}

static gboolean
has_changed (gpointer test)
{
    return ((CardTest *) test)->n_changed > 0;
}

/* Bugs: nobody says that an unlocked card is not unlocked any more. */
static void
test_killed_agent (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);

    kill (tou_child_process_get_pid (tou_card_agent_client_get_process (test->client)), SIGKILL);
    async_wait_until (has_lost, test);
    assert_sign_fails (test, card_test_find_sha256 (certificates, HOLDER), TOU_CARD_ERROR_NOT_UNLOCKED);
    assert_works (test);
    g_assert_cmpuint (test->n_lost, ==, 1);
}

static void
test_card_comes (CardTest *test)
{
    GError *error = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;

    card_test_set_faults (test, "tokens=gone\n");
    inventory = card_test_list (test, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (inventory->tokens->len, ==, 0);
    card_test_set_faults (test, NULL);
    async_wait_until (has_changed, test);
    assert_works (test);
    g_assert_cmpuint (test->n_lost, ==, 0);
}

static void
test_card_goes (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);

    card_test_set_faults (test, "tokens=gone\n");
    async_wait_until (has_lost, test);
    g_assert_cmpuint (test->n_changed, >=, 1);
    assert_sign_fails (test, card_test_find_sha256 (certificates, HOLDER), TOU_CARD_ERROR_NOT_UNLOCKED);
    assert_works (test);
}

/* Bugs: the PIN of one card is tried on another that took its place. */
static void
test_pin_for_another_card (CardTest *test)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_FULL);

    card_test_set_faults (test, "serial=another\n");
    assert_unlock_fails (test, token, TOU_CARD_ERROR_OTHER_CARD);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 0);
    assert_works (test);
}

/* Bugs: a program that is no agent keeps the step waiting. */
static void
test_no_agent (CardTest *test)
{
    g_autoptr (GError) error = NULL;
    TouCardInventory *inventory;

    /* Started with options that it does not know, it ends at once. */
    card_test_use_client (test, "/bin/cat", NULL);
    inventory = card_test_list (test, &error);
    g_assert_null (inventory);
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_AGENT_DIED);
}

static void
add_tests (void)
{
    card_test_add ("/card-faults/codes-of-login", test_codes_of_login);
    card_test_add ("/card-faults/locked-is-told-by-the-flag", test_locked_is_told_by_the_flag);
    card_test_add ("/card-faults/pin-states", test_pin_states);
    card_test_add ("/card-faults/keypad", test_keypad);
    card_test_add ("/card-faults/codes-of-sign", test_codes_of_sign);
    card_test_add ("/card-faults/unknown-certificate", test_unknown_certificate);
    card_test_add ("/card-faults/hanging-login", test_hanging_login);
    card_test_add ("/card-faults/crash-in-sign", test_crash_in_sign);
    card_test_add ("/card-faults/hanging-logout", test_hanging_logout);
    card_test_add ("/card-faults/cancel-during-sign", test_cancel_during_sign);
    card_test_add ("/card-faults/cancelled-before", test_cancelled_before);
    card_test_add ("/card-faults/cancelled-while-waiting", test_cancelled_while_waiting);
    card_test_add ("/card-faults/release-during-step", test_release_during_step);
    card_test_add ("/card-faults/killed-agent", test_killed_agent);
    card_test_add ("/card-faults/card-comes", test_card_comes);
    card_test_add ("/card-faults/card-goes", test_card_goes);
    card_test_add ("/card-faults/pin-for-another-card", test_pin_for_another_card);
    card_test_add ("/card-faults/no-agent", test_no_agent);
}

int
main (int argc, char **argv)
{
    return card_test_main (argc, argv, add_tests);
}
