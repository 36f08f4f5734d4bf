/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The things the work is about, as plain structs. All text is UTF-8; a %NULL text means "not recorded".
 * Structs are made with _new (all fields %NULL or 0), filled by setting fields, and owned by whoever holds
 * the pointer. */

/** TouCategory: 調達区分 (manual 2.1 (1)). */
typedef enum {
    TOU_CATEGORY_CONSTRUCTION, /* 工事、工事設計・工事監理; "construction" */
    TOU_CATEGORY_GOODS,        /* 役務、物品の購入・製造; "goods" */
} TouCategory;
#define TOU_N_CATEGORIES 2

/** tou_category_get_id: Returns: the word used in messages and files. */
const char *tou_category_get_id (TouCategory category);
gboolean tou_category_from_id (const char *id, TouCategory *out_category);

/** tou_category_get_label: Returns: the words on screen, an English source string to be passed through
 * gettext. */
const char *tou_category_get_label (TouCategory category);

/** TouOperation: what is applied for. */
typedef enum {
    TOU_OPERATION_REGISTRATION,   /* 登録; "registration" */
    TOU_OPERATION_CARD_RENEWAL,   /* ICカード更新; "card-renewal" */
    TOU_OPERATION_CONTACT_CHANGE, /* 変更; "contact-change" */
} TouOperation;
#define TOU_N_OPERATIONS (TOU_OPERATION_CONTACT_CHANGE + 1)

const char *tou_operation_get_id (TouOperation operation);
gboolean tou_operation_from_id (const char *id, TouOperation *out_operation);
const char *tou_operation_get_label (TouOperation operation);

/** TouReviewState: 審査結果 (manual 5). */
typedef enum {
    TOU_REVIEW_STATE_UNKNOWN,      /* a word that this version does not know */
    TOU_REVIEW_STATE_RECEIVED,     /* 受付; "received" */
    TOU_REVIEW_STATE_UNDER_REVIEW, /* 確認中; "under-review" */
    TOU_REVIEW_STATE_APPROVED,     /* 承認; "approved" */
    TOU_REVIEW_STATE_DENIED,       /* 否認; "denied" */
} TouReviewState;

const char *tou_review_state_get_id (TouReviewState state);
TouReviewState tou_review_state_from_id (const char *id);
const char *tou_review_state_get_label (TouReviewState state);

/** TouCompany: 企業情報, from the qualification data; shown, not typed. */
typedef struct {
    char *vendor_number;        /* 業者番号 */
    char *name;                 /* 企業名称 */
    char *postal_code;          /* 企業郵便番号 */
    char *address;              /* 企業住所 */
    char *representative_name;  /* 代表者氏名 */
    char *representative_title; /* 代表者役職 */
    char *phone;                /* 代表電話番号 */
    char *fax;                  /* 代表FAX番号 */
} TouCompany;

TouCompany *tou_company_new (void);
TouCompany *tou_company_copy (const TouCompany *self);
void tou_company_free (TouCompany *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCompany, tou_company_free)

/** TouContact: the typed half of ICカード利用部署情報; in a contact change also the typed numbers of
 * 企業情報. */
typedef struct {
    char *name;          /* 連絡先名称(部署名等) */
    char *postal_code;   /* 連絡先郵便番号 */
    char *address;       /* 連絡先住所 */
    char *person;        /* 連絡先氏名 */
    char *phone;         /* 連絡先電話番号 */
    char *fax;           /* 連絡先FAX番号 */
    char *company_phone; /* (nullable): 代表電話番号; of a contact change only */
    char *company_fax;   /* (nullable): 代表FAX番号; likewise */
} TouContact;

TouContact *tou_contact_new (void);
TouContact *tou_contact_copy (const TouContact *self);
void tou_contact_free (TouContact *self);
gboolean tou_contact_equal (const TouContact *a, const TouContact *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouContact, tou_contact_free)

/** TouApplication: one line of the application history (manual 5). */
typedef struct {
    char *submission_id;
    char *reception_number;
    TouOperation operation;
    gint64 submitted_at_us; /* since 1970 UTC */
    TouReviewState state;
    char *reason; /* of a denial */
} TouApplication;

TouApplication *tou_application_new (void);
void tou_application_free (TouApplication *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouApplication, tou_application_free)

/** TouReceipt: the service's signed word that it took a submission. */
typedef struct {
    char *submission_id;
    char *reception_number; /* 受付番号 */
    char *request_sha256;   /* 64 lower-case hex digits, over the signed request's bytes */
    gint64 accepted_at_us;
    GBytes *cms;         /* the receipt itself, DER */
    gboolean was_repeat; /* the service had it already: 20001 */
} TouReceipt;

TouReceipt *tou_receipt_new (void);
TouReceipt *tou_receipt_copy (const TouReceipt *self);
void tou_receipt_free (TouReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouReceipt, tou_receipt_free)

/** TouRequest: what a signed request says, before it is written as JSON (docs/signed-request.md). */
typedef struct {
    TouOperation operation;
    TouCategory category;
    char *audience;
    char *submission_id; /* UUID, lower case */
    char *nonce;
    gint64 time_us;
    char *certificate_sha256; /* 64 lower-case hex digits */
    TouCompany *company;
    TouContact *contact;
    GBytes *authorization; /* card renewal: the current card's CMS, DER; else %NULL */
} TouRequest;

TouRequest *tou_request_new (void);
void tou_request_free (TouRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouRequest, tou_request_free)

/** TouAuthorization: the current card's word for a card renewal (docs/signed-request.md, section 3), before
 * it is written as JSON. */
typedef struct {
    char *audience;
    TouCategory category;
    char *nonce; /* one of its own, not that of the request */
    gint64 time_us;
    char *company_number;     /* 業者番号 */
    char *certificate_sha256; /* of the current card, 64 lower-case hex digits */
    gint64 expires_us;        /* at most TOU_AUTHORIZATION_MAX_US after time_us */
} TouAuthorization;

/** The longest life of an authorization: time enough to change cards. */
#define TOU_AUTHORIZATION_MAX_US (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC)

TouAuthorization *tou_authorization_new (void);
void tou_authorization_free (TouAuthorization *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouAuthorization, tou_authorization_free)

/** TouRegistration: what the service holds of a registered company. */
typedef struct {
    TouCompany *company;            /* from the newest qualification data */
    TouCompany *registered_company; /* as it was registered or last changed (nullable): not said */
    TouContact *contact;
    char *card_sha256;
    char *card_serial;
    char *card_issuer;
    gint64 card_not_after_us;
} TouRegistration;

TouRegistration *tou_registration_new (void);
void tou_registration_free (TouRegistration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouRegistration, tou_registration_free)

/** TOU_RENEWAL_NOTICE_DAYS: from here on the user hears that the registered card will end. */
#define TOU_RENEWAL_NOTICE_DAYS 105

/** tou_registration_get_days_left: @now_us: by the service's clock. Returns: how many days, as the calendar
 * in Japan counts them, the registered card's certificate is still valid: 0 on its last day, -1 when it has
 * ended, for however long. */
int tou_registration_get_days_left (const TouRegistration *self, gint64 now_us);

/** tou_set_text: replaces *@field by a copy of @value (nullable). For filling the structs above. */
void tou_set_text (char **field, const char *value);

G_END_DECLS
