/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-card-module"

#include "fault.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES 24
#define BEYOND_BYTES 4096

CK_FUNCTION_LIST *fault_target;

char *
fault_load (const char *name)
{
    g_autofree char *text = NULL;
    g_auto (GStrv) lines = NULL;
    gsize size = strlen (name);

    if (!g_file_get_contents (g_getenv ("TEST_MODULE_FAULTS"), &text, NULL, NULL))
        return NULL;
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        if (strncmp (*line, name, size) == 0 && (*line)[size] == '=')
            return g_strdup (*line + size + 1);
    return NULL;
}

static void
log_call (const char *name)
{
    FILE *log = fopen (g_getenv ("TEST_MODULE_LOG"), "a");

    if (log == NULL)
        return;
    fprintf (log, "%s\n", name);
    fclose (log);
}

/* What malloc keeps behind a block is overwritten; what comes of it shows later, or never. */
static void
break_heap (void)
{
    /* Volatile itself, too: the compiler may not know where it points, and so how much is there. */
    volatile char *volatile block = malloc (BLOCK_BYTES);

    for (gsize i = BLOCK_BYTES; i < BLOCK_BYTES + BEYOND_BYTES; i++)
        block[i] = 'A';
}

/* By the signal, not by an address: a sanitizer would find the address first. */
static void
die_by (int number)
{
    signal (number, SIG_DFL);
    raise (number);
}

static void
act (const char *word)
{
    if (g_str_equal (word, "hang"))
        for (;;)
            pause ();
    if (g_str_equal (word, "crash"))
        die_by (SIGSEGV);
    if (g_str_equal (word, "abort"))
        die_by (SIGABRT);
    if (g_str_equal (word, "exit"))
        _exit (0);
    if (g_str_equal (word, "heap"))
        break_heap ();
}

Fault
fault_begin (const char *name)
{
    g_autofree char *word = fault_load (name);
    Fault fault = { CKR_OK, "" };

    log_call (name);
    if (word == NULL)
        return fault;
    if (g_str_has_prefix (word, "0x")) {
        fault.rv = g_ascii_strtoull (word, NULL, 0);
        return fault;
    }
    g_strlcpy (fault.word, word, sizeof fault.word);
    act (word);
    return fault;
}

void
fault_happen (const char *name)
{
    g_autofree char *word = fault_load (name);

    if (word != NULL)
        act (word);
}

gboolean
fault_is (const Fault *fault, const char *word)
{
    return g_str_equal (fault->word, word);
}

void
fault_fill_text (CK_UTF8CHAR *field, gsize size, const char *text)
{
    memset (field, ' ', size);
    memcpy (field, text, MIN (strlen (text), size));
}
