/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-practice-keeper.h"

#include "tou-practice-process.h"
#include "tou-service-profile.h"

#define RESTART_US (10 * G_USEC_PER_SEC)

typedef enum { STATE_STOPPED, STATE_STARTING, STATE_RUNNING } State;

struct _TouPracticeKeeper {
    GObject parent_instance;

    TouPracticeControl *control;
    State state;
    gboolean is_in_use;  /* the window has the profile of the folder as it is */
    gint64 restarted_us; /* monotonic; 0: never by itself */
};

enum { SIGNAL_STARTED, SIGNAL_FAILED, SIGNAL_ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouPracticeKeeper, tou_practice_keeper, G_TYPE_OBJECT)

static void
fail (TouPracticeKeeper *self, const GError *error)
{
    self->state = STATE_STOPPED;
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    if (self->is_in_use)
        g_signal_emit (self, signals[SIGNAL_ENDED], 0, FALSE);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouPracticeKeeper) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = NULL;
    g_autofree char *path = tou_practice_control_start_finish (TOU_PRACTICE_CONTROL (source), result, &error);
    gboolean was_in_use = self->is_in_use;

    if (path != NULL)
        profile = tou_service_profile_load (path, &error);
    if (profile == NULL) {
        fail (self, error);
        return;
    }
    self->state = STATE_RUNNING;
    self->is_in_use = TRUE;
    g_signal_emit (self, signals[SIGNAL_STARTED], 0, was_in_use ? NULL : profile);
}

static void
start (TouPracticeKeeper *self, gboolean make_anew)
{
    self->state = STATE_STARTING;
    self->is_in_use = self->is_in_use && !make_anew;
    tou_practice_control_start_async (self->control, make_anew, NULL, on_started, g_object_ref (self));
}

static gboolean
may_restart (TouPracticeKeeper *self)
{
    return self->restarted_us == 0 || g_get_monotonic_time () - self->restarted_us > RESTART_US;
}

/* While it is being started, the start says what went wrong. */
static void
on_ended (TouPracticeKeeper *self)
{
    g_autoptr (GError) error = NULL;

    if (self->state != STATE_RUNNING)
        return;
    if (may_restart (self)) {
        self->restarted_us = g_get_monotonic_time ();
        g_signal_emit (self, signals[SIGNAL_ENDED], 0, TRUE);
        start (self, FALSE);
        return;
    }
    error = g_error_new_literal (TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED,
                                 "the practice service ended by itself");
    fail (self, error);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_PRACTICE_KEEPER (object)->control);
    G_OBJECT_CLASS (tou_practice_keeper_parent_class)->dispose (object);
}

static guint
make_signal (const char *name, GType type)
{
    return g_signal_new (name, TOU_TYPE_PRACTICE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                         1, type);
}

static void
tou_practice_keeper_class_init (TouPracticeKeeperClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[SIGNAL_STARTED] = make_signal ("started", G_TYPE_POINTER);
    signals[SIGNAL_FAILED] = make_signal ("failed", G_TYPE_ERROR);
    signals[SIGNAL_ENDED] = make_signal ("ended", G_TYPE_BOOLEAN);
}

static void
tou_practice_keeper_init (TouPracticeKeeper *self)
{
}

TouPracticeKeeper *
tou_practice_keeper_new (const char *program, const char *folder)
{
    TouPracticeKeeper *self = g_object_new (TOU_TYPE_PRACTICE_KEEPER, NULL);

    self->control = TOU_PRACTICE_CONTROL (tou_practice_process_new (program, folder));
    g_signal_connect_object (self->control, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
    return self;
}

TouPracticeControl *
tou_practice_keeper_get_control (TouPracticeKeeper *self)
{
    return self->control;
}

void
tou_practice_keeper_want (TouPracticeKeeper *self)
{
    if (self->state == STATE_STOPPED)
        start (self, FALSE);
}

void
tou_practice_keeper_renew (TouPracticeKeeper *self)
{
    start (self, TRUE);
}
