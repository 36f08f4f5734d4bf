/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main job on real parts: practice service, practice cards, card agent, HTTPS, SQLite. */
#include "job-calls.h"

#include "async-wait.h"
#include "tou-http-service.h"

#include <glib/gstdio.h>
#include <string.h>

#define READER_1 "Touroku Practice Reader 1"

static char *template_folder;

/* Making a practice folder takes seconds of key generation; each test works on a copy of one. */
static void
copy_template (const char *folder)
{
    const char *const argv[] = { "cp", "-a", template_folder, folder, NULL };
    g_autoptr (GError) error = NULL;
    int status;

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
    g_assert_no_error (error);
    g_assert_cmpint (status, ==, 0);
}

static void
set_up (Job *self, gconstpointer data)
{
    g_autofree char *parent = g_dir_make_tmp ("touroku-job-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename (parent, "job", NULL);

    copy_template (folder);
    job_init (self, folder);
}

static void
remove_folder (const char *folder)
{
    const char *const argv[] = { "rm", "-rf", folder, NULL };

    g_assert_true (g_str_has_prefix (folder, g_get_tmp_dir ()));
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

static void
tear_down (Job *self, gconstpointer data)
{
    g_autofree char *parent = g_path_get_dirname (self->folder);

    job_clear (self);
    remove_folder (parent);
}

static void
go_to_confirmation (Job *self)
{
    g_autoptr (GError) error = NULL;

    job_connect (self);
    job_sign_in (self);
    job_unlock (self, TOU_PRACTICE_PIN, &error);
    g_assert_no_error (error);
    job_fill (self);
}

static TouReceipt *
submit_well (Job *self)
{
    g_autoptr (GError) error = NULL;
    TouReceipt *receipt = job_submit (self, &error);

    g_assert_no_error (error);
    g_assert_nonnull (receipt);
    return receipt;
}

static GPtrArray *
list_applications (Job *self)
{
    g_autoptr (GError) error = NULL;
    GPtrArray *applications = job_list_applications (self, &error);

    g_assert_no_error (error);
    return applications;
}

/* From sign-in to the reception number, the sign-in over a TLS connection of its own; the service has it, and
 * so has the store. */
static void
test_whole_job (Job *self, gconstpointer data)
{
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    const TouApplication *application;

    go_to_confirmation (self);
    receipt = submit_well (self);
    g_assert_nonnull (receipt->reception_number);
    g_assert_false (receipt->was_repeat);
    applications = list_applications (self);
    g_assert_cmpuint (applications->len, ==, 1);
    application = applications->pdata[0];
    g_assert_cmpstr (application->reception_number, ==, receipt->reception_number);
    g_assert_cmpint (application->operation, ==, TOU_OPERATION_REGISTRATION);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_RECEIVED);
    g_assert_cmpint (tou_request_flow_get_submission (self->registration)->state, ==,
                     TOU_SUBMISSION_STATE_ACCEPTED);
    g_assert_cmpuint (tou_http_service_get_n_connections (TOU_HTTP_SERVICE (self->service)), ==, 2);
}

/* What is stored is what OpenSSL's own program accepts, and it says what was typed. */
static void
test_openssl_accepts_what_is_stored (Job *self, gconstpointer data)
{
    g_autoptr (TouReceipt) receipt = NULL;
    g_autofree char *request = g_build_filename (self->folder, "request.p7m", NULL);
    g_autofree char *authority = g_build_filename (self->folder, "practice", "ca", "ca.pem", NULL);
    g_autofree char *content = NULL;
    g_autofree char *errors = NULL;
    g_autoptr (GError) error = NULL;
    const char *const argv[] = { "openssl", "cms",   "-verify", "-cades",  "-binary",  "-inform", "DER",
                                 "-in",     request, "-CAfile", authority, "-purpose", "any",     NULL };
    const TouSubmission *submission;
    int status;

    go_to_confirmation (self);
    receipt = submit_well (self);
    submission = tou_request_flow_get_submission (self->registration);
    g_file_set_contents (request, g_bytes_get_data (submission->cms, NULL),
                         (gssize) g_bytes_get_size (submission->cms), &error);
    g_assert_no_error (error);
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &content, &errors, &status,
                  &error);
    g_assert_no_error (error);
    g_test_message ("%s", errors);
    g_assert_cmpint (status, ==, 0);
    g_assert_nonnull (strstr (content, "総務部"));
    g_assert_nonnull (strstr (content, "桜川建設株式会社"));
    g_assert_nonnull (strstr (content, submission->id));
}

