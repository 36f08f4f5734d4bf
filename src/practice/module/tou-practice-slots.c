/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-slots.h"

#include "tou-practice-cards.h"

#include <glib/gstdio.h>
#include <string.h>

#define LABEL_BYTES 32 /* CK_TOKEN_INFO.label, padded with spaces */
#define YOUNG_NS 20000000

/* What a slot was when it was last looked at. */
typedef struct {
    char *card_id; /* NULL: empty */
    guint n_inserted;
    CK_SLOT_ID softhsm_slot;
    gboolean has_event;
} Slot;

struct _TouPracticeSlots {
    CK_FUNCTION_LIST *softhsm;
    char *folder;
    char *state_path;
    ino_t state_inode;
    gint64 state_mtime_ns;
    gboolean state_was_young; /* when it was last looked at */
    gboolean lacks_token;     /* of a card that is in: looked for again */
    TouPracticeCards *cards;
    GArray *slots;        /* (element-type Slot) */
    GHashTable *sessions; /* handle → slot + 1, or 0 once its card is gone */
};

static void
clear_slot (gpointer data)
{
    g_free (((Slot *) data)->card_id);
}

static Slot *
slot_at (TouPracticeSlots *self, CK_SLOT_ID id)
{
    return &g_array_index (self->slots, Slot, id);
}

static gboolean
has_label (const CK_TOKEN_INFO *info, const char *label)
{
    gsize length = strlen (label);

    if (length > LABEL_BYTES || memcmp (info->label, label, length) != 0)
        return FALSE;
    for (gsize i = length; i < LABEL_BYTES; i++)
        if (info->label[i] != ' ')
            return FALSE;
    return TRUE;
}

static gboolean
find_softhsm_slot (TouPracticeSlots *self, const char *token_label, CK_SLOT_ID *out_slot)
{
    CK_ULONG n = 0;
    g_autofree CK_SLOT_ID *ids = NULL;

    if (self->softhsm->C_GetSlotList (CK_TRUE, NULL, &n) != CKR_OK)
        return FALSE;
    ids = g_new0 (CK_SLOT_ID, n);
    if (self->softhsm->C_GetSlotList (CK_TRUE, ids, &n) != CKR_OK)
        return FALSE;
    for (CK_ULONG i = 0; i < n; i++) {
        CK_TOKEN_INFO info;
        if (self->softhsm->C_GetTokenInfo (ids[i], &info) == CKR_OK && has_label (&info, token_label)) {
            *out_slot = ids[i];
            return TRUE;
        }
    }
    return FALSE;
}

/* A card that goes takes its login with it: SoftHSM would keep it for as long as a session is open. */
static void
end_sessions (TouPracticeSlots *self, guint slot)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init (&iter, self->sessions);
    while (g_hash_table_iter_next (&iter, NULL, &value))
        if (GPOINTER_TO_UINT (value) == slot + 1)
            g_hash_table_iter_replace (&iter, GUINT_TO_POINTER (0));
    self->softhsm->C_CloseAllSessions (slot_at (self, slot)->softhsm_slot);
}

/* (nullable): the card that the state has for a slot. A state edited by hand may name a card without an
 * entry, or have fewer readers than before. */
static const TouPracticeCardState *
find_wanted_card (TouPracticeSlots *self, guint i, guint *out_n_inserted)
{
    const TouPracticeReaderState *reader;

    *out_n_inserted = 0;
    if (i >= self->cards->readers->len)
        return NULL;
    reader = g_ptr_array_index (self->cards->readers, i);
    *out_n_inserted = reader->n_inserted;
    return reader->card_id == NULL ? NULL : tou_practice_cards_find_card (self->cards, reader->card_id);
}

