/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-agent-errors.h"
#include "tou-card-agent.h"
#include "tou-card-reset.h"
#include "tou-child-process.h"
#include "tou-process-guard.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* How long a module may take to log out, seconds; then the process ends without it. */
#define MAX_CLOSING_SECONDS 2
/* How long a card may be at work on what it was asked last. */
#define MAX_RESET_SECONDS 5
#define EXIT_USAGE 2

static char *module;
static int idle_seconds = 60;
static char **readers_to_reset;

static const GOptionEntry options[] = {
    { "module", 0, 0, G_OPTION_ARG_FILENAME, &module, "The PKCS#11 module to look for cards in", "FILE" },
    { "idle-seconds", 0, 0, G_OPTION_ARG_INT, &idle_seconds, "End an unused session after this time", "N" },
    { "reset-reader", 0, 0, G_OPTION_ARG_STRING_ARRAY, &readers_to_reset,
      "Reset the card in a reader and end", "NAME" },
    { NULL },
};

static int
fail (const GError *error)
{
    g_printerr ("touroku-card-agent: %s\n"
                "This program is started by Touroku and of no use by itself.\n",
                error->message);
    return EXIT_USAGE;
}

static gboolean
on_termination_asked (gpointer user_data)
{
    g_main_loop_quit (user_data);
    return G_SOURCE_CONTINUE;
}

static void
on_closing_failed (int number)
{
    tou_card_reset_replace_process ();
    _exit (EXIT_FAILURE);
}

/* A module that hangs or crashes now leaves a card open, and perhaps nobody else is there to close it. */
static void
guard_closing (void)
{
    static const int numbers[] = { SIGALRM, SIGSEGV, SIGBUS, SIGABRT };
    const struct sigaction action = { .sa_handler = on_closing_failed, .sa_flags = SA_NODEFER };

    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
        sigaction (numbers[i], &action, NULL);
    alarm (MAX_CLOSING_SECONDS);
}

/* What is installed with this program. Returns: (transfer full) */
static char *
find_beside (const char *name)
{
    g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname (program != NULL ? program : "");

    return g_build_filename (folder, name, NULL);
}

static int
serve (GDBusConnection *connection)
{
    g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
    g_autoptr (GError) error = NULL;
    g_autofree char *slot_view = find_beside ("touroku-slot-view.so");
    g_autoptr (TouCardAgent) agent = tou_card_agent_new (connection, module, slot_view, (guint) idle_seconds,
                                                         &error);

    if (agent == NULL)
        return fail (error);
    g_signal_connect_swapped (agent, "ended", G_CALLBACK (g_main_loop_quit), loop);
    g_unix_signal_add (SIGTERM, on_termination_asked, loop);
    g_dbus_connection_start_message_processing (connection);
    g_main_loop_run (loop);
    (void) g_dbus_connection_flush_sync (connection, NULL, NULL);
    guard_closing ();
    tou_card_agent_close (agent);
    return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
    g_autoptr (GOptionContext) context = g_option_context_new (NULL);
    g_autoptr (GDBusConnection) connection = NULL;
    g_autoptr (GError) error = NULL;

    tou_process_guard_memory ();
    tou_process_guard_environment ();
    g_option_context_add_main_entries (context, options, NULL);
    if (!g_option_context_parse (context, &argc, &argv, &error))
        return fail (error);
    if (readers_to_reset != NULL) {
        alarm (MAX_RESET_SECONDS);
        tou_card_reset_readers ((const char *const *) readers_to_reset);
        return EXIT_SUCCESS;
    }
    if (module == NULL) {
        g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--module is missing");
        return fail (error);
    }
    tou_card_agent_errors_register ();
    connection = tou_child_process_serve (&error);
    if (connection == NULL)
        return fail (error);
    /* The end of the socket says the same as the end of the parent, and leaves time to log out. */
    prctl (PR_SET_PDEATHSIG, 0);
    return serve (connection);
}
