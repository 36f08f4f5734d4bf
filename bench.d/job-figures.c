/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * job-figures ROUNDS: the main job without a window on real parts, and beside it the bare PKCS#11 calls and
 * one round trip to the service. One JSON line a round, times in milliseconds:
 *
 *   unlock       from handing over the PIN to the state in which the form is filled
 *   submit       from 登録 to the checked receipt in the store
 *   bare_unlock  C_OpenSession, C_Login, finding certificate and key, reading the certificate
 *   bare_sign    C_SignInit, C_Sign
 *   round_trip   GET /v1/service over the open connection
 *   connections  TLS connections made in the whole round
 */
#include "job.h"

#include "async-wait.h"
#include "measure.h"
#include "tou-http-service.h"
#include "tou-paths.h"

#include <gmodule.h>
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    CK_FUNCTION_LIST *functions;
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
} Bare;

static void
expect_ok (CK_RV rv, const char *call)
{
    if (rv != CKR_OK)
        g_error ("%s: 0x%lx", call, rv);
}

static CK_OBJECT_HANDLE
find_object (Bare *bare, CK_OBJECT_CLASS wanted)
{
    CK_ATTRIBUTE template = { CKA_CLASS, &wanted, sizeof wanted };
    CK_OBJECT_HANDLE object = 0;
    CK_ULONG n = 0;

    expect_ok (bare->functions->C_FindObjectsInit (bare->session, &template, 1), "C_FindObjectsInit");
    expect_ok (bare->functions->C_FindObjects (bare->session, &object, 1, &n), "C_FindObjects");
    expect_ok (bare->functions->C_FindObjectsFinal (bare->session), "C_FindObjectsFinal");
    g_assert (n == 1);
    return object;
}

static void
start_bare (Bare *bare, const char *folder)
{
    g_autofree char *path = tou_paths_get_part (TOU_PART_PRACTICE_CARD);
    g_autofree char *practice = g_build_filename (folder, "practice", NULL);
    GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);
    CK_C_GetFunctionList get = NULL;

    if (module == NULL || !g_module_symbol (module, "C_GetFunctionList", (gpointer *) &get))
        g_error ("%s", g_module_error ());
    g_setenv ("TOUROKU_PRACTICE_FOLDER", practice, TRUE);
    expect_ok (get (&bare->functions), "C_GetFunctionList");
    expect_ok (bare->functions->C_Initialize (NULL), "C_Initialize");
}

static double
time_bare_unlock (Bare *bare)
{
    guchar der[4096];
    CK_ATTRIBUTE value = { CKA_VALUE, der, sizeof der };
    gint64 start_us = g_get_monotonic_time ();

    expect_ok (bare->functions->C_OpenSession (0, CKF_SERIAL_SESSION, NULL, NULL, &bare->session),
               "C_OpenSession");
    expect_ok (bare->functions->C_Login (bare->session, CKU_USER, (guchar *) TOU_PRACTICE_PIN, 6), "C_Login");
    expect_ok (
        bare->functions->C_GetAttributeValue (bare->session, find_object (bare, CKO_CERTIFICATE), &value, 1),
        "C_GetAttributeValue");
    bare->key = find_object (bare, CKO_PRIVATE_KEY);
    return ms_since (start_us);
}

static double
time_bare_sign (Bare *bare)
{
    CK_MECHANISM mechanism = { CKM_SHA256_RSA_PKCS, NULL, 0 };
    guchar signature[512];
    CK_ULONG size = sizeof signature;
    gint64 start_us = g_get_monotonic_time ();

    expect_ok (bare->functions->C_SignInit (bare->session, &mechanism, bare->key), "C_SignInit");
    expect_ok (bare->functions->C_Sign (bare->session, (guchar *) "touroku", 7, signature, &size), "C_Sign");
    return ms_since (start_us);
}

static double
time_round_trip (Job *job)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    gint64 start_us = g_get_monotonic_time ();

    tou_registration_service_get_info_async (job->service, NULL, async_wait_store, &result);
    async_wait (&result);
    g_autoptr (TouServiceInfo) info = tou_registration_service_get_info_finish (job->service, result, &error);
    g_assert_no_error (error);
    return ms_since (start_us);
}

static double
time_unlock (Job *job)
{
    g_autoptr (GError) error = NULL;
    gint64 start_us;

    (void) job_wait_for_token (job);
    start_us = g_get_monotonic_time ();
    job_unlock (job, TOU_PRACTICE_PIN, &error);
    g_assert_no_error (error);
    return ms_since (start_us);
}

static double
time_submit (Job *job)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = NULL;
    gint64 start_us = g_get_monotonic_time ();

    receipt = job_submit (job, &error);
    g_assert_no_error (error);
    return ms_since (start_us);
}

static void
run_round (Job *job, Bare *bare)
{
    double unlock, submit, bare_unlock, bare_sign, round_trip;

    job_use (job);
    job_connect (job);
    job_sign_in (job);
    unlock = time_unlock (job);
    job_fill (job);
    round_trip = time_round_trip (job);
    submit = time_submit (job);
    bare_unlock = time_bare_unlock (bare);
    bare_sign = time_bare_sign (bare);
    bare->functions->C_CloseAllSessions (0);
    printf ("{\"unlock\": %.2f, \"submit\": %.2f, \"bare_unlock\": %.2f, \"bare_sign\": %.2f, "
            "\"round_trip\": %.2f, \"connections\": %u}\n",
            unlock, submit, bare_unlock, bare_sign, round_trip,
            tou_http_service_get_n_connections (TOU_HTTP_SERVICE (job->service)));
}

int
main (int argc, char **argv)
{
    Bare bare = { 0 };
    Job job;
    int rounds = argc > 1 ? atoi (argv[1]) : 15;

    job_init (&job, NULL);
    start_bare (&bare, job.folder);
    for (int i = 0; i <= rounds; i++)
        run_round (&job, &bare);
    bare.functions->C_Finalize (NULL);
    job_clear (&job);
    return 0;
}
