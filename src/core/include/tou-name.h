/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** TouNameMatch: how alike the names of a card and of the register are. */
typedef enum {
    TOU_NAME_SAME, /* but for spaces */
    TOU_NAME_VARIANT, /* the same with 高 for 髙, 株式会社 for ㈱ and the like: to be warned of, not refused
                       */
    TOU_NAME_OTHER,
} TouNameMatch;

/**
 * tou_name_compare:
 * @a, @b: (nullable): UTF-8
 *
 * Compares names of companies and people as agencies do: U+0020 and U+3000 do not count, and since cards,
 * registers and keyboards have different characters for the same name, one with only such differences is told
 * apart from another name. Nobody's name is changed by this. Nothing is like nothing else than nothing.
 */
TouNameMatch tou_name_compare (const char *a, const char *b);

G_END_DECLS
