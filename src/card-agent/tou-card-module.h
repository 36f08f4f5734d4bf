/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"

#include <p11-kit/pkcs11.h>

G_BEGIN_DECLS

/**
 * TouCardModule:
 *
 * One PKCS#11 module, opened by ourselves before libp11 sees it: C_Initialize (NULL) makes OpenSC use no
 * mutexes, which takes away its way to block for ever when a card is pulled. The price: the worker's thread
 * alone may touch it, from load to free.
 */
typedef struct _TouCardModule TouCardModule;

/** tou_card_module_load: @path: file name. Errors: NO_MODULE. Returns: (transfer full) (nullable) */
TouCardModule *tou_card_module_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_module_free: C_Finalize. The code stays mapped: many modules do not bear being unmapped. */
void tou_card_module_free (TouCardModule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardModule, tou_card_module_free)

CK_FUNCTION_LIST *tou_card_module_get_functions (const TouCardModule *self);

/** TouSlotFacts: one slot at one moment. */
typedef struct {
    CK_SLOT_ID slot;
    char *reader; /* UTF-8, trimmed */
    TouReaderState state;
    gboolean is_pcsc; /* a reader of PC/SC; else there is no visit to know of */
    guint visit;      /* n_events of TouPcscReader: which of the cards that were in it one after another */
    CK_SLOT_INFO info;
    CK_TOKEN_INFO token; /* with TOU_READER_CARD only */
} TouSlotFacts;

/** tou_card_module_look: asks about each slot on its own, so that a reader held by another program does not
 * hide the rest. @readers: (element-type TouPcscReader): where a slot is one of them, they decide whether
 * there is a card and who holds it; a slot that was one of them and is none any more is left out. Errors:
 * TOU_CARD_ERROR, when not even the list of slots can be had. Returns: (transfer full) (nullable)
 * (element-type TouSlotFacts) */
GPtrArray *tou_card_module_look (TouCardModule *self, const GPtrArray *readers,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_module_may_have_changed: Returns: %FALSE when the module has events (C_WaitForSlotEvent) and
 * there was none since the last call; %TRUE when there was one, or as long as it has not shown any. Does not
 * wait. */
gboolean tou_card_module_may_have_changed (TouCardModule *self);

/** tou_card_module_uses_pcsc: Returns: whether its slots are readers of PC/SC, by the last look: all that is
 * known of their coming and going is known from there, and nothing needs to be asked in between. A module
 * without any slot is taken for one. */
gboolean tou_card_module_uses_pcsc (const TouCardModule *self);

/** tou_pkcs11_dup_text: @field: a padded field of a PKCS#11 structure. Returns: (transfer full): UTF-8 */
char *tou_pkcs11_dup_text (const CK_UTF8CHAR *field, gsize size);

G_END_DECLS
