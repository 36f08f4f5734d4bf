/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "practice-fixture.h"
#include "tou-practice-cards.h"
#include "tou-practice-cast.h"
#include "tou-practice-control.h"
#include "tou-practice-folder.h"
#include "tou-practice-tokens.h"
#include "tou-softhsm.h"

#include <glib/gstdio.h>
#include <gmodule.h>
#include <p11-kit/pkcs11.h>
#include <string.h>

#define READER_1 0
#define READER_2 1
#define CARD TOU_PRACTICE_FIRST_CARD
#define OTHER_CARD "tsubakihara"
#define WRONG_PIN "000000"
#define PIN_FLAGS (CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED)

/* The module as any PKCS#11 program sees it, over a practice folder of the test's own. */
typedef struct {
    char *place;
    char *folder;
    CK_FUNCTION_LIST *card;
} Fixture;

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
set_up (Fixture *fixture, gconstpointer data)
{
    g_autofree char *tokens = NULL;

    fixture->place = practice_fixture_make_place ();
    fixture->folder = practice_fixture_copy_master (fixture->place);
    tokens = tou_practice_folder_dup_file (fixture->folder, TOU_PRACTICE_FILE_TOKENS);
    g_assert_true (tou_practice_tokens_write_configuration (fixture->folder, tokens, NULL));
    g_setenv ("TOUROKU_PRACTICE_FOLDER", fixture->folder, TRUE);
    fixture->card = load_module ();
    g_assert_cmphex (fixture->card->C_Initialize (NULL), ==, CKR_OK);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
    fixture->card->C_Finalize (NULL);
    g_unsetenv ("TOUROKU_PRACTICE_FOLDER");
    practice_fixture_remove (fixture->place);
    g_free (fixture->folder);
    g_free (fixture->place);
}

static void
insert (Fixture *fixture, const char *card, const char *reader)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (tou_practice_cards_insert (fixture->folder, card, reader, &error));
    g_assert_no_error (error);
}

static void
take_out (Fixture *fixture, const char *reader)
{
    g_autoptr (GError) error = NULL;

    g_assert_true (tou_practice_cards_remove (fixture->folder, reader, &error));
    g_assert_no_error (error);
}

static CK_SESSION_HANDLE
open_session (Fixture *fixture, CK_SLOT_ID slot)
{
    CK_SESSION_HANDLE session;

    g_assert_cmphex (fixture->card->C_OpenSession (slot, CKF_SERIAL_SESSION, NULL, NULL, &session), ==,
                     CKR_OK);
    return session;
}

static CK_RV
log_in (Fixture *fixture, CK_SESSION_HANDLE session, const char *pin)
{
    return fixture->card->C_Login (session, CKU_USER, (unsigned char *) pin, strlen (pin));
}

static CK_STATE
get_state (Fixture *fixture, CK_SESSION_HANDLE session)
{
    CK_SESSION_INFO info;

    g_assert_cmphex (fixture->card->C_GetSessionInfo (session, &info), ==, CKR_OK);
    return info.state;
}

static CK_FLAGS
get_pin_flags (Fixture *fixture, CK_SLOT_ID slot)
{
    CK_TOKEN_INFO info;

    g_assert_cmphex (fixture->card->C_GetTokenInfo (slot, &info), ==, CKR_OK);
    return info.flags & PIN_FLAGS;
}

static guint
count_keys (Fixture *fixture, CK_SESSION_HANDLE session)
{
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE template = { CKA_CLASS, &class, sizeof class };
    CK_OBJECT_HANDLE keys[4];
    CK_ULONG n = 0;

    g_assert_cmphex (fixture->card->C_FindObjectsInit (session, &template, 1), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_FindObjects (session, keys, G_N_ELEMENTS (keys), &n), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_FindObjectsFinal (session), ==, CKR_OK);
    return (guint) n;
}

static void
assert_padded (const unsigned char *field, gsize size, const char *text)
{
    g_autofree char *padded = g_strdup_printf ("%-*s", (int) size, text);

    g_assert_cmpmem (field, size, padded, size);
}

