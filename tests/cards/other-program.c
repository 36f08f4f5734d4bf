/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-cards"

#include "other-program.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <winscard.h>

#define BLOCK_BYTES 256 /* of RSA-2048 */
#define CHAIN_BYTES 255
#define NAMES_BYTES 1024
#define ANSWER_BYTES 258
/* A sanitizer maps terabytes that hold nothing of the program. */
#define MOST_BYTES (G_GUINT64_CONSTANT (1) << 30)

static guint
transmit (SCARDHANDLE card, const guint8 *apdu, gsize size)
{
    guint8 answer[ANSWER_BYTES];
    DWORD n = sizeof answer;
    LONG rv = SCardTransmit (card, SCARD_PCI_T0, apdu, size, NULL, answer, &n);

    if (rv != SCARD_S_SUCCESS || n < 2)
        return OTHER_PROGRAM_NO_CARD;
    return (guint) answer[n - 2] << 8 | answer[n - 1];
}

/* GENERAL AUTHENTICATE (NIST SP 800-73-4, part 2, 3.2.4) over two commands of a chain. */
static guint
authenticate (SCARDHANDLE card, guint8 key)
{
    static const guint8 head[] = { 0x7c, 0x82, 0x01, 0x06, 0x82, 0x00, 0x81, 0x82, 0x01, 0x00 };
    guint8 content[sizeof head + BLOCK_BYTES] = { 0 };
    guint8 first[5 + CHAIN_BYTES] = { 0x10, 0x87, 0x07, key, CHAIN_BYTES };
    guint8 last[5 + sizeof content - CHAIN_BYTES] = { 0x00, 0x87, 0x07, key, sizeof content - CHAIN_BYTES };

    memcpy (content, head, sizeof head);
    memset (content + sizeof head + 1, 0x5a, BLOCK_BYTES - 1);
    memcpy (first + 5, content, CHAIN_BYTES);
    memcpy (last + 5, content + CHAIN_BYTES, sizeof content - CHAIN_BYTES);
    if (transmit (card, first, sizeof first) != OTHER_PROGRAM_SIGNED)
        return OTHER_PROGRAM_NO_CARD;
    return transmit (card, last, sizeof last);
}

static guint
sign (SCARDCONTEXT context, guint8 key)
{
    static const guint8 select[] = { 0x00, 0xa4, 0x04, 0x00, 0x05, 0xa0, 0x00, 0x00, 0x03, 0x08 };
    char names[NAMES_BYTES];
    DWORD size = sizeof names;
    DWORD protocol;
    SCARDHANDLE card;
    guint status;

    if (SCardListReaders (context, NULL, names, &size) != SCARD_S_SUCCESS
        || SCardConnect (context, names, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0, &card, &protocol)
               != SCARD_S_SUCCESS)
        return OTHER_PROGRAM_NO_CARD;
    (void) transmit (card, select, sizeof select);
    status = authenticate (card, key);
    SCardDisconnect (card, SCARD_LEAVE_CARD);
    /* An answer of 256 bytes is announced as the part that is left. */
    return status >> 8 == 0x61 ? OTHER_PROGRAM_SIGNED : status;
}

guint
other_program_sign (guint8 key)
{
    SCARDCONTEXT context;
    guint status;

    if (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
        return OTHER_PROGRAM_NO_CARD;
    status = sign (context, key);
    SCardReleaseContext (context);
    return status;
}

static guint
count_in (int memory, guint64 start, guint64 end, const char *text)
{
    gsize size = (gsize) (end - start);
    g_autofree char *bytes = size > MOST_BYTES ? NULL : g_malloc (size);
    gssize n = bytes == NULL ? -1 : pread (memory, bytes, size, (off_t) start);
    guint found = 0;

    for (const char *at = bytes; n > 0 && (at = memmem (at, (gsize) (bytes + n - at), text, strlen (text)));
         at++)
        found++;
    return found;
}

guint
other_program_find_in_memory (GPid pid, const char *text, guint *out_n_hidden)
{
    g_autofree char *maps_path = g_strdup_printf ("/proc/%d/smaps", pid);
    g_autofree char *memory_path = g_strdup_printf ("/proc/%d/mem", pid);
    g_autofree char *maps = NULL;
    g_auto (GStrv) lines = NULL;
    int memory = open (memory_path, O_RDONLY | O_CLOEXEC);
    guint64 start = 0, end = 0;
    guint n = 0, n_hidden = 0;

    g_assert_no_errno (memory);
    g_assert_true (g_file_get_contents (maps_path, &maps, NULL, NULL));
    lines = g_strsplit (maps, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *rest;
        guint64 first = g_ascii_strtoull (*line, &rest, 16);

        if (*rest == '-' && rest > *line) {
            start = first;
            end = g_ascii_strtoull (rest + 1, NULL, 16);
        } else if (g_str_has_prefix (*line, "VmFlags:") && strstr (*line, " rd ") != NULL) {
            *(strstr (*line, " dd") != NULL ? &n_hidden : &n) += count_in (memory, start, end, text);
        }
    }
    close (memory);
    if (out_n_hidden != NULL)
        *out_n_hidden = n_hidden;
    return n;
}
