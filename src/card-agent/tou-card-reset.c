/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-reset.h"

#include <string.h>
#include <winscard.h>

#define SLOT_DESCRIPTION_BYTES 64

static gboolean
is_same_reader (const char *pcsc_name, const char *module_name)
{
    gsize size = strlen (module_name);

    /* Trimmed on the module's side, hence the second comparison only for a name that fills its field. */
    return g_str_equal (pcsc_name, module_name)
           || (size >= SLOT_DESCRIPTION_BYTES - 1 && strncmp (pcsc_name, module_name, size) == 0);
}

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
    SCARDCONTEXT context;
    char *names = NULL;
    DWORD size = SCARD_AUTOALLOCATE;

    if (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
        return;
    if (SCardListReaders (context, NULL, (char *) &names, &size) == SCARD_S_SUCCESS) {
        for (const char *name = names; *name != '\0'; name += strlen (name) + 1)
            if (is_same_reader (name, reader))
                reset_card (context, name);
        SCardFreeMemory (context, names);
    }
    SCardReleaseContext (context);
}
