/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouChildProcess:
 *
 * A helper program of ours (the card agent, the practice service) with which this program speaks D-Bus over a
 * socketpair: no bus, no name, nothing that another program could reach. Main thread only.
 *
 * Signals: "exited" (int wait_status): the program ended, by itself or by tou_child_process_kill(). Emitted
 * once.
 */
#define TOU_TYPE_CHILD_PROCESS (tou_child_process_get_type ())
G_DECLARE_FINAL_TYPE (TouChildProcess, tou_child_process, TOU, CHILD_PROCESS, GObject)

/** The file descriptor at which the child finds its end of the socket. */
#define TOU_CHILD_PROCESS_FD 3

/**
 * tou_child_process_start_async:
 * @argv: (array zero-terminated=1): program (absolute path) and arguments, file-name encoding
 * @environment: (array zero-terminated=1) (nullable): the child's whole environment, %NULL to inherit ours
 *
 * Starts the program, its standard output going to our standard error, and greets it. The child dies when
 * this process does.
 */
void
tou_child_process_start_async (const char *const *argv, const char *const *environment,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** tou_child_process_start_finish: Errors: G_SPAWN_ERROR when there is no such program; #GIOErrorEnum when it
 * ended before it answered. Returns: (transfer full) (nullable) */
TouChildProcess *
tou_child_process_start_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** tou_child_process_get_connection: Returns: (transfer none): the open connection; calls on it fail with
 * G_IO_ERROR_CLOSED or G_DBUS_ERROR_NO_REPLY once the child is gone. */
GDBusConnection *tou_child_process_get_connection (TouChildProcess *self);

/** tou_child_process_get_pid: Returns: the process id, 0 once it ended. */
GPid tou_child_process_get_pid (TouChildProcess *self);

gboolean tou_child_process_is_running (TouChildProcess *self);

/** tou_child_process_close: asks the child to end by closing the connection; "exited" follows when it does.
 */
void tou_child_process_close (TouChildProcess *self);

/** tou_child_process_kill: ends it at once (SIGKILL). */
void tou_child_process_kill (TouChildProcess *self);

/**
 * tou_child_process_serve: the child's side, called in the child: takes over TOU_CHILD_PROCESS_FD.
 *
 * The connection comes with message processing delayed: export the objects, then call
 * g_dbus_connection_start_message_processing(). Waits for the greeting, so it belongs at the start of main().
 * Errors: #GIOErrorEnum when the descriptor is no socket (the program was started by hand).
 * Returns: (transfer full) (nullable)
 */
GDBusConnection *tou_child_process_serve (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
