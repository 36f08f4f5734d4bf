/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each code of the manual (6.2) from its own cause, through the real card agent with practice cards or the
 * real practice service; docs/error-codes.md lists them. What the client would refuse itself goes to the
 * service around the flows here: a client of another make might not. */
#include "job-calls.h"

#include "async-wait.h"
#include "software-card.h"
#include "tou-card-agent-client.h"
#include "tou-error-catalogue.h"
#include "tou-paths.h"
#include "tou-practice-cards.h"
#include "tou-practice-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define READER_1 "Touroku Practice Reader 1"
#define CARD "sakuragawa"

static char *template_folder;

typedef struct {
    const char *path;
    void (*run) (Job *job);
    const char *faults[3];
    const char *card; /* (nullable): in the reader instead of the good one */
    const char *card_fault;
} Case;

static void
run_program (const char *const *argv)
{
    g_autoptr (GError) error = NULL;
    int status;

    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
    g_assert_no_error (error);
    g_assert_cmpint (status, ==, 0);
}

static void
remove_folder (const char *folder)
{
    const char *const argv[] = { "rm", "-rf", folder, NULL };

    g_assert_true (g_str_has_prefix (folder, g_get_tmp_dir ()));
    run_program (argv);
}

static void
prepare_cards (const char *folder, const Case *wanted)
{
    g_autofree char *practice = g_build_filename (folder, "practice", NULL);
    g_autoptr (GError) error = NULL;

    if (wanted->card != NULL)
        g_assert_true (tou_practice_cards_insert (practice, wanted->card, READER_1, &error));
    if (wanted->card_fault != NULL)
        g_assert_true (tou_practice_cards_set_fault (practice, CARD, wanted->card_fault, &error));
    g_assert_no_error (error);
}

static void
run_case (gconstpointer data)
{
    const Case *wanted = data;
    g_autofree char *parent = g_dir_make_tmp ("touroku-codes-XXXXXX", NULL);
    g_autofree char *folder = g_build_filename (parent, "job", NULL);
    const char *const copy[] = { "cp", "-a", template_folder, folder, NULL };
    Job job;

    run_program (copy);
    prepare_cards (folder, wanted);
    job_init_with_faults (&job, folder, wanted->faults);
    wanted->run (&job);
    job_clear (&job);
    remove_folder (parent);
}

/* @error: (transfer full) */
static void
assert_code (GError *error, const char *code, const char *name)
{
    const TouErrorEntry *entry;

    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
    entry = tou_error_catalogue_lookup (error);
    g_assert_cmpstr (entry->code, ==, code);
    g_assert_cmpstr (entry->name, ==, name);
    g_error_free (error);
}

static GError *
try_unlock (Job *job, const char *pin)
{
    GError *error = NULL;

    job_connect (job);
    job_sign_in (job);
    g_assert_false (job_unlock (job, pin, &error));
    return error;
}

static void
go_to_confirmation (Job *job)
{
    g_autoptr (GError) error = NULL;

    job_connect (job);
    job_sign_in (job);
    g_assert_true (job_unlock (job, TOU_PRACTICE_PIN, &error));
    g_assert_no_error (error);
    job_fill (job);
}

static GError *
try_submit (Job *job)
{
    GError *error = NULL;

    go_to_confirmation (job);
    g_assert_null (job_submit (job, &error));
    return error;
}

static GError *
try_list (Job *job)
{
    GError *error = NULL;
    g_autoptr (GPtrArray) applications = job_list_applications (job, &error);

    g_assert_null (applications);
    return error;
}

/* Around the flows */

static TouPracticeCa *
load_authority (Job *job)
{
    g_autofree char *path = g_build_filename (job->folder, "practice", TOU_PRACTICE_FILE_CA, NULL);
    g_autoptr (GError) error = NULL;
    TouPracticeCa *ca = tou_practice_ca_load (path, &error);

    g_assert_no_error (error);
    return ca;
}

static GError *
hand_in (Job *job, const char *submission_id, GBytes *cms)
{
    GError *error = NULL;
    g_autoptr (TouReceipt) receipt = job_hand_in (job, submission_id, cms, &error);

    g_assert_null (receipt);
    return error;
}

