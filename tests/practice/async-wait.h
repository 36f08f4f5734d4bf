/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Waits in a test for what is asynchronous: pass async_wait_store and a NULL GAsyncResult pointer to a call,
 * then async_wait(). */

static inline void
async_wait_store (GObject *source, GAsyncResult *result, gpointer user_data)
{
    *(GAsyncResult **) user_data = g_object_ref (result);
}

static inline GAsyncResult *
async_wait (GAsyncResult **result)
{
    while (*result == NULL)
        g_main_context_iteration (NULL, TRUE);
    return *result;
}

/* Runs the main loop until *@flag is set. */
static inline void
async_wait_flag (const gboolean *flag)
{
    while (!*flag)
        g_main_context_iteration (NULL, TRUE);
}
