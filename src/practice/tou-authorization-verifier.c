/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-authorization-verifier.h"

#include "tou-certificate.h"
#include "tou-practice-submissions.h"
#include "tou-proof-checker.h"
#include "tou-wire-request.h"

#define MOST_CLOCK_DIFFERENCE_US (G_GINT64_CONSTANT (600) * G_USEC_PER_SEC)

typedef struct {
    TouPracticeVisit *visit;
    TouVerifiedRequest *renewal;
    TouCms *cms; /* the authorization's */
    TouAuthorization *authorization;
} Checking;

/* As in tou-request-verifier.c. */
typedef gboolean (*Check) (Checking *checking, GError **error);

static void
checking_clear (Checking *checking)
{
    g_clear_pointer (&checking->cms, tou_cms_free);
    g_clear_pointer (&checking->authorization, tou_authorization_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Checking, checking_clear)

static gboolean
refuse (Checking *checking, const char *problem, const char *detail)
{
    return tou_verified_request_refuse (checking->renewal, problem, detail);
}

static gboolean
check_envelope (Checking *checking, GError **error)
{
    g_autoptr (GError) problem = NULL;

    checking->cms = tou_cms_open (checking->renewal->request->authorization, &problem);
    if (checking->cms == NULL)
        return refuse (checking, "bad-authorization", problem->message);
    if (!g_strv_contains (tou_practice_digests, checking->cms->digest)
        || !g_strv_contains (tou_practice_signatures, checking->cms->signature))
        return refuse (checking, "bad-authorization", "signed with an algorithm that is not taken");
    return TRUE;
}

static gboolean
read_content (Checking *checking, GError **error)
{
    g_autoptr (GError) problem = NULL;

    checking->authorization = tou_wire_read_authorization (checking->cms->content, &problem);
    return checking->authorization != NULL || refuse (checking, "bad-authorization", problem->message);
}

static gboolean
check_purpose (Checking *checking, GError **error)
{
    const TouAuthorization *authorization = checking->authorization;
    const TouPracticeSession *session = &checking->visit->session;

    if (g_strcmp0 (authorization->audience, checking->visit->service->audience) != 0)
        return refuse (checking, "bad-authorization", "it is for another service");
    if (authorization->category != session->category)
        return refuse (checking, "bad-authorization", "it is for another category");
    if (g_strcmp0 (authorization->company_number, session->vendor_number) != 0)
        return refuse (checking, "bad-authorization", "it is for another company");
    if (g_strcmp0 (authorization->certificate_sha256, checking->cms->signer_sha256) != 0)
        return refuse (checking, "bad-authorization", "certificate_sha256 is not the signer's");
    return TRUE;
}

static gboolean
check_time (Checking *checking, GError **error)
{
    const TouAuthorization *authorization = checking->authorization;

    if (authorization->expires_us < authorization->time_us
        || authorization->expires_us - authorization->time_us > TOU_AUTHORIZATION_MAX_US)
        return refuse (checking, "bad-authorization", "it lives longer than 15 minutes");
    if (authorization->time_us > checking->visit->now_us + MOST_CLOCK_DIFFERENCE_US)
        return refuse (checking, "bad-authorization", "it was signed in the future");
    if (authorization->expires_us < checking->visit->now_us)
        return refuse (checking, "authorization-expired", NULL);
    return TRUE;
}

static gboolean
check_cards (Checking *checking, GError **error)
{
    TouPracticeVisit *visit = checking->visit;
    const char *current = checking->cms->signer_sha256;
    const char *new = checking->renewal->card->sha256;
    g_autoptr (TouRegistration) registration = NULL;

    if (g_str_equal (current, new))
        return refuse (checking, "same-card", NULL);
    if (!tou_practice_registrations_find (visit->service->db, visit->session.vendor_number,
                                          visit->session.category, &registration, error))
        return FALSE;
    if (registration != NULL && g_strcmp0 (registration->card_sha256, current) == 0)
        return TRUE;
    if (registration != NULL && g_strcmp0 (registration->card_sha256, new) == 0)
        return refuse (checking, "cards-swapped", NULL);
    return refuse (checking, "not-registered", "the authorization's card is not the registered one");
}

static gboolean
check_validity (Checking *checking, GError **error)
{
    TouPracticeService *service = checking->visit->service;
    g_autoptr (GError) problem = NULL;

    if (!tou_crl_check (service->crl, checking->cms->signer, NULL))
        return refuse (checking, "current-card-revoked", NULL);
    if (tou_issuers_check (service->issuers, checking->cms->signer, checking->cms->certificates,
                           checking->visit->now_us, &problem))
        return TRUE;
    if (g_error_matches (problem, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED))
        return refuse (checking, "current-card-expired", NULL);
    return refuse (checking, "bad-authorization", problem->message);
}

/* Last of all, since it cannot be undone. */
static gboolean
use_nonce (Checking *checking, GError **error)
{
    TouPracticeVisit *visit = checking->visit;
    gboolean was_good;

    if (!tou_practice_accounts_use_nonce (visit->service->db, checking->authorization->nonce,
                                          visit->session.vendor_number, visit->now_us, &was_good, error))
        return FALSE;
    return was_good || refuse (checking, "authorization-used", NULL);
}

static const Check checks[] = {
    check_envelope, read_content, check_purpose, check_time, check_cards, check_validity, use_nonce,
};

gboolean
tou_authorization_verifier_check (TouPracticeVisit *visit, TouVerifiedRequest *renewal, GError **error)
{
    g_auto (Checking) checking = { .visit = visit, .renewal = renewal };

    for (guint i = 0; i < G_N_ELEMENTS (checks) && renewal->refusal == NULL; i++)
        if (!checks[i](&checking, error))
            return FALSE;
    return TRUE;
}
