/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

#include "cards-test.h"

#include "async-wait.h"
#include "card-files.h"
#include "tou-openssl-proof-checker.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define N_SLOTS 4
#define PATIENCE_SECONDS 20

/* Made once. */
static char *folder;
static char *authority_file;

char *
cards_test_control (const char *format, ...)
{
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GSocketAddress) address = g_unix_socket_address_new (g_getenv ("TEST_CARDS_SOCKET"));
    g_autoptr (GSocketConnection) connection = NULL;
    g_autoptr (GDataInputStream) input = NULL;
    g_autofree char *command = NULL;
    g_autofree char *line = NULL;
    char *answer;
    GError *error = NULL;
    va_list arguments;

    va_start (arguments, format);
    command = g_strdup_vprintf (format, arguments);
    va_end (arguments);
    connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
    g_assert_no_error (error);
    line = g_strconcat (command, "\n", NULL);
    (void) g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line,
                                      strlen (line), NULL, NULL, &error);
    g_assert_no_error (error);
    input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
    answer = g_data_input_stream_read_line (input, NULL, NULL, &error);
    g_assert_no_error (error);
    if (strstr (answer, "{\"error\"") != NULL)
        g_error ("%s: %s", command, answer);
    return answer;
}

void
cards_test_insert (guint slot, const char *kind, const char *role)
{
    CONTROL ("insert %u %s %s/%s", slot, kind, folder, role);
}

void
cards_test_swap (guint slot, const char *kind, const char *role)
{
    CONTROL ("swap %u %s %s/%s", slot, kind, folder, role);
}

guint
cards_test_count (guint slot)
{
    g_autofree char *answer = cards_test_control ("count %u", slot);

    return (guint) g_ascii_strtoull (answer + strlen ("{\"result\": "), NULL, 10);
}

guint
cards_test_count_command (guint slot, const char *prefix)
{
    g_autofree char *answer = cards_test_control ("log %u", slot);
    g_autofree char *entry = g_strdup_printf ("\"apdu\", \"%s", prefix);
    guint n = 0;

    for (const char *at = answer; (at = strstr (at, entry)) != NULL; at++)
        n++;
    return n;
}

void
cards_test_release (CardTest *test)
{
    g_autoptr (GAsyncResult) result = NULL;

    tou_card_agent_client_release_async (test->client, async_wait_store, &result);
    async_wait (&result);
}

static gboolean
on_patience_over (gpointer is_over)
{
    *(gboolean *) is_over = TRUE;
    return G_SOURCE_REMOVE;
}

void
cards_test_wait (gboolean (*condition) (gpointer), gpointer user_data)
{
    gboolean is_over = FALSE;
    guint timer = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_over, &is_over);

    while (!condition (user_data)) {
        g_main_context_iteration (NULL, TRUE);
        g_assert_false (is_over);
    }
    g_source_remove (timer);
}

typedef struct {
    CardTest *test;
    guint n_changed;
} NewsWait;

static gboolean
has_news (gpointer data)
{
    NewsWait *wait = data;

    return wait->test->n_changed > wait->n_changed;
}

/* Lists again after each "changed" until @find is content. */
static gpointer
list_until (CardTest *test, gpointer (*find) (TouCardInventory *inventory, gpointer data), gpointer data)
{
    for (;;) {
        NewsWait wait = { test, test->n_changed };
        GError *error = NULL;
        g_autoptr (TouCardInventory) inventory = card_test_list (test, &error);
        gpointer found;

        g_assert_no_error (error);
        found = find (inventory, data);
        if (found != NULL)
            return found;
        cards_test_wait (has_news, &wait);
    }
}

static gpointer
find_token (TouCardInventory *inventory, gpointer label)
{
    for (guint i = 0; i < inventory->tokens->len; i++) {
        TouCardToken *token = g_ptr_array_index (inventory->tokens, i);

        if (label == NULL || g_str_equal (token->label, label))
            return tou_card_token_ref (token);
    }
    return NULL;
}

TouCardToken *
cards_test_wait_for_token (CardTest *test, const char *label)
{
    return list_until (test, find_token, (gpointer) label);
}

typedef struct {
    const char *ending;
    TouReaderState state;
} WantedReader;

static gpointer
find_reader (TouCardInventory *inventory, gpointer data)
{
    const WantedReader *wanted = data;

    for (guint i = 0; i < inventory->readers->len; i++) {
        const TouReader *reader = g_ptr_array_index (inventory->readers, i);

        if (g_str_has_suffix (reader->name, wanted->ending) && reader->state == wanted->state)
            return data;
    }
    return NULL;
}

void
cards_test_wait_for_reader (CardTest *test, const char *ending, TouReaderState state)
{
    WantedReader wanted = { ending, state };

    (void) list_until (test, find_reader, &wanted);
}

