/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "http-test.h"

#include "async-wait.h"
#include "tou-practice-ca.h"
#include "tou-practice-pem.h"
#include "tou-wire-answer.h"
#include "tou-wire-problem.h"

#include <glib/gstdio.h>

#define GOOD_TLS "NORMAL"
#define YEAR_US (G_GINT64_CONSTANT (365) * 24 * 3600 * G_USEC_PER_SEC)

/* Made once: keys take time. */
typedef struct {
    TouPracticeCa *ca;
    TouPracticeCa *other_ca;
    char *certificate; /* PEM */
    char *expired;
    char *key;
} World;

static const HttpTestSetup plain;
static World world;

static char *
issue_certificate (EVP_PKEY *key, gint64 from_us, gint64 to_us)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (X509) certificate = tou_practice_ca_issue_tls (world.ca, key, from_us, to_us, &error);

    g_assert_no_error (error);
    return tou_practice_pem_from_certificate (certificate);
}

static void
make_world (void)
{
    gint64 now_us = g_get_real_time ();
    g_autoptr (GError) error = NULL;
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_p256 (&error);

    g_assert_no_error (error);
    world.ca = tou_practice_ca_new (&error);
    g_assert_no_error (error);
    world.other_ca = tou_practice_ca_new (&error);
    g_assert_no_error (error);
    world.certificate = issue_certificate (key, now_us - YEAR_US, now_us + YEAR_US);
    world.expired = issue_certificate (key, now_us - 2 * YEAR_US, now_us - YEAR_US);
    world.key = tou_practice_pem_from_key (key);
}

static void
clear_world (void)
{
    tou_practice_ca_free (world.ca);
    tou_practice_ca_free (world.other_ca);
    g_free (world.certificate);
    g_free (world.expired);
    g_free (world.key);
}

static TouServiceProfile *
make_profile (HttpTest *test, const HttpTestSetup *setup)
{
    TouPracticeCa *ca = setup->is_other_ca ? world.other_ca : world.ca;
    g_autofree char *pem = tou_practice_pem_from_certificate (tou_practice_ca_get_certificate (ca));
    g_autofree char *pem_path = g_build_filename (test->folder, "tls.pem", NULL);
    g_autofree char *path = g_build_filename (test->folder, "service.touroku", NULL);
    g_autofree char *own_url = g_strdup_printf ("https://%s:%u/",
                                                setup->address != NULL ? setup->address : "127.0.0.1",
                                                fault_server_get_port (test->server));
    g_autofree char *text = g_strdup_printf (
        "[Service]\nId=test\nName=Test\nBaseUrl=%s\n[Trust]\nTls=file\nTlsFile=tls.pem\n%s",
        setup->base_url != NULL ? setup->base_url : own_url, setup->extra != NULL ? setup->extra : "");
    g_autoptr (GError) error = NULL;
    TouServiceProfile *profile;

    g_file_set_contents (pem_path, pem, -1, &error);
    g_assert_no_error (error);
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
    profile = tou_service_profile_load (path, &error);
    g_assert_no_error (error);
    return profile;
}

void
http_test_set_up (HttpTest *test, gconstpointer data)
{
    const HttpTestSetup *setup = data != NULL ? data : &plain;
    g_autoptr (GError) error = NULL;

    test->folder = g_dir_make_tmp ("touroku-http-XXXXXX", &error);
    g_assert_no_error (error);
    test->texts = g_ptr_array_new_with_free_func (g_free);
    test->server = fault_server_new (setup->is_expired ? world.expired : world.certificate, world.key,
                                     setup->address != NULL ? setup->address : "127.0.0.1",
                                     setup->tls != NULL ? setup->tls : GOOD_TLS);
    test->profile = make_profile (test, setup);
    test->clock = tou_clock_new_fixed (MESSAGE_NOON_US);
    test->timeline = tou_timeline_new (32);
    test->http = tou_http_service_new (test->profile, test->clock, test->timeline);
    test->service = TOU_REGISTRATION_SERVICE (test->http);
}

void
http_test_tear_down (HttpTest *test, gconstpointer data)
{
    static const char *const names[] = { "tls.pem", "service.touroku" };

    g_assert_finalize_object (test->http);
    tou_service_profile_unref (test->profile);
    g_object_unref (test->clock);
    g_object_unref (test->timeline);
    fault_server_free (test->server);
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *path = g_build_filename (test->folder, names[i], NULL);
        g_remove (path);
    }
    g_assert_cmpint (g_rmdir (test->folder), ==, 0);
    g_free (test->folder);
    g_ptr_array_unref (test->texts);
}

const char *
http_test_keep (HttpTest *test, GBytes *json)
{
    g_autoptr (GBytes) owned = json;
    char *text = g_strndup (g_bytes_get_data (owned, NULL), g_bytes_get_size (owned));

    g_ptr_array_add (test->texts, text);
    return text;
}

void
http_test_plan_answer (HttpTest *test, guint status, const char *body)
{
    FaultPlan plan
        = { .status = status,
            .body = body,
            .headers = { "Session-Expires", "2026-11-23T09:45:00Z", "Replay-Nonce", "next-nonce" } };

    fault_server_add (test->server, &plan);
}

void
http_test_plan_action (HttpTest *test, FaultAction action)
{
    FaultPlan plan = { .action = action };

    fault_server_add (test->server, &plan);
}