static void
assert_slot (Fixture *fixture, CK_SLOT_ID slot, const char *name, gboolean has_card)
{
    CK_SLOT_INFO info;

    g_assert_cmphex (fixture->card->C_GetSlotInfo (slot, &info), ==, CKR_OK);
    assert_padded (info.slotDescription, sizeof info.slotDescription, name);
    g_assert_true (info.flags & CKF_REMOVABLE_DEVICE);
    g_assert_cmpint ((info.flags & CKF_TOKEN_PRESENT) != 0, ==, has_card);
}

static void
test_shows_readers (Fixture *fixture, gconstpointer data)
{
    CK_SLOT_ID slots[4];
    CK_ULONG n = G_N_ELEMENTS (slots);
    CK_SLOT_INFO info;

    g_assert_cmphex (fixture->card->C_GetSlotList (CK_FALSE, slots, &n), ==, CKR_OK);
    g_assert_cmpuint (n, ==, 2);
    assert_slot (fixture, slots[0], TOU_PRACTICE_READER_1, TRUE);
    assert_slot (fixture, slots[1], TOU_PRACTICE_READER_2, FALSE);
    n = G_N_ELEMENTS (slots);
    g_assert_cmphex (fixture->card->C_GetSlotList (CK_TRUE, slots, &n), ==, CKR_OK);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmpuint (slots[0], ==, READER_1);
    g_assert_cmphex (fixture->card->C_GetSlotInfo (2, &info), ==, CKR_SLOT_ID_INVALID);
}

/* PKCS#11 2.40, 5.2: a buffer that is too small learns the size that is not. */
static void
test_says_how_many_slots (Fixture *fixture, gconstpointer data)
{
    CK_SLOT_ID slots[2] = { 77, 77 };
    CK_ULONG n = 0;

    g_assert_cmphex (fixture->card->C_GetSlotList (CK_FALSE, NULL, &n), ==, CKR_OK);
    g_assert_cmpuint (n, ==, 2);
    n = 1;
    g_assert_cmphex (fixture->card->C_GetSlotList (CK_FALSE, slots, &n), ==, CKR_BUFFER_TOO_SMALL);
    g_assert_cmpuint (n, ==, 2);
    g_assert_cmpuint (slots[1], ==, 77);
    g_assert_cmphex (fixture->card->C_GetSlotList (CK_FALSE, slots, NULL), ==, CKR_ARGUMENTS_BAD);
}

static void
test_shows_cards (Fixture *fixture, gconstpointer data)
{
    CK_TOKEN_INFO info;
    CK_SESSION_HANDLE session;

    g_assert_cmphex (fixture->card->C_GetTokenInfo (READER_1, &info), ==, CKR_OK);
    assert_padded (info.label, sizeof info.label, CARD);
    assert_padded (info.model, sizeof info.model, "practice card");
    g_assert_cmpuint (info.ulMinPinLen, ==, TOU_PRACTICE_CARD_PIN_MIN);
    g_assert_cmpuint (info.ulMaxPinLen, ==, TOU_PRACTICE_CARD_PIN_MAX);
    g_assert_cmphex (fixture->card->C_GetTokenInfo (READER_2, &info), ==, CKR_TOKEN_NOT_PRESENT);
    g_assert_cmphex (fixture->card->C_OpenSession (READER_2, CKF_SERIAL_SESSION, NULL, NULL, &session), ==,
                     CKR_TOKEN_NOT_PRESENT);
    insert (fixture, OTHER_CARD, TOU_PRACTICE_READER_2);
    g_assert_cmphex (fixture->card->C_GetTokenInfo (READER_2, &info), ==, CKR_OK);
    assert_padded (info.label, sizeof info.label, OTHER_CARD);
}

static void
test_signs (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE template = { CKA_CLASS, &class, sizeof class };
    CK_MECHANISM mechanism = { CKM_SHA256_RSA_PKCS, NULL, 0 };
    CK_OBJECT_HANDLE key;
    CK_ULONG n = 0;
    unsigned char text[] = "text";
    unsigned char signature[512];
    CK_ULONG size = sizeof signature;

    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_FindObjectsInit (session, &template, 1), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_FindObjects (session, &key, 1, &n), ==, CKR_OK);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmphex (fixture->card->C_FindObjectsFinal (session), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_SignInit (session, &mechanism, key), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_Sign (session, text, sizeof text, signature, &size), ==, CKR_OK);
    g_assert_cmpuint (size, ==, 256);
}

