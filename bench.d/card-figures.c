/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * card-figures once AGENT MODULE PIN LABEL N: lists, unlocks the token (the first with a label that ends so)
 * and signs N times, as the program does; for counting what goes to the card. card-figures bare MODULE PIN:
 * the same with the bare PKCS#11 calls: one certificate, one login, two signatures. card-figures desk MODULE
 * PIN SLOT-VIEW: the same with what the agent does with its module, in this process. card-figures rounds
 * AGENT SLOT-VIEW ROUNDS: all on SoftHSM, one after the other; one JSON line a round, milliseconds:
 *
 *   bare, desk   "card-figures bare" and "desk", from no process on
 *   agent        list, unlock, sign twice, from no process on: the agent is started for it
 *   bare_listed, desk_listed, agent_listed   the part of it after the list of the cards
 *   bare_sign    the part of it that is the second signature: C_SignInit, C_Sign
 *   desk_sign, agent_sign   the same, as CMS
 */
#include "async-wait.h"
#include "measure.h"
#include "softhsm-fixture.h"
#include "tou-card-agent-client.h"
#include "tou-card-desk.h"
#include "tou-openssl-proof-checker.h"

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIN "482913"
#define TOKEN "Bench"

/* What a job took, milliseconds */
typedef struct {
    double whole;  /* from no process on */
    double listed; /* from the listed card on */
    double last_sign;
} Times;

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
use_card (TouCardAccess *access, const char *label, const char *pin, int n_signatures, Times *out_times)
{
    g_autoptr (TouCardToken) token = find_token (access, label);
    g_autoptr (GPtrArray) certificates = NULL;
    gint64 listed_us = g_get_monotonic_time ();

    if (token == NULL) {
        printf ("no token\n");
        return;
    }
    certificates = unlock (access, token, pin);
    for (int i = 0; i < n_signatures; i++) {
        gint64 start_us = g_get_monotonic_time ();

        sign (access, find_fit (certificates));
        out_times->last_sign = ms_since (start_us);
    }
    out_times->listed = ms_since (listed_us);
}

static int
run_once (char **argv)
{
    g_autoptr (TouProofChecker) proofs = TOU_PROOF_CHECKER (tou_openssl_proof_checker_new (NULL, NULL));
    g_autoptr (TouCardAgentClient) client = tou_card_agent_client_new (argv[2], argv[3], NULL, proofs);
    Times times;

    use_card (TOU_CARD_ACCESS (client), argv[5], argv[4], atoi (argv[6]), &times);
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

/* What a process of this program says to the one that times it. */
static void
print_times (gint64 listed_us, gint64 last_sign_us)
{
    printf ("%.3f %.3f\n", ms_since (listed_us), ms_since (last_sign_us));
}

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
    gint64 listed_us;
    gint64 start_us;

    expect_ok (functions->C_GetSlotList (CK_TRUE, slots, &n), "C_GetSlotList");
    listed_us = g_get_monotonic_time ();
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
    print_times (listed_us, start_us);
    expect_ok (functions->C_Finalize (NULL), "C_Finalize");
    return 0;
}

/* By the agent's desk */

/* Returns: (transfer full) */
static char *
find_token_id (GVariant *list)
{
    g_autoptr (GVariant) tokens = g_variant_get_child_value (list, 1);
    g_autoptr (GVariant) token = g_variant_get_child_value (tokens, 0);
    char *id;

    g_variant_get_child (token, 0, "s", &id);
    return id;
}

/* Returns: (transfer full): its SHA-256 */
static char *
hash_certificate (GVariant *unlocked)
{
    g_autoptr (GVariant) certificates = g_variant_get_child_value (unlocked, 0);
    g_autoptr (GVariant) der = g_variant_get_child_value (certificates, 0);

    return g_compute_checksum_for_data (G_CHECKSUM_SHA256, g_variant_get_data (der),
                                        g_variant_get_size (der));
}

static void
sign_at_desk (TouCardDesk *desk, const char *sha256)
{
    g_autoptr (GBytes) content = g_bytes_new_static ("touroku", 7);
    GError *error = NULL;
    g_autoptr (GBytes) cms = tou_card_desk_sign (desk, content, sha256, &error);

    g_assert_no_error (error);
}

static int
run_desk (char **argv)
{
    g_autoptr (TouCardDesk) desk = tou_card_desk_new (argv[2], argv[4]);
    g_autoptr (TouSecret) pin = tou_secret_new_from_text (argv[3]);
    GError *error = NULL;
    g_autoptr (GVariant) list = tou_card_desk_list (desk, &error);
    g_autoptr (GVariant) unlocked = NULL;
    g_autofree char *token_id = NULL;
    g_autofree char *sha256 = NULL;
    gint64 listed_us = g_get_monotonic_time ();
    gint64 start_us;

    g_assert_no_error (error);
    token_id = find_token_id (list);
    unlocked = tou_card_desk_unlock (desk, token_id, pin, &error);
    g_assert_no_error (error);
    sha256 = hash_certificate (unlocked);
    sign_at_desk (desk, sha256);
    start_us = g_get_monotonic_time ();
    sign_at_desk (desk, sha256);
    print_times (listed_us, start_us);
    return 0;
}

/* All */

static Times
time_process (const char **argv)
{
    gint64 start_us = g_get_monotonic_time ();
    g_autofree char *output = NULL;
    Times times;
    GError *error = NULL;

    g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &output, NULL, NULL, &error);
    times.whole = ms_since (start_us);
    g_assert_no_error (error);
    g_assert (sscanf (output, "%lf %lf", &times.listed, &times.last_sign) == 2);
    return times;
}

static Times
time_agent (const char *agent, SoftHsmFixture *hsm, TouProofChecker *proofs)
{
    gint64 start_us = g_get_monotonic_time ();
    g_autoptr (TouCardAgentClient) client = tou_card_agent_client_new (agent, hsm->module, NULL, proofs);
    Times times;

    use_card (TOU_CARD_ACCESS (client), TOKEN, PIN, 2, &times);
    times.whole = ms_since (start_us);
    return times;
}

static void
print_round (const char *who, const Times *times)
{
    printf ("\"%s\": %.2f, \"%s_listed\": %.3f, \"%s_sign\": %.3f", who, times->whole, who, times->listed,
            who, times->last_sign);
}

static void
run_round (char **argv, SoftHsmFixture *hsm, TouProofChecker *proofs)
{
    const char *bare_argv[] = { argv[0], "bare", hsm->module, PIN, NULL };
    const char *desk_argv[] = { argv[0], "desk", hsm->module, PIN, argv[3], NULL };
    Times bare = time_process (bare_argv);
    Times desk = time_process (desk_argv);
    Times agent = time_agent (argv[2], hsm, proofs);

    printf ("{");
    print_round ("bare", &bare);
    printf (", ");
    print_round ("desk", &desk);
    printf (", ");
    print_round ("agent", &agent);
    printf ("}\n");
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
    for (int i = 0; i <= atoi (argv[4]); i++)
        run_round (argv, hsm, proofs);
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
    if (argc == 5 && g_str_equal (argv[1], "desk"))
        return run_desk (argv);
    if (argc == 5 && g_str_equal (argv[1], "rounds"))
        return run_rounds (argv);
    return 2;
}