typedef struct {
    gboolean (*is_right) (const TouCardInventory *inventory);
} WantedInventory;

static gpointer
find_right (TouCardInventory *inventory, gpointer data)
{
    return ((WantedInventory *) data)->is_right (inventory) ? data : NULL;
}

void
cards_test_wait_for_inventory (CardTest *test, gboolean (*is_right) (const TouCardInventory *inventory))
{
    WantedInventory wanted = { is_right };

    (void) list_until (test, find_right, &wanted);
}

void
cards_test_check_cms (GBytes *cms, const char *content)
{
    g_autofree char *path = g_build_filename (folder, "check.p7m", NULL);
    g_autofree char *out = g_build_filename (folder, "check.txt", NULL);
    const char *argv[] = { "openssl", "cms",  "-verify", "-cades",  "-binary",      "-inform",
                           "DER",     "-in",  path,      "-CAfile", authority_file, "-purpose",
                           "any",     "-out", out,       NULL };
    g_autofree char *messages = NULL;
    g_autofree char *text = NULL;
    int status;
    GError *error = NULL;

    (void) g_file_set_contents (path, g_bytes_get_data (cms, NULL), (gssize) g_bytes_get_size (cms), &error);
    g_assert_no_error (error);
    (void) g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &messages,
                         &status, &error);
    g_assert_no_error (error);
    if (status != 0)
        g_error ("openssl: %s", messages);
    g_assert_true (g_file_get_contents (out, &text, NULL, NULL));
    g_assert_cmpstr (text, ==, content);
}

const TouCardCertificate *
cards_test_find_fit (GPtrArray *certificates)
{
    for (guint i = 0; i < certificates->len; i++) {
        const TouCardCertificate *certificate = g_ptr_array_index (certificates, i);

        if (tou_card_certificate_get_fitness (certificate, g_get_real_time ()) == TOU_CERTIFICATE_FIT)
            return certificate;
    }
    return NULL;
}

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

void
cards_test_remake_client (CardTest *test, const char *module, const char *opensc_conf)
{
    g_autofree char *configuration = g_strdup_printf ("OPENSC_CONF=%s", opensc_conf);
    const char *environment[] = { configuration, NULL };

    g_clear_object (&test->client);
    test->client = tou_card_agent_client_new (g_getenv ("TEST_CARD_AGENT"), module, environment,
                                              test->proofs);
    test->access = TOU_CARD_ACCESS (test->client);
    g_signal_connect_swapped (test->client, "changed", G_CALLBACK (on_changed), test);
    g_signal_connect_swapped (test->client, "lost", G_CALLBACK (on_lost), test);
}

static void
set_up (CardTest *test, gconstpointer data)
{
    for (guint slot = 0; slot < N_SLOTS; slot++) {
        CONTROL ("remove %u", slot);
        CONTROL ("clear %u", slot);
    }
    test->proofs = TOU_PROOF_CHECKER (tou_openssl_proof_checker_new (NULL, NULL));
    cards_test_remake_client (test, CARDS_TEST_OPENSC, g_getenv ("TEST_OPENSC_CONF"));
}

static void
tear_down (CardTest *test, gconstpointer data)
{
    cards_test_release (test);
    g_assert_finalize_object (g_steal_pointer (&test->client));
    g_object_unref (test->proofs);
}

static void
run_function (CardTest *test, gconstpointer data)
{
    CardTestFunc function = (CardTestFunc) data;

    function (test);
}

void
cards_test_add (const char *path, CardTestFunc function)
{
    g_test_add (path, CardTest, (gconstpointer) function, set_up, run_function, tear_down);
}

static void
make_cards (void)
{
    GError *error = NULL;
    g_autoptr (TouPracticeCa) ca = tou_practice_ca_new (&error);

    g_assert_no_error (error);
    folder = g_dir_make_tmp ("touroku-cards-XXXXXX", &error);
    g_assert_no_error (error);
    g_assert_true (tou_practice_ca_save (ca, folder, &error));
    authority_file = g_build_filename (folder, "ca.pem", NULL);
    card_files_write (ca, folder, g_get_real_time ());
}

static void
remove_files (void)
{
    const char *argv[] = { "rm", "-rf", folder, NULL };

    (void) g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
    g_clear_pointer (&folder, g_free);
    g_clear_pointer (&authority_file, g_free);
}

int
cards_test_main (int argc, char **argv, void (*add_tests) (void))
{
    int status;

    g_test_init (&argc, &argv, NULL);
    if (g_getenv ("TEST_CARDS_SOCKET") == NULL) {
        g_printerr ("run it by tests/with-cards\n");
        return 99;
    }
    make_cards ();
    add_tests ();
    status = g_test_run ();
    remove_files ();
    return status;
}
