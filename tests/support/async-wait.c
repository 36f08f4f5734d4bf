/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

#include "async-wait.h"

/* Far above what any step takes, also under sanitizers. */
#define HANG_SECONDS 120
#define LOOK_AGAIN_MS 5

static gboolean
on_hang (gpointer user_data)
{
    g_error ("nothing came for %d seconds", HANG_SECONDS);
    return G_SOURCE_REMOVE;
}

static gboolean
on_look_again (gpointer user_data)
{
    return G_SOURCE_CONTINUE;
}

static gboolean
has_result (gpointer data)
{
    return *(GAsyncResult **) data != NULL;
}

static gboolean
is_set (gpointer data)
{
    return *(const gboolean *) data;
}

void
async_wait_until (gboolean (*is_true) (gpointer data), gpointer data)
{
    guint hang = g_timeout_add_seconds (HANG_SECONDS, on_hang, NULL);
    guint look_again = g_timeout_add (LOOK_AGAIN_MS, on_look_again, NULL);

    while (!is_true (data))
        g_main_context_iteration (NULL, TRUE);
    g_source_remove (look_again);
    g_source_remove (hang);
}

void
async_wait_store (GObject *source, GAsyncResult *result, gpointer out_result)
{
    GAsyncResult **out = out_result;

    g_assert_null (*out);
    *out = g_object_ref (result);
}

GAsyncResult *
async_wait (GAsyncResult **result)
{
    async_wait_until (has_result, result);
    return *result;
}

void
async_wait_flag (const gboolean *flag)
{
    async_wait_until (is_set, (gpointer) flag);
}
