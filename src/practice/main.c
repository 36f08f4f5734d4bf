/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-base-folders.h"
#include "tou-child-process.h"
#include "tou-practice-desk.h"
#include "tou-process-guard.h"
#include "tou-wire.h"

#include <glib-unix.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CRL_ENTRIES 1000000

typedef struct {
    char *folder;
    int port;
    char *port_file;
    GStrv faults;
    int crl_entries;
    int review_after;
    char *denial;
    gboolean make_anew;
    gboolean is_controlled;
    gboolean keeps_address;
    gboolean version;
} Options;

static void
options_clear (Options *options)
{
    g_free (options->folder);
    g_free (options->port_file);
    g_strfreev (options->faults);
    g_free (options->denial);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* `help` and --help are the same, and any other word is refused by name. */
static gboolean
read_words (GOptionContext *context, int argc, char **argv, GError **error)
{
    g_autofree char *help = NULL;
    g_autofree char *word = NULL;

    if (argc <= 1)
        return TRUE;
    if (argc == 2 && g_str_equal (argv[1], "help")) {
        help = g_option_context_get_help (context, TRUE, NULL);
        g_print ("%s", help);
        exit (EXIT_SUCCESS);
    }
    word = g_strescape (argv[1], NULL);
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no command “%s”.", word);
    return FALSE;
}

static gboolean
read_options (int *argc, char ***argv, Options *options, GError **error)
{
    const GOptionEntry entries[] = {
        { "folder", 0, 0, G_OPTION_ARG_FILENAME, &options->folder,
          "The practice folder, made where there is none", "FOLDER" },
        { "port", 0, 0, G_OPTION_ARG_INT, &options->port,
          "Listen to this port of 127.0.0.1 (default: a free one)", "PORT" },
        { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options->port_file,
          "Write the port into FILE once it listens", "FILE" },
        { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->faults,
          "Do wrong on demand: NAME[=VALUE][@PATH][*TIMES]; drop-answer, slow=MS, not-json, too-large, "
          "status-500, "
          "unknown-code=DIGITS, missing-fields, without=MEMBER, unknown-state, session-expired",
          "FAULT" },
        { "crl-entries", 0, 0, G_OPTION_ARG_INT, &options->crl_entries,
          "Make the revocation list N entries longer", "N" },
        { "review-after", 0, 0, G_OPTION_ARG_INT, &options->review_after,
          "Review by itself: SECONDS after a submission came it is under review, after twice that approved",
          "SECONDS" },
        { "review-denies", 0, 0, G_OPTION_ARG_STRING, &options->denial,
          "With --review-after: deny for this reason instead of approving", "REASON" },
        { "make-anew", 0, 0, G_OPTION_ARG_NONE, &options->make_anew,
          "Throw away what is in the practice folder", NULL },
        { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Show the version and end", NULL },
        { "controlled", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->is_controlled, NULL, NULL },
        { "same-address", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &options->keeps_address, NULL, NULL },
        { NULL },
    };
    g_autoptr (GOptionContext) context = g_option_context_new (NULL);

    g_option_context_set_summary (context,
                                  "A registration service to practise with, on this computer alone.");
    g_option_context_add_main_entries (context, entries, NULL);
    if (!g_option_context_parse (context, argc, argv, error) || !read_words (context, *argc, *argv, error))
        return FALSE;
    if (options->port < 0 || options->port > G_MAXUINT16 || options->crl_entries < 0
        || options->crl_entries > MOST_CRL_ENTRIES || options->review_after < 0
        || (options->denial != NULL && strlen (options->denial) > TOU_WIRE_MAX_TEXT)) {
        g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                             "no such port or number, or too long a reason");
        return FALSE;
    }
    return TRUE;
}

static char *
choose_folder (const Options *options)
{
    if (options->folder != NULL)
        return g_canonicalize_filename (options->folder, NULL);
    return g_build_filename (g_get_user_data_dir (), "touroku", "practice", NULL);
}

static gboolean
write_port_file (TouPracticeDesk *desk, const char *path, GError **error)
{
    g_autofree char *text = g_strdup_printf ("%u\n", tou_practice_desk_get_port (desk));

    return path == NULL || g_file_set_contents (path, text, -1, error);
}

static gboolean
start_by_hand (TouPracticeDesk *desk, const Options *options, GError **error)
{
    if (!tou_practice_desk_start (desk, options->make_anew, error)
        || !write_port_file (desk, options->port_file, error))
        return FALSE;
    g_print ("https://127.0.0.1:%u/\n%s\n", tou_practice_desk_get_port (desk),
             tou_practice_desk_get_profile (desk));
    return TRUE;
}

static void
on_connection_closed (GDBusConnection *connection, gboolean by_remote, GError *error, GMainLoop *loop)
{
    g_main_loop_quit (loop);
}

/* Returns: (transfer full) (nullable) */
static GDBusConnection *
start_controlled (TouPracticeDesk *desk, GMainLoop *loop, GError **error)
{
    g_autoptr (GDBusConnection) connection = tou_child_process_serve (error);

    if (connection == NULL || !tou_practice_desk_export (desk, connection, error))
        return NULL;
    g_signal_connect (connection, "closed", G_CALLBACK (on_connection_closed), loop);
    g_dbus_connection_start_message_processing (connection);
    return g_steal_pointer (&connection);
}

static gboolean
on_signal (gpointer loop)
{
    g_main_loop_quit (loop);
    return G_SOURCE_CONTINUE;
}

static gboolean
run (const Options *options, GError **error)
{
    g_autofree char *folder = choose_folder (options);
    g_autoptr (TouPracticeDesk) desk = tou_practice_desk_new (folder, (guint16) options->port,
                                                              (const char *const *) options->faults);
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    g_autoptr (GDBusConnection) connection = NULL;

    tou_practice_desk_set_keeps_address (desk, options->keeps_address);
    tou_practice_desk_set_list_entries (desk, (guint) options->crl_entries);
    tou_practice_desk_set_review_after (desk, (guint) options->review_after, options->denial);
    g_unix_signal_add (SIGINT, on_signal, loop);
    g_unix_signal_add (SIGTERM, on_signal, loop);
    if (options->is_controlled)
        connection = start_controlled (desk, loop, error);
    if (options->is_controlled ? connection == NULL : !start_by_hand (desk, options, error))
        return FALSE;
    g_main_loop_run (loop);
    if (connection != NULL)
        g_signal_handlers_disconnect_by_data (connection, loop);
    return TRUE;
}

int
main (int argc, char **argv)
{
    g_auto (Options) options = { 0 };
    g_autoptr (GError) error = NULL;

    tou_process_guard_memory ();
    tou_process_guard_environment ();
    tou_base_folders_guard ();
    setlocale (LC_ALL, "");
    g_set_prgname ("touroku-practice-service");
    if (!read_options (&argc, &argv, &options, &error)) {
        g_printerr ("touroku-practice-service: %s\nHow it is called: touroku-practice-service help\n",
                    error->message);
        return 2;
    }
    if (options.version) {
        g_print ("Touroku %s\n", TOUROKU_VERSION);
        return EXIT_SUCCESS;
    }
    if (run (&options, &error))
        return EXIT_SUCCESS;
    g_printerr ("touroku-practice-service: %s\n", error->message);
    return EXIT_FAILURE;
}
