/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-wire"

#include "tou-wire.h"

#include <string.h>

#define MAX_FRACTION_DIGITS 9

G_DEFINE_QUARK (TouWireError, tou_wire_error)

char *
tou_wire_format_time (gint64 time_us)
{
    gint64 seconds = time_us / G_USEC_PER_SEC - (time_us % G_USEC_PER_SEC < 0 ? 1 : 0);
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

    g_return_val_if_fail (time != NULL, NULL);
    return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02dZ", g_date_time_get_year (time),
                            g_date_time_get_month (time), g_date_time_get_day_of_month (time),
                            g_date_time_get_hour (time), g_date_time_get_minute (time),
                            g_date_time_get_second (time));
}

/* @pattern: '0' stands for a digit, '-' for a hyphen, and so on; only as much of @text as the pattern is
 * long. */
static gboolean
has_shape (const char *text, const char *pattern)
{
    for (; *pattern != '\0'; text++, pattern++) {
        gboolean fits = *pattern == '0' ? g_ascii_isdigit (*text) : *text == *pattern;
        if (!fits)
            return FALSE;
    }
    return TRUE;
}

static gint
read_digits (const char *text, guint n)
{
    gint value = 0;

    for (guint i = 0; i < n; i++)
        value = value * 10 + g_ascii_digit_value (text[i]);
    return value;
}

/* What follows the seconds: an optional fraction, then Z. */
static gboolean
parse_fraction (const char *text, gint64 *out_us)
{
    gint64 unit = G_USEC_PER_SEC / 10;
    guint n_digits = 0;

    *out_us = 0;
    if (*text == '.') {
        for (text++; g_ascii_isdigit (*text) && n_digits < MAX_FRACTION_DIGITS;
             text++, n_digits++, unit /= 10)
            *out_us += unit * g_ascii_digit_value (*text);
        if (n_digits == 0)
            return FALSE;
    }
    return g_str_equal (text, "Z");
}

gboolean
tou_wire_parse_time (const char *text, gint64 *out_time_us)
{
    g_autoptr (GDateTime) time = NULL;
    gint64 fraction_us;

    if (!has_shape (text, "0000-00-00T00:00:00") || !parse_fraction (text + 19, &fraction_us))
        return FALSE;
    time = g_date_time_new_utc (read_digits (text, 4), read_digits (text + 5, 2), read_digits (text + 8, 2),
                                read_digits (text + 11, 2), read_digits (text + 14, 2),
                                read_digits (text + 17, 2));
    if (time == NULL)
        return FALSE;
    *out_time_us = g_date_time_to_unix (time) * G_USEC_PER_SEC + fraction_us;
    return TRUE;
}

static gboolean
is_lower_hex (const char *text, gsize n)
{
    return strspn (text, "0123456789abcdef") == n && text[n] == '\0';
}

gboolean
tou_wire_is_uuid (const char *text)
{
    return text != NULL && g_uuid_string_is_valid (text) && strpbrk (text, "ABCDEF") == NULL;
}

gboolean
tou_wire_is_sha256 (const char *text)
{
    return text != NULL && is_lower_hex (text, 64);
}

gboolean
tou_wire_is_code (const char *text)
{
    return text != NULL && has_shape (text, "00000") && text[5] == '\0';
}
