/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "job.h"

G_BEGIN_DECLS

/* Single calls of a job's parts, around the flows: what a client of another make might do. Each waits for its
 * end by running the main context. */

/** job_list_cards: Returns: (transfer full) (nullable) */
TouCardInventory *job_list_cards (TouCardAccess *cards, GError **error);

/** job_unlock_token: with the practice PIN. Returns: (transfer container) (nullable) (element-type
 * TouCardCertificate) */
GPtrArray *job_unlock_token (Job *self, TouCardToken *token, GError **error);

/** job_sign: by the unlocked card's key with the certificate @sha256; must succeed. Returns: (transfer full)
 */
GBytes *job_sign (Job *self, GBytes *content, const char *sha256);

/** job_get_nonce: must succeed. Returns: (transfer full) */
char *job_get_nonce (Job *self);

/** job_hand_in: @cms as a registration. Returns: (transfer full) (nullable) */
TouReceipt *job_hand_in (Job *self, const char *submission_id, GBytes *cms, GError **error);

/** job_list_applications: the last three. Returns: (transfer container) (nullable) (element-type
 * TouApplication) */
GPtrArray *job_list_applications (Job *self, GError **error);

G_END_DECLS