/* The same submission id again, with the same bytes: the first answer again, and still one application. */
static void
test_repeat_applies_once (Job *self, gconstpointer data)
{
    g_autoptr (TouReceipt) first = NULL;
    g_autoptr (TouReceipt) second = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    const TouSubmission *submission;

    go_to_confirmation (self);
    first = submit_well (self);
    submission = tou_request_flow_get_submission (self->registration);
    tou_registration_service_submit_async (self->service, submission->operation, submission->id,
                                           submission->cms, NULL, async_wait_store, &result);
    async_wait (&result);
    second = tou_registration_service_submit_finish (self->service, result, &error);
    g_assert_no_error (error);
    g_assert_true (second->was_repeat);
    g_assert_cmpstr (second->reception_number, ==, first->reception_number);
    applications = list_applications (self);
    g_assert_cmpuint (applications->len, ==, 1);
}

/* A wrong PIN is said to be one, the flags show it, and the right one works at once. */
static void
test_wrong_pin (Job *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    job_connect (self);
    job_sign_in (self);
    g_assert_false (job_unlock (self, "654321", &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_WRONG);
    g_clear_error (&error);
    while (job_wait_for_token (self)->pin_state != TOU_PIN_STATE_COUNT_LOW)
        g_main_context_iteration (NULL, TRUE);
    g_assert_true (job_unlock (self, TOU_PRACTICE_PIN, &error));
    g_assert_no_error (error);
}

/* Three wrong ones lock a practice card; that is another error than a wrong one, and the right PIN does not
 * help. */
static void
test_locked_card (Job *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    job_connect (self);
    job_sign_in (self);
    for (int i = 0; i < 3; i++) {
        g_clear_error (&error);
        g_assert_false (job_unlock (self, "654321", &error));
    }
    g_clear_error (&error);
    while (job_wait_for_token (self)->pin_state != TOU_PIN_STATE_LOCKED)
        g_main_context_iteration (NULL, TRUE);
    g_assert_false (job_unlock (self, TOU_PRACTICE_PIN, &error));
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_LOCKED);
}

/* The card is pulled out before 登録: nothing is sent, the contact stays; with the card back the job ends
 * well. */
static void
test_card_pulled_before_signing (Job *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = NULL;

    go_to_confirmation (self);
    job_remove (self, READER_1);
    g_assert_null (job_submit (self, &error));
    g_assert_cmpuint (error->domain, ==, TOU_CARD_ERROR);
    g_clear_error (&error);
    g_assert_cmpstr (tou_request_flow_get_contact (self->registration)->name, ==, "総務部");
    job_insert (self, "sakuragawa", READER_1);
    g_assert_true (job_unlock (self, TOU_PRACTICE_PIN, &error));
    g_assert_no_error (error);
    job_fill (self);
    receipt = submit_well (self);
    g_assert_nonnull (receipt->reception_number);
}

/* The service goes away before 登録 and comes back: said so, and the same form goes through. */
static void
test_service_down (Job *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;

    go_to_confirmation (self);
    job_end_practice (self);
    g_assert_null (job_submit (self, &error));
    g_assert_true (g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_UNREACHABLE)
                   || g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST));
    g_assert_cmpint (tou_request_flow_get_state (self->registration), ==, TOU_REQUEST_STATE_CONFIRMING);
    g_assert_cmpstr (tou_request_flow_get_contact (self->registration)->name, ==, "総務部");
}

/* An empty reader is seen as one, and a card put in appears without being asked for. */
static void
test_card_put_in (Job *self, gconstpointer data)
{
    TouCardInventory *inventory;

    job_remove (self, READER_1);
    job_connect (self);
    job_sign_in (self);
    tou_request_flow_begin (self->registration);
    while (tou_unlock_step_get_inventory (tou_request_flow_get_unlock_step (self->registration)) == NULL)
        g_main_context_iteration (NULL, TRUE);
    inventory = tou_unlock_step_get_inventory (tou_request_flow_get_unlock_step (self->registration));
    g_assert_cmpuint (inventory->readers->len, ==, 2);
    g_assert_cmpuint (inventory->tokens->len, ==, 0);
    job_insert (self, "sakuragawa-new", READER_1);
    g_assert_nonnull (job_wait_for_token (self));
}

