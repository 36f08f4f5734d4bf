/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-profile-file.h"

#include "tou-file.h"
#include "tou-shown-text.h"

#include <string.h>

#define MAX_ID_LENGTH 64

GBytes *
tou_profile_file_read (const char *path, gsize limit, GError **error)
{
    g_autoptr (GError) fault = NULL;
    GBytes *bytes = tou_file_load (path, limit, &fault);

    if (bytes == NULL)
        g_set_error_literal (error, TOU_PROFILE_ERROR,
                             g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE)
                                 ? TOU_PROFILE_ERROR_TOO_LARGE
                                 : TOU_PROFILE_ERROR_UNREADABLE,
                             fault->message);
    return bytes;
}

/* GLib's messages quote the line that they are about. */
static GKeyFile *
refuse (GError **error, const char *path, const char *why)
{
    g_autofree char *valid = g_utf8_make_valid (why, -1);
    g_autofree char *shown = tou_shown_text_dup (valid);
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_NOT_A_PROFILE, "\"%s\": %s", name, shown);
    return NULL;
}

GKeyFile *
tou_profile_file_parse (const char *text, const char *path, const char *group, GError **error)
{
    g_autoptr (GKeyFile) file = g_key_file_new ();
    g_autoptr (GError) fault = NULL;
    g_autofree char *no_group = NULL;
    gsize size = strlen (text);

    if (size > TOU_PROFILE_MAX_BYTES) {
        g_autofree char *name = g_filename_display_name (path);

        g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_TOO_LARGE,
                     "\"%s\" has more than %d bytes besides certificates", name, TOU_PROFILE_MAX_BYTES);
        return NULL;
    }
    if (size > 0
        && !g_key_file_load_from_data (file, text, size,
                                       G_KEY_FILE_KEEP_TRANSLATIONS | G_KEY_FILE_KEEP_COMMENTS, &fault))
        return refuse (error, path, fault->message);
    if (g_key_file_has_group (file, group))
        return g_steal_pointer (&file);
    no_group = g_strdup_printf ("no group [%s]", group);
    return refuse (error, path, no_group);
}

GKeyFile *
tou_profile_file_open (const char *path, const char *group, GError **error)
{
    g_autoptr (GBytes) bytes = tou_profile_file_read (path, TOU_PROFILE_MAX_BYTES, error);
    g_autofree char *text = NULL;

    if (bytes == NULL)
        return NULL;
    text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    return tou_profile_file_parse (text != NULL ? text : "", path, group, error);
}

static char *
dup_text_fault (const char *text)
{
    gunichar hidden = tou_shown_text_find_hidden (text);

    if (hidden != 0)
        return g_strdup_printf ("the character U+%04X cannot stand in it", hidden);
    if (g_utf8_strlen (text, -1) > TOU_PROFILE_MAX_TEXT)
        return g_strdup_printf ("it has more than %d characters", TOU_PROFILE_MAX_TEXT);
    return NULL;
}

static gboolean
is_of (const char *name, const char *key)
{
    gsize length = strlen (key);

    return strncmp (name, key, length) == 0 && (name[length] == '\0' || name[length] == '[');
}

/* Of all languages: what is good must not turn bad when the language changes. */
gboolean
tou_profile_file_check_texts (GKeyFile *file, const char *group, const char *key, GError **error)
{
    g_auto (GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);

    for (guint i = 0; names != NULL && names[i] != NULL; i++) {
        g_autoptr (GError) problem = NULL;
        g_autofree char *value = NULL;
        g_autofree char *fault = NULL;

        if (!is_of (names[i], key))
            continue;
        value = g_key_file_get_string (file, group, names[i], &problem);
        if (value == NULL)
            return tou_profile_file_fail_value (error, group, names[i], problem->message);
        fault = dup_text_fault (value);
        if (fault != NULL)
            return tou_profile_file_fail_value (error, group, key, fault);
    }
    return TRUE;
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
    g_autofree char *valid = g_utf8_make_valid (why, -1);
    g_autofree char *shown = tou_shown_text_dup (valid);

    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_INVALID, "[%s] %s: %s", group, key, shown);
    return FALSE;
}

gboolean
tou_profile_file_fail_missing (GError **error, const char *group, const char *key)
{
    g_set_error (error, TOU_PROFILE_ERROR, TOU_PROFILE_ERROR_MISSING, "[%s] %s is missing", group, key);
    return FALSE;
}
