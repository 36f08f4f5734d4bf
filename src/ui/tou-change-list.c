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

static void
drop_equal_rows (TouSheetSection *before, TouSheetSection *after)
{
    for (guint i = before->rows->len; i-- > 0;) {
        const TouSheetRow *old = g_ptr_array_index (before->rows, i);
        const TouSheetRow *new = g_ptr_array_index (after->rows, i);

        if (!g_str_equal (old->value, new->value))
            continue;
        g_ptr_array_remove_index (before->rows, i);
        g_ptr_array_remove_index (after->rows, i);
    }
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

    drop_equal_rows (get_section (before), get_section (after));
    if (get_section (before)->rows->len == 0)
        return NULL;
    return tou_comparison_new (get_section (before), get_section (after), labels);
}
