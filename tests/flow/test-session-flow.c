/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"
#include "tou-flow-error.h"

/* The states that the session flow went through. */
static void
note_state (TouSessionFlow *session, GParamSpec *pspec, GString *states)
{
    static const char *const names[] = { "idle",       "connecting", "connected",
                                         "signing-in", "signed-in",  "signing-out" };

    g_string_append_printf (states, "%s ", names[tou_session_flow_get_state (session)]);
}

static GString *
watch_states (FakeBench *bench)
{
    GString *states = g_string_new (NULL);

    g_signal_connect (bench->session, "notify::state", G_CALLBACK (note_state), states);
    return states;
}

static gboolean
connect_now (FakeBench *bench, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_session_flow_connect_async (bench->session, NULL, fake_result_take, &done);
    return tou_session_flow_connect_finish (bench->session, fake_result_wait (&done), error);
}

static gboolean
sign_in (FakeBench *bench, const char *user_id, const char *password, GError **error)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text (password);
    g_auto (FakeResult) done = { NULL };

    tou_session_flow_sign_in_async (bench->session, user_id, secret, NULL, fake_result_take, &done);
    return tou_session_flow_sign_in_finish (bench->session, fake_result_wait (&done), error);
}

static gboolean
sign_out (FakeBench *bench, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_session_flow_sign_out_async (bench->session, fake_result_take, &done);
    return tou_session_flow_sign_out_finish (bench->session, fake_result_wait (&done), error);
}

static void
test_happy_path (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;
    GString *states = watch_states (bench);

    fake_bench_sign_in (bench);
    g_assert_cmpstr (tou_session_flow_get_user_id (bench->session), ==, FAKE_USER);
    /* Half of the round trip has passed. */
    g_assert_cmpuint (tou_session_flow_get_seconds_left (bench->session), >=, 1798);
    g_assert_cmpuint (tou_session_flow_get_seconds_left (bench->session), <=, 1800);
    g_assert_cmpstr (tou_session_flow_get_info (bench->session)->name_en, ==, "Practice Service");
    g_assert_true (tou_clock_has_service_time (bench->clock));

    g_assert_true (sign_out (bench, &error));
    g_assert_no_error (error);
    g_assert_null (tou_session_flow_get_session (bench->session));
    g_assert_cmpuint (tou_session_flow_get_seconds_left (bench->session), ==, 0);
    g_assert_cmpstr (states->str, ==, "connecting connected signing-in signed-in signing-out connected ");
    g_assert_cmpstr (fake_script_get_log (bench->script), ==, "get-info sign-in list-unsettled sign-out");
    g_string_free (states, TRUE);
}

static void
test_connect_failed (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) early = NULL;

    fake_script_fail (bench->script, "get-info",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE, "No route"));
    g_assert_false (connect_now (bench, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE);
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_IDLE);
    g_assert_false (tou_clock_has_service_time (bench->clock));

    /* The process menu takes no input before the service's time is known. */
    g_assert_false (sign_in (bench, FAKE_USER, FAKE_PASSWORD, &early));
    g_assert_error (early, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE);
    g_assert_cmpuint (fake_script_count (bench->script, "sign-in"), ==, 0);
}

static void
test_sign_in_refused (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    g_assert_true (connect_now (bench, &error));
    g_assert_false (sign_in (bench, FAKE_USER, "wrong", &error));
    g_assert_cmpstr (tou_service_error_get_code (error), ==, "30002");
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_CONNECTED);
    g_assert_null (tou_session_flow_get_user_id (bench->session));
}

static void
test_form_not_sent (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) no_user = NULL;
    g_autoptr (GError) no_password = NULL;

    g_assert_true (connect_now (bench, NULL));
    g_assert_false (sign_in (bench, "", FAKE_PASSWORD, &no_user));
    g_assert_error (no_user, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM);
    g_assert_false (sign_in (bench, FAKE_USER, "", &no_password));
    g_assert_error (no_password, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM);
    g_assert_cmpuint (fake_script_count (bench->script, "sign-in"), ==, 0);
}

