/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-reset.h"

#include "tou-pcsc.h"

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
