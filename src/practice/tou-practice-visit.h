/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-crl.h"
#include "tou-practice-accounts.h"
#include "tou-practice-service.h"

G_BEGIN_DECLS

/* What the parts of the practice service share; nothing for others. */

struct _TouPracticeService {
    char *folder;
    char *audience;
    TouClock *clock;
    sqlite3 *db;
    TouIssuers *issuers;
    TouCrl *crl;
    X509 *receipt_certificate;
    EVP_PKEY *receipt_key;

    gint64 review_after_us; /* 0: the review waits for people */
    char *denial;           /* the reason with which it goes by itself; %NULL: approved */
    TouPracticeReviewsChanged on_reviews_changed;
    gpointer on_reviews_changed_data;
    gboolean reviews_have_changed; /* since it was last said */
};

/** What is taken, as in GET /v1/service. */
extern const char *const tou_practice_digests[];
extern const char *const tou_practice_signatures[];

/** TouPracticeVisit: one call on its way through the service. */
typedef struct {
    TouPracticeService *service;
    const TouPracticeCall *call;
    const char *id; /* what stands for "*" in the route's path (nullable) */
    gint64 now_us;
    TouPracticeSession session;
} TouPracticeVisit;

/** TouPracticeHandler: Returns: (transfer full) (nullable): the answer, a refusal included; %NULL with @error
 * set when the service itself failed. */
typedef TouPracticeAnswer *(*TouPracticeHandler) (TouPracticeVisit *visit, GError **error);

TouPracticeAnswer *tou_practice_call_service_info (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_sign_in (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_other_category (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_sign_out (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_registration (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_applications (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_submission (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_nonce (TouPracticeVisit *visit, GError **error);
/** For both signed calls; the path says which operations it takes. */
TouPracticeAnswer *tou_practice_call_submit (TouPracticeVisit *visit, GError **error);

/** Not of the contract: what the people of the agency do, for tests and for anyone's client. */
TouPracticeAnswer *tou_practice_call_list_reviews (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_review (TouPracticeVisit *visit, GError **error);
TouPracticeAnswer *tou_practice_call_renew_qualification (TouPracticeVisit *visit, GError **error);

/** tou_practice_service_watch_reviews: begins to notice changes of the submissions. */
void tou_practice_service_watch_reviews (TouPracticeService *self);
/** tou_practice_service_tell_reviews: calls who has asked for it if anything has changed. Outside of a
 * transaction. */
void tou_practice_service_tell_reviews (TouPracticeService *self);
/** tou_practice_service_pass_time: the review that goes by itself. Within a transaction. */
gboolean tou_practice_service_pass_time (TouPracticeService *self, gint64 now_us,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_visit_set_nonce: a fresh nonce into Replay-Nonce of @answer. */
gboolean tou_practice_visit_set_nonce (TouPracticeVisit *visit, TouPracticeAnswer *answer,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
