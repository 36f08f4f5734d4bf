/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-secret.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SECRET_CAPACITY (TOU_SECRET_MAX + 1)

struct _TouSecret {
    gatomicrefcount references;
    gsize size;
    char *bytes; /* SECRET_CAPACITY bytes in locked pages, always NUL-terminated */
};

G_DEFINE_BOXED_TYPE (TouSecret, tou_secret, tou_secret_ref, tou_secret_unref)

static char *
allocate_locked (void)
{
    char *bytes = mmap (NULL, SECRET_CAPACITY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED)
        g_error ("no memory for a secret: %s", g_strerror (errno));
    /* A machine may allow no locked memory at all; the pages are still wiped and left out of dumps. */
    if (mlock (bytes, SECRET_CAPACITY) != 0)
        g_debug ("secret memory could not be locked: %s", g_strerror (errno));
    madvise (bytes, SECRET_CAPACITY, MADV_DONTDUMP);
    madvise (bytes, SECRET_CAPACITY, MADV_DONTFORK);
    return bytes;
}

TouSecret *
tou_secret_new (void)
{
    TouSecret *self = g_new0 (TouSecret, 1);

    g_atomic_ref_count_init (&self->references);
    self->bytes = allocate_locked ();
    return self;
}

TouSecret *
tou_secret_new_from_text (const char *text)
{
    TouSecret *self = tou_secret_new ();

    if (!tou_secret_insert (self, 0, text, strlen (text)))
        g_critical ("a text of %" G_GSIZE_FORMAT " bytes is too long for a secret", strlen (text));
    return self;
}

TouSecret *
tou_secret_ref (TouSecret *self)
{
    g_atomic_ref_count_inc (&self->references);
    return self;
}

void
tou_secret_unref (TouSecret *self)
{
    if (!g_atomic_ref_count_dec (&self->references))
        return;
    explicit_bzero (self->bytes, SECRET_CAPACITY);
    munmap (self->bytes, SECRET_CAPACITY);
    g_free (self);
}

TouSecret *
tou_secret_copy (const TouSecret *self)
{
    TouSecret *copy = tou_secret_new ();
    gboolean fits = tou_secret_insert (copy, 0, self->bytes, self->size);

    g_assert (fits);
    return copy;
}

const char *
tou_secret_get_data (const TouSecret *self)
{
    return self->bytes;
}

gsize
tou_secret_get_size (const TouSecret *self)
{
    return self->size;
}

guint
tou_secret_get_n_chars (const TouSecret *self)
{
    return (guint) g_utf8_strlen (self->bytes, (gssize) self->size);
}

gboolean
tou_secret_insert (TouSecret *self, gsize offset, const char *text, gsize n_bytes)
{
    g_return_val_if_fail (offset <= self->size, FALSE);

    if (n_bytes > TOU_SECRET_MAX - self->size)
        return FALSE;
    memmove (self->bytes + offset + n_bytes, self->bytes + offset, self->size - offset);
    memcpy (self->bytes + offset, text, n_bytes);
    self->size += n_bytes;
    self->bytes[self->size] = '\0';
    return TRUE;
}

void
tou_secret_erase (TouSecret *self, gsize offset, gsize n_bytes)
{
    g_return_if_fail (offset <= self->size && n_bytes <= self->size - offset);

    memmove (self->bytes + offset, self->bytes + offset + n_bytes, self->size - offset - n_bytes);
    self->size -= n_bytes;
    explicit_bzero (self->bytes + self->size, n_bytes);
}

void
tou_secret_clear (TouSecret *self)
{
    explicit_bzero (self->bytes, SECRET_CAPACITY);
    self->size = 0;
}

gboolean
tou_secret_equal_text (const TouSecret *self, const char *text)
{
    unsigned char difference = 0;

    if (strlen (text) != self->size)
        return FALSE;
    for (gsize i = 0; i < self->size; i++)
        difference |= (unsigned char) (self->bytes[i] ^ text[i]);
    return difference == 0;
}

static gboolean
set_errno_error (GError **error, const char *doing)
{
    int code = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", doing, g_strerror (code));
    return FALSE;
}

gboolean
tou_secret_write_to_fd (const TouSecret *self, int fd, GError **error)
{
    for (gsize done = 0; done < self->size;) {
        gssize n = write (fd, self->bytes + done, self->size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return set_errno_error (error, "cannot hand over a secret");
        done += (gsize) n;
    }
    return TRUE;
}

TouSecret *
tou_secret_new_from_fd (int fd, GError **error)
{
    g_autoptr (TouSecret) self = tou_secret_new ();

    for (;;) {
        /* Read straight into the locked pages: the bytes never pass through ordinary memory of ours. */
        gssize n = read (fd, self->bytes + self->size, SECRET_CAPACITY - self->size);
        if (n == 0)
            break;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            set_errno_error (error, "cannot read a secret");
            return NULL;
        }
        self->size += (gsize) n;
        if (self->size > TOU_SECRET_MAX) {
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "a secret is longer than %d bytes",
                         TOU_SECRET_MAX);
            return NULL;
        }
    }
    self->bytes[self->size] = '\0';
    return g_steal_pointer (&self);
}
