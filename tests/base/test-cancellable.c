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

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/cancellable/follows", test_follows);
    g_test_add_func ("/cancellable/follows-what-is-cancelled", test_follows_what_is_cancelled);
    g_test_add_func ("/cancellable/is-one-way", test_is_one_way);
    g_test_add_func ("/cancellable/either-may-go-first", test_either_may_go_first);
    return g_test_run ();
}
