/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

/* KIND STEP: the card is taken out in place of the answer to the N-th APDU of list, unlock and signature, for
 * each N (each STEP-th). Whatever comes of it comes in time and is no wrong PIN; with the card back in the
 * same client does the whole job. */

#include "cards-test.h"

#include <stdlib.h>
#include <string.h>

#define CONTENT "申請"

static const char *kind;
static guint step;

typedef struct {
    guint n_hung;
    guint n_crashed;
    guint n_recovered;
} Count;

static gboolean
is_piv (void)
{
    return g_str_equal (kind, "piv");
}

static const char *
get_label (void)
{
    return is_piv () ? NULL : JPKI_SIGNATURE_TOKEN;
}

static const char *
get_pin (void)
{
    return is_piv () ? PIV_PIN : JPKI_SIGNATURE_PIN;
}

static void
sign (CardTest *test, TouCardToken *token, GError **error)
{
    g_autoptr (GPtrArray) certificates = card_test_unlock (test, token, get_pin (), error);
    const TouCardCertificate *certificate = certificates == NULL ? NULL : cards_test_find_fit (certificates);
    g_autoptr (GBytes) cms = NULL;

    if (certificates == NULL)
        return;
    g_assert_nonnull (certificate);
    cms = card_test_sign (test, CONTENT, certificate->sha256, error);
    if (cms != NULL)
        cards_test_check_cms (cms, CONTENT);
}

static void
do_whole_job (CardTest *test)
{
    g_autoptr (TouCardToken) token = cards_test_wait_for_token (test, get_label ());
    GError *error = NULL;

    sign (test, token, &error);
    g_assert_no_error (error);
}

/* One list alone: the token may be there or not. */
static TouCardToken *
find_token (CardTest *test, GError **error)
{
    g_autoptr (TouCardInventory) inventory = card_test_list (test, error);

    for (guint i = 0; inventory != NULL && i < inventory->tokens->len; i++) {
        TouCardToken *token = g_ptr_array_index (inventory->tokens, i);

        if (get_label () == NULL || g_str_equal (token->label, get_label ()))
            return tou_card_token_ref (token);
    }
    return NULL;
}

static void
note_error (Count *count, guint n, const GError *error)
{
    if (error == NULL)
        return;
    g_test_message ("%u: %s", n, error->message);
    g_assert_cmpuint (error->domain, ==, TOU_CARD_ERROR);
    g_assert_cmpint (error->code, !=, TOU_CARD_ERROR_PIN_WRONG);
    g_assert_cmpint (error->code, !=, TOU_CARD_ERROR_PIN_LOCKED);
    count->n_hung += error->code == TOU_CARD_ERROR_TIMED_OUT;
    count->n_crashed += error->code == TOU_CARD_ERROR_AGENT_DIED;
}

/* As cold as the run that was counted. */
static void
put_card_in (CardTest *test)
{
    cards_test_release (test);
    CONTROL ("remove 0");
    CONTROL ("clear 0");
    cards_test_wait_for_reader (test, "00 00", TOU_READER_EMPTY);
    tou_card_access_release (test->access);
    cards_test_insert (0, kind, "sakuragawa");
}

static gboolean
was_pulled (void)
{
    g_autofree char *log = cards_test_control ("log 0");

    return strstr (log, "\"pulled\"") != NULL;
}

static void
pull_at (CardTest *test, guint n, Count *count)
{
    g_autoptr (GError) error = NULL;
    g_autoptr (TouCardToken) token = NULL;

    put_card_in (test);
    CONTROL ("pull 0 %u", n);
    while (!was_pulled () && error == NULL && token == NULL)
        token = find_token (test, &error);
    if (token != NULL)
        sign (test, token, &error);
    g_assert_true (was_pulled ());
    note_error (count, n, error);
    /* On a loaded machine the next job would begin before it is seen that the card was out. */
    cards_test_wait_for_reader (test, "00 00", TOU_READER_EMPTY);
    CONTROL ("insert 0");
    do_whole_job (test);
    count->n_recovered++;
}

static guint
count_apdus (CardTest *test)
{
    put_card_in (test);
    do_whole_job (test);
    return cards_test_count (0);
}

static void
test_pulled (CardTest *test)
{
    guint n_apdus = count_apdus (test);
    guint n_pulled = 0;
    Count count = { 0 };

    for (guint n = 1; n <= n_apdus; n += step, n_pulled++)
        pull_at (test, n, &count);
    g_test_message ("%s: pulled at %u of %u APDUs: %u hung, %u crashed, %u recovered", kind, n_pulled,
                    n_apdus, count.n_hung, count.n_crashed, count.n_recovered);
    g_assert_cmpuint (count.n_recovered, ==, n_pulled);
}

static void
add_tests (void)
{
    cards_test_add ("/opensc-pulled/at-each-apdu", test_pulled);
}

int
main (int argc, char **argv)
{
    if (argc < 3)
        return 2;
    step = (guint) atoi (argv[argc - 1]);
    kind = argv[argc - 2];
    return cards_test_main (argc - 2, argv, add_tests);
}
