/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-card-module.h"

#include "tou-ckr-table.h"
#include "tou-pcsc.h"

#include <dlfcn.h>
#include <string.h>

/* More than any PC has; a module that says more is broken. */
#define MAX_SLOTS 64

struct _TouCardModule {
    CK_FUNCTION_LIST *functions;
    gboolean has_events;
    gboolean uses_pcsc;
    GHashTable *pcsc_slots; /* descriptions of those that were once found in PC/SC */
};

static void
free_slot_facts (gpointer data)
{
    TouSlotFacts *facts = data;

    g_free (facts->reader);
    g_free (facts);
}

static CK_FUNCTION_LIST *
open_functions (const char *path, GError **error)
{
    void *handle = dlopen (path, RTLD_NOW | RTLD_LOCAL);
    CK_C_GetFunctionList get_list = handle == NULL ? NULL : dlsym (handle, "C_GetFunctionList");
    CK_FUNCTION_LIST *functions = NULL;

    if (get_list == NULL)
        g_set_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "%s: %s", path, dlerror ());
    else if (get_list (&functions) != CKR_OK || functions == NULL)
        g_set_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "%s: gives no function list", path);
    else
        return functions;
    if (handle != NULL)
        dlclose (handle);
    return NULL;
}

TouCardModule *
tou_card_module_load (const char *path, GError **error)
{
    g_autoptr (TouCardModule) self = NULL;
    CK_FUNCTION_LIST *functions = open_functions (path, error);
    CK_RV rv;

    if (functions == NULL)
        return NULL;
    rv = functions->C_Initialize (NULL);
    if (rv != CKR_OK) {
        g_set_error (error, TOU_CARD_ERROR, TOU_CARD_ERROR_NO_MODULE, "%s: C_Initialize: 0x%lx", path, rv);
        return NULL;
    }
    self = g_new0 (TouCardModule, 1);
    self->functions = functions;
    self->pcsc_slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    return g_steal_pointer (&self);
}

void
tou_card_module_free (TouCardModule *self)
{
    (void) self->functions->C_Finalize (NULL);
    g_hash_table_unref (self->pcsc_slots);
    g_free (self);
}

CK_FUNCTION_LIST *
tou_card_module_get_functions (const TouCardModule *self)
{
    return self->functions;
}

char *
tou_pkcs11_dup_text (const CK_UTF8CHAR *field, gsize size)
{
    g_autofree char *text = g_strndup ((const char *) field, size);
    char *valid = g_utf8_make_valid (text, -1);

    return g_strstrip (valid);
}

/* The first call without a buffer is what makes a module look for new slots (PKCS#11 2.40, C_GetSlotList). */
static CK_RV
get_slots (CK_FUNCTION_LIST *functions, CK_SLOT_ID *slots, CK_ULONG *out_n)
{
    CK_RV rv = functions->C_GetSlotList (CK_FALSE, NULL, out_n);

    if (rv != CKR_OK)
        return rv;
    *out_n = MAX_SLOTS;
    return functions->C_GetSlotList (CK_FALSE, slots, out_n);
}

static TouReaderState
read_token_info (CK_FUNCTION_LIST *functions, CK_SLOT_ID slot, CK_TOKEN_INFO *out_token)
{
    CK_RV rv = functions->C_GetTokenInfo (slot, out_token);

    if (rv == CKR_OK)
        return out_token->flags & CKF_TOKEN_INITIALIZED ? TOU_READER_CARD : TOU_READER_UNRECOGNISED;
    if (rv == CKR_TOKEN_NOT_PRESENT || rv == CKR_DEVICE_REMOVED)
        return TOU_READER_EMPTY;
    return rv == CKR_DEVICE_ERROR ? TOU_READER_BUSY : TOU_READER_UNRECOGNISED;
}