static void
assert_card_refused (Job *self, const char *card, TouProofError code)
{
    g_autoptr (GError) error = NULL;

    job_remove (self, READER_1);
    job_insert (self, card, READER_1);
    job_connect (self);
    job_sign_in (self);
    g_assert_false (job_unlock (self, TOU_PRACTICE_PIN, &error));
    g_assert_error (error, TOU_PROOF_ERROR, (int) code);
    g_assert_cmpint (tou_request_flow_get_state (self->registration), ==, TOU_REQUEST_STATE_CARD);
}

/* 01014, where the PIN was entered: the list comes from the practice service. */
static void
test_revoked_card (Job *self, gconstpointer data)
{
    assert_card_refused (self, "sakuragawa-revoked", TOU_PROOF_ERROR_REVOKED);
}

static void
test_expired_card (Job *self, gconstpointer data)
{
    assert_card_refused (self, "sakuragawa-expired", TOU_PROOF_ERROR_EXPIRED);
}

static void
test_future_card (Job *self, gconstpointer data)
{
    assert_card_refused (self, "sakuragawa-future", TOU_PROOF_ERROR_NOT_YET_VALID);
}

/* A good card after a look at the real list: nothing to warn of, and the list is kept. */
static void
test_list_fetched (Job *self, gconstpointer data)
{
    g_autofree char *folder = g_build_filename (self->folder, "lists", NULL);
    g_autoptr (GDir) lists = NULL;
    const TouCertificateStatus *check;

    go_to_confirmation (self);
    check = tou_unlock_step_get_check (tou_request_flow_get_unlock_step (self->registration));
    g_assert_nonnull (check);
    g_assert_no_error (check->warning);
    g_assert_true (check->is_revocation_known);
    lists = g_dir_open (folder, 0, NULL);
    g_assert_nonnull (lists);
    g_assert_nonnull (g_dir_read_name (lists));
}

/* The list cannot be had: this side warns and goes on, and the service decides: 30006. */
static void
test_service_refuses_revoked_card (Job *self, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    const TouCertificateStatus *check;

    job_use_crl_url (self, "http://127.0.0.1:1/card-issuers.crl");
    job_remove (self, READER_1);
    job_insert (self, "sakuragawa-revoked", READER_1);
    go_to_confirmation (self);
    check = tou_unlock_step_get_check (tou_request_flow_get_unlock_step (self->registration));
    g_assert_error (check->warning, TOU_CERTIFICATE_WARNING, TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE);
    g_assert_null (job_submit (self, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    g_assert_cmpstr (tou_service_error_get_code (error), ==, "30006");
}

int
main (int argc, char **argv)
{
    Job first;
    int status;

    g_test_init (&argc, &argv, NULL);
    job_init (&first, NULL);
    template_folder = g_strdup (first.folder);
    job_clear (&first);

#define TEST(path, function) g_test_add ("/job/" path, Job, NULL, set_up, function, tear_down)
    TEST ("whole", test_whole_job);
    TEST ("openssl-accepts-what-is-stored", test_openssl_accepts_what_is_stored);
    TEST ("repeat-applies-once", test_repeat_applies_once);
    TEST ("wrong-pin", test_wrong_pin);
    TEST ("locked-card", test_locked_card);
    TEST ("card-pulled-before-signing", test_card_pulled_before_signing);
    TEST ("service-down", test_service_down);
    TEST ("card-put-in", test_card_put_in);
    TEST ("revoked-card", test_revoked_card);
    TEST ("expired-card", test_expired_card);
    TEST ("future-card", test_future_card);
    TEST ("list-fetched", test_list_fetched);
    TEST ("service-refuses-revoked-card", test_service_refuses_revoked_card);
    status = g_test_run ();
    remove_folder (template_folder);
    g_free (template_folder);
    return status;
}
