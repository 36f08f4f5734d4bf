/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

/* A card that this program has unlocked is open to no other once it is done with it, whatever became of the
 * processes. The real pcscd and OpenSC; the other program knows only PC/SC and gives no PIN. */

#include "cards-test.h"
#include "other-program.h"
#include "tou-openssl-proof-checker.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONTENT "申請"
/* Nothing else looks like it. */
#define RARE_PIN "83927465"
#define AS_WINDOW "--window"
#define VERIFY "0020008008"

static GPid
get_agent (CardTest *test)
{
    return tou_child_process_get_pid (tou_card_agent_client_get_process (test->client));
}

static void
assert_is_closed (void)
{
    g_assert_cmphex (other_program_sign (OTHER_PROGRAM_KEY_AUTHENTICATION), ==, OTHER_PROGRAM_REFUSED);
    g_assert_cmphex (other_program_sign (OTHER_PROGRAM_KEY_SIGNATURE), ==, OTHER_PROGRAM_REFUSED);
}

static char *
unlock (CardTest *test, const char *pin)
{
    GError *error = NULL;
    g_autoptr (TouCardToken) token = cards_test_wait_for_token (test, NULL);
    g_autoptr (GPtrArray) certificates = card_test_unlock (test, token, pin, &error);

    g_assert_no_error (error);
    return g_strdup (cards_test_find_fit (certificates)->sha256);
}

static void
sign (CardTest *test, const char *sha256)
{
    GError *error = NULL;
    g_autoptr (GBytes) cms = card_test_sign (test, CONTENT, sha256, &error);

    g_assert_no_error (error);
    cards_test_check_cms (cms, CONTENT);
}

static void
open_card (CardTest *test)
{
    g_autofree char *sha256 = NULL;

    cards_test_insert (0, "piv", "sakuragawa");
    sha256 = unlock (test, PIV_PIN);
    sign (test, sha256);
}

static gboolean
is_lost (gpointer data)
{
    return ((CardTest *) data)->n_lost > 0;
}

static void
test_before (CardTest *test)
{
    cards_test_insert (0, "piv", "sakuragawa");
    tou_card_token_unref (cards_test_wait_for_token (test, NULL));
    assert_is_closed ();
}

static void
test_after_release (CardTest *test)
{
    open_card (test);
    cards_test_release (test);
    assert_is_closed ();
}

/* The limit of what a card does by itself: with a key that does not ask each time others can sign for as long
 * as it is open. The signature key does ask. */
static void
test_while_unlocked (CardTest *test)
{
    open_card (test);
    g_assert_cmphex (other_program_sign (OTHER_PROGRAM_KEY_AUTHENTICATION), ==, OTHER_PROGRAM_SIGNED);
    g_assert_cmphex (other_program_sign (OTHER_PROGRAM_KEY_SIGNATURE), ==, OTHER_PROGRAM_REFUSED);
    cards_test_release (test);
    assert_is_closed ();
}

/* A SIGKILL leaves nobody time to log out. */
static void
test_agent_killed (CardTest *test)
{
    open_card (test);
    kill (get_agent (test), SIGKILL);
    cards_test_wait (is_lost, test);
    cards_test_release (test);
    assert_is_closed ();
}

static void
test_idle (CardTest *test)
{
    g_object_set (test->client, "idle-seconds", 1, NULL);
    open_card (test);
    cards_test_wait (is_lost, test);
    cards_test_release (test);
    assert_is_closed ();
}

static void
begin_signature (CardTest *test, const char *sha256)
{
    g_autoptr (GBytes) content = g_bytes_new_static (CONTENT, strlen (CONTENT));

    tou_card_access_sign_async (test->access, content, sha256, NULL, NULL, NULL);
}

/* A process of its own, which gets killed with a card unlocked and a signature under way. */
G_GNUC_NORETURN static void
be_window (const char *module)
{
    g_autofree char *configuration = g_strdup_printf ("OPENSC_CONF=%s", g_getenv ("TEST_OPENSC_CONF"));
    const char *environment[] = { configuration, NULL };
    g_autoptr (TouProofChecker) proofs = TOU_PROOF_CHECKER (tou_openssl_proof_checker_new (NULL, NULL));
    CardTest test
        = { .client = tou_card_agent_client_new (g_getenv ("TEST_CARD_AGENT"), module, environment, proofs) };
    g_autofree char *sha256 = NULL;

    test.access = TOU_CARD_ACCESS (test.client);
    sha256 = unlock (&test, PIV_PIN);
    printf ("%d\n", get_agent (&test));
    fflush (stdout);
    begin_signature (&test, sha256);
    for (;;)
        g_main_context_iteration (NULL, TRUE);
}

