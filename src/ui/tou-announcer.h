/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a screen reader says of a change that comes without the focus moving to it. GTK 3 has no live regions;
 * ATK has the signal "announcement" (2.46) and "notification" (2.50) in its place, both of which reach AT-SPI
 * as "object:announcement". Main thread. */

/** tou_announcer_say: has @text spoken at once, from the window that @widget is in. Nothing is kept: what has
 * to be found again later stands in a name or a description too. @text: (nullable): %NULL or empty says
 * nothing */
void tou_announcer_say (GtkWidget *widget, const char *text);

/** tou_announcer_join: Returns: (transfer full): the parts that have text, one after the other; up to %NULL
 */
char *tou_announcer_join (const char *const *parts, guint n_parts);

G_END_DECLS
