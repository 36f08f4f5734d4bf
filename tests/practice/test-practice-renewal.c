/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "service-test.h"

#define MINUTE_US (60 * SECOND_US)

/* A renewal on its way: a registered card, a new one, and what both say. */
typedef struct {
    SoftwareCard *current;
    SoftwareCard *new;
    TouAuthorization *authorization;
    TouRequest *request;
} Renewal;

static void
renewal_clear (Renewal *renewal)
{
    g_clear_pointer (&renewal->current, software_card_free);
    g_clear_pointer (&renewal->new, software_card_free);
    g_clear_pointer (&renewal->authorization, tou_authorization_free);
    g_clear_pointer (&renewal->request, tou_request_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Renewal, renewal_clear)

typedef void (*ChangeCard) (TouPracticeCardFacts *facts, gint64 now_us);

static void
prepare_words (ServiceTest *test, Renewal *renewal)
{
    g_autofree char *nonce = service_test_get_nonce (test);

    g_clear_pointer (&renewal->authorization, tou_authorization_free);
    g_clear_pointer (&renewal->request, tou_request_free);
    renewal->authorization = software_card_make_authorization (renewal->current, nonce,
                                                               service_test_now (test));
    renewal->request = service_test_make_request (test, renewal->new, TOU_OPERATION_CARD_RENEWAL);
}

/* @change_new: (nullable) */
static void
prepare (ServiceTest *test, Renewal *renewal, ChangeCard change_new)
{
    TouPracticeCardFacts facts = software_card_get_facts (service_test_now (test));

    renewal->current = software_card_issue_good (test->ca, service_test_now (test));
    service_test_register_card (test, renewal->current);
    if (change_new != NULL)
        change_new (&facts, service_test_now (test));
    renewal->new = software_card_issue (test->ca, &facts, NULL);
    prepare_words (test, renewal);
}

/* Both cards sign what is prepared. */
static TouPracticeAnswer *
hand_in (ServiceTest *test, Renewal *renewal)
{
    g_autoptr (GBytes) cms = NULL;

    g_clear_pointer (&renewal->request->authorization, g_bytes_unref);
    renewal->request->authorization = software_card_sign_authorization (renewal->current,
                                                                        renewal->authorization);
    cms = software_card_sign_request (renewal->new, renewal->request);
    return service_test_submit (test, renewal->request, cms);
}

static void
expect_registered (ServiceTest *test, const SoftwareCard *card)
{
    g_autoptr (TouRegistration) registration = service_test_load_registration (test);

    g_assert_cmpstr (registration->card_sha256, ==, card->sha256);
    g_assert_cmpstr (registration->contact->person, ==, "桜川 一郎");
}

/* Whether @card may change the contact; else it is refused with 30001. */
static void
expect_usable (ServiceTest *test, SoftwareCard *card, gboolean is_usable)
{
    g_autoptr (TouRequest) request = service_test_make_request (test, card, TOU_OPERATION_CONTACT_CHANGE);
    g_autoptr (GBytes) cms = software_card_sign_request (card, request);
    g_autoptr (TouPracticeAnswer) answer = service_test_submit (test, request, cms);

    if (is_usable)
        g_assert_cmpuint (answer->status, ==, 201);
    else
        service_test_assert_problem (answer, "not-registered", 403, "30001");
}

/* Until the approval nothing changes; then the new card is the only one. */
static void
test_approved (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) answer = NULL;
    g_autoptr (GPtrArray) applications = NULL;
    const TouApplication *application;

    prepare (test, &renewal, NULL);
    answer = hand_in (test, &renewal);
    g_assert_cmpuint (answer->status, ==, 201);
    applications = service_test_list_applications (test);
    application = g_ptr_array_index (applications, 0);
    g_assert_cmpint (application->operation, ==, TOU_OPERATION_CARD_RENEWAL);
    g_assert_cmpint (application->state, ==, TOU_REVIEW_STATE_RECEIVED);
    expect_usable (test, renewal.current, TRUE);
    expect_usable (test, renewal.new, FALSE);
    service_test_review (test, renewal.request, TOU_PRACTICE_DECISION_APPROVE, NULL);
    expect_registered (test, renewal.new);
    expect_usable (test, renewal.current, FALSE);
    expect_usable (test, renewal.new, TRUE);
}

