/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-control.h"

G_BEGIN_DECLS

/**
 * TouPracticeKeeper:
 *
 * Keeps the practice service running for a window that works with it: starts it when it is wanted, and once
 * more where it ends by itself. One that ends again within ten seconds would go on so: then the user decides.
 * Main thread; lets the service end when the last reference goes.
 *
 * Signals:
 * "started" (TouServiceProfile *profile, nullable): it runs; %NULL: again, on the folder that is in use, so
 * that sessions and what was typed go on as they are. "failed" (GError *error): it could not be started, or
 * has ended once too often. "ended" (gboolean starts_again): what was in use is gone; after "failed" where
 * that is why.
 */
#define TOU_TYPE_PRACTICE_KEEPER (tou_practice_keeper_get_type ())
G_DECLARE_FINAL_TYPE (TouPracticeKeeper, tou_practice_keeper, TOU, PRACTICE_KEEPER, GObject)

/** tou_practice_keeper_new: @program, @folder: as for tou_practice_process_new(). Starts nothing yet. */
TouPracticeKeeper *tou_practice_keeper_new (const char *program, const char *folder);

/** tou_practice_keeper_get_control: Returns: (transfer none) */
TouPracticeControl *tou_practice_keeper_get_control (TouPracticeKeeper *self);

/** tou_practice_keeper_want: starts the service unless it runs or is being started. */
void tou_practice_keeper_want (TouPracticeKeeper *self);

/** tou_practice_keeper_renew: starts it with its folder made anew; all that was in it is gone. */
void tou_practice_keeper_renew (TouPracticeKeeper *self);

G_END_DECLS
