/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-module.h"
#include "tou-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouCardSession:
 *
 * A token that is logged in, through libp11. The worker's thread only. After any error it is good for nothing
 * but freeing: libp11 cannot be brought back to order then.
 */
typedef struct _TouCardSession TouCardSession;

/**
 * tou_card_session_open:
 * @slot_view: file name of touroku-slot-view.so
 * @facts: a slot of @module with a token that knows a PIN, as it is now
 * @pin: (nullable): %NULL: typed on the reader's keypad. A reference is kept only when a key on the card asks
 * for the PIN at each signature (CKA_ALWAYS_AUTHENTICATE)
 *
 * Logs in with one C_Login and no second one, whatever it answers; with none when another card has come since
 * @facts were read.
 * Errors: TOU_CARD_ERROR; CARD_REMOVED, PIN_WRONG for CKR_PIN_INCORRECT alone, PIN_LOCKED by the
 * token's flag read anew, NO_CERTIFICATE, NO_KEY. Returns: (transfer full) (nullable)
 */
TouCardSession *
tou_card_session_open (TouCardModule *module, const char *slot_view, const TouSlotFacts *facts,
                       TouSecret *pin, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_session_free: logs out. The module stays as it is, for tou_card_module_free(). */
void tou_card_session_free (TouCardSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardSession, tou_card_session_free)

/** tou_card_session_get_certificates: Returns: (transfer none) (element-type TouCardObject): those with a
 * private key of the same id; at least one */
GPtrArray *tou_card_session_get_certificates (const TouCardSession *self);

/** tou_card_session_asks_each_time: Returns: whether a key on the card asks for the PIN at each signature
 * (CKA_ALWAYS_AUTHENTICATE) */
gboolean tou_card_session_asks_each_time (const TouCardSession *self);

/** tou_card_session_sign: @certificate_sha256: lower-case hex. Errors: TOU_CARD_ERROR.
 * Returns: (transfer full) (nullable): the CMS, DER */
GBytes *tou_card_session_sign (TouCardSession *self, GBytes *content, const char *certificate_sha256,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