static void
test_denied (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) answer = NULL;

    prepare (test, &renewal, NULL);
    answer = hand_in (test, &renewal);
    g_assert_cmpuint (answer->status, ==, 201);
    service_test_review (test, renewal.request, TOU_PRACTICE_DECISION_DENY, "名義が異なります。");
    expect_registered (test, renewal.current);
    expect_usable (test, renewal.current, TRUE);
    expect_usable (test, renewal.new, FALSE);
}

/* What each case changes: the new card, or what the current one says. */
typedef struct {
    const char *name;
    ChangeCard change_new;
    void (*change_authorization) (TouAuthorization *authorization);
    const char *problem; /* %NULL: accepted */
    guint status;
    const char *code;
} Refusal;

static void
expire (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->not_before_us = now_us - 300 * DAY_US;
    facts->not_after_us = now_us - DAY_US;
}

static void
postpone (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->not_before_us = now_us + DAY_US;
}

static void
give_away (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->company = "椿原商事株式会社";
}

static void
space_out (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->company = "桜川建設　株式会社";
}

static void
write_variant (TouPracticeCardFacts *facts, gint64 now_us)
{
    facts->company = "櫻川建設株式会社";
}

static void
mean_another_service (TouAuthorization *authorization)
{
    tou_set_text (&authorization->audience, "https://elsewhere.example/");
}

static void
mean_another_category (TouAuthorization *authorization)
{
    authorization->category = TOU_CATEGORY_GOODS;
}

static void
mean_another_company (TouAuthorization *authorization)
{
    tou_set_text (&authorization->company_number, "8010001009400");
}

static void
mean_another_certificate (TouAuthorization *authorization)
{
    authorization->certificate_sha256[0] = authorization->certificate_sha256[0] == '0' ? '1' : '0';
}

static void
invent_nonce (TouAuthorization *authorization)
{
    tou_set_text (&authorization->nonce, "0123456789abcdef");
}

static void
be_too_old (TouAuthorization *authorization)
{
    authorization->time_us -= 16 * MINUTE_US;
    authorization->expires_us -= 16 * MINUTE_US;
}

static void
be_almost_too_old (TouAuthorization *authorization)
{
    authorization->time_us -= 14 * MINUTE_US;
    authorization->expires_us -= 14 * MINUTE_US;
}

static void
be_of_the_future (TouAuthorization *authorization)
{
    authorization->time_us += 11 * MINUTE_US;
    authorization->expires_us += 11 * MINUTE_US;
}

static void
live_too_long (TouAuthorization *authorization)
{
    authorization->expires_us += 2 * SECOND_US;
}

static void
end_before_it_begins (TouAuthorization *authorization)
{
    authorization->expires_us = authorization->time_us - SECOND_US;
}

static const Refusal refusals[] = {
    { "new-expired", expire, NULL, "certificate-expired", 403, "30007" },
    { "new-not-yet-valid", postpone, NULL, "certificate-not-yet-valid", 403, "30008" },
    { "new-other-company", give_away, NULL, "other-company", 403, "30005" },
    { "other-service", NULL, mean_another_service, "bad-authorization", 400, "40003" },
    { "other-category", NULL, mean_another_category, "bad-authorization", 400, "40003" },
    { "other-company", NULL, mean_another_company, "bad-authorization", 400, "40003" },
    { "other-certificate", NULL, mean_another_certificate, "bad-authorization", 400, "40003" },
    { "other-nonce", NULL, invent_nonce, "authorization-used", 400, "40004" },
    { "too-old", NULL, be_too_old, "authorization-expired", 400, "40004" },
    { "of-the-future", NULL, be_of_the_future, "bad-authorization", 400, "40003" },
    { "too-long", NULL, live_too_long, "bad-authorization", 400, "40003" },
    { "backwards", NULL, end_before_it_begins, "bad-authorization", 400, "40003" },
    { "accepted-spaces", space_out, NULL, NULL, 201 },
    { "accepted-variant", write_variant, NULL, NULL, 201 },
    { "accepted-old", NULL, be_almost_too_old, NULL, 201 },
};

