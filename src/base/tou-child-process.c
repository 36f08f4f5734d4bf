/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-child-process.h"

#include <errno.h>
#include <gio/gunixfdlist.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct _TouChildProcess {
    GObject parent_instance;

    GSubprocess *process;
    GDBusConnection *connection;
    int wait_status;
    gboolean has_exited;
};

enum { EXITED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouChildProcess, tou_child_process, G_TYPE_OBJECT)

static void
dispose (GObject *object)
{
    TouChildProcess *self = TOU_CHILD_PROCESS (object);

    if (self->process != NULL && !self->has_exited)
        g_subprocess_force_exit (self->process);
    g_clear_object (&self->connection);
    g_clear_object (&self->process);
    G_OBJECT_CLASS (tou_child_process_parent_class)->dispose (object);
}

static void
tou_child_process_class_init (TouChildProcessClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[EXITED] = g_signal_new ("exited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
tou_child_process_init (TouChildProcess *self)
{
    (void) self;
}

static void
on_process_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autofree GWeakRef *reference = user_data;
    g_autoptr (TouChildProcess) self = g_weak_ref_get (reference);

    (void) g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
    g_weak_ref_clear (reference);
    if (self == NULL)
        return;
    self->has_exited = TRUE;
    self->wait_status = g_subprocess_get_status (self->process);
    g_signal_emit (self, signals[EXITED], 0, self->wait_status);
}

/* The wait must not keep the object alive: dropping the last reference is what ends the child. */
static void
watch_exit (TouChildProcess *self)
{
    GWeakRef *reference = g_new (GWeakRef, 1);

    g_weak_ref_init (reference, self);
    g_subprocess_wait_async (self->process, NULL, on_process_waited, reference);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) task = user_data;
    TouChildProcess *self = g_task_get_task_data (task);
    GError *error = NULL;

    (void) source;
    self->connection = g_dbus_connection_new_finish (result, &error);
    if (self->connection == NULL) {
        g_task_return_error (task, error);
        return;
    }
    g_dbus_connection_set_exit_on_close (self->connection, FALSE);
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/* Runs in the child between fork and exec: only calls that are safe there. */
static void
prepare_child (gpointer user_data)
{
    (void) user_data;
    prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn_with_socket (const char *const *argv, const char *const *environment, int child_fd, GError **error)
{
    g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);

    if (environment != NULL)
        g_subprocess_launcher_set_environ (launcher, (char **) environment);
    g_subprocess_launcher_take_fd (launcher, child_fd, TOU_CHILD_PROCESS_FD);
    g_subprocess_launcher_take_stdout_fd (launcher, dup (STDERR_FILENO));
    g_subprocess_launcher_set_child_setup (launcher, prepare_child, NULL, NULL);
    return g_subprocess_launcher_spawnv (launcher, argv, error);
}

static GSocketConnection *
wrap_socket (int fd, GError **error)
{
    g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, error);

    if (socket == NULL) {
        close (fd);
        return NULL;
    }
    return g_socket_connection_factory_create_connection (socket);
}

void
tou_child_process_start_async (const char *const *argv, const char *const *environment,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
    g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
    g_autoptr (TouChildProcess) self = g_object_new (TOU_TYPE_CHILD_PROCESS, NULL);
    g_autoptr (GSocketConnection) stream = NULL;
    GError *error = NULL;
    int fds[2];

    if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) {
        g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (errno), "no socket pair: %s",
                                 g_strerror (errno));
        return;
    }
    stream = wrap_socket (fds[0], &error);
    if (stream == NULL) {
        close (fds[1]);
        g_task_return_error (task, error);
        return;
    }
    self->process = spawn_with_socket (argv, environment, fds[1], &error);
    if (self->process == NULL) {
        g_task_return_error (task, error);
        return;
    }
    watch_exit (self);
    g_task_set_task_data (task, g_steal_pointer (&self), g_object_unref);
    g_dbus_connection_new (G_IO_STREAM (stream), NULL, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                           cancellable, on_connected, g_steal_pointer (&task));
}

TouChildProcess *
tou_child_process_start_finish (GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer (G_TASK (result), error);
}

GDBusConnection *
tou_child_process_get_connection (TouChildProcess *self)
{
    return self->connection;
}

GPid
tou_child_process_get_pid (TouChildProcess *self)
{
    const char *identifier = g_subprocess_get_identifier (self->process);

    return identifier == NULL ? 0 : (GPid) g_ascii_strtoll (identifier, NULL, 10);
}

gboolean
tou_child_process_is_running (TouChildProcess *self)
{
    return !self->has_exited;
}

void
tou_child_process_close (TouChildProcess *self)
{
    g_dbus_connection_close (self->connection, NULL, NULL, NULL);
}

void
tou_child_process_kill (TouChildProcess *self)
{
    g_subprocess_force_exit (self->process);
}

GDBusConnection *
tou_child_process_serve (GError **error)
{
    g_autoptr (GSocketConnection) stream = NULL;
    g_autofree char *guid = NULL;
    struct stat status;

    /* GSocket warns about what is no socket. */
    if (fstat (TOU_CHILD_PROCESS_FD, &status) != 0 || !S_ISSOCK (status.st_mode)) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "there is no socket to serve");
        return NULL;
    }
    stream = wrap_socket (TOU_CHILD_PROCESS_FD, error);
    if (stream == NULL)
        return NULL;
    guid = g_dbus_generate_guid ();
    return g_dbus_connection_new_sync (G_IO_STREAM (stream), guid,
                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_SERVER
                                           | G_DBUS_CONNECTION_FLAGS_DELAY_MESSAGE_PROCESSING,
                                       NULL, NULL, error);
}
