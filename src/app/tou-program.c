/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-program.h"

#include "tou-agency-list.h"
#include "tou-backend.h"
#include "tou-font-check.h"
#include "tou-install-folders.h"
#include "tou-installation.h"
#include "tou-joinery.h"
#include "tou-paths.h"
#include "tou-practice-keeper.h"
#include "tou-profile-opening.h"
#include "tou-result-notice.h"
#include "tou-session-hold.h"
#include "tou-settings.h"
#include "tou-store-closing.h"
#include "tou-window.h"

#include <glib/gi18n.h>

/* How many events support gets to see; a whole job is about a hundred. */
#define TIMELINE_LENGTH 1000
/* How long a closing window waits for the service to hear of the sign-out, in seconds. */
#define SIGN_OUT_SECONDS 3

struct _TouProgram {
    GApplication parent_instance;

    /* Borrowed: GTK owns its windows. The program is held while there is one. */
    TouWindow *window;

    char *practice_folder; /* NULL: at work */
    TouTimeline *timeline;
    TouAgencyList *agencies;     /* at work */
    TouProfileOpening *opening;  /* at work, as long as there is a window */
    TouPracticeKeeper *practice; /* in practice, once it was wanted */
    const TouBackend *backend;   /* (nullable): once it is loaded */
    TouJoinery *joinery;         /* a little later */
    TouSessionFlow *session;     /* of the agency in use */
    TouSessionHold *hold;        /* likewise */
    char *startup_id;            /* (nullable): of the window that is asked for */
    TouServiceProfile *waiting;  /* chosen before the backend was loaded */
    guint sign_out_timeout;
    gboolean wants_records;     /* as soon as the backend is loaded */
    gboolean wants_preferences; /* likewise */
    gboolean is_loading;        /* the backend and what the joinery is made of */
};

G_DEFINE_FINAL_TYPE (TouProgram, tou_program, G_TYPE_APPLICATION)

static gboolean
is_practice (TouProgram *self)
{
    return self->practice_folder != NULL;
}

static void
on_result_changed (TouReviewFlow *review, const TouApplication *application, TouProgram *self)
{
    (void) review;
    tou_result_notice_send (G_APPLICATION (self), application);
}

static void
use_profile (TouProgram *self, TouServiceProfile *profile)
{
    g_autoptr (TouFlows) flows = NULL;

    if (self->joinery == NULL) {
        g_clear_pointer (&self->waiting, tou_service_profile_unref);
        self->waiting = tou_service_profile_ref (profile);
        return;
    }
    flows = tou_joinery_join (self->joinery, profile);
    g_signal_connect_object (flows->review, "result-changed", G_CALLBACK (on_result_changed), self, 0);
    g_set_object (&self->session, flows->session);
    g_clear_object (&self->hold);
    self->hold = tou_session_hold_new (G_APPLICATION (self), flows);
    tou_window_set_flows (self->window, flows);
}

static GHashTable *
make_agency_names (TouProgram *self)
{
    GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    GPtrArray *profiles = self->agencies != NULL ? tou_agency_list_get_profiles (self->agencies) : NULL;

    g_hash_table_insert (names, g_strdup (TOU_PRACTICE_PROFILE_ID), g_strdup (_ ("Practice agency")));
    for (guint i = 0; profiles != NULL && i < profiles->len; i++)
        g_hash_table_insert (names, g_strdup (tou_service_profile_get_id (profiles->pdata[i])),
                             g_strdup (tou_service_profile_get_name (profiles->pdata[i])));
    return names;
}

static void
show_records (TouProgram *self)
{
    g_autoptr (GHashTable) names = NULL;
    g_autoptr (TouRecordFlow) records = NULL;

    self->wants_records = self->joinery == NULL;
    if (self->wants_records)
        return;
    names = make_agency_names (self);
    records = tou_record_flow_new (tou_joinery_get_store (self->joinery),
                                   tou_joinery_get_proofs (self->joinery), names);
    tou_window_show_records (self->window, records);
}

static void
show_preferences (TouProgram *self)
{
    self->wants_preferences = self->joinery == NULL;
    if (!self->wants_preferences)
        tou_window_show_preferences (self->window, tou_joinery_get_modules (self->joinery));
}

