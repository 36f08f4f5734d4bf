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

/** tou_process_guard_environment: takes out of the environment what would write down secrets or keys
 * (SSLKEYLOGFILE, OPENSC_DEBUG), and what would have other authorities, algorithms or code trusted than this
 * machine's administrator and the service profile say (OPENSSL_CONF, SSL_CERT_FILE and their like); so no
 * child gets it either. docs/environment.md has the list. In main(), before the first thread. */
void tou_process_guard_environment (void);

G_END_DECLS
