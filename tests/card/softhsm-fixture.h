/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-ca.h"

G_BEGIN_DECLS

/**
 * SoftHsmFixture:
 *
 * SoftHSM tokens in a folder of their own, filled by softhsm2-util and pkcs11-tool: other people's programs,
 * so that no mistake of ours is made twice. The calling process does not load SoftHSM. Faults of the set-up
 * end the test.
 */
typedef struct {
    char *folder;
    char *configuration; /* for SOFTHSM2_CONF */
    const char *module;  /* SoftHSM's file name */
    TouPracticeCa *ca;
    char *ca_file; /* PEM */
} SoftHsmFixture;

/** soft_hsm_fixture_new: Returns: (transfer full) (nullable): %NULL where a tool is missing; the reason is
 * printed */
SoftHsmFixture *soft_hsm_fixture_new (void);
void soft_hsm_fixture_free (SoftHsmFixture *self);

/** soft_hsm_fixture_add_token: an empty token. */
void soft_hsm_fixture_add_token (SoftHsmFixture *self, const char *label, const char *pin);

typedef enum {
    SOFT_HSM_KEY_NONE,
    SOFT_HSM_KEY_RSA,
    SOFT_HSM_KEY_EC,
    SOFT_HSM_KEY_RSA_ASKING, /* CKA_ALWAYS_AUTHENTICATE */
} SoftHsmKey;

/** soft_hsm_fixture_add_certificate: a card certificate of @holder, and the key that belongs to it.
 * @id: CKA_ID of both, hex. Returns: (transfer full): SHA-256 of the certificate, hex */
char *soft_hsm_fixture_add_certificate (SoftHsmFixture *self, const char *label, const char *pin,
                                        const char *id, const char *holder, SoftHsmKey key);

/** soft_hsm_fixture_add_stray_key: a private key without a certificate. @algorithm: ED25519 or DSA, which
 * libp11 cannot take. @id: as above; several keys may have one id. */
void soft_hsm_fixture_add_stray_key (SoftHsmFixture *self, const char *label, const char *pin, const char *id,
                                     const char *algorithm);

/** soft_hsm_fixture_add_ca_certificate: the authority's own, as many cards carry it. */
void soft_hsm_fixture_add_ca_certificate (SoftHsmFixture *self, const char *label, const char *pin,
                                          const char *id);

G_END_DECLS
