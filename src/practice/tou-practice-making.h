/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-practice-ca.h"
#include "tou-practice-cast.h"

G_BEGIN_DECLS

/* How a practice folder is filled; tou-practice-folder.c puts it into its place. */

/** The format of what is made here; another one is not read. */
#define TOU_PRACTICE_MAKING_FORMAT 1

/** tou_practice_making_fill: makes @folder, which is not there yet, with all that belongs into it: authority,
 * certificates, tokens, database, readers and cards, the marker last. @place: where it will stand. Errors: of
 * the parts. */
gboolean tou_practice_making_fill (const char *folder, const char *place, gint64 now_us,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_making_issue_tls: a new key and certificate for the service's address, valid for a year. */
gboolean tou_practice_making_issue_tls (TouPracticeCa *ca, const char *folder, gint64 now_us,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_practice_making_issue_card: the certificate that @role's card has when it is made at @now_us. @key: at
 * least the public half. Returns: (transfer full) (nullable) */
X509 *tou_practice_making_issue_card (TouPracticeCa *ca, const TouPracticeCardRole *role, gint64 now_us,
                                      EVP_PKEY *key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
