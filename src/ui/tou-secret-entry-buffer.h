/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tou-secret.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TouSecretEntryBuffer:
 *
 * What stands behind an entry for a PIN or a password: the text lives in a TouSecret (locked pages, wiped)
 * and nowhere else. To be used with "visibility" off, so that screen, accessibility tree, input method and
 * selection get bullets. Text beyond TOU_SECRET_MAX bytes is not taken in. Main thread.
 */
#define TOU_TYPE_SECRET_ENTRY_BUFFER (tou_secret_entry_buffer_get_type ())
G_DECLARE_FINAL_TYPE (TouSecretEntryBuffer, tou_secret_entry_buffer, TOU, SECRET_ENTRY_BUFFER, GtkEntryBuffer)

/** tou_secret_entry_buffer_new: Returns: (transfer full): an empty buffer. */
GtkEntryBuffer *tou_secret_entry_buffer_new (void);

/** tou_secret_entry_buffer_dup_secret: Returns: (transfer full): a copy of what was typed; later typing does
 * not change it. */
TouSecret *tou_secret_entry_buffer_dup_secret (TouSecretEntryBuffer *self);

/** tou_secret_entry_buffer_wipe: empties the buffer; the entry shows it. */
void tou_secret_entry_buffer_wipe (TouSecretEntryBuffer *self);

G_END_DECLS
