/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-profile-opening.h"

struct _TouProfileOpening {
    GObject parent_instance;

    TouAgencyList *agencies;
    GQueue *waiting; /* (element-type GFile) */
    gboolean is_busy;
    TouServiceProfile *opened; /* (nullable): of the file under way */
    TouServiceProfile *known;  /* (nullable): what is shown beside it */
    TouProfileKnown how;
};

enum { SIGNAL_ASKS, SIGNAL_DONE, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouProfileOpening, tou_profile_opening, G_TYPE_OBJECT)

static void open_next (TouProfileOpening *self);

static void
end (TouProfileOpening *self)
{
    g_clear_pointer (&self->opened, tou_service_profile_unref);
    g_clear_pointer (&self->known, tou_service_profile_unref);
    self->is_busy = FALSE;
    open_next (self);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouProfileOpening) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouServiceProfile) profile = tou_agency_list_keep_finish (TOU_AGENCY_LIST (source), result,
                                                                         &error);

    if (profile != NULL)
        g_signal_emit (self, signals[SIGNAL_DONE], 0, profile, self->how);
    else
        g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    end (self);
}

static void
keep (TouProfileOpening *self)
{
    tou_agency_list_keep_async (self->agencies, self->opened,
                                self->how == TOU_PROFILE_KNOWN_ID ? self->known : NULL, on_kept,
                                g_object_ref (self));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouProfileOpening) self = user_data;
    g_autoptr (GError) error = NULL;

    self->opened = tou_agency_list_open_finish (TOU_AGENCY_LIST (source), result, &self->how, &self->known,
                                                &error);
    if (self->opened == NULL) {
        g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
        end (self);
    } else if (self->how == TOU_PROFILE_KNOWN_SAME) {
        g_signal_emit (self, signals[SIGNAL_DONE], 0, self->opened, self->how);
        end (self);
    } else if (self->how == TOU_PROFILE_KNOWN_NOT) {
        keep (self);
    } else {
        g_signal_emit (self, signals[SIGNAL_ASKS], 0, self->known, self->opened);
    }
}

static void
open_next (TouProfileOpening *self)
{
    g_autoptr (GFile) file = self->is_busy ? NULL : g_queue_pop_head (self->waiting);

    if (file == NULL)
        return;
    self->is_busy = TRUE;
    tou_agency_list_open_async (self->agencies, file, on_opened, g_object_ref (self));
}

static void
finalize (GObject *object)
{
    TouProfileOpening *self = TOU_PROFILE_OPENING (object);

    g_queue_free_full (self->waiting, g_object_unref);
    g_clear_pointer (&self->opened, tou_service_profile_unref);
    g_clear_pointer (&self->known, tou_service_profile_unref);
    g_object_unref (self->agencies);
    G_OBJECT_CLASS (tou_profile_opening_parent_class)->finalize (object);
}

static void
tou_profile_opening_class_init (TouProfileOpeningClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_ASKS] = g_signal_new ("asks", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         G_TYPE_POINTER, G_TYPE_POINTER);
    signals[SIGNAL_DONE] = g_signal_new ("done", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         G_TYPE_POINTER, G_TYPE_INT);
    signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
tou_profile_opening_init (TouProfileOpening *self)
{
    self->waiting = g_queue_new ();
}

TouProfileOpening *
tou_profile_opening_new (TouAgencyList *agencies)
{
    TouProfileOpening *self = g_object_new (TOU_TYPE_PROFILE_OPENING, NULL);

    self->agencies = g_object_ref (agencies);
    return self;
}

void
tou_profile_opening_add (TouProfileOpening *self, GFile *file)
{
    g_queue_push_tail (self->waiting, g_object_ref (file));
    open_next (self);
}

void
tou_profile_opening_answer (TouProfileOpening *self, gboolean is_taken)
{
    g_return_if_fail (self->opened != NULL && self->known != NULL);
    if (is_taken)
        keep (self);
    else
        end (self);
}