/* Returns: the window, once its card is unlocked */
static GPid
start_window (const char *module, GPid *out_agent)
{
    const char *argv[] = { "/proc/self/exe", AS_WINDOW, module, NULL };
    GError *error = NULL;
    g_autoptr (GIOChannel) channel = NULL;
    g_autofree char *line = NULL;
    GPid pid;
    int output;

    (void) g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                                     NULL, &output, NULL, &error);
    g_assert_no_error (error);
    channel = g_io_channel_unix_new (output);
    g_io_channel_set_close_on_unref (channel, TRUE);
    (void) g_io_channel_read_line (channel, &line, NULL, NULL, &error);
    g_assert_no_error (error);
    *out_agent = (GPid) g_ascii_strtoll (line, NULL, 10);
    g_assert_cmpint (*out_agent, >, 0);
    return pid;
}

static gboolean
on_look_again (gpointer data)
{
    return G_SOURCE_CONTINUE;
}

/* The login and the PIN of the signature. */
static gboolean
is_signing (gpointer data)
{
    return cards_test_count_command (0, VERIFY) >= 2;
}

/* The agent's parent is gone: it ends by itself, and this process, which inherits it, hears of its end. */
static void
kill_window (CardTest *test, const char *module, const char *signature_seconds)
{
    GPid agent;
    GPid window;
    guint timer;

    prctl (PR_SET_CHILD_SUBREAPER, 1);
    cards_test_insert (0, "piv", "sakuragawa");
    tou_card_token_unref (cards_test_wait_for_token (test, NULL));
    cards_test_release (test);
    CONTROL ("delay 0 87 %s", signature_seconds);
    window = start_window (module, &agent);
    timer = g_timeout_add (20, on_look_again, NULL);
    cards_test_wait (is_signing, NULL);
    g_source_remove (timer);
    kill (window, SIGKILL);
    g_assert_cmpint (waitpid (window, NULL, 0), ==, window);
    g_assert_cmpint (waitpid (agent, NULL, 0), ==, agent);
    CONTROL ("delay 0 87 0");
    assert_is_closed ();
}

static void
test_window_killed (CardTest *test)
{
    kill_window (test, CARDS_TEST_OPENSC, "0");
}

/* Longer than the agent waits for its module. */
static void
test_window_killed_in_signature (CardTest *test)
{
    kill_window (test, CARDS_TEST_OPENSC, "3");
}

/* Returns: (transfer full): what the test module over OpenSC is to do wrong, a file to be removed */
static char *
use_faults (const char *lines)
{
    g_autofree char *faults = g_build_filename (g_get_tmp_dir (), "touroku-faults-XXXXXX", NULL);
    GError *error = NULL;
    int fd = g_mkstemp (faults);

    g_assert_no_errno (fd);
    close (fd);
    (void) g_file_set_contents (faults, lines, -1, &error);
    g_assert_no_error (error);
    g_setenv ("TEST_MODULE_TARGET", CARDS_TEST_OPENSC, TRUE);
    g_setenv ("TEST_MODULE_FAULTS", faults, TRUE);
    g_setenv ("TEST_MODULE_LOG", "/dev/null", TRUE);
    return g_steal_pointer (&faults);
}

/* Would catch: a card that stays open because the module never comes back from the logout. */
static void
test_window_killed_and_module_hangs (CardTest *test)
{
    g_autofree char *faults = use_faults ("C_Logout=hang\n");

    kill_window (test, g_getenv ("TEST_CARD_MODULE"), "0");
    g_assert_no_errno (g_unlink (faults));
}

/* There are modules whose slots have names of their own, and which leave the card as it is when they end. */
static void
open_card_in_slot_of_other_name (CardTest *test)
{
    cards_test_remake_client (test, g_getenv ("TEST_CARD_MODULE"), "/dev/null");
    open_card (test);
    g_assert_cmphex (other_program_sign (OTHER_PROGRAM_KEY_AUTHENTICATION), ==, OTHER_PROGRAM_SIGNED);
}

static void
test_other_name_after_release (CardTest *test)
{
    g_autofree char *faults = use_faults ("slot-name=Maker's slot 0\n");

    open_card_in_slot_of_other_name (test);
    cards_test_release (test);
    assert_is_closed ();
    g_assert_no_errno (g_unlink (faults));
}

static void
test_other_name_and_module_hangs (CardTest *test)
{
    g_autofree char *faults = use_faults ("slot-name=Maker's slot 0\nC_Logout=hang\n");

    open_card_in_slot_of_other_name (test);
    cards_test_release (test);
    assert_is_closed ();
    g_assert_no_errno (g_unlink (faults));
}

static void
test_other_name_and_agent_killed (CardTest *test)
{
    g_autofree char *faults = use_faults ("slot-name=Maker's slot 0\n");

    open_card_in_slot_of_other_name (test);
    kill (get_agent (test), SIGKILL);
    cards_test_wait (is_lost, test);
    cards_test_release (test);
    assert_is_closed ();
    g_assert_no_errno (g_unlink (faults));
}

