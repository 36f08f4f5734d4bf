/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-ca.h"
#include "tou-practice-pem.h"

#include "tou-certificate-chain.h"
#include "tou-certificate.h"

G_BEGIN_DECLS

/* Certificates for tests. The authority and the card's key are made once a process; the rest is fresh. */

#define FIXTURE_DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
/* 2026-11-23 00:00 UTC; the default card is valid from a year before to a year after. */
#define FIXTURE_NOW_US (G_GINT64_CONSTANT (1795392000) * G_USEC_PER_SEC)

#define FIXTURE_COMPANY "株式会社登録建設"
#define FIXTURE_HOLDER "山田　太郎"
#define FIXTURE_ADDRESS "東京都杉並区高井戸西三丁目五番二十四号"
#define FIXTURE_NUMBER "1234567890123"

TouPracticeCa *fixture_get_ca (void);
EVP_PKEY *fixture_get_key (void);
void fixture_tear_down (void);

TouPracticeCardFacts fixture_card_facts (void);

/** With the fixture's key; @facts: (nullable): the default ones. */
X509 *fixture_issue (const TouPracticeCardFacts *facts);

TouIssuers *fixture_load_issuers (TouPracticeCa *ca);

/** A card certificate whose alternative name holds @name (transfer full) (nullable: no alternative name). */
X509 *fixture_issue_with_name (X509_NAME *name);

/** A card certificate whose alternative name is these bytes (DER or not), in place of the usual one. */
X509 *fixture_issue_with_alternative_name (const guint8 *der, gsize size);

/** What the reader says of it; the texts are fit to be shown. @profiles: (nullable) */
TouCardCertificate *fixture_read (X509 *certificate, TouCardProfiles *profiles);

/** Fails unless all texts of @facts are valid UTF-8 of one line, and nothing is left in OpenSSL's queue. */
void fixture_assert_shown (const TouCardCertificate *facts);

/** Signs @certificate again, after a change. */
void fixture_resign (X509 *certificate);

G_END_DECLS
