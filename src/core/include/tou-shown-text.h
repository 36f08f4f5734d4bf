/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Texts that come from a card or its module, from a file or a service profile, made safe to show: one line,
 * without control and format characters (bidirectional overrides, joiners, tags), not endless, and without
 * effect on the order of what stands beside them. Any thread. */

#define TOU_SHOWN_TEXT_MAX_CHARS 256

/** tou_shown_text_append: appends what of @utf8 (valid, @size bytes) is to be shown. */
void tou_shown_text_append (GString *text, const char *utf8, gsize size);

/** tou_shown_text_find_hidden: Returns: the first character of @utf8 (valid) that is not shown as it is, or
 * that covers what stands beside it (the fifth of several marks on one letter); 0: there is none */
gunichar tou_shown_text_find_hidden (const char *utf8);

/** tou_shown_text_finish: trims and cuts to TOU_SHOWN_TEXT_MAX_CHARS, the last of which is then "…"; a text
 * with letters from right to left is isolated (U+2068, U+2069) from what will stand beside it. Returns:
 * (transfer full) (nullable): %NULL when nothing is left */
char *tou_shown_text_finish (const char *text);

/** tou_shown_text_dup: both, of a valid UTF-8 text. Returns: (transfer full): maybe "" */
char *tou_shown_text_dup (const char *text);

G_END_DECLS
