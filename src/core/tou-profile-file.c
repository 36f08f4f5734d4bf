/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-profile-file.h"

#include "tou-file.h"

#include <string.h>

#define MAX_ID_LENGTH 64

static GBytes *
read_file (const char *path, GError **error)
{
    g_autoptr (GError) fault = NULL;
    GBytes *bytes = tou_file_load (path, TOU_PROFILE_MAX_BYTES, &fault);

    if (bytes == NULL)
        g_set_error_literal (error, TOU_PROFILE_ERROR,
                             g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)
                                 ? TOU_PROFILE_ERROR_TOO_LARGE
                                 : TOU_PROFILE_ERROR_UNREADABLE,
                             fault->message);
    return bytes;
}

GKeyFile *
tou_profile_file_open (const char *path, const char *group, GError **error)
{
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (GError) fault = NULL;
    g_autoptr (GBytes) bytes = read_file (path, error);

    if (bytes == NULL)
        return NULL;
    if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &fault))
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_A_PROFILE, "\"%s\": %s", path,
                     fault->message);
    else if (!g_key_file_has_group (file, group))
        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_A_PROFILE, "\"%s\": no group [%s]", path,
                     group);
    else
        return g_steal_pointer (&file);
    return NULL;
}

gboolean
tou_profile_file_read_text (GKeyFile *file, const char *group, const char *key, char **out_value,
                            GError **error)
{
    g_autoptr (GError) fault = NULL;
    g_autofree char *value = g_key_file_get_locale_string (file, group, key, NULL, &fault);

    if (value == NULL && !g_error_matches (fault, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND)
        && !g_error_matches (fault, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND))
        return tou_profile_file_fail_value (error, group, key, fault->message);
    if (value != NULL && g_strstrip (value)[0] != '\0')
        *out_value = g_steal_pointer (&value);
    return TRUE;
}

const char *
tou_profile_file_find_id_fault (const char *id)
{
    const char *const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    if (strlen (id) > MAX_ID_LENGTH)
        return "it has more than 64 characters";
    if (id[0] == '.' || id[strspn (id, allowed)] != '\0')
        return "only A-Z, a-z, 0-9, \"-\", \"_\" and \".\" are allowed, and no \".\" at the start";
    return NULL;
}

gboolean
tou_profile_file_fail_value (GError **error, const char *group, const char *key, const char *why)
{
    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_INVALID, "[%s] %s: %s", group, key, why);
    return FALSE;
}

gboolean
tou_profile_file_fail_missing (GError **error, const char *group, const char *key)
{
    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_MISSING, "[%s] %s is missing", group, key);
    return FALSE;
}