/* A good request by a software card of @ca. */
static TouRequest *
make_request (Job *job, SoftwareCard *card)
{
    g_autofree char *nonce = job_get_nonce (job);

    TouRequest *request = software_card_make_request (card, TOU_OPERATION_REGISTRATION, nonce,
                                                      g_get_real_time ());

    tou_set_text (&request->audience, tou_service_profile_get_audience (job->profile));
    return request;
}

static GError *
hand_in_by_card (Job *job)
{
    g_autoptr (TouPracticeCa) ca = load_authority (job);
    g_autoptr (SoftwareCard) model = software_card_issue_good (ca, g_get_real_time ());
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (GBytes) content = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (GError) error = NULL;
    const TouCardCertificate *certificate;

    job_connect (job);
    job_sign_in (job);
    inventory = job_list_cards (job->cards, &error);
    certificates = job_unlock_token (job, inventory->tokens->pdata[0], &error);
    g_assert_no_error (error);
    certificate = certificates->pdata[0];
    request = make_request (job, model);
    tou_set_text (&request->certificate_sha256, certificate->sha256);
    content = tou_registration_service_compose (job->service, request);
    cms = job_sign (job, content, certificate->sha256);
    return hand_in (job, request->submission_id, cms);
}

/* The card's side */

static void
test_00005 (Job *job)
{
    g_autoptr (GAsyncResult) result = NULL;
    GError *error = NULL;

    g_subprocess_force_exit (job->service_process);
    g_assert_true (g_subprocess_wait (job->service_process, NULL, NULL));
    g_clear_object (&job->service_process);
    tou_session_flow_connect_async (job->session, NULL, async_wait_store, &result);
    async_wait (&result);
    g_assert_false (tou_session_flow_connect_finish (job->session, result, &error));
    assert_code (error, "00005", "unreachable");
}

static void
test_01001 (Job *job)
{
    assert_code (try_submit (job), "01001", "algorithm-refused");
}

static void
test_01002 (Job *job)
{
    assert_code (try_submit (job), "01002", "algorithm-missing");
}

static void
test_01003 (Job *job)
{
    assert_code (try_submit (job), "01003", "card-no-key");
}

static void
test_01004 (Job *job)
{
    assert_code (try_submit (job), "01004", "key-unsuitable");
}

static void
test_01006 (Job *job)
{
    assert_code (try_unlock (job, TOU_PRACTICE_PIN), "01006", "certificate-expired");
}

static void
test_01007 (Job *job)
{
    assert_code (try_unlock (job, TOU_PRACTICE_PIN), "01007", "certificate-not-yet-valid");
}

static void
test_03001 (Job *job)
{
    assert_code (try_unlock (job, TOU_PRACTICE_PIN), "03001", "card-device");
}

static void
test_03002_pin (Job *job)
{
    assert_code (try_unlock (job, "654321"), "03002", "pin-wrong");
}

static void
test_03002_locked (Job *job)
{
    g_autofree char *practice = g_build_filename (job->folder, "practice", NULL);

    for (guint i = 0; i < TOU_PRACTICE_CARD_PIN_TRIES; i++)
        g_assert_true (tou_practice_cards_note_wrong_pin (practice, CARD, NULL, NULL));
    assert_code (try_unlock (job, TOU_PRACTICE_PIN), "03002", "pin-locked");
}

/* The list was made with one card, and the PIN comes when there is another in its place. */
static void
test_03002_other_card (Job *job)
{
    g_autofree char *practice = g_build_filename (job->folder, "practice", NULL);
    g_autoptr (GError) list_error = NULL;
    g_autoptr (TouCardInventory) inventory = job_list_cards (job->cards, &list_error);
    g_autoptr (GPtrArray) certificates = NULL;
    GError *error = NULL;

    g_assert_no_error (list_error);
    g_assert_true (tou_practice_cards_insert (practice, "sakuragawa-new", READER_1, NULL));
    certificates = job_unlock_token (job, inventory->tokens->pdata[0], &error);
    g_assert_null (certificates);
    assert_code (error, "03002", "other-card");
}