static void
test_counts_tries (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);

    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, 0);
    g_assert_cmphex (log_in (fixture, session, WRONG_PIN), ==, CKR_PIN_INCORRECT);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, CKF_USER_PIN_COUNT_LOW);
    g_assert_cmphex (log_in (fixture, session, WRONG_PIN), ==, CKR_PIN_INCORRECT);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY);
    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_OK);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, 0);
}

/* A PIN of a length that no card has is a wrong PIN like any other, else it could be tried for nothing. */
static void
test_counts_odd_pins (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);
    g_autofree char *long_pin = g_strnfill (1000, '1');

    g_assert_cmphex (log_in (fixture, session, "1"), !=, CKR_OK);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, CKF_USER_PIN_COUNT_LOW);
    g_assert_cmphex (log_in (fixture, session, long_pin), !=, CKR_OK);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY);
}

/* The tries belong to the card: another reader or a later session gives none back. */
static void
test_locks (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);

    for (guint i = 0; i < TOU_PRACTICE_CARD_PIN_TRIES; i++)
        g_assert_cmphex (log_in (fixture, session, WRONG_PIN), ==, CKR_PIN_INCORRECT);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, CKF_USER_PIN_LOCKED);
    insert (fixture, CARD, TOU_PRACTICE_READER_2);
    g_assert_cmphex (get_pin_flags (fixture, READER_2), ==, CKF_USER_PIN_LOCKED);
    session = open_session (fixture, READER_2);
    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_PIN_LOCKED);
    /* SoftHSM, which knows no lock, was not asked: it would have let the right PIN in. */
    g_assert_cmpuint (get_state (fixture, session), ==, CKS_RO_PUBLIC_SESSION);
    g_assert_cmpuint (count_keys (fixture, session), ==, 0);
}

static void
test_unlocks_for_the_next_exercise (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);
    g_autoptr (GError) error = NULL;

    for (guint i = 0; i < TOU_PRACTICE_CARD_PIN_TRIES; i++)
        g_assert_cmphex (log_in (fixture, session, WRONG_PIN), ==, CKR_PIN_INCORRECT);
    g_assert_true (tou_practice_cards_reset_pin_tries (fixture->folder, CARD, &error));
    g_assert_no_error (error);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, 0);
    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_OK);
}

/* What would get around the tries, or change a card, is not there. */
static void
test_refuses_what_no_card_does (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);
    CK_SESSION_HANDLE writing;
    unsigned char *pin = (unsigned char *) TOU_PRACTICE_PIN;
    unsigned char label[32];

    memset (label, ' ', sizeof label);
    g_assert_cmphex (fixture->card->C_InitToken (READER_1, pin, 6, label), ==, CKR_FUNCTION_NOT_SUPPORTED);
    g_assert_cmphex (fixture->card->C_Login (session, CKU_SO, pin, 6), ==, CKR_USER_TYPE_INVALID);
    g_assert_cmphex (fixture->card->C_SetPIN (session, pin, 6, pin, 6), ==, CKR_SESSION_READ_ONLY);
    g_assert_cmphex (
        fixture->card->C_OpenSession (READER_1, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &writing),
        ==, CKR_TOKEN_WRITE_PROTECTED);
    g_assert_cmphex (get_pin_flags (fixture, READER_1), ==, 0);
}

