/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-certificate-checker.h"
#include "tou-list-source.h"
#include "tou-service-profile.h"

G_BEGIN_DECLS

/** TOU_CRL_MAX_BYTES: a longer revocation list is not read: about 450,000 entries. */
#define TOU_CRL_MAX_BYTES (16 * 1024 * 1024)

/**
 * TouOpensslCertificateChecker:
 *
 * A #TouCertificateChecker with OpenSSL, on one thread of its own. A profile without card issuers leaves path
 * and revocation to the service: only the certificate itself is looked at.
 *
 * Lists are fetched from the profile's address, else from the certificate's distribution points, and are kept
 * on disk until their nextUpdate, one file an issuer. What comes from the network or the disk is used only if
 * an accepted issuer signed it. A list that is out of date still refuses whom it names: revocation is for
 * good.
 */
#define TOU_TYPE_OPENSSL_CERTIFICATE_CHECKER (tou_openssl_certificate_checker_get_type ())
G_DECLARE_FINAL_TYPE (TouOpensslCertificateChecker, tou_openssl_certificate_checker, TOU,
                      OPENSSL_CERTIFICATE_CHECKER, GObject)

/** tou_openssl_certificate_checker_new: @source: referenced, used on the checker's thread alone.
 * @cache_folder: absolute, file-name encoding; made when it is needed; one that cannot be written to costs a
 * fetch each time. */
TouOpensslCertificateChecker *
tou_openssl_certificate_checker_new (TouServiceProfile *profile, TouListSource *source,
                                     const char *cache_folder);

G_END_DECLS
