/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tou_base_folders_guard: takes out of this process's environment what the XDG Base Directory Specification
 * (0.8, "Environment variables") wants ignored: paths in XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME,
 * XDG_CACHE_HOME, XDG_RUNTIME_DIR, XDG_DATA_DIRS and XDG_CONFIG_DIRS that are not absolute. GLib would take
 * them as they are: records would be kept below whichever folder the program was started in. In main(),
 * before threads and before GLib was asked for a folder.
 */
void tou_base_folders_guard (void);

G_END_DECLS
