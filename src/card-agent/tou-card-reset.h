/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tou_card_reset_reader:
 * @reader: the reader's name as a PKCS#11 module gives it (cut to 64 bytes)
 *
 * Resets the card in the reader through PC/SC. A card stays open to every program after logout, and even
 * after the end of the process, until it loses its power or is reset. Silent when there is no PC/SC service
 * or no such reader (a module without readers). Waits for the reader, so not on the main thread.
 */
void tou_card_reset_reader (const char *reader);

/** tou_card_reset_arm: @reader: whose card tou_card_reset_replace_process() resets; before its PIN is used.
 */
void tou_card_reset_arm (const char *reader);

/**
 * tou_card_reset_replace_process:
 *
 * Runs this program anew in the same process, to reset the card and end, where the module hangs or has
 * crashed while it was closed: with the old program goes all that the module held of the card. Safe in a
 * signal handler. Returns when there is no card to reset.
 */
void tou_card_reset_replace_process (void);

G_END_DECLS
