/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-server.h"
#include "messages.h"
#include "tou-http-service.h"

G_BEGIN_DECLS

#define HTTP_TEST_PASSWORD "hunter2\"secret"
#define HTTP_TEST_TOKEN "dG9rZW4tdG9rZW4tdG9rZW4"

/** HttpTest: the client and a server that answers what it is told to. Functions abort the test when they
 * fail. */
typedef struct {
    FaultServer *server;
    char *folder;
    TouServiceProfile *profile;
    TouHttpService *http;
    TouRegistrationService *service; /* the same */
    TouClock *clock;
    TouTimeline *timeline;
    GPtrArray *texts; /* bodies that the server borrows */
} HttpTest;

/** HttpTestSetup: what is not as usual; %NULL and %FALSE: as usual. */
typedef struct {
    const char *address;
    const char *tls;
    const char *extra; /* lines of [Trust] */
    gboolean is_other_ca;
    gboolean is_expired;
    const char *base_url; /* in place of the server's */
} HttpTestSetup;

void http_test_set_up (HttpTest *test, gconstpointer setup);
void http_test_tear_down (HttpTest *test, gconstpointer setup);

/** http_test_main: adds the tests and runs them. Returns: for main() */
int http_test_main (int argc, char **argv, void (*add_tests) (void));
/** http_test_add: @setup: (nullable) */
void http_test_add (const char *path, void (*run) (HttpTest *, gconstpointer), const HttpTestSetup *setup);

/** http_test_keep: @json: (transfer full): Returns: (transfer none): its bytes as a text that the server may
 * borrow */
const char *http_test_keep (HttpTest *test, GBytes *json);

/** What the server answers next. */
void http_test_plan_answer (HttpTest *test, guint status, const char *body);
void http_test_plan_action (HttpTest *test, FaultAction action);
void http_test_plan_problem (HttpTest *test, const char *name);
void http_test_plan_info (HttpTest *test);
void http_test_plan_session (HttpTest *test);
void http_test_plan_accepted (HttpTest *test, guint status);

/** The calls, waited for. */
TouServiceInfo *http_test_get_info (HttpTest *test, GCancellable *cancellable, GError **error);
TouSession *http_test_sign_in (HttpTest *test, GError **error);
TouSession *http_test_change_category (HttpTest *test, GCancellable *cancellable, GError **error);
gboolean http_test_sign_out (HttpTest *test, GCancellable *cancellable, GError **error);
TouRegistration *http_test_get_registration (HttpTest *test, GError **error);
char *http_test_get_nonce (HttpTest *test, GError **error);
TouReceipt *http_test_submit (HttpTest *test, TouOperation operation, GError **error);
TouReceipt *http_test_get_submission (HttpTest *test, const char *id, GError **error);

/** http_test_be_signed_in: for the tests of what comes after it; the server's request 0. */
void http_test_be_signed_in (HttpTest *test);

/** http_test_wait_for_calls: until @n have ended, also those that nobody waits for. */
void http_test_wait_for_calls (HttpTest *test, guint n);

void http_test_assert_request (HttpTest *test, guint i, const char *line, const char *authorization);
void http_test_assert_problem (const GError *error, TouServiceError kind, guint status, const char *code);

G_END_DECLS
