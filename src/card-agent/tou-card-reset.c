/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-reset.h"

#include "tou-pcsc.h"

#include <unistd.h>

#define ARGUMENT "--reset-reader="
#define MAX_ARGUMENT 512

/* A signal handler has to find it ready. */
static char argument[MAX_ARGUMENT];

static void
reset_card (SCARDCONTEXT context, const char *pcsc_name)
{
    SCARDHANDLE card;
    DWORD protocol;
    LONG rv = SCardConnect (context, pcsc_name, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                            &card, &protocol);

    if (rv == SCARD_S_SUCCESS)
        rv = SCardDisconnect (card, SCARD_RESET_CARD);
    g_debug ("reset of the card: 0x%lx", (unsigned long) rv);
}

void
tou_card_reset_reader (const char *reader)
{
    g_autoptr (GPtrArray) readers = tou_pcsc_list_readers ();
    const TouPcscReader *found = tou_pcsc_find_reader (readers, reader);
    SCARDCONTEXT context;

    if (found == NULL || SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
        return;
    reset_card (context, found->name);
    SCardReleaseContext (context);
}

void
tou_card_reset_arm (const char *reader)
{
    g_snprintf (argument, sizeof argument, ARGUMENT "%s", reader);
}

void
tou_card_reset_replace_process (void)
{
    static char name[] = "touroku-card-agent";
    char *argv[] = { name, argument, NULL };

    if (argument[0] == '\0')
        return;
    (void) close_range (STDERR_FILENO + 1, ~0U, 0);
    execv ("/proc/self/exe", argv);
}