static void
test_other_category_ends_session (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();

    fake_bench_sign_in (bench);
    tou_session_flow_set_category (bench->session, TOU_CATEGORY_CONSTRUCTION);
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_SIGNED_IN);

    tou_session_flow_set_category (bench->session, TOU_CATEGORY_GOODS);
    g_assert_null (tou_session_flow_get_session (bench->session));
    fake_turn_main_loop ();
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_CONNECTED);
    g_assert_cmpuint (fake_script_count (bench->script, "sign-out"), ==, 1);
}

/* A session that is opened for the category before must not be used for the new one. */
static void
test_category_changed_while_signing_in (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (TouSecret) password = tou_secret_new_from_text (FAKE_PASSWORD);
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    g_assert_true (connect_now (bench, NULL));
    fake_script_hold (bench->script, "sign-in");
    tou_session_flow_sign_in_async (bench->session, FAKE_USER, password, NULL, fake_result_take, &done);
    tou_session_flow_set_category (bench->session, TOU_CATEGORY_GOODS);
    fake_script_release (bench->script, "sign-in");
    g_assert_false (tou_session_flow_sign_in_finish (bench->session, fake_result_wait (&done), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    fake_turn_main_loop ();
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_CONNECTED);
    g_assert_cmpuint (fake_script_count (bench->script, "sign-out"), ==, 1);
}

static gboolean
change_category (FakeBench *bench, GError **error)
{
    g_auto (FakeResult) done = { NULL };

    tou_session_flow_change_category_async (bench->session, TOU_CATEGORY_GOODS, NULL, fake_result_take,
                                            &done);
    return tou_session_flow_change_category_finish (bench->session, fake_result_wait (&done), error);
}

/* Would catch: a second sign-in asked of the user, or the session lost when the service refuses. */
static void
test_change_category (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) over = NULL;

    fake_bench_sign_in (bench);
    fake_script_fail (bench->script, "change-category", fake_problem_new (403, "40001", "other"));
    g_assert_false (change_category (bench, &error));
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_SIGNED_IN);
    g_assert_cmpint (tou_session_flow_get_category (bench->session), ==, TOU_CATEGORY_CONSTRUCTION);
    g_assert_true (change_category (bench, NULL));
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_SIGNED_IN);
    g_assert_cmpint (tou_session_flow_get_category (bench->session), ==, TOU_CATEGORY_GOODS);
    g_assert_cmpstr (tou_session_flow_get_user_id (bench->session), ==, FAKE_USER);
    g_assert_cmpuint (fake_script_count (bench->script, "sign-in"), ==, 1);
    fake_script_fail (bench->script, "change-category", fake_problem_new (401, "30004", "not-signed-in"));
    g_assert_false (change_category (bench, &over));
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_CONNECTED);
}

static void
test_sign_out_failed (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) error = NULL;

    fake_bench_sign_in (bench);
    fake_script_fail (bench->script, "sign-out",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT, "No answer"));
    g_assert_false (sign_out (bench, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT);
    g_assert_null (tou_session_flow_get_session (bench->session));
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_CONNECTED);
}

static void
test_cancel_and_second_step (void)
{
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) second = NULL;
    g_auto (FakeResult) done = { NULL };

    fake_script_hold (bench->script, "get-info");
    tou_session_flow_connect_async (bench->session, cancellable, fake_result_take, &done);
    g_assert_false (connect_now (bench, &second));
    g_assert_error (second, TOU_FLOW_ERROR, TOU_FLOW_ERROR_WRONG_STATE);
    g_cancellable_cancel (cancellable);
    g_assert_false (tou_session_flow_connect_finish (bench->session, fake_result_wait (&done), &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpint (tou_session_flow_get_state (bench->session), ==, TOU_SESSION_STATE_IDLE);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/session-flow/happy-path", test_happy_path);
    g_test_add_func ("/session-flow/connect-failed", test_connect_failed);
    g_test_add_func ("/session-flow/sign-in-refused", test_sign_in_refused);
    g_test_add_func ("/session-flow/form-not-sent", test_form_not_sent);
    g_test_add_func ("/session-flow/other-category-ends-session", test_other_category_ends_session);
    g_test_add_func ("/session-flow/category-changed-while-signing-in",
                     test_category_changed_while_signing_in);
    g_test_add_func ("/session-flow/change-category", test_change_category);
    g_test_add_func ("/session-flow/sign-out-failed", test_sign_out_failed);
    g_test_add_func ("/session-flow/cancel-and-second-step", test_cancel_and_second_step);
    return g_test_run ();
}
