/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-unlock-step.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouCardChooser:
 *
 * 使用するICカード: which of the cards in the readers is meant, and where a card shows several certificates,
 * which of them. It shows what it is told of the readers: all that is there, or why there is nothing and what
 * to do. A card stays chosen from one inventory to the next for as long as it is the same one in the same
 * reader. In practice the way to the practice cards is beside its title. Main thread.
 *
 * Signals: "changed": another card is chosen, or none any more. "retry": the user wants the readers to be
 * looked at again.
 */
#define TOU_TYPE_CARD_CHOOSER (tou_card_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TouCardChooser, tou_card_chooser, TOU, CARD_CHOOSER, GtkBox)

/** tou_card_chooser_set_title: which card is meant, where a flow asks for more than one in turn. */
void tou_card_chooser_set_title (TouCardChooser *self, const char *title);

/** tou_card_chooser_fit_dialog: several cards take the height that @dialog, which holds this and takes the
 * size that it needs, has left on its screen, in whole entries; the tallest is always shown whole. To be
 * called again when other things in it come or go. */
void tou_card_chooser_fit_dialog (TouCardChooser *self, GtkWindow *dialog);

/** tou_card_chooser_show_step: what @step has of the readers. Among several, those that can be seen to be the
 * wrong ones say so and cannot be chosen; the one that was used last is chosen, or the only one left. One
 * thing alone can be tried even so: the unlocking then explains why not. "changed" comes before it returns.
 */
void tou_card_chooser_show_step (TouCardChooser *self, TouUnlockStep *step);

/** tou_card_chooser_dup_spoken: Returns: (transfer full): the card that is chosen, with its details, or that
 * there is none, as a screen reader says it; empty: one has to be chosen yet */
char *tou_card_chooser_dup_spoken (TouCardChooser *self);

/** tou_card_chooser_set_description: what is said with a button of it to which tou_card_chooser_focus() puts
 * the focus. @text: (not nullable) */
void tou_card_chooser_set_description (TouCardChooser *self, const char *text);

/** tou_card_chooser_get_token: Returns: (transfer none) (nullable): the card that is chosen; as the newest
 * inventory has it. */
TouCardToken *tou_card_chooser_get_token (TouCardChooser *self);

/** tou_card_chooser_get_certificate: Returns: (transfer none) (nullable): the certificate of that card that
 * is chosen; %NULL: the card shows none yet. */
TouCardCertificate *tou_card_chooser_get_certificate (TouCardChooser *self);

/** tou_card_chooser_waits_for_choice: whether there are several that can be used and none is chosen. */
gboolean tou_card_chooser_waits_for_choice (TouCardChooser *self);

/** tou_card_chooser_is_choosing: whether the focus is on one of several cards: the arrow keys go from one to
 * the next, so that it should stay there. */
gboolean tou_card_chooser_is_choosing (TouCardChooser *self);

/** tou_card_chooser_focus: puts the focus on what is to be done here next: choose, or look again. Returns:
 * whether there is such a thing */
gboolean tou_card_chooser_focus (TouCardChooser *self);

G_END_DECLS
