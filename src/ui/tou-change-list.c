/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-change-list.h"

#include "tou-comparison.h"
#include "tou-contact-change-flow.h"
#include "tou-record-sheet.h"

#include <glib/gi18n-lib.h>

static TouSheetSection *
get_section (TouRecordSheet *sheet)
{
    return g_ptr_array_index (sheet->sections, 0);
}

static TouRecordSheet *
make_sheet (const char *heading, const TouCompany *company, const TouContact *contact)
{
    TouRecordSheet *sheet = tou_record_sheet_new (NULL);

    tou_record_sheet_begin (sheet, heading);
    tou_record_sheet_add_company (sheet, company, FALSE);
    tou_record_sheet_add_contact (sheet, contact);
    return sheet;
}

/* Returns: (transfer full) */
static TouCompany *
make_old_company (const TouRegistration *registration, const TouContact *registered)
{
    TouCompany *company = tou_company_copy (
        registration->registered_company != NULL ? registration->registered_company : registration->company);

    tou_set_text (&company->phone, registered->company_phone);
    tou_set_text (&company->fax, registered->company_fax);
    return company;
}

GtkWidget *
tou_change_list_new (TouRequestFlow *flow, GtkSizeGroup *labels)
{
    const TouContact *registered = tou_contact_change_flow_get_registered (TOU_CONTACT_CHANGE_FLOW (flow));
    g_autoptr (TouCompany) company = make_old_company (tou_request_flow_get_registration (flow), registered);
    g_autoptr (TouRecordSheet) before = make_sheet (_ ("Before the change"), company, registered);
    g_autoptr (TouRecordSheet) after = make_sheet (
        _ ("After the change"), tou_request_flow_get_company (flow), tou_request_flow_get_contact (flow));

    return tou_comparison_new_changes (get_section (before), get_section (after), labels);
}

static TouRecordSheet *
make_card_sheet (const char *heading, const TouCardCertificate *certificate)
{
    TouRecordSheet *sheet = tou_record_sheet_new (NULL);

    tou_record_sheet_begin (sheet, heading);
    tou_record_sheet_add_holder (sheet, certificate);
    tou_record_sheet_add_certificate (sheet, certificate);
    return sheet;
}

GtkWidget *
tou_change_list_new_card (const TouCardCertificate *former, const TouCardCertificate *certificate,
                          GtkSizeGroup *labels)
{
    g_autoptr (TouRecordSheet) before = make_card_sheet (_ ("IC card in use before"), former);
    g_autoptr (TouRecordSheet) after = make_card_sheet (_ ("IC card in use now"), certificate);

    return tou_comparison_new_changes (get_section (before), get_section (after), labels);
}
