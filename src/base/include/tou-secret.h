/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TouSecret:
 *
 * Bytes that must not outlive their use: a PIN, a password, a session token. They live in pages of their own
 * that are locked (never swapped), left out of core dumps and wiped when the last reference goes. The text is
 * UTF-8 without a terminating NUL in the count; tou_secret_get_data() is NUL-terminated all the same.
 *
 * A secret is bound to no thread, but the caller must not change it in one thread while another reads it.
 */
typedef struct _TouSecret TouSecret;

#define TOU_TYPE_SECRET (tou_secret_get_type ())
GType tou_secret_get_type (void);

/** The longest secret that is kept, in bytes. */
#define TOU_SECRET_MAX 1024

/** tou_secret_new: Returns: (transfer full): an empty secret that holds up to TOU_SECRET_MAX bytes. */
TouSecret *tou_secret_new (void);

/** tou_secret_new_from_text: @text: UTF-8, copied; the caller still has to wipe its own copy. Text over
 * TOU_SECRET_MAX bytes is a programming error. Returns: (transfer full) */
TouSecret *tou_secret_new_from_text (const char *text);

TouSecret *tou_secret_ref (TouSecret *self);
void tou_secret_unref (TouSecret *self);

/** tou_secret_copy: Returns: (transfer full): a second secret with the same bytes in pages of its own. */
TouSecret *tou_secret_copy (const TouSecret *self);

/** tou_secret_get_data: Returns: (transfer none): the bytes, NUL-terminated; valid until the next change. */
const char *tou_secret_get_data (const TouSecret *self);

/** tou_secret_get_size: Returns: the number of bytes. */
gsize tou_secret_get_size (const TouSecret *self);

/** tou_secret_get_n_chars: Returns: the number of characters (code points). */
guint tou_secret_get_n_chars (const TouSecret *self);

/** tou_secret_insert: puts @n_bytes of @text at byte @offset.
 * Returns: %FALSE, and nothing changes, when it would not fit. */
gboolean tou_secret_insert (TouSecret *self, gsize offset, const char *text, gsize n_bytes);

/** tou_secret_erase: takes @n_bytes out from byte @offset and wipes what became free. */
void tou_secret_erase (TouSecret *self, gsize offset, gsize n_bytes);

/** tou_secret_clear: wipes the bytes; the secret is empty afterwards. */
void tou_secret_clear (TouSecret *self);

/** tou_secret_equal_text: compares in constant time for equal lengths. */
gboolean tou_secret_equal_text (const TouSecret *self, const char *text);

/** tou_secret_write_to_fd: writes all bytes to @fd, which stays open. Meant for a pipe: up to TOU_SECRET_MAX
 * bytes always fit in one, so this does not wait. Errors: #GIOErrorEnum of errno. */
gboolean tou_secret_write_to_fd (const TouSecret *self, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_secret_new_from_fd: reads to the end of @fd, which stays open. Waits for the writer.
 * Errors: #GIOErrorEnum of errno; G_IO_ERROR_MESSAGE_TOO_LARGE over TOU_SECRET_MAX.
 * Returns: (transfer full) (nullable): the secret, %NULL with @error set */
TouSecret *tou_secret_new_from_fd (int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TouSecret, tou_secret_unref)

G_END_DECLS
