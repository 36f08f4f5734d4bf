/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-record-store.h"

G_BEGIN_DECLS

/** TouSheetRow: one line of a screen or a printed page. */
typedef struct {
    char *label;
    char *value;
    gboolean is_short; /* two of them in succession may share a line of the screen */
} TouSheetRow;

/** TouSheetSection: lines under one heading. */
typedef struct {
    char *heading;
    char *note;      /* (nullable): beside the heading on screen */
    GPtrArray *rows; /* (element-type TouSheetRow) */
} TouSheetSection;

/**
 * TouRecordSheet:
 *
 * What a registration says, as headed lines of label and value in the language of the locale: what the
 * confirmation shows and what is printed. What is not recorded says so, never an empty line.
 */
typedef struct {
    char *title;
    gboolean is_practice; /* every printed page says so */
    GPtrArray *sections;  /* (element-type TouSheetSection) */
} TouRecordSheet;

TouRecordSheet *tou_record_sheet_new (const char *title);
void tou_record_sheet_free (TouRecordSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouRecordSheet, tou_record_sheet_free)

/** tou_record_sheet_new_record: the manual's print screen (利用者情報), with what proves the reception around
 * it; what is printed at the completion and at any later time. @agency: its name; @certificate: the signer's;
 * @contact: (nullable): a card renewal has none. Returns: (transfer full) */
TouRecordSheet *
tou_record_sheet_new_record (const TouSubmission *submission, const char *agency, const TouCompany *company,
                             const TouCardCertificate *certificate, const TouContact *contact);

/** tou_record_sheet_dup_file_name: @ending: "pdf", without the dot. Returns: (transfer full): a name for a
 * file of @submission, in the language of the locale */
char *tou_record_sheet_dup_file_name (const TouSubmission *submission, const char *ending);

/** tou_record_sheet_begin: a new section; the lines below go into the last one begun. */
void tou_record_sheet_begin (TouRecordSheet *self, const char *heading);

/** tou_record_sheet_note: a word beside the heading of the last section begun; on screen only. */
void tou_record_sheet_note (TouRecordSheet *self, const char *note);

/** tou_record_sheet_add: @value: (nullable): "not recorded" then. */
void tou_record_sheet_add (TouRecordSheet *self, const char *label, const char *value);

/** tou_record_sheet_add_company: 企業情報. @with_number: 業者番号 first, as the manual prints it. */
void tou_record_sheet_add_company (TouRecordSheet *self, const TouCompany *company, gboolean with_number);

/** tou_record_sheet_add_qualification: the same without the two numbers, which can be typed in a contact
 * change. */
void
tou_record_sheet_add_qualification (TouRecordSheet *self, const TouCompany *company, gboolean with_number);

/** tou_record_sheet_add_holder: the three lines of the card in ICカード利用部署情報. */
void tou_record_sheet_add_holder (TouRecordSheet *self, const TouCardCertificate *certificate);

/** tou_record_sheet_add_contact: the six typed lines of ICカード利用部署情報. */
void tou_record_sheet_add_contact (TouRecordSheet *self, const TouContact *contact);

/** tou_record_sheet_add_certificate: ICカード情報. */
void tou_record_sheet_add_certificate (TouRecordSheet *self, const TouCardCertificate *certificate);

/** tou_record_sheet_add_former_card: of a card renewal, a section of its own: the card that consented. */
void tou_record_sheet_add_former_card (TouRecordSheet *self, const TouCardCertificate *certificate);

/** tou_record_sheet_add_receipt: what was applied for, when and under which number it was received. */
void tou_record_sheet_add_receipt (TouRecordSheet *self, const TouSubmission *submission);

/** tou_record_sheet_add_proof: what ties the page to the signed request. */
void tou_record_sheet_add_proof (TouRecordSheet *self, const TouReceipt *receipt);

G_END_DECLS
