/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "fake-bench.h"

/* What the flow told, in order. */
typedef struct {
    FakeBench *bench;
    GString *results; /* "id:state " each */
    guint n_changes;
} Watch;

static void
on_changed (TouReviewFlow *flow, Watch *self)
{
    self->n_changes++;
}

static void
on_result_changed (TouReviewFlow *flow, TouApplication *application, Watch *self)
{
    g_string_append_printf (self->results, "%s:%s ", application->submission_id,
                            tou_review_state_get_id (application->state));
}

static void
set_up (Watch *self, gconstpointer data)
{
    self->bench = fake_bench_new ();
    self->results = g_string_new (NULL);
    g_signal_connect (self->bench->review, "changed", G_CALLBACK (on_changed), self);
    g_signal_connect (self->bench->review, "result-changed", G_CALLBACK (on_result_changed), self);
    fake_bench_sign_in (self->bench);
}

static void
tear_down (Watch *self, gconstpointer data)
{
    fake_bench_free (self->bench);
    g_string_free (self->results, TRUE);
}

static void
add (Watch *self, const char *id, TouReviewState state)
{
    TouApplication *application = tou_application_new ();

    application->submission_id = g_strdup (id);
    application->state = state;
    fake_service_add_application (self->bench->service, application);
}

static void
await_answer (Watch *self)
{
    while (tou_review_flow_is_asking (self->bench->review))
        g_main_context_iteration (NULL, TRUE);
}

static void
refresh (Watch *self)
{
    tou_review_flow_refresh (self->bench->review);
    await_answer (self);
}

static guint
count_questions (Watch *self)
{
    return fake_script_count (self->bench->script, "list-applications");
}

static void
await_questions (Watch *self, guint n)
{
    while (count_questions (self) < n)
        g_main_context_iteration (NULL, TRUE);
    await_answer (self);
}

/* Would catch: more than the manual shows, an answer without its time. */
static void
test_last_three (Watch *self, gconstpointer data)
{
    for (guint i = 0; i < 5; i++)
        add (self, "a", TOU_REVIEW_STATE_APPROVED);
    refresh (self);
    g_assert_cmpuint (tou_review_flow_get_applications (self->bench->review)->len, ==, 3);
    g_assert_cmpint (tou_review_flow_get_answered_at_us (self->bench->review), ==,
                     tou_clock_now_us (self->bench->clock));
    g_assert_cmpuint (self->n_changes, ==, 2);
}

/* Would catch: a program that keeps a session open for ever though nothing is awaited. */
static void
test_settled_is_not_watched (Watch *self, gconstpointer data)
{
    add (self, "a", TOU_REVIEW_STATE_APPROVED);
    add (self, "b", TOU_REVIEW_STATE_DENIED);
    refresh (self);
    g_assert_false (tou_review_flow_is_watching (self->bench->review));
    g_assert_cmpuint (count_questions (self), ==, 1);
}

/* Would catch: a result that nobody hears of, one that is told twice, a new application told as a result. */
static void
test_result_is_told_once (Watch *self, gconstpointer data)
{
    add (self, "a", TOU_REVIEW_STATE_RECEIVED);
    refresh (self);
    g_assert_true (tou_review_flow_is_watching (self->bench->review));
    g_assert_cmpstr (self->results->str, ==, "");
    add (self, "b", TOU_REVIEW_STATE_RECEIVED);
    fake_service_set_state (self->bench->service, "a", TOU_REVIEW_STATE_UNDER_REVIEW);
    await_questions (self, 2);
    fake_service_set_state (self->bench->service, "a", TOU_REVIEW_STATE_APPROVED);
    await_questions (self, 4);
    g_assert_cmpstr (self->results->str, ==, "a:under-review a:approved ");
}

/* Would catch: a line that is down for a moment ending the watch, or emptying the list. */
static void
test_failure_is_outlived (Watch *self, gconstpointer data)
{
    add (self, "a", TOU_REVIEW_STATE_RECEIVED);
    refresh (self);
    fake_script_fail (self->bench->script, "list-applications",
                      g_error_new (TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_TIMED_OUT, "No answer"));
    await_questions (self, 2);
    g_assert_error ((GError *) tou_review_flow_get_error (self->bench->review), TOU_SERVICE_ERROR,
                    TOU_SERVICE_ERROR_TIMED_OUT);
    g_assert_cmpuint (tou_review_flow_get_applications (self->bench->review)->len, ==, 1);
    await_questions (self, 3);
    g_assert_null (tou_review_flow_get_error (self->bench->review));
}

