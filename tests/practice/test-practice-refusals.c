/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"
#include "tou-practice-pem.h"
#include "tou-wire-problem.h"

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
widen_postal_code (TouRequest *request)
{
    tou_set_text (&request->contact->postal_code, "９８０-０８１１");
}

static void
narrow_kana (TouRequest *request)
{
    tou_set_text (&request->contact->name, "ｴｲｷﾞｮｳ部");
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
    { "full-width-digits", NULL, widen_postal_code, "bad-field", 422, "40003", "contact.postal_code" },
    { "half-width-kana", NULL, narrow_kana, "bad-field", 422, "40003", "contact.name" },
    { "character", NULL, use_foreign_character, "bad-field", 422, "40003", "contact.address" },
    /* Where two things are wrong, the first in the contract's order is said. */
    { "order-card-first", expire_card, change_audience, "certificate-expired", 403, "30007" },
    { "order-audience-first", NULL, spoil_audience_and_nonce, "audience", 400, "40003" },
    { "order-nonce-first", give_card_away, invent_nonce, "bad-nonce", 400, "40004" },
    { "accepted-spaces", space_company, NULL, NULL, 201 },
    { "accepted-late", NULL, be_a_little_late, NULL, 201 },
};

static void
test_refuses (ServiceTest *test, gconstpointer data)
{
    const Refusal *refusal = data;
    TouPracticeCardFacts facts = software_card_get_facts (service_test_now (test));
    g_autoptr (SoftwareCard) card = NULL;
    g_autoptr (TouRequest) request = NULL;
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;
    g_autoptr (TouWireProblem) problem = NULL;

    if (refusal->change_card != NULL)
        refusal->change_card (&facts, service_test_now (test));
    card = software_card_issue (test->ca, &facts, NULL);
    request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    if (refusal->change_request != NULL)
        refusal->change_request (request);
    cms = software_card_sign_request (card, request);
    answer = service_test_submit (test, request, cms);
    g_assert_nonnull (tou_practice_answer_get_header (answer, "Replay-Nonce"));
    if (refusal->problem == NULL) {
        g_assert_cmpuint (answer->status, ==, refusal->status);
        return;
    }
    service_test_assert_problem (answer, refusal->problem, refusal->status, refusal->code);
    problem = tou_wire_read_problem (answer->body, NULL);
    g_assert_cmpstr (problem->field, ==, refusal->field);
}

static void
test_refuses_a_used_nonce (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouPracticeAnswer) refused = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;

    /* A request that is refused after the nonce was looked at has used it up. */
    spoil_postal_code (request);
    cms = software_card_sign_request (card, request);
    refused = service_test_submit (test, request, cms);
    service_test_assert_problem (refused, "bad-field", 422, "40003");
    tou_set_text (&request->contact->postal_code, "9800811");
    g_clear_pointer (&cms, g_bytes_unref);
    cms = software_card_sign_request (card, request);
    answer = service_test_submit (test, request, cms);
    service_test_assert_problem (answer, "bad-nonce", 400, "40004");
}

static void
test_refuses_another_authority (ServiceTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouPracticeCa) other = tou_practice_ca_new (&error);
    g_autoptr (SoftwareCard) card = software_card_issue_good (other, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);

    service_test_assert_problem (answer, "untrusted-issuer", 403, "40001");
}

static void
test_refuses_a_revoked_card (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = NULL;

    service_test_revoke (test, card->certificate);
    answer = service_test_submit (test, request, cms);
    service_test_assert_problem (answer, "certificate-revoked", 403, "30006");
}

static void
test_refuses_an_algorithm (ServiceTest *test, gconstpointer data)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_p256 (&error);
    const TouPracticeCardFacts facts = software_card_get_facts (service_test_now (test));
    g_autoptr (SoftwareCard) card = software_card_issue (test->ca, &facts, key);
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);

    service_test_assert_problem (answer, "algorithm", 400, "40003");
}

