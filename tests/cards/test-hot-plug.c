/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

/* Readers, cards and pcscd that come and go, and other programs at the card, with the agent's client over the
 * real OpenSC and pcscd. */

#include "async-wait.h"
#include "cards-test.h"

#include <string.h>
#include <winscard.h>

#define CONTENT "申請"
#define FIRST_READER "Touroku Test Reader A 00 00"
/* By the label of the token: the name in its certificate. */
#define ICHIRO "Ichiro Sakuragawa"
#define JIRO "Jiro Sakuragawa"

static void
do_whole_job (CardTest *test, const char *label, const char *pin)
{
    g_autoptr (TouCardToken) token = cards_test_wait_for_token (test, label);
    GError *error = NULL;
    g_autoptr (GPtrArray) certificates = card_test_unlock (test, token, pin, &error);
    g_autoptr (GBytes) cms = NULL;

    g_assert_no_error (error);
    cms = card_test_sign (test, CONTENT, cards_test_find_fit (certificates)->sha256, &error);
    g_assert_no_error (error);
    cards_test_check_cms (cms, CONTENT);
}

static gboolean
has_no_card (const TouCardInventory *inventory)
{
    return inventory->tokens->len == 0;
}

static gboolean
has_second_reader (const TouCardInventory *inventory)
{
    return inventory->readers->len == 4; /* each has two slots */
}

static gboolean
has_first_reader_alone (const TouCardInventory *inventory)
{
    return inventory->readers->len == 2;
}

/* Bugs: a program that was started before pcscd never sees a card; one that has seen pcscd end does not
 * either. */
static void
test_pcscd_comes_and_goes (CardTest *test)
{
    CONTROL ("pcscd stop");
    cards_test_wait_for_inventory (test, has_no_card);
    CONTROL ("pcscd start");
    cards_test_insert (0, "piv", "sakuragawa");
    do_whole_job (test, ICHIRO, PIV_PIN);
    tou_card_access_release (test->access);
    tou_card_token_unref (cards_test_wait_for_token (test, ICHIRO));
    CONTROL ("pcscd stop");
    cards_test_wait_for_inventory (test, has_no_card);
    CONTROL ("pcscd start");
    do_whole_job (test, ICHIRO, PIV_PIN);
}

static gboolean
has_no_reader (const TouCardInventory *inventory)
{
    return inventory->readers->len == 0;
}

/* Bugs: a reader that is plugged in later is not seen, its card cannot be used, or one that is gone stays. */
static void
test_reader_comes_and_goes (CardTest *test)
{
    cards_test_wait_for_inventory (test, has_first_reader_alone);
    CONTROL ("reader add 1");
    cards_test_wait_for_inventory (test, has_second_reader);
    cards_test_insert (2, "piv", "sakuragawa-new");
    do_whole_job (test, JIRO, PIV_PIN);
    tou_card_access_release (test->access);
    tou_card_token_unref (cards_test_wait_for_token (test, JIRO));
    CONTROL ("reader remove 1");
    cards_test_wait_for_inventory (test, has_first_reader_alone);
    CONTROL ("remove 2");
}

/* Bugs: without a reader at first none is ever seen; a card in a reader that is plugged in is not. */
static void
test_only_reader_comes_and_goes (CardTest *test)
{
    cards_test_insert (0, "piv", "sakuragawa");
    tou_card_token_unref (cards_test_wait_for_token (test, ICHIRO));
    CONTROL ("reader remove 0");
    cards_test_wait_for_inventory (test, has_no_reader);
    CONTROL ("reader add 0");
    do_whole_job (test, ICHIRO, PIV_PIN);
}

/* Puts a card into the first reader and unlocks it. Returns: (transfer full) (element-type
 * TouCardCertificate) */
static GPtrArray *
unlock_first (CardTest *test)
{
    g_autoptr (TouCardToken) token = NULL;
    GPtrArray *certificates;
    GError *error = NULL;

    cards_test_insert (0, "piv", "sakuragawa");
    token = cards_test_wait_for_token (test, ICHIRO);
    certificates = card_test_unlock (test, token, PIV_PIN, &error);
    g_assert_no_error (error);
    return certificates;
}

/* Bugs: a card that is gone with its reader is still unlocked, or the error says that the PIN was wrong. */
static void
test_reader_goes_with_its_unlocked_card (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = unlock_first (test);
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (GError) error = NULL;

    CONTROL ("reader remove 0");
    cms = card_test_sign (test, CONTENT, cards_test_find_fit (certificates)->sha256, &error);
    g_assert_null (cms);
    g_test_message ("signature: %s", error->message);
    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED);
    CONTROL ("reader add 0");
    do_whole_job (test, ICHIRO, PIV_PIN);
}

