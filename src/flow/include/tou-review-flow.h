/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-record-store.h"
#include "tou-session-flow.h"

G_BEGIN_DECLS

/** How long until the service is asked again by itself, in milliseconds. */
#define TOU_REVIEW_INTERVAL_MS (30 * 1000)

/** TouStanding: how far the company's registration is, as far as is known. */
typedef enum {
    TOU_STANDING_NEW,        /* not applied for, or denied */
    TOU_STANDING_WAITING,    /* applied for, not decided yet */
    TOU_STANDING_REGISTERED, /* approved */
} TouStanding;

/**
 * TouReviewFlow:
 *
 * 審査結果確認 (manual 5): the last three applications and what became of them. Asks the service when it is
 * told to and, as long as an application waits for its result, by itself at intervals. Each question moves
 * the session's end on (service-api.yaml), so that whoever waits for a result hears of it. What became of a
 * submission is kept beside its record; nothing else outlives the session. Main thread, no GTK.
 *
 * Signals: "changed": another list, another error, or asking began or ended; "result-changed" (TouApplication
 * *application): an application that was known before has another state now.
 */
#define TOU_TYPE_REVIEW_FLOW (tou_review_flow_get_type ())
G_DECLARE_FINAL_TYPE (TouReviewFlow, tou_review_flow, TOU, REVIEW_FLOW, GObject)

/** tou_review_flow_new: @session, @store: referenced. @interval_ms: TOU_REVIEW_INTERVAL_MS, or what a test
 * can wait for. */
TouReviewFlow *tou_review_flow_new (TouSessionFlow *session, TouRecordStore *store, guint interval_ms);

/** tou_review_flow_refresh: asks now; nothing happens without a session or while a question is under way. */
void tou_review_flow_refresh (TouReviewFlow *self);

/** tou_review_flow_is_asking: whether an answer is awaited. */
gboolean tou_review_flow_is_asking (TouReviewFlow *self);
/** tou_review_flow_is_watching: whether the service is asked again by itself. */
gboolean tou_review_flow_is_watching (TouReviewFlow *self);

/** tou_review_flow_get_applications: Returns: (transfer none) (nullable) (element-type TouApplication):
 * newest first; %NULL before the first answer of a session. A question that failed leaves what was known. */
GPtrArray *tou_review_flow_get_applications (TouReviewFlow *self);
/** tou_review_flow_get_category: Returns: what the applications above are for. */
TouCategory tou_review_flow_get_category (TouReviewFlow *self);

/** tou_review_flow_find_registration: Returns: (transfer none) (nullable): of the applications above the
 * newest for a registration. */
const TouApplication *tou_review_flow_find_registration (TouReviewFlow *self);

/** tou_review_flow_find_waiting: Returns: (transfer none) (nullable): of the applications above the newest
 * for
 * @operation that waits for its result. */
const TouApplication *tou_review_flow_find_waiting (TouReviewFlow *self, TouOperation operation);

/** tou_review_flow_get_standing: by the applications above and by what the service said at the sign-in. */
TouStanding tou_review_flow_get_standing (TouReviewFlow *self);

/** tou_review_flow_get_error: Returns: (transfer none) (nullable): why the last question failed:
 * TOU_SERVICE_ERROR. */
const GError *tou_review_flow_get_error (TouReviewFlow *self);
/** tou_review_flow_get_answered_at_us: Returns: when the list was last answered, by the service's clock, in
 * microseconds since 1970 UTC; 0 before. */
gint64 tou_review_flow_get_answered_at_us (TouReviewFlow *self);

G_END_DECLS
