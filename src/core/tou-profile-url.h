/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The URLs in a service profile. They are shown to a person who decides by them, and used by libcurl, GLib
 * and a web browser, which must not differ on what they mean. So they are printable ASCII alone (another
 * alphabet as punycode: RFC 5891), the authority is a plain host and port, and none is longer than a window
 * can show. Private to core. */

typedef enum {
    TOU_PROFILE_URL_PAGE, /* https */
    TOU_PROFILE_URL_LIST, /* http or https */
    TOU_PROFILE_URL_BASE, /* https, ends in "/", no query */
} TouProfileUrl;

/** tou_profile_url_find_fault: Returns: (nullable): what @text cannot be */
const char *tou_profile_url_find_fault (TouProfileUrl kind, const char *text);

/** tou_profile_url_is_same_origin: RFC 6454, 4 and 5: scheme, host and port; of two without a fault. */
gboolean tou_profile_url_is_same_origin (const char *one, const char *other);

G_END_DECLS
