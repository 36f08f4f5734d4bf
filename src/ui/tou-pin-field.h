/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card.h"
#include "tou-secret.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouPinField:
 *
 * PIN番号 and 担当者 of the PIN dialog (manual 2.2 (1)), for one card at a time: how long its PIN is, what
 * the card says of its tries before the first digit, and the user's word for a last try, beside which it says
 * whom to ask. For a reader with a keypad of its own it says that the PIN is entered there. Main thread.
 *
 * Signals: "changed": the user gave that word, or took it back; "notice": what it says of the PIN may be
 * another.
 */
#define TOU_TYPE_PIN_FIELD (tou_pin_field_get_type ())
G_DECLARE_FINAL_TYPE (TouPinField, tou_pin_field, TOU, PIN_FIELD, GtkBox)

/** tou_pin_field_set_token: @token: (nullable): the card that the PIN is for, as it is now. @profile:
 * (nullable): what is known of such cards. What was typed stays: see tou_pin_field_clear(). */
void tou_pin_field_set_token (TouPinField *self, TouCardToken *token, TouCardProfile *profile);

/** tou_pin_field_set_is_current: whether what the card says of its tries is from after the last PIN; while it
 * is not, nothing is said of them, and none can be made. */
void tou_pin_field_set_is_current (TouPinField *self, gboolean is_current);

/** tou_pin_field_set_editable: whether a PIN may be typed, if there is a card that takes one. */
void tou_pin_field_set_editable (TouPinField *self, gboolean is_editable);

/** tou_pin_field_set_note: @note: (nullable): what became of the last PIN; stands before what the card says.
 */
void tou_pin_field_set_note (TouPinField *self, const char *note);

/** tou_pin_field_set_is_explained: an error beside it tells already that a PIN was wrong or the card is
 * locked; a last try is said all the same. */
void tou_pin_field_set_is_explained (TouPinField *self, gboolean is_explained);

/** tou_pin_field_get_notice: Returns: (transfer none): what it says of the PIN: its tries, what is wrong with
 * what is typed; empty: nothing */
const char *tou_pin_field_get_notice (TouPinField *self);

/** tou_pin_field_set_description: what a screen reader says of the field where the PIN is typed, and of the
 * word that the last try needs. */
void tou_pin_field_set_description (TouPinField *self, const char *text);

/** tou_pin_field_is_allowed: whether a PIN may go to the card: there is one, what it says is current, it is
 * not locked, and for a last try there is the user's word. */
gboolean tou_pin_field_is_allowed (TouPinField *self);

/** tou_pin_field_dup_pin: Returns: (transfer full) (nullable): what was typed, maybe nothing; %NULL: it is
 * entered on the reader. */
TouSecret *tou_pin_field_dup_pin (TouPinField *self);

/** tou_pin_field_is_begun: whether anything was typed. */
gboolean tou_pin_field_is_begun (TouPinField *self);

/** tou_pin_field_clear: wipes what was typed and takes the user's word back: both were for one card and one
 * try. */
void tou_pin_field_clear (TouPinField *self);

/** tou_pin_field_take_key: @event: of a key on its way to something else of the dialog. If it types a
 * character, the PIN gets the focus, behind what was typed of it, and so the character when the window passes
 * @event on. Returns: %FALSE: it types one, but no PIN can be typed now */
gboolean tou_pin_field_take_key (TouPinField *self, const GdkEventKey *event);

/** tou_pin_field_focus: puts the focus on what is to be done here next: the word for a last try, then the
 * PIN. Returns: whether there is such a thing */
gboolean tou_pin_field_focus (TouPinField *self);

G_END_DECLS