static void
test_ends_sessions_with_the_card (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE gone;
    CK_SESSION_HANDLE other;
    CK_SESSION_INFO info;

    insert (fixture, OTHER_CARD, TOU_PRACTICE_READER_2);
    gone = open_session (fixture, READER_1);
    other = open_session (fixture, READER_2);
    g_assert_cmphex (log_in (fixture, gone, TOU_PRACTICE_PIN), ==, CKR_OK);
    g_assert_cmphex (log_in (fixture, other, TOU_PRACTICE_PIN), ==, CKR_OK);
    take_out (fixture, TOU_PRACTICE_READER_1);
    g_assert_cmphex (fixture->card->C_GetSessionInfo (gone, &info), ==, CKR_DEVICE_REMOVED);
    g_assert_cmphex (fixture->card->C_FindObjectsInit (gone, NULL, 0), ==, CKR_DEVICE_REMOVED);
    g_assert_cmphex (fixture->card->C_SignInit (gone, NULL, 1), ==, CKR_DEVICE_REMOVED);
    g_assert_cmphex (log_in (fixture, gone, TOU_PRACTICE_PIN), ==, CKR_DEVICE_REMOVED);
    g_assert_cmphex (fixture->card->C_Logout (gone), ==, CKR_DEVICE_REMOVED);
    g_assert_cmphex (fixture->card->C_CloseSession (gone), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_CloseSession (gone), ==, CKR_SESSION_HANDLE_INVALID);
    g_assert_cmpuint (get_state (fixture, other), ==, CKS_RO_USER_FUNCTIONS);
    g_assert_cmpuint (count_keys (fixture, other), ==, 1);
}

/* Between two looks the card was out: nothing that was allowed before is allowed still. */
static void
test_notices_a_quick_pull (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);

    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_OK);
    take_out (fixture, TOU_PRACTICE_READER_1);
    insert (fixture, CARD, TOU_PRACTICE_READER_1);
    g_assert_cmphex (fixture->card->C_FindObjectsInit (session, NULL, 0), ==, CKR_DEVICE_REMOVED);
    session = open_session (fixture, READER_1);
    g_assert_cmpuint (get_state (fixture, session), ==, CKS_RO_PUBLIC_SESSION);
    g_assert_cmpuint (count_keys (fixture, session), ==, 0);
}

static void
test_swaps_cards (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);
    CK_TOKEN_INFO info;

    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_OK);
    insert (fixture, OTHER_CARD, TOU_PRACTICE_READER_1);
    g_assert_cmphex (fixture->card->C_GetTokenInfo (READER_1, &info), ==, CKR_OK);
    assert_padded (info.label, sizeof info.label, OTHER_CARD);
    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_DEVICE_REMOVED);
    session = open_session (fixture, READER_1);
    g_assert_cmpuint (get_state (fixture, session), ==, CKS_RO_PUBLIC_SESSION);
    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_OK);
    g_assert_cmpuint (count_keys (fixture, session), ==, 1);
}

/* SoftHSM's own slot numbers are large; a program must see the ones it was given. */
static void
test_tells_its_own_slots (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session;
    CK_SESSION_INFO info;

    insert (fixture, OTHER_CARD, TOU_PRACTICE_READER_2);
    session = open_session (fixture, READER_2);
    g_assert_cmphex (fixture->card->C_GetSessionInfo (session, &info), ==, CKR_OK);
    g_assert_cmpuint (info.slotID, ==, READER_2);
    g_assert_cmpuint (info.state, ==, CKS_RO_PUBLIC_SESSION);
    g_assert_cmphex (fixture->card->C_GetSessionInfo (session + 1000, &info), ==, CKR_SESSION_HANDLE_INVALID);
}

static void
test_closes_all_sessions_of_a_slot (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE first;
    CK_SESSION_HANDLE other;

    insert (fixture, OTHER_CARD, TOU_PRACTICE_READER_2);
    first = open_session (fixture, READER_1);
    other = open_session (fixture, READER_2);
    g_assert_cmphex (fixture->card->C_CloseAllSessions (READER_1), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_CloseSession (first), ==, CKR_SESSION_HANDLE_INVALID);
    g_assert_cmpuint (get_state (fixture, other), ==, CKS_RO_PUBLIC_SESSION);
    take_out (fixture, TOU_PRACTICE_READER_1);
    g_assert_cmphex (fixture->card->C_CloseAllSessions (READER_1), ==, CKR_OK);
    g_assert_cmphex (fixture->card->C_CloseAllSessions (9), ==, CKR_SLOT_ID_INVALID);
}

