/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The revocation list of the practice authority, as clients fetch it. */

#define TOU_PRACTICE_LIST_PATH "/card-issuers.crl"

/** The distribution point in the practice cards. Its host is made up and the real port is another each time,
 * so the practice profile names the real address in CrlUrl. */
#define TOU_PRACTICE_LIST_URL "http://practice.touroku.example" TOU_PRACTICE_LIST_PATH

/** tou_practice_list_load: @folder: a practice folder; @n_more: made-up entries beside the revoked practice
 * cards, to practise with a list as long as a large authority's. A second for 100,000.
 * Errors: TOU_PRACTICE_ERROR_FOLDER_DAMAGED. Returns: (transfer full) (nullable): DER */
GBytes *tou_practice_list_load (const char *folder, guint n_more, gint64 now_us,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
