/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/* The objects on a token, read through a session of their own that is closed again. Nothing a token says is
 * trusted: counts and lengths are bounded, what goes beyond is left out. The worker's thread only. */

/** TouCardObject: a certificate or a private key. */
typedef struct {
    GBytes *id;                   /* CKA_ID; what ties a key to its certificate. Never empty */
    GBytes *der;                  /* certificates: CKA_VALUE */
    gboolean always_authenticate; /* private keys: each signature asks for the PIN once more */
} TouCardObject;

/** tou_card_objects_load_certificates: X.509 certificates that can be read now. Errors: TOU_CARD_ERROR.
 * Returns: (transfer full) (nullable) (element-type TouCardObject) */
GPtrArray *tou_card_objects_load_certificates (CK_FUNCTION_LIST *functions, CK_SLOT_ID slot,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_objects_load_private_keys: seen after the login only. Errors: TOU_CARD_ERROR.
 * Returns: (transfer full) (nullable) (element-type TouCardObject) */
GPtrArray *tou_card_objects_load_private_keys (CK_FUNCTION_LIST *functions, CK_SLOT_ID slot,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_objects_find: Returns: (transfer none) (nullable): the object with @id */
const TouCardObject *tou_card_objects_find (GPtrArray *objects, GBytes *id);

G_END_DECLS
