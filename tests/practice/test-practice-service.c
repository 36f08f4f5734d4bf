/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "practice-fixture.h"
#include "software-card.h"
#include "tou-openssl-proof-checker.h"
#include "tou-practice-database.h"
#include "tou-practice-folder.h"
#include "tou-practice-pem.h"
#include "tou-practice-service.h"
#include "tou-practice-submissions.h"
#include "tou-softhsm.h"
#include "tou-wire-answer.h"
#include "tou-wire-problem.h"
#include "tou-wire-request.h"

#include <string.h>

#define SECOND_US G_GINT64_CONSTANT (1000000)
#define DAY_US (G_GINT64_CONSTANT (86400) * SECOND_US)
#define SIGNED_TYPE "application/pkcs7-mime; smime-type=signed-data"

typedef struct {
    char *place;
    char *folder;
    TouClock *clock;
    TouPracticeCa *ca;
    TouPracticeService *service;
    char *authorization;
} Fixture;

static TouPracticeAnswer *
ask (Fixture *fixture, const char *method, const char *path)
{
    g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
    const TouPracticeCall call
        = { .method = method, .path = path, .authorization = fixture->authorization, .body = body };

    return tou_practice_service_answer (fixture->service, &call);
}

static TouPracticeAnswer *
try_sign_in (Fixture *fixture, const char *user_id, const char *password)
{
    g_autoptr (TouSecret) secret = tou_secret_new_from_text (password);
    g_autoptr (TouSecret) json = tou_wire_write_sign_in (user_id, secret, TOU_CATEGORY_CONSTRUCTION, NULL);
    g_autoptr (GBytes) body = g_bytes_new (tou_secret_get_data (json), tou_secret_get_size (json));
    const TouPracticeCall call = { .method = "POST",
                                   .path = "/v1/sessions",
                                   .content_type = "application/json; charset=utf-8",
                                   .body = body };

    return tou_practice_service_answer (fixture->service, &call);
}

static void
sign_in (Fixture *fixture)
{
    g_autoptr (TouPracticeAnswer) answer = try_sign_in (fixture, "bidder01", "Practice-01");
    g_autoptr (TouSession) session = NULL;
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (answer->status, ==, 201);
    session = tou_wire_read_session (answer->body, &token, &error);
    g_assert_no_error (error);
    g_free (fixture->authorization);
    fixture->authorization = g_strconcat ("Bearer ", tou_secret_get_data (token), NULL);
}

static void
open_service (Fixture *fixture)
{
    g_autoptr (GError) error = NULL;

    fixture->service = tou_practice_service_new (fixture->folder, fixture->clock, &error);
    g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
    g_autofree char *ca_path = NULL;
    g_autoptr (GError) error = NULL;

    fixture->place = practice_fixture_make_place ();
    fixture->folder = practice_fixture_copy_master (fixture->place);
    ca_path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_CA);
    fixture->ca = tou_practice_ca_load (ca_path, &error);
    g_assert_no_error (error);
    fixture->clock = tou_clock_new ();
    open_service (fixture);
    sign_in (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    tou_practice_service_free (fixture->service);
    tou_practice_ca_free (fixture->ca);
    g_assert_finalize_object (fixture->clock);
    g_free (fixture->authorization);
    practice_fixture_remove (fixture->place);
    g_free (fixture->folder);
    g_free (fixture->place);
}

static gint64
now (Fixture *fixture)
{
    return tou_clock_now_us (fixture->clock);
}

static char *
get_nonce (Fixture *fixture)
{
    g_autoptr (TouPracticeAnswer) answer = ask (fixture, "HEAD", "/v1/nonce");

    g_assert_cmpuint (answer->status, ==, 204);
    return g_strdup (tou_practice_answer_get_header (answer, "Replay-Nonce"));
}

static TouPracticeAnswer *
submit_to (Fixture *fixture, const char *method, const char *path, const char *submission_id, GBytes *cms)
{
    const TouPracticeCall call = {
        .method = method,
        .path = path,
        .authorization = fixture->authorization,
        .content_type = SIGNED_TYPE,
        .idempotency_key = submission_id,
        .body = cms,
    };

    return tou_practice_service_answer (fixture->service, &call);
}