static gboolean
has_changed (gpointer data)
{
    return ((CardTest *) data)->n_changed > 0;
}

/* Bugs: while the list of readers changes none of them is seen, and the unlocked card counts as taken out. */
static void
test_other_reader_comes_and_goes (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = unlock_first (test);
    g_autoptr (GBytes) cms = NULL;
    GError *error = NULL;

    for (guint i = 0; i < 6; i++) {
        test->n_changed = 0;
        CONTROL ("reader %s 1", i % 2 == 0 ? "add" : "remove");
        cards_test_wait (has_changed, test);
    }
    g_assert_cmpuint (test->n_lost, ==, 0);
    cms = card_test_sign (test, CONTENT, cards_test_find_fit (certificates)->sha256, &error);
    g_assert_no_error (error);
    cards_test_check_cms (cms, CONTENT);
}

/* Returns: what PC/SC says of the first reader; its upper half counts the cards that came and went. */
static DWORD
ask_pcsc (void)
{
    SCARD_READERSTATE state = { .szReader = FIRST_READER };
    SCARDCONTEXT context;

    g_assert_cmpint (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context), ==, SCARD_S_SUCCESS);
    g_assert_cmpint (SCardGetStatusChange (context, 0, &state, 1), ==, SCARD_S_SUCCESS);
    SCardReleaseContext (context);
    return state.dwEventState;
}

typedef struct {
    CardTest *test;
    DWORD before;
} Swap;

/* By PC/SC, and by the agent. */
static gboolean
is_swap_known (gpointer data)
{
    const Swap *swap = data;
    DWORD now = ask_pcsc ();

    return (now & SCARD_STATE_PRESENT) && (now >> 16) != (swap->before >> 16) && swap->test->n_changed > 0;
}

/* Unlocks the token of the list after its card was exchanged for another of its kind, faster than the driver
 * looks. Returns: (transfer full): the error; no PIN has reached the second card. */
static GError *
unlock_after_swap (CardTest *test, const char *kind, const char *label, const char *pin, gboolean waits)
{
    g_autofree char *verify = g_strdup_printf ("00200080%02X",
                                               g_str_equal (kind, "piv") ? 8U : (guint) strlen (pin));
    g_autoptr (TouCardToken) first = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    GError *error = NULL;
    Swap swap = { test, 0 };

    cards_test_insert (0, kind, "sakuragawa");
    first = cards_test_wait_for_token (test, label);
    swap.before = ask_pcsc ();
    test->n_changed = 0;
    cards_test_swap (0, kind, "sakuragawa-new");
    if (waits)
        async_wait_until (is_swap_known, &swap);
    certificates = card_test_unlock (test, first, pin, &error);
    g_assert_null (certificates);
    g_assert_cmpuint (cards_test_count_command (0, verify), ==, 0);
    return error;
}

/* Bugs: the card that was in before is shown, or its certificate is used for the PIN of the next one. */
static void
test_quick_swap (CardTest *test)
{
    g_autoptr (GError) error = unlock_after_swap (test, "piv", ICHIRO, PIV_PIN, FALSE);

    g_test_message ("unlock of the card that is gone: %s", error->message);
    do_whole_job (test, JIRO, PIV_PIN);
}

/* Bugs: what was read of the first card counts as current once PC/SC was only looked at. */
static void
test_swap_that_was_seen (CardTest *test)
{
    g_autoptr (GError) error = unlock_after_swap (test, "piv", ICHIRO, PIV_PIN, TRUE);

    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_OTHER_CARD);
    do_whole_job (test, JIRO, PIV_PIN);
}

/* My Number cards all say the same of themselves before the PIN. Bugs: one is taken for the other. */
static void
test_swap_of_look_alikes (CardTest *test)
{
    g_autoptr (GError) error = unlock_after_swap (test, "jpki", JPKI_SIGNATURE_TOKEN, JPKI_SIGNATURE_PIN,
                                                  TRUE);

    g_assert_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_CARD_REMOVED);
    do_whole_job (test, JPKI_SIGNATURE_TOKEN, JPKI_SIGNATURE_PIN);
}

/* Another program with the card. */
typedef struct {
    SCARDCONTEXT context;
    SCARDHANDLE card;
    DWORD share;
} Holder;

