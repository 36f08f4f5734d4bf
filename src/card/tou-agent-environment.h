/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tou_agent_environment_new:
 * @inherited: (array zero-terminated=1): NAME=VALUE, of this process
 * @additions: (array zero-terminated=1) (nullable): NAME=VALUE, put in whatever their names are
 *
 * What a card agent gets, by a list of what it and card modules need: there are modules, and libraries below
 * them, that write each command, and the PIN with it, where a variable says so (OPENSC_DEBUG, PKCS11SPY,
 * LD_PRELOAD with libpcscspy). docs/environment.md has the list. With TOUROKU_ALLOW_DUMPS=1 among @inherited
 * also what sanitizers and the tests' modules are told by. Returns: (transfer full)
 */
GStrv tou_agent_environment_new (const char *const *inherited,
                                 const char *const *additions) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
