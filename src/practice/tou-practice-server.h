/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-service.h"

G_BEGIN_DECLS

/**
 * TouPracticeServer:
 *
 * The practice service on the network: HTTPS (TLS 1.2 and 1.3) on 127.0.0.1. Calls are answered one after the
 * other on a thread of its own, which has the service to itself. The functions here are for the thread that
 * started it.
 *
 * The authority's revocation list (tou-practice-list.h) is served as authorities do: over plain HTTP, on
 * another port of 127.0.0.1.
 *
 * Beside the service's own calls there is GET /practice/v1/seen: JSON with "connections" and "requests"
 * (number by "METHOD path"), for tests and for support staff.
 */
typedef struct _TouPracticeServer TouPracticeServer;

/** tou_practice_server_start: @service: (transfer full); @list: DER; @folder: the practice folder, with key
 * and certificate;
 * @port, @list_port: 0: a free one. Errors: TOU_PRACTICE_ERROR_FAILED: the port is taken; _FOLDER_DAMAGED: no
 * key or certificate. Returns: (transfer full) (nullable) */
TouPracticeServer *
tou_practice_server_start (TouPracticeService *service, GBytes *list, const char *folder, guint16 port,
                           guint16 list_port, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_server_stop: finishes the call that is being answered, closes all connections and frees. */
void tou_practice_server_stop (TouPracticeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeServer, tou_practice_server_stop)

guint16 tou_practice_server_get_port (TouPracticeServer *self);
guint16 tou_practice_server_get_list_port (TouPracticeServer *self);

/** tou_practice_server_hold: Returns: (transfer none): the service, for this thread alone until
 * tou_practice_server_release(), which has to follow soon */
TouPracticeService *tou_practice_server_hold (TouPracticeServer *self) G_GNUC_WARN_UNUSED_RESULT;
void tou_practice_server_release (TouPracticeServer *self);

/** tou_practice_server_add_fault: as tou_practice_faults_add(). */
gboolean tou_practice_server_add_fault (TouPracticeServer *self, const char *text,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
