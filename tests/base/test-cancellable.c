/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-cancellable.h"

static void
test_follows (void)
{
    g_autoptr (GCancellable) outer = g_cancellable_new ();
    g_autoptr (GCancellable) inner = tou_cancellable_new_following (outer);

    g_assert_false (g_cancellable_is_cancelled (inner));
    g_cancellable_cancel (outer);
    g_assert_true (g_cancellable_is_cancelled (inner));
}

/* Would catch: waiting for a cancel that was said before. */
static void
test_follows_what_is_cancelled (void)
{
    g_autoptr (GCancellable) outer = g_cancellable_new ();

    g_cancellable_cancel (outer);
    g_autoptr (GCancellable) inner = tou_cancellable_new_following (outer);
    g_assert_true (g_cancellable_is_cancelled (inner));
}

static void
test_is_one_way (void)
{
    g_autoptr (GCancellable) outer = g_cancellable_new ();
    g_autoptr (GCancellable) inner = tou_cancellable_new_following (outer);

    g_cancellable_cancel (inner);
    g_assert_false (g_cancellable_is_cancelled (outer));
}

static void
test_either_may_go_first (void)
{
    GCancellable *outer = g_cancellable_new ();
    g_autoptr (GCancellable) survivor = tou_cancellable_new_following (outer);
    GCancellable *inner = tou_cancellable_new_following (outer);
    g_autoptr (GCancellable) alone = tou_cancellable_new_following (NULL);

    g_assert_finalize_object (inner);
    g_cancellable_cancel (outer);
    g_assert_finalize_object (outer);
    g_assert_true (g_cancellable_is_cancelled (survivor));
    g_assert_false (g_cancellable_is_cancelled (alone));
}

static gboolean
count (GCancellable *cancellable, gpointer n_calls)
{
    ++*(guint *) n_calls;
    return G_SOURCE_REMOVE;
}

static void
turn_main_loop (void)
{
    while (g_main_context_iteration (NULL, FALSE))
        ;
}

/* Would catch: a call from within g_cancellable_cancel(), or one that comes after all. */
static void
test_watch (void)
{
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    guint n_kept = 0, n_ended = 0;
    GSource *kept = tou_cancellable_watch (cancellable, count, &n_kept);
    GSource *ended = tou_cancellable_watch (cancellable, count, &n_ended);
    GSource *none = tou_cancellable_watch (NULL, count, &n_ended);

    turn_main_loop ();
    g_assert_cmpuint (n_kept, ==, 0);
    tou_cancellable_unwatch (&ended);
    tou_cancellable_unwatch (&none);
    g_cancellable_cancel (cancellable);
    g_assert_cmpuint (n_kept, ==, 0);
    turn_main_loop ();
    g_assert_cmpuint (n_kept, ==, 1);
    g_assert_cmpuint (n_ended, ==, 0);
    tou_cancellable_unwatch (&kept);
    g_assert_null (kept);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/cancellable/follows", test_follows);
    g_test_add_func ("/cancellable/follows-what-is-cancelled", test_follows_what_is_cancelled);
    g_test_add_func ("/cancellable/is-one-way", test_is_one_way);
    g_test_add_func ("/cancellable/either-may-go-first", test_either_may_go_first);
    g_test_add_func ("/cancellable/watch", test_watch);
    return g_test_run ();
}
