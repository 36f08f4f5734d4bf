/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder of named folders, each of which is replaced as a whole or not at all. Names that begin with "."
 * are this file's own: work under way, and what an interrupted program left of it. All calls block. Errors:
 * #GIOErrorEnum. */

/** tou_folder_swap_begin: Returns: (transfer full) (nullable): the path of a new, empty folder in @parent,
 * which is made when it is not there. */
char *tou_folder_swap_begin (const char *parent, GError **error);

/** tou_folder_swap_commit: gives @made, from tou_folder_swap_begin(), the name @name; what had it is removed
 * afterwards. Whoever looks finds the one or the other complete, except on a file system that cannot exchange
 * two names at once (NFS): there the name is missing for a moment, and tou_folder_swap_recover() mends it
 * when the program ended in that moment. On failure @made stays, and so does what had the name.
 * @out_replaced: (optional): whether something had it. */
gboolean tou_folder_swap_commit (const char *parent, const char *made, const char *name,
                                 gboolean *out_replaced, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_folder_swap_recover: brings @parent in order after a program that was interrupted. Not while another
 * thread or program swaps in it. */
void tou_folder_swap_recover (const char *parent);

G_END_DECLS
