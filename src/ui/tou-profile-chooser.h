/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TouProfileChosen: @file: (transfer none): what the user chose. */
typedef void (*TouProfileChosen) (GtkWindow *parent, GFile *file);

/** tou_profile_chooser_show: asks the user for a service profile (*.touroku) and calls @chosen, unless the
 * user cancels. One at a time for each @parent; goes away with it. */
void tou_profile_chooser_show (GtkWindow *parent, TouProfileChosen chosen);

G_END_DECLS
