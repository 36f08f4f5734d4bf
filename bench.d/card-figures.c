/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * card-figures once AGENT MODULE PIN LABEL N: lists, unlocks the token (the first with a label that ends so)
 * and signs N times, as the program does; for counting what goes to the card. card-figures bare MODULE PIN:
 * the same with the bare PKCS#11 calls: one certificate, one login, one signature. card-figures rounds AGENT
 * ROUNDS: both on SoftHSM, one after the other; one JSON line a round, milliseconds:
 *
 *   agent        list, unlock, sign once, from no process on: the agent is started for it
 *   bare         "card-figures bare", from no process on
 *   agent_sign   one more signature with the card that is open, as CMS
 *   bare_sign    C_SignInit, C_Sign
 */
#include "async-wait.h"
#include "measure.h"
#include "softhsm-fixture.h"
#include "tou-card-agent-client.h"
#include "tou-openssl-proof-checker.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIN "482913"
#define TOKEN "Bench"

/* By the agent */

static TouCardToken *
find_token (TouCardAccess *access, const char *label)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (TouCardInventory) inventory = NULL;
    GError *error = NULL;

    tou_card_access_list_async (access, NULL, async_wait_store, &result);
    inventory = tou_card_access_list_finish (access, async_wait (&result), &error);
    g_assert_no_error (error);
    for (guint i = 0; i < inventory->tokens->len; i++) {
        TouCardToken *token = g_ptr_array_index (inventory->tokens, i);

        if (g_str_has_suffix (token->label, label))
            return tou_card_token_ref (token);
    }
    return NULL;
}

static const char *
find_fit (GPtrArray *certificates)
{
    for (guint i = 0; i < certificates->len; i++) {
        const TouCardCertificate *certificate = g_ptr_array_index (certificates, i);

        if (tou_card_certificate_get_fitness (certificate, g_get_real_time ()) == TOU_CERTIFICATE_FIT)
            return certificate->sha256;
    }
    g_error ("no certificate to sign with");
}

static GPtrArray *
unlock (TouCardAccess *access, TouCardToken *token, const char *pin)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (TouSecret) secret = tou_secret_new_from_text (pin);
    GPtrArray *certificates;
    GError *error = NULL;

    tou_card_access_unlock_async (access, token, secret, NULL, async_wait_store, &result);
    certificates = tou_card_access_unlock_finish (access, async_wait (&result), &error);
    g_assert_no_error (error);
    return certificates;
}

static void
sign (TouCardAccess *access, const char *sha256)
{
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GBytes) content = g_bytes_new_static ("touroku", 7);
    g_autoptr (GBytes) cms = NULL;
    GError *error = NULL;

    tou_card_access_sign_async (access, content, sha256, NULL, async_wait_store, &result);
    cms = tou_card_access_sign_finish (access, async_wait (&result), &error);
    g_assert_no_error (error);
}

static void
use_card (TouCardAccess *access, const char *label, const char *pin, int n_signatures, double *out_last_ms)
{
    g_autoptr (TouCardToken) token = find_token (access, label);
    g_autoptr (GPtrArray) certificates = NULL;

    if (token == NULL) {
        printf ("no token\n");
        return;
    }
    certificates = unlock (access, token, pin);
    for (int i = 0; i < n_signatures; i++) {
        gint64 start_us = g_get_monotonic_time ();

        sign (access, find_fit (certificates));
        if (out_last_ms != NULL)
            *out_last_ms = ms_since (start_us);
    }
}

static int
run_once (char **argv)
{
    g_autoptr (TouProofChecker) proofs = TOU_PROOF_CHECKER (tou_openssl_proof_checker_new (NULL, NULL));
    g_autoptr (TouCardAgentClient) client = tou_card_agent_client_new (argv[2], argv[3], NULL, proofs);

    use_card (TOU_CARD_ACCESS (client), argv[5], argv[4], atoi (argv[6]), NULL);
    return 0;
}

/* By the bare calls */

static void
expect_ok (CK_RV rv, const char *call)
{
    if (rv != CKR_OK)
        g_error ("%s: 0x%lx", call, rv);
}

static CK_OBJECT_HANDLE
find_object (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session, CK_OBJECT_CLASS wanted)
{
    CK_ATTRIBUTE template = { CKA_CLASS, &wanted, sizeof wanted };
    CK_OBJECT_HANDLE object = 0;
    CK_ULONG n = 0;

    expect_ok (functions->C_FindObjectsInit (session, &template, 1), "C_FindObjectsInit");
    expect_ok (functions->C_FindObjects (session, &object, 1, &n), "C_FindObjects");
    expect_ok (functions->C_FindObjectsFinal (session), "C_FindObjectsFinal");
    g_assert (n == 1);
    return object;
}

