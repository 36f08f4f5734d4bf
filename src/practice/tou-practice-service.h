/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-clock.h"
#include "tou-practice-control.h"
#include "tou-practice-exchange.h"

G_BEGIN_DECLS

/**
 * TouPracticeService:
 *
 * The practice registration service without the network: takes calls, gives answers, keeps all in the
 * practice folder. It does what docs/signed-request.md and docs/service-api.yaml say, as an agency's would.
 * One thread at a time.
 */
typedef struct _TouPracticeService TouPracticeService;

/** The URL by which the practice service names itself until tou_practice_service_set_audience(). */
#define TOU_PRACTICE_AUDIENCE "https://practice.touroku.example/"

/** What it says of itself, in GET /v1/service and in its profile. */
#define TOU_PRACTICE_NAME_JA "練習用の調達機関"
#define TOU_PRACTICE_NAME_EN "Practice agency"
#define TOU_PRACTICE_BIDDING_URL TOU_PRACTICE_AUDIENCE "bidding/"
#define TOU_PRACTICE_HELP_DESK_JA "練習ヘルプデスク"
#define TOU_PRACTICE_HELP_DESK_EN "Practice help desk"
#define TOU_PRACTICE_HELP_DESK_PHONE "00-0000-0000"
#define TOU_PRACTICE_HELP_DESK_HOURS_JA "練習中はいつでも"
#define TOU_PRACTICE_HELP_DESK_HOURS_EN "Any time during practice"

/** Seconds after the last call at which a session ends. */
#define TOU_PRACTICE_SESSION_SECONDS 600

/** tou_practice_service_new: @folder: prepared (tou-practice-folder.h). Errors:
 * TOU_PRACTICE_ERROR_FOLDER_DAMAGED. Returns: (transfer full) (nullable) */
TouPracticeService *
tou_practice_service_new (const char *folder, TouClock *clock, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_practice_service_free (TouPracticeService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeService, tou_practice_service_free)

/** tou_practice_service_set_audience: the URL by which it names itself: where it listens, as a profile has it
 * (docs/service-profile.md). Before the first call. */
void tou_practice_service_set_audience (TouPracticeService *self, const char *audience);

/** tou_practice_service_answer: Returns: (transfer full): the answer; a failure of the service is one, too.
 */
TouPracticeAnswer *tou_practice_service_answer (TouPracticeService *self, const TouPracticeCall *call);

/** tou_practice_service_expire_sessions: ends all sessions now, as if their time was over. Errors:
 * #GIOErrorEnum */
gboolean
tou_practice_service_expire_sessions (TouPracticeService *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_service_review: decides about a submission that waits; the registration follows. @reason: of
 * a denial (nullable). Errors: G_IO_ERROR_INVALID_ARGUMENT: the reason is longer than TOU_WIRE_MAX_TEXT
 * bytes; G_IO_ERROR_NOT_FOUND when none waits by that id; #GIOErrorEnum of the database. */
gboolean tou_practice_service_review (TouPracticeService *self, const char *submission_id,
                                      TouPracticeDecision decision, const char *reason,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_service_set_review_after: the review goes by itself: under review @seconds after a submission
 * was accepted, decided after twice that; looked at when the service is asked anything. @seconds: 0: it waits
 * for tou_practice_service_review(). @denial: (nullable): the reason with which all are denied. */
void tou_practice_service_set_review_after (TouPracticeService *self, guint seconds, const char *denial);

/** tou_practice_service_list_reviews: Returns: (transfer full) (element-type TouPracticeReview) (nullable):
 * the newest hundred submissions. Errors: #GIOErrorEnum of the database. */
GPtrArray *
tou_practice_service_list_reviews (TouPracticeService *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_service_renew_qualification: newer qualification data of every company (tou-practice-cast.h);
 * once more: the first again. Errors: #GIOErrorEnum of the database. */
gboolean
tou_practice_service_renew_qualification (TouPracticeService *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** TouPracticeReviewsChanged: a submission came or changed its state; called by whatever thread asked the
 * service. */
typedef void (*TouPracticeReviewsChanged) (gpointer data);
void tou_practice_service_set_reviews_changed (TouPracticeService *self, TouPracticeReviewsChanged callback,
                                               gpointer data);

G_END_DECLS