void
http_test_plan_problem (HttpTest *test, const char *name)
{
    g_autoptr (TouWireProblem) problem = tou_wire_problem_new (name, "why it was");
    FaultPlan plan = { .status = problem->status,
                       .type = "application/problem+json; charset=utf-8",
                       .body = http_test_keep (test, tou_wire_write_problem (problem)) };

    fault_server_add (test->server, &plan);
}

void
http_test_plan_info (HttpTest *test)
{
    g_autoptr (TouServiceInfo) info = message_make_service_info ();

    http_test_plan_answer (
        test, 200,
        http_test_keep (
            test, tou_wire_write_service_info (info, tou_service_profile_get_audience (test->profile))));
}

void
http_test_plan_session (HttpTest *test)
{
    g_autoptr (TouSession) session = message_make_session ();
    FaultPlan plan = { .status = 201,
                       .body = http_test_keep (test, tou_wire_write_session (session, HTTP_TEST_TOKEN)) };

    fault_server_add (test->server, &plan);
}

void
http_test_plan_accepted (HttpTest *test, guint status)
{
    g_autoptr (TouReceipt) receipt = message_make_receipt ();
    FaultPlan plan = { .status = status,
                       .body = http_test_keep (test, tou_wire_write_accepted (receipt)),
                       .headers = { "Replay-Nonce", "nonce-2", "Session-Expires", "2026-11-23T09:50:00Z",
                                    status == 200 ? "Idempotent-Replayed" : NULL, "true" } };

    fault_server_add (test->server, &plan);
}

TouServiceInfo *
http_test_get_info (HttpTest *test, GCancellable *cancellable, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_info_async (test->service, cancellable, async_wait_store, &result);
    return tou_registration_service_get_info_finish (test->service, async_wait (&result), error);
}

TouSession *
http_test_sign_in (HttpTest *test, GError **error)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (HTTP_TEST_PASSWORD);
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_sign_in_async (test->service, "bidder1", password, TOU_CATEGORY_GOODS, NULL,
                                            async_wait_store, &result);
    return tou_registration_service_sign_in_finish (test->service, async_wait (&result), error);
}

void
http_test_be_signed_in (HttpTest *test)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouSession) session = NULL;

    http_test_plan_session (test);
    session = http_test_sign_in (test, &error);
    g_assert_no_error (error);
}

TouSession *
http_test_change_category (HttpTest *test, GCancellable *cancellable, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_change_category_async (test->service, TOU_CATEGORY_GOODS, cancellable,
                                                    async_wait_store, &result);
    return tou_registration_service_change_category_finish (test->service, async_wait (&result), error);
}

gboolean
http_test_sign_out (HttpTest *test, GCancellable *cancellable, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_sign_out_async (test->service, cancellable, async_wait_store, &result);
    return tou_registration_service_sign_out_finish (test->service, async_wait (&result), error);
}

TouRegistration *
http_test_get_registration (HttpTest *test, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_registration_async (test->service, NULL, async_wait_store, &result);
    return tou_registration_service_get_registration_finish (test->service, async_wait (&result), error);
}

char *
http_test_get_nonce (HttpTest *test, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_nonce_async (test->service, NULL, async_wait_store, &result);
    return tou_registration_service_get_nonce_finish (test->service, async_wait (&result), error);
}

TouReceipt *
http_test_submit (HttpTest *test, TouOperation operation, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GBytes) cms = g_bytes_new_static ("\x30\x00\xff", 3);

    tou_registration_service_submit_async (test->service, operation, MESSAGE_UUID, cms, NULL,
                                           async_wait_store, &result);
    return tou_registration_service_submit_finish (test->service, async_wait (&result), error);
}

TouReceipt *
http_test_get_submission (HttpTest *test, const char *id, GError **error)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_registration_service_get_submission_async (test->service, id, NULL, async_wait_store, &result);
    return tou_registration_service_get_submission_finish (test->service, async_wait (&result), error);
}

typedef struct {
    HttpTest *test;
    guint n;
} Calls;

static gboolean
have_ended (gpointer data)
{
    const Calls *calls = data;
    g_autoptr (GArray) events = tou_timeline_dup_events (calls->test->timeline);

    return events->len >= calls->n;
}

void
http_test_wait_for_calls (HttpTest *test, guint n)
{
    Calls calls = { test, n };

    async_wait_until (have_ended, &calls);
}

void
http_test_assert_request (HttpTest *test, guint i, const char *line, const char *authorization)
{
    const FaultRequest *request = fault_server_get_request (test->server, i);

    g_assert_cmpstr (request->line, ==, line);
    g_assert_cmpstr (request->authorization, ==, authorization);
}

void
http_test_assert_problem (const GError *error, TouServiceError kind, guint status, const char *code)
{
    g_assert_error (error, TOU_SERVICE_ERROR, (gint) kind);
    g_assert_cmpuint (tou_service_error_get_status (error), ==, status);
    g_assert_cmpstr (tou_service_error_get_code (error), ==, code);
}

void
http_test_add (const char *path, void (*run) (HttpTest *, gconstpointer), const HttpTestSetup *setup)
{
    g_test_add (path, HttpTest, setup, http_test_set_up, run, http_test_tear_down);
}

int
http_test_main (int argc, char **argv, void (*add_tests) (void))
{
    int status;

    g_test_init (&argc, &argv, NULL);
    make_world ();
    add_tests ();
    status = g_test_run ();
    clear_world ();
    return status;
}
