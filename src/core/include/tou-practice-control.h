/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouPracticeError: why practice could not start or do something. */
#define TOU_PRACTICE_ERROR (tou_practice_error_quark ())
GQuark tou_practice_error_quark (void);
typedef enum {
    TOU_PRACTICE_ERROR_FOLDER_DAMAGED, /* may be made anew, with the user's word */
    TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE,
    TOU_PRACTICE_ERROR_FOLDER_IN_USE,  /* another Touroku practises with it */
    TOU_PRACTICE_ERROR_FOLDER_FOREIGN, /* something else is there; it was left as it is */
    TOU_PRACTICE_ERROR_NO_SOFTHSM,
    TOU_PRACTICE_ERROR_FAILED,
} TouPracticeError;

/** TouPracticeCard: a practice card, wherever it is. */
typedef struct {
    char *id;     /* "tanaka-current" … */
    char *title;  /* for the panel, in the language of the locale */
    char *reader; /* (nullable): where it is, %NULL: in the drawer */
    char *holder;
    char *company;
    gint64 not_after_us;
} TouPracticeCard;

TouPracticeCard *tou_practice_card_new (void);
void tou_practice_card_free (TouPracticeCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeCard, tou_practice_card_free)

/** TouPracticeReview: a submission at the practice service, as its people see it. */
typedef struct {
    char *submission_id;
    char *reception_number;
    char *company;
    TouCategory category;
    TouOperation operation;
    gint64 submitted_at_us; /* since 1970 UTC */
    TouReviewState state;   /* RECEIVED and UNDER_REVIEW wait for a decision */
    char *reason;           /* of a denial (nullable) */
} TouPracticeReview;

TouPracticeReview *tou_practice_review_new (void);
void tou_practice_review_free (TouPracticeReview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeReview, tou_practice_review_free)

/** TouPracticeDecision: what the people of an agency do with a submission that waits. */
typedef enum {
    TOU_PRACTICE_DECISION_START_REVIEW, /* 確認中; "start-review" */
    TOU_PRACTICE_DECISION_APPROVE,      /* 承認; "approve" */
    TOU_PRACTICE_DECISION_DENY,         /* 否認; "deny" */
} TouPracticeDecision;

const char *tou_practice_decision_get_id (TouPracticeDecision decision);
gboolean tou_practice_decision_from_id (const char *id, TouPracticeDecision *out_decision);

/** The id of the profile that the practice service writes; what is registered with it is marked 練習. */
#define TOU_PRACTICE_PROFILE_ID "practice"

/** What a person is told for practising; the same everywhere. */
#define TOU_PRACTICE_USER_ID "bidder01"
#define TOU_PRACTICE_PASSWORD "Practice-01"
#define TOU_PRACTICE_PIN "123456"

/**
 * TouPracticeControl:
 *
 * The practice service and the practice readers, as the practice panel sees them. All errors are
 * TOU_PRACTICE_ERROR. Main thread; nothing here waits.
 *
 * Signals: "changed": a card was put in or taken out, by whomever. "reviews-changed": a submission came or
 * changed its state. "ended": the service ended by itself.
 */
#define TOU_TYPE_PRACTICE_CONTROL (tou_practice_control_get_type ())
G_DECLARE_INTERFACE (TouPracticeControl, tou_practice_control, TOU, PRACTICE_CONTROL, GObject)

struct _TouPracticeControlInterface {
    GTypeInterface parent;

