/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-card-renewal-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouRenewalDialog:
 *
 * 確認ダイアログ (manual 4 (2) and (4)): asks for the current card and then for the new one, each followed by
 * the PIN dialog, and stays while the current card signs the authorization. It says live what is in the
 * readers and whether it is the card that has its turn; OK on a wrong one explains why, and the user goes on
 * as soon as the right one is in. Where a renewal is impossible it offers the new registration. Main thread.
 *
 * It hides and destroys itself. Signals, one of them, once: "unlocked": the new card can sign, the flow is at
 * CONFIRMING. "closed" (GError *why, nullable): the user gave up, or the session is over (@why).
 * "registration-wanted": register the new card instead.
 */
#define TOU_TYPE_RENEWAL_DIALOG (tou_renewal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (TouRenewalDialog, tou_renewal_dialog, TOU, RENEWAL_DIALOG, GtkDialog)

/** tou_renewal_dialog_new: goes on where @flow stands: from CARD with the card that has its turn, else from
 * the beginning; what it has begun it leaves when the user gives up. Show it with gtk_window_present().
 * Returns: (transfer none) */
TouRenewalDialog *tou_renewal_dialog_new (GtkWindow *parent, TouCardRenewalFlow *flow);

/** tou_renewal_dialog_show_error: why a card is asked for once more. */
void tou_renewal_dialog_show_error (TouRenewalDialog *self, const GError *error);

G_END_DECLS
