/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** tou_installation_check: whether all parts of the program are where it was installed, without loading any.
 * @for_practice: whether those of practice are needed besides. Looks at about ten files; any thread.
 * Returns: %FALSE with TOU_INSTALLATION_ERROR, whose message names the first that is missing. */
gboolean tou_installation_check (gboolean for_practice, GError **error);

G_END_DECLS
