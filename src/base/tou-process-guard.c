/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-process-guard.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void
tou_process_guard_memory (void)
{
    const struct rlimit none = { 0, 0 };

    if (g_strcmp0 (g_getenv ("TOUROKU_ALLOW_DUMPS"), "1") == 0) {
        g_printerr ("TOUROKU_ALLOW_DUMPS=1: this process can be traced and dumped.\n");
        return;
    }
    setrlimit (RLIMIT_CORE, &none);
    prctl (PR_SET_DUMPABLE, 0);
}
