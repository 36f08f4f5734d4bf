/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>

struct _TouPracticeLock {
    int fd;
};

TouPracticeLock *
tou_practice_lock_new (const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename (folder, "tokens.lock", NULL);
    int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int number = errno;
    TouPracticeLock *self;

    if (fd < 0) {
        g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s", path,
                     g_strerror (number));
        return NULL;
    }
    self = g_new0 (TouPracticeLock, 1);
    self->fd = fd;
    return self;
}

void
tou_practice_lock_free (TouPracticeLock *self)
{
    g_close (self->fd, NULL);
    g_free (self);
}

TouPracticeLocker *
tou_practice_lock_enter (TouPracticeLock *self)
{
    while (flock (self->fd, LOCK_EX) < 0 && errno == EINTR)
        ;
    return self;
}

void
tou_practice_lock_leave (TouPracticeLocker *self)
{
    (void) flock (self->fd, LOCK_UN);
}
