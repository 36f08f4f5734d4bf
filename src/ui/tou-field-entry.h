/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouFieldEntry:
 *
 * One typed field of a form as the manual shows it: label with mnemonic, ※, entry, hint, and for texts how
 * many characters of how many; under it, only when there is something to say, what is wrong and how to put it
 * right. A character that the service does not take is marked while one types; that a field is empty or
 * incomplete, only once it was left. On leaving, what tou_field_tidy() changed is shown. A substitute is put
 * in only when its button is pressed, and can be taken back (Ctrl+Z too) until something is typed. While an
 * input method composes, nothing is checked and nothing touched.
 *
 * Signal "changed": the text is another one; not emitted for tou_field_entry_set_text(). Main thread.
 */
#define TOU_TYPE_FIELD_ENTRY (tou_field_entry_get_type ())
G_DECLARE_FINAL_TYPE (TouFieldEntry, tou_field_entry, TOU, FIELD_ENTRY, GtkGrid)

/** tou_field_entry_new: @labels: (nullable): the group that makes the labels of a form equally wide. */
GtkWidget *tou_field_entry_new (TouField field, GtkSizeGroup *labels);

TouField tou_field_entry_get_field (TouFieldEntry *self);

/** tou_field_entry_get_text: Returns: (transfer none): as typed, valid until the next change. */
const char *tou_field_entry_get_text (TouFieldEntry *self);

/** tou_field_entry_set_text: @text: (nullable). What is wrong with it is not marked before it was touched,
 * except for a character. During a composition it waits for the end of that, and gives way to what was
 * composed. */
void tou_field_entry_set_text (TouFieldEntry *self, const char *text);

/** tou_field_entry_confirm: tidies the text and shows whatever is wrong with it, emptiness too; during a
 * composition says that it has to be finished first, and does not touch it.
 * Returns: whether the field holds to its rule */
gboolean tou_field_entry_confirm (TouFieldEntry *self);

/** tou_field_entry_focus: puts the cursor in the entry without selecting; at a wrong character if there is
 * one. */
void tou_field_entry_focus (TouFieldEntry *self);

/** tou_field_entry_get_entry: Returns: (transfer none): the entry inside. */
GtkEntry *tou_field_entry_get_entry (TouFieldEntry *self);

G_END_DECLS
