/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tou_quit_dialog_new:
 *
 * Asks whoever closes @parent while @flow submits, or does not know what became of what it sent, whether to
 * stay, which is the default, or to quit all the same. Modal. It goes by itself when it is answered, and when
 * that has changed.
 *
 * Returns: (transfer none): not shown yet; "response" is GTK_RESPONSE_ACCEPT for quitting.
 */
GtkWidget *tou_quit_dialog_new (GtkWindow *parent, TouRequestFlow *flow);

G_END_DECLS