static TouPracticeAnswer *
submit (Fixture *fixture, const TouRequest *request, GBytes *cms)
{
    if (request->operation == TOU_OPERATION_CONTACT_CHANGE)
        return submit_to (fixture, "PUT", "/v1/registration/contact", request->submission_id, cms);
    return submit_to (fixture, "POST", "/v1/applications", request->submission_id, cms);
}

/* @code: as docs/signed-request.md has it, written out here so that a changed table is seen. */
static void
assert_problem (const TouPracticeAnswer *answer, const char *name, guint status, const char *code)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouWireProblem) problem = NULL;

    g_assert_cmpstr (answer->content_type, ==, "application/problem+json");
    problem = tou_wire_read_problem (answer->body, &error);
    g_assert_no_error (error);
    if (!tou_wire_problem_is (problem, name))
        g_test_message ("%s: %s", problem->type_uri, problem->detail);
    g_assert_true (tou_wire_problem_is (problem, name));
    g_assert_cmpuint (answer->status, ==, status);
    g_assert_cmpuint (problem->status, ==, status);
    g_assert_cmpstr (problem->code, ==, code);
}

static TouReceipt *
read_receipt (const TouPracticeAnswer *answer)
{
    g_autoptr (GError) error = NULL;
    TouReceipt *receipt;

    g_assert_cmpstr (answer->content_type, ==, "application/json");
    receipt = tou_wire_read_accepted (answer->body, &error);
    g_assert_no_error (error);
    return receipt;
}

static TouRequest *
make_request (Fixture *fixture, SoftwareCard *card, TouOperation operation)
{
    g_autofree char *nonce = get_nonce (fixture);

    return software_card_make_request (card, operation, nonce, now (fixture));
}

/* Registers @card: applies and approves. */
static void
register_card (Fixture *fixture, SoftwareCard *card)
{
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (answer->status, ==, 201);
    g_assert_true (
        tou_practice_service_review (fixture->service, request->submission_id, TRUE, NULL, &error));
    g_assert_no_error (error);
}

static GPtrArray *
list_applications (Fixture *fixture)
{
    g_autoptr (TouPracticeAnswer) answer = ask (fixture, "GET", "/v1/applications");
    g_autoptr (GError) error = NULL;
    GPtrArray *applications = tou_wire_read_applications (answer->body, &error);

    g_assert_no_error (error);
    return applications;
}

static void
test_accepts (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);
    g_autoptr (TouReceipt) receipt = read_receipt (answer);
    g_autoptr (GPtrArray) applications = list_applications (fixture);
    const TouApplication *application = g_ptr_array_index (applications, 0);

    g_assert_cmpuint (answer->status, ==, 201);
    g_assert_nonnull (tou_practice_answer_get_header (answer, "Replay-Nonce"));
    g_assert_nonnull (tou_practice_answer_get_header (answer, "Session-Expires"));
    g_assert_cmpstr (receipt->submission_id, ==, request->submission_id);
    g_assert_cmpuint (applications->len, ==, 1);
    g_assert_cmpstr (application->reception_number, ==, receipt->reception_number);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_RECEIVED);
}

/* The client's own check is the judge of the receipt, by what the profile names. */
static void
test_receipt_checks (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouProofChecker) checker = TOU_PROOF_CHECKER (
        tou_openssl_proof_checker_new (tou_wire_read_receipt, tou_wire_read_signed));
    g_autofree char *anchors = tou_practice_folder_dup_file (fixture->folder,
                                                             TOU_PRACTICE_FILE_RECEIPT_CERTIFICATE);
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);
    g_autoptr (TouReceipt) receipt = read_receipt (answer);
    g_autoptr (TouReceipt) said = NULL;
    g_autoptr (GError) error = NULL;

    said = tou_proof_checker_check_receipt (checker, receipt->cms, cms, anchors, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (said->reception_number, ==, receipt->reception_number);
    g_assert_cmpint (said->accepted_at_us, ==, receipt->accepted_at_us);
}

static GBytes *
load_stored_request (Fixture *fixture, const char *submission_id)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_DATABASE);
    g_autoptr (TouPracticeSubmission) submission = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (sqlite3) db = tou_practice_database_open (path, &error);

    g_assert_no_error (error);
    g_assert_true (tou_practice_submissions_find (db, submission_id, &submission, &error));
    return g_bytes_ref (submission->cms);
}

