/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-core"

#include "tou-profile-url.h"

#include <string.h>

#define MAX_LENGTH 255
#define HTTPS_PORT 443
#define HTTP_PORT 80

static const char *
find_character_fault (const char *text)
{
    if (strlen (text) > MAX_LENGTH)
        return "it has more than 255 characters";
    for (const char *p = text; *p != '\0'; p++)
        if (!g_ascii_isgraph (*p) || strchr ("\"<>\\^`{|}", *p) != NULL)
            return "it has a character that a URL cannot have (other alphabets are written xn--…)";
    return NULL;
}

static const char *
find_scheme_fault (GUri *uri, gboolean may_be_plain)
{
    const char *scheme = g_uri_get_scheme (uri);

    if (g_str_equal (scheme, "https") || (may_be_plain && g_str_equal (scheme, "http")))
        return NULL;
    return may_be_plain ? "it begins neither with http:// nor with https://"
                        : "it does not begin with https://";
}

/* Of the text itself: a parser decodes, and another one may not. */
static gboolean
is_authority_plain (const char *text)
{
    const char *start = strstr (text, "://");
    gsize length;

    if (start == NULL)
        return FALSE;
    start += strlen ("://");
    length = strcspn (start, "/?#");
    return strspn (start, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:[]") == length;
}

static const char *
find_authority_fault (GUri *uri, const char *text)
{
    if (g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
        return "it names no host";
    if (g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL)
        return "it has a user name or a fragment";
    return is_authority_plain (text) ? NULL
                                     : "its host has other characters than A-Z, a-z, 0-9, \"-\" and \".\"";
}

static const char *
find_base_fault (const char *text)
{
    if (strchr (text, '?') != NULL)
        return "it has a query";
    return g_str_has_suffix (text, "/") ? NULL : "it does not end in \"/\"";
}

const char *
tou_profile_url_find_fault (TouProfileUrl kind, const char *text)
{
    const char *fault = find_character_fault (text);
    g_autoptr (GUri) uri = fault == NULL ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;

    if (fault == NULL && uri == NULL)
        fault = "it is not a URL";
    if (fault == NULL)
        fault = find_scheme_fault (uri, kind == TOU_PROFILE_URL_LIST);
    if (fault == NULL)
        fault = find_authority_fault (uri, text);
    if (fault == NULL && kind == TOU_PROFILE_URL_BASE)
        fault = find_base_fault (text);
    return fault;
}

static char *
dup_origin (const char *text)
{
    g_autofree char *scheme = NULL;
    g_autofree char *host = NULL;
    g_autofree char *origin = NULL;
    int port = -1;

    if (!g_uri_split_network (text, G_URI_FLAGS_NONE, &scheme, &host, &port, NULL) || host == NULL)
        return NULL;
    if (port == -1)
        port = g_str_equal (scheme, "https") ? HTTPS_PORT : HTTP_PORT;
    origin = g_strdup_printf ("%s://%s:%d", scheme, host, port);
    return g_ascii_strdown (origin, -1);
}

gboolean
tou_profile_url_is_same_origin (const char *one, const char *other)
{
    g_autofree char *of_one = dup_origin (one);
    g_autofree char *of_other = dup_origin (other);

    return of_one != NULL && g_strcmp0 (of_one, of_other) == 0;
}
