/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "async-wait.h"
#include "card-test.h"
#include "tou-card-step.h"

#include <string.h>

/* Real agent, real module (SoftHSM), real keys: what a good card does. */

static TouCardToken *
get_token (TouCardInventory *inventory, const char *label)
{
    for (guint i = 0; i < inventory->tokens->len; i++) {
        TouCardToken *token = g_ptr_array_index (inventory->tokens, i);
        if (g_str_equal (token->label, label))
            return token;
    }
    g_error ("no token %s", label);
}

/* Bugs: a list that logs in, shows authorities' certificates, or takes the module's limits for something
 * else. */
static void
test_list_needs_no_pin (CardTest *test)
{
    GError *error = NULL;
    g_autoptr (TouCardInventory) inventory = card_test_list (test, &error);
    TouCardToken *full;

    g_assert_no_error (error);
    full = get_token (inventory, TOKEN_FULL);
    g_assert_cmpstr (full->manufacturer, ==, "SoftHSM project");
    g_assert_cmpstr (full->model, ==, "SoftHSM v2");
    g_assert_cmpuint (full->certificates->len, ==, 4);
    g_assert_cmpuint (full->pin_min, ==, 4);
    g_assert_cmpuint (full->pin_max, ==, 255);
    g_assert_cmpint (full->pin_state, ==, TOU_PIN_STATE_OK);
    g_assert_false (full->has_keypad);
    g_assert_false (full->hides_certificates);
    g_assert_cmpuint (get_token (inventory, TOKEN_AUTHORITY)->certificates->len, ==, 0);
    g_assert_true (get_token (inventory, TOKEN_EMPTY)->hides_certificates);
    g_assert_cmpuint (inventory->tokens->len, ==, 5);
    /* SoftHSM always offers one slot more, with a blank token. */
    g_assert_cmpuint (inventory->readers->len, ==, 6);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 0);
}

static void
assert_openssl_accepts (CardTest *test, GBytes *cms, const char *text)
{
    g_autofree char *path = g_build_filename (test->hsm->folder, "signed.der", NULL);
    g_autofree char *output = NULL;
    const char *argv[] = { "openssl", "cms", "-verify", "-cades",           "-binary",  "-inform", "DER",
                           "-in",     path,  "-CAfile", test->hsm->ca_file, "-purpose", "any",     NULL };
    GError *error = NULL;
    int status;

    g_assert_true (
        g_file_set_contents (path, g_bytes_get_data (cms, NULL), (gssize) g_bytes_get_size (cms), NULL));
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                  &output, NULL, &status, &error);
    g_assert_no_error (error);
    g_assert_cmpint (status, ==, 0);
    g_assert_cmpstr (output, ==, text);
}

static void
assert_signs (CardTest *test, const char *sha256)
{
    static const char text[] = "{\"申請\":\"登録\"}";
    g_autoptr (GBytes) content = g_bytes_new_static (text, strlen (text));
    GError *error = NULL;
    g_autoptr (GBytes) cms = card_test_sign (test, text, sha256, &error);

    g_assert_no_error (error);
    g_assert_true (tou_proof_checker_check_request (test->proofs, cms, content, sha256, &error));
    g_assert_no_error (error);
    assert_openssl_accepts (test, cms, text);
}

/* Bugs: the first key on the card is taken, whatever was chosen; EC keys do not work; a second signature
 * needs a second login. */
static void
test_sign_with_chosen_key (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);

    /* Without the one that has no key, and the authority's. */
    g_assert_cmpuint (certificates->len, ==, 3);
    assert_signs (test, card_test_find_sha256 (certificates, "年金太郎"));
    assert_signs (test, card_test_find_sha256 (certificates, "年金次郎"));
    assert_signs (test, card_test_find_sha256 (certificates, "年金三郎"));
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 1);
}

/* Bugs: a key of a kind that is not for signing here makes the whole card unusable, even where it has the id
 * of the certificate, as the key of another certificate may. */
static void
test_sign_beside_other_keys (CardTest *test)
{
    static const char *const strays[][2]
        = { { "02", "ED25519" }, { "03", "DSA" }, { "01", "ED25519" }, { "01", "DSA" } };
    g_autofree char *sha256 = NULL;
    g_autoptr (GPtrArray) certificates = NULL;

    soft_hsm_fixture_add_token (test->hsm, "Mixed", CARD_PIN);
    sha256 = soft_hsm_fixture_add_certificate (test->hsm, "Mixed", CARD_PIN, "01", "年金七郎",
                                               SOFT_HSM_KEY_RSA);
    for (guint i = 0; i < G_N_ELEMENTS (strays); i++)
        soft_hsm_fixture_add_stray_key (test->hsm, "Mixed", CARD_PIN, strays[i][0], strays[i][1]);
    certificates = card_test_open (test, "Mixed");
    assert_signs (test, sha256);
}

