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