static void
test_10002 (Job *job)
{
    g_autofree char *agent = tou_paths_get_part (TOU_PART_CARD_AGENT);
    const char *const environment[] = { NULL };
    g_autoptr (TouCardAccess) cards = TOU_CARD_ACCESS (
        tou_card_agent_client_new (agent, "/nonexistent/module.so", environment, job->proofs));
    g_autoptr (TouCardInventory) inventory = NULL;
    GError *error = NULL;

    inventory = job_list_cards (cards, &error);
    g_assert_null (inventory);
    tou_card_access_release (cards);
    assert_code (error, "10002", "module-missing");
}

static void
test_10025 (Job *job)
{
    assert_code (try_unlock (job, ""), "10025", "pin-empty");
}

static void
test_19999 (Job *job)
{
    assert_code (try_submit (job), "19999", "card-bad-signature");
}

/* The service's side */

static void
list_after_sign_in (Job *job, const char *code, const char *name, const char *raw)
{
    GError *error;

    job_connect (job);
    job_sign_in (job);
    error = try_list (job);
    if (raw != NULL)
        g_assert_nonnull (strstr (tou_service_error_get_detail (error), raw));
    assert_code (error, code, name);
}

static void
test_10048 (Job *job)
{
    list_after_sign_in (job, "10048", "bad-answer", "<!DOCTYPE html>");
}

static void
test_10048_missing (Job *job)
{
    list_after_sign_in (job, "10048", "bad-answer", "{}");
}

/* The first answer is lost on the way; what is asked for is known to the service by its id. */
static void
test_20001 (Job *job)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = NULL;

    go_to_confirmation (job);
    g_assert_null (job_submit (job, &error));
    g_assert_error (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST);
    g_clear_error (&error);
    receipt = job_submit (job, &error);
    g_assert_no_error (error);
    g_assert_true (receipt->was_repeat);
    g_assert_cmpstr (tou_error_catalogue_lookup_code ("20001")->name, ==, "resent");
}

static void
test_30001 (Job *job)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (TouRegistration) registration = NULL;
    GError *error = NULL;

    job_connect (job);
    job_sign_in (job);
    tou_registration_service_get_registration_async (job->service, NULL, async_wait_store, &result);
    async_wait (&result);
    registration = tou_registration_service_get_registration_finish (job->service, result, &error);
    g_assert_null (registration);
    assert_code (error, "30001", "nothing-registered");
}

static void
test_30002 (Job *job)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text ("Practice-99");
    g_autoptr (GAsyncResult) result = NULL;
    GError *error = NULL;

    job_connect (job);
    tou_session_flow_sign_in_async (job->session, TOU_PRACTICE_USER_ID, password, NULL, async_wait_store,
                                    &result);
    async_wait (&result);
    g_assert_false (tou_session_flow_sign_in_finish (job->session, result, &error));
    assert_code (error, "30002", "user-unknown");
}

static void
test_30003 (Job *job)
{
    list_after_sign_in (job, "30003", "session-expired", NULL);
}

/* Said by the client without asking; what the service says is in test-practice-session (sign-out). */
static void
test_30004 (Job *job)
{
    job_connect (job);
    assert_code (try_list (job), "30004", "not-signed-in");
}

static void
test_30005 (Job *job)
{
    assert_code (try_submit (job), "30005", "other-company");
}

static void
test_30006 (Job *job)
{
    assert_code (hand_in_by_card (job), "30006", "service-card-revoked");
}

static void
test_30007 (Job *job)
{
    assert_code (hand_in_by_card (job), "30007", "service-card-expired");
}

static void
test_30008 (Job *job)
{
    assert_code (hand_in_by_card (job), "30008", "service-card-not-yet-valid");
}

static void
test_40001 (Job *job)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) other = tou_practice_ca_new (&error);
    g_autoptr (SoftwareCard) card = software_card_issue_good (other, g_get_real_time ());
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (GBytes) content = NULL;
    g_autoptr (GBytes) cms = NULL;

    job_connect (job);
    job_sign_in (job);
    request = make_request (job, card);
    content = tou_registration_service_compose (job->service, request);
    cms = software_card_sign (card, content);
    assert_code (hand_in (job, request->submission_id, cms), "40001", "untrusted-issuer");
}

static void
test_40002 (Job *job)
{
    list_after_sign_in (job, "40002", "service-login-exception", NULL);
}

