/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-domain.h"
#include "tou-secret.h"

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/** Companies, users, sessions and nonces of the practice service. Errors: #GIOErrorEnum of the database.
 * Times are microseconds since 1970 UTC. */

gboolean tou_practice_accounts_add_company (sqlite3 *db, const TouCompany *company,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_load_company: Returns: (transfer full) (nullable): %NULL with @error set, also when
 * there is none (G_IO_ERROR_NOT_FOUND). */
TouCompany *tou_practice_accounts_load_company (sqlite3 *db, const char *vendor_number,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_renew_company: newer qualification data of a company that is known: everything of
 * @company but its telephone and FAX numbers. */
gboolean tou_practice_accounts_renew_company (sqlite3 *db, const TouCompany *company,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_set_numbers: the company's telephone and FAX numbers changed. */
gboolean tou_practice_accounts_set_numbers (sqlite3 *db, const char *vendor_number, const char *phone,
                                            const char *fax, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_add_user: keeps the password as PBKDF2-HMAC-SHA256 with a salt of its own. */
gboolean tou_practice_accounts_add_user (sqlite3 *db, const char *user_id, const char *password,
                                         const char *vendor_number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_check: @out_vendor_number: (transfer full): %NULL when the ID or the password is
 * wrong. */
gboolean tou_practice_accounts_check (sqlite3 *db, const char *user_id, const TouSecret *password,
                                      char **out_vendor_number, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef enum {
    TOU_PRACTICE_SESSION_NONE, /* never was one */
    TOU_PRACTICE_SESSION_EXPIRED,
    TOU_PRACTICE_SESSION_OPEN,
} TouPracticeSessionState;

/** TouPracticeSession: the session that a call belongs to. */
typedef struct {
    TouPracticeSessionState state;
    char *token_sha256;
    char *vendor_number;
    TouCategory category;
    gint64 expires_at_us;
} TouPracticeSession;

void tou_practice_session_clear (TouPracticeSession *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TouPracticeSession, tou_practice_session_clear)

/** tou_practice_accounts_open_session: Returns: (transfer full) (nullable): the bearer token; only its hash
 * is kept. */
char *tou_practice_accounts_open_session (sqlite3 *db, const char *vendor_number, TouCategory category,
                                          gint64 expires_at_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_find_session: fills @out_session. */
gboolean tou_practice_accounts_find_session (sqlite3 *db, const char *token, gint64 now_us,
                                             TouPracticeSession *out_session,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_move_session_end: to @expires_at_us; a time that is over ends the session. */
gboolean tou_practice_accounts_move_session_end (sqlite3 *db, const char *token_sha256, gint64 expires_at_us,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_forget_session: it was closed by the person; its token means nothing any more. */
gboolean tou_practice_accounts_forget_session (sqlite3 *db, const char *token_sha256,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_issue_nonce: for requests of that company. Returns: (transfer full) (nullable) */
char *tou_practice_accounts_issue_nonce (sqlite3 *db, const char *vendor_number, gint64 now_us,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_accounts_use_nonce: whatever comes of it, @nonce is of no more use.
 * @out_was_good: whether it was issued to the company, in the last hour, and not used yet. */
gboolean
tou_practice_accounts_use_nonce (sqlite3 *db, const char *nonce, const char *vendor_number, gint64 now_us,
                                 gboolean *out_was_good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
