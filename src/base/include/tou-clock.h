/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TouClock:
 *
 * The time as the service sees it. A bidder's PC clock may be wrong; certificates, signatures and session
 * ends are judged by the service's. Until tou_clock_set_service_time() the PC's own clock is used. Times are
 * microseconds since 1970-01-01 UTC, as g_get_real_time(). May be used from any thread.
 */
#define TOU_TYPE_CLOCK (tou_clock_get_type ())
G_DECLARE_FINAL_TYPE (TouClock, tou_clock, TOU, CLOCK, GObject)

TouClock *tou_clock_new (void);

/** tou_clock_new_fixed: the PC's clock, and the service's where it says the same, stand at @now_us; for
 * tests. */
TouClock *tou_clock_new_fixed (gint64 now_us);

/** tou_clock_now_us: Returns: the time, by the service's clock once that is known. */
gint64 tou_clock_now_us (TouClock *self);

/** tou_clock_now: Returns: (transfer full): the same in UTC. */
GDateTime *tou_clock_now (TouClock *self);

/** tou_clock_set_service_time: the service said that it is @service_us now. It runs on from here by the time
 * since the computer was started, sleep included (CLOCK_BOOTTIME), so that changing the PC clock meanwhile
 * does no harm. */
void tou_clock_set_service_time (TouClock *self, gint64 service_us);

/** tou_clock_correct_service_time: the service said so again, less exactly: nothing changes while the clock
 * is no more than @tolerance_us off, nor before tou_clock_set_service_time(). */
void tou_clock_correct_service_time (TouClock *self, gint64 service_us, gint64 tolerance_us);

gboolean tou_clock_has_service_time (TouClock *self);

/** tou_clock_get_pc_error_us: Returns: PC clock minus service clock (positive: the PC is ahead), 0 while
 * unknown. */
gint64 tou_clock_get_pc_error_us (TouClock *self);

G_END_DECLS
