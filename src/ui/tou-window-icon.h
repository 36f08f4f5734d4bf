/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_window_icon_set_later: gives all windows of the program its icon, once @window has been drawn for the
 * first time: the first frame does not wait for pictures. */
void tou_window_icon_set_later (GtkWindow *window);

G_END_DECLS
