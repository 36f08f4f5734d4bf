/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** tou_http_memory_start: starts curl once for the whole process, with an allocator that wipes whatever curl
 * gives back: request headers with the token, the password on its way, the answer that brought the token. Any
 * thread. */
void tou_http_memory_start (void);

/** TouHttpBuffer: bytes that grow, and are wiped wherever they were. */
typedef struct _TouHttpBuffer TouHttpBuffer;

TouHttpBuffer *tou_http_buffer_new (void) G_GNUC_WARN_UNUSED_RESULT;
void tou_http_buffer_free (TouHttpBuffer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouHttpBuffer, tou_http_buffer_free)

/** Returns: %FALSE, and nothing changes, when there would be more than @max bytes. */
gboolean
tou_http_buffer_append (TouHttpBuffer *self, const char *bytes, gsize n, gsize max) G_GNUC_WARN_UNUSED_RESULT;

/** tou_http_buffer_to_bytes: @self: (transfer full). Returns: (transfer full): wiped with the last reference.
 */
GBytes *tou_http_buffer_to_bytes (TouHttpBuffer *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
