/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-request-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_change_list_new: what @flow, a contact change that was confirmed, changes: each line that differs from
 * what is registered, old and new value side by side. @labels: (nullable): as in tou_comparison_new().
 * Returns: (transfer floating) (nullable): %NULL when nothing differs */
GtkWidget *tou_change_list_new (TouRequestFlow *flow, GtkSizeGroup *labels);

/** tou_change_list_new_card: likewise, what is another on the card that has come for @former. */
GtkWidget *tou_change_list_new_card (const TouCardCertificate *former, const TouCardCertificate *certificate,
                                     GtkSizeGroup *labels);

G_END_DECLS
