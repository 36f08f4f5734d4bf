/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_font_check_warn: says on standard error, once in a program's life, that no font has Japanese
 * characters and which package has one: boxes in the window cannot say it. @widget: whose fonts are asked.
 * Looks for a font where no Japanese was shown yet, which costs memory: not before the first frame. */
void tou_font_check_warn (GtkWidget *widget);

G_END_DECLS
