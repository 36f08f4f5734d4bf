/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-record-sheet.h"

#include "tou-field-text.h"
#include "tou-practice-control.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

static void
free_row (TouSheetRow *row)
{
    g_free (row->label);
    g_free (row->value);
    g_free (row);
}

static void
free_section (TouSheetSection *section)
{
    g_free (section->heading);
    g_free (section->note);
    g_ptr_array_unref (section->rows);
    g_free (section);
}

static void
take_row (TouRecordSheet *self, char *label, const char *value)
{
    TouSheetSection *section;
    TouSheetRow *row = g_new0 (TouSheetRow, 1);

    if (self->sections->len == 0)
        tou_record_sheet_begin (self, NULL);
    section = g_ptr_array_index (self->sections, self->sections->len - 1);
    row->label = label;
    row->value = g_strdup (value != NULL && *value != '\0' ? value : _ ("(not recorded)"));
    g_ptr_array_add (section->rows, row);
}

static void
add_of_card (TouRecordSheet *self, const char *label, const char *value)
{
    gboolean is_recorded = value != NULL && *value != '\0';

    tou_record_sheet_add (self, label, is_recorded ? value : _ ("(not recorded on the card)"));
}

static void
add_field (TouRecordSheet *self, TouField field, const char *value)
{
    take_row (self, tou_field_text_label (field), value);
}

static void
mark_short (TouRecordSheet *self, guint n_rows)
{
    TouSheetSection *section = g_ptr_array_index (self->sections, self->sections->len - 1);

    for (guint i = section->rows->len - n_rows; i < section->rows->len; i++)
        ((TouSheetRow *) g_ptr_array_index (section->rows, i))->is_short = TRUE;
}

TouRecordSheet *
tou_record_sheet_new (const char *title)
{
    TouRecordSheet *self = g_new0 (TouRecordSheet, 1);

    self->title = g_strdup (title);
    self->sections = g_ptr_array_new_with_free_func ((GDestroyNotify) free_section);
    return self;
}

void
tou_record_sheet_free (TouRecordSheet *self)
{
    g_free (self->title);
    g_ptr_array_unref (self->sections);
    g_free (self);
}

void
tou_record_sheet_begin (TouRecordSheet *self, const char *heading)
{
    TouSheetSection *section = g_new0 (TouSheetSection, 1);

    section->heading = g_strdup (heading);
    section->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_row);
    g_ptr_array_add (self->sections, section);
}

void
tou_record_sheet_note (TouRecordSheet *self, const char *note)
{
    TouSheetSection *section = g_ptr_array_index (self->sections, self->sections->len - 1);

    g_free (section->note);
    section->note = g_strdup (note);
}

void
tou_record_sheet_add (TouRecordSheet *self, const char *label, const char *value)
{
    take_row (self, g_strdup (label), value);
}

void
tou_record_sheet_add_qualification (TouRecordSheet *self, const TouCompany *company, gboolean with_number)
{
    if (with_number)
        tou_record_sheet_add (self, _ ("Vendor number"), company->vendor_number);
    tou_record_sheet_add (self, _ ("Company name"), company->name);
    tou_record_sheet_add (self, _ ("Company postal code"), company->postal_code);
    tou_record_sheet_add (self, _ ("Company address"), company->address);
    tou_record_sheet_add (self, _ ("Representative"), company->representative_name);
    tou_record_sheet_add (self, _ ("Representative's title"), company->representative_title);
    mark_short (self, 2);
}

void
tou_record_sheet_add_company (TouRecordSheet *self, const TouCompany *company, gboolean with_number)
{
    tou_record_sheet_add_qualification (self, company, with_number);
    add_field (self, TOU_FIELD_COMPANY_PHONE, company->phone);
    add_field (self, TOU_FIELD_COMPANY_FAX, company->fax);
    mark_short (self, 2);
}

void
tou_record_sheet_add_holder (TouRecordSheet *self, const TouCardCertificate *certificate)
{
    add_of_card (self, _ ("Company name on the IC card"), certificate->company);
    add_of_card (self, _ ("Holder of the IC card"), certificate->holder);
    add_of_card (self, _ ("Address of the holder"), certificate->address);
}

