/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-confirm-caution.h"

#include "tou-name.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full) (nullable) */
static char *
describe_difference (const TouCompany *company, const TouCardCertificate *certificate)
{
    const char *name = company->name != NULL ? company->name : "";
    const char *on_card = certificate->company != NULL ? certificate->company
                                                       : _ ("(not recorded on the card)");

    switch (tou_name_compare (company->name, certificate->company)) {
    case TOU_NAME_VARIANT:
        return g_strdup_printf (_ ("The company name (%s) is written with a variant of a character on the IC "
                                   "card (%s). If both are "
                                   "your company, you can go on."),
                                name, on_card);
    case TOU_NAME_OTHER:
        return g_strdup_printf (_ ("The company name (%s) and the company name on the IC card (%s) "
                                   "are not the same. Please make sure that both are your company."),
                                name, on_card);
    case TOU_NAME_SAME:
    default:
        return NULL;
    }
}

char *
tou_confirm_caution_dup (TouRequestFlow *flow)
{
    g_autofree char *difference = describe_difference (tou_request_flow_get_company (flow),
                                                       tou_request_flow_get_certificate (flow));
    const char *exchange;

    if (tou_request_flow_get_former_certificate (flow) == NULL)
        return g_steal_pointer (&difference);
    exchange = _ ("The IC card was exchanged for another one. Please check once more what stands below.");
    return g_strjoin ("\n", exchange, difference, NULL);
}
