/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-submissions.h"

#include "tou-practice-sql.h"

#define CONTACT_COLUMNS                                                                                      \
    "contact_name, contact_postal_code, contact_address, contact_person, contact_phone, contact_fax"
#define COMPANY_COLUMNS                                                                                      \
    "company_name, company_postal_code, company_address, company_representative_name, "                      \
    "company_representative_title, company_phone, company_fax"
#define CARD_COLUMNS "card_sha256, card_serial, card_issuer, card_not_after_us"
#define SUBMISSION_COLUMNS                                                                                   \
    "submission_id, vendor_number, category, operation, cms, request_sha256, reception_number, "             \
    "accepted_at_us, "                                                                                       \
    "receipt, state, reason, " CONTACT_COLUMNS ", company_phone, company_fax, " CARD_COLUMNS

TouPracticeSubmission *
tou_practice_submission_new (void)
{
    return g_new0 (TouPracticeSubmission, 1);
}

void
tou_practice_submission_free (TouPracticeSubmission *self)
{
    g_free (self->submission_id);
    g_free (self->vendor_number);
    g_clear_pointer (&self->cms, g_bytes_unref);
    g_free (self->request_sha256);
    g_free (self->reception_number);
    g_clear_pointer (&self->receipt, g_bytes_unref);
    g_free (self->reason);
    g_clear_pointer (&self->contact, tou_contact_free);
    g_free (self->company_phone);
    g_free (self->company_fax);
    g_free (self->card_sha256);
    g_free (self->card_serial);
    g_free (self->card_issuer);
    g_free (self);
}

TouReceipt *
tou_practice_submission_dup_receipt (const TouPracticeSubmission *self)
{
    TouReceipt *receipt = tou_receipt_new ();

    receipt->submission_id = g_strdup (self->submission_id);
    receipt->reception_number = g_strdup (self->reception_number);
    receipt->request_sha256 = g_strdup (self->request_sha256);
    receipt->accepted_at_us = self->accepted_at_us;
    receipt->cms = self->receipt != NULL ? g_bytes_ref (self->receipt) : NULL;
    return receipt;
}

/* The six texts of a contact stand side by side in both tables. */
static TouContact *
read_contact (sqlite3_stmt *row, int column)
{
    TouContact *contact = tou_contact_new ();

    contact->name = tou_sql_dup_text (row, column);
    contact->postal_code = tou_sql_dup_text (row, column + 1);
    contact->address = tou_sql_dup_text (row, column + 2);
    contact->person = tou_sql_dup_text (row, column + 3);
    contact->phone = tou_sql_dup_text (row, column + 4);
    contact->fax = tou_sql_dup_text (row, column + 5);
    return contact;
}

static void
bind_contact (sqlite3_stmt *statement, int parameter, const TouContact *contact)
{
    if (contact == NULL)
        return; /* unbound parameters are NULL */
    tou_sql_bind_text (statement, parameter, contact->name);
    tou_sql_bind_text (statement, parameter + 1, contact->postal_code);
    tou_sql_bind_text (statement, parameter + 2, contact->address);
    tou_sql_bind_text (statement, parameter + 3, contact->person);
    tou_sql_bind_text (statement, parameter + 4, contact->phone);
    tou_sql_bind_text (statement, parameter + 5, contact->fax);
}

static void
bind_card (sqlite3_stmt *statement, int parameter, const TouPracticeSubmission *submission)
{
    tou_sql_bind_text (statement, parameter, submission->card_sha256);
    tou_sql_bind_text (statement, parameter + 1, submission->card_serial);
    tou_sql_bind_text (statement, parameter + 2, submission->card_issuer);
    sqlite3_bind_int64 (statement, parameter + 3, submission->card_not_after_us);
}

static gboolean
read_words (sqlite3_stmt *row, TouPracticeSubmission *submission, GError **error)
{
    if (tou_category_from_id ((const char *) sqlite3_column_text (row, 2), &submission->category)
        && tou_operation_from_id ((const char *) sqlite3_column_text (row, 3), &submission->operation))
        return TRUE;
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a submission of an unknown kind");
    return FALSE;
}

static TouPracticeSubmission *
read_submission (sqlite3_stmt *row, GError **error)
{
    g_autoptr (TouPracticeSubmission) submission = tou_practice_submission_new ();

    if (!read_words (row, submission, error))
        return NULL;
    submission->submission_id = tou_sql_dup_text (row, 0);
    submission->vendor_number = tou_sql_dup_text (row, 1);
    submission->cms = tou_sql_dup_bytes (row, 4);
    submission->request_sha256 = tou_sql_dup_text (row, 5);
    submission->reception_number = tou_sql_dup_text (row, 6);
    submission->accepted_at_us = sqlite3_column_int64 (row, 7);
    submission->receipt = tou_sql_dup_bytes (row, 8);
    submission->state = tou_review_state_from_id ((const char *) sqlite3_column_text (row, 9));
    submission->reason = tou_sql_dup_text (row, 10);
    submission->contact = read_contact (row, 11);
    submission->company_phone = tou_sql_dup_text (row, 17);
    submission->company_fax = tou_sql_dup_text (row, 18);
    submission->card_sha256 = tou_sql_dup_text (row, 19);
    submission->card_serial = tou_sql_dup_text (row, 20);
    submission->card_issuer = tou_sql_dup_text (row, 21);
    submission->card_not_after_us = sqlite3_column_int64 (row, 22);
    return g_steal_pointer (&submission);
}

