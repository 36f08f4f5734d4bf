/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouFileChosen: @file: (transfer none): what the user chose. */
typedef void (*TouFileChosen) (GtkWindow *parent, GFile *file);

/** tou_file_opener_show: asks the user for a file and calls @chosen, unless the user cancels. One at a time
 * for each @parent; goes away with it. @filter_name, @pattern: of the files that are shown at first. */
void tou_file_opener_show (GtkWindow *parent, const char *title, const char *filter_name, const char *pattern,
                           TouFileChosen chosen);

G_END_DECLS
