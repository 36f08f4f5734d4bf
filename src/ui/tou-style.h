/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The look of the program, for all its windows. Main thread. */

/** tou_style_use: loads it when it is first called. From then on its colours follow the theme: those for a
 * dark ground are used where the theme's own ground (theme_bg_color) is darker than its text. */
void tou_style_use (void);

G_END_DECLS
