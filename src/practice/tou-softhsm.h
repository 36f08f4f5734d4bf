/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/** tou_softhsm_load: loads SoftHSM's library, from the path in the environment variable TOUROKU_SOFTHSM or
 * from where distributions put it. It is never unloaded and not initialised here; SOFTHSM2_CONF must be set
 * before that. Errors: G_IO_ERROR_NOT_FOUND. Returns: (transfer none) (nullable): its functions */
CK_FUNCTION_LIST *tou_softhsm_load (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