static void
on_card_profiles_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouProgram) self = user_data;
    g_autoptr (TouServiceProfile) waiting = NULL;
    g_autoptr (TouCardProfiles) profiles = tou_paths_load_card_profiles_finish (result);

    (void) source;
    self->is_loading = FALSE;
    if (self->window == NULL)
        return;
    self->joinery = tou_joinery_new (self->backend, profiles, self->practice_folder, self->timeline);
    waiting = g_steal_pointer (&self->waiting);
    if (waiting != NULL)
        use_profile (self, waiting);
    if (self->wants_records)
        show_records (self);
    if (self->wants_preferences)
        show_preferences (self);
}

static void
on_backend_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouProgram) self = user_data;
    g_autoptr (GError) error = NULL;

    (void) source;
    self->backend = tou_backend_load_finish (result, &error);
    if (self->backend != NULL) {
        tou_paths_load_card_profiles_async (on_card_profiles_loaded, g_object_ref (self));
        return;
    }
    self->is_loading = FALSE;
    if (self->window != NULL)
        tou_window_show_error (self->window, error);
}

static void
show_practice_agency (TouProgram *self, TouServiceProfile *profile)
{
    g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (
        (GDestroyNotify) tou_service_profile_unref);
    const char *const names[] = { _ ("Practice agency"), NULL };

    if (profile != NULL)
        g_ptr_array_add (profiles, tou_service_profile_ref (profile));
    tou_window_set_agencies (self->window, names, profiles);
}

static void
on_practice_started (TouPracticeKeeper *practice, TouServiceProfile *profile, TouProgram *self)
{
    if (self->window == NULL)
        return;
    tou_window_set_practice (self->window, tou_practice_keeper_get_control (practice));
    if (profile != NULL)
        show_practice_agency (self, profile);
}

static void
on_practice_failed (TouPracticeKeeper *practice, const GError *error, TouProgram *self)
{
    (void) practice;
    if (self->window != NULL)
        tou_window_show_error (self->window, error);
}

static void
on_practice_ended (TouPracticeKeeper *practice, gboolean starts_again, TouProgram *self)
{
    (void) practice;
    if (self->window != NULL)
        tou_window_say_practice_ended (self->window, starts_again);
}

static TouPracticeKeeper *
get_practice (TouProgram *self)
{
    g_autofree char *program = tou_paths_get_part (TOU_PART_PRACTICE_SERVICE);

    if (self->practice != NULL)
        return self->practice;
    self->practice = tou_practice_keeper_new (program, self->practice_folder);
    g_signal_connect_object (self->practice, "started", G_CALLBACK (on_practice_started), self, 0);
    g_signal_connect_object (self->practice, "failed", G_CALLBACK (on_practice_failed), self, 0);
    g_signal_connect_object (self->practice, "ended", G_CALLBACK (on_practice_ended), self, 0);
    return self->practice;
}

/* A package may be half installed, or gone while the program runs. */
static gboolean
has_parts (TouProgram *self, gboolean for_practice)
{
    g_autoptr (GError) error = NULL;

    if (tou_installation_check (for_practice, &error))
        return TRUE;
    tou_window_show_error (self->window, error);
    return FALSE;
}

/* All that is large or slow waits until the user goes on from the first page. FALSE: it cannot be had, and
 * that was said. */
static gboolean
load_backend (TouProgram *self)
{
    g_autofree char *path = tou_paths_get_part (TOU_PART_BACKEND);

    if (self->is_loading || self->joinery != NULL)
        return TRUE;
    if (!has_parts (self, is_practice (self)))
        return FALSE;
    self->is_loading = TRUE;
    tou_backend_load_async (path, on_backend_loaded, g_object_ref (self));
    return TRUE;
}

static void
on_agency_wanted (TouWindow *window, TouProgram *self)
{
    tou_font_check_warn (GTK_WIDGET (window)); /* names are Japanese in every language */
    if (load_backend (self) && is_practice (self))
        tou_practice_keeper_want (get_practice (self));
}

static void
on_profile_chosen (TouWindow *window, TouServiceProfile *profile, TouProgram *self)
{
    if (load_backend (self))
        use_profile (self, profile);
}

/* Neither an agency nor the practice service is needed for these. */
static void
on_records_wanted (TouWindow *window, TouProgram *self)
{
    if (load_backend (self))
        show_records (self);
}

static void
on_preferences_wanted (TouWindow *window, TouProgram *self)
{
    if (load_backend (self))
        show_preferences (self);
}

