/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-making.h"

#include "tou-certificate.h"
#include "tou-practice-accounts.h"
#include "tou-practice-cards.h"
#include "tou-practice-cast.h"
#include "tou-practice-control.h"
#include "tou-practice-database.h"
#include "tou-practice-folder.h"
#include "tou-practice-list.h"
#include "tou-practice-pem.h"
#include "tou-practice-tokens.h"

#include <errno.h>
#include <glib/gstdio.h>

#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define YEAR_DAYS 365
#define CARD_KEY_BITS 2048

/* What is collected while a folder is filled. */
typedef struct {
    const char *folder;
    gint64 now_us;
    TouPracticeCa *ca;
    GPtrArray *tokens;  /* (element-type TouPracticeToken) */
    GPtrArray *revoked; /* (element-type char*): serials */
    TouPracticeCards *cards;
} Making;

static gboolean
make_folders (const char *folder, GError **error)
{
    const char *const names[] = { NULL, TOU_PRACTICE_FILE_CA, TOU_PRACTICE_FILE_TOKENS };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
        g_autofree char *path = names[i] != NULL ? tou_practice_folder_dup_file (folder, names[i])
                                                 : g_strdup (folder);

        if (g_mkdir (path, 0700) != 0) {
            int saved = errno;

            g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved), "%s: %s", path,
                         g_strerror (saved));
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
save_pair (X509 *certificate, EVP_PKEY *key, const char *folder, const char *certificate_name,
           const char *key_name, GError **error)
{
    g_autofree char *certificate_path = tou_practice_folder_dup_file (folder, certificate_name);
    g_autofree char *key_path = tou_practice_folder_dup_file (folder, key_name);

    return tou_practice_pem_save_key (key, key_path, error)
           && tou_practice_pem_save_certificate (certificate, certificate_path, error);
}

gboolean
tou_practice_making_issue_tls (TouPracticeCa *ca, const char *folder, gint64 now_us, GError **error)
{
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_p256 (error);
    g_autoptr (X509) certificate = NULL;

    if (key == NULL)
        return FALSE;
    certificate = tou_practice_ca_issue_tls (ca, key, now_us - DAY_US, now_us + YEAR_DAYS * DAY_US, error);
    return certificate != NULL
           && save_pair (certificate, key, folder, TOU_PRACTICE_FILE_TLS_CERTIFICATE,
                         TOU_PRACTICE_FILE_TLS_KEY, error);
}

static gboolean
issue_receipt_signer (Making *making, GError **error)
{
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_rsa (CARD_KEY_BITS, error);
    g_autoptr (X509) certificate = NULL;

    if (key == NULL)
        return FALSE;
    certificate = tou_practice_ca_issue_receipt_signer (making->ca, key, making->now_us - DAY_US,
                                                        making->now_us + 20 * YEAR_DAYS * DAY_US, error);
    return certificate != NULL
           && save_pair (certificate, key, making->folder, TOU_PRACTICE_FILE_RECEIPT_CERTIFICATE,
                         TOU_PRACTICE_FILE_RECEIPT_KEY, error);
}

static gboolean
issue_crl (Making *making, GError **error)
{
    g_autofree char *path = tou_practice_folder_dup_file (making->folder, TOU_PRACTICE_FILE_CRL);
    g_autoptr (X509_CRL) crl = NULL;

    g_ptr_array_add (making->revoked, NULL);
    crl = tou_practice_ca_issue_crl (making->ca, (const char *const *) making->revoked->pdata,
                                     making->now_us - DAY_US, making->now_us + 20 * YEAR_DAYS * DAY_US,
                                     error);
    return crl != NULL && tou_practice_pem_save_crl (crl, path, error);
}

X509 *
tou_practice_making_issue_card (TouPracticeCa *ca, const TouPracticeCardRole *role, gint64 now_us,
                                EVP_PKEY *key, GError **error)
{
    guint n;
    const TouPracticeCompanyRole *company = &tou_practice_cast_get_companies (&n)[role->company];
    const TouPracticeCardFacts facts = {
        .company = company->name,
        .holder = role->holder,
        .address = role->address,
        .company_number = company->vendor_number,
        .company_roman = company->name_roman,
        .holder_roman = role->holder_roman,
        .crl_url = TOU_PRACTICE_LIST_URL,
        .not_before_us = now_us + role->valid_from_days * DAY_US,
        .not_after_us = now_us + role->valid_to_days * DAY_US,
        .key_use = TOU_PRACTICE_KEY_USE_SIGNING,
    };

    return tou_practice_ca_issue_card (ca, &facts, key, error);
}

static void
note_card (Making *making, const TouPracticeCardRole *role)
{
    TouPracticeCardState *card = tou_practice_card_state_new ();
    guint n;

    card->id = g_strdup (role->id);
    card->token_label = g_strdup (role->id);
    card->title_en = g_strdup (role->title_en);
    card->title_ja = g_strdup (role->title_ja);
    card->holder = g_strdup (role->holder);
    card->company = g_strdup (tou_practice_cast_get_companies (&n)[role->company].name);
    card->not_after_us = making->now_us + role->valid_to_days * DAY_US;
    card->pin_tries = card->pin_tries_left = TOU_PRACTICE_CARD_PIN_TRIES;
    g_ptr_array_add (making->cards->cards, card);
}

