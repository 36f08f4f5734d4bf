/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-secret-entry-buffer.h"

struct _TouSecretEntryBuffer {
    GtkEntryBuffer parent_instance;

    TouSecret *secret;
};

G_DEFINE_TYPE (TouSecretEntryBuffer, tou_secret_entry_buffer, GTK_TYPE_ENTRY_BUFFER)

static gsize
get_offset (TouSecretEntryBuffer *self, guint n_chars)
{
    const char *text = tou_secret_get_data (self->secret);

    return (gsize) (g_utf8_offset_to_pointer (text, n_chars) - text);
}

static const char *
get_text (GtkEntryBuffer *buffer, gsize *n_bytes)
{
    TouSecretEntryBuffer *self = TOU_SECRET_ENTRY_BUFFER (buffer);

    if (n_bytes != NULL)
        *n_bytes = tou_secret_get_size (self->secret);
    return tou_secret_get_data (self->secret);
}

static guint
get_length (GtkEntryBuffer *buffer)
{
    return tou_secret_get_n_chars (TOU_SECRET_ENTRY_BUFFER (buffer)->secret);
}

static guint
insert_text (GtkEntryBuffer *buffer, guint position, const char *chars, guint n_chars)
{
    TouSecretEntryBuffer *self = TOU_SECRET_ENTRY_BUFFER (buffer);
    gsize n_bytes = (gsize) (g_utf8_offset_to_pointer (chars, n_chars) - chars);

    if (!tou_secret_insert (self->secret, get_offset (self, position), chars, n_bytes))
        return 0;
    gtk_entry_buffer_emit_inserted_text (buffer, position, chars, n_chars);
    return n_chars;
}

static guint
delete_text (GtkEntryBuffer *buffer, guint position, guint n_chars)
{
    TouSecretEntryBuffer *self = TOU_SECRET_ENTRY_BUFFER (buffer);
    guint length = tou_secret_get_n_chars (self->secret);

    position = MIN (position, length);
    n_chars = MIN (n_chars, length - position);
    if (n_chars == 0)
        return 0;
    gsize start = get_offset (self, position);
    tou_secret_erase (self->secret, start, get_offset (self, position + n_chars) - start);
    gtk_entry_buffer_emit_deleted_text (buffer, position, n_chars);
    return n_chars;
}

static void
finalize (GObject *object)
{
    tou_secret_unref (TOU_SECRET_ENTRY_BUFFER (object)->secret);
    G_OBJECT_CLASS (tou_secret_entry_buffer_parent_class)->finalize (object);
}

static void
tou_secret_entry_buffer_class_init (TouSecretEntryBufferClass *class)
{
    GtkEntryBufferClass *buffer_class = GTK_ENTRY_BUFFER_CLASS (class);

    buffer_class->get_text = get_text;
    buffer_class->get_length = get_length;
    buffer_class->insert_text = insert_text;
    buffer_class->delete_text = delete_text;
    G_OBJECT_CLASS (class)->finalize = finalize;
}

static void
tou_secret_entry_buffer_init (TouSecretEntryBuffer *self)
{
    self->secret = tou_secret_new ();
}

GtkEntryBuffer *
tou_secret_entry_buffer_new (void)
{
    return g_object_new (TOU_TYPE_SECRET_ENTRY_BUFFER, NULL);
}

TouSecret *
tou_secret_entry_buffer_dup_secret (TouSecretEntryBuffer *self)
{
    return tou_secret_copy (self->secret);
}

void
tou_secret_entry_buffer_wipe (TouSecretEntryBuffer *self)
{
    guint length = tou_secret_get_n_chars (self->secret);

    tou_secret_clear (self->secret);
    if (length > 0)
        gtk_entry_buffer_emit_deleted_text (GTK_ENTRY_BUFFER (self), 0, length);
}