/* Practice is another application (tou_program_new()), so it is another process too. */
static gboolean
start_practice (GError **error)
{
    g_autofree char *program = tou_paths_get_part (TOU_PART_PROGRAM);
    const char *const argv[] = { program, "--practice", NULL };
    g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_NONE, error);

    return process != NULL;
}

/* From the desktop, which may have started this program for it: a window that is there stays. */
static void
on_practice_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
    TouProgram *self = user_data;
    g_autoptr (GError) error = NULL;

    if (start_practice (&error))
        return;
    g_warning ("practice cannot be started: %s", error->message);
    if (self->window != NULL)
        tou_window_show_error (self->window, error);
}

/* This window is closed as the user would: not in the middle of a submission, and signed out. */
static void
on_practice_requested (TouWindow *window, TouProgram *self)
{
    g_autoptr (GError) error = NULL;

    if (!has_parts (self, TRUE))
        return;
    if (!start_practice (&error))
        tou_window_show_error (window, error);
    else
        gtk_window_close (GTK_WINDOW (window));
}

static void
on_practice_renewal_requested (TouWindow *window, TouProgram *self)
{
    (void) window;
    tou_practice_keeper_renew (get_practice (self));
}

static void
close_now (TouProgram *self)
{
    g_clear_handle_id (&self->sign_out_timeout, g_source_remove);
    if (self->window != NULL)
        gtk_widget_destroy (GTK_WIDGET (self->window));
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouProgram) self = user_data;
    g_autoptr (GError) error = NULL;

    if (!tou_session_flow_sign_out_finish (TOU_SESSION_FLOW (source), result, &error))
        g_debug ("the service may not know that the session is over: %s", error->message);
    /* Otherwise the window that waited is gone, and there may be another, which may sign out too. */
    if (self->sign_out_timeout != 0 && TOU_SESSION_FLOW (source) == self->session)
        close_now (self);
}

static gboolean
on_sign_out_timed_out (gpointer user_data)
{
    TouProgram *self = user_data;

    self->sign_out_timeout = 0;
    close_now (self);
    return G_SOURCE_REMOVE;
}

/* A session that is left open locks a bidder out at some services, so a closing window signs out first. */
static gboolean
on_delete_event (GtkWidget *window, GdkEvent *event, TouProgram *self)
{
    (void) event;
    if (self->session == NULL || tou_session_flow_get_session (self->session) == NULL)
        return GDK_EVENT_PROPAGATE;
    gtk_widget_hide (window);
    if (self->sign_out_timeout == 0) {
        self->sign_out_timeout = g_timeout_add_seconds (SIGN_OUT_SECONDS, on_sign_out_timed_out, self);
        tou_session_flow_sign_out_async (self->session, on_signed_out, g_object_ref (self));
    }
    return GDK_EVENT_STOP;
}

/* Of one window: without it nobody answers. */
static void
forget_opening (TouProgram *self)
{
    if (self->opening != NULL)
        g_signal_handlers_disconnect_by_data (self->opening, self);
    g_clear_object (&self->opening);
}

static void
on_window_destroyed (GtkWidget *window, TouProgram *self)
{
    self->window = NULL;
    forget_opening (self);
    self->wants_records = FALSE;
    self->wants_preferences = FALSE;
    g_clear_pointer (&self->waiting, tou_service_profile_unref);
    if (self->joinery != NULL)
        tou_store_closing_hold (G_APPLICATION (self), tou_joinery_get_store (self->joinery));
    g_clear_object (&self->hold);
    g_clear_object (&self->session);
    g_clear_object (&self->joinery);
    g_clear_object (&self->practice);
    g_application_release (G_APPLICATION (self));
}

static void
show_opened_agencies (TouProgram *self)
{
    g_auto (GStrv) names = tou_agency_list_dup_names (self->agencies);

    tou_window_set_agencies (self->window, (const char *const *) names,
                             tou_agency_list_get_profiles (self->agencies));
}

static void
on_agencies_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouProgram) self = user_data;
    g_autoptr (GError) error = NULL;
    gboolean is_complete = tou_agency_list_load_finish (TOU_AGENCY_LIST (source), result, &error);

    if (self->window == NULL)
        return;
    show_opened_agencies (self);
    if (!is_complete)
        tou_window_show_error (self->window, error);
}

