/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"
#include "practice-fixture.h"
#include "software-card.h"
#include "tou-http-service.h"
#include "tou-practice-folder.h"
#include "tou-practice-process.h"
#include "tou-softhsm.h"

/* Both sides of chapters 3 to 5: the bidder's client over HTTPS, and the agency's people over the control
 * interface, with the real service between them. */
typedef struct {
    char *place;
    char *folder;
    TouPracticeControl *control;
    TouRegistrationService *client;
    TouServiceProfile *profile; /* what the client goes by */
    TouPracticeCa *ca;
    guint n_review_changes;
} Fixture;

static void
on_reviews_changed (TouPracticeControl *control, Fixture *fixture)
{
    fixture->n_review_changes++;
}

static char *
start (Fixture *fixture)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    char *profile;

    tou_practice_control_start_async (fixture->control, FALSE, NULL, async_wait_store, &result);
    profile = tou_practice_control_start_finish (fixture->control, async_wait (&result), &error);
    g_assert_no_error (error);
    return profile;
}

static void
connect_client (Fixture *fixture, const char *profile_path)
{
    g_autoptr (TouClock) clock = tou_clock_new ();
    g_autoptr (GError) error = NULL;

    g_clear_pointer (&fixture->profile, tou_service_profile_unref);
    fixture->profile = tou_service_profile_load (profile_path, &error);
    g_assert_no_error (error);
    fixture->client = TOU_REGISTRATION_SERVICE (tou_http_service_new (fixture->profile, clock, NULL));
}

static void
sign_in (Fixture *fixture)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (TOU_PRACTICE_PASSWORD);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (TouSession) session = NULL;
    g_autoptr (GError) error = NULL;

    tou_registration_service_sign_in_async (fixture->client, TOU_PRACTICE_USER_ID, password,
                                            TOU_CATEGORY_CONSTRUCTION, NULL, async_wait_store, &result);
    session = tou_registration_service_sign_in_finish (fixture->client, async_wait (&result), &error);
    g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "practice",
                                                      "touroku-practice-service", NULL);
    g_autofree char *profile = NULL;
    g_autofree char *ca_path = NULL;
    g_autoptr (GError) error = NULL;

    fixture->place = practice_fixture_make_place ();
    fixture->folder = practice_fixture_copy_master (fixture->place);
    ca_path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_CA);
    fixture->ca = tou_practice_ca_load (ca_path, &error);
    g_assert_no_error (error);
    fixture->control = TOU_PRACTICE_CONTROL (tou_practice_process_new (program, fixture->folder));
    g_signal_connect (fixture->control, "reviews-changed", G_CALLBACK (on_reviews_changed), fixture);
    profile = start (fixture);
    connect_client (fixture, profile);
    sign_in (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    g_assert_finalize_object (fixture->client);
    g_assert_finalize_object (fixture->control);
    tou_practice_ca_free (fixture->ca);
    practice_fixture_remove (fixture->place);
    g_clear_pointer (&fixture->profile, tou_service_profile_unref);
    g_free (fixture->folder);
    g_free (fixture->place);
}

static char *
get_nonce (Fixture *fixture)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    char *nonce;

    tou_registration_service_get_nonce_async (fixture->client, NULL, async_wait_store, &result);
    nonce = tou_registration_service_get_nonce_finish (fixture->client, async_wait (&result), &error);
    g_assert_no_error (error);
    return nonce;
}

static SoftwareCard *
issue_card (Fixture *fixture)
{
    return software_card_issue_good (fixture->ca, g_get_real_time ());
}

static TouRequest *
make_request (Fixture *fixture, SoftwareCard *card, TouOperation operation)
{
    g_autofree char *nonce = get_nonce (fixture);

    TouRequest *request = software_card_make_request (card, operation, nonce, g_get_real_time ());

    tou_set_text (&request->audience, tou_service_profile_get_audience (fixture->profile));
    return request;
}

/* Composed by the client, signed by @card, sent by the client. Returns: (nullable): with @error */
static TouReceipt *
try_submit (Fixture *fixture, SoftwareCard *card, const TouRequest *request, GError **error)
{
    g_autoptr (GBytes) content = tou_registration_service_compose (fixture->client, request);
    g_autoptr (GBytes) cms = software_card_sign (card, content);
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_submit_async (fixture->client, request->operation, request->submission_id, cms,
                                           NULL, async_wait_store, &result);
    return tou_registration_service_submit_finish (fixture->client, async_wait (&result), error);
}

static void
submit (Fixture *fixture, SoftwareCard *card, const TouRequest *request)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = try_submit (fixture, card, request, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (receipt->submission_id, ==, request->submission_id);
}