static void
note_revoked (Making *making, const X509 *certificate)
{
    g_autoptr (BIGNUM) serial = ASN1_INTEGER_to_BN (X509_get0_serialNumber (certificate), NULL);
    char *hex = BN_bn2hex (serial);

    g_ptr_array_add (making->revoked, g_strdup (hex));
    OPENSSL_free (hex);
}

static gboolean
make_card (Making *making, const TouPracticeCardRole *role, GError **error)
{
    g_autoptr (EVP_PKEY) key = tou_practice_key_new_rsa (CARD_KEY_BITS, error);
    g_autoptr (X509) certificate
        = key != NULL ? tou_practice_making_issue_card (making->ca, role, making->now_us, key, error) : NULL;
    g_autoptr (GBytes) der = NULL;

    if (certificate == NULL)
        return FALSE;
    der = tou_x509_to_der (certificate);
    note_card (making, role);
    if (role->is_revoked)
        note_revoked (making, certificate);
    g_ptr_array_add (making->tokens, tou_practice_token_new (role->id, key, der));
    return TRUE;
}

static gboolean
make_cards (Making *making, GError **error)
{
    guint n;
    const TouPracticeCardRole *roles = tou_practice_cast_get_cards (&n);

    for (guint i = 0; i < n; i++)
        if (!make_card (making, &roles[i], error))
            return FALSE;
    g_ptr_array_add (making->cards->readers,
                     tou_practice_reader_state_new (TOU_PRACTICE_READER_1, TOU_PRACTICE_FIRST_CARD));
    g_ptr_array_add (making->cards->readers, tou_practice_reader_state_new (TOU_PRACTICE_READER_2, NULL));
    return tou_practice_cards_save (making->cards, making->folder, error);
}

/* SoftHSM reads its configuration while the folder is still under its first name. */
static gboolean
make_tokens (Making *making, const char *place, GError **error)
{
    g_autofree char *now = tou_practice_folder_dup_file (making->folder, TOU_PRACTICE_FILE_TOKENS);
    g_autofree char *later = tou_practice_folder_dup_file (place, TOU_PRACTICE_FILE_TOKENS);
    g_autoptr (GBytes) authority = tou_x509_to_der (tou_practice_ca_get_certificate (making->ca));

    return tou_practice_tokens_write_configuration (making->folder, now, error)
           && tou_practice_tokens_create (making->folder, making->tokens, authority, TOU_PRACTICE_PIN, error)
           && tou_practice_tokens_write_configuration (making->folder, later, error);
}

static gboolean
add_company (sqlite3 *db, const TouPracticeCompanyRole *role, GError **error)
{
    g_autoptr (TouCompany) company = tou_company_new ();

    company->vendor_number = g_strdup (role->vendor_number);
    company->name = g_strdup (role->name);
    company->postal_code = g_strdup (role->postal_code);
    company->address = g_strdup (role->address);
    company->representative_name = g_strdup (role->representative_name);
    company->representative_title = g_strdup (role->representative_title);
    company->phone = g_strdup (role->phone);
    company->fax = g_strdup (role->fax);
    return tou_practice_accounts_add_company (db, company, error)
           && tou_practice_accounts_add_user (db, role->user_id, role->password, role->vendor_number, error);
}

static gboolean
make_database (Making *making, GError **error)
{
    g_autofree char *path = tou_practice_folder_dup_file (making->folder, TOU_PRACTICE_FILE_DATABASE);
    g_autoptr (sqlite3) db = tou_practice_database_create (path, error);
    guint n;
    const TouPracticeCompanyRole *roles = tou_practice_cast_get_companies (&n);

    if (db == NULL)
        return FALSE;
    for (guint i = 0; i < n; i++)
        if (!add_company (db, &roles[i], error))
            return FALSE;
    return TRUE;
}

static gboolean
write_marker (Making *making, GError **error)
{
    g_autofree char *path = tou_practice_folder_dup_file (making->folder, TOU_PRACTICE_FILE_MARKER);
    g_autofree char *text = g_strdup_printf ("[Practice]\nFormat=%d\n", TOU_PRACTICE_MAKING_FORMAT);

    return g_file_set_contents_full (
        path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static gboolean
fill (Making *making, const char *place, GError **error)
{
    g_autofree char *ca_path = tou_practice_folder_dup_file (making->folder, TOU_PRACTICE_FILE_CA);

    return tou_practice_ca_save (making->ca, ca_path, error)
           && tou_practice_making_issue_tls (making->ca, making->folder, making->now_us, error)
           && issue_receipt_signer (making, error) && make_cards (making, error) && issue_crl (making, error)
           && make_tokens (making, place, error) && make_database (making, error)
           && write_marker (making, error);
}

gboolean
tou_practice_making_fill (const char *folder, const char *place, gint64 now_us, GError **error)
{
    g_autoptr (TouPracticeCa) ca = NULL;
    g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_token_free);
    g_autoptr (GPtrArray) revoked = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (TouPracticeCards) cards = tou_practice_cards_new ();
    Making making
        = { .folder = folder, .now_us = now_us, .tokens = tokens, .revoked = revoked, .cards = cards };

    if (!make_folders (folder, error))
        return FALSE;
    ca = tou_practice_ca_new (error);
    if (ca == NULL)
        return FALSE;
    making.ca = ca;
    return fill (&making, place, error);
}