/* What is stored is what came, and what a person can check with openssl alone. */
static void
test_openssl_verifies (Fixture *fixture, gconstpointer data)
{
    g_autofree char *authority = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_AUTHORITY);
    g_autofree char *file = g_build_filename (fixture->place, "request.p7m", NULL);
    g_autofree char *program = g_find_program_in_path ("openssl");
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);
    g_autoptr (GBytes) stored = load_stored_request (fixture, request->submission_id);
    const char *const argv[] = { program, "cms",  "-verify",   "-cades",  "-binary", "-inform",
                                 "DER",   "-in",  file,        "-CAfile", authority, "-purpose",
                                 "any",   "-out", "/dev/null", NULL };
    int status;

    g_assert_cmpuint (answer->status, ==, 201);
    g_assert_true (g_bytes_equal (stored, cms));
    if (program == NULL) {
        g_test_skip ("no openssl program");
        return;
    }
    g_assert_true (g_file_set_contents (file, g_bytes_get_data (stored, NULL),
                                        (gssize) g_bytes_get_size (stored), NULL));
    g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                                 NULL, &status, NULL));
    g_assert_cmpint (status, ==, 0);
}

static void
assert_same_receipt (const TouReceipt *a, const TouReceipt *b)
{
    g_assert_cmpstr (a->reception_number, ==, b->reception_number);
    g_assert_cmpint (a->accepted_at_us, ==, b->accepted_at_us);
    g_assert_true (g_bytes_equal (a->cms, b->cms));
}

/* A repeated id never applies twice, also after the service was started anew and in another session. */
static void
test_repeats (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) first = submit (fixture, request, cms);
    g_autoptr (TouReceipt) receipt = read_receipt (first);
    g_autoptr (GPtrArray) applications = NULL;

    for (guint i = 0; i < 2; i++) {
        g_autoptr (TouPracticeAnswer) again = submit (fixture, request, cms);
        g_autoptr (TouReceipt) repeated = read_receipt (again);

        g_assert_cmpuint (again->status, ==, 200);
        g_assert_cmpstr (tou_practice_answer_get_header (again, "Idempotent-Replayed"), ==, "true");
        assert_same_receipt (repeated, receipt);
        tou_practice_service_free (fixture->service);
        open_service (fixture);
        sign_in (fixture);
    }
    applications = list_applications (fixture);
    g_assert_cmpuint (applications->len, ==, 1);
}

static void
test_refuses_other_bytes (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) first = submit (fixture, request, cms);
    g_autoptr (GBytes) other = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;

    tou_set_text (&request->contact->person, "椿原 花子");
    other = software_card_sign_request (card, request);
    answer = submit (fixture, request, other);
    assert_problem (answer, "submission-conflict", 409, "40003");
}

static void
test_finds_a_lost_submission (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autofree char *path = g_strconcat ("/v1/submissions/", request->submission_id, NULL);
    g_autoptr (TouPracticeAnswer) before = ask (fixture, "GET", path);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);
    g_autoptr (TouPracticeAnswer) after = ask (fixture, "GET", path);
    g_autoptr (TouReceipt) receipt = read_receipt (answer);
    g_autoptr (TouReceipt) found = read_receipt (after);

    assert_problem (before, "no-such-submission", 404, "40003");
    g_assert_cmpuint (after->status, ==, 200);
    assert_same_receipt (found, receipt);
}

/* What each case changes: the card, then the request. Both may be left as they are. */
typedef struct {
    const char *name;
    void (*change_card) (TouPracticeCardFacts *facts, gint64 now_us);
    void (*change_request) (TouRequest *request);
    const char *problem;
    guint status;
    const char *code;
    const char *field;
} Refusal;

static void
expire_card (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->not_before_us = now_us - 300 * DAY_US;
    facts->not_after_us = now_us - DAY_US;
}

static void
postpone_card (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->not_before_us = now_us + DAY_US;
}

static void
make_card_useless (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->key_use = TOU_PRACTICE_KEY_USE_ENCRYPTION;
}

static void
give_card_away (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->company = "椿原商事株式会社";
}

static void
space_company (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->company = "桜川建設 株式会社";
}

static void
change_audience (TouRequest *request)
{
    tou_set_text (&request->audience, "https://elsewhere.example/");
}

static void
change_category (TouRequest *request)
{
    request->category = TOU_CATEGORY_GOODS;
}

static void
change_hash (TouRequest *request)
{
    request->certificate_sha256[0] = request->certificate_sha256[0] == '0' ? '1' : '0';
}

static void
be_early (TouRequest *request)
{
    request->time_us += 601 * SECOND_US;
}

