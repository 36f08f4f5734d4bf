/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tou_quit_dialog_new:
 *
 * Asks whoever closes @parent while @flow submits whether to wait, which is the default, or to quit all the
 * same. Modal. It goes by itself when it is answered, and when the submission has ended: then there is
 * nothing left to ask.
 *
 * Returns: (transfer none): not shown yet; "response" is GTK_RESPONSE_ACCEPT for quitting.
 */
GtkWidget *tou_quit_dialog_new (GtkWindow *parent, TouRequestFlow *flow);

G_END_DECLS
