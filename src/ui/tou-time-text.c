/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

#define JAPAN_OFFSET_SECONDS (9 * 60 * 60)

static char *
format (gint64 time_us, const char *pattern)
{
    g_autoptr (GTimeZone) japan = g_time_zone_new_offset (JAPAN_OFFSET_SECONDS);
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
    g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, japan) : NULL;

    return local != NULL ? g_date_time_format (local, pattern) : g_strdup ("");
}

char *
tou_time_text_moment (gint64 time_us)
{
    /* Translators: a pattern of g_date_time_format(): 2026年11月23日 18時28分 */
    return format (time_us, _ ("%-d %B %Y, %H:%M"));
}

char *
tou_time_text_date (gint64 time_us)
{
    return format (time_us, "%Y/%m/%d");
}
