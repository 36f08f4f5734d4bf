/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-timeline.h"

static void
test_ring (void)
{
    g_autoptr (TouTimeline) timeline = tou_timeline_new (3);

    for (int i = 0; i < 5; i++) {
        g_autoptr (GArray) events = NULL;

        tou_timeline_add (timeline, TOU_EVENT_CARD_CALL, "list", i, 10 * i);
        events = tou_timeline_dup_events (timeline);
        g_assert_cmpuint (events->len, ==, MIN (i + 1, 3));
        for (guint j = 0; j < events->len; j++) {
            const TouEvent *event = &g_array_index (events, TouEvent, j);
            g_assert_cmpint (event->number, ==, i + 1 - (int) events->len + (int) j);
            g_assert_cmpint (event->duration_us, ==, 10 * event->number);
            g_assert_cmpint (event->kind, ==, TOU_EVENT_CARD_CALL);
            g_assert_cmpstr (event->word, ==, "list");
            g_assert_cmpint (event->at_us, >, 0);
        }
    }
}

static void
test_empty (void)
{
    g_autoptr (TouTimeline) timeline = tou_timeline_new (1);
    g_autoptr (GArray) events = tou_timeline_dup_events (timeline);

    g_assert_cmpuint (events->len, ==, 0);
}

#define N_THREADS 4
#define N_EVENTS 1000

static gpointer
add_many (gpointer data)
{
    for (int i = 0; i < N_EVENTS; i++)
        tou_timeline_add (data, TOU_EVENT_FLOW_STATE, "x", i, i);
    return NULL;
}

/* Would catch: an event that two threads write at once, or one that is lost. */
static void
test_threads (void)
{
    g_autoptr (TouTimeline) timeline = tou_timeline_new (N_THREADS * N_EVENTS);
    GThread *threads[N_THREADS];
    g_autoptr (GArray) events = NULL;
    gint64 sum = 0;

    for (guint i = 0; i < N_THREADS; i++)
        threads[i] = g_thread_new ("adder", add_many, timeline);
    for (guint i = 0; i < N_THREADS; i++)
        g_thread_join (threads[i]);
    events = tou_timeline_dup_events (timeline);
    g_assert_cmpuint (events->len, ==, N_THREADS * N_EVENTS);
    for (guint i = 0; i < events->len; i++) {
        const TouEvent *event = &g_array_index (events, TouEvent, i);
        g_assert_cmpint (event->number, ==, event->duration_us);
        sum += event->number;
    }
    g_assert_cmpint (sum, ==, N_THREADS * (N_EVENTS * (N_EVENTS - 1) / 2));
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/timeline/ring", test_ring);
    g_test_add_func ("/timeline/empty", test_empty);
    g_test_add_func ("/timeline/threads", test_threads);
    return g_test_run ();
}