static void
be_late (TouRequest *request)
{
    request->time_us -= 602 * SECOND_US;
}

static void
be_a_little_late (TouRequest *request)
{
    request->time_us -= 590 * SECOND_US;
}

static void
invent_nonce (TouRequest *request)
{
    tou_set_text (&request->nonce, "0123456789abcdef");
}

static void
spoil_postal_code (TouRequest *request)
{
    tou_set_text (&request->contact->postal_code, "980-081");
}

static void
drop_person (TouRequest *request)
{
    tou_set_text (&request->contact->person, NULL);
}

static void
use_foreign_character (TouRequest *request)
{
    tou_set_text (&request->contact->address, "宮城県😀");
}

static void
spoil_audience_and_nonce (TouRequest *request)
{
    change_audience (request);
    invent_nonce (request);
}

static const Refusal refusals[] = {
    { "expired", expire_card, NULL, "certificate-expired", 403, "30007" },
    { "future", postpone_card, NULL, "certificate-not-yet-valid", 403, "30008" },
    { "key-usage", make_card_useless, NULL, "key-usage", 403, "40001" },
    { "other-company", give_card_away, NULL, "other-company", 403, "30005" },
    { "audience", NULL, change_audience, "audience", 400, "40003" },
    { "category", NULL, change_category, "category", 400, "40003" },
    { "hash", NULL, change_hash, "bad-content", 400, "40003" },
    { "early", NULL, be_early, "time", 400, "40004" },
    { "late", NULL, be_late, "time", 400, "40004" },
    { "nonce", NULL, invent_nonce, "bad-nonce", 400, "40004" },
    { "postal-code", NULL, spoil_postal_code, "bad-field", 422, "40003", "contact.postal_code" },
    { "person", NULL, drop_person, "bad-field", 422, "40003", "contact.person" },
    { "character", NULL, use_foreign_character, "bad-field", 422, "40003", "contact.address" },
    /* Where two things are wrong, the first in the contract's order is said. */
    { "order-card-first", expire_card, change_audience, "certificate-expired", 403, "30007" },
    { "order-audience-first", NULL, spoil_audience_and_nonce, "audience", 400, "40003" },
    { "order-nonce-first", give_card_away, invent_nonce, "bad-nonce", 400, "40004" },
    { "accepted-spaces", space_company, NULL, NULL, 201 },
    { "accepted-late", NULL, be_a_little_late, NULL, 201 },
};

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
    const Refusal *refusal = data;
    TouPracticeCardFacts facts = software_card_get_facts (now (fixture));
    g_autoptr (SoftwareCard) card = NULL;
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;
    g_autoptr (TouWireProblem) problem = NULL;

    if (refusal->change_card != NULL)
        refusal->change_card (&facts, now (fixture));
    card = software_card_issue (fixture->ca, &facts, NULL);
    request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    if (refusal->change_request != NULL)
        refusal->change_request (request);
    cms = software_card_sign_request (card, request);
    answer = submit (fixture, request, cms);
    g_assert_nonnull (tou_practice_answer_get_header (answer, "Replay-Nonce"));
    if (refusal->problem == NULL) {
        g_assert_cmpuint (answer->status, ==, refusal->status);
        return;
    }
    assert_problem (answer, refusal->problem, refusal->status, refusal->code);
    problem = tou_wire_read_problem (answer->body, NULL);
    g_assert_cmpstr (problem->field, ==, refusal->field);
}

static void
test_refuses_a_used_nonce (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouPracticeAnswer) refused = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;

    /* A request that is refused after the nonce was looked at has used it up. */
    spoil_postal_code (request);
    cms = software_card_sign_request (card, request);
    refused = submit (fixture, request, cms);
    assert_problem (refused, "bad-field", 422, "40003");
    tou_set_text (&request->contact->postal_code, "9800811");
    g_clear_pointer (&cms, g_bytes_unref);
    cms = software_card_sign_request (card, request);
    answer = submit (fixture, request, cms);
    assert_problem (answer, "bad-nonce", 400, "40004");
}

static void
test_refuses_another_authority (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) other = tou_practice_ca_new (&error);
    g_autoptr (SoftwareCard) card = software_card_issue_good (other, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);

    assert_problem (answer, "untrusted-issuer", 403, "40001");
}

