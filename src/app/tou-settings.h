/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** tou_settings_open: the program's settings (docs/environment.md), wherever it is installed.
 * Returns: (transfer full) (nullable): %NULL where the schema is missing */
GSettings *tou_settings_open (void);

/** tou_settings_dup_locked_agencies: Returns: (transfer full) (array zero-terminated=1): see
 * tou_agency_list_share(). Any thread. */
GStrv tou_settings_dup_locked_agencies (void);

G_END_DECLS
