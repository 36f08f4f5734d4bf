/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** TOU_CLAMP_WIDTH: the widest that a page gets, in em: lines stay readable, also when the text is large. */
#define TOU_CLAMP_WIDTH 54

/** TouClamp: gives its child at most TOU_CLAMP_WIDTH and puts it in the middle of what is more. */
#define TOU_TYPE_CLAMP (tou_clamp_get_type ())
G_DECLARE_FINAL_TYPE (TouClamp, tou_clamp, TOU, CLAMP, GtkBin)

GtkWidget *tou_clamp_new (void);

G_END_DECLS
