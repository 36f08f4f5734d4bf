/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "softhsm-fixture.h"
#include "tou-card-agent-client-private.h"
#include "tou-card-hub.h"

G_BEGIN_DECLS

/** CardTest: a client over a real agent, over module-faults.so, over SoftHSM. The tokens are made once a
 * program. */
typedef struct {
    SoftHsmFixture *hsm;
    TouCardAgentClient *client;
    TouCardHub *hub;       /* (nullable) */
    TouCardAccess *access; /* the hub, else the client */
    TouProofChecker *proofs;
    char *faults; /* file */
    char *log;    /* file */
    guint n_changed;
    guint n_lost;
} CardTest;

#define CARD_PIN "482913"
/* Tokens, all with CARD_PIN: */
#define TOKEN_FULL "Full" /* RSA keys 01 and 02, EC key 03, certificate 04 without a key, an authority's */
#define TOKEN_ASKING "Asking"       /* RSA key that asks at each signature */
#define TOKEN_KEYLESS "Keyless"     /* a certificate without a key */
#define TOKEN_AUTHORITY "Authority" /* only an authority's certificate */
#define TOKEN_EMPTY "Empty"

/** card_test_main: registers what @add_tests does with paths and functions, makes the tokens and runs; skips
 * all when a tool is missing. */
int card_test_main (int argc, char **argv, void (*add_tests) (void));

typedef void (*CardTestFunc) (CardTest *test);
void card_test_add (const char *path, CardTestFunc function);

/** card_test_set_faults: lines for module-faults.c, %NULL: none. */
void card_test_set_faults (CardTest *test, const char *lines);

/** card_test_count_calls: Returns: how often the module's @function was called in this test */
guint card_test_count_calls (CardTest *test, const char *function);

/** card_test_use_client: another client instead; @module: the only one. */
void card_test_use_client (CardTest *test, const char *agent_path, const char *module);

/** card_test_use_hub: a hub over @modules (array zero-terminated=1) instead. */
void card_test_use_hub (CardTest *test, const char *const *modules);

/** CardStep: a step that was begun. Results are (transfer none), valid until card_step_free(). */
typedef struct {
    CardTest *test;
    GAsyncResult *result;
} CardStep;

CardStep *card_step_new (CardTest *test);
void on_card_step_done (GObject *source, GAsyncResult *result, gpointer step);
void card_step_wait (CardStep *step);
void card_step_free (CardStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CardStep, card_step_free)

/** Whole steps, waited for. Errors as of the interface. */
TouCardInventory *card_test_list (CardTest *test, GError **error);
GPtrArray *card_test_unlock (CardTest *test, TouCardToken *token, const char *pin, GError **error);
GBytes *card_test_sign (CardTest *test, const char *text, const char *sha256, GError **error);

/** card_test_find_token: Returns: (transfer full): lists anew and takes the token with @label */
TouCardToken *card_test_find_token (CardTest *test, const char *label);

/** card_test_open: lists and unlocks with the right PIN. Returns: (transfer full): the certificates */
GPtrArray *card_test_open (CardTest *test, const char *label);

/** card_test_find_sha256: Returns: (transfer none): of the certificate on TOKEN_FULL or TOKEN_ASKING with
 * @holder */
const char *card_test_find_sha256 (GPtrArray *certificates, const char *holder);

G_END_DECLS