gboolean
tou_practice_submissions_find (sqlite3 *db, const char *submission_id, TouPracticeSubmission **out_submission,
                               GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "SELECT " SUBMISSION_COLUMNS " FROM submissions WHERE submission_id = ?", error);
    gboolean has_row;

    *out_submission = NULL;
    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, submission_id);
    if (!tou_sql_next (statement, &has_row, error))
        return FALSE;
    if (has_row)
        *out_submission = read_submission (statement, error);
    return !has_row || *out_submission != NULL;
}

gboolean
tou_practice_submissions_add (sqlite3 *db, const TouPracticeSubmission *submission, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (db,
                                                          "INSERT INTO submissions (" SUBMISSION_COLUMNS
                                                          ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                                          " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                                          error);

    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, submission->submission_id);
    tou_sql_bind_text (statement, 2, submission->vendor_number);
    tou_sql_bind_text (statement, 3, tou_category_get_id (submission->category));
    tou_sql_bind_text (statement, 4, tou_operation_get_id (submission->operation));
    tou_sql_bind_bytes (statement, 5, submission->cms);
    tou_sql_bind_text (statement, 6, submission->request_sha256);
    tou_sql_bind_text (statement, 7, submission->reception_number);
    sqlite3_bind_int64 (statement, 8, submission->accepted_at_us);
    tou_sql_bind_bytes (statement, 9, submission->receipt);
    tou_sql_bind_text (statement, 10, tou_review_state_get_id (submission->state));
    tou_sql_bind_text (statement, 11, submission->reason);
    bind_contact (statement, 12, submission->contact);
    tou_sql_bind_text (statement, 18, submission->company_phone);
    tou_sql_bind_text (statement, 19, submission->company_fax);
    bind_card (statement, 20, submission);
    return tou_sql_run (statement, error);
}

gboolean
tou_practice_submissions_set_state (sqlite3 *db, const char *submission_id, TouReviewState state,
                                    const char *reason, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "UPDATE submissions SET state = ?, reason = ? WHERE submission_id = ?", error);

    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, tou_review_state_get_id (state));
    tou_sql_bind_text (statement, 2, reason);
    tou_sql_bind_text (statement, 3, submission_id);
    return tou_sql_run (statement, error);
}

static TouApplication *
read_application (sqlite3_stmt *row, GError **error)
{
    g_autoptr (TouPracticeSubmission) submission = read_submission (row, error);
    TouApplication *application;

    if (submission == NULL)
        return NULL;
    application = tou_application_new ();
    application->submission_id = g_steal_pointer (&submission->submission_id);
    application->reception_number = g_steal_pointer (&submission->reception_number);
    application->operation = submission->operation;
    application->submitted_at_us = submission->accepted_at_us;
    application->state = submission->state;
    application->reason = g_steal_pointer (&submission->reason);
    return application;
}

GPtrArray *
tou_practice_submissions_list (sqlite3 *db, const char *vendor_number, TouCategory category, guint limit,
                               GError **error)
{
    g_autoptr (GPtrArray) applications = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_application_free);
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db,
        "SELECT " SUBMISSION_COLUMNS " FROM submissions WHERE vendor_number = ? AND category = ?"
        " ORDER BY number DESC LIMIT ?",
        error);
    gboolean has_row = TRUE;

    if (statement == NULL)
        return NULL;
    tou_sql_bind_text (statement, 1, vendor_number);
    tou_sql_bind_text (statement, 2, tou_category_get_id (category));
    sqlite3_bind_int64 (statement, 3, limit);
    while (has_row) {
        TouApplication *application;

        if (!tou_sql_next (statement, &has_row, error))
            return NULL;
        if (!has_row)
            break;
        application = read_application (statement, error);
        if (application == NULL)
            return NULL;
        g_ptr_array_add (applications, application);
    }
    return g_steal_pointer (&applications);
}

static TouPracticeReview *
read_review (sqlite3_stmt *row)
{
    TouPracticeReview *review = tou_practice_review_new ();

    review->submission_id = tou_sql_dup_text (row, 0);
    review->reception_number = tou_sql_dup_text (row, 1);
    review->company = tou_sql_dup_text (row, 2);
    (void) tou_category_from_id ((const char *) sqlite3_column_text (row, 3), &review->category);
    (void) tou_operation_from_id ((const char *) sqlite3_column_text (row, 4), &review->operation);
    review->submitted_at_us = sqlite3_column_int64 (row, 5);
    review->state = tou_review_state_from_id ((const char *) sqlite3_column_text (row, 6));
    review->reason = tou_sql_dup_text (row, 7);
    return review;
}

