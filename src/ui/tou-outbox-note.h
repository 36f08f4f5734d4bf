/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-outbox-flow.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouOutboxNote:
 *
 * What became of something that was sent and had no answer, one after the other, with what the user may do
 * about it. Hidden while there is nothing to say. Main thread.
 */
#define TOU_TYPE_OUTBOX_NOTE (tou_outbox_note_get_type ())
G_DECLARE_FINAL_TYPE (TouOutboxNote, tou_outbox_note, TOU, OUTBOX_NOTE, GtkBox)

/** tou_outbox_note_follow: once. @outbox: referenced. */
void tou_outbox_note_follow (TouOutboxNote *self, TouOutboxFlow *outbox);

G_END_DECLS
