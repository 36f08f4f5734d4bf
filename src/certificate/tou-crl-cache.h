/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-crl.h"

G_BEGIN_DECLS

/* Revocation lists on disk, one file for an issuer and its distribution points. Not trusted: a list is parsed
 * and its signature checked each time it is read. */

/** tou_crl_cache_dup_path: Returns: (transfer full): where @certificate's list is kept in @folder. */
char *tou_crl_cache_dup_path (const char *folder, X509 *certificate);

/** tou_crl_cache_load: Returns: (transfer full) (nullable): the list at @path; a file that is damaged, or of
 * an authority that is none of @issuers, is removed. */
TouCrl *tou_crl_cache_load (const char *path, TouIssuers *issuers);

/** tou_crl_cache_save: @data: as it was fetched. A failure costs the next check a fetch, and no more. */
void tou_crl_cache_save (const char *path, GBytes *data);

G_END_DECLS
