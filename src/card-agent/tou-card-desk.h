/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouCardDesk:
 *
 * All that the agent does with its module, as one object that belongs to the worker's thread: it is made
 * anywhere, then used there alone. The module is loaded at the first call. The answers are in the shape of
 * data/dbus/io.github.touroku.CardAgent1.xml.
 */
typedef struct _TouCardDesk TouCardDesk;

/** tou_card_desk_new: @module: file name of a PKCS#11 module; @slot_view: that of touroku-slot-view.so */
TouCardDesk *tou_card_desk_new (const char *module, const char *slot_view);

/** TouCardOpening: @readers: (array zero-terminated=1): PC/SC names; their cards have to be reset after use.
 * Called on the worker's thread, before the PIN goes to the module. */
typedef void (*TouCardOpening) (const char *const *readers, gpointer user_data);

/** tou_card_desk_set_opening: who is to be told of it; @user_data outlives the desk. Before it is used. */
void tou_card_desk_set_opening (TouCardDesk *self, TouCardOpening opening, gpointer user_data);

/** tou_card_desk_free: on the thread that used it; logs out and ends the module, then resets the readers
 * that may have held the unlocked card: its own, or where the module's slots are not named like PC/SC
 * readers, all that held a card when it was unlocked. */
void tou_card_desk_free (TouCardDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouCardDesk, tou_card_desk_free)

/** tou_card_desk_list: Errors: NO_MODULE when it cannot be loaded. Returns: (transfer full): floating
 * (a(su)a(sssssubuubaay)), %NULL on error */
GVariant *tou_card_desk_list (TouCardDesk *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_desk_unlock: @token_id: from the list; when another token is in that slot now, the PIN is not
 * tried on it. Works once in the life of a desk, so that no fault anywhere can spend a second PIN try.
 * @pin: (nullable): %NULL: on the reader's keypad. Errors: TOU_CARD_ERROR. Returns: (transfer full): floating
 * (aayb) */
GVariant *tou_card_desk_unlock (TouCardDesk *self, const char *token_id, TouSecret *pin,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_card_desk_sign: Errors: TOU_CARD_ERROR. Returns: (transfer full) (nullable) */
GBytes *tou_card_desk_sign (TouCardDesk *self, GBytes *content, const char *certificate_sha256,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** TouCardNews: what became known by looking; flags. */
typedef enum {
    TOU_CARD_NEWS_NONE = 0,
    TOU_CARD_NEWS_CHANGED = 1 << 0,
    TOU_CARD_NEWS_LOST = 1 << 1, /* the unlocked token is gone */
} TouCardNews;

/** tou_card_desk_look: compares with the last list, unlock or look; where PC/SC tells, the card and its
 * module are left alone. */
TouCardNews tou_card_desk_look (TouCardDesk *self);

/** tou_card_desk_needs_polling: Returns: whether nothing tells of news by itself: the module's slots are no
 * PC/SC readers. Any thread. */
gboolean tou_card_desk_needs_polling (TouCardDesk *self);

G_END_DECLS
