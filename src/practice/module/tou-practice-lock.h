/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TouPracticeLock:
 *
 * One program at a time at the tokens of a practice folder. SoftHSM (2.6.1) locks its files, but lets go of
 * them before what it wrote has left its buffers, and each login writes: a program that reads just then takes
 * a token for broken, and so a card that is in its reader for gone, for as long as it runs. Hence a lock of
 * ours round all that SoftHSM does. One thread at a time.
 */
typedef struct _TouPracticeLock TouPracticeLock;

/** tou_practice_lock_new: @folder: the practice folder. Errors: #GFileError. Returns: (transfer full)
 * (nullable) */
TouPracticeLock *tou_practice_lock_new (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_practice_lock_free (TouPracticeLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeLock, tou_practice_lock_free)

/** tou_practice_lock_enter: waits until no other process is in. Not to be nested. Returns: (transfer none):
 * @self, for g_autoptr (TouPracticeLocker), which leaves. */
typedef TouPracticeLock TouPracticeLocker;
TouPracticeLocker *tou_practice_lock_enter (TouPracticeLock *self);
void tou_practice_lock_leave (TouPracticeLocker *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeLocker, tou_practice_lock_leave)

G_END_DECLS
