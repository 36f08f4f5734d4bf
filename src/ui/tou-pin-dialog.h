/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-session-flow.h"
#include "tou-unlock-step.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouPinDialog:
 *
 * Pin番号入力ダイアログ (manual 2.2 (1)): which card, its PIN, and where a card has several, which
 * certificate. It follows the readers live, says what the card tells of its PIN before the first digit, takes
 * a last try only with the user's word and shows every failure inside, so that only the PIN has to be typed
 * again. Main thread.
 *
 * It hides and destroys itself. Signals, one of the two, once: "unlocked": the step is at UNLOCKED.
 * "closed": the user gave up, or the step was left; what becomes of the step is up to its flow.
 */
#define TOU_TYPE_PIN_DIALOG (tou_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TouPinDialog, tou_pin_dialog, TOU, PIN_DIALOG, GtkDialog)

/** tou_pin_dialog_new: @step: of the flow that needs the card, and begun by it. Show it with
 * gtk_window_present(). Returns: (transfer none) */
TouPinDialog *tou_pin_dialog_new (GtkWindow *parent, TouSessionFlow *session, TouUnlockStep *step);

/** tou_pin_dialog_show_error: why the PIN is asked for once more. */
void tou_pin_dialog_show_error (TouPinDialog *self, const GError *error);

/** tou_pin_dialog_set_card_title: which card is meant, where a flow asks for more than one in turn. */
void tou_pin_dialog_set_card_title (TouPinDialog *self, const char *title);

G_END_DECLS
