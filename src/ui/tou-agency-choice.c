/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-agency-choice.h"

struct _TouAgencyChoice {
    GObject parent_instance;
    GStrv names;
    GPtrArray *profiles;
    guint selected;
    char *note;
    TouCategory category;
    gboolean is_known;
    gboolean waits;
};

enum { SIGNAL_CHANGED, SIGNAL_CHOSEN, SIGNAL_PRACTICE_REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouAgencyChoice, tou_agency_choice, G_TYPE_OBJECT)

static void
finalize (GObject *object)
{
    TouAgencyChoice *self = TOU_AGENCY_CHOICE (object);

    g_free (self->note);
    g_strfreev (self->names);
    g_ptr_array_unref (self->profiles);
    G_OBJECT_CLASS (tou_agency_choice_parent_class)->finalize (object);
}

static void
tou_agency_choice_class_init (TouAgencyChoiceClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
    signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_POINTER);
    signals[SIGNAL_PRACTICE_REQUESTED] = g_signal_new ("practice-requested", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                                       NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_agency_choice_init (TouAgencyChoice *self)
{
    self->names = g_new0 (char *, 1);
    self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_service_profile_unref);
}

static void
choose_when_there (TouAgencyChoice *self)
{
    TouServiceProfile *profile = tou_agency_choice_get_profile (self);

    if (self->waits && profile != NULL)
        g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, profile);
}

TouAgencyChoice *
tou_agency_choice_new (void)
{
    return g_object_new (TOU_TYPE_AGENCY_CHOICE, NULL);
}

void
tou_agency_choice_set (TouAgencyChoice *self, const char *const *names, GPtrArray *profiles)
{
    GStrv copy = names != NULL ? g_strdupv ((char **) names) : g_new0 (char *, 1);

    g_strfreev (self->names);
    self->names = copy;
    g_ptr_array_set_size (self->profiles, 0);
    for (guint i = 0; profiles != NULL && i < profiles->len; i++)
        g_ptr_array_add (self->profiles, tou_service_profile_ref (g_ptr_array_index (profiles, i)));
    if (self->selected >= g_strv_length (self->names))
        self->selected = 0;
    self->is_known = TRUE;
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    choose_when_there (self);
}

gboolean
tou_agency_choice_is_known (TouAgencyChoice *self)
{
    return self->is_known;
}

void
tou_agency_choice_set_note (TouAgencyChoice *self, const char *note)
{
    if (g_strcmp0 (self->note, note) == 0)
        return;
    g_free (self->note);
    self->note = g_strdup (note);
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
tou_agency_choice_get_note (TouAgencyChoice *self)
{
    return self->note;
}

const char *const *
tou_agency_choice_get_names (TouAgencyChoice *self)
{
    return (const char *const *) self->names;
}

void
tou_agency_choice_select (TouAgencyChoice *self, guint index)
{
    self->selected = index;
}

guint
tou_agency_choice_get_selected (TouAgencyChoice *self)
{
    return self->selected;
}

TouServiceProfile *
tou_agency_choice_get_profile (TouAgencyChoice *self)
{
    return self->selected < self->profiles->len ? g_ptr_array_index (self->profiles, self->selected) : NULL;
}

void
tou_agency_choice_set_category (TouAgencyChoice *self, TouCategory category)
{
    self->category = category;
}

TouCategory
tou_agency_choice_get_category (TouAgencyChoice *self)
{
    return self->category;
}

void
tou_agency_choice_use (TouAgencyChoice *self)
{
    self->waits = TRUE;
    g_clear_pointer (&self->note, g_free);
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    choose_when_there (self);
}

gboolean
tou_agency_choice_is_waiting (TouAgencyChoice *self)
{
    return self->waits;
}

void
tou_agency_choice_settle (TouAgencyChoice *self)
{
    if (!self->waits)
        return;
    self->waits = FALSE;
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
tou_agency_choice_request_practice (TouAgencyChoice *self)
{
    g_signal_emit (self, signals[SIGNAL_PRACTICE_REQUESTED], 0);
}
