/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouRenewalError: why a card cannot play its part in a card renewal. Nothing was signed by the new card. */
#define TOU_RENEWAL_ERROR (tou_renewal_error_quark ())
GQuark tou_renewal_error_quark (void);
typedef enum {
    TOU_RENEWAL_ERROR_NOT_CURRENT,     /* 30001: not the registered card, where that one is asked for */
    TOU_RENEWAL_ERROR_CURRENT_EXPIRED, /* 01006: a renewal is impossible, a new registration is not */
    TOU_RENEWAL_ERROR_SAME_CARD,       /* 30005: the current card, where the new one is asked for */
    TOU_RENEWAL_ERROR_OTHER_COMPANY,   /* 30005: the new card is another company's */
    TOU_RENEWAL_ERROR_CONSENT_OVER,    /* 30005: the current card has to sign the authorization again */
} TouRenewalError;
#define TOU_N_RENEWAL_ERRORS (TOU_RENEWAL_ERROR_CONSENT_OVER + 1)

G_END_DECLS
