/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-proof-checker.h"

G_BEGIN_DECLS

/** tou_openssl_set_error: sets @error to TOU_PROOF_ERROR @code with @what and the reasons in this thread's
 * OpenSSL error queue, and empties that queue, with or without @error. The text is for the log, never for a
 * person; nothing is decided by it. */
void tou_openssl_set_error (GError **error, TouProofError code, const char *what);

G_END_DECLS