static void
update_slot (TouPracticeSlots *self, guint i)
{
    guint n_inserted;
    const TouPracticeCardState *card = find_wanted_card (self, i, &n_inserted);
    Slot *slot = slot_at (self, i);
    gboolean was_empty = slot->card_id == NULL && slot->n_inserted == n_inserted;

    if (g_strcmp0 (slot->card_id, card == NULL ? NULL : card->id) == 0 && slot->n_inserted == n_inserted)
        return;
    if (slot->card_id != NULL)
        end_sessions (self, i);
    g_clear_pointer (&slot->card_id, g_free);
    if (card != NULL && find_softhsm_slot (self, card->token_label, &slot->softhsm_slot))
        slot->card_id = g_strdup (card->id);
    else if (card != NULL)
        self->lacks_token = TRUE;
    slot->n_inserted = n_inserted;
    slot->has_event = slot->has_event || !was_empty || slot->card_id != NULL;
}

/* Two changes within a tick of the file system's clock may have the same time, and the second the inode that
 * the first had given free: a file as young as that is read again. */
static gboolean
has_changed (TouPracticeSlots *self)
{
    GStatBuf info;
    gboolean is_same;
    gint64 mtime_ns;

    if (g_stat (self->state_path, &info) != 0)
        return FALSE;
    mtime_ns = info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;
    is_same = info.st_ino == self->state_inode && mtime_ns == self->state_mtime_ns && !self->state_was_young;
    self->state_inode = info.st_ino;
    self->state_mtime_ns = mtime_ns;
    self->state_was_young = g_get_real_time () * 1000 - mtime_ns < YOUNG_NS;
    return !is_same;
}

void
tou_practice_slots_refresh (TouPracticeSlots *self)
{
    g_autoptr (GError) error = NULL;
    TouPracticeCards *cards;

    if (!has_changed (self) && !self->lacks_token)
        return;
    cards = tou_practice_cards_load (self->folder, &error);
    if (cards == NULL) {
        g_debug ("the state of the practice readers stays as it was: %s", error->message);
        return;
    }
    g_clear_pointer (&self->cards, tou_practice_cards_free);
    self->cards = cards;
    if (self->slots->len < cards->readers->len)
        g_array_set_size (self->slots, cards->readers->len);
    self->lacks_token = FALSE;
    for (guint i = 0; i < self->slots->len; i++)
        update_slot (self, i);
}

/* What is there from the start is no event. */
static void
forget_events (TouPracticeSlots *self)
{
    for (guint i = 0; i < self->slots->len; i++)
        slot_at (self, i)->has_event = FALSE;
}

TouPracticeSlots *
tou_practice_slots_new (const char *folder, CK_FUNCTION_LIST *softhsm)
{
    TouPracticeSlots *self = g_new0 (TouPracticeSlots, 1);

    self->softhsm = softhsm;
    self->folder = g_strdup (folder);
    self->state_path = tou_practice_cards_dup_path (folder);
    self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
    g_array_set_clear_func (self->slots, clear_slot);
    self->sessions = g_hash_table_new (g_direct_hash, g_direct_equal);
    tou_practice_slots_refresh (self);
    if (self->cards == NULL)
        g_clear_pointer (&self, tou_practice_slots_free);
    else
        forget_events (self);
    return self;
}

void
tou_practice_slots_free (TouPracticeSlots *self)
{
    g_clear_pointer (&self->cards, tou_practice_cards_free);
    g_array_unref (self->slots);
    g_hash_table_unref (self->sessions);
    g_free (self->state_path);
    g_free (self->folder);
    g_free (self);
}

guint
tou_practice_slots_get_n_slots (TouPracticeSlots *self)
{
    return self->cards->readers->len;
}

gboolean
tou_practice_slots_has_card (TouPracticeSlots *self, CK_SLOT_ID id)
{
    return slot_at (self, id)->card_id != NULL;
}

const char *
tou_practice_slots_get_reader_name (TouPracticeSlots *self, CK_SLOT_ID id)
{
    return ((TouPracticeReaderState *) g_ptr_array_index (self->cards->readers, id))->name;
}