/* Bugs: the terminal is asked for the second PIN; the PIN is given more often than once a signature. */
static void
test_sign_with_key_that_asks (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_ASKING);
    const char *sha256 = card_test_find_sha256 (certificates, "年金五郎");

    assert_signs (test, sha256);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 2);
    assert_signs (test, sha256);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 3);
}

/* Bugs: a wrong PIN is tried again, by us or by libp11; the next unlock does not work. */
static void
test_wrong_pin (CardTest *test)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_FULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) certificates = card_test_unlock (test, token, "000000", &error);

    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_WRONG);
    g_assert_null (certificates);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 1);
    certificates = card_test_open (test, TOKEN_FULL);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 2);
}

static void
assert_refused_here (CardTest *test, TouCardToken *token, const char *pin, TouCardError code)
{
    GPid pid = tou_child_process_get_pid (tou_card_agent_client_get_process (test->client));
    g_autoptr (GError) error = NULL;
    GPtrArray *certificates = card_test_unlock (test, token, pin, &error);

    g_assert_null (certificates);
    g_assert_error (error, TOU_CARD_ERROR, (int) code);
    g_assert_cmpint (tou_child_process_get_pid (tou_card_agent_client_get_process (test->client)), ==, pid);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 0);
}

/* Bugs: a try is spent on what can be seen to be no PIN. */
static void
test_pin_looked_at_first (CardTest *test)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_FULL);
    g_autofree char *long_pin = g_strnfill (256, '1');

    assert_refused_here (test, token, "", TOU_CARD_ERROR_PIN_EMPTY);
    assert_refused_here (test, token, NULL, TOU_CARD_ERROR_PIN_EMPTY);
    assert_refused_here (test, token, "123", TOU_CARD_ERROR_PIN_LENGTH);
    assert_refused_here (test, token, long_pin, TOU_CARD_ERROR_PIN_LENGTH);
    assert_refused_here (test, token, "１２３４", TOU_CARD_ERROR_PIN_INVALID);
    assert_refused_here (test, token, "12 34", TOU_CARD_ERROR_PIN_INVALID);
    token->pin_state = TOU_PIN_STATE_LOCKED;
    assert_refused_here (test, token, CARD_PIN, TOU_CARD_ERROR_PIN_LOCKED);
}

static void
assert_unlock_fails (CardTest *test, const char *label, TouCardError code)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, label);
    g_autoptr (GError) error = NULL;
    GPtrArray *certificates = card_test_unlock (test, token, CARD_PIN, &error);

    g_assert_null (certificates);
    g_assert_error (error, TOU_CARD_ERROR, (int) code);
}

/* Bugs: a card that cannot sign counts as unlocked. */
static void
test_cards_that_cannot_sign (CardTest *test)
{
    assert_unlock_fails (test, TOKEN_KEYLESS, TOU_CARD_ERROR_NO_KEY);
    assert_unlock_fails (test, TOKEN_EMPTY, TOU_CARD_ERROR_NO_CERTIFICATE);
    assert_unlock_fails (test, TOKEN_AUTHORITY, TOU_CARD_ERROR_NO_KEY);
}

static void
assert_list_says_no_module (CardTest *test)
{
    g_autoptr (GError) error = NULL;
    TouCardInventory *inventory = card_test_list (test, &error);

    g_assert_null (inventory);
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE);
}

static void
test_no_module (CardTest *test)
{
    const char *agent = g_getenv ("TEST_CARD_AGENT");

    card_test_use_client (test, agent, "/nonexistent/module.so");
    assert_list_says_no_module (test);
    /* A library, but no module. */
    card_test_use_client (test, agent, "libc.so.6");
    assert_list_says_no_module (test);
    card_test_use_client (test, "/nonexistent/agent", test->hsm->module);
    assert_list_says_no_module (test);
}

/* Bugs: no card is taken for a failure. */
static void
test_no_token (CardTest *test)
{
    GError *error = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;

    card_test_set_faults (test, "tokens=gone\n");
    inventory = card_test_list (test, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (inventory->tokens->len, ==, 0);
    g_assert_cmpuint (inventory->readers->len, ==, 6);
    g_assert_cmpint (((TouReader *) g_ptr_array_index (inventory->readers, 0))->state, ==, TOU_READER_EMPTY);
}

static void
assert_not_unlocked (CardTest *test, const char *sha256)
{
    g_autoptr (GError) error = NULL;
    GBytes *cms = card_test_sign (test, "x", sha256, &error);

    g_assert_null (cms);
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NOT_UNLOCKED);
}

