/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card"

#include "card-test.h"

#include "async-wait.h"
#include "tou-openssl-proof-checker.h"

#include <glib/gstdio.h>
#include <string.h>

static SoftHsmFixture *hsm;

static void
on_changed (CardTest *test)
{
    test->n_changed++;
}

static void
on_lost (CardTest *test)
{
    test->n_lost++;
}

/* Returns: (transfer full): for the agents */
static GStrv
make_environment (CardTest *test)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    g_autofree char *configuration = g_strdup_printf ("SOFTHSM2_CONF=%s", test->hsm->configuration);
    g_autofree char *target = g_strdup_printf ("TEST_MODULE_TARGET=%s", test->hsm->module);
    g_autofree char *faults = g_strdup_printf ("TEST_MODULE_FAULTS=%s", test->faults);
    g_autofree char *log = g_strdup_printf ("TEST_MODULE_LOG=%s", test->log);

    g_strv_builder_add_many (builder, configuration, target, faults, log, NULL);
    return g_strv_builder_end (builder);
}

static void
use_access (CardTest *test, gpointer access)
{
    test->access = TOU_CARD_ACCESS (access);
    g_signal_connect_swapped (access, "changed", G_CALLBACK (on_changed), test);
    g_signal_connect_swapped (access, "lost", G_CALLBACK (on_lost), test);
}

void
card_test_use_client (CardTest *test, const char *agent_path, const char *module)
{
    g_auto (GStrv) environment = make_environment (test);

    g_clear_object (&test->client);
    test->client = tou_card_agent_client_new (agent_path, module, (const char *const *) environment,
                                              test->proofs);
    use_access (test, test->client);
}

void
card_test_use_hub (CardTest *test, const char *const *modules)
{
    g_auto (GStrv) environment = make_environment (test);

    test->hub = tou_card_hub_new (g_getenv ("TEST_CARD_AGENT"), (const char *const *) environment,
                                  test->proofs);
    tou_card_hub_set_modules (test->hub, modules);
    use_access (test, test->hub);
}

static void
set_up (CardTest *test, gconstpointer data)
{
    test->hsm = hsm;
    test->proofs = TOU_PROOF_CHECKER (tou_openssl_proof_checker_new (NULL, NULL));
    test->faults = g_build_filename (hsm->folder, "faults", NULL);
    test->log = g_build_filename (hsm->folder, "log", NULL);
    (void) g_unlink (test->faults);
    (void) g_unlink (test->log);
    card_test_use_client (test, g_getenv ("TEST_CARD_AGENT"), g_getenv ("TEST_CARD_MODULE"));
}

static void
tear_down (CardTest *test, gconstpointer data)
{
    if (test->hub != NULL)
        g_assert_finalize_object (g_steal_pointer (&test->hub));
    g_assert_finalize_object (g_steal_pointer (&test->client));
    g_object_unref (test->proofs);
    g_free (test->faults);
    g_free (test->log);
}

static void
run_function (CardTest *test, gconstpointer data)
{
    CardTestFunc function = (CardTestFunc) data;

    function (test);
}

void
card_test_add (const char *path, CardTestFunc function)
{
    g_test_add (path, CardTest, (gconstpointer) function, set_up, run_function, tear_down);
}

static void
make_tokens (void)
{
    static const struct {
        const char *token, *id, *holder;
        SoftHsmKey key;
    } certificates[] = {
        { TOKEN_FULL, "02", "年金次郎", SOFT_HSM_KEY_RSA },
        { TOKEN_FULL, "01", "年金太郎", SOFT_HSM_KEY_RSA },
        { TOKEN_FULL, "03", "年金三郎", SOFT_HSM_KEY_EC },
        { TOKEN_FULL, "04", "年金四郎", SOFT_HSM_KEY_NONE },
        { TOKEN_ASKING, "01", "年金五郎", SOFT_HSM_KEY_RSA_ASKING },
        { TOKEN_KEYLESS, "01", "年金六郎", SOFT_HSM_KEY_NONE },
    };
    static const char *const tokens[] = { TOKEN_FULL, TOKEN_ASKING, TOKEN_KEYLESS, TOKEN_AUTHORITY,
                                          TOKEN_EMPTY };

    for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
        soft_hsm_fixture_add_token (hsm, tokens[i], CARD_PIN);
    for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
        g_free (soft_hsm_fixture_add_certificate (hsm, certificates[i].token, CARD_PIN, certificates[i].id,
                                                  certificates[i].holder, certificates[i].key));
    soft_hsm_fixture_add_ca_certificate (hsm, TOKEN_FULL, CARD_PIN, "09");
    soft_hsm_fixture_add_ca_certificate (hsm, TOKEN_AUTHORITY, CARD_PIN, "09");
}