/* Would catch: questions without a session, and the last user's applications shown to the next one. */
static void
test_session_over (Watch *self, gconstpointer data)
{
    add (self, "a", TOU_REVIEW_STATE_RECEIVED);
    refresh (self);
    fake_script_fail (self->bench->script, "list-applications", fake_session_over_new ("list-applications"));
    refresh (self);
    g_assert_cmpint (tou_session_flow_get_state (self->bench->session), ==, TOU_SESSION_STATE_CONNECTED);
    g_assert_cmpstr (tou_session_flow_get_user_id (self->bench->session), ==, FAKE_USER);
    g_assert_cmpstr (tou_service_error_get_code (tou_review_flow_get_error (self->bench->review)), ==,
                     "30003");
    g_assert_null (tou_review_flow_get_applications (self->bench->review));
    g_assert_false (tou_review_flow_is_watching (self->bench->review));
    tou_review_flow_refresh (self->bench->review);
    g_assert_false (tou_review_flow_is_asking (self->bench->review));
    g_assert_cmpuint (count_questions (self), ==, 2);
}

static TouStanding
get_standing_with (Watch *self, const char *id, TouReviewState state)
{
    fake_service_set_state (self->bench->service, id, state);
    refresh (self);
    return tou_review_flow_get_standing (self->bench->review);
}

/* Would catch: a registration that is under review, or approved, taken for none; an older one taken for the
 * newest. */
static void
test_standing (Watch *self, gconstpointer data)
{
    g_assert_cmpint (tou_review_flow_get_standing (self->bench->review), ==, TOU_STANDING_NEW);
    add (self, "a", TOU_REVIEW_STATE_RECEIVED);
    g_assert_cmpint (get_standing_with (self, "a", TOU_REVIEW_STATE_RECEIVED), ==, TOU_STANDING_WAITING);
    g_assert_cmpint (get_standing_with (self, "a", TOU_REVIEW_STATE_UNDER_REVIEW), ==, TOU_STANDING_WAITING);
    g_assert_cmpint (get_standing_with (self, "a", TOU_REVIEW_STATE_DENIED), ==, TOU_STANDING_NEW);
    add (self, "b", TOU_REVIEW_STATE_RECEIVED);
    g_assert_cmpint (get_standing_with (self, "b", TOU_REVIEW_STATE_APPROVED), ==, TOU_STANDING_REGISTERED);
    g_assert_cmpstr (tou_review_flow_find_registration (self->bench->review)->submission_id, ==, "b");
}

/* Would catch: a registration of which the last three applications do not tell. */
static void
test_standing_of_session (Watch *self, gconstpointer data)
{
    fake_bench_register (self->bench);
    fake_bench_sign_in (self->bench);
    refresh (self);
    g_assert_cmpint (tou_review_flow_get_standing (self->bench->review), ==, TOU_STANDING_REGISTERED);
}

/* Would catch: a record that goes on as received when the result is known; the same written at every
 * question. */
static void
test_results_are_kept (Watch *self, gconstpointer data)
{
    add (self, "a", TOU_REVIEW_STATE_RECEIVED);
    refresh (self);
    refresh (self);
    g_assert_cmpuint (fake_script_count (self->bench->script, "put-review"), ==, 1);
    get_standing_with (self, "a", TOU_REVIEW_STATE_APPROVED);
    g_assert_cmpuint (fake_script_count (self->bench->script, "put-review"), ==, 2);
    fake_turn_main_loop ();
}

/* Would catch: the applications of one category shown as those of the other. */
static void
test_other_category (Watch *self, gconstpointer data)
{
    g_auto (FakeResult) done = { NULL };

    add (self, "a", TOU_REVIEW_STATE_RECEIVED);
    refresh (self);
    tou_session_flow_change_category_async (self->bench->session, TOU_CATEGORY_GOODS, NULL, fake_result_take,
                                            &done);
    g_assert_true (
        tou_session_flow_change_category_finish (self->bench->session, fake_result_wait (&done), NULL));
    g_assert_null (tou_review_flow_get_applications (self->bench->review));
    g_assert_false (tou_review_flow_is_watching (self->bench->review));
}

/* Would catch: an answer that comes after the sign-out and is shown all the same. */
static void
test_signed_out_while_asking (Watch *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_auto (FakeResult) done = { NULL };

    add (self, "a", TOU_REVIEW_STATE_RECEIVED);
    fake_script_hold (self->bench->script, "list-applications");
    tou_review_flow_refresh (self->bench->review);
    tou_session_flow_sign_out_async (self->bench->session, fake_result_take, &done);
    g_assert_true (tou_session_flow_sign_out_finish (self->bench->session, fake_result_wait (&done), &error));
    g_assert_false (tou_review_flow_is_asking (self->bench->review));
    fake_script_release (self->bench->script, "list-applications");
    fake_turn_main_loop ();
    g_assert_null (tou_review_flow_get_applications (self->bench->review));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/review-flow/" name, Watch, NULL, set_up, function, tear_down)
    ADD ("last-three", test_last_three);
    ADD ("settled-is-not-watched", test_settled_is_not_watched);
    ADD ("result-is-told-once", test_result_is_told_once);
    ADD ("failure-is-outlived", test_failure_is_outlived);
    ADD ("session-over", test_session_over);
    ADD ("results-are-kept", test_results_are_kept);
    ADD ("standing", test_standing);
    ADD ("standing-of-session", test_standing_of_session);
    ADD ("other-category", test_other_category);
    ADD ("signed-out-while-asking", test_signed_out_while_asking);
#undef ADD
    return g_test_run ();
}
