/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-renewal-facts.h"

#include "tou-comparison.h"

#include <glib/gi18n-lib.h>

static void
add_card (TouRecordSheet *sheet, const char *heading, const TouCompany *company,
          const TouCardCertificate *certificate)
{
    tou_record_sheet_begin (sheet, heading);
    tou_record_sheet_add (sheet, _ ("Company name"), company->name);
    tou_record_sheet_add (sheet, _ ("Company address"), company->address);
    tou_record_sheet_add_holder (sheet, certificate);
    tou_record_sheet_add_certificate (sheet, certificate);
}

/* With the current card stands the company as it was registered with it, where the service says so. */
static const TouCompany *
get_registered_company (TouRequestFlow *flow)
{
    const TouRegistration *registration = tou_request_flow_get_registration (flow);

    if (registration != NULL && registration->registered_company != NULL)
        return registration->registered_company;
    return tou_request_flow_get_company (flow);
}

GtkWidget *
tou_renewal_facts_new (TouCardRenewalFlow *flow, GtkSizeGroup *labels)
{
    TouRequestFlow *request = TOU_REQUEST_FLOW (flow);
    const TouCardCertificate *current = tou_card_renewal_flow_get_current (flow);
    const TouCardCertificate *new = tou_request_flow_get_certificate (request);
    g_autoptr (TouRecordSheet) sheet = NULL;

    if (current == NULL || new == NULL)
        return NULL;
    sheet = tou_record_sheet_new (NULL);
    add_card (sheet, _ ("IC card in use now"), get_registered_company (request), current);
    add_card (sheet, _ ("New IC card"), tou_request_flow_get_company (request), new);
    return tou_comparison_new (g_ptr_array_index (sheet->sections, 0), g_ptr_array_index (sheet->sections, 1),
                               labels);
}
