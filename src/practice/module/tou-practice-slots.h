/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/**
 * TouPracticeSlots:
 *
 * The practice readers as PKCS#11 slots, over the tokens of SoftHSM: which card is in which reader now, which
 * SoftHSM slot that is, and which sessions were opened with a card that is gone since. The state is read from
 * cards.ini whenever that file changed. One thread at a time.
 */
typedef struct _TouPracticeSlots TouPracticeSlots;

/** tou_practice_slots_new: @folder: the practice folder; @softhsm: an initialised SoftHSM.
 * Returns: (transfer full) (nullable): %NULL when the folder's state cannot be read */
TouPracticeSlots *tou_practice_slots_new (const char *folder, CK_FUNCTION_LIST *softhsm);
void tou_practice_slots_free (TouPracticeSlots *self);

/** tou_practice_slots_refresh: looks whether cards came or went. Sessions with a card that went are closed.
 */
void tou_practice_slots_refresh (TouPracticeSlots *self);

guint tou_practice_slots_get_n_slots (TouPracticeSlots *self);
/** For these two @slot is below the number of slots. */
gboolean tou_practice_slots_has_card (TouPracticeSlots *self, CK_SLOT_ID slot);
const char *tou_practice_slots_get_reader_name (TouPracticeSlots *self, CK_SLOT_ID slot);

/** tou_practice_slots_get_softhsm_slot: Returns: CKR_SLOT_ID_INVALID, CKR_TOKEN_NOT_PRESENT for an empty
 * reader. */
CK_RV
tou_practice_slots_get_softhsm_slot (TouPracticeSlots *self, CK_SLOT_ID slot, CK_SLOT_ID *out_softhsm_slot);

/** tou_practice_slots_get_pin_flags: Returns: the CKF_USER_PIN_* flags that the card's tries come to. */
CK_FLAGS tou_practice_slots_get_pin_flags (TouPracticeSlots *self, CK_SLOT_ID slot);

/** tou_practice_slots_has_fault: @slot: with a card. Returns: whether that card does @fault (one of
 * TOU_PRACTICE_CARD_FAULTS) on demand. */
gboolean tou_practice_slots_has_fault (TouPracticeSlots *self, CK_SLOT_ID slot, const char *fault);

/** tou_practice_slots_note_login: counts a login: a right one gives all tries back, a wrong one takes one. */
void tou_practice_slots_note_login (TouPracticeSlots *self, CK_SLOT_ID slot, CK_RV result);

/** tou_practice_slots_add_session: @session was opened with the card in @slot. */
void tou_practice_slots_add_session (TouPracticeSlots *self, CK_SESSION_HANDLE session, CK_SLOT_ID slot);
/** tou_practice_slots_drop_session: @session was closed. */
void tou_practice_slots_drop_session (TouPracticeSlots *self, CK_SESSION_HANDLE session);
/** tou_practice_slots_drop_sessions: all of @slot were closed. */
void tou_practice_slots_drop_sessions (TouPracticeSlots *self, CK_SLOT_ID slot);

/** tou_practice_slots_check_session: @out_slot: (optional). Returns: CKR_OK while the card that the session
 * was opened with is in its reader without a break, CKR_DEVICE_REMOVED afterwards, CKR_SESSION_HANDLE_INVALID
 * for a stranger. */
CK_RV
tou_practice_slots_check_session (TouPracticeSlots *self, CK_SESSION_HANDLE session, CK_SLOT_ID *out_slot);

/** tou_practice_slots_take_event: Returns: whether a slot changed since it was last asked about here, and
 * since the beginning; @out_slot: which. */
gboolean tou_practice_slots_take_event (TouPracticeSlots *self, CK_SLOT_ID *out_slot);

G_END_DECLS
