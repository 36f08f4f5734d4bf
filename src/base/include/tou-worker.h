/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TouWorker:
 *
 * One named thread that owns a resource (a database, the network handles, a card module). Work is pushed as
 * #GTask and done one piece after the other, in order.
 */
#define TOU_TYPE_WORKER (tou_worker_get_type ())
G_DECLARE_FINAL_TYPE (TouWorker, tou_worker, TOU, WORKER, GObject)

/**
 * TouWorkerFunc: does the work on the worker's thread and returns through g_task_return_*(); the task's
 * callback then runs in the context that made the task. Task data and source object as set on @task.
 */
typedef void (*TouWorkerFunc) (GTask *task);

/** tou_worker_new: @name: at most 15 bytes, seen in debuggers. Starts the thread. */
TouWorker *tou_worker_new (const char *name);

/** tou_worker_push: @task: (transfer full). A task already cancelled when its turn comes returns
 * G_IO_ERROR_CANCELLED without @work being called, unless g_task_set_check_cancellable (task, FALSE). */
void tou_worker_push (TouWorker *self, GTask *task, TouWorkerFunc work);

/** tou_worker_is_current_thread: for assertions at the entry of functions that only the worker may call. */
gboolean tou_worker_is_current_thread (TouWorker *self);

/** tou_worker_stop: does what was pushed, ends the thread and waits for it. Called at the latest when the
 * last reference goes, which must not happen on the worker's own thread. Pushing afterwards is a programming
 * error. */
void tou_worker_stop (TouWorker *self);

G_END_DECLS