static void
on_exited (TouChildProcess *process, int wait_status, gpointer out_status)
{
    *(int *) out_status = wait_status;
}

static int released_status;

static gboolean
has_released (gpointer test)
{
    return released_status >= 0;
}

/* Bugs: a released card stays logged in; the agent does not end, or has to be killed; the next step fails. */
static void
test_release (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = card_test_open (test, TOKEN_FULL);
    g_autoptr (TouChildProcess) process = g_object_ref (tou_card_agent_client_get_process (test->client));

    released_status = -1;
    g_signal_connect (process, "exited", G_CALLBACK (on_exited), &released_status);
    tou_card_access_release (test->access);
    async_wait_until (has_released, test);
    g_assert_cmpint (released_status, ==, 0);
    g_assert_cmpuint (card_test_count_calls (test, "C_Logout"), ==, 1);
    g_assert_cmpuint (card_test_count_calls (test, "C_Finalize"), >=, 1);
    assert_not_unlocked (test, card_test_find_sha256 (certificates, "年金太郎"));
    g_assert_cmpuint (test->n_lost, ==, 0);
}

/* Bugs: who lets one card go and asks for the next in the same turn hears BUSY, as a renewal would. */
static void
test_unlock_right_after_release (CardTest *test)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_FULL);
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (CARD_PIN);
    g_autoptr (CardStep) given_up = card_step_new (test);
    g_autoptr (CardStep) list = card_step_new (test);
    g_autoptr (CardStep) unlock = card_step_new (test);
    g_autoptr (GError) error = NULL, busy = NULL;
    g_autoptr (GPtrArray) certificates = NULL;

    tou_card_access_unlock_async (test->access, token, pin, NULL, on_card_step_done, given_up);
    tou_card_access_release (test->access);
    tou_card_access_list_async (test->access, NULL, on_card_step_done, list);
    g_assert_null (card_test_list (test, &busy));
    g_assert_error (busy, TOU_CARD_ERROR, TOU_CARD_ERROR_BUSY);
    tou_card_access_release (test->access);
    tou_card_access_unlock_async (test->access, token, pin, NULL, on_card_step_done, unlock);
    card_step_wait (given_up);
    card_step_wait (list);
    card_step_wait (unlock);
    g_assert_null (tou_card_access_unlock_finish (test->access, given_up->result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    g_assert_null (tou_card_access_list_finish (test->access, list->result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_clear_error (&error);
    certificates = tou_card_access_unlock_finish (test->access, unlock->result, &error);
    g_assert_no_error (error);
    assert_signs (test, card_test_find_sha256 (certificates, "年金太郎"));
    g_assert_cmpuint (test->n_lost, ==, 0);
}

/* Bugs: libp11 takes the second of two cards for logged in, because the first was. */
static void
test_second_unlock_is_anothers (CardTest *test)
{
    g_autoptr (GPtrArray) first = card_test_open (test, TOKEN_FULL);
    GPid pid = tou_child_process_get_pid (tou_card_agent_client_get_process (test->client));
    g_autoptr (GPtrArray) second = card_test_open (test, TOKEN_ASKING);

    g_assert_cmpint (tou_child_process_get_pid (tou_card_agent_client_get_process (test->client)), !=, pid);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), ==, 2);
    assert_signs (test, card_test_find_sha256 (second, "年金五郎"));
    g_assert_cmpuint (test->n_lost, ==, 0);
}

static void
test_one_step_at_a_time (CardTest *test)
{
    g_autoptr (CardStep) first = card_step_new (test);
    g_autoptr (GError) error = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;
    TouCardInventory *second;

    tou_card_access_list_async (test->access, NULL, on_card_step_done, first);
    second = card_test_list (test, &error);
    g_assert_null (second);
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_BUSY);
    g_clear_error (&error);
    card_step_wait (first);
    inventory = tou_card_access_list_finish (test->access, first->result, &error);
    g_assert_no_error (error);
}

static gboolean
has_lost (gpointer test)
{
    return ((CardTest *) test)->n_lost > 0;
}

