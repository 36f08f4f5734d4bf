/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What `touroku verify` prints. Its files come from strangers, and so does each text in them: a value is one
 * line, in what tou-shown-text.h lets through, and every line begins with a word of the program. */

/** tou_verify_text_dup: @text: of any kind and encoding. Returns: (transfer full): one line; runs of spaces
 * are one space, so that a terminal that breaks a long line cannot be made to show one that looks like the
 * program's own. */
char *tou_verify_text_dup (const char *text);

/** tou_verify_text_print: a line of what was found. @label: translated; @value: (nullable): "(not recorded)"
 * stands for none. */
void tou_verify_text_print (const char *label, const char *value);

/** tou_verify_text_print_file: the line above them. @path: file-name encoding; shown whole. */
void tou_verify_text_print_file (const char *path);

G_END_DECLS
