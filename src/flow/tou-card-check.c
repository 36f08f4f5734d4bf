/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-flow"

#include "tou-card-check.h"

struct _TouCardCheck {
    GObject parent_instance;

    TouCertificateChecker *checker; /* nullable */
    TouClock *clock;
    GCancellable *running; /* of the check that counts, NULL when none is under way */
    TouCertificateStatus *status;
    GError *refusal;
    GPtrArray *waits; /* (element-type GTask) */
};

enum {
    SIGNAL_ENDED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouCardCheck, tou_card_check, G_TYPE_OBJECT)

/* A wait that is over by its time or its cancellable; both are sources that end with it. */
typedef struct {
    GSource *timeout;
    GSource *cancelled;
} Wait;

static void
drop_source (GSource *source)
{
    g_source_destroy (source);
    g_source_unref (source);
}

static void
free_wait (Wait *wait)
{
    g_clear_pointer (&wait->timeout, drop_source);
    g_clear_pointer (&wait->cancelled, drop_source);
    g_free (wait);
}

static void
end_wait (TouCardCheck *self, GTask *task)
{
    g_task_set_task_data (task, NULL, NULL);
    if (!g_task_return_error_if_cancelled (task)) {
        if (self->refusal != NULL)
            g_task_return_error (task, g_error_copy (self->refusal));
        else
            g_task_return_boolean (task, TRUE);
    }
    g_object_unref (task);
}

static void
end_all_waits (TouCardCheck *self)
{
    g_autoptr (GPtrArray) waits = g_steal_pointer (&self->waits);

    self->waits = g_ptr_array_new ();
    for (guint i = 0; i < waits->len; i++)
        end_wait (self, g_ptr_array_index (waits, i));
}

static void
cancel_all_waits (TouCardCheck *self)
{
    g_autoptr (GPtrArray) waits = g_steal_pointer (&self->waits);

    self->waits = g_ptr_array_new ();
    for (guint i = 0; i < waits->len; i++) {
        GTask *task = g_ptr_array_index (waits, i);

        g_task_set_task_data (task, NULL, NULL);
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The check was given up");
        g_object_unref (task);
    }
}

static gboolean
on_wait_over (gpointer user_data)
{
    GTask *task = user_data;
    TouCardCheck *self = g_task_get_source_object (task);

    if (g_ptr_array_remove (self->waits, task))
        end_wait (self, task);
    return G_SOURCE_REMOVE;
}

static gboolean
on_wait_cancelled (GCancellable *cancellable, gpointer user_data)
{
    return on_wait_over (user_data);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (GTask) round = user_data;
    g_autoptr (TouCardCheck) self = g_object_ref (g_task_get_source_object (round));
    g_autoptr (GError) error = NULL;
    g_autoptr (TouCertificateStatus) status = tou_certificate_checker_check_finish (
        TOU_CERTIFICATE_CHECKER (source), result, &error);

    g_task_return_boolean (round, TRUE);
    if (self->running == NULL || self->running != g_task_get_cancellable (round))
        return;
    g_clear_object (&self->running);
    self->status = g_steal_pointer (&status);
    self->refusal = g_steal_pointer (&error);
    end_all_waits (self);
    g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
dispose (GObject *object)
{
    tou_card_check_stop (TOU_CARD_CHECK (object));
    G_OBJECT_CLASS (tou_card_check_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouCardCheck *self = TOU_CARD_CHECK (object);

    g_clear_object (&self->checker);
    g_clear_object (&self->clock);
    g_ptr_array_unref (self->waits);
    G_OBJECT_CLASS (tou_card_check_parent_class)->finalize (object);
}

static void
tou_card_check_class_init (TouCardCheckClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_ENDED] = g_signal_new ("ended", TOU_TYPE_CARD_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
tou_card_check_init (TouCardCheck *self)
{
    self->waits = g_ptr_array_new ();
}

TouCardCheck *
tou_card_check_new (TouCertificateChecker *checker, TouClock *clock)
{
    TouCardCheck *self = g_object_new (TOU_TYPE_CARD_CHECK, NULL);

    self->checker = checker != NULL ? g_object_ref (checker) : NULL;
    self->clock = g_object_ref (clock);
    return self;
}

void
tou_card_check_stop (TouCardCheck *self)
{
    g_autoptr (GCancellable) running = g_steal_pointer (&self->running);

    g_clear_pointer (&self->status, tou_certificate_status_free);
    g_clear_error (&self->refusal);
    cancel_all_waits (self);
    g_cancellable_cancel (running);
}

void
tou_card_check_start (TouCardCheck *self, TouCardCertificate *certificate)
{
    tou_card_check_stop (self);
    if (self->checker == NULL)
        return;
    self->running = g_cancellable_new ();
    tou_certificate_checker_check_async (self->checker, certificate, self->clock, self->running, on_checked,
                                         g_task_new (self, self->running, NULL, NULL));
}

gboolean
tou_card_check_is_running (TouCardCheck *self)
{
    return self->running != NULL;
}

const TouCertificateStatus *
tou_card_check_get_status (TouCardCheck *self)
{
    return self->status;
}

const GError *
tou_card_check_get_refusal (TouCardCheck *self)
{
    return self->refusal;
}

static GSource *
attach (GSource *source, GSourceFunc callback, GTask *task)
{
    g_source_set_callback (source, callback, task, NULL);
    g_source_attach (source, g_main_context_get_thread_default ());
    return source;
}

void
tou_card_check_wait_async (TouCardCheck *self, guint at_most_ms, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
    GTask *task = g_task_new (self, cancellable, callback, user_data);
    Wait *wait = g_new0 (Wait, 1);

    g_task_set_source_tag (task, tou_card_check_wait_async);
    g_task_set_task_data (task, wait, (GDestroyNotify) free_wait);
    if (!tou_card_check_is_running (self)) {
        end_wait (self, task);
        return;
    }
    g_ptr_array_add (self->waits, task);
    if (at_most_ms > 0)
        wait->timeout = attach (g_timeout_source_new (at_most_ms), on_wait_over, task);
    if (cancellable != NULL)
        wait->cancelled = attach (g_cancellable_source_new (cancellable), G_SOURCE_FUNC (on_wait_cancelled),
                                  task);
}

gboolean
tou_card_check_wait_finish (TouCardCheck *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

    return g_task_propagate_boolean (G_TASK (result), error);
}
