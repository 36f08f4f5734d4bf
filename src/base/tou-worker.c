/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-base"

#include "tou-worker.h"

struct _TouWorker {
    GObject parent_instance;

    GThread *thread; /* NULL once stopped */
    GAsyncQueue *jobs;
};

typedef struct {
    GTask *task; /* NULL: end the thread */
    TouWorkerFunc work;
} Job;

G_DEFINE_FINAL_TYPE (TouWorker, tou_worker, G_TYPE_OBJECT)

static gpointer
run_jobs (gpointer data)
{
    GAsyncQueue *jobs = data;

    for (;;) {
        g_autofree Job *job = g_async_queue_pop (jobs);
        if (job->task == NULL)
            return NULL;
        if (!g_task_get_check_cancellable (job->task) || !g_task_return_error_if_cancelled (job->task))
            job->work (job->task);
        g_object_unref (job->task);
    }
}

static void
push_job (TouWorker *self, GTask *task, TouWorkerFunc work)
{
    Job *job = g_new (Job, 1);

    job->task = task;
    job->work = work;
    g_async_queue_push (self->jobs, job);
}

static void
finalize (GObject *object)
{
    TouWorker *self = TOU_WORKER (object);

    tou_worker_stop (self);
    g_async_queue_unref (self->jobs);
    G_OBJECT_CLASS (tou_worker_parent_class)->finalize (object);
}

static void
tou_worker_class_init (TouWorkerClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_worker_init (TouWorker *self)
{
    self->jobs = g_async_queue_new ();
}

TouWorker *
tou_worker_new (const char *name)
{
    TouWorker *self = g_object_new (TOU_TYPE_WORKER, NULL);

    self->thread = g_thread_new (name, run_jobs, self->jobs);
    return self;
}

void
tou_worker_push (TouWorker *self, GTask *task, TouWorkerFunc work)
{
    g_return_if_fail (self->thread != NULL);

    push_job (self, task, work);
}

gboolean
tou_worker_is_current_thread (TouWorker *self)
{
    return self->thread == g_thread_self ();
}

void
tou_worker_stop (TouWorker *self)
{
    g_return_if_fail (!tou_worker_is_current_thread (self));

    if (self->thread == NULL)
        return;
    push_job (self, NULL, NULL);
    /* The work that is left may still ask whether it is on this thread. */
    g_thread_join (self->thread);
    self->thread = NULL;
}