static TouRegistration *
get_registration (Fixture *fixture)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    TouRegistration *registration;

    tou_registration_service_get_registration_async (fixture->client, NULL, async_wait_store, &result);
    registration = tou_registration_service_get_registration_finish (fixture->client, async_wait (&result),
                                                                     &error);
    g_assert_no_error (error);
    return registration;
}

static gboolean
finish_change (Fixture *fixture, GAsyncResult **result, GError **error)
{
    return tou_practice_control_change_finish (fixture->control, async_wait (result), error);
}

static gboolean
review (Fixture *fixture, const TouRequest *request, TouPracticeDecision decision, const char *reason,
        GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_practice_control_review_async (fixture->control, request->submission_id, decision, reason, NULL,
                                       async_wait_store, &result);
    return finish_change (fixture, &result, error);
}

static void
decide (Fixture *fixture, const TouRequest *request, TouPracticeDecision decision, const char *reason)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (review (fixture, request, decision, reason, &error));
    g_assert_no_error (error);
}

/* What the bidder's history says of the newest application. */
static void
expect_newest (Fixture *fixture, TouOperation operation, TouReviewState state, const char *reason)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    const TouApplication *application;

    tou_registration_service_list_applications_async (fixture->client, 3, NULL, async_wait_store, &result);
    applications = tou_registration_service_list_applications_finish (fixture->client, async_wait (&result),
                                                                      &error);
    g_assert_no_error (error);
    application = g_ptr_array_index (applications, 0);
    g_assert_cmpint (application->operation, ==, operation);
    g_assert_cmpint (application->state, ==, state);
    g_assert_cmpstr (application->reason, ==, reason);
}

static void
register_card (Fixture *fixture, SoftwareCard *card)
{
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);

    submit (fixture, card, request);
    decide (fixture, request, TOU_PRACTICE_DECISION_APPROVE, NULL);
}

static GBytes *
authorize (Fixture *fixture, SoftwareCard *current)
{
    g_autofree char *nonce = get_nonce (fixture);
    g_autoptr (TouAuthorization) authorization = software_card_make_authorization (current, nonce,
                                                                                   g_get_real_time ());
    g_autoptr (GBytes) content = NULL;

    tou_set_text (&authorization->audience, tou_service_profile_get_audience (fixture->profile));
    content = tou_registration_service_compose_authorization (fixture->client, authorization);

    return software_card_sign (current, content);
}

/* Chapter 4 through the client, from the two signatures to the new card in use. */
static void
test_renews_the_card (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) current = issue_card (fixture);
    g_autoptr (SoftwareCard) new = issue_card (fixture);
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (TouRequest) by_old = NULL;
    g_autoptr (TouRegistration) registration = NULL;
    g_autoptr (TouReceipt) none = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) authorization = NULL;

    register_card (fixture, current);
    authorization = authorize (fixture, current);
    request = make_request (fixture, new, TOU_OPERATION_CARD_RENEWAL);
    request->authorization = g_bytes_ref (authorization);
    submit (fixture, new, request);
    expect_newest (fixture, TOU_OPERATION_CARD_RENEWAL, TOU_REVIEW_STATE_RECEIVED, NULL);
    decide (fixture, request, TOU_PRACTICE_DECISION_START_REVIEW, NULL);
    expect_newest (fixture, TOU_OPERATION_CARD_RENEWAL, TOU_REVIEW_STATE_UNDER_REVIEW, NULL);
    decide (fixture, request, TOU_PRACTICE_DECISION_APPROVE, NULL);
    expect_newest (fixture, TOU_OPERATION_CARD_RENEWAL, TOU_REVIEW_STATE_APPROVED, NULL);
    registration = get_registration (fixture);
    g_assert_cmpstr (registration->card_sha256, ==, new->sha256);
    by_old = make_request (fixture, current, TOU_OPERATION_CONTACT_CHANGE);
    none = try_submit (fixture, current, by_old, &error);
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_PROBLEM);
    g_assert_cmpstr (tou_service_error_get_code (error), ==, "30001");
}

/* What the service says of the proofs reaches the client with its type, by which the catalogue explains it.
 */
static void
test_says_why_not_renewed (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) current = issue_card (fixture);
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (TouReceipt) none = NULL;
    g_autoptr (GError) error = NULL;

    register_card (fixture, current);
    request = make_request (fixture, current, TOU_OPERATION_CARD_RENEWAL);
    request->authorization = authorize (fixture, current);
    none = try_submit (fixture, current, request, &error);
    g_assert_null (none);
    g_assert_cmpstr (tou_service_error_get_code (error), ==, "30005");
    g_assert_cmpstr (tou_service_error_get_type_uri (error), ==, "urn:touroku:problem:same-card");
}