static void
revoke_certificate (Fixture *fixture, const X509 *certificate)
{
    g_autofree char *path = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_CRL);
    g_autoptr (BIGNUM) serial = ASN1_INTEGER_to_BN (X509_get0_serialNumber (certificate), NULL);
    char *hex = BN_bn2hex (serial);
    const char *const serials[] = { hex, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (X509_CRL) crl = tou_practice_ca_issue_crl (fixture->ca, serials, now (fixture) - DAY_US,
                                                          now (fixture) + DAY_US, &error);

    g_assert_no_error (error);
    g_assert_true (tou_practice_pem_save_crl (crl, path, &error));
    OPENSSL_free (hex);
    tou_practice_service_free (fixture->service);
    open_service (fixture);
}

static void
test_refuses_a_revoked_card (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = NULL;

    revoke_certificate (fixture, card->certificate);
    answer = submit (fixture, request, cms);
    assert_problem (answer, "certificate-revoked", 403, "30006");
}

static void
test_refuses_an_algorithm (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_p256 (&error);
    const TouPracticeCardFacts facts = software_card_get_facts (now (fixture));
    g_autoptr (SoftwareCard) card = software_card_issue (fixture->ca, &facts, key);
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);

    assert_problem (answer, "algorithm", 400, "40003");
}

/* The signature is the last of an envelope without unsigned attributes. */
static GBytes *
spoil_last_byte (GBytes *cms)
{
    gsize size;
    guint8 *bytes = g_memdup2 (g_bytes_get_data (cms, &size), g_bytes_get_size (cms));

    bytes[size - 1] ^= 1;
    return g_bytes_new_take (bytes, size);
}

static void
test_refuses_a_wrong_signature (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (GBytes) spoilt = spoil_last_byte (cms);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, spoilt);

    assert_problem (answer, "bad-signature", 400, "40003");
}

static void
test_refuses_what_is_no_request (Fixture *fixture, gconstpointer data)
{
    const char id[] = "0b54ad5e-4f27-4d7a-9e52-0c5a3f6f2a11";
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);
    g_autoptr (GBytes) signed_text = software_card_sign (card, text);
    g_autoptr (TouPracticeAnswer) plain = submit_to (fixture, "POST", "/v1/applications", id, text);
    g_autoptr (TouPracticeAnswer) empty = submit_to (fixture, "POST", "/v1/applications", id, signed_text);
    g_autoptr (TouPracticeAnswer) no_id = submit_to (fixture, "POST", "/v1/applications", NULL, signed_text);
    g_autoptr (TouPracticeAnswer) bad_id = submit_to (fixture, "POST", "/v1/applications", "A-B",
                                                      signed_text);

    assert_problem (plain, "bad-envelope", 400, "40003");
    assert_problem (empty, "bad-content", 400, "40003");
    assert_problem (no_id, "bad-request", 400, "40003");
    assert_problem (bad_id, "bad-request", 400, "40003");
}

static void
test_refuses_another_id_or_call (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) id = submit_to (fixture, "POST", "/v1/applications",
                                                  "0b54ad5e-4f27-4d7a-9e52-0c5a3f6f2a11", cms);
    g_autoptr (TouPracticeAnswer) call = submit_to (fixture, "PUT", "/v1/registration/contact",
                                                    request->submission_id, cms);

    assert_problem (id, "bad-content", 400, "40003");
    assert_problem (call, "bad-content", 400, "40003");
}

static void
test_refuses_too_much (Fixture *fixture, gconstpointer data)
{
    g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
    TouPracticeCall call = {
        .method = "POST",
        .path = "/v1/applications",
        .content_type = SIGNED_TYPE,
        .body = body,
        .body_is_too_large = TRUE,
    };
    g_autoptr (TouPracticeAnswer) without_session = tou_practice_service_answer (fixture->service, &call);
    g_autoptr (TouPracticeAnswer) answer = NULL;

    assert_problem (without_session, "not-signed-in", 401, "30004");
    call.authorization = fixture->authorization;
    answer = tou_practice_service_answer (fixture->service, &call);
    assert_problem (answer, "too-large", 413, "40003");
}

