/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"
#include "tou-practice-control.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/** Applications and registrations at the practice service. Errors: #GIOErrorEnum of the database. Times are
 * microseconds since 1970 UTC. */

/** TouPracticeSubmission: a signed request that was accepted, and what it said. */
typedef struct {
    char *submission_id;
    char *vendor_number;
    TouCategory category;
    TouOperation operation;
    GBytes *cms; /* as it came */
    char *request_sha256;
    char *reception_number;
    gint64 accepted_at_us;
    GBytes *receipt; /* CMS, DER */
    TouReviewState state;
    char *reason; /* of a denial (nullable) */
    TouContact *contact;
    char *company_phone; /* contact change: what was typed (nullable) */
    char *company_fax;
    char *card_sha256;
    char *card_serial;
    char *card_issuer;
    gint64 card_not_after_us;
} TouPracticeSubmission;

TouPracticeSubmission *tou_practice_submission_new (void);
void tou_practice_submission_free (TouPracticeSubmission *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeSubmission, tou_practice_submission_free)

/** tou_practice_submission_dup_receipt: Returns: (transfer full): the receipt that was given for it */
TouReceipt *tou_practice_submission_dup_receipt (const TouPracticeSubmission *self);

/** tou_practice_submissions_find: @out_submission: (transfer full): %NULL when there is none. */
gboolean
tou_practice_submissions_find (sqlite3 *db, const char *submission_id, TouPracticeSubmission **out_submission,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean tou_practice_submissions_add (sqlite3 *db, const TouPracticeSubmission *submission,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean tou_practice_submissions_set_state (sqlite3 *db, const char *submission_id, TouReviewState state,
                                             const char *reason, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_submissions_list: newest first, at most @limit.
 * Returns: (transfer full) (element-type TouApplication) (nullable) */
GPtrArray *tou_practice_submissions_list (sqlite3 *db, const char *vendor_number, TouCategory category,
                                          guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_submissions_list_reviews: of all companies, newest first, at most @limit.
 * Returns: (transfer full) (element-type TouPracticeReview) (nullable) */
GPtrArray *
tou_practice_submissions_list_reviews (sqlite3 *db, guint limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_submissions_list_waiting: the ids of those in @state that were accepted at @before_us or
 * earlier. Returns: (transfer full) (element-type utf8) (nullable) */
GPtrArray *tou_practice_submissions_list_waiting (sqlite3 *db, TouReviewState state, gint64 before_us,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_submissions_take_number: the next 受付番号, "YYYYMMDD-NNNNNN" by Japan's calendar.
 * Returns: (transfer full) (nullable) */
char *
tou_practice_submissions_take_number (sqlite3 *db, gint64 now_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_registrations_find: @out_registration: (transfer full): %NULL when nothing is registered. Its
 * company, which is not a registration's, is left %NULL. */
gboolean tou_practice_registrations_find (sqlite3 *db, const char *vendor_number, TouCategory category,
                                          TouRegistration **out_registration,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_registrations_put: contact and card of @submission become the registered ones, and @company
 * what is registered of the company. */
gboolean tou_practice_registrations_put (sqlite3 *db, const TouPracticeSubmission *submission,
                                         const TouCompany *company, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
