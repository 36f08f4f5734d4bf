/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouListSource:
 *
 * Where certificate revocation lists come from: the network, without a word about what they say. Lists are
 * public and signed, so they may come over plain HTTP (RFC 5280, 4.2.1.13) and from any mirror.
 */
#define TOU_TYPE_LIST_SOURCE (tou_list_source_get_type ())
G_DECLARE_INTERFACE (TouListSource, tou_list_source, TOU, LIST_SOURCE, GObject)

struct _TouListSourceInterface {
    GTypeInterface parent;

    GBytes *(*fetch) (TouListSource *self, const char *url, gsize max_bytes, GCancellable *cancellable,
                      GError **error);
};

/**
 * tou_list_source_fetch:
 * @url: as it stands in a certificate; not to be trusted in any way
 * @max_bytes: a longer answer is broken off
 *
 * Waits for the whole answer; for a worker's thread, any of them. Cancelling from another thread ends the
 * wait at once.
 *
 * Errors: TOU_SERVICE_ERROR: NAME_NOT_FOUND, UNREACHABLE, TIMED_OUT, UNTRUSTED, TLS, ANSWER_TOO_LARGE,
 * BAD_ANSWER (another status than 200, another protocol than HTTP), FAILED; G_IO_ERROR_CANCELLED.
 * Returns: (transfer full) (nullable)
 */
GBytes *tou_list_source_fetch (TouListSource *self, const char *url, gsize max_bytes,
                               GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
