/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "software-card.h"
#include "tou-practice-service.h"
#include "tou-wire-answer.h"
#include "tou-wire-problem.h"

G_BEGIN_DECLS

#define SECOND_US G_GINT64_CONSTANT (1000000)
#define DAY_US (G_GINT64_CONSTANT (86400) * SECOND_US)
#define SERVICE_TEST_SIGNED_TYPE "application/pkcs7-mime; smime-type=signed-data"

/** ServiceTest: the practice service without a program around it, over a practice folder of its own, with a
 * session of bidder01 for construction. Functions abort the test when they fail. */
typedef struct {
    char *place;
    char *folder;
    TouClock *clock;
    TouPracticeCa *ca;
    TouPracticeService *service;
    char *authorization; /* the header of every call but the sign-in; %NULL: none */
} ServiceTest;

void service_test_set_up (ServiceTest *test, gconstpointer data);
void service_test_tear_down (ServiceTest *test, gconstpointer data);

/** service_test_main: adds the tests and runs them; all are skipped without SoftHSM. Returns: for main() */
int service_test_main (int argc, char **argv, void (*add_tests) (void));

#define SERVICE_TEST_ADD(name, test)                                                                         \
    g_test_add ("/practice/service/" name, ServiceTest, NULL, service_test_set_up, test,                     \
                service_test_tear_down)

/** service_test_open: opens the service over the folder, as when it is started. */
void service_test_open (ServiceTest *test);

/** service_test_now: Returns: microseconds since 1970 by the service's clock */
gint64 service_test_now (ServiceTest *test);

/** service_test_ask: a call without a body. Returns: (transfer full) */
TouPracticeAnswer *service_test_ask (ServiceTest *test, const char *method, const char *path);

/** service_test_try_sign_in: for construction. Returns: (transfer full) */
TouPracticeAnswer *service_test_try_sign_in (ServiceTest *test, const char *user_id, const char *password);
/** service_test_sign_in: bidder01 anew */
void service_test_sign_in (ServiceTest *test);

/** service_test_get_nonce: Returns: (transfer full) */
char *service_test_get_nonce (ServiceTest *test);

/** service_test_make_request: a good one, with a fresh nonce. Returns: (transfer full) */
TouRequest *service_test_make_request (ServiceTest *test, SoftwareCard *card, TouOperation operation);
/** service_test_submit: to the call that takes the request's operation. Returns: (transfer full) */
TouPracticeAnswer *service_test_submit (ServiceTest *test, const TouRequest *request, GBytes *cms);
/** service_test_submit_to: Returns: (transfer full) */
TouPracticeAnswer *service_test_submit_to (ServiceTest *test, const char *method, const char *path,
                                           const char *submission_id, GBytes *cms);
/** service_test_register_card: applies and approves. */
void service_test_register_card (ServiceTest *test, SoftwareCard *card);

/** service_test_review: decides about @request, which waits. @reason: (nullable) */
void service_test_review (ServiceTest *test, const TouRequest *request, TouPracticeDecision decision,
                          const char *reason);

/** service_test_revoke: a list that names the certificate, and the service started anew with it. */
void service_test_revoke (ServiceTest *test, const X509 *certificate);

/** service_test_spoil_signature: Returns: (transfer full): @cms with a bit of its signature changed */
GBytes *service_test_spoil_signature (GBytes *cms);

/** service_test_move_clock: the service's clock goes on by @difference_us. */
void service_test_move_clock (ServiceTest *test, gint64 difference_us);

/** service_test_list_applications: Returns: (transfer full) (element-type TouApplication): newest first */
GPtrArray *service_test_list_applications (ServiceTest *test);
/** service_test_load_registration: Returns: (transfer full) */
TouRegistration *service_test_load_registration (ServiceTest *test);
/** service_test_read_receipt: Returns: (transfer full) */
TouReceipt *service_test_read_receipt (const TouPracticeAnswer *answer);

/** service_test_assert_problem: @code: as docs/signed-request.md has it, written out in the test so that a
 * changed table is seen. */
void service_test_assert_problem (const TouPracticeAnswer *answer, const char *name, guint status,
                                  const char *code);
void service_test_assert_same_receipt (const TouReceipt *a, const TouReceipt *b);

G_END_DECLS