/* As a client without field rules would hand it in. */
static GError *
hand_in_changed (Job *job, void (*change) (TouRequest *request))
{
    g_autoptr (TouPracticeCa) ca = load_authority (job);
    g_autoptr (SoftwareCard) card = software_card_issue_good (ca, g_get_real_time ());
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (GBytes) content = NULL;
    g_autoptr (GBytes) cms = NULL;

    job_connect (job);
    job_sign_in (job);
    request = make_request (job, card);
    change (request);
    content = tou_registration_service_compose (job->service, request);
    cms = software_card_sign (card, content);
    return hand_in (job, request->submission_id, cms);
}

static void
spoil_postal_code (TouRequest *request)
{
    tou_set_text (&request->contact->postal_code, "980-08");
}

static void
be_late (TouRequest *request)
{
    request->time_us -= G_TIME_SPAN_HOUR;
}

static void
test_40003 (Job *job)
{
    assert_code (hand_in_changed (job, spoil_postal_code), "40003", "field-refused");
}

static void
test_40004 (Job *job)
{
    assert_code (hand_in_changed (job, be_late), "40004", "time-off");
}

static void
test_49999_range (Job *job)
{
    list_after_sign_in (job, "49999", "unknown-service-code", "45678");
}

static void
test_49999_code (Job *job)
{
    list_after_sign_in (job, "49999", "unknown-code", "39999");
}

/* No error, and no empty line either. */
static void
test_unknown_state (Job *job)
{
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (TouReceipt) receipt = NULL;
    g_autoptr (GError) error = NULL;
    const TouApplication *application;

    go_to_confirmation (job);
    receipt = job_submit (job, &error);
    g_assert_no_error (error);
    applications = job_list_applications (job, &error);
    g_assert_no_error (error);
    application = applications->pdata[0];
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_UNKNOWN);
    g_assert_cmpstr (tou_review_state_get_label (application->state), ==, "Unknown");
}

/* clang-format off */
static const Case cases[] = {
    { "00005", test_00005 },
    { "01001", test_01001, .card_fault = "algorithm" },
    { "01002", test_01002, .card_fault = "no-algorithm" },
    { "01003", test_01003, .card_fault = "no-key" },
    { "01004", test_01004, .card_fault = "key-size" },
    { "01006", test_01006, .card = "sakuragawa-expired" },
    { "01007", test_01007, .card = "sakuragawa-future" },
    { "03001", test_03001, .card_fault = "device" },
    { "03002/wrong-pin", test_03002_pin },
    { "03002/locked", test_03002_locked },
    { "03002/other-card", test_03002_other_card },
    { "10002", test_10002 },
    { "10025", test_10025 },
    { "10048/no-json", test_10048, { "not-json@/v1/applications" } },
    { "10048/missing-fields", test_10048_missing, { "missing-fields@/v1/applications" } },
    { "19999", test_19999, .card_fault = "wrong-signature" },
    { "20001", test_20001, { "drop-answer@/v1/applications" } },
    { "30001", test_30001 },
    { "30002", test_30002 },
    { "30003", test_30003, { "session-expired@/v1/applications" } },
    { "30004", test_30004 },
    { "30005", test_30005, .card = "tsubakihara" },
    { "30006", test_30006, .card = "sakuragawa-revoked" },
    { "30007", test_30007, .card = "sakuragawa-expired" },
    { "30008", test_30008, .card = "sakuragawa-future" },
    { "40001", test_40001 },
    { "40002", test_40002, { "status-500@/v1/applications" } },
    { "40003", test_40003 },
    { "40004", test_40004 },
    { "49999/range", test_49999_range, { "unknown-code=45678@/v1/applications" } },
    { "49999/code", test_49999_code, { "unknown-code=39999@/v1/applications" } },
    { "unknown-state", test_unknown_state, { "unknown-state@/v1/applications*2" } },
};
/* clang-format on */

int
main (int argc, char **argv)
{
    Job first;
    int status;

    g_test_init (&argc, &argv, NULL);
    job_init (&first, NULL);
    template_folder = g_strdup (first.folder);
    job_clear (&first);
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
        g_autofree char *path = g_strconcat ("/error-codes/", cases[i].path, NULL);

        g_test_add_data_func (path, &cases[i], run_case);
    }
    status = g_test_run ();
    remove_folder (template_folder);
    g_free (template_folder);
    return status;
}
