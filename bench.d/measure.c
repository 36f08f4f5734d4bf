/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure.h"

static gint64 busy_since_us; /* 0 before the first poll */
static gint64 longest_us;

double
ms_since (gint64 start_us)
{
    return (double) (g_get_monotonic_time () - start_us) / 1000;
}

static gint
probe_poll (GPollFD *fds, guint n_fds, gint time_out)
{
    gint result;

    if (busy_since_us != 0)
        longest_us = MAX (longest_us, g_get_monotonic_time () - busy_since_us);
    result = g_poll (fds, n_fds, time_out);
    busy_since_us = g_get_monotonic_time ();
    return result;
}

void
watch_loop (void)
{
    g_main_context_set_poll_func (NULL, probe_poll);
}

void
restart_loop_watch (void)
{
    busy_since_us = longest_us = 0;
}

double
get_longest_ms (void)
{
    return (double) longest_us / 1000;
}
