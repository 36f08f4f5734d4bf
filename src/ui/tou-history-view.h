/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-review-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouHistoryView:
 *
 * 申請履歴 (manual 5): the last three applications with content, date and time, number, result and the reason
 * of a denial, when it was last answered, and 最新の情報に更新. Follows the flow; what it asks for by itself
 * changes the list in place. Main thread.
 *
 * Signal: "failed" (GError *error, nullable): the user asked and it failed, or the session is over; %NULL:
 * the user asks again, what was shown of the last time is settled.
 */
#define TOU_TYPE_HISTORY_VIEW (tou_history_view_get_type ())
G_DECLARE_FINAL_TYPE (TouHistoryView, tou_history_view, TOU, HISTORY_VIEW, GtkBox)

/** tou_history_view_set_flow: once, before it is shown. @flow: referenced. */
void tou_history_view_set_flow (TouHistoryView *self, TouReviewFlow *flow);

/** tou_history_view_set_elsewhere: @text: (nullable): translated: what stands in another history, said where
 * this one is empty. */
void tou_history_view_set_elsewhere (TouHistoryView *self, const char *text);

/** tou_history_view_refresh: asks the service, as its button does. */
void tou_history_view_refresh (TouHistoryView *self);

/** tou_history_view_focus: puts the keyboard on 最新の情報に更新. */
void tou_history_view_focus (TouHistoryView *self);

G_END_DECLS