    void (*start_async) (TouPracticeControl *self, gboolean make_anew, GCancellable *c,
                         GAsyncReadyCallback cb, gpointer data);
    char *(*start_finish) (TouPracticeControl *self, GAsyncResult *result, GError **error);
    GStrv (*dup_readers) (TouPracticeControl *self);
    void (*list_cards_async) (TouPracticeControl *self, GCancellable *c, GAsyncReadyCallback cb,
                              gpointer data);
    GPtrArray *(*list_cards_finish) (TouPracticeControl *self, GAsyncResult *result, GError **error);
    void (*insert_async) (TouPracticeControl *self, const char *card_id, const char *reader, GCancellable *c,
                          GAsyncReadyCallback cb, gpointer data);
    void (*remove_async) (TouPracticeControl *self, const char *reader, GCancellable *c,
                          GAsyncReadyCallback cb, gpointer data);
    gboolean (*change_finish) (TouPracticeControl *self, GAsyncResult *result, GError **error);
    void (*list_reviews_async) (TouPracticeControl *self, GCancellable *c, GAsyncReadyCallback cb,
                                gpointer data);
    GPtrArray *(*list_reviews_finish) (TouPracticeControl *self, GAsyncResult *result, GError **error);
    void (*review_async) (TouPracticeControl *self, const char *submission_id, TouPracticeDecision decision,
                          const char *reason, GCancellable *c, GAsyncReadyCallback cb, gpointer data);
    void (*set_review_after_async) (TouPracticeControl *self, guint seconds, const char *denial,
                                    GCancellable *c, GAsyncReadyCallback cb, gpointer data);
    void (*renew_qualification_async) (TouPracticeControl *self, GCancellable *c, GAsyncReadyCallback cb,
                                       gpointer data);
};

/** tou_practice_control_start_async: makes the practice folder where there is none (a second or two) and
 * starts the service. @make_anew: throw away what is there; only with the user's word. After "ended" the
 * service is started again at the address where it was, so that sessions and profiles of before stay good. */
void
tou_practice_control_start_async (TouPracticeControl *self, gboolean make_anew, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (nullable): path of the service profile of the running service. */
char *tou_practice_control_start_finish (TouPracticeControl *self, GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_control_dup_readers: Returns: (transfer full): the two readers' names. */
GStrv tou_practice_control_dup_readers (TouPracticeControl *self);

void tou_practice_control_list_cards_async (TouPracticeControl *self, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (element-type TouPracticeCard) */
GPtrArray *tou_practice_control_list_cards_finish (TouPracticeControl *self, GAsyncResult *result,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_control_insert_async: a card that is in a reader already is taken out of that one; a card
 * that is in @reader is put away. */
void tou_practice_control_insert_async (TouPracticeControl *self, const char *card_id, const char *reader,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
void
tou_practice_control_remove_async (TouPracticeControl *self, const char *reader, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);
/** tou_practice_control_change_finish: of every call that changes something and has no finish of its own. */
gboolean tou_practice_control_change_finish (TouPracticeControl *self, GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_control_list_reviews_async: the newest hundred submissions, decided ones too. */
void tou_practice_control_list_reviews_async (TouPracticeControl *self, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
/** Returns: (transfer full) (element-type TouPracticeReview): newest first */
GPtrArray *tou_practice_control_list_reviews_finish (TouPracticeControl *self, GAsyncResult *result,
                                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_control_review_async: decides about a submission that waits; FAILED when none waits by that
 * id.
 * @reason: of a denial, for the bidder (nullable). Finish: change_finish. */
void tou_practice_control_review_async (TouPracticeControl *self, const char *submission_id,
                                        TouPracticeDecision decision, const char *reason,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);

/** tou_practice_control_set_review_after_async: from now on the review goes by itself: 確認中 after @seconds,
 * decided after twice that; 0: it waits for review_async(). @denial: (nullable): the reason with which all
 * are denied. Finish: change_finish. */
void tou_practice_control_set_review_after_async (TouPracticeControl *self, guint seconds, const char *denial,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                                  gpointer user_data);

/** tou_practice_control_renew_qualification_async: the agency gets newer qualification data: the companies
 * have moved and have other representatives; once more: they have moved back. Finish: change_finish. */
void tou_practice_control_renew_qualification_async (TouPracticeControl *self, GCancellable *cancellable,
                                                     GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