static char *
dup_outcome (const TouServiceProfile *profile, TouProfileKnown how)
{
    const char *name = tou_service_profile_get_name (profile);

    switch (how) {
    case TOU_PROFILE_KNOWN_SAME:
        return g_strdup_printf (_ ("“%s” is in the list already. Nothing was changed."), name);
    case TOU_PROFILE_KNOWN_ID:
        return g_strdup_printf (
            _ ("The service profile of “%s” was replaced. Its service is at the address above."), name);
    case TOU_PROFILE_KNOWN_NOT:
    case TOU_PROFILE_KNOWN_NAME:
    default:
        return g_strdup_printf (_ ("“%s” was added. Its service is at the address above."), name);
    }
}

/* The address first, and alone on its line: it is what tells a forged profile from the agency's. */
static void
on_profile_taken (TouProfileOpening *opening, const TouServiceProfile *profile, int how, TouProgram *self)
{
    g_autofree char *outcome = dup_outcome (profile, (TouProfileKnown) how);
    g_autofree char *note = g_strdup_printf ("%s\n%s", tou_service_profile_get_base_url (profile), outcome);

    show_opened_agencies (self);
    tou_window_show_agency (
        self->window, tou_agency_list_find (self->agencies, tou_service_profile_get_id (profile)), note);
}

static void
on_profile_refused (TouProfileOpening *opening, const GError *error, TouProgram *self)
{
    tou_window_show_error (self->window, error);
}

static void
on_profile_asked (TouProfileOpening *opening, const TouServiceProfile *known, const TouServiceProfile *opened,
                  TouProgram *self)
{
    tou_window_ask_profile (self->window, known, opened);
}

static void
on_profile_answered (TouWindow *window, gboolean is_taken, TouProgram *self)
{
    tou_profile_opening_answer (self->opening, is_taken);
}

static void
load_agencies (TouProgram *self)
{
    g_autofree char *data = tou_paths_get_data_folder ();
    g_autofree char *folder = g_build_filename (data, "agencies", NULL);
    g_auto (GStrv) shared = tou_paths_dup_shared_agencies ();

    forget_opening (self);
    g_clear_object (&self->agencies);
    self->agencies = tou_agency_list_new (folder);
    tou_agency_list_share (self->agencies, (const char *const *) shared, tou_settings_dup_locked_agencies);
    self->opening = tou_profile_opening_new (self->agencies);
    g_signal_connect (self->opening, "asks", G_CALLBACK (on_profile_asked), self);
    g_signal_connect (self->opening, "done", G_CALLBACK (on_profile_taken), self);
    g_signal_connect (self->opening, "failed", G_CALLBACK (on_profile_refused), self);
    tou_agency_list_load_async (self->agencies, on_agencies_loaded, g_object_ref (self));
}

static void
open_profile (TouProgram *self, GFile *file)
{
    if (is_practice (self))
        tou_window_show_agency (
            self->window, -1,
            _ ("No service profile is opened in practice. Open it in Touroku without practice."));
    else
        tou_profile_opening_add (self->opening, file);
}

static void
on_profile_opened (TouWindow *window, GFile *file, TouProgram *self)
{
    (void) window;
    open_profile (self, file);
}

/* In English the first page needs no Japanese font, and loads none. */
static gboolean
on_window_drawn (GtkWidget *window)
{
    g_signal_handlers_disconnect_by_func (window, on_window_drawn, NULL);
    if (!g_str_is_ascii (_ ("Touroku")))
        tou_font_check_warn (window);
    return GDK_EVENT_PROPAGATE;
}

static void
make_window (TouProgram *self)
{
    self->window = tou_window_new (G_APPLICATION (self), self->timeline);
    g_application_hold (G_APPLICATION (self));
    g_signal_connect_after (self->window, "draw", G_CALLBACK (on_window_drawn), NULL);
    g_signal_connect (self->window, "agency-wanted", G_CALLBACK (on_agency_wanted), self);
    g_signal_connect (self->window, "profile-chosen", G_CALLBACK (on_profile_chosen), self);
    g_signal_connect (self->window, "profile-opened", G_CALLBACK (on_profile_opened), self);
    g_signal_connect (self->window, "profile-answered", G_CALLBACK (on_profile_answered), self);
    g_signal_connect (self->window, "records-wanted", G_CALLBACK (on_records_wanted), self);
    g_signal_connect (self->window, "preferences-wanted", G_CALLBACK (on_preferences_wanted), self);
    g_signal_connect (self->window, "practice-requested", G_CALLBACK (on_practice_requested), self);
    g_signal_connect (self->window, "practice-renewal-requested", G_CALLBACK (on_practice_renewal_requested),
                      self);
    g_signal_connect (self->window, "delete-event", G_CALLBACK (on_delete_event), self);
    g_signal_connect (self->window, "destroy", G_CALLBACK (on_window_destroyed), self);
}

