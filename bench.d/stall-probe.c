/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stall-probe.so, preloaded: how long the main loop stood still. It wraps the poll function of the default
 * GMainContext: the time between "poll returned" and "poll entered again" is time in which the program cannot
 * answer the user. What begins when no window is on screen does not count: nobody waits for it. Writes one
 * JSON line to the file named by STALL_PROBE_LOG when the program ends; only the program named by
 * STALL_PROBE_PROGRAM is watched.
 */
#include <errno.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static GPollFunc next_poll;
static pid_t main_thread;
/* 0: not counted; so before the first poll, for the start-up is measured elsewhere. */
static gint64 busy_since_us;
static gint64 longest_us;
static guint n_over_50_ms;

static gboolean
is_window_on_screen (void)
{
    g_autoptr (GList) windows = gtk_window_list_toplevels ();

    for (GList *window = windows; window != NULL; window = window->next)
        if (gtk_widget_get_mapped (GTK_WIDGET (window->data)))
            return TRUE;
    return FALSE;
}

static gint
probe_poll (GPollFD *fds, guint n_fds, gint time_out)
{
    gint result;

    if (syscall (SYS_gettid) != main_thread)
        return next_poll (fds, n_fds, time_out);
    if (busy_since_us != 0) {
        gint64 busy_us = g_get_monotonic_time () - busy_since_us;
        longest_us = MAX (longest_us, busy_us);
        n_over_50_ms += busy_us > 50000;
    }
    result = next_poll (fds, n_fds, time_out);
    busy_since_us = is_window_on_screen () ? g_get_monotonic_time () : 0;
    return result;
}

static void
report (void)
{
    FILE *log = fopen (getenv ("STALL_PROBE_LOG"), "w");

    if (log == NULL)
        return;
    fprintf (log, "{\"longest_ms\": %.2f, \"over_50_ms\": %u}\n", (double) longest_us / 1000, n_over_50_ms);
    fclose (log);
}

__attribute__ ((constructor)) static void
start (void)
{
    const char *program = getenv ("STALL_PROBE_PROGRAM");

    if (getenv ("STALL_PROBE_LOG") == NULL || program == NULL
        || strcmp (program, program_invocation_short_name) != 0)
        return;
    main_thread = (pid_t) syscall (SYS_gettid);
    next_poll = g_main_context_get_poll_func (NULL);
    g_main_context_set_poll_func (NULL, probe_poll);
    atexit (report);
}
