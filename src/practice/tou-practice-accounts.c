/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-accounts.h"

#include "tou-practice-database.h"
#include "tou-practice-sql.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#define PASSWORD_ROUNDS 100000
#define HASH_BYTES 32
#define SALT_BYTES 16
#define TOKEN_BYTES 32
#define NONCE_BYTES 16
#define NONCE_LIFE_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

gboolean
tou_practice_accounts_add_company (sqlite3 *db, const TouCompany *company, GError **error)
{
    const char *const texts[] = { company->vendor_number,
                                  company->name,
                                  company->postal_code,
                                  company->address,
                                  company->representative_name,
                                  company->representative_title,
                                  company->phone,
                                  company->fax };
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "INSERT INTO companies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);

    if (statement == NULL)
        return FALSE;
    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        tou_sql_bind_text (statement, (int) i + 1, texts[i]);
    return tou_sql_run (statement, error);
}

static void
read_company (sqlite3_stmt *statement, TouCompany *company)
{
    char **const fields[] = { &company->vendor_number,
                              &company->name,
                              &company->postal_code,
                              &company->address,
                              &company->representative_name,
                              &company->representative_title,
                              &company->phone,
                              &company->fax };

    for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        *fields[i] = tou_sql_dup_text (statement, (int) i);
}

TouCompany *
tou_practice_accounts_load_company (sqlite3 *db, const char *vendor_number, GError **error)
{
    g_autoptr (TouCompany) company = tou_company_new ();
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db,
        "SELECT vendor_number, name, postal_code, address, representative_name,"
        " representative_title, phone, fax FROM companies WHERE vendor_number = ?",
        error);
    gboolean has_row;

    if (statement == NULL)
        return NULL;
    tou_sql_bind_text (statement, 1, vendor_number);
    if (!tou_sql_next (statement, &has_row, error))
        return NULL;
    if (!has_row) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such company");
        return NULL;
    }
    read_company (statement, company);
    return g_steal_pointer (&company);
}

gboolean
tou_practice_accounts_renew_company (sqlite3 *db, const TouCompany *company, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db,
        "UPDATE companies SET name = ?, postal_code = ?, address = ?, representative_name = ?,"
        " representative_title = ? WHERE vendor_number = ?",
        error);

    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, company->name);
    tou_sql_bind_text (statement, 2, company->postal_code);
    tou_sql_bind_text (statement, 3, company->address);
    tou_sql_bind_text (statement, 4, company->representative_name);
    tou_sql_bind_text (statement, 5, company->representative_title);
    tou_sql_bind_text (statement, 6, company->vendor_number);
    return tou_sql_run (statement, error);
}

gboolean
tou_practice_accounts_set_numbers (sqlite3 *db, const char *vendor_number, const char *phone, const char *fax,
                                   GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "UPDATE companies SET phone = ?, fax = ? WHERE vendor_number = ?", error);

    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, phone);
    tou_sql_bind_text (statement, 2, fax);
    tou_sql_bind_text (statement, 3, vendor_number);
    return tou_sql_run (statement, error);
}

static GBytes *
hash_password (const char *password, gsize size, GBytes *salt, int rounds)
{
    guint8 hash[HASH_BYTES];

    if (PKCS5_PBKDF2_HMAC (password, (int) size, g_bytes_get_data (salt, NULL), (int) g_bytes_get_size (salt),
                           rounds, EVP_sha256 (), sizeof hash, hash)
        != 1)
        g_error ("OpenSSL does not hash passwords");
    return g_bytes_new (hash, sizeof hash);
}

gboolean
tou_practice_accounts_add_user (sqlite3 *db, const char *user_id, const char *password,
                                const char *vendor_number, GError **error)
{
    g_autofree char *random = tou_practice_random_hex (SALT_BYTES);
    g_autoptr (GBytes) salt = g_bytes_new (random, strlen (random));
    g_autoptr (GBytes) hash = hash_password (password, strlen (password), salt, PASSWORD_ROUNDS);
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (db, "INSERT INTO users VALUES (?, ?, ?, ?, ?)",
                                                          error);

    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, user_id);
    tou_sql_bind_bytes (statement, 2, salt);
    sqlite3_bind_int (statement, 3, PASSWORD_ROUNDS);
    tou_sql_bind_bytes (statement, 4, hash);
    tou_sql_bind_text (statement, 5, vendor_number);
    return tou_sql_run (statement, error);
}

static gboolean
matches_row (sqlite3_stmt *statement, const TouSecret *password)
{
    g_autoptr (GBytes) salt = tou_sql_dup_bytes (statement, 0);
    g_autoptr (GBytes) expected = tou_sql_dup_bytes (statement, 2);
    g_autoptr (GBytes) hash = hash_password (tou_secret_get_data (password), tou_secret_get_size (password),
                                             salt, sqlite3_column_int (statement, 1));

    return g_bytes_get_size (expected) == HASH_BYTES
           && CRYPTO_memcmp (g_bytes_get_data (hash, NULL), g_bytes_get_data (expected, NULL), HASH_BYTES)
                  == 0;
}

/* An unknown user ID takes as long as a wrong password. */
static void
waste_time (const TouSecret *password)
{
    g_autoptr (GBytes) salt = g_bytes_new_static ("", 1);
    g_autoptr (GBytes) hash = hash_password (tou_secret_get_data (password), tou_secret_get_size (password),
                                             salt, PASSWORD_ROUNDS);

    (void) hash;
}

