/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-backend.h"

#include "tou-http-list-source.h"
#include "tou-http-service.h"
#include "tou-openssl-certificate-checker.h"
#include "tou-openssl-proof-checker.h"
#include "tou-sqlite-store.h"
#include "tou-wire-request.h"

#include <gmodule.h>

static TouRegistrationService *
new_service (TouServiceProfile *profile, TouClock *clock, TouTimeline *timeline)
{
    return TOU_REGISTRATION_SERVICE (tou_http_service_new (profile, clock, timeline));
}

static TouRecordStore *
new_store (const char *path)
{
    return TOU_RECORD_STORE (tou_sqlite_store_new (path));
}

static TouProofChecker *
new_proofs (TouCardProfiles *profiles)
{
    TouOpensslProofChecker *proofs = tou_openssl_proof_checker_new (tou_wire_read_receipt,
                                                                    tou_wire_read_signed);

    tou_openssl_proof_checker_set_profiles (proofs, profiles);
    return TOU_PROOF_CHECKER (proofs);
}

static TouCertificateChecker *
new_checker (TouServiceProfile *profile, const char *cache_folder)
{
    g_autoptr (TouHttpListSource) source = tou_http_list_source_new ();

    return TOU_CERTIFICATE_CHECKER (
        tou_openssl_certificate_checker_new (profile, TOU_LIST_SOURCE (source), cache_folder));
}

static const TouBackend backend = { new_service, new_store, new_proofs, new_checker };

G_MODULE_EXPORT const TouBackend *tou_backend_get (void);

const TouBackend *
tou_backend_get (void)
{
    return &backend;
}