static void
test_refuses (ServiceTest *test, gconstpointer data)
{
    const Refusal *refusal = data;
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) answer = NULL;

    prepare (test, &renewal, refusal->change_new);
    if (refusal->change_authorization != NULL)
        refusal->change_authorization (renewal.authorization);
    answer = hand_in (test, &renewal);
    if (refusal->problem == NULL)
        g_assert_cmpuint (answer->status, ==, 201);
    else
        service_test_assert_problem (answer, refusal->problem, refusal->status, refusal->code);
    expect_registered (test, renewal.current);
}

/* A card as its own successor: no review would notice, and the company would wait for nothing. */
static void
test_refuses_the_same_card (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;

    prepare (test, &renewal, NULL);
    tou_set_text (&renewal.request->certificate_sha256, renewal.current->sha256);
    renewal.request->authorization = software_card_sign_authorization (renewal.current,
                                                                       renewal.authorization);
    cms = software_card_sign_request (renewal.current, renewal.request);
    answer = service_test_submit (test, renewal.request, cms);
    service_test_assert_problem (answer, "same-card", 403, "30005");
}

static void
swap_cards (Renewal *renewal)
{
    SoftwareCard *card = renewal->current;

    renewal->current = renewal->new;
    renewal->new = card;
}

static void
test_refuses_swapped_cards (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) answer = NULL;

    prepare (test, &renewal, NULL);
    swap_cards (&renewal);
    prepare_words (test, &renewal);
    answer = hand_in (test, &renewal);
    service_test_assert_problem (answer, "cards-swapped", 403, "30001");
}

/* Two good cards of the company, neither of them the registered one. */
static void
test_refuses_an_unregistered_card (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) answer = NULL;

    prepare (test, &renewal, NULL);
    software_card_free (renewal.current);
    renewal.current = software_card_issue_good (test->ca, service_test_now (test));
    prepare_words (test, &renewal);
    answer = hand_in (test, &renewal);
    service_test_assert_problem (answer, "not-registered", 403, "30001");
}

static void
test_refuses_without_registration (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) answer = NULL;

    renewal.current = software_card_issue_good (test->ca, service_test_now (test));
    renewal.new = software_card_issue_good (test->ca, service_test_now (test));
    prepare_words (test, &renewal);
    answer = hand_in (test, &renewal);
    service_test_assert_problem (answer, "not-registered", 403, "30001");
}

/* Renewal is then impossible; a new registration is not. */
static void
test_refuses_an_expired_current_card (ServiceTest *test, gconstpointer data)
{
    TouPracticeCardFacts facts = software_card_get_facts (service_test_now (test));
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) answer = NULL;

    facts.not_after_us = service_test_now (test) + DAY_US;
    renewal.current = software_card_issue (test->ca, &facts, NULL);
    renewal.new = software_card_issue_good (test->ca, service_test_now (test));
    service_test_register_card (test, renewal.current);
    service_test_move_clock (test, DAY_US + MINUTE_US);
    service_test_sign_in (test);
    prepare_words (test, &renewal);
    answer = hand_in (test, &renewal);
    service_test_assert_problem (answer, "current-card-expired", 403, "30007");
    service_test_register_card (test, renewal.new);
    expect_registered (test, renewal.new);
}

static void
test_refuses_revoked_cards (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (TouPracticeAnswer) current = NULL;
    g_autoptr (TouPracticeAnswer) new = NULL;

    prepare (test, &renewal, NULL);
    service_test_revoke (test, renewal.current->certificate);
    current = hand_in (test, &renewal);
    service_test_assert_problem (current, "current-card-revoked", 403, "30006");
    service_test_revoke (test, renewal.new->certificate);
    prepare_words (test, &renewal);
    new = hand_in (test, &renewal);
    service_test_assert_problem (new, "certificate-revoked", 403, "30006");
}