/* PKCS#11 2.40, 5.5: events are those since C_Initialize, each told once. */
static void
test_tells_events_once (Fixture *fixture, gconstpointer data)
{
    CK_SLOT_ID slot = 77;

    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL), ==, CKR_NO_EVENT);
    insert (fixture, OTHER_CARD, TOU_PRACTICE_READER_2);
    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL), ==, CKR_OK);
    g_assert_cmpuint (slot, ==, READER_2);
    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL), ==, CKR_NO_EVENT);
    take_out (fixture, TOU_PRACTICE_READER_1);
    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL), ==, CKR_OK);
    g_assert_cmpuint (slot, ==, READER_1);
    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL), ==, CKR_NO_EVENT);
    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (CKF_DONT_BLOCK, NULL, NULL), ==, CKR_ARGUMENTS_BAD);
    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (0, &slot, NULL), ==, CKR_FUNCTION_NOT_SUPPORTED);
}

/* A wrong PIN changes the file, and no slot. */
static void
test_counting_is_no_event (Fixture *fixture, gconstpointer data)
{
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);
    CK_SLOT_ID slot;

    g_assert_cmphex (log_in (fixture, session, WRONG_PIN), ==, CKR_PIN_INCORRECT);
    g_assert_cmphex (fixture->card->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL), ==, CKR_NO_EVENT);
    g_assert_cmpuint (get_state (fixture, session), ==, CKS_RO_PUBLIC_SESSION);
}

static void
replace_state (Fixture *fixture, const char *text)
{
    g_autofree char *path = tou_practice_cards_dup_path (fixture->folder);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (path, text, -1, &error));
    g_assert_no_error (error);
}

static void
test_keeps_its_state_when_the_file_is_unreadable (Fixture *fixture, gconstpointer data)
{
    g_autofree char *path = tou_practice_cards_dup_path (fixture->folder);
    g_autofree char *before = NULL;
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);

    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_OK);
    g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
    replace_state (fixture, "[Reader 1");
    assert_slot (fixture, READER_1, TOU_PRACTICE_READER_1, TRUE);
    g_assert_cmpint (g_remove (path), ==, 0);
    assert_slot (fixture, READER_1, TOU_PRACTICE_READER_1, TRUE);
    g_assert_cmpuint (get_state (fixture, session), ==, CKS_RO_USER_FUNCTIONS);
    replace_state (fixture, before);
    take_out (fixture, TOU_PRACTICE_READER_1);
    assert_slot (fixture, READER_1, TOU_PRACTICE_READER_1, FALSE);
}

/* A file changed by hand may lack what it had. */
static void
test_bears_a_lost_reader_and_card (Fixture *fixture, gconstpointer data)
{
    CK_SLOT_ID slots[4];
    CK_ULONG n = G_N_ELEMENTS (slots);
    CK_SESSION_HANDLE session;
    CK_SESSION_INFO info;
    CK_TOKEN_INFO token;

    insert (fixture, OTHER_CARD, TOU_PRACTICE_READER_2);
    session = open_session (fixture, READER_2);
    replace_state (fixture,
                   "[Reader 1]\nName=One\nCard=" CARD "\n"
                   "[Card " OTHER_CARD "]\nTokenLabel=" OTHER_CARD "\nTitle=t\nTitle[ja]=t\nHolder=h\n"
                   "Company=c\nNotAfter=2030-01-01T00:00:00Z\nPinTries=3\nPinTriesLeft=3\n");
    g_assert_cmphex (fixture->card->C_GetSlotList (CK_FALSE, slots, &n), ==, CKR_OK);
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmphex (fixture->card->C_GetTokenInfo (READER_1, &token), ==, CKR_TOKEN_NOT_PRESENT);
    g_assert_cmphex (fixture->card->C_GetTokenInfo (READER_2, &token), ==, CKR_SLOT_ID_INVALID);
    g_assert_cmphex (fixture->card->C_GetSessionInfo (session, &info), ==, CKR_DEVICE_REMOVED);
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
    CK_FUNCTION_LIST *card = fixture->card;
    CK_SESSION_HANDLE session = open_session (fixture, READER_1);
    CK_ULONG n = 0;
    CK_SLOT_ID slot;
    CK_INFO info;

    g_assert_cmphex (card->C_Initialize (NULL), ==, CKR_CRYPTOKI_ALREADY_INITIALIZED);
    g_assert_cmphex (card->C_GetInfo (&info), ==, CKR_OK);
    assert_padded (info.libraryDescription, sizeof info.libraryDescription, "Touroku practice cards");
    g_assert_cmphex (card->C_Finalize (NULL), ==, CKR_OK);
    g_assert_cmphex (card->C_Finalize (NULL), ==, CKR_CRYPTOKI_NOT_INITIALIZED);
    g_assert_cmphex (card->C_GetInfo (&info), ==, CKR_CRYPTOKI_NOT_INITIALIZED);
    g_assert_cmphex (card->C_GetSlotList (CK_TRUE, NULL, &n), ==, CKR_CRYPTOKI_NOT_INITIALIZED);
    g_assert_cmphex (card->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL), ==,
                     CKR_CRYPTOKI_NOT_INITIALIZED);
    g_assert_cmphex (card->C_CloseSession (session), ==, CKR_CRYPTOKI_NOT_INITIALIZED);
    g_assert_cmphex (log_in (fixture, session, TOU_PRACTICE_PIN), ==, CKR_CRYPTOKI_NOT_INITIALIZED);
}

