/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-cancellable.h"

GCancellable *
tou_cancellable_new_following (GCancellable *outer)
{
    GCancellable *inner = g_cancellable_new ();

    if (outer == NULL)
        return inner;
    g_signal_connect_object (outer, "cancelled", G_CALLBACK (g_cancellable_cancel), inner, G_CONNECT_SWAPPED);
    /* One that was cancelled before says nothing any more. */
    if (g_cancellable_is_cancelled (outer))
        g_cancellable_cancel (inner);
    return inner;
}

GSource *
tou_cancellable_watch (GCancellable *cancellable, GCancellableSourceFunc callback, gpointer user_data)
{
    GSource *source;

    if (cancellable == NULL)
        return NULL;
    source = g_cancellable_source_new (cancellable);
    g_source_set_callback (source, G_SOURCE_FUNC (callback), user_data, NULL);
    g_source_attach (source, NULL);
    return source;
}

void
tou_cancellable_unwatch (GSource **watch)
{
    if (*watch != NULL)
        g_source_destroy (*watch);
    g_clear_pointer (watch, g_source_unref);
}
