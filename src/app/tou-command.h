/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The commands that need no window and no display: `touroku explain CODE`, `touroku verify FILE…`. */

/** tou_command_is_one: Returns: whether the first argument names a command. */
gboolean tou_command_is_one (int argc, char **argv);

/** tou_command_run: runs it and waits for its end. Returns: the exit status: 0: well, 1: not well (an unknown
 * code, a file that is not what it should be), 2: it was called wrongly; more with each command. */
int tou_command_run (int argc, char **argv);

/** tou_command_get_summary: Returns: (transfer none): lines for --help, translated. */
const char *tou_command_get_summary (void);

/** @argv: from the command's name on. */
int tou_explain_command (int argc, char **argv);
/** Also 3: the signature is right, but whose it is could not be checked. */
int tou_verify_command (int argc, char **argv);

G_END_DECLS