void
tou_record_sheet_add_contact (TouRecordSheet *self, const TouContact *contact)
{
    add_field (self, TOU_FIELD_CONTACT_NAME, contact->name);
    add_field (self, TOU_FIELD_CONTACT_POSTAL_CODE, contact->postal_code);
    add_field (self, TOU_FIELD_CONTACT_ADDRESS, contact->address);
    add_field (self, TOU_FIELD_CONTACT_PERSON, contact->person);
    add_field (self, TOU_FIELD_CONTACT_PHONE, contact->phone);
    add_field (self, TOU_FIELD_CONTACT_FAX, contact->fax);
}

void
tou_record_sheet_add_certificate (TouRecordSheet *self, const TouCardCertificate *certificate)
{
    g_autofree char *not_after = tou_time_text_date (certificate->not_after_us);

    tou_record_sheet_add (self, _ ("Certificate serial number"), certificate->serial);
    tou_record_sheet_add (self, _ ("Certificate issuer"), certificate->issuer);
    tou_record_sheet_add (self, _ ("Certificate expiry date"), not_after);
}

void
tou_record_sheet_add_receipt (TouRecordSheet *self, const TouSubmission *submission)
{
    const TouReceipt *receipt = submission->receipt;
    const char *operation = tou_operation_get_label (submission->operation);
    const char *category = tou_category_get_label (submission->category);
    g_autofree char *moment = receipt != NULL ? tou_time_text_moment (receipt->accepted_at_us) : NULL;

    tou_record_sheet_add (self, _ ("Reception number"), receipt != NULL ? receipt->reception_number : NULL);
    tou_record_sheet_add (self, _ ("Received at"), moment);
    tou_record_sheet_add (self, _ ("Application"), _ (operation));
    tou_record_sheet_add (self, _ ("Procurement category"), _ (category));
}

void
tou_record_sheet_add_proof (TouRecordSheet *self, const TouReceipt *receipt)
{
    tou_record_sheet_add (self, _ ("Submission ID"), receipt->submission_id);
    tou_record_sheet_add (self, _ ("SHA-256 of the signed application"), receipt->request_sha256);
}

void
tou_record_sheet_add_former_card (TouRecordSheet *self, const TouCardCertificate *certificate)
{
    tou_record_sheet_begin (self, _ ("Card in use until the renewal"));
    tou_record_sheet_add_holder (self, certificate);
    tou_record_sheet_add_certificate (self, certificate);
}

TouRecordSheet *
tou_record_sheet_new_record (const TouSubmission *submission, const char *agency, const TouCompany *company,
                             const TouCardCertificate *certificate, const TouContact *contact)
{
    TouRecordSheet *self = tou_record_sheet_new (_ ("User information"));

    self->is_practice = g_str_equal (submission->agency_id, TOU_PRACTICE_PROFILE_ID);
    tou_record_sheet_begin (self, _ ("Reception"));
    tou_record_sheet_add (self, _ ("Procuring agency"), agency);
    tou_record_sheet_add_receipt (self, submission);
    tou_record_sheet_begin (self, _ ("User information"));
    tou_record_sheet_add_company (self, company, TRUE);
    tou_record_sheet_add_holder (self, certificate);
    if (contact != NULL)
        tou_record_sheet_add_contact (self, contact);
    tou_record_sheet_begin (self, _ ("Electronic signature"));
    tou_record_sheet_add_certificate (self, certificate);
    if (submission->receipt != NULL)
        tou_record_sheet_add_proof (self, submission->receipt);
    return self;
}

char *
tou_record_sheet_dup_file_name (const TouSubmission *submission, const char *ending)
{
    const char *number = submission->receipt != NULL ? submission->receipt->reception_number : submission->id;

    /* Translators: a file name; the reception number and the ending */
    return g_strdup_printf (_ ("User registration %s.%s"), number, ending);
}
