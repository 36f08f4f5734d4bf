/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_side_window_set_up: makes @window one beside the work: a modal dialog elsewhere does not hold it up,
 * its close button hides it, and Escape closes it when nothing in it takes the key. In its init, after the
 * template. */
void tou_side_window_set_up (GtkWindow *window);

G_END_DECLS
