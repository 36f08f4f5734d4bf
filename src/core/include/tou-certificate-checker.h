/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/** TouCertificateWarning: what could not be found out about a certificate. Nothing of it stops an
 * application: the service decides. An error domain, so that the error catalogue explains it. */
#define TOU_CERTIFICATE_WARNING (tou_certificate_warning_quark ())
GQuark tou_certificate_warning_quark (void);
typedef enum {
    TOU_CERTIFICATE_WARNING_LIST_UNREACHABLE, /* the revocation list could not be fetched */
    TOU_CERTIFICATE_WARNING_LIST_TOO_LARGE,
    TOU_CERTIFICATE_WARNING_LIST_UNUSABLE, /* no list, of another issuer, or its signature is wrong */
    TOU_CERTIFICATE_WARNING_LIST_STALE,    /* its nextUpdate has passed, and there is no newer one */
    TOU_CERTIFICATE_WARNING_NO_LIST,       /* nothing says where there is one that can be fetched */
} TouCertificateWarning;
#define TOU_N_CERTIFICATE_WARNINGS (TOU_CERTIFICATE_WARNING_NO_LIST + 1)

/** tou_certificate_find_fault: what can be seen of @certificate alone, by the service's clock. Returns:
 * (transfer full) (nullable): the error to show for one that cannot sign for a bidder: TOU_PROOF_ERROR:
 * KEY_USAGE (01004), EXPIRED (01006), NOT_YET_VALID (01007), or their _BY_SERVICE variants where this
 * computer's wrong clock says otherwise; TOU_CARD_ERROR_KEY_UNSUITABLE (01004). */
GError *
tou_certificate_find_fault (const TouCardCertificate *certificate, TouClock *clock) G_GNUC_WARN_UNUSED_RESULT;

/** TouCertificateStatus: what a check that did not refuse has found. */
typedef struct {
    gboolean is_revocation_known; /* a current list of its issuer does not name it */
    GError *warning;              /* (nullable): why it is not known */
} TouCertificateStatus;

TouCertificateStatus *tou_certificate_status_new (void);
void tou_certificate_status_free (TouCertificateStatus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCertificateStatus, tou_certificate_status_free)

/**
 * TouCertificateChecker:
 *
 * Whether a card's certificate will be taken, as far as this side can know it before anything is signed:
 * validity by the service's clock, key usage, a path to the accepted issuers of the service profile, the
 * revocation list of its issuer. Main thread.
 */
#define TOU_TYPE_CERTIFICATE_CHECKER (tou_certificate_checker_get_type ())
G_DECLARE_INTERFACE (TouCertificateChecker, tou_certificate_checker, TOU, CERTIFICATE_CHECKER, GObject)

struct _TouCertificateCheckerInterface {
    GTypeInterface parent;

    void (*check_async) (TouCertificateChecker *self, TouCardCertificate *certificate, TouClock *clock,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
    TouCertificateStatus *(*check_finish) (TouCertificateChecker *self, GAsyncResult *result, GError **error);
};

/** tou_certificate_checker_check_async: does its work, which may go over the network, on a thread of its own.
 */
void tou_certificate_checker_check_async (TouCertificateChecker *self, TouCardCertificate *certificate,
                                          TouClock *clock, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);

/** tou_certificate_checker_check_finish: Errors, each a refusal: those of tou_certificate_find_fault();
 * TOU_PROOF_ERROR: CHAIN (19999): it leads to none of the accepted issuers; REVOKED (01014); MALFORMED,
 * FAILED; TOU_PROFILE_ERROR_UNREADABLE: the file of the issuers; and G_IO_ERROR_CANCELLED.
 * Returns: (transfer full) (nullable) */
TouCertificateStatus *tou_certificate_checker_check_finish (TouCertificateChecker *self, GAsyncResult *result,
                                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
