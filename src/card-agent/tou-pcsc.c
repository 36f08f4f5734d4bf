/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-pcsc.h"

#include <string.h>

#define SLOT_DESCRIPTION_BYTES 64
#define EVENT_COUNT_SHIFT 16
#define DOTS "..."
#define MAX_LOOKS 10

static void
free_reader (gpointer data)
{
    TouPcscReader *reader = data;

    g_free (reader->name);
    g_free (reader);
}

GStrv
tou_pcsc_dup_names (SCARDCONTEXT context)
{
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    char *names = NULL;
    DWORD size = SCARD_AUTOALLOCATE;
    LONG rv = SCardListReaders (context, NULL, (char *) &names, &size);

    if (rv == SCARD_E_NO_READERS_AVAILABLE)
        return g_strv_builder_end (builder);
    if (rv != SCARD_S_SUCCESS)
        return NULL;
    for (const char *name = names; *name != '\0'; name += strlen (name) + 1)
        g_strv_builder_add (builder, name);
    SCardFreeMemory (context, names);
    return g_strv_builder_end (builder);
}

static TouPcscReader *
make_reader (const SCARD_READERSTATE *state)
{
    TouPcscReader *reader = g_new0 (TouPcscReader, 1);

    reader->name = g_utf8_make_valid (state->szReader, -1);
    reader->has_card = (state->dwEventState & SCARD_STATE_PRESENT) != 0;
    reader->is_exclusive = (state->dwEventState & SCARD_STATE_EXCLUSIVE) != 0;
    reader->n_events = (guint) (state->dwEventState >> EVENT_COUNT_SHIFT);
    return reader;
}

/* Returns: PC/SC's answer */
static LONG
look_at_readers (SCARDCONTEXT context, GPtrArray *readers)
{
    g_auto (GStrv) names = tou_pcsc_dup_names (context);
    guint n = names == NULL ? 0 : g_strv_length (names);
    g_autofree SCARD_READERSTATE *states = g_new0 (SCARD_READERSTATE, n + 1);
    LONG rv = SCARD_S_SUCCESS;

    for (guint i = 0; i < n; i++)
        states[i].szReader = names[i];
    if (n > 0)
        rv = SCardGetStatusChange (context, 0, states, n);
    for (guint i = 0; rv == SCARD_S_SUCCESS && i < n; i++)
        g_ptr_array_add (readers, make_reader (&states[i]));
    return rv;
}

GPtrArray *
tou_pcsc_list_readers (void)
{
    GPtrArray *readers = g_ptr_array_new_with_free_func (free_reader);
    SCARDCONTEXT context;

    if (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
        return readers;
    /* One that goes between the two questions must not take the others with it. */
    for (guint i = 0; i < MAX_LOOKS && look_at_readers (context, readers) == SCARD_E_UNKNOWN_READER; i++)
        ;
    SCardReleaseContext (context);
    return readers;
}

static gboolean
is_other_visit (const SCARD_READERSTATE *state, guint n_events)
{
    return (state->dwEventState & SCARD_STATE_PRESENT) == 0
           || (guint) (state->dwEventState >> EVENT_COUNT_SHIFT) != n_events;
}

/* The first question is answered at once: what is known of it differs from nothing. */
static gboolean
wait_for_end (SCARDCONTEXT context, const char *name, guint n_events, guint wait_ms)
{
    SCARD_READERSTATE state = { .szReader = name };
    gint64 end_us = g_get_monotonic_time () + (gint64) wait_ms * 1000;
    gint64 left_us = 0;

    do {
        LONG rv = SCardGetStatusChange (context, (DWORD) (left_us / 1000), &state, 1);

        if (rv == SCARD_E_UNKNOWN_READER || (rv == SCARD_S_SUCCESS && is_other_visit (&state, n_events)))
            return TRUE;
        if (rv != SCARD_S_SUCCESS)
            return FALSE;
        state.dwCurrentState = state.dwEventState;
        left_us = end_us - g_get_monotonic_time ();
    } while (left_us > 0);
    return FALSE;
}

gboolean
tou_pcsc_is_visit_over (const char *name, guint n_events, guint wait_ms)
{
    SCARDCONTEXT context;
    gboolean is_over;

    if (SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS)
        return FALSE;
    is_over = wait_for_end (context, name, n_events, wait_ms);
    SCardReleaseContext (context);
    return is_over;
}

char *
tou_pcsc_describe (const GPtrArray *readers)
{
    GString *text = g_string_new (NULL);

    for (guint i = 0; i < readers->len; i++) {
        const TouPcscReader *reader = g_ptr_array_index (readers, i);

        g_string_append_printf (text, "%s:%d:%d:%u\n", reader->name, reader->has_card, reader->is_exclusive,
                                reader->n_events);
    }
    return g_string_free (text, FALSE);
}

/* A name that fills its field; OpenSC ends it with dots. */
static gboolean
is_cut_from (const char *module_name, const char *pcsc_name)
{
    gsize size = strlen (module_name);

    /* One less where a space was trimmed. */
    if (size < SLOT_DESCRIPTION_BYTES - 1)
        return FALSE;
    if (g_str_has_suffix (module_name, DOTS))
        size -= strlen (DOTS);
    return strncmp (pcsc_name, module_name, size) == 0;
}

const TouPcscReader *
tou_pcsc_find_reader (const GPtrArray *readers, const char *name)
{
    const TouPcscReader *found = NULL;

    for (guint i = 0; i < readers->len; i++) {
        const TouPcscReader *reader = g_ptr_array_index (readers, i);

        if (g_str_equal (reader->name, name))
            return reader;
        if (is_cut_from (name, reader->name) && (found == NULL || (!found->has_card && reader->has_card)))
            found = reader;
    }
    return found;
}
