/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** tou_file_load: reads a regular file of at most @limit bytes; never hangs on a pipe or a device, and takes
 * no more memory than that. Blocks: not for the main thread.
 * @path: file-name encoding. Errors: #GIOErrorEnum, of them G_IO_ERROR_MESSAGE_TOO_LARGE, and
 * G_IO_ERROR_NOT_REGULAR_FILE. Returns: (transfer full) (nullable) */
GBytes *tou_file_load (const char *path, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_file_save: writes a file that a person asked for, whole or not at all: under another name in the same
 * folder, flushed to the disk, then renamed. A full disk leaves what was there before and nothing else, a
 * crash at most that other name (@path and a few characters). Its mode is by the umask, as of any file; a
 * link is replaced, not followed. Blocks: not for the main thread.
 * @path: file-name encoding. Errors: #GFileError; the message is the system's reason, translated, without a
 * name */
gboolean tou_file_save (const char *path, GBytes *bytes, GError **error);

/** tou_file_remove_tree: removes @path and, where it is a folder, all that is in it. Links are removed and
 * never followed, @path itself as well. What is not there is removed already; what cannot be removed does not
 * keep the rest. Blocks: not for the main thread.
 * @path: file-name encoding. Errors: #GIOErrorEnum, the first of them. */
gboolean tou_file_remove_tree (const char *path, GError **error);

G_END_DECLS