/* The PIN has gone to the card and no answer came back: nobody but the agent has known which reader. */
static void
test_other_name_and_agent_killed_in_login (CardTest *test)
{
    g_autofree char *faults = use_faults ("slot-name=Maker's slot 0\nafter-login=crash\n");
    g_autoptr (TouCardToken) token = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    GError *error = NULL;

    cards_test_remake_client (test, g_getenv ("TEST_CARD_MODULE"), "/dev/null");
    cards_test_insert (0, "piv", "sakuragawa");
    token = cards_test_wait_for_token (test, NULL);
    certificates = card_test_unlock (test, token, PIV_PIN, &error);
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_AGENT_DIED);
    g_error_free (error);
    cards_test_release (test);
    assert_is_closed ();
    g_assert_no_errno (g_unlink (faults));
}

/* The key asks for the PIN at each signature: until the card is let go it is kept, but where no core has it,
 * and nowhere besides. */
static void
check_memory (CardTest *test)
{
    guint n_hidden;

    g_assert_cmpuint (other_program_find_in_memory (get_agent (test), RARE_PIN, &n_hidden), ==, 0);
    g_assert_cmpuint (n_hidden, ==, 1);
}

static void
test_memory (CardTest *test)
{
    g_autofree char *sha256 = NULL;

#ifdef __SANITIZE_ADDRESS__
    g_test_skip ("a sanitizer keeps memory that was given back as it was");
    return;
#endif
    cards_test_insert (0, "piv", "sakuragawa");
    CONTROL ("pin 0 " RARE_PIN);
    sha256 = unlock (test, RARE_PIN);
    check_memory (test);
    sign (test, sha256);
    check_memory (test);
    g_assert_cmpuint (other_program_find_in_memory (getpid (), sha256, NULL), >, 0);
}

/* Returns: (transfer full): what went to standard error meanwhile, that of the processes which were started
 * meanwhile with it */
static char *
run_and_listen (CardTest *test, void (*run) (CardTest *test))
{
    g_autofree char *path = g_build_filename (g_get_tmp_dir (), "touroku-stderr-XXXXXX", NULL);
    int fd = g_mkstemp (path);
    int before = dup (STDERR_FILENO);
    char *text = NULL;

    g_assert_no_errno (fd);
    g_assert_no_errno (dup2 (fd, STDERR_FILENO));
    run (test);
    cards_test_release (test);
    g_assert_no_errno (dup2 (before, STDERR_FILENO));
    close (before);
    close (fd);
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_assert_no_errno (g_unlink (path));
    return text;
}

/* OpenSC's log has each command to the card, and it shows the bytes of one both ways. */
static void
test_log_of_module (CardTest *test)
{
    g_autofree char *text = NULL;

    g_setenv ("OPENSC_DEBUG", "9", TRUE);
    cards_test_remake_client (test, CARDS_TEST_OPENSC, g_getenv ("TEST_OPENSC_CONF"));
    text = run_and_listen (test, open_card);
    g_unsetenv ("OPENSC_DEBUG");
    g_assert_null (strstr (text, PIV_PIN));
    g_assert_null (strstr (text, "31 32 33 34 35 36"));
    g_assert_null (strstr (text, "opensc"));
}

static void
add_tests (void)
{
    cards_test_add ("/other-programs/log-of-module", test_log_of_module);
    cards_test_add ("/other-programs/before", test_before);
    cards_test_add ("/other-programs/after-release", test_after_release);
    cards_test_add ("/other-programs/while-unlocked", test_while_unlocked);
    cards_test_add ("/other-programs/agent-killed", test_agent_killed);
    cards_test_add ("/other-programs/idle", test_idle);
    cards_test_add ("/other-programs/window-killed", test_window_killed);
    cards_test_add ("/other-programs/window-killed-in-signature", test_window_killed_in_signature);
    cards_test_add ("/other-programs/window-killed-and-module-hangs", test_window_killed_and_module_hangs);
    cards_test_add ("/other-programs/other-name/after-release", test_other_name_after_release);
    cards_test_add ("/other-programs/other-name/module-hangs", test_other_name_and_module_hangs);
    cards_test_add ("/other-programs/other-name/agent-killed", test_other_name_and_agent_killed);
    cards_test_add ("/other-programs/other-name/agent-killed-in-login",
                    test_other_name_and_agent_killed_in_login);
    cards_test_add ("/other-programs/memory", test_memory);
}

int
main (int argc, char **argv)
{
    if (argc == 3 && g_str_equal (argv[1], AS_WINDOW))
        be_window (argv[2]);
    return cards_test_main (argc, argv, add_tests);
}