/* PC/SC knows of a card that was pulled before the module does, and of one that the module cannot take. */
static TouReaderState
name_state (const TouPcscReader *reader, TouReaderState by_module)
{
    if (!reader->has_card)
        return TOU_READER_EMPTY;
    if (by_module == TOU_READER_CARD)
        return TOU_READER_CARD;
    return reader->is_exclusive ? TOU_READER_BUSY : TOU_READER_UNRECOGNISED;
}

/* A module may cut the name short; by PC/SC's own the same reader is known from another module. */
static void
take_reader (TouSlotFacts *facts, const TouPcscReader *reader)
{
    facts->is_pcsc = TRUE;
    facts->visit = reader->n_events;
    facts->state = name_state (reader, facts->state);
    g_free (facts->reader);
    facts->reader = g_strdup (reader->name);
}

/* Returns: (transfer full) (nullable): NULL for the slot of a reader that was unplugged, which a module may
 * keep as long as it lives. */
static TouSlotFacts *
look_at_slot (TouCardModule *self, CK_SLOT_ID slot, const GPtrArray *readers)
{
    TouSlotFacts *facts = g_new0 (TouSlotFacts, 1);
    CK_RV rv = self->functions->C_GetSlotInfo (slot, &facts->info);
    const TouPcscReader *reader;

    facts->slot = slot;
    facts->reader = tou_pkcs11_dup_text (facts->info.slotDescription, sizeof facts->info.slotDescription);
    reader = tou_pcsc_find_reader (readers, facts->reader);
    if (reader == NULL && g_hash_table_contains (self->pcsc_slots, facts->reader)) {
        free_slot_facts (facts);
        return NULL;
    }
    if (rv != CKR_OK)
        facts->state = TOU_READER_BUSY;
    else if ((facts->info.flags & CKF_TOKEN_PRESENT) && (reader == NULL || reader->has_card))
        facts->state = read_token_info (self->functions, slot, &facts->token);
    if (reader != NULL) {
        g_hash_table_add (self->pcsc_slots, g_strdup (facts->reader));
        take_reader (facts, reader);
    }
    return facts;
}

/* A module that names a slot twice would show a card twice. */
static gboolean
is_named_before (const CK_SLOT_ID *slots, CK_ULONG i)
{
    for (CK_ULONG before = 0; before < i; before++)
        if (slots[before] == slots[i])
            return TRUE;
    return FALSE;
}

GPtrArray *
tou_card_module_look (TouCardModule *self, const GPtrArray *readers, GError **error)
{
    CK_SLOT_ID slots[MAX_SLOTS];
    CK_ULONG n = 0;
    CK_RV rv = get_slots (self->functions, slots, &n);
    g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_slot_facts);

    if (rv != CKR_OK || n > MAX_SLOTS) {
        tou_ckr_set_error (error, rv == CKR_OK ? CKR_GENERAL_ERROR : rv, "C_GetSlotList");
        return NULL;
    }
    for (CK_ULONG i = 0; i < n; i++) {
        TouSlotFacts *facts = is_named_before (slots, i) ? NULL : look_at_slot (self, slots[i], readers);

        if (facts != NULL)
            g_ptr_array_add (all, facts);
    }
    self->uses_pcsc = g_hash_table_size (self->pcsc_slots) > 0 || n == 0;
    return g_steal_pointer (&all);
}

gboolean
tou_card_module_uses_pcsc (const TouCardModule *self)
{
    return self->uses_pcsc;
}

/* Some modules (SoftHSM) say "no event" for ever: only one that has told of an event is believed to have
 * them. */
gboolean
tou_card_module_may_have_changed (TouCardModule *self)
{
    CK_FUNCTION_LIST *functions = self->functions;
    CK_SLOT_ID slot;
    guint n_events = 0;

    if (functions->C_WaitForSlotEvent == NULL)
        return TRUE;
    while (n_events < MAX_SLOTS && functions->C_WaitForSlotEvent (CKF_DONT_BLOCK, &slot, NULL) == CKR_OK)
        n_events++;
    self->has_events = self->has_events || n_events > 0;
    return n_events > 0 || !self->has_events;
}
