/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-service"

#include "tou-http-memory.h"

#include <curl/curl.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 4096

struct _TouHttpBuffer {
    char *bytes;
    gsize size;
    gsize capacity;
};

static void
wipe_and_free (void *bytes)
{
    if (bytes == NULL)
        return;
    explicit_bzero (bytes, malloc_usable_size (bytes));
    free (bytes);
}

/* Never in place: what realloc() would leave behind in the old place could not be wiped. */
static void *
move_to_larger (void *bytes, size_t size)
{
    size_t old_size = bytes != NULL ? malloc_usable_size (bytes) : 0;
    void *larger;

    if (size <= old_size && size > 0)
        return bytes;
    larger = malloc (size);
    if (larger == NULL)
        return NULL;
    if (bytes != NULL)
        memcpy (larger, bytes, MIN (old_size, size));
    wipe_and_free (bytes);
    return larger;
}

static gpointer
start_curl (gpointer data)
{
    CURLcode code = curl_global_init_mem (CURL_GLOBAL_DEFAULT, malloc, wipe_and_free, move_to_larger, strdup,
                                          calloc);
    if (code != CURLE_OK)
        g_error ("curl does not start: %s", curl_easy_strerror (code));
    return NULL;
}

void
tou_http_memory_start (void)
{
    static GOnce once = G_ONCE_INIT;

    g_once (&once, start_curl, NULL);
}

TouHttpBuffer *
tou_http_buffer_new (void)
{
    return g_new0 (TouHttpBuffer, 1);
}

void
tou_http_buffer_free (TouHttpBuffer *self)
{
    if (self->bytes != NULL)
        explicit_bzero (self->bytes, self->capacity);
    g_free (self->bytes);
    g_free (self);
}

static void
grow (TouHttpBuffer *self, gsize needed)
{
    gsize capacity = MAX (self->capacity, FIRST_CAPACITY);
    char *bytes;

    while (capacity < needed)
        capacity *= 2;
    if (capacity == self->capacity)
        return;
    bytes = g_malloc (capacity);
    if (self->bytes != NULL) {
        memcpy (bytes, self->bytes, self->size);
        explicit_bzero (self->bytes, self->capacity);
    }
    g_free (self->bytes);
    self->bytes = bytes;
    self->capacity = capacity;
}

gboolean
tou_http_buffer_append (TouHttpBuffer *self, const char *bytes, gsize n, gsize max)
{
    if (n > max - self->size)
        return FALSE;
    grow (self, self->size + n);
    memcpy (self->bytes + self->size, bytes, n);
    self->size += n;
    return TRUE;
}

static void
free_buffer (gpointer data)
{
    tou_http_buffer_free (data);
}

GBytes *
tou_http_buffer_to_bytes (TouHttpBuffer *self)
{
    return g_bytes_new_with_free_func (self->bytes, self->size, free_buffer, self);
}
