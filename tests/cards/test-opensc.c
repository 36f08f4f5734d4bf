/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

/* The My Number card and a PIV card through the real OpenSC and pcscd: what is listed, signed, refused, and
 * what a PIN costs. */

#include "cards-test.h"

#define CONTENT "申請"

static void
sign_and_check (CardTest *test, const char *sha256)
{
    GError *error = NULL;
    g_autoptr (GBytes) cms = card_test_sign (test, CONTENT, sha256, &error);

    g_assert_no_error (error);
    cards_test_check_cms (cms, CONTENT);
}

static void
test_piv (CardTest *test)
{
    GError *error = NULL;
    g_autoptr (TouCardToken) token = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    const TouCardCertificate *certificate;

    cards_test_insert (0, "piv", "sakuragawa");
    token = cards_test_wait_for_token (test, NULL);
    /* Not cut short as PKCS#11 does it. */
    g_assert_true (g_str_has_suffix (token->reader, " A 00 00"));
    g_assert_false (token->hides_certificates);
    g_assert_cmpuint (token->certificates->len, ==, 2);
    g_assert_false (token->has_keypad);
    certificates = card_test_unlock (test, token, PIV_PIN, &error);
    g_assert_no_error (error);
    certificate = cards_test_find_fit (certificates);
    g_assert_cmpstr (certificate->holder, ==, "桜川 一郎");
    g_assert_cmpstr (certificate->company, ==, "桜川建設株式会社");
    sign_and_check (test, certificate->sha256);
    sign_and_check (test, certificate->sha256); /* the key asks for the PIN at each signature */
}

