/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-access.h"

#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/** tou_ckr_get_card_error: Returns: what @rv, the answer of a PKCS#11 function (2.40, section 5.1), means to
 * us; DEVICE for a code that is not in the table (a vendor's own). */
TouCardError tou_ckr_get_card_error (CK_RV rv);

/** tou_ckr_set_error: @call: the function that answered @rv, for the developer's text.
 * Errors: always sets one of TOU_CARD_ERROR. */
void tou_ckr_set_error (GError **error, CK_RV rv, const char *call);

/** tou_ckr_set_error_from_openssl: drains OpenSSL's error queue of this thread. The first code of a module in
 * it decides; without one the error is @otherwise. @was_pin_asked: a PIN went to the card since the queue was
 * empty; without that no error is about a PIN. @call: for the developer's text. The only place that knows how
 * libp11 reports. */
void tou_ckr_set_error_from_openssl (GError **error, gboolean was_pin_asked, TouCardError otherwise,
                                     const char *call);

G_END_DECLS
