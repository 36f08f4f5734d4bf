/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-cms-check.h"
#include "tou-practice-visit.h"

G_BEGIN_DECLS

/** TouVerifiedRequest: what a signed request turned out to be, check by check. */
typedef struct {
    TouCms *cms;
    TouCardCertificate *card; /* the signer's certificate */
    TouRequest *request;

    const char *refusal; /* the problem of the first check that failed; %NULL: all is right */
    char *detail;        /* (nullable) */
    char *field;         /* (nullable) */
} TouVerifiedRequest;

/** tou_verified_request_refuse: @problem: static, a kind of tou-wire-problem.h; @detail: (nullable). Returns:
 * %TRUE, for a check that did its work */
gboolean tou_verified_request_refuse (TouVerifiedRequest *self, const char *problem, const char *detail);

void tou_verified_request_clear (TouVerifiedRequest *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TouVerifiedRequest, tou_verified_request_clear)

/** tou_request_verifier_check: the checks of docs/signed-request.md section 4 from the envelope on, in that
 * order, up to the first that fails. Fills @out_request. Returns: %FALSE with @error set when the service
 * itself failed */
gboolean tou_request_verifier_check (TouPracticeVisit *visit, TouVerifiedRequest *out_request,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
