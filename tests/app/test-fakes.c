/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fake service that the flows are tested with says what the real one says: the same calls, to both, and
 * the errors compared. Would catch: a flow that is right about an answer which no service can give. */
#define G_LOG_DOMAIN "touroku-test"

#include "job.h"

#include "async-wait.h"
#include "fake-bench.h"
#include "tou-practice-control.h"

#include <glib/gstdio.h>

#define UUID "0b54ad5e-4f27-4d7a-9e52-0c5a3f6f2a11"

static char *template_folder;

/* One call, by the word that the fakes' script has for it. Must fail. */
static GError *
fail (TouRegistrationService *service, const char *call, const char *password_text)
{
    g_autoptr (TouSecret) password = tou_secret_new_from_text (password_text);
    g_autoptr (GBytes) cms = g_bytes_new_static ("\x30\x00", 2);
    g_autoptr (GAsyncResult) result = NULL;
    GError *error = NULL;
    gpointer none = NULL;

    if (g_str_equal (call, "sign-in")) {
        tou_registration_service_sign_in_async (service, TOU_PRACTICE_USER_ID, password,
                                                TOU_CATEGORY_CONSTRUCTION, NULL, async_wait_store, &result);
        none = tou_registration_service_sign_in_finish (service, async_wait (&result), &error);
    } else if (g_str_equal (call, "change-category")) {
        tou_registration_service_change_category_async (service, TOU_CATEGORY_GOODS, NULL, async_wait_store,
                                                        &result);
        none = tou_registration_service_change_category_finish (service, async_wait (&result), &error);
    } else if (g_str_equal (call, "get-registration")) {
        tou_registration_service_get_registration_async (service, NULL, async_wait_store, &result);
        none = tou_registration_service_get_registration_finish (service, async_wait (&result), &error);
    } else if (g_str_equal (call, "list-applications")) {
        tou_registration_service_list_applications_async (service, 3, NULL, async_wait_store, &result);
        none = tou_registration_service_list_applications_finish (service, async_wait (&result), &error);
    } else if (g_str_equal (call, "nonce")) {
        tou_registration_service_get_nonce_async (service, NULL, async_wait_store, &result);
        none = tou_registration_service_get_nonce_finish (service, async_wait (&result), &error);
    } else if (g_str_equal (call, "submit")) {
        tou_registration_service_submit_async (service, TOU_OPERATION_REGISTRATION, UUID, cms, NULL,
                                               async_wait_store, &result);
        none = tou_registration_service_submit_finish (service, async_wait (&result), &error);
    } else if (g_str_equal (call, "get-submission")) {
        tou_registration_service_get_submission_async (service, UUID, NULL, async_wait_store, &result);
        none = tou_registration_service_get_submission_finish (service, async_wait (&result), &error);
    } else {
        g_assert_not_reached ();
    }
    g_assert_null (none);
    return error;
}

static void
assert_same (const GError *fake, const GError *real)
{
    g_assert_error (fake, real->domain, real->code);
    g_assert_cmpuint (tou_service_error_get_status (fake), ==, tou_service_error_get_status (real));
    g_assert_cmpstr (tou_service_error_get_code (fake), ==, tou_service_error_get_code (real));
    g_assert_cmpstr (tou_service_error_get_type_uri (fake), ==, tou_service_error_get_type_uri (real));
}

static void
remove_folder (const char *parent)
{
    const char *const argv[] = { "rm", "-rf", parent, NULL };

    g_assert_true (g_str_has_prefix (parent, g_get_tmp_dir ()));
    g_assert_true (
        g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* Returns: (transfer full): where it is, for remove_folder() */
static char *
start_job (Job *job, const char *fault)
{
    g_autoptr (GError) error = NULL;
    char *parent = g_dir_make_tmp ("touroku-fakes-XXXXXX", &error);
    g_autofree char *folder = g_build_filename (parent, "job", NULL);
    const char *const copy[] = { "cp", "-a", template_folder, folder, NULL };
    const char *const faults[] = { fault, NULL };

    g_assert_no_error (error);
    g_assert_true (
        g_spawn_sync (NULL, (char **) copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
    job_init_with_faults (job, folder, faults);
    job_connect (job);
    job_sign_in (job);
    return parent;
}

typedef struct {
    const char *call;
    const char *fault;
} Ended;

static const Ended ended[] = {
    { "change-category", "session-expired@/v1/sessions/current" },
    { "get-registration", "session-expired@/v1/registration" },
    { "list-applications", "session-expired@/v1/applications" },
    { "nonce", "session-expired@/v1/nonce" },
    { "submit", "session-expired@/v1/applications" },
    { "get-submission", "session-expired@/v1/submissions" },
};

static void
test_session_over (gconstpointer data)
{
    const Ended *row = data;
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autoptr (GError) fake = NULL, real = NULL;
    g_autofree char *place = NULL;
    Job job;

    place = start_job (&job, row->fault);
    real = fail (job.service, row->call, "");
    fake_script_fail (bench->script, row->call, fake_session_over_new (row->call));
    fake = fail (TOU_REGISTRATION_SERVICE (bench->service), row->call, "");
    assert_same (fake, real);
    g_assert_true (tou_session_flow_is_session_over (real));
    job_clear (&job);
    remove_folder (place);
}

/* What the fake refuses by itself. */
static void
test_refusals (void)
{
    static const char *const calls[] = { "sign-in", "get-registration", "get-submission" };
    g_autoptr (FakeBench) bench = fake_bench_new ();
    g_autofree char *place = NULL;
    Job job;

    place = start_job (&job, NULL);
    for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
        g_autoptr (GError) real = fail (job.service, calls[i], "wrong");
        g_autoptr (GError) fake = fail (TOU_REGISTRATION_SERVICE (bench->service), calls[i], "wrong");

        assert_same (fake, real);
    }
    job_clear (&job);
    remove_folder (place);
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
    for (guint i = 0; i < G_N_ELEMENTS (ended); i++) {
        g_autofree char *path = g_strconcat ("/fakes/session-over/", ended[i].call, NULL);

        g_test_add_data_func (path, &ended[i], test_session_over);
    }
    g_test_add_func ("/fakes/refusals", test_refusals);
    status = g_test_run ();
    remove_folder (template_folder);
    g_free (template_folder);
    return status;
}
