/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-file-opener.h"

G_BEGIN_DECLS

/** tou_profile_drop_take: calls @chosen with each file that is dropped on @window, sixteen at most: who drops
 * a whole folder's content did not mean it. */
void tou_profile_drop_take (GtkWindow *window, TouFileChosen chosen);

G_END_DECLS
