/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-openssl-types.h"

G_BEGIN_DECLS

/**
 * TouPracticeCa:
 *
 * The certification authority of practice: issues certificates of the accepted authorities' shape. RSA-2048,
 * SHA-256, valid 2020 to 2049. Two of them have the same name and different keys. Errors are
 * TOU_PROOF_ERROR_FAILED (OpenSSL) and _MALFORMED (PEM), and G_FILE_ERROR. One thread at a time.
 */
typedef struct _TouPracticeCa TouPracticeCa;

/** tou_practice_ca_new: makes a key and a self-signed certificate; takes a tenth of a second. */
TouPracticeCa *tou_practice_ca_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
void tou_practice_ca_free (TouPracticeCa *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouPracticeCa, tou_practice_ca_free)

/** tou_practice_ca_save: writes ca.pem and ca.key (0600) into @folder, which exists. */
gboolean
tou_practice_ca_save (TouPracticeCa *self, const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
TouPracticeCa *tou_practice_ca_load (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Returns: (transfer none) */
X509 *tou_practice_ca_get_certificate (TouPracticeCa *self);
EVP_PKEY *tou_practice_ca_get_key (TouPracticeCa *self);

/** TouPracticeKeyUse: what a card's certificate says its key is for. */
typedef enum {
    TOU_PRACTICE_KEY_USE_SIGNING,    /* digitalSignature, nonRepudiation */
    TOU_PRACTICE_KEY_USE_ENCRYPTION, /* keyEncipherment alone: not fit */
} TouPracticeKeyUse;

/** TouPracticeCardFacts: what a card certificate says. Lent for the call; texts are UTF-8, %NULL leaves the
 * attribute out. */
typedef struct {
    const char *company;        /* kanji: directoryName of the subject alternative name, O */
    const char *holder;         /* …, CN */
    const char *address;        /* …, street */
    const char *company_number; /* …, organizationIdentifier */
    const char *company_roman;  /* subject, O */
    const char *holder_roman;   /* subject, CN */
    const char *crl_url;        /* distribution point */
    gint64 not_before_us;       /* since 1970 UTC */
    gint64 not_after_us;
    TouPracticeKeyUse key_use;
} TouPracticeCardFacts;

/** tou_practice_ca_issue_card: @key: at least the public half. Returns: (transfer full) (nullable) */
X509 *tou_practice_ca_issue_card (TouPracticeCa *self, const TouPracticeCardFacts *facts, EVP_PKEY *key,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_ca_issue_tls: for a server on 127.0.0.1 and localhost. Returns: (transfer full) (nullable) */
X509 *tou_practice_ca_issue_tls (TouPracticeCa *self, EVP_PKEY *key, gint64 not_before_us,
                                 gint64 not_after_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_ca_issue_receipt_signer: for the service's receipts. A profile should name this certificate
 * itself as authority: the practice authority also issues cards, which must not make receipts.
 * Returns: (transfer full) (nullable) */
X509 *tou_practice_ca_issue_receipt_signer (TouPracticeCa *self, EVP_PKEY *key, gint64 not_before_us,
                                            gint64 not_after_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_ca_issue_crl: @serials: (array zero-terminated=1): hex, as in TouCardCertificate.
 * Returns: (transfer full) (nullable) */
X509_CRL *tou_practice_ca_issue_crl (TouPracticeCa *self, const char *const *serials, gint64 this_update_us,
                                     gint64 next_update_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
