/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-flow-error.h"
#include "tou-renewal-error.h"

GQuark
tou_flow_error_quark (void)
{
    return g_quark_from_static_string ("tou-flow-error-quark");
}

G_DEFINE_QUARK (TouRenewalError, tou_renewal_error)
