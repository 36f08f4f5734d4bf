/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-service-profile.h"

G_BEGIN_DECLS

/* What the two kinds of profiles have in common: key files that others wrote. Private to core. All errors are
 * TOU_PROFILE_ERROR, with a message that names group and key. */

/** tou_profile_file_open: @group: what makes it a profile of its kind. Errors: UNREADABLE, TOO_LARGE (more
 * than TOU_PROFILE_MAX_BYTES), NOT_A_PROFILE. Returns: (transfer full) (nullable) */
GKeyFile *
tou_profile_file_open (const char *path, const char *group, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_profile_file_read: a regular file. Errors: UNREADABLE, TOO_LARGE. Returns: (transfer full) (nullable)
 */
GBytes *tou_profile_file_read (const char *path, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_profile_file_parse: @text: with all translations; @path: for messages. Errors: TOO_LARGE,
 * NOT_A_PROFILE. Returns: (transfer full) (nullable) */
GKeyFile *tou_profile_file_parse (const char *text, const char *path, const char *group,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_profile_file_check_texts: whether every translation of the text can be shown as it is: one line,
 * nothing that is not seen, not endless. Errors: INVALID. */
gboolean tou_profile_file_check_texts (GKeyFile *file, const char *group, const char *key,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_profile_file_read_text: in the language of the locale, without spaces at its ends. @out_value:
 * untouched where there is none, or an empty one. Errors: INVALID. */
gboolean tou_profile_file_read_text (GKeyFile *file, const char *group, const char *key, char **out_value,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_profile_file_find_id_fault: what @id cannot be; it becomes a folder name and a database key.
 * Returns: (nullable) */
const char *tou_profile_file_find_id_fault (const char *id);

/** tou_profile_file_fail_value: sets INVALID. Returns: %FALSE */
gboolean tou_profile_file_fail_value (GError **error, const char *group, const char *key, const char *why);

/** tou_profile_file_fail_missing: sets MISSING. Returns: %FALSE */
gboolean tou_profile_file_fail_missing (GError **error, const char *group, const char *key);

G_END_DECLS