static void
test_needs_its_folder (Fixture *fixture, gconstpointer data)
{
    g_autofree char *state = tou_practice_cards_dup_path (fixture->folder);
    g_autofree char *nowhere = g_build_filename (fixture->place, "nowhere", NULL);
    CK_INFO info;

    g_assert_cmphex (fixture->card->C_Finalize (NULL), ==, CKR_OK);
    g_unsetenv ("TOUROKU_PRACTICE_FOLDER");
    g_assert_cmphex (fixture->card->C_Initialize (NULL), ==, CKR_GENERAL_ERROR);
    g_setenv ("TOUROKU_PRACTICE_FOLDER", nowhere, TRUE);
    g_assert_cmphex (fixture->card->C_Initialize (NULL), !=, CKR_OK);
    g_setenv ("TOUROKU_PRACTICE_FOLDER", fixture->folder, TRUE);
    g_assert_cmpint (g_remove (state), ==, 0);
    g_assert_cmphex (fixture->card->C_Initialize (NULL), ==, CKR_GENERAL_ERROR);
    g_assert_cmphex (fixture->card->C_GetInfo (&info), ==, CKR_CRYPTOKI_NOT_INITIALIZED);
}

#define ADD(name, test) g_test_add ("/practice/module/" name, Fixture, NULL, set_up, test, tear_down)

static void
add_tests (void)
{
    ADD ("readers", test_shows_readers);
    ADD ("buffer", test_says_how_many_slots);
    ADD ("cards", test_shows_cards);
    ADD ("signs", test_signs);
    ADD ("tries", test_counts_tries);
    ADD ("odd-pins", test_counts_odd_pins);
    ADD ("locks", test_locks);
    ADD ("unlocks", test_unlocks_for_the_next_exercise);
    ADD ("refuses", test_refuses_what_no_card_does);
    ADD ("removed", test_ends_sessions_with_the_card);
    ADD ("quick-pull", test_notices_a_quick_pull);
    ADD ("swap", test_swaps_cards);
    ADD ("session-slot", test_tells_its_own_slots);
    ADD ("close-all", test_closes_all_sessions_of_a_slot);
    ADD ("events", test_tells_events_once);
    ADD ("counting", test_counting_is_no_event);
    ADD ("unreadable", test_keeps_its_state_when_the_file_is_unreadable);
    ADD ("lost", test_bears_a_lost_reader_and_card);
    ADD ("ends", test_ends);
    ADD ("folder", test_needs_its_folder);
}

int
main (int argc, char **argv)
{
    g_autoptr (GError) error = NULL;

    g_test_init (&argc, &argv, NULL);
    if (tou_softhsm_load (&error) == NULL) {
        g_print ("1..0 # SKIP %s\n", error->message);
        return 0;
    }
    add_tests ();
    return practice_fixture_end (g_test_run ());
}
