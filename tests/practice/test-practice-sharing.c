/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Many programs with the cards of one practice folder, all at the same time: each sees its card and can use
 * it all the while. */

#include "practice-fixture.h"
#include "tou-practice-control.h"
#include "tou-practice-folder.h"
#include "tou-practice-tokens.h"

#include <gio/gio.h>
#include <gmodule.h>
#include <p11-kit/pkcs11.h>
#include <stdlib.h>
#include <string.h>

#define AS_VISITOR "--visit"
#define N_VISITORS 8
#define N_VISITS 10
#define READER_1 0

static CK_FUNCTION_LIST *
load_module (void)
{
    g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "..", "src", "practice", "module",
                                                   "touroku-practice-card.so", NULL);
    CK_C_GetFunctionList get = NULL;
    CK_FUNCTION_LIST *functions = NULL;
    GModule *module = g_module_open (path, G_MODULE_BIND_LOCAL);

    if (module == NULL)
        g_error ("%s", g_module_error ());
    g_assert_true (g_module_symbol (module, "C_GetFunctionList", (gpointer *) &get));
    g_assert_cmphex (get (&functions), ==, CKR_OK);
    g_module_make_resident (module);
    return functions;
}

static void
check_card (CK_FUNCTION_LIST *card)
{
    CK_SLOT_INFO slot;
    CK_TOKEN_INFO token;

    g_assert_cmphex (card->C_GetSlotInfo (READER_1, &slot), ==, CKR_OK);
    g_assert_true (slot.flags & CKF_TOKEN_PRESENT);
    g_assert_cmphex (card->C_GetTokenInfo (READER_1, &token), ==, CKR_OK);
}

/* SoftHSM writes at each login. */
static void
use_card (CK_FUNCTION_LIST *card)
{
    static const char pin[] = TOU_PRACTICE_PIN;
    CK_OBJECT_CLASS private_key = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE template = { CKA_CLASS, &private_key, sizeof private_key };
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    CK_ULONG n = 0;

    g_assert_cmphex (card->C_OpenSession (READER_1, CKF_SERIAL_SESSION, NULL, NULL, &session), ==, CKR_OK);
    g_assert_cmphex (card->C_Login (session, CKU_USER, (CK_UTF8CHAR *) pin, strlen (pin)), ==, CKR_OK);
    check_card (card);
    g_assert_cmphex (card->C_FindObjectsInit (session, &template, 1), ==, CKR_OK);
    g_assert_cmphex (card->C_FindObjects (session, &key, 1, &n), ==, CKR_OK);
    g_assert_cmphex (card->C_FindObjectsFinal (session), ==, CKR_OK);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmphex (card->C_Logout (session), ==, CKR_OK);
    g_assert_cmphex (card->C_CloseSession (session), ==, CKR_OK);
}

static int
be_visitor (void)
{
    CK_FUNCTION_LIST *card = load_module ();

    for (guint i = 0; i < N_VISITS; i++) {
        g_assert_cmphex (card->C_Initialize (NULL), ==, CKR_OK);
        check_card (card);
        use_card (card);
        check_card (card);
        g_assert_cmphex (card->C_Finalize (NULL), ==, CKR_OK);
    }
    return EXIT_SUCCESS;
}

/* Would catch: SoftHSM left to its own locks, with which a card that is in is gone for whoever reads its file
 * while another one writes it. */
static void
test_at_the_same_time (void)
{
    g_autofree char *place = practice_fixture_make_place ();
    g_autofree char *folder = practice_fixture_copy_master (place);
    g_autofree char *tokens = tou_practice_folder_dup_file (folder, TOU_PRACTICE_FILE_TOKENS);
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
    GSubprocess *visitors[N_VISITORS];
    GError *error = NULL;

    g_assert_true (tou_practice_tokens_write_configuration (folder, tokens, &error));
    g_subprocess_launcher_setenv (launcher, "TOUROKU_PRACTICE_FOLDER", folder, TRUE);
    for (guint i = 0; i < N_VISITORS; i++) {
        visitors[i] = g_subprocess_launcher_spawn (launcher, &error, "/proc/self/exe", AS_VISITOR, NULL);
        g_assert_no_error (error);
    }
    for (guint i = 0; i < N_VISITORS; i++) {
        g_assert_true (g_subprocess_wait_check (visitors[i], NULL, &error));
        g_assert_no_error (error);
        g_object_unref (visitors[i]);
    }
    practice_fixture_remove (place);
}

int
main (int argc, char **argv)
{
    gboolean is_visitor = argc == 2 && g_str_equal (argv[1], AS_VISITOR);
    int n_arguments = 1;

    g_test_init (is_visitor ? &n_arguments : &argc, &argv, NULL);
    if (is_visitor)
        return be_visitor ();
    g_test_add_func ("/practice-sharing/at-the-same-time", test_at_the_same_time);
    return practice_fixture_end (g_test_run ());
}
