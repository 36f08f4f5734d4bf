/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-renewal-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** tou_renewal_facts_new: what 電子証明書更新確認 (manual 4 (6)) shows of both cards, side by side. @labels:
 * (nullable): as of tou_comparison_new(). Returns: (transfer floating) (nullable): %NULL when @flow does not
 * know both cards */
GtkWidget *tou_renewal_facts_new (TouCardRenewalFlow *flow, GtkSizeGroup *labels);

G_END_DECLS
