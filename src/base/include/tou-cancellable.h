/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * tou_cancellable_new_following:
 * @outer: (nullable): the caller's
 *
 * A cancellable of one's own that is cancelled with @outer, so that work can also be ended by the one who
 * does it, by a time-out or by leaving. It may outlive @outer and may go before it. Any thread.
 *
 * Returns: (transfer full): cancelled already when @outer is
 */
GCancellable *tou_cancellable_new_following (GCancellable *outer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
