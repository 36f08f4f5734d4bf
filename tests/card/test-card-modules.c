/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "async-wait.h"
#include "card-test.h"
#include "module-cases.h"

#include <glib/gstdio.h>

/* Each function of a module that the program calls, going wrong in each way that makes sense there, in each
 * step that calls it. Always: an answer in time, with the right name; one PIN try at most; a signature that
 * is wrong is refused by our own check; and the same client works as soon as the module does.
 *
 * Bugs: those of others, taken over as a crash, as a wait without end, as a PIN try, as a wrong name. */

#define HOLDER "年金太郎"
#define CONTENT "x"
/* Where it is the time-out that is to come; else what a loaded machine may take, a sanitizer's report of a
 * crash included. */
#define TIME_OUT_SECONDS 1
#define PATIENCE_SECONDS 15
/* The time-out, and what a loaded machine takes besides. */
#define MAX_SECONDS 20

typedef struct {
    CardTest *test;
    TouCardToken *token;
    GPtrArray *certificates;
} Run;

static const char *const step_names[] = { "list", "unlock", "sign", "close", "watch" };
G_STATIC_ASSERT (G_N_ELEMENTS (step_names) == N_MODULE_STEPS);

static void
clear_run (Run *run)
{
    g_clear_pointer (&run->token, tou_card_token_unref);
    g_clear_pointer (&run->certificates, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, clear_run)

/* However often the module names its slot, it is there once. */
static TouCardToken *
find_token (TouCardInventory *inventory)
{
    TouCardToken *found = NULL;

    for (guint i = 0; i < inventory->tokens->len; i++) {
        TouCardToken *token = g_ptr_array_index (inventory->tokens, i);

        if (!g_str_equal (token->label, TOKEN_FULL) || token->certificates->len == 0)
            continue;
        g_assert_null (found);
        found = tou_card_token_ref (token);
    }
    return found;
}

static int
name_outcome (gboolean works, const GError *error)
{
    if (works)
        return WORKS;
    g_assert_cmpuint (error->domain, ==, TOU_CARD_ERROR);
    return error->code;
}

static int
run_list (Run *run, GError **error)
{
    g_autoptr (TouCardInventory) inventory = card_test_list (run->test, error);

    if (inventory == NULL)
        return name_outcome (FALSE, *error);
    run->token = find_token (inventory);
    return run->token == NULL ? NO_TOKEN : WORKS;
}

static int
run_unlock (Run *run, GError **error)
{
    run->certificates = card_test_unlock (run->test, run->token, CARD_PIN, error);
    return name_outcome (run->certificates != NULL, *error);
}

/* What TouSubmissionRun does with what comes from the card. */
static int
run_sign (Run *run, GError **error)
{
    const char *sha256 = card_test_find_sha256 (run->certificates, HOLDER);
    g_autoptr (GBytes) content = g_bytes_new_static (CONTENT, sizeof CONTENT - 1);
    g_autoptr (GBytes) cms = card_test_sign (run->test, CONTENT, sha256, error);

    if (cms == NULL)
        return name_outcome (FALSE, *error);
    return tou_proof_checker_check_request (run->test->proofs, cms, content, sha256, error) ? WORKS : REFUSED;
}

static gboolean
has_ended (gpointer process)
{
    return !tou_child_process_is_running (process);
}

/* However long the module takes to close, its agent is gone then. */
static int
run_close (Run *run)
{
    g_autoptr (TouChildProcess) process = g_object_ref (
        tou_card_agent_client_get_process (run->test->client));

    tou_card_access_release (run->test->access);
    async_wait_until (has_ended, process);
    return WORKS;
}

static int
run_step (Run *run, ModuleStep step, GError **error)
{
    switch (step) {
    case STEP_LIST:
        return run_list (run, error);
    case STEP_UNLOCK:
        return run_unlock (run, error);
    case STEP_SIGN:
        return run_sign (run, error);
    case STEP_CLOSE:
        return run_close (run);
    case STEP_WATCH:
    case N_MODULE_STEPS:
    default:
        g_assert_not_reached ();
    }
}

/* All that comes before @step, with a module that is good. */
static void
run_up_to (Run *run, ModuleStep step)
{
    for (ModuleStep before = STEP_LIST; before < step; before++) {
        g_autoptr (GError) error = NULL;
        int outcome = run_step (run, before, &error);
        g_assert_no_error (error);
        g_assert_cmpint (outcome, ==, WORKS);
    }
}

static void
assert_works (CardTest *test)
{
    g_auto (Run) run = { test, NULL, NULL };

    card_test_set_faults (test, NULL);
    g_object_set (test->client, "time-out-seconds", 0, NULL);
    run_up_to (&run, STEP_CLOSE);
    tou_card_access_release (test->access);
}

/* What stood in memory that was written over may be gone, whatever that was; but no PIN was tried for it. */
static gboolean
is_right (int outcome, int wanted)
{
    if (wanted == ANY)
        return outcome != TOU_CARD_ERROR_PIN_WRONG && outcome != TOU_CARD_ERROR_PIN_LOCKED;
    return outcome == wanted;
}

static guint
get_time_out (const ModuleCase *row)
{
    return row->outcome == TOU_CARD_ERROR_TIMED_OUT || row->outcome == ANY ? TIME_OUT_SECONDS
                                                                           : PATIENCE_SECONDS;
}

static void
assert_case (CardTest *test, const ModuleCase *row)
{
    g_auto (Run) run = { test, NULL, NULL };
    g_autofree char *fault = g_strdup_printf ("%s=%s\n", row->function, row->fault);
    g_autoptr (GError) error = NULL;
    gint64 begin;
    int outcome;

    run_up_to (&run, row->step);
    (void) g_unlink (test->log);
    g_object_set (test->client, "time-out-seconds", get_time_out (row), NULL);
    card_test_set_faults (test, fault);
    begin = g_get_monotonic_time ();
    outcome = run_step (&run, row->step, &error);
    g_test_message ("%s in %s: %d (%s)", fault, step_names[row->step], outcome,
                    error == NULL ? "" : error->message);
    g_assert_true (is_right (outcome, row->outcome));
    g_assert_cmpint (g_get_monotonic_time () - begin, <, MAX_SECONDS * G_USEC_PER_SEC);
    g_assert_cmpuint (card_test_count_calls (test, "C_Login"), <=, 1);
    g_assert_cmpuint (card_test_count_calls (test, row->function), >, 0);
    /* What was broken and did not show may do so at any later step of the same process. */
    if (row->outcome == ANY)
        tou_card_access_release (test->access);
    assert_works (test);
}

static const struct {
    const char *fault;
    int outcome;
} common_faults[] = {
    { "crash", TOU_CARD_ERROR_AGENT_DIED },
    { "abort", TOU_CARD_ERROR_AGENT_DIED },
    { "exit", TOU_CARD_ERROR_AGENT_DIED },
    { "hang", TOU_CARD_ERROR_TIMED_OUT },
    { "heap", ANY },
};

/* CKR_GENERAL_ERROR, CKR_DEVICE_ERROR, one of PKCS#11's future, a vendor's, and one of a vendor that ends in
 * CKR_PIN_INCORRECT. */
static const char *const codes[] = { "0x5", "0x30", "0x7ff0", "0x80000001", "0x800000a0" };

static void
assert_call (CardTest *test, const ModuleCall *call)
{
    ModuleCase row = { call->step, call->function, NULL, WORKS };

    for (guint i = 0; i < G_N_ELEMENTS (common_faults); i++) {
        row.fault = common_faults[i].fault;
        row.outcome = call->step == STEP_CLOSE ? WORKS : common_faults[i].outcome;
        assert_case (test, &row);
    }
    row.outcome = call->after_code;
    for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
        row.fault = codes[i];
        assert_case (test, &row);
    }
}

