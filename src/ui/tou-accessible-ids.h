/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tou_accessible_ids_set: gives @root and everything in it its builder id as accessible id, so that assistive
 * programs and tests from outside find widgets by it in any language. TouPage does it for every page; a
 * dialog or a widget with a template of its own calls it at the end of its init.
 */
void tou_accessible_ids_set (GtkWidget *root);

G_END_DECLS
