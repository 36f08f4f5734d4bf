/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "tou-clock.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define HOUR_US (G_TIME_SPAN_HOUR)
/* As much as a slow machine may lose between two lines; far less than what is told apart here. */
#define SLACK_US (60 * G_TIME_SPAN_SECOND)

/* How long the computer has slept: the monotonic clock does not count it, the one since the start does. */
static gint64 slept_seconds;

/* In place of the C library's, for the whole program. */
int
clock_gettime (clockid_t id, struct timespec *out)
{
    int result = (int) syscall (SYS_clock_gettime, id, out);

    if (result == 0 && (id == CLOCK_BOOTTIME || id == CLOCK_REALTIME))
        out->tv_sec += slept_seconds;
    return result;
}

static void
assert_near (gint64 a, gint64 b)
{
    g_assert_cmpint (ABS (a - b), <, SLACK_US);
}

static void
test_pc_time (void)
{
    g_autoptr (TouClock) clock = tou_clock_new ();

    assert_near (tou_clock_now_us (clock), g_get_real_time ());
    g_assert_false (tou_clock_has_service_time (clock));
    g_assert_cmpint (tou_clock_get_pc_error_us (clock), ==, 0);
}

/* Would catch: a sign that is the wrong way round, which would tell the user to set the clock further off. */
static void
test_service_time (void)
{
    g_autoptr (TouClock) clock = tou_clock_new ();
    gint64 service_us = g_get_real_time () - HOUR_US;

    tou_clock_set_service_time (clock, service_us);
    g_assert_true (tou_clock_has_service_time (clock));
    assert_near (tou_clock_now_us (clock), service_us);
    assert_near (tou_clock_get_pc_error_us (clock), HOUR_US);
    tou_clock_set_service_time (clock, g_get_real_time () + HOUR_US);
    assert_near (tou_clock_get_pc_error_us (clock), -HOUR_US);
}

static void
test_runs_on (void)
{
    g_autoptr (TouClock) clock = tou_clock_new ();
    gint64 before_us, passed_us;

    tou_clock_set_service_time (clock, 0);
    before_us = g_get_monotonic_time ();
    do
        passed_us = tou_clock_now_us (clock);
    while (g_get_monotonic_time () < before_us + 1000);
    g_assert_cmpint (tou_clock_now_us (clock), >=, 1000);
    g_assert_cmpint (tou_clock_now_us (clock), >=, passed_us);
}

/* Would catch: a request that is signed after lunch with the time of before lunch, and refused for it. */
static void
test_sleep (void)
{
    g_autoptr (TouClock) clock = tou_clock_new ();
    gint64 monotonic_us;

    tou_clock_set_service_time (clock, 1000 * HOUR_US);
    monotonic_us = g_get_monotonic_time ();
    slept_seconds = 3600;
    assert_near (tou_clock_now_us (clock), 1001 * HOUR_US);
    assert_near (g_get_monotonic_time (), monotonic_us);
    slept_seconds = 0;
}

static void
test_correction (void)
{
    g_autoptr (TouClock) clock = tou_clock_new_fixed (1000 * HOUR_US);

    tou_clock_correct_service_time (clock, 900 * HOUR_US, 0);
    g_assert_false (tou_clock_has_service_time (clock));
    tou_clock_set_service_time (clock, 900 * HOUR_US);
    tou_clock_correct_service_time (clock, 901 * HOUR_US, HOUR_US);
    g_assert_cmpint (tou_clock_now_us (clock), ==, 900 * HOUR_US);
    tou_clock_correct_service_time (clock, 901 * HOUR_US, HOUR_US - 1);
    g_assert_cmpint (tou_clock_now_us (clock), ==, 901 * HOUR_US);
}

static void
test_fixed (void)
{
    const gint64 now_us = G_GINT64_CONSTANT (1795425300123456); /* 2026-11-23 */
    g_autoptr (TouClock) clock = tou_clock_new_fixed (now_us);
    g_autoptr (GDateTime) now = tou_clock_now (clock);
    g_autofree char *text = g_date_time_format (now, "%F %Z");

    g_assert_cmpint (tou_clock_now_us (clock), ==, now_us);
    g_assert_cmpint (g_date_time_to_unix (now), ==, now_us / G_USEC_PER_SEC);
    g_assert_cmpint (g_date_time_get_microsecond (now), ==, 123456);
    g_assert_cmpstr (text, ==, "2026-11-23 UTC");
}

/* Would catch: a test that passes on the day it was written alone. */
static void
test_fixed_is_apart_from_today (void)
{
    g_autoptr (TouClock) clock = tou_clock_new_fixed (1000 * HOUR_US);

    tou_clock_set_service_time (clock, 1000 * HOUR_US);
    g_assert_cmpint (tou_clock_get_pc_error_us (clock), ==, 0);
    tou_clock_set_service_time (clock, 999 * HOUR_US);
    g_assert_cmpint (tou_clock_now_us (clock), ==, 999 * HOUR_US);
    g_assert_cmpint (tou_clock_get_pc_error_us (clock), ==, HOUR_US);
}

int
main (int argc, char **argv)
{
    g_test_init (&argc, &argv, NULL);
    g_test_add_func ("/clock/pc-time", test_pc_time);
    g_test_add_func ("/clock/service-time", test_service_time);
    g_test_add_func ("/clock/runs-on", test_runs_on);
    g_test_add_func ("/clock/sleep", test_sleep);
    g_test_add_func ("/clock/correction", test_correction);
    g_test_add_func ("/clock/fixed", test_fixed);
    g_test_add_func ("/clock/fixed-is-apart-from-today", test_fixed_is_apart_from_today);
    return g_test_run ();
}