/* Bugs: a card that nobody uses stays open for ever. */
static void
test_idle_ends_the_session (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = NULL;

    g_object_set (test->client, "idle-seconds", 1, NULL);
    certificates = card_test_open (test, TOKEN_FULL);
    async_wait_until (has_lost, test);
    assert_not_unlocked (test, card_test_find_sha256 (certificates, "年金太郎"));
}

static int pin_was_seen; /* atomic: written from GDBus' thread */
static int n_messages;

static GDBusMessage *
look_for_pin (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
    gsize size;
    g_autofree guchar *blob = g_dbus_message_to_blob (message, &size, G_DBUS_CAPABILITY_FLAGS_UNIX_FD_PASSING,
                                                      NULL);

    g_assert_nonnull (blob);
    g_atomic_int_inc (&n_messages);
    if (memmem (blob, size, CARD_PIN, strlen (CARD_PIN)) != NULL)
        g_atomic_int_set (&pin_was_seen, TRUE);
    return message;
}

/* Bugs: the PIN is in a message. */
static void
test_pin_is_in_no_message (CardTest *test)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, TOKEN_ASKING);
    GDBusConnection *connection = tou_child_process_get_connection (
        tou_card_agent_client_get_process (test->client));
    g_autoptr (GPtrArray) certificates = NULL;
    GError *error = NULL;

    g_dbus_connection_add_filter (connection, look_for_pin, NULL, NULL);
    certificates = card_test_unlock (test, token, CARD_PIN, &error);
    g_assert_no_error (error);
    assert_signs (test, card_test_find_sha256 (certificates, "年金五郎"));
    g_assert_cmpint (g_atomic_int_get (&n_messages), >=, 4);
    g_assert_false (g_atomic_int_get (&pin_was_seen));
}

/* Bugs: an agent started by hand waits for ever, or crashes. */
static void
test_agent_by_hand (CardTest *test)
{
    const char *argv[] = { g_getenv ("TEST_CARD_AGENT"), NULL };
    g_autofree char *text = NULL;
    GError *error = NULL;
    int status;

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &text, &status, &error);
    g_assert_no_error (error);
    g_assert_cmpint (WEXITSTATUS (status), ==, 2);
    g_assert_nonnull (strstr (text, "started by Touroku"));
}

/* Would catch: a signature that is given up while the user still types on the reader. */
static void
test_usual_time (CardTest *test)
{
    static const struct {
        TouCardStepKind kind;
        gboolean is_on_keypad;
        guint seconds;
    } rows[] = {
        { TOU_CARD_STEP_LIST, FALSE, 10 },  { TOU_CARD_STEP_UNLOCK, FALSE, 30 },
        { TOU_CARD_STEP_UNLOCK, TRUE, 60 }, { TOU_CARD_STEP_SIGN, FALSE, 30 },
        { TOU_CARD_STEP_SIGN, TRUE, 60 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
        TouCardStep *step = tou_card_step_new (rows[i].kind);

        step->is_on_keypad = rows[i].is_on_keypad;
        g_assert_cmpuint (tou_card_step_get_usual_seconds (step), ==, rows[i].seconds);
        tou_card_step_free (step);
    }
}

static void
add_tests (void)
{
    card_test_add ("/card-agent-client/usual-time", test_usual_time);
    card_test_add ("/card/list-needs-no-pin", test_list_needs_no_pin);
    card_test_add ("/card/sign-with-chosen-key", test_sign_with_chosen_key);
    card_test_add ("/card/sign-with-key-that-asks", test_sign_with_key_that_asks);
    card_test_add ("/card/wrong-pin", test_wrong_pin);
    card_test_add ("/card/pin-looked-at-first", test_pin_looked_at_first);
    card_test_add ("/card/cards-that-cannot-sign", test_cards_that_cannot_sign);
    card_test_add ("/card/no-module", test_no_module);
    card_test_add ("/card/no-token", test_no_token);
    card_test_add ("/card/release", test_release);
    card_test_add ("/card/unlock-right-after-release", test_unlock_right_after_release);
    card_test_add ("/card/second-unlock-is-anothers", test_second_unlock_is_anothers);
    card_test_add ("/card/one-step-at-a-time", test_one_step_at_a_time);
    card_test_add ("/card/idle-ends-the-session", test_idle_ends_the_session);
    card_test_add ("/card/pin-is-in-no-message", test_pin_is_in_no_message);
    card_test_add ("/card/agent-by-hand", test_agent_by_hand);
    /* Makes a token more, which the others do not know of. */
    card_test_add ("/card/sign-beside-other-keys", test_sign_beside_other_keys);
}

int
main (int argc, char **argv)
{
    return card_test_main (argc, argv, add_tests);
}
