/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-reset.h"

#include "tou-pcsc.h"

#include <unistd.h>

#define ARGUMENT "--reset-reader="
#define MAX_ARGUMENT (sizeof ARGUMENT + MAX_READERNAME)

/* A signal handler has to find them ready. */
static char arguments[PCSCLITE_MAX_READERS_CONTEXTS][MAX_ARGUMENT];
static guint n_arguments;

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
tou_card_reset_readers (const char *const *readers)
{
    SCARDCONTEXT context;

    if (readers[0] == NULL
        || SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
        return;
    for (guint i = 0; readers[i] != NULL; i++)
        reset_card (context, readers[i]);
    SCardReleaseContext (context);
}

void
tou_card_reset_arm (const char *const *readers)
{
    n_arguments = MIN (g_strv_length ((char **) readers), PCSCLITE_MAX_READERS_CONTEXTS);
    for (guint i = 0; i < n_arguments; i++)
        g_snprintf (arguments[i], MAX_ARGUMENT, ARGUMENT "%s", readers[i]);
}

void
tou_card_reset_replace_process (void)
{
    static char name[] = "touroku-card-agent";
    char *argv[1 + PCSCLITE_MAX_READERS_CONTEXTS + 1] = { name };

    if (n_arguments == 0)
        return;
    for (guint i = 0; i < n_arguments; i++)
        argv[1 + i] = arguments[i];
    (void) close_range (STDERR_FILENO + 1, ~0U, 0);
    execv ("/proc/self/exe", argv);
}
