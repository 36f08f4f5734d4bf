/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"
#include "tou-practice-ca.h"

G_BEGIN_DECLS

/* Cards whose key lies in memory, and requests signed with them. Functions abort the test when they fail. */

typedef struct {
    EVP_PKEY *key;
    X509 *certificate;
    char *sha256;
} SoftwareCard;

void software_card_free (SoftwareCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoftwareCard, software_card_free)

/** software_card_get_facts: a good card of the company of bidder01, to be changed before it is issued. */
TouPracticeCardFacts software_card_get_facts (gint64 now_us);

/** software_card_issue: @key: (nullable): one RSA key for all */
SoftwareCard *software_card_issue (TouPracticeCa *ca, const TouPracticeCardFacts *facts, EVP_PKEY *key);

/** software_card_issue_good: Returns: (transfer full) */
SoftwareCard *software_card_issue_good (TouPracticeCa *ca, gint64 now_us);

/** software_card_sign: Returns: (transfer full): CMS, DER */
GBytes *software_card_sign (SoftwareCard *self, GBytes *content);

/** software_card_make_request: a good request; a renewal's has no authorization yet. Returns: (transfer
 * full) */
TouRequest *
software_card_make_request (SoftwareCard *self, TouOperation operation, const char *nonce, gint64 now_us);

/** software_card_make_authorization: good for a renewal of this card. Returns: (transfer full) */
TouAuthorization *software_card_make_authorization (SoftwareCard *self, const char *nonce, gint64 now_us);

/** software_card_sign_authorization: Returns: (transfer full): CMS, DER */
GBytes *software_card_sign_authorization (SoftwareCard *self, const TouAuthorization *authorization);

/** software_card_sign_request: Returns: (transfer full): CMS, DER */
GBytes *software_card_sign_request (SoftwareCard *self, const TouRequest *request);

G_END_DECLS