static void
test_refuses_a_wrong_signature (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (GBytes) spoilt = service_test_spoil_signature (cms);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, spoilt);

    service_test_assert_problem (answer, "bad-signature", 400, "40003");
}

static void
test_refuses_what_is_no_request (ServiceTest *test, gconstpointer data)
{
    const char id[] = "0b54ad5e-4f27-4d7a-9e52-0c5a3f6f2a11";
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);
    g_autoptr (GBytes) signed_text = software_card_sign (card, text);
    g_autoptr (TouPracticeAnswer) plain = service_test_submit_to (test, "POST", "/v1/applications", id, text);
    g_autoptr (TouPracticeAnswer) empty = service_test_submit_to (test, "POST", "/v1/applications", id,
                                                                  signed_text);
    g_autoptr (TouPracticeAnswer) no_id = service_test_submit_to (test, "POST", "/v1/applications", NULL,
                                                                  signed_text);
    g_autoptr (TouPracticeAnswer) bad_id = service_test_submit_to (test, "POST", "/v1/applications", "A-B",
                                                                   signed_text);

    service_test_assert_problem (plain, "bad-envelope", 400, "40003");
    service_test_assert_problem (empty, "bad-content", 400, "40003");
    service_test_assert_problem (no_id, "bad-request", 400, "40003");
    service_test_assert_problem (bad_id, "bad-request", 400, "40003");
}

static void
test_refuses_another_id_or_call (ServiceTest *test, gconstpointer data)
{
    g_autoptr (SoftwareCard) card = software_card_issue_good (test->ca, service_test_now (test));
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_REGISTRATION);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) id = service_test_submit_to (test, "POST", "/v1/applications",
                                                               "0b54ad5e-4f27-4d7a-9e52-0c5a3f6f2a11", cms);
    g_autoptr (TouPracticeAnswer) call = service_test_submit_to (test, "PUT", "/v1/registration/contact",
                                                                 request->submission_id, cms);

    service_test_assert_problem (id, "bad-content", 400, "40003");
    service_test_assert_problem (call, "bad-content", 400, "40003");
}

static void
test_refuses_too_much (ServiceTest *test, gconstpointer data)
{
    g_autoptr (GBytes) body = g_bytes_new_static ("", 0);
    TouPracticeCall call = {
        .method = "POST",
        .path = "/v1/applications",
        .content_type = SERVICE_TEST_SIGNED_TYPE,
        .body = body,
        .body_is_too_large = TRUE,
    };
    g_autoptr (TouPracticeAnswer) without_session = tou_practice_service_answer (test->service, &call);
    g_autoptr (TouPracticeAnswer) answer = NULL;

    service_test_assert_problem (without_session, "not-signed-in", 401, "30004");
    call.authorization = test->authorization;
    answer = tou_practice_service_answer (test->service, &call);
    service_test_assert_problem (answer, "too-large", 413, "40003");
}

static void
add_tests (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
        g_autofree char *path = g_strconcat ("/practice/service/refusals/", refusals[i].name, NULL);

        g_test_add (path, ServiceTest, &refusals[i], service_test_set_up, test_refuses,
                    service_test_tear_down);
    }
    SERVICE_TEST_ADD ("refusals/used-nonce", test_refuses_a_used_nonce);
    SERVICE_TEST_ADD ("refusals/authority", test_refuses_another_authority);
    SERVICE_TEST_ADD ("refusals/revoked", test_refuses_a_revoked_card);
    SERVICE_TEST_ADD ("refusals/algorithm", test_refuses_an_algorithm);
    SERVICE_TEST_ADD ("refusals/signature", test_refuses_a_wrong_signature);
    SERVICE_TEST_ADD ("refusals/no-request", test_refuses_what_is_no_request);
    SERVICE_TEST_ADD ("refusals/other-id", test_refuses_another_id_or_call);
    SERVICE_TEST_ADD ("refusals/too-much", test_refuses_too_much);
}

int
main (int argc, char **argv)
{
    return service_test_main (argc, argv, add_tests);
}