static void
test_signs_in_by_password (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeAnswer) wrong = try_sign_in (fixture, "bidder01", "Practice-02");
    g_autoptr (TouPracticeAnswer) unknown = try_sign_in (fixture, "bidder99", "Practice-01");
    g_autoptr (TouPracticeAnswer) other = try_sign_in (fixture, "bidder02", "Practice-02");
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (TouSession) session = NULL;

    assert_problem (wrong, "sign-in", 401, "30002");
    assert_problem (unknown, "sign-in", 401, "30002");
    g_assert_cmpuint (other->status, ==, 201);
    session = tou_wire_read_session (other->body, &token, NULL);
    g_assert_cmpstr (session->company->name, ==, "椿原商事株式会社");
    g_assert_false (session->has_registration);
}

static void
test_session_ends (Fixture *fixture, gconstpointer data)
{
    const gint64 start_us = now (fixture);
    g_autoptr (TouPracticeAnswer) inside = NULL;
    g_autoptr (TouPracticeAnswer) slid = NULL;
    g_autoptr (TouPracticeAnswer) after = NULL;

    tou_clock_set_service_time (fixture->clock, start_us + 590 * SECOND_US);
    inside = ask (fixture, "GET", "/v1/applications");
    g_assert_cmpuint (inside->status, ==, 200);
    tou_clock_set_service_time (fixture->clock, start_us + 1180 * SECOND_US);
    slid = ask (fixture, "GET", "/v1/applications");
    g_assert_cmpuint (slid->status, ==, 200);
    tou_clock_set_service_time (fixture->clock, start_us + 1790 * SECOND_US);
    after = ask (fixture, "GET", "/v1/applications");
    assert_problem (after, "session-expired", 401, "30003");
    g_assert_nonnull (tou_practice_answer_get_header (after, "WWW-Authenticate"));
}

static void
test_signs_out (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeAnswer) answer = ask (fixture, "DELETE", "/v1/sessions/current");
    g_autoptr (TouPracticeAnswer) after = ask (fixture, "GET", "/v1/applications");

    g_assert_cmpuint (answer->status, ==, 204);
    assert_problem (after, "not-signed-in", 401, "30004");
}

static TouRegistration *
load_registration (Fixture *fixture)
{
    g_autoptr (TouPracticeAnswer) answer = ask (fixture, "GET", "/v1/registration");
    g_autoptr (GError) error = NULL;
    TouRegistration *registration = tou_wire_read_registration (answer->body, &error);

    g_assert_no_error (error);
    return registration;
}

static void
test_registers_on_approval (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouPracticeAnswer) before = ask (fixture, "GET", "/v1/registration");
    g_autoptr (TouRegistration) registration = NULL;

    assert_problem (before, "not-registered-yet", 404, "30001");
    register_card (fixture, card);
    registration = load_registration (fixture);
    g_assert_cmpstr (registration->card_sha256, ==, card->sha256);
    g_assert_cmpstr (registration->contact->name, ==, "営業部");
    g_assert_cmpstr (registration->company->phone, ==, "022-000-1000");
}

static void
test_denies (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);
    g_autoptr (TouPracticeAnswer) registration = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    g_autoptr (GError) error = NULL;
    const TouApplication *application;

    g_assert_true (tou_practice_service_review (fixture->service, request->submission_id, FALSE,
                                                "連絡先住所が確認できません。", &error));
    applications = list_applications (fixture);
    application = g_ptr_array_index (applications, 0);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_DENIED);
    g_assert_cmpstr (application->reason, ==, "連絡先住所が確認できません。");
    registration = ask (fixture, "GET", "/v1/registration");
    assert_problem (registration, "not-registered-yet", 404, "30001");
    g_assert_false (
        tou_practice_service_review (fixture->service, request->submission_id, TRUE, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_changes_the_contact (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (SoftwareCard) other = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) early = make_request (fixture, card, TOU_OPERATION_CONTACT_CHANGE);
    g_autoptr (GBytes) early_cms = software_card_sign_request (card, early);
    g_autoptr (TouPracticeAnswer) unregistered = submit (fixture, early, early_cms);
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (GBytes) other_cms = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouPracticeAnswer) by_other = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;
    g_autoptr (TouRegistration) registration = NULL;
    g_autoptr (TouRequest) by_other_request = NULL;

    assert_problem (unregistered, "not-registered", 403, "30001");
    register_card (fixture, card);
    by_other_request = make_request (fixture, other, TOU_OPERATION_CONTACT_CHANGE);
    other_cms = software_card_sign_request (other, by_other_request);
    by_other = submit (fixture, by_other_request, other_cms);
    assert_problem (by_other, "not-registered", 403, "30001");
    request = make_request (fixture, card, TOU_OPERATION_CONTACT_CHANGE);
    tou_set_text (&request->contact->person, "桜川 二郎");
    cms = software_card_sign_request (card, request);
    answer = submit (fixture, request, cms);
    g_assert_cmpuint (answer->status, ==, 201);
    registration = load_registration (fixture);
    g_assert_cmpstr (registration->contact->person, ==, "桜川 二郎");
    g_assert_cmpstr (registration->company->phone, ==, "022-000-7777");
}

