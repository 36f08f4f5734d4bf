/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

G_BEGIN_DECLS

/* A service profile that is one file: a key file in which three groups hold no keys but certificates as PEM.
 * Here the two are taken apart, and put together. Private to core. */

/** tou_profile_parts_get_group: Returns: (transfer none): the name of the group with the certificates that
 * @use is about */
const char *tou_profile_parts_get_group (TouProfileUse use);

/** tou_profile_parts_split: @text: untrusted. @out_certificates: (array length=TOU_N_PROFILE_USES): what
 * stands in each of the groups, from tou_pem_read(); %NULL where there is no such group. Errors:
 * TOU_PROFILE_ERROR: INVALID. Returns: (transfer full) (nullable): the rest: a key file */
char *
tou_profile_parts_split (GBytes *text, GBytes **out_certificates, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_profile_parts_join: Returns: (transfer full): @file with the @certificates, as one file */
GBytes *tou_profile_parts_join (GKeyFile *file, GBytes *const *certificates);

G_END_DECLS
