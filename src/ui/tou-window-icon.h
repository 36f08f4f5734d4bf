/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_window_icon_set: gives all windows of the program its icon. Before the first one is shown: a window
 * manager that saw it without shows another picture in the meantime. */
void tou_window_icon_set (void);

G_END_DECLS