static void
test_denies_with_a_reason (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = issue_card (fixture);
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GError) error = NULL;

    submit (fixture, card, request);
    decide (fixture, request, TOU_PRACTICE_DECISION_DENY, "連絡先住所が確認できません。");
    expect_newest (fixture, TOU_OPERATION_REGISTRATION, TOU_REVIEW_STATE_DENIED,
                   "連絡先住所が確認できません。");
    g_assert_false (review (fixture, request, TOU_PRACTICE_DECISION_APPROVE, NULL, &error));
    g_assert_error (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED);
}

/* Chapter 3 through the client: the company has moved since it registered. */
static void
test_changes_the_contact (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = issue_card (fixture);
    g_autoptr (GAsyncResult) renewed = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouRegistration) before = NULL;
    g_autoptr (TouRegistration) after = NULL;
    g_autoptr (TouRequest) request = NULL;

    register_card (fixture, card);
    tou_practice_control_renew_qualification_async (fixture->control, NULL, async_wait_store, &renewed);
    g_assert_true (finish_change (fixture, &renewed, &error));
    before = get_registration (fixture);
    g_assert_cmpstr (before->company->address, !=, before->registered_company->address);
    request = make_request (fixture, card, TOU_OPERATION_CONTACT_CHANGE);
    tou_set_text (&request->contact->person, "桜川 二郎");
    submit (fixture, card, request);
    after = get_registration (fixture);
    g_assert_cmpstr (after->registered_company->address, ==, before->company->address);
    g_assert_cmpstr (after->company->phone, ==, request->company->phone);
    g_assert_cmpstr (after->contact->person, ==, "桜川 二郎");
    expect_newest (fixture, TOU_OPERATION_CONTACT_CHANGE, TOU_REVIEW_STATE_APPROVED, NULL);
}

static gboolean
has_heard (gpointer data)
{
    return ((Fixture *) data)->n_review_changes > 0;
}

/* The panel is told when the bidder's application comes in, and lists it. */
static void
test_lists_reviews (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = issue_card (fixture);
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) reviews = NULL;
    g_autoptr (GError) error = NULL;
    const TouPracticeReview *first;

    submit (fixture, card, request);
    async_wait_until (has_heard, fixture);
    tou_practice_control_list_reviews_async (fixture->control, NULL, async_wait_store, &result);
    reviews = tou_practice_control_list_reviews_finish (fixture->control, async_wait (&result), &error);
    g_assert_no_error (error);
    g_assert_cmpuint (reviews->len, ==, 1);
    first = g_ptr_array_index (reviews, 0);
    g_assert_cmpstr (first->submission_id, ==, request->submission_id);
    g_assert_cmpstr (first->company, ==, "桜川建設株式会社");
    g_assert_cmpint (first->category, ==, TOU_CATEGORY_CONSTRUCTION);
    g_assert_cmpint (first->operation, ==, TOU_OPERATION_REGISTRATION);
    g_assert_cmpint (first->state, ==, TOU_REVIEW_STATE_RECEIVED);
    g_assert_null (first->reason);
    g_assert_cmpint (first->submitted_at_us, >, 0);
}

static gboolean
is_denied (gpointer data)
{
    Fixture *fixture = data;
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) applications = NULL;

    tou_registration_service_list_applications_async (fixture->client, 1, NULL, async_wait_store, &result);
    applications = tou_registration_service_list_applications_finish (fixture->client, async_wait (&result),
                                                                      NULL);
    return ((TouApplication *) g_ptr_array_index (applications, 0))->state == TOU_REVIEW_STATE_DENIED;
}

static void
test_reviews_by_itself (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = issue_card (fixture);
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;

    tou_practice_control_set_review_after_async (fixture->control, 1, "練習です。", NULL, async_wait_store,
                                                 &result);
    g_assert_true (finish_change (fixture, &result, &error));
    submit (fixture, card, request);
    async_wait_until (is_denied, fixture);
    expect_newest (fixture, TOU_OPERATION_REGISTRATION, TOU_REVIEW_STATE_DENIED, "練習です。");
}

#define ADD(name, test) g_test_add ("/practice/people/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    ADD ("renewal", test_renews_the_card);
    ADD ("renewal-refused", test_says_why_not_renewed);
    ADD ("denial", test_denies_with_a_reason);
    ADD ("contact", test_changes_the_contact);
    ADD ("list", test_lists_reviews);
    ADD ("by-itself", test_reviews_by_itself);
    return practice_fixture_end (g_test_run ());
}
