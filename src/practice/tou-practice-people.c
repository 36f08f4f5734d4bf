/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

/* What the people of the agency do: the review, and newer qualification data. */

#include "tou-practice-cast.h"
#include "tou-practice-database.h"
#include "tou-practice-review.h"
#include "tou-practice-visit.h"
#include "tou-wire-answer.h"

#define MOST_REVIEWS TOU_WIRE_MAX_APPLICATIONS
#define FORM_TYPE "application/x-www-form-urlencoded"

static void
on_database_changed (gpointer data, int operation, const char *database, const char *table, sqlite3_int64 row)
{
    TouPracticeService *self = data;

    if (g_strcmp0 (table, "submissions") == 0)
        self->reviews_have_changed = TRUE;
}

void
tou_practice_service_watch_reviews (TouPracticeService *self)
{
    sqlite3_update_hook (self->db, on_database_changed, self);
}

void
tou_practice_service_tell_reviews (TouPracticeService *self)
{
    if (!self->reviews_have_changed)
        return;
    self->reviews_have_changed = FALSE;
    if (self->on_reviews_changed != NULL)
        self->on_reviews_changed (self->on_reviews_changed_data);
}

void
tou_practice_service_set_reviews_changed (TouPracticeService *self, TouPracticeReviewsChanged callback,
                                          gpointer data)
{
    self->on_reviews_changed = callback;
    self->on_reviews_changed_data = data;
}

gboolean
tou_practice_service_pass_time (TouPracticeService *self, gint64 now_us, GError **error)
{
    return self->review_after_us == 0
           || tou_practice_review_pass_time (self->db, now_us, self->review_after_us, self->denial, error);
}

void
tou_practice_service_set_review_after (TouPracticeService *self, guint seconds, const char *denial)
{
    self->review_after_us = seconds * (gint64) G_USEC_PER_SEC;
    tou_set_text (&self->denial, denial);
}

gboolean
tou_practice_service_review (TouPracticeService *self, const char *submission_id,
                             TouPracticeDecision decision, const char *reason, GError **error)
{
    gboolean done;

    if (!tou_practice_database_begin (self->db, error))
        return FALSE;
    done = tou_practice_review_decide (self->db, submission_id, decision, reason, error);
    done = tou_practice_database_end (self->db, done, done ? error : NULL);
    tou_practice_service_tell_reviews (self);
    return done;
}

GPtrArray *
tou_practice_service_list_reviews (TouPracticeService *self, GError **error)
{
    return tou_practice_submissions_list_reviews (self->db, MOST_REVIEWS, error);
}

/* @company: as it is; becomes what it is next. */
static void
move_company (TouCompany *company, const TouPracticeCompanyRole *role)
{
    gboolean has_moved = g_strcmp0 (company->address, role->newer_address) == 0;

    tou_set_text (&company->postal_code, has_moved ? role->postal_code : role->newer_postal_code);
    tou_set_text (&company->address, has_moved ? role->address : role->newer_address);
    tou_set_text (&company->representative_name,
                  has_moved ? role->representative_name : role->newer_representative_name);
}

static gboolean
renew_qualification (sqlite3 *db, GError **error)
{
    guint n;
    const TouPracticeCompanyRole *roles = tou_practice_cast_get_companies (&n);

    for (guint i = 0; i < n; i++) {
        g_autoptr (TouCompany) company = tou_practice_accounts_load_company (db, roles[i].vendor_number,
                                                                             error);

        if (company == NULL)
            return FALSE;
        move_company (company, &roles[i]);
        if (!tou_practice_accounts_renew_company (db, company, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
tou_practice_service_renew_qualification (TouPracticeService *self, GError **error)
{
    gboolean done;

    if (!tou_practice_database_begin (self->db, error))
        return FALSE;
    done = renew_qualification (self->db, error);
    return tou_practice_database_end (self->db, done, done ? error : NULL);
}

/* As the history that a bidder sees, of all companies. */
TouPracticeAnswer *
tou_practice_call_list_reviews (TouPracticeVisit *visit, GError **error)
{
    g_autoptr (GPtrArray) reviews = tou_practice_service_list_reviews (visit->service, error);
    g_autoptr (GPtrArray) applications = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_application_free);

    for (guint i = 0; reviews != NULL && i < reviews->len; i++) {
        TouPracticeReview *review = g_ptr_array_index (reviews, i);
        TouApplication *application = tou_application_new ();

        application->submission_id = g_steal_pointer (&review->submission_id);
        application->reception_number = g_steal_pointer (&review->reception_number);
        application->operation = review->operation;
        application->submitted_at_us = review->submitted_at_us;
        application->state = review->state;
        application->reason = g_steal_pointer (&review->reason);
        g_ptr_array_add (applications, application);
    }
    if (reviews == NULL)
        return NULL;
    return tou_practice_answer_new_json (200, tou_wire_write_applications (applications));
}

/* Returns: (transfer full) (nullable): the form's fields */
static GHashTable *
read_form (const TouPracticeCall *call)
{
    gsize size;
    const char *body = g_bytes_get_data (call->body, &size);

    if (call->body_is_too_large || !tou_practice_call_has_type (call, FORM_TYPE)
        || !g_utf8_validate_len (body, size, NULL))
        return NULL;
    return g_uri_parse_params (body, (gssize) size, "&", G_URI_PARAMS_WWW_FORM, NULL);
}

TouPracticeAnswer *
tou_practice_call_review (TouPracticeVisit *visit, GError **error)
{
    g_autoptr (GHashTable) form = read_form (visit->call);
    g_autoptr (GError) problem = NULL;
    TouPracticeDecision decision;

    if (form == NULL || !tou_practice_decision_from_id (g_hash_table_lookup (form, "decision"), &decision))
        return tou_practice_answer_new_problem (
            "bad-request", "a form with decision=start-review, approve or deny, and reason", NULL);
    if (tou_practice_review_decide (visit->service->db, visit->id, decision,
                                    g_hash_table_lookup (form, "reason"), &problem))
        return tou_practice_answer_new (204);
    if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return tou_practice_answer_new_problem ("no-such-submission", problem->message, NULL);
    if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT))
        return tou_practice_answer_new_problem ("bad-request", problem->message, NULL);
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
}

TouPracticeAnswer *
tou_practice_call_renew_qualification (TouPracticeVisit *visit, GError **error)
{
    return renew_qualification (visit->service->db, error) ? tou_practice_answer_new (204) : NULL;
}