int
card_test_main (int argc, char **argv, void (*add_tests) (void))
{
    int status;

    g_test_init (&argc, &argv, NULL);
    hsm = soft_hsm_fixture_new ();
    if (hsm == NULL) {
        g_print ("1..0 # SKIP a tool that makes tokens is missing\n");
        return 0;
    }
    make_tokens ();
    add_tests ();
    status = g_test_run ();
    soft_hsm_fixture_free (hsm);
    return status;
}

void
card_test_set_faults (CardTest *test, const char *lines)
{
    g_assert_true (g_file_set_contents (test->faults, lines == NULL ? "" : lines, -1, NULL));
}

guint
card_test_count_calls (CardTest *test, const char *function)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    guint n = 0;

    if (!g_file_get_contents (test->log, &text, NULL, NULL))
        return 0;
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        n += g_str_equal (*line, function);
    return n;
}

CardStep *
card_step_new (CardTest *test)
{
    CardStep *step = g_new0 (CardStep, 1);

    step->test = test;
    return step;
}

void
on_card_step_done (GObject *source, GAsyncResult *result, gpointer data)
{
    async_wait_store (source, result, &((CardStep *) data)->result);
}

void
card_step_wait (CardStep *step)
{
    async_wait (&step->result);
}

void
card_step_free (CardStep *step)
{
    g_clear_object (&step->result);
    g_free (step);
}

TouCardInventory *
card_test_list (CardTest *test, GError **error)
{
    g_autoptr (CardStep) step = card_step_new (test);

    tou_card_access_list_async (test->access, NULL, on_card_step_done, step);
    card_step_wait (step);
    return tou_card_access_list_finish (test->access, step->result, error);
}

GPtrArray *
card_test_unlock (CardTest *test, TouCardToken *token, const char *pin, GError **error)
{
    g_autoptr (CardStep) step = card_step_new (test);
    g_autoptr (TouSecret) secret = pin == NULL ? NULL : tou_secret_new_from_text (pin);

    tou_card_access_unlock_async (test->access, token, secret, NULL, on_card_step_done, step);
    card_step_wait (step);
    return tou_card_access_unlock_finish (test->access, step->result, error);
}

GBytes *
card_test_sign (CardTest *test, const char *text, const char *sha256, GError **error)
{
    g_autoptr (CardStep) step = card_step_new (test);
    g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));

    tou_card_access_sign_async (test->access, content, sha256, NULL, on_card_step_done, step);
    card_step_wait (step);
    return tou_card_access_sign_finish (test->access, step->result, error);
}

TouCardToken *
card_test_find_token (CardTest *test, const char *label)
{
    GError *error = NULL;
    g_autoptr (TouCardInventory) inventory = card_test_list (test, &error);

    g_assert_no_error (error);
    for (guint i = 0; i < inventory->tokens->len; i++) {
        TouCardToken *token = g_ptr_array_index (inventory->tokens, i);
        if (g_str_equal (token->label, label))
            return tou_card_token_ref (token);
    }
    g_error ("no token %s", label);
}

GPtrArray *
card_test_open (CardTest *test, const char *label)
{
    g_autoptr (TouCardToken) token = card_test_find_token (test, label);
    GError *error = NULL;
    GPtrArray *certificates = card_test_unlock (test, token, CARD_PIN, &error);

    g_assert_no_error (error);
    return certificates;
}

const char *
card_test_find_sha256 (GPtrArray *certificates, const char *holder)
{
    for (guint i = 0; i < certificates->len; i++) {
        const TouCardCertificate *certificate = g_ptr_array_index (certificates, i);
        if (g_strcmp0 (certificate->holder, holder) == 0)
            return certificate->sha256;
    }
    g_error ("no certificate of %s", holder);
}