static void
sign_bare (CK_FUNCTION_LIST *functions, CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key)
{
    CK_MECHANISM mechanism = { CKM_SHA256_RSA_PKCS, NULL, 0 };
    guchar signature[512];
    CK_ULONG size = sizeof signature;

    expect_ok (functions->C_SignInit (session, &mechanism, key), "C_SignInit");
    expect_ok (functions->C_Sign (session, (guchar *) "touroku", 7, signature, &size), "C_Sign");
}

static CK_FUNCTION_LIST *
load_bare (const char *module)
{
    void *handle = dlopen (module, RTLD_NOW | RTLD_LOCAL);
    CK_C_GetFunctionList get = handle == NULL ? NULL : dlsym (handle, "C_GetFunctionList");
    CK_FUNCTION_LIST *functions = NULL;

    g_assert (get != NULL);
    expect_ok (get (&functions), "C_GetFunctionList");
    expect_ok (functions->C_Initialize (NULL), "C_Initialize");
    return functions;
}

/* Prints what one more signature took. */
static int
run_bare (char **argv)
{
    CK_FUNCTION_LIST *functions = load_bare (argv[2]);
    guchar der[4096];
    CK_ATTRIBUTE value = { CKA_VALUE, der, sizeof der };
    CK_SLOT_ID slots[8];
    CK_ULONG n = G_N_ELEMENTS (slots);
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    gint64 start_us;

    expect_ok (functions->C_GetSlotList (CK_TRUE, slots, &n), "C_GetSlotList");
    expect_ok (functions->C_OpenSession (slots[0], CKF_SERIAL_SESSION, NULL, NULL, &session),
               "C_OpenSession");
    expect_ok (functions->C_Login (session, CKU_USER, (guchar *) argv[3], strlen (argv[3])), "C_Login");
    expect_ok (functions->C_GetAttributeValue (session, find_object (functions, session, CKO_CERTIFICATE),
                                               &value, 1),
               "C_GetAttributeValue");
    key = find_object (functions, session, CKO_PRIVATE_KEY);
    sign_bare (functions, session, key);
    start_us = g_get_monotonic_time ();
    sign_bare (functions, session, key);
    printf ("%.3f\n", ms_since (start_us));
    expect_ok (functions->C_Finalize (NULL), "C_Finalize");
    return 0;
}

/* Both */

static void
run_round (const char *self_path, const char *agent, SoftHsmFixture *hsm, TouProofChecker *proofs)
{
    const char *bare[] = { self_path, "bare", hsm->module, PIN, NULL };
    g_autofree char *output = NULL;
    TouCardAgentClient *client = tou_card_agent_client_new (agent, hsm->module, NULL, proofs);
    TouCardAccess *access = TOU_CARD_ACCESS (client);
    gint64 start_us = g_get_monotonic_time ();
    double agent_ms, bare_ms;
    double agent_sign_ms = 0;
    GError *error = NULL;

    use_card (access, TOKEN, PIN, 1, NULL);
    agent_ms = ms_since (start_us);
    use_card (access, TOKEN, PIN, 2, &agent_sign_ms);
    g_object_unref (client);
    start_us = g_get_monotonic_time ();
    g_spawn_sync (NULL, (char **) bare, NULL, 0, NULL, NULL, &output, NULL, NULL, &error);
    g_assert_no_error (error);
    bare_ms = ms_since (start_us);
    printf ("{\"agent\": %.2f, \"bare\": %.2f, \"agent_sign\": %.3f, \"bare_sign\": %.3f}\n", agent_ms,
            bare_ms, agent_sign_ms, g_ascii_strtod (output, NULL));
}

static int
run_rounds (char **argv)
{
    SoftHsmFixture *hsm = soft_hsm_fixture_new ();
    g_autoptr (TouProofChecker) proofs = TOU_PROOF_CHECKER (tou_openssl_proof_checker_new (NULL, NULL));

    if (hsm == NULL)
        return 1;
    g_setenv ("SOFTHSM2_CONF", hsm->configuration, TRUE);
    soft_hsm_fixture_add_token (hsm, TOKEN, PIN);
    g_free (soft_hsm_fixture_add_certificate (hsm, TOKEN, PIN, "01", "bench", SOFT_HSM_KEY_RSA));
    for (int i = 0; i <= atoi (argv[3]); i++)
        run_round (argv[0], argv[2], hsm, proofs);
    soft_hsm_fixture_free (hsm);
    return 0;
}

int
main (int argc, char **argv)
{
    if (argc == 7 && g_str_equal (argv[1], "once"))
        return run_once (argv);
    if (argc == 4 && g_str_equal (argv[1], "bare"))
        return run_bare (argv);
    if (argc == 4 && g_str_equal (argv[1], "rounds"))
        return run_rounds (argv);
    return 2;
}