/* The signature certificate shows after its PIN only, and one card is two tokens. */
static void
test_jpki (CardTest *test)
{
    GError *error = NULL;
    g_autoptr (TouCardToken) token = NULL;
    g_autoptr (GPtrArray) certificates = NULL;

    cards_test_insert (0, "jpki", "sakuragawa");
    token = cards_test_wait_for_token (test, JPKI_SIGNATURE_TOKEN);
    g_assert_true (token->hides_certificates);
    g_assert_cmpuint (token->certificates->len, ==, 0);
    g_assert_cmpuint (token->pin_min, ==, 6);
    g_assert_cmpuint (token->pin_max, ==, 16);
    certificates = card_test_unlock (test, token, JPKI_SIGNATURE_PIN, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (certificates->len, ==, 1);
    g_assert_cmpstr (cards_test_find_fit (certificates)->holder, ==, "桜川 一郎");
    sign_and_check (test, cards_test_find_fit (certificates)->sha256);
    sign_and_check (test, cards_test_find_fit (certificates)->sha256);
}

static void
fail_unlock (CardTest *test, const char *label, const char *pin, TouPinState before, int code)
{
    g_autoptr (TouCardToken) token = cards_test_wait_for_token (test, label);
    g_autoptr (GPtrArray) certificates = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (token->pin_state, ==, before);
    certificates = card_test_unlock (test, token, pin, &error);
    g_assert_null (certificates);
    g_assert_error (error, TOU_CARD_ERROR, code);
}

/* What the card says of its PIN is there before the next try, and each try costs one. */
static void
test_piv_pin_ladder (CardTest *test)
{
    cards_test_insert (0, "piv", "sakuragawa");
    fail_unlock (test, NULL, "111111", TOU_PIN_STATE_OK, TOU_CARD_ERROR_PIN_WRONG);
    fail_unlock (test, NULL, "111111", TOU_PIN_STATE_OK, TOU_CARD_ERROR_PIN_WRONG);
    fail_unlock (test, NULL, "111111", TOU_PIN_STATE_FINAL_TRY, TOU_CARD_ERROR_PIN_LOCKED);
    g_assert_cmpuint (cards_test_count_command (0, "0020008008"), ==, 3);
    fail_unlock (test, NULL, PIV_PIN, TOU_PIN_STATE_LOCKED, TOU_CARD_ERROR_PIN_LOCKED);
    g_assert_cmpuint (cards_test_count_command (0, "0020008008"), ==, 3);
}

static void
test_jpki_pin_ladder (CardTest *test)
{
    cards_test_insert (0, "jpki", "sakuragawa");
    fail_unlock (test, JPKI_SIGNATURE_TOKEN, "ABC124", TOU_PIN_STATE_OK, TOU_CARD_ERROR_PIN_WRONG);
    for (guint i = 0; i < 3; i++)
        fail_unlock (test, JPKI_SIGNATURE_TOKEN, "ABC124", TOU_PIN_STATE_COUNT_LOW, TOU_CARD_ERROR_PIN_WRONG);
    fail_unlock (test, JPKI_SIGNATURE_TOKEN, "ABC124", TOU_PIN_STATE_FINAL_TRY, TOU_CARD_ERROR_PIN_LOCKED);
    g_assert_cmpuint (cards_test_count_command (0, "0020008006"), ==, 5);
    fail_unlock (test, JPKI_SIGNATURE_TOKEN, JPKI_SIGNATURE_PIN, TOU_PIN_STATE_LOCKED,
                 TOU_CARD_ERROR_PIN_LOCKED);
    g_assert_cmpuint (cards_test_count_command (0, "0020008006"), ==, 5);
}

/* An error that is no wrong PIN: it is not called one, no try is said to be gone, and the PIN goes to the
 * card once. */
static void
test_fault_at_login (CardTest *test)
{
    g_autoptr (TouCardToken) after = NULL;

    cards_test_insert (0, "jpki", "sakuragawa");
    tou_card_token_unref (cards_test_wait_for_token (test, JPKI_SIGNATURE_TOKEN));
    CONTROL ("refuse 0 0020008006 6F00");
    fail_unlock (test, JPKI_SIGNATURE_TOKEN, JPKI_SIGNATURE_PIN, TOU_PIN_STATE_OK, TOU_CARD_ERROR_DEVICE);
    g_assert_cmpuint (cards_test_count_command (0, "0020008006"), ==, 1);
    after = cards_test_wait_for_token (test, JPKI_SIGNATURE_TOKEN);
    g_assert_cmpint (after->pin_state, ==, TOU_PIN_STATE_OK);
}

/* Would catch: a PIN that is sent though the token says that it cannot be one. */
static void
test_length_is_not_sent (CardTest *test)
{
    cards_test_insert (0, "jpki", "sakuragawa");
    fail_unlock (test, JPKI_SIGNATURE_TOKEN, "ABC12", TOU_PIN_STATE_OK, TOU_CARD_ERROR_PIN_LENGTH);
    g_assert_cmpuint (cards_test_count_command (0, "0020008005"), ==, 0);
    fail_unlock (test, JPKI_SIGNATURE_TOKEN, "", TOU_PIN_STATE_OK, TOU_CARD_ERROR_PIN_EMPTY);
}

/* Finds the certificate, logs in and signs once. Returns: (transfer full): the hash of the certificate */
static char *
sign_once (CardTest *test, const char *kind, const char *label, const char *pin)
{
    g_autoptr (TouCardToken) token = NULL;
    g_autoptr (GPtrArray) certificates = NULL;
    GError *error = NULL;

    cards_test_insert (0, kind, "small");
    token = cards_test_wait_for_token (test, label);
    certificates = card_test_unlock (test, token, pin, &error);
    g_assert_no_error (error);
    sign_and_check (test, cards_test_find_fit (certificates)->sha256);
    return g_strdup (cards_test_find_fit (certificates)->sha256);
}

/* "OpenSC 0.23.0 [gcc ...]" */
static gboolean
is_opensc_before (guint minor)
{
    g_autofree char *said = NULL;
    g_autoptr (GError) error = NULL;

    g_spawn_command_line_sync ("opensc-tool --info", &said, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (said, "OpenSC 0."));
    return g_ascii_strtoull (said + strlen ("OpenSC 0."), NULL, 10) < minor;
}

/* How many exchanges at most. */
typedef struct {
    guint first;
    guint further;
} Cost;

/* As measured with OpenSC 0.23 and libp11 0.4.12 (Debian 12), and with 0.26 and 0.4.13 (Debian 13): these
 * read less of a PIV card at first and ask more before a further signature. */
static void
check_cost (CardTest *test, const char *kind, const char *label, const char *pin, Cost opensc_23,
            Cost opensc_26)
{
    g_autofree char *sha256 = sign_once (test, kind, label, pin);
    Cost most = is_opensc_before (24) ? opensc_23 : opensc_26;
    guint first = cards_test_count (0);
    guint further;

    sign_and_check (test, sha256);
    further = cards_test_count (0) - first;
    g_test_message ("%s: %u APDUs, a further signature %u", kind, first, further);
    g_assert_cmpuint (first, <=, most.first);
    g_assert_cmpuint (further, <=, most.further);
}

/* Would catch: a question that goes to the card twice. Figures: docs/figures.md */
static void
test_piv_costs (CardTest *test)
{
    check_cost (test, "piv", NULL, PIV_PIN, (Cost){ 37, 5 }, (Cost){ 28, 7 });
}

static void
test_jpki_costs (CardTest *test)
{
    check_cost (test, "jpki", JPKI_SIGNATURE_TOKEN, JPKI_SIGNATURE_PIN, (Cost){ 50, 5 }, (Cost){ 50, 8 });
}

static void
test_unknown_card (CardTest *test)
{
    guint least = G_MAXUINT;

    /* On a busy machine PC/SC may tell of one card twice, and it is then looked at twice: the least of three
     * times is what it costs. */
    for (guint i = 0; i < 3 && least > 24; i++) {
        CONTROL ("remove 0");
        cards_test_wait_for_reader (test, "00 00", TOU_READER_EMPTY);
        CONTROL ("clear 0");
        cards_test_insert (0, "unknown", "sakuragawa");
        cards_test_wait_for_reader (test, "00 00", TOU_READER_UNRECOGNISED);
        least = MIN (least, cards_test_count (0));
    }
    g_test_message ("unknown card: %u APDUs", least);
    g_assert_cmpuint (least, >, 0);
    g_assert_cmpuint (least, <=, 24);
}

static void
add_tests (void)
{
    cards_test_add ("/opensc/piv", test_piv);
    cards_test_add ("/opensc/jpki", test_jpki);
    cards_test_add ("/opensc/piv-pin-ladder", test_piv_pin_ladder);
    cards_test_add ("/opensc/jpki-pin-ladder", test_jpki_pin_ladder);
    cards_test_add ("/opensc/fault-at-login", test_fault_at_login);
    cards_test_add ("/opensc/length-is-not-sent", test_length_is_not_sent);
    cards_test_add ("/opensc/piv-costs", test_piv_costs);
    cards_test_add ("/opensc/jpki-costs", test_jpki_costs);
    cards_test_add ("/opensc/unknown-card", test_unknown_card);
}

int
main (int argc, char **argv)
{
    return cards_test_main (argc, argv, add_tests);
}