CK_RV
tou_practice_slots_get_softhsm_slot (TouPracticeSlots *self, CK_SLOT_ID id, CK_SLOT_ID *out_softhsm_slot)
{
    if (id >= tou_practice_slots_get_n_slots (self))
        return CKR_SLOT_ID_INVALID;
    if (slot_at (self, id)->card_id == NULL)
        return CKR_TOKEN_NOT_PRESENT;
    *out_softhsm_slot = slot_at (self, id)->softhsm_slot;
    return CKR_OK;
}

CK_FLAGS
tou_practice_slots_get_pin_flags (TouPracticeSlots *self, CK_SLOT_ID id)
{
    const TouPracticeCardState *card = tou_practice_cards_find_card (self->cards,
                                                                     slot_at (self, id)->card_id);

    if (card->pin_tries_left == 0)
        return CKF_USER_PIN_LOCKED;
    if (card->pin_tries_left == 1)
        return CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_COUNT_LOW;
    return card->pin_tries_left < card->pin_tries ? CKF_USER_PIN_COUNT_LOW : 0;
}

gboolean
tou_practice_slots_has_fault (TouPracticeSlots *self, CK_SLOT_ID id, const char *fault)
{
    const TouPracticeCardState *card = tou_practice_cards_find_card (self->cards,
                                                                     slot_at (self, id)->card_id);

    return card != NULL && g_strcmp0 (card->fault, fault) == 0;
}

void
tou_practice_slots_note_login (TouPracticeSlots *self, CK_SLOT_ID id, CK_RV result)
{
    const char *card_id = slot_at (self, id)->card_id;
    const TouPracticeCardState *card = tou_practice_cards_find_card (self->cards, card_id);
    g_autoptr (GError) error = NULL;
    gboolean counted = TRUE;

    if (result == CKR_PIN_INCORRECT)
        counted = tou_practice_cards_note_wrong_pin (self->folder, card_id, NULL, &error);
    else if (result == CKR_OK && card->pin_tries_left < card->pin_tries)
        counted = tou_practice_cards_reset_pin_tries (self->folder, card_id, &error);
    if (!counted)
        g_debug ("a PIN try could not be counted: %s", error->message);
    tou_practice_slots_refresh (self);
}

void
tou_practice_slots_add_session (TouPracticeSlots *self, CK_SESSION_HANDLE session, CK_SLOT_ID slot)
{
    g_hash_table_insert (self->sessions, GSIZE_TO_POINTER (session), GUINT_TO_POINTER (slot + 1));
}

void
tou_practice_slots_drop_session (TouPracticeSlots *self, CK_SESSION_HANDLE session)
{
    g_hash_table_remove (self->sessions, GSIZE_TO_POINTER (session));
}

static gboolean
is_of_slot (gpointer key, gpointer value, gpointer slot)
{
    (void) key;
    return value == slot;
}

void
tou_practice_slots_drop_sessions (TouPracticeSlots *self, CK_SLOT_ID slot)
{
    g_hash_table_foreach_remove (self->sessions, is_of_slot, GUINT_TO_POINTER (slot + 1));
}

CK_RV
tou_practice_slots_check_session (TouPracticeSlots *self, CK_SESSION_HANDLE session, CK_SLOT_ID *out_slot)
{
    gpointer slot;

    tou_practice_slots_refresh (self);
    if (!g_hash_table_lookup_extended (self->sessions, GSIZE_TO_POINTER (session), NULL, &slot))
        return CKR_SESSION_HANDLE_INVALID;
    if (slot == NULL)
        return CKR_DEVICE_REMOVED;
    if (out_slot != NULL)
        *out_slot = GPOINTER_TO_UINT (slot) - 1;
    return CKR_OK;
}

gboolean
tou_practice_slots_take_event (TouPracticeSlots *self, CK_SLOT_ID *out_slot)
{
    tou_practice_slots_refresh (self);
    for (guint i = 0; i < self->slots->len; i++) {
        if (slot_at (self, i)->has_event) {
            slot_at (self, i)->has_event = FALSE;
            *out_slot = i;
            return TRUE;
        }
    }
    return FALSE;
}
