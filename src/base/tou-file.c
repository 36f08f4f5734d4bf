/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define LAST_ERRNO EHWPOISON

static void
set_error_from_errno (GError **error, const char *path)
{
    int number = errno;
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "\"%s\": %s", name,
                 g_strerror (number));
}

static gboolean
check_kind (int fd, const char *path, gsize limit, GError **error)
{
    g_autofree char *name = g_filename_display_name (path);
    struct stat facts;

    if (fstat (fd, &facts) != 0)
        set_error_from_errno (error, path);
    else if (!S_ISREG (facts.st_mode))
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "\"%s\" is not a regular file", name);
    else if ((guint64) facts.st_size > limit)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                     "\"%s\" has more than %" G_GSIZE_FORMAT " bytes", name, limit);
    else
        return TRUE;
    return FALSE;
}

/* One byte more than allowed is asked for: the file may have grown since it was looked at. */
static gssize
read_all (int fd, guint8 *buffer, gsize size)
{
    gsize n_read = 0;

    while (n_read < size) {
        gssize n = read (fd, buffer + n_read, size - n_read);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        n_read += (gsize) n;
    }
    return (gssize) n_read;
}

static GBytes *
load_from (int fd, const char *path, gsize limit, GError **error)
{
    g_autofree guint8 *buffer = NULL;
    gssize size;

    if (!check_kind (fd, path, limit, error))
        return NULL;
    buffer = g_malloc (limit + 1);
    size = read_all (fd, buffer, limit + 1);
    if (size >= 0 && (gsize) size <= limit)
        return g_bytes_new (buffer, (gsize) size);
    if (size >= 0)
        errno = EMSGSIZE;
    set_error_from_errno (error, path);
    return NULL;
}

GBytes *
tou_file_load (const char *path, gsize limit, GError **error)
{
    /* Without O_NONBLOCK the opening of a pipe waits for its writer. */
    int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
    GBytes *bytes;

    if (fd < 0) {
        set_error_from_errno (error, path);
        return NULL;
    }
    bytes = load_from (fd, path, limit, error);
    close (fd);
    return bytes;
}

/* The system's words alone: GLib's name the file under a name that nobody has chosen. */
static void
name_reason (GError *error)
{
    for (int number = 1; error->code != G_FILE_ERROR_FAILED && number <= LAST_ERRNO; number++) {
        if (g_file_error_from_errno (number) != (GFileError) error->code)
            continue;
        g_free (error->message);
        error->message = g_strdup (g_strerror (number));
        return;
    }
}

gboolean
tou_file_save (const char *path, GBytes *bytes, GError **error)
{
    GError *problem = NULL;
    gsize size;
    const char *data = g_bytes_get_data (bytes, &size);

    /* CONSISTENT alone flushes only what takes the place of another file. */
    if (g_file_set_contents_full (path, data == NULL ? "" : data, (gssize) size,
                                  G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                                  &problem))
        return TRUE;
    name_reason (problem);
    g_propagate_error (error, problem);
    return FALSE;
}

static gboolean remove_file (GFile *file, GError **error);

static gboolean
remove_children (GFile *folder, GError **error)
{
    g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
        folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
    gboolean done = TRUE;

    if (children == NULL)
        return FALSE;
    while (TRUE) {
        GFile *child;

        if (!g_file_enumerator_iterate (children, NULL, &child, NULL, done ? error : NULL))
            return FALSE;
        if (child == NULL)
            return done;
        done = remove_file (child, done ? error : NULL) && done;
    }
}

/* The type is asked first: an enumeration follows the link that it is given, whatever its flags say. */
static gboolean
remove_file (GFile *file, GError **error)
{
    g_autoptr (GError) problem = NULL;
    GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL);

    if (type == G_FILE_TYPE_DIRECTORY && !remove_children (file, error))
        return FALSE;
    if (g_file_delete (file, NULL, &problem) || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
}

gboolean
tou_file_remove_tree (const char *path, GError **error)
{
    g_autoptr (GFile) file = g_file_new_for_path (path);

    return remove_file (file, error);
}