static gboolean
connect_card (gpointer data)
{
    Holder *self = data;
    DWORD protocol;

    return SCardConnect (self->context, FIRST_READER, self->share, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                         &self->card, &protocol)
           == SCARD_S_SUCCESS;
}

/* As soon as the agent has let go of it. */
static Holder
hold_card (DWORD share)
{
    Holder self = { .share = share };

    g_assert_cmpint (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &self.context), ==,
                     SCARD_S_SUCCESS);
    async_wait_until (connect_card, &self);
    return self;
}

static void
let_go (Holder *self, DWORD disposition)
{
    SCardDisconnect (self->card, disposition);
    SCardReleaseContext (self->context);
}

/* Bugs: a card that another program holds is "not recognised", or waited for without end; it is not seen when
 * it is free again. */
static void
test_held_by_another_program (CardTest *test)
{
    Holder holder;

    cards_test_insert (0, "piv", "sakuragawa");
    tou_card_token_unref (cards_test_wait_for_token (test, ICHIRO));
    tou_card_access_release (test->access);
    holder = hold_card (SCARD_SHARE_EXCLUSIVE);
    cards_test_wait_for_reader (test, "A 00 00", TOU_READER_BUSY);
    let_go (&holder, SCARD_LEAVE_CARD);
    do_whole_job (test, ICHIRO, PIV_PIN);
}

/* Bugs: a card that another program has reset signs without a PIN, is said to have refused the PIN, or cannot
 * be used again. */
static void
test_reset_by_another_program (CardTest *test)
{
    g_autoptr (GPtrArray) certificates = unlock_first (test);
    g_autoptr (GBytes) cms = NULL;
    g_autoptr (GError) error = NULL;
    guint n_pins;
    Holder holder;

    holder = hold_card (SCARD_SHARE_SHARED);
    let_go (&holder, SCARD_RESET_CARD);
    n_pins = cards_test_count_command (0, "0020008008");
    cms = card_test_sign (test, CONTENT, cards_test_find_fit (certificates)->sha256, &error);
    /* This key wants its PIN at each signature, so one is as good as any other. */
    g_assert_no_error (error);
    g_assert_cmpuint (cards_test_count_command (0, "0020008008"), ==, n_pins + 1);
    cards_test_check_cms (cms, CONTENT);
    tou_card_access_release (test->access);
    do_whole_job (test, ICHIRO, PIV_PIN);
}

/* Bugs: the PIN goes to the card in the other reader; of two cards one is not seen. */
static void
test_two_cards (CardTest *test)
{
    g_autoptr (TouCardToken) first = NULL;

    CONTROL ("reader add 1");
    cards_test_wait_for_inventory (test, has_second_reader);
    cards_test_insert (0, "piv", "sakuragawa");
    cards_test_insert (2, "piv", "sakuragawa-new");
    first = cards_test_wait_for_token (test, ICHIRO);
    do_whole_job (test, JIRO, PIV_PIN);
    g_assert_cmpuint (cards_test_count_command (0, "0020008008"), ==, 0);
    g_assert_cmpuint (cards_test_count_command (2, "0020008008"), >, 0);
    tou_card_access_release (test->access);
    do_whole_job (test, ICHIRO, PIV_PIN);
    CONTROL ("remove 2");
    CONTROL ("reader remove 1");
}

static void
add_tests (void)
{
    cards_test_add ("/hot-plug/pcscd-comes-and-goes", test_pcscd_comes_and_goes);
    cards_test_add ("/hot-plug/reader-comes-and-goes", test_reader_comes_and_goes);
    cards_test_add ("/hot-plug/only-reader-comes-and-goes", test_only_reader_comes_and_goes);
    cards_test_add ("/hot-plug/reader-goes-with-its-unlocked-card", test_reader_goes_with_its_unlocked_card);
    cards_test_add ("/hot-plug/other-reader-comes-and-goes", test_other_reader_comes_and_goes);
    cards_test_add ("/hot-plug/quick-swap", test_quick_swap);
    cards_test_add ("/hot-plug/swap-that-was-seen", test_swap_that_was_seen);
    cards_test_add ("/hot-plug/swap-of-look-alikes", test_swap_of_look_alikes);
    cards_test_add ("/hot-plug/held-by-another-program", test_held_by_another_program);
    cards_test_add ("/hot-plug/reset-by-another-program", test_reset_by_another_program);
    cards_test_add ("/hot-plug/two-cards", test_two_cards);
}

int
main (int argc, char **argv)
{
    return cards_test_main (argc, argv, add_tests);
}