GPtrArray *
tou_practice_submissions_list_reviews (sqlite3 *db, guint limit, GError **error)
{
    g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_practice_review_free);
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db,
        "SELECT submission_id, reception_number, name, category, operation, accepted_at_us, state, reason"
        " FROM submissions JOIN companies USING (vendor_number) ORDER BY number DESC LIMIT ?",
        error);
    gboolean has_row;

    if (statement == NULL)
        return NULL;
    sqlite3_bind_int64 (statement, 1, limit);
    for (;;) {
        if (!tou_sql_next (statement, &has_row, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&reviews);
        g_ptr_array_add (reviews, read_review (statement));
    }
}

GPtrArray *
tou_practice_submissions_list_waiting (sqlite3 *db, TouReviewState state, gint64 before_us, GError **error)
{
    g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "SELECT submission_id FROM submissions WHERE state = ? AND accepted_at_us <= ? ORDER BY number",
        error);
    gboolean has_row;

    if (statement == NULL)
        return NULL;
    tou_sql_bind_text (statement, 1, tou_review_state_get_id (state));
    sqlite3_bind_int64 (statement, 2, before_us);
    for (;;) {
        if (!tou_sql_next (statement, &has_row, error))
            return NULL;
        if (!has_row)
            return g_steal_pointer (&ids);
        g_ptr_array_add (ids, tou_sql_dup_text (statement, 0));
    }
}

char *
tou_practice_submissions_take_number (sqlite3 *db, gint64 now_us, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "SELECT coalesce (max (number), 0) + 1 FROM submissions", error);
    /* Japan has one time zone and no summer time. */
    g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC + 9 * 3600);
    g_autofree char *date = g_date_time_format (day, "%Y%m%d");
    gboolean has_row;

    if (statement == NULL || !tou_sql_next (statement, &has_row, error))
        return NULL;
    return g_strdup_printf ("%s-%06d", date, sqlite3_column_int (statement, 0));
}

/* Returns: (nullable): not kept by the version before */
static TouCompany *
read_registered_company (sqlite3_stmt *row, int column, const char *vendor_number)
{
    TouCompany *company;

    if (sqlite3_column_type (row, column) == SQLITE_NULL)
        return NULL;
    company = tou_company_new ();
    company->vendor_number = g_strdup (vendor_number);
    company->name = tou_sql_dup_text (row, column);
    company->postal_code = tou_sql_dup_text (row, column + 1);
    company->address = tou_sql_dup_text (row, column + 2);
    company->representative_name = tou_sql_dup_text (row, column + 3);
    company->representative_title = tou_sql_dup_text (row, column + 4);
    company->phone = tou_sql_dup_text (row, column + 5);
    company->fax = tou_sql_dup_text (row, column + 6);
    return company;
}

static void
bind_company (sqlite3_stmt *statement, int parameter, const TouCompany *company)
{
    tou_sql_bind_text (statement, parameter, company->name);
    tou_sql_bind_text (statement, parameter + 1, company->postal_code);
    tou_sql_bind_text (statement, parameter + 2, company->address);
    tou_sql_bind_text (statement, parameter + 3, company->representative_name);
    tou_sql_bind_text (statement, parameter + 4, company->representative_title);
    tou_sql_bind_text (statement, parameter + 5, company->phone);
    tou_sql_bind_text (statement, parameter + 6, company->fax);
}

static TouRegistration *
read_registration (sqlite3_stmt *row, const char *vendor_number)
{
    TouRegistration *registration = tou_registration_new ();

    registration->contact = read_contact (row, 0);
    registration->card_sha256 = tou_sql_dup_text (row, 6);
    registration->card_serial = tou_sql_dup_text (row, 7);
    registration->card_issuer = tou_sql_dup_text (row, 8);
    registration->card_not_after_us = sqlite3_column_int64 (row, 9);
    registration->registered_company = read_registered_company (row, 10, vendor_number);
    return registration;
}

gboolean
tou_practice_registrations_find (sqlite3 *db, const char *vendor_number, TouCategory category,
                                 TouRegistration **out_registration, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db,
        "SELECT " CONTACT_COLUMNS ", " CARD_COLUMNS ", " COMPANY_COLUMNS
        " FROM registrations WHERE vendor_number = ? AND category = ?",
        error);
    gboolean has_row;

    *out_registration = NULL;
    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, vendor_number);
    tou_sql_bind_text (statement, 2, tou_category_get_id (category));
    if (!tou_sql_next (statement, &has_row, error))
        return FALSE;
    if (has_row)
        *out_registration = read_registration (statement, vendor_number);
    return TRUE;
}

gboolean
tou_practice_registrations_put (sqlite3 *db, const TouPracticeSubmission *submission,
                                const TouCompany *company, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db,
        "INSERT OR REPLACE INTO registrations (vendor_number, category, " CONTACT_COLUMNS ", " CARD_COLUMNS
        ", " COMPANY_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        error);

    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, submission->vendor_number);
    tou_sql_bind_text (statement, 2, tou_category_get_id (submission->category));
    bind_contact (statement, 3, submission->contact);
    bind_card (statement, 9, submission);
    bind_company (statement, 13, company);
    return tou_sql_run (statement, error);
}
