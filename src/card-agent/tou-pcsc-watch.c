/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-card-agent"

#include "tou-pcsc-watch.h"

#include "tou-pcsc.h"

#include <string.h>

#define NEW_READERS "\\\\?PnP?\\Notification"
#define SERVICE_INTERVAL_MS 500
/* How soon after a change the list of readers is looked at once more. */
#define SETTLING_MS 100
#define LONG_WAIT_MS 10000
#define CANCEL_INTERVAL_MS 20
#define MAX_READERS 64

/* Shared with the thread, and outlives whoever goes first. */
typedef struct {
    GMutex lock; /* guards all below */
    GCond cond;
    SCARDCONTEXT context;
    gboolean has_context;
    gboolean is_stopping;
    gboolean has_ended;
    GMainContext *main_context;
    TouPcscWatch *watch; /* NULL once it is gone; used on the main thread alone */
} Shared;

struct _TouPcscWatch {
    GObject parent_instance;

    Shared *shared;
    GThread *thread;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouPcscWatch, tou_pcsc_watch, G_TYPE_OBJECT)

static void
clear_shared (gpointer data)
{
    Shared *shared = data;

    g_main_context_unref (shared->main_context);
    g_mutex_clear (&shared->lock);
    g_cond_clear (&shared->cond);
}

static void
release_shared (gpointer shared)
{
    g_atomic_rc_box_release_full (shared, clear_shared);
}

static gboolean
tell (gpointer data)
{
    const Shared *shared = data;

    if (shared->watch != NULL)
        g_signal_emit (shared->watch, signals[CHANGED], 0);
    return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): where the main loop does not run yet, that would call from this thread. */
static void
tell_main_thread (Shared *shared)
{
    g_autoptr (GSource) source = g_idle_source_new ();

    g_source_set_priority (source, G_PRIORITY_DEFAULT);
    g_source_set_callback (source, tell, g_atomic_rc_box_acquire (shared), release_shared);
    g_source_attach (source, shared->main_context);
}

static gboolean
is_stopping (Shared *shared)
{
    gboolean stopping;

    g_mutex_lock (&shared->lock);
    stopping = shared->is_stopping;
    g_mutex_unlock (&shared->lock);
    return stopping;
}

/* The states that are known of readers which are still there; a new one is unknown. */
static guint
take_names (GStrv names, const SCARD_READERSTATE *known, guint n_known, SCARD_READERSTATE *states)
{
    guint n = MIN (g_strv_length (names), MAX_READERS);

    for (guint i = 0; i < n; i++) {
        states[i] = (SCARD_READERSTATE){ .szReader = names[i] };
        for (guint k = 0; k < n_known; k++)
            if (g_str_equal (known[k].szReader, names[i]))
                states[i].dwCurrentState = known[k].dwEventState;
    }
    states[n] = (SCARD_READERSTATE){ .szReader = NEW_READERS, .dwCurrentState = (DWORD) n << 16 };
    return n + 1;
}

/* A reader that comes between the list of them and the wait for news is no news to pcsc-lite, which counts
 * them when the wait begins; and the slots of a reader come one after another. So the list of readers has to
 * be the same twice before a long wait; and none is without end, for there is still that moment before it. */
static DWORD
find_patience (GStrv names, GStrv old_names)
{
    return old_names != NULL && g_strv_equal ((const char *const *) names, (const char *const *) old_names)
               ? LONG_WAIT_MS
               : SETTLING_MS;
}