static void
test_knows_its_calls (Fixture *fixture, gconstpointer data)
{
    g_autoptr (TouPracticeAnswer) unknown = ask (fixture, "GET", "/v1/nothing");
    g_autoptr (TouPracticeAnswer) method = ask (fixture, "DELETE", "/v1/applications");
    g_autoptr (TouPracticeAnswer) bad_id = ask (fixture, "GET", "/v1/submissions/..%2f");
    g_autoptr (TouPracticeAnswer) info = ask (fixture, "GET", "/v1/service");
    g_autofree char *audience = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceInfo) said = tou_wire_read_service_info (info->body, &audience, &error);

    g_assert_no_error (error);
    assert_problem (unknown, "no-such-call", 404, "40003");
    assert_problem (method, "method-not-allowed", 405, "40003");
    g_assert_cmpstr (tou_practice_answer_get_header (method, "Allow"), ==, "GET, POST");
    assert_problem (bad_id, "bad-request", 400, "40003");
    g_assert_cmpstr (audience, ==, TOU_PRACTICE_AUDIENCE);
    g_assert_cmpuint (said->request_bytes, ==, TOU_PRACTICE_REQUEST_BYTES);
}

/* What another company handed in is none of this one's business. */
static void
test_keeps_companies_apart (Fixture *fixture, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (fixture->ca, now (fixture));
    g_autoptr (TouRequest) request = make_request (fixture, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = submit (fixture, request, cms);
    g_autofree char *path = g_strconcat ("/v1/submissions/", request->submission_id, NULL);
    g_autoptr (TouPracticeAnswer) other = try_sign_in (fixture, "bidder02", "Practice-02");
    g_autoptr (TouSecret) token = NULL;
    g_autoptr (TouSession) session = tou_wire_read_session (other->body, &token, NULL);
    g_autoptr (TouPracticeAnswer) found = NULL;
    g_autoptr (TouPracticeAnswer) again = NULL;

    g_free (fixture->authorization);
    fixture->authorization = g_strconcat ("Bearer ", tou_secret_get_data (token), NULL);
    found = ask (fixture, "GET", path);
    again = submit (fixture, request, cms);
    assert_problem (found, "no-such-submission", 404, "40003");
    assert_problem (again, "submission-conflict", 409, "40003");
}

#define ADD(name, test) g_test_add ("/practice/service/" name, Fixture, NULL, set_up, test, tear_down)

static void
add_refusals (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
        g_autofree char *path = g_strconcat ("/practice/service/checks/", refusals[i].name, NULL);

        g_test_add (path, Fixture, &refusals[i], set_up, test_refuses, tear_down);
    }
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    ADD ("accepts", test_accepts);
    ADD ("receipt", test_receipt_checks);
    ADD ("openssl", test_openssl_verifies);
    ADD ("repeats", test_repeats);
    ADD ("conflict", test_refuses_other_bytes);
    ADD ("lost", test_finds_a_lost_submission);
    add_refusals ();
    ADD ("used-nonce", test_refuses_a_used_nonce);
    ADD ("authority", test_refuses_another_authority);
    ADD ("revoked", test_refuses_a_revoked_card);
    ADD ("algorithm", test_refuses_an_algorithm);
    ADD ("signature", test_refuses_a_wrong_signature);
    ADD ("no-request", test_refuses_what_is_no_request);
    ADD ("other-id", test_refuses_another_id_or_call);
    ADD ("too-much", test_refuses_too_much);
    ADD ("sign-in", test_signs_in_by_password);
    ADD ("session", test_session_ends);
    ADD ("sign-out", test_signs_out);
    ADD ("approval", test_registers_on_approval);
    ADD ("denial", test_denies);
    ADD ("contact", test_changes_the_contact);
    ADD ("calls", test_knows_its_calls);
    ADD ("companies", test_keeps_companies_apart);
    return practice_fixture_end (g_test_run ());
}
