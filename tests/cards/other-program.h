/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Status words (ISO/IEC 7816-4). */
#define OTHER_PROGRAM_SIGNED 0x9000
#define OTHER_PROGRAM_REFUSED 0x6982 /* security status not satisfied */
/** The reader would not let it at the card. */
#define OTHER_PROGRAM_NO_CARD 0

/** Keys of a PIV card: one that the card lets sign once the PIN was given, and one for which it wants the PIN
 * immediately before. */
#define OTHER_PROGRAM_KEY_AUTHENTICATION 0x9a
#define OTHER_PROGRAM_KEY_SIGNATURE 0x9c

/** other_program_sign: another program with PC/SC alone tries to sign with @key of the PIV card in the first
 * reader, and gives no PIN. Returns: the last status word */
guint other_program_sign (guint8 key);

/** other_program_find_in_memory: Returns: how often @text is in the memory of @pid, apart from pages that are
 * left out of a core (MADV_DONTDUMP); @out_n_hidden: (nullable): in those */
guint other_program_find_in_memory (GPid pid, const char *text, guint *out_n_hidden);

G_END_DECLS