gboolean
tou_practice_accounts_check (sqlite3 *db, const char *user_id, const TouSecret *password,
                             char **out_vendor_number, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "SELECT salt, rounds, hash, vendor_number FROM users WHERE user_id = ?", error);
    gboolean has_row;

    *out_vendor_number = NULL;
    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, user_id);
    if (!tou_sql_next (statement, &has_row, error))
        return FALSE;
    if (!has_row)
        waste_time (password);
    else if (matches_row (statement, password))
        *out_vendor_number = tou_sql_dup_text (statement, 3);
    return TRUE;
}

void
tou_practice_session_clear (TouPracticeSession *self)
{
    g_free (self->token_sha256);
    g_free (self->vendor_number);
    *self = (TouPracticeSession){ 0 };
}

static char *
hash_token (const char *token)
{
    return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

char *
tou_practice_accounts_open_session (sqlite3 *db, const char *vendor_number, TouCategory category,
                                    gint64 expires_at_us, GError **error)
{
    g_autofree char *token = tou_practice_random_hex (TOKEN_BYTES);
    g_autofree char *token_sha256 = hash_token (token);
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (db, "INSERT INTO sessions VALUES (?, ?, ?, ?)",
                                                          error);

    if (statement == NULL)
        return NULL;
    tou_sql_bind_text (statement, 1, token_sha256);
    tou_sql_bind_text (statement, 2, vendor_number);
    tou_sql_bind_text (statement, 3, tou_category_get_id (category));
    sqlite3_bind_int64 (statement, 4, expires_at_us);
    return tou_sql_run (statement, error) ? g_steal_pointer (&token) : NULL;
}

gboolean
tou_practice_accounts_find_session (sqlite3 *db, const char *token, gint64 now_us,
                                    TouPracticeSession *out_session, GError **error)
{
    g_autofree char *token_sha256 = hash_token (token);
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "SELECT vendor_number, category, expires_at_us FROM sessions WHERE token_sha256 = ?", error);
    gboolean has_row;

    *out_session = (TouPracticeSession){ .state = TOU_PRACTICE_SESSION_NONE };
    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, token_sha256);
    if (!tou_sql_next (statement, &has_row, error))
        return FALSE;
    if (!has_row
        || !tou_category_from_id ((const char *) sqlite3_column_text (statement, 1), &out_session->category))
        return TRUE;
    out_session->vendor_number = tou_sql_dup_text (statement, 0);
    out_session->token_sha256 = g_steal_pointer (&token_sha256);
    out_session->expires_at_us = sqlite3_column_int64 (statement, 2);
    out_session->state = out_session->expires_at_us > now_us ? TOU_PRACTICE_SESSION_OPEN
                                                             : TOU_PRACTICE_SESSION_EXPIRED;
    return TRUE;
}

gboolean
tou_practice_accounts_move_session_end (sqlite3 *db, const char *token_sha256, gint64 expires_at_us,
                                        GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "UPDATE sessions SET expires_at_us = ? WHERE token_sha256 = ?", error);

    if (statement == NULL)
        return FALSE;
    sqlite3_bind_int64 (statement, 1, expires_at_us);
    tou_sql_bind_text (statement, 2, token_sha256);
    return tou_sql_run (statement, error);
}

gboolean
tou_practice_accounts_forget_session (sqlite3 *db, const char *token_sha256, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (db, "DELETE FROM sessions WHERE token_sha256 = ?",
                                                          error);

    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, token_sha256);
    return tou_sql_run (statement, error);
}

char *
tou_practice_accounts_issue_nonce (sqlite3 *db, const char *vendor_number, gint64 now_us, GError **error)
{
    g_autofree char *nonce = tou_practice_random_hex (NONCE_BYTES);
    g_autoptr (sqlite3_stmt) purge = tou_sql_prepare (db, "DELETE FROM nonces WHERE issued_at_us <= ?",
                                                      error);
    g_autoptr (sqlite3_stmt) statement = NULL;

    if (purge == NULL)
        return NULL;
    sqlite3_bind_int64 (purge, 1, now_us - NONCE_LIFE_US);
    if (!tou_sql_run (purge, error))
        return NULL;
    statement = tou_sql_prepare (db, "INSERT INTO nonces VALUES (?, ?, ?)", error);
    if (statement == NULL)
        return NULL;
    tou_sql_bind_text (statement, 1, nonce);
    tou_sql_bind_text (statement, 2, vendor_number);
    sqlite3_bind_int64 (statement, 3, now_us);
    return tou_sql_run (statement, error) ? g_steal_pointer (&nonce) : NULL;
}

gboolean
tou_practice_accounts_use_nonce (sqlite3 *db, const char *nonce, const char *vendor_number, gint64 now_us,
                                 gboolean *out_was_good, GError **error)
{
    g_autoptr (sqlite3_stmt) statement = tou_sql_prepare (
        db, "DELETE FROM nonces WHERE nonce = ? AND vendor_number = ? AND issued_at_us > ?", error);

    *out_was_good = FALSE;
    if (statement == NULL)
        return FALSE;
    tou_sql_bind_text (statement, 1, nonce);
    tou_sql_bind_text (statement, 2, vendor_number);
    sqlite3_bind_int64 (statement, 3, now_us - NONCE_LIFE_US);
    if (!tou_sql_run (statement, error))
        return FALSE;
    *out_was_good = sqlite3_changes (db) == 1;
    return TRUE;
}