/* Until the service goes, or the watch is to end. */
static void
follow_service (Shared *shared)
{
    SCARD_READERSTATE states[MAX_READERS + 1];
    g_auto (GStrv) names = NULL;
    guint n = 0;
    LONG rv;

    do {
        SCARD_READERSTATE known[MAX_READERS + 1];
        g_auto (GStrv) old_names = g_steal_pointer (&names);
        guint n_known = n;
        DWORD patience_ms;

        memcpy (known, states, n_known * sizeof known[0]);
        names = tou_pcsc_dup_names (shared->context);
        if (names == NULL)
            return;
        n = take_names (names, known, n_known, states);
        patience_ms = find_patience (names, old_names);
        rv = SCardGetStatusChange (shared->context, patience_ms, states, n);
        if (rv == SCARD_S_SUCCESS || (rv == SCARD_E_TIMEOUT && patience_ms == SETTLING_MS))
            tell_main_thread (shared);
    } while ((rv == SCARD_S_SUCCESS || rv == SCARD_E_TIMEOUT || rv == SCARD_E_UNKNOWN_READER)
             && !is_stopping (shared));
    g_debug ("PC/SC events ended: 0x%lx", (unsigned long) rv);
}

/* Returns FALSE when there is no service. */
static gboolean
open_context (Shared *shared)
{
    gboolean is_open;

    g_mutex_lock (&shared->lock);
    is_open = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &shared->context) == SCARD_S_SUCCESS;
    shared->has_context = is_open;
    g_mutex_unlock (&shared->lock);
    return is_open;
}

static void
close_context (Shared *shared)
{
    g_mutex_lock (&shared->lock);
    shared->has_context = FALSE;
    SCardReleaseContext (shared->context);
    g_mutex_unlock (&shared->lock);
}

static void
wait_for_service (Shared *shared)
{
    gint64 end = g_get_monotonic_time () + SERVICE_INTERVAL_MS * G_TIME_SPAN_MILLISECOND;

    g_mutex_lock (&shared->lock);
    while (!shared->is_stopping && g_cond_wait_until (&shared->cond, &shared->lock, end))
        ;
    g_mutex_unlock (&shared->lock);
}

static gpointer
run (gpointer data)
{
    Shared *shared = data;

    while (!is_stopping (shared)) {
        if (open_context (shared)) {
            follow_service (shared);
            close_context (shared);
            tell_main_thread (shared);
        }
        /* Also after one that answered and then failed: it would be asked without a pause. */
        wait_for_service (shared);
    }
    g_mutex_lock (&shared->lock);
    shared->has_ended = TRUE;
    g_cond_broadcast (&shared->cond);
    g_mutex_unlock (&shared->lock);
    release_shared (shared);
    return NULL;
}

/* A cancel that comes between two waits is lost, hence more than one. */
static void
stop_thread (Shared *shared)
{
    g_mutex_lock (&shared->lock);
    shared->is_stopping = TRUE;
    g_cond_broadcast (&shared->cond);
    while (!shared->has_ended) {
        gint64 end = g_get_monotonic_time () + CANCEL_INTERVAL_MS * G_TIME_SPAN_MILLISECOND;

        if (shared->has_context)
            SCardCancel (shared->context);
        (void) g_cond_wait_until (&shared->cond, &shared->lock, end);
    }
    g_mutex_unlock (&shared->lock);
}

static void
dispose (GObject *object)
{
    TouPcscWatch *self = TOU_PCSC_WATCH (object);

    if (self->thread != NULL) {
        stop_thread (self->shared);
        g_thread_join (g_steal_pointer (&self->thread));
        self->shared->watch = NULL;
        g_clear_pointer (&self->shared, release_shared);
    }
    G_OBJECT_CLASS (tou_pcsc_watch_parent_class)->dispose (object);
}

static void
tou_pcsc_watch_class_init (TouPcscWatchClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
}

static void
tou_pcsc_watch_init (TouPcscWatch *self)
{
    self->shared = g_atomic_rc_box_new0 (Shared);
    g_mutex_init (&self->shared->lock);
    g_cond_init (&self->shared->cond);
    self->shared->main_context = g_main_context_ref_thread_default ();
    self->shared->watch = self;
}

TouPcscWatch *
tou_pcsc_watch_new (void)
{
    TouPcscWatch *self = g_object_new (TOU_TYPE_PCSC_WATCH, NULL);

    self->thread = g_thread_new ("pcsc-events", run, g_atomic_rc_box_acquire (self->shared));
    return self;
}
