/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * tou_process_guard_memory: forbids core dumps of this process and its tracing by other programs of the same
 * user (PR_SET_DUMPABLE, RLIMIT_CORE). The first thing in main() of a program that holds a PIN or a password.
 *
 * With the environment variable TOUROKU_ALLOW_DUMPS=1 (tests under sanitizers, debugging) it does nothing and
 * says so once on standard error.
 */
void tou_process_guard_memory (void);

G_END_DECLS
