/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TouPcscWatch:
 *
 * Waits for PC/SC's events on a thread of its own (SCardGetStatusChange, no polling): readers and cards that
 * come and go, also those that are taken for exclusive use, and the service itself, which may start late,
 * stop and start again; only while there is none it is looked for, twice a second. Main thread.
 *
 * Signal "changed": something is other than it was; tou_pcsc_list_readers() tells what.
 */
#define TOU_TYPE_PCSC_WATCH (tou_pcsc_watch_get_type ())
G_DECLARE_FINAL_TYPE (TouPcscWatch, tou_pcsc_watch, TOU, PCSC_WATCH, GObject)

/** tou_pcsc_watch_new: starts the thread. It ends with the last reference, which waits for it: not longer
 * than the service takes to answer a cancel. */
TouPcscWatch *tou_pcsc_watch_new (void);

G_END_DECLS