/* Hands in the renewal with @proof in the place of the authorization. @proof: (transfer full) */
static TouPracticeAnswer *
hand_in_proof (ServiceTest *test, Renewal *renewal, GBytes *proof)
{
    g_autoptr (GBytes) cms = NULL;

    prepare_words (test, renewal);
    renewal->request->authorization = proof;
    cms = software_card_sign_request (renewal->new, renewal->request);
    return service_test_submit (test, renewal->request, cms);
}

static void
test_refuses_what_is_no_proof (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (GBytes) good = NULL;
    g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);
    g_autoptr (TouPracticeAnswer) no_cms = NULL;
    g_autoptr (TouPracticeAnswer) no_json = NULL;
    g_autoptr (TouPracticeAnswer) wrong_signature = NULL;

    prepare (test, &renewal, NULL);
    good = software_card_sign_authorization (renewal.current, renewal.authorization);
    no_cms = hand_in_proof (test, &renewal, g_bytes_ref (text));
    no_json = hand_in_proof (test, &renewal, software_card_sign (renewal.current, text));
    wrong_signature = hand_in_proof (test, &renewal, service_test_spoil_signature (good));
    service_test_assert_problem (no_cms, "bad-authorization", 400, "40003");
    service_test_assert_problem (no_json, "bad-authorization", 400, "40003");
    service_test_assert_problem (wrong_signature, "bad-authorization", 400, "40003");
}

/* An authorization that was signed for one renewal is none for the next. */
static void
test_refuses_a_used_proof (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (GBytes) proof = NULL;
    g_autoptr (TouPracticeAnswer) first = NULL;
    g_autoptr (TouPracticeAnswer) again = NULL;

    prepare (test, &renewal, NULL);
    first = hand_in (test, &renewal);
    g_assert_cmpuint (first->status, ==, 201);
    proof = g_bytes_ref (renewal.request->authorization);
    again = hand_in_proof (test, &renewal, g_bytes_ref (proof));
    service_test_assert_problem (again, "authorization-used", 400, "40004");
}

/* A mistake with the new card does not cost the current card's word: it need not be put in again. */
static void
test_keeps_the_proof_after_a_refusal (ServiceTest *test, gconstpointer data)
{
    g_auto (Renewal) renewal = { 0 };
    g_autoptr (GBytes) proof = NULL;
    g_autoptr (TouPracticeAnswer) refused = NULL;
    g_autoptr (TouPracticeAnswer) answer = NULL;

    prepare (test, &renewal, give_away);
    refused = hand_in (test, &renewal);
    service_test_assert_problem (refused, "other-company", 403, "30005");
    proof = g_bytes_ref (renewal.request->authorization);
    software_card_free (renewal.new);
    renewal.new = software_card_issue_good (test->ca, service_test_now (test));
    answer = hand_in_proof (test, &renewal, g_bytes_ref (proof));
    g_assert_cmpuint (answer->status, ==, 201);
}

static void
add_tests (void)
{
    for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
        g_autofree char *path = g_strconcat ("/practice/service/renewal/checks/", refusals[i].name, NULL);

        g_test_add (path, ServiceTest, &refusals[i], service_test_set_up, test_refuses,
                    service_test_tear_down);
    }
    SERVICE_TEST_ADD ("renewal/approved", test_approved);
    SERVICE_TEST_ADD ("renewal/denied", test_denied);
    SERVICE_TEST_ADD ("renewal/same-card", test_refuses_the_same_card);
    SERVICE_TEST_ADD ("renewal/swapped", test_refuses_swapped_cards);
    SERVICE_TEST_ADD ("renewal/unregistered", test_refuses_an_unregistered_card);
    SERVICE_TEST_ADD ("renewal/no-registration", test_refuses_without_registration);
    SERVICE_TEST_ADD ("renewal/current-expired", test_refuses_an_expired_current_card);
    SERVICE_TEST_ADD ("renewal/revoked", test_refuses_revoked_cards);
    SERVICE_TEST_ADD ("renewal/no-proof", test_refuses_what_is_no_proof);
    SERVICE_TEST_ADD ("renewal/used-proof", test_refuses_a_used_proof);
    SERVICE_TEST_ADD ("renewal/kept-proof", test_keeps_the_proof_after_a_refusal);
}

int
main (int argc, char **argv)
{
    return service_test_main (argc, argv, add_tests);
}
