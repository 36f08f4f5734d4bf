/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How what went wrong with files becomes a TOU_PRACTICE_ERROR. */

/** tou_practice_failure_set_errno: sets a #GIOErrorEnum from errno. Returns: %FALSE */
gboolean tou_practice_failure_set_errno (GError **error, const char *path);

/** tou_practice_failure_translate: FOLDER_UNWRITABLE for what rights or room would mend, FAILED for anything
 * else; what is a TOU_PRACTICE_ERROR already stays. @problem: (transfer full). Returns: %FALSE */
gboolean tou_practice_failure_translate (GError *problem, GError **error);

G_END_DECLS
