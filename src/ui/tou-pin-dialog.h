/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-register-flow.h"

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
 * It hides and destroys itself. Signals, one of the two, once: "unlocked": the flow is at EDITING.
 * "closed": the user gave up; when the dialog had begun the flow, it has left it again.
 */
#define TOU_TYPE_PIN_DIALOG (tou_pin_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TouPinDialog, tou_pin_dialog, TOU, PIN_DIALOG, GtkDialog)

/** tou_pin_dialog_new: begins @flow when it is IDLE or COMPLETED. Show it with gtk_window_present().
 * Not for a flow at UNCERTAIN, which needs no card: see TOU_PAGE_CONFIRM. Returns: (transfer none) */
TouPinDialog *tou_pin_dialog_new (GtkWindow *parent, TouRegisterFlow *flow);

/** tou_pin_dialog_show_error: why the PIN is asked for once more. */
void tou_pin_dialog_show_error (TouPinDialog *self, const GError *error);

G_END_DECLS
