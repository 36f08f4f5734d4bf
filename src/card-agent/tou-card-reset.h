/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tou_card_reset_readers:
 * @readers: (array zero-terminated=1): PC/SC names
 *
 * Resets the cards in these readers through PC/SC. A card stays open to every program after logout, and even
 * after the end of the process, until it loses its power or is reset. Silent where there is no PC/SC service,
 * no such reader or no card in it. Waits for the readers, so not on the main thread.
 */
void tou_card_reset_readers (const char *const *readers);

/** tou_card_reset_arm: @readers: as above, whose cards tou_card_reset_replace_process() resets; before the
 * PIN is used. */
void tou_card_reset_arm (const char *const *readers);

/**
 * tou_card_reset_replace_process:
 *
 * Runs this program anew in the same process, to reset the card and end, where the module hangs or has
 * crashed while it was closed: with the old program goes all that the module held of the card. Safe in a
 * signal handler. Returns when there is no card to reset.
 */
void tou_card_reset_replace_process (void);

G_END_DECLS
