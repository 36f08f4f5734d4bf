/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-test.h"

G_BEGIN_DECLS

/* The agent's client over the real agent, OpenSC, pcscd and emulated cards (emulator/). All cards are issued
 * by one practice authority, made once a program. Slots are the emulator's: 0 and 1 are in the first reader.
 */

#define PIV_PIN "123456"
#define JPKI_AUTHENTICATION_PIN "1234"
#define JPKI_SIGNATURE_PIN "ABC123"
#define JPKI_SIGNATURE_TOKEN "JPKI (Digital Signature PIN)"
#define JPKI_AUTHENTICATION_TOKEN "JPKI (User Authentication PIN)"

/** cards_test_main: as card_test_main(). The environment has to be that of tests/with-cards. */
int cards_test_main (int argc, char **argv, void (*add_tests) (void));

/** cards_test_add: each test begins without cards, faults and log entries, and with a new client. */
void cards_test_add (const char *path, CardTestFunc function);

/** cards_test_control: tells the emulator what to do; ends the test when it answers with an error. @format:
 * printf's. Returns: (transfer full): its answer, JSON */
char *cards_test_control (const char *format, ...) G_GNUC_PRINTF (1, 2);
#define CONTROL(...) g_free (cards_test_control (__VA_ARGS__))

/** cards_test_remake_client: a new client, with the environment as it is now. @opensc_conf: its value for the
 * agent */
void cards_test_remake_client (CardTest *test, const char *module, const char *opensc_conf);
#define CARDS_TEST_OPENSC "opensc-pkcs11.so"

/** cards_test_insert: puts a new card in. @kind: piv, jpki. @role: of the practice cast */
void cards_test_insert (guint slot, const char *kind, const char *role);

/** cards_test_swap: the same in place of the card that is in, faster than the driver looks. */
void cards_test_swap (guint slot, const char *kind, const char *role);

/** cards_test_count: how many APDUs the card in @slot has answered since the last "clear". */
guint cards_test_count (guint slot);

/** cards_test_count_command: how many of them begin with @prefix, upper-case hex */
guint cards_test_count_command (guint slot, const char *prefix);

/** cards_test_wait_for_token: lists until there is a token with @label (any: %NULL); the list follows
 * "changed". Returns: (transfer full) */
TouCardToken *cards_test_wait_for_token (CardTest *test, const char *label);

/** cards_test_wait_for_reader: lists until the reader whose name ends so has @state. */
void cards_test_wait_for_reader (CardTest *test, const char *ending, TouReaderState state);

/** cards_test_wait_for_inventory: lists until @is_right says so. */
void cards_test_wait_for_inventory (CardTest *test, gboolean (*is_right) (const TouCardInventory *inventory));

/** cards_test_check_cms: runs openssl cms -verify -cades against the authority. */
void cards_test_check_cms (GBytes *cms, const char *content);

/** cards_test_find_fit: Returns: (transfer none) (nullable): of the fit certificate among @certificates */
const TouCardCertificate *cards_test_find_fit (GPtrArray *certificates);

/** cards_test_release: lets the card go and waits until the agent has ended, and with it the reset of the
 * card: pcscd misses a card that is taken out in the middle of that, until the next one is put in. */
void cards_test_release (CardTest *test);

/** cards_test_wait: turns the main loop until @condition holds; fails after a while. */
void cards_test_wait (gboolean (*condition) (gpointer), gpointer user_data);

G_END_DECLS