static void
activate (GApplication *application)
{
    TouProgram *self = TOU_PROGRAM (application);
    gboolean is_new;

    /* A window that is hidden and signs out is not the one that is asked for. */
    if (self->sign_out_timeout != 0)
        close_now (self);
    is_new = self->window == NULL;
    if (is_new) {
        make_window (self);
        if (is_practice (self)) {
            tou_window_set_practice (self->window, NULL);
            show_practice_agency (self, NULL);
        } else {
            load_agencies (self);
        }
    }
    if (self->startup_id != NULL)
        gtk_window_set_startup_id (GTK_WINDOW (self->window), self->startup_id);
    g_clear_pointer (&self->startup_id, g_free);
    gtk_window_present (GTK_WINDOW (self->window));
    /* At work there is much to do without what practice needs, so it is looked for when it is wanted. */
    if (is_new && is_practice (self))
        (void) has_parts (self, TRUE);
}

/* What the desktop gave with its call over the bus: it waits for a window with this id, and lets that one
 * have the focus. Started with its command line GDK has it from the environment. */
static void
before_emit (GApplication *application, GVariant *platform_data)
{
    TouProgram *self = TOU_PROGRAM (application);

    g_clear_pointer (&self->startup_id, g_free);
    if (!g_variant_lookup (platform_data, "activation-token", "s", &self->startup_id))
        (void) g_variant_lookup (platform_data, "desktop-startup-id", "s", &self->startup_id);
}

static void
tou_program_open (GApplication *application, GFile **files, gint n_files, const gchar *hint)
{
    TouProgram *self = TOU_PROGRAM (application);

    (void) hint;
    activate (application);
    for (int i = 0; i < n_files; i++)
        open_profile (self, files[i]);
}

static void
startup (GApplication *application)
{
    static const GActionEntry actions[] = { { .name = "practice", .activate = on_practice_activated } };
    TouProgram *self = TOU_PROGRAM (application);

    G_APPLICATION_CLASS (tou_program_parent_class)->startup (application);
    if (!is_practice (self))
        g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);

    tou_timeline_add (self->timeline, TOU_EVENT_PROGRAM_STARTED, TOUROKU_VERSION, is_practice (self), 0);
    if (is_practice (self))
        g_message ("This is practice: nothing of it reaches an agency. Folder: %s", self->practice_folder);
}

static void
dispose (GObject *object)
{
    TouProgram *self = TOU_PROGRAM (object);

    g_clear_handle_id (&self->sign_out_timeout, g_source_remove);
    g_clear_pointer (&self->waiting, tou_service_profile_unref);
    g_clear_pointer (&self->startup_id, g_free);
    g_clear_object (&self->hold);
    g_clear_object (&self->session);
    g_clear_object (&self->joinery);
    g_clear_object (&self->practice);
    forget_opening (self);
    g_clear_object (&self->agencies);
    g_clear_object (&self->timeline);
    g_clear_pointer (&self->practice_folder, g_free);
    G_OBJECT_CLASS (tou_program_parent_class)->dispose (object);
}

static void
tou_program_class_init (TouProgramClass *klass)
{
    GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    application_class->startup = startup;
    application_class->activate = activate;
    application_class->before_emit = before_emit;
    application_class->open = tou_program_open;
}

static void
tou_program_init (TouProgram *self)
{
    self->timeline = tou_timeline_new (TIMELINE_LENGTH);
}

const char *
tou_program_get_id (gboolean is_practice)
{
    return is_practice ? "io.github.touroku.Touroku.Practice" : "io.github.touroku.Touroku";
}

TouProgram *
tou_program_new (const char *practice_folder, gboolean is_service)
{
    GApplicationFlags flags = G_APPLICATION_HANDLES_OPEN | (is_service ? G_APPLICATION_IS_SERVICE : 0);
    TouProgram *self = g_object_new (TOU_TYPE_PROGRAM, "application-id",
                                     tou_program_get_id (practice_folder != NULL), "flags", flags, NULL);

    self->practice_folder = g_strdup (practice_folder);
    return self;
}
