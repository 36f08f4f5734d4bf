/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-certificate-checker.h"

#include "tou-card-access.h"
#include "tou-proof-checker.h"

G_DEFINE_QUARK (TouCertificateWarning, tou_certificate_warning)

G_DEFINE_INTERFACE (TouCertificateChecker, tou_certificate_checker, G_TYPE_OBJECT)

static void
tou_certificate_checker_default_init (TouCertificateCheckerInterface *iface)
{
    (void) iface;
}

static TouProofError
name_by_service (TouProofError code)
{
    return code == TOU_PROOF_ERROR_EXPIRED ? TOU_PROOF_ERROR_EXPIRED_BY_SERVICE
                                           : TOU_PROOF_ERROR_NOT_YET_VALID_BY_SERVICE;
}

/* Somebody who looks at the card's dates and at the clock on the screen must not be told that they read them
 * wrong. */
static GError *
name_clock (GError *error, const TouCardCertificate *certificate, TouClock *clock)
{
    gint64 pc_us = tou_clock_now_us (clock) + tou_clock_get_pc_error_us (clock);
    gboolean is_about_time = g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_EXPIRED)
                             || g_error_matches (error, TOU_PROOF_ERROR, TOU_PROOF_ERROR_NOT_YET_VALID);

    if (is_about_time && tou_card_certificate_get_fitness (certificate, pc_us) == TOU_CERTIFICATE_FIT)
        error->code = (int) name_by_service ((TouProofError) error->code);
    return error;
}

GError *
tou_certificate_find_fault (const TouCardCertificate *certificate, TouClock *clock)
{
    TouCertificateFitness fitness = tou_card_certificate_get_fitness (certificate, tou_clock_now_us (clock));

    if (fitness == TOU_CERTIFICATE_FIT)
        return NULL;
    return name_clock (tou_proof_error_new_unfit (fitness), certificate, clock);
}

TouCertificateStatus *
tou_certificate_status_new (void)
{
    return g_new0 (TouCertificateStatus, 1);
}

void
tou_certificate_status_free (TouCertificateStatus *self)
{
    if (self == NULL)
        return;
    g_clear_error (&self->warning);
    g_free (self);
}

void
tou_certificate_checker_check_async (TouCertificateChecker *self, TouCardCertificate *certificate,
                                     TouClock *clock, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
    TOU_CERTIFICATE_CHECKER_GET_IFACE (self)->check_async (self, certificate, clock, cancellable, callback,
                                                           user_data);
}

TouCertificateStatus *
tou_certificate_checker_check_finish (TouCertificateChecker *self, GAsyncResult *result, GError **error)
{
    return TOU_CERTIFICATE_CHECKER_GET_IFACE (self)->check_finish (self, result, error);
}