static gboolean
is_called (CardTest *test, const ModuleCall *call)
{
    g_auto (Run) run = { test, NULL, NULL };
    g_autoptr (GError) error = NULL;

    run_up_to (&run, call->step);
    (void) g_unlink (test->log);
    g_assert_cmpint (run_step (&run, call->step, &error), ==, WORKS);
    return card_test_count_calls (test, call->function) > 0;
}

static void
assert_calls (CardTest *test, ModuleStep step)
{
    for (guint i = 0; i < n_module_calls; i++) {
        const ModuleCall *call = &module_calls[i];

        if (call->step == step && (!call->is_not_always || is_called (test, call)))
            assert_call (test, call);
    }
}

static void
assert_lies (CardTest *test, ModuleStep step)
{
    for (guint i = 0; i < n_module_lies; i++)
        if (module_lies[i].step == step)
            assert_case (test, &module_lies[i]);
}

static gboolean
is_covered (ModuleStep step, const char *function)
{
    for (guint i = 0; i < n_module_calls; i++)
        if ((module_calls[i].step == step || module_calls[i].step == STEP_WATCH)
            && g_str_equal (module_calls[i].function, function))
            return TRUE;
    return FALSE;
}

/* Bugs: the program calls a function whose faults nobody has thought of. */
static void
assert_coverage (CardTest *test, ModuleStep step)
{
    g_auto (Run) run = { test, NULL, NULL };
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    g_autoptr (GError) error = NULL;

    run_up_to (&run, step);
    (void) g_unlink (test->log);
    g_assert_cmpint (run_step (&run, step, &error), ==, WORKS);
    g_assert_true (g_file_get_contents (test->log, &text, NULL, NULL));
    lines = g_strsplit (g_strchomp (text), "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (!is_covered (step, *line))
            g_error ("%s is called in %s, and module-cases.c does not know of it", *line, step_names[step]);
}

#define DEFINE_TESTS(name, STEP)                                                                             \
    static void test_##name##_coverage (CardTest *test)                                                      \
    {                                                                                                        \
        assert_coverage (test, STEP);                                                                        \
    }                                                                                                        \
    static void test_##name##_calls (CardTest *test)                                                         \
    {                                                                                                        \
        assert_calls (test, STEP);                                                                           \
    }                                                                                                        \
    static void test_##name##_lies (CardTest *test)                                                          \
    {                                                                                                        \
        assert_lies (test, STEP);                                                                            \
    }

DEFINE_TESTS (list, STEP_LIST)
DEFINE_TESTS (unlock, STEP_UNLOCK)
DEFINE_TESTS (sign, STEP_SIGN)
DEFINE_TESTS (close, STEP_CLOSE)

#define ADD_TESTS(name)                                                                                      \
    card_test_add ("/card-modules/" #name "/coverage", test_##name##_coverage);                              \
    card_test_add ("/card-modules/" #name "/calls", test_##name##_calls);                                    \
    card_test_add ("/card-modules/" #name "/lies", test_##name##_lies);

static void
add_tests (void)
{
    ADD_TESTS (list)
    ADD_TESTS (unlock)
    ADD_TESTS (sign)
    ADD_TESTS (close)
}

int
main (int argc, char **argv)
{
    return card_test_main (argc, argv, add_tests);
}
