/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-desk.h"

#include "tou-clock.h"
#include "tou-practice-cards.h"
#include "tou-practice-dbus.h"
#include "tou-practice-error-names.h"
#include "tou-practice-failure.h"
#include "tou-practice-folder.h"
#include "tou-practice-list.h"
#include "tou-practice-profile.h"
#include "tou-practice-server.h"
#include "tou-wire.h"

#include <string.h>

#define OBJECT_PATH "/io/github/touroku/Practice1"

struct _TouPracticeDesk {
    GObject parent_instance;

    char *path;
    guint16 port;
    guint16 list_port;
    gboolean keeps_address;
    GStrv faults;
    guint n_list_entries;
    guint review_after;
    char *denial;
    TouPracticeFolder *folder; /* NULL: not serving, and so for the next three */
    TouPracticeServer *server;
    char *profile;
    GFileMonitor *monitor;
    GSource *review_source;   /* ready when the service says that the submissions have changed */
    TouDBusPractice1 *remote; /* NULL: started by hand */
};

G_DEFINE_FINAL_TYPE (TouPracticeDesk, tou_practice_desk, G_TYPE_OBJECT)

static void
stop (TouPracticeDesk *self)
{
    g_clear_object (&self->monitor);
    g_clear_pointer (&self->profile, g_free);
    g_clear_pointer (&self->server, tou_practice_server_stop);
    g_clear_pointer (&self->folder, tou_practice_folder_close);
}

static void
on_cards_file_changed (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event,
                       TouPracticeDesk *self)
{
    if (self->remote != NULL
        && (event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT || event == G_FILE_MONITOR_EVENT_RENAMED
            || event == G_FILE_MONITOR_EVENT_MOVED_IN || event == G_FILE_MONITOR_EVENT_CREATED))
        tou_dbus_practice1_emit_changed (self->remote);
}

/* The practice card module changes the file, too. Practice goes on where it cannot be watched. */
static void
watch_cards (TouPracticeDesk *self)
{
    g_autofree char *path = tou_practice_cards_dup_path (self->path);
    g_autoptr (GFile) file = g_file_new_for_path (path);

    self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
    if (self->monitor != NULL)
        g_signal_connect (self->monitor, "changed", G_CALLBACK (on_cards_file_changed), self);
}

static gboolean
add_faults (TouPracticeDesk *self, GError **error)
{
    for (guint i = 0; self->faults != NULL && self->faults[i] != NULL; i++) {
        g_autoptr (GError) problem = NULL;

        if (tou_practice_server_add_fault (self->server, self->faults[i], &problem))
            continue;
        g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED, problem->message);
        return FALSE;
    }
    return TRUE;
}

static gboolean
write_profile (TouPracticeDesk *self, GError **error)
{
    g_autoptr (GError) problem = NULL;

    self->profile = tou_practice_profile_write (self->path, tou_practice_server_get_port (self->server),
                                                tou_practice_server_get_list_port (self->server), &problem);
    return self->profile != NULL || tou_practice_failure_translate (g_steal_pointer (&problem), error);
}

/* As a profile must have it: whoever listens elsewhere gets no signature that is worth anything here. */
static void
name_service (TouPracticeDesk *self, TouPracticeService *service)
{
    g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/",
                                            tou_practice_server_get_port (self->server));

    tou_practice_service_set_audience (service, url);
}

static gboolean
on_reviews_changed (gpointer data)
{
    TouPracticeDesk *self = data;

    if (self->remote != NULL)
        tou_dbus_practice1_emit_reviews_changed (self->remote);
    return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_once (GSource *source, GSourceFunc callback, gpointer data)
{
    g_source_set_ready_time (source, -1);
    return callback (data);
}

static GSourceFuncs review_source_functions = { .dispatch = dispatch_once };

/* In whatever thread the service was asked; the source wakes up the main thread. */
static void
wake_up (gpointer source)
{
    g_source_set_ready_time (source, 0);
}

static gboolean
serve (TouPracticeDesk *self, gboolean make_anew, GError **error)
{
    g_autoptr (TouClock) clock = tou_clock_new ();
    g_autoptr (GBytes) list = NULL;
    TouPracticeService *service;

    if (self->keeps_address)
        tou_practice_profile_read_ports (self->path, &self->port, &self->list_port);
    self->folder = tou_practice_folder_prepare (self->path, make_anew, tou_clock_now_us (clock), error);
    if (self->folder == NULL)
        return FALSE;
    list = tou_practice_list_load (self->path, self->n_list_entries, tou_clock_now_us (clock), error);
    if (list == NULL)
        return FALSE;
    service = tou_practice_service_new (self->path, clock, error);
    if (service == NULL)
        return FALSE;
    tou_practice_service_set_review_after (service, self->review_after, self->denial);
    tou_practice_service_set_reviews_changed (service, wake_up, self->review_source);
    self->server = tou_practice_server_start (service, list, self->path, self->port, self->list_port, error);
    if (self->server != NULL)
        name_service (self, service);
    return self->server != NULL && add_faults (self, error) && write_profile (self, error);
}

gboolean
tou_practice_desk_start (TouPracticeDesk *self, gboolean make_anew, GError **error)
{
    if (self->server != NULL && !make_anew)
        return TRUE;
    stop (self);
    if (!serve (self, make_anew, error)) {
        stop (self);
        return FALSE;
    }
    watch_cards (self);
    return TRUE;
}

static gboolean
on_start_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation, gboolean make_anew,
                TouPracticeDesk *self)
{
    GError *error = NULL;

    if (tou_practice_desk_start (self, make_anew, &error))
        tou_dbus_practice1_complete_start (remote, invocation, self->profile);
    else
        g_dbus_method_invocation_take_error (invocation, error);
    return TRUE;
}

static GVariant *
describe_cards (const TouPracticeCards *cards)
{
    GVariantBuilder builder;

    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssssssx)"));
    for (guint i = 0; i < cards->cards->len; i++) {
        const TouPracticeCardState *card = g_ptr_array_index (cards->cards, i);
        const TouPracticeReaderState *reader = tou_practice_cards_find_reader_of (cards, card->id);

        g_variant_builder_add (&builder, "(ssssssx)", card->id, card->title_en, card->title_ja,
                               reader != NULL ? reader->name : "", card->holder, card->company,
                               card->not_after_us);
    }
    return g_variant_builder_end (&builder);
}

/* @problem: (transfer full): of the cards file or the database */
static void
refuse (GDBusMethodInvocation *invocation, GError *problem)
{
    g_dbus_method_invocation_return_error_literal (invocation, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FAILED,
                                                   problem->message);
    g_error_free (problem);
}

static gboolean
on_list_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation, TouPracticeDesk *self)
{
    GError *error = NULL;
    g_autoptr (TouPracticeCards) cards = tou_practice_cards_load (self->path, &error);
    g_autoptr (GPtrArray) readers = g_ptr_array_new ();

    if (cards == NULL) {
        refuse (invocation, error);
        return TRUE;
    }
    for (guint i = 0; i < cards->readers->len; i++)
        g_ptr_array_add (readers, ((TouPracticeReaderState *) g_ptr_array_index (cards->readers, i))->name);
    g_ptr_array_add (readers, NULL);
    tou_dbus_practice1_complete_list_cards (remote, invocation, (const char *const *) readers->pdata,
                                            describe_cards (cards));
    return TRUE;
}

static gboolean
on_insert_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation, const char *card_id,
                 const char *reader, TouPracticeDesk *self)
{
    GError *error = NULL;

    if (!tou_practice_cards_insert (self->path, card_id, reader, &error)) {
        refuse (invocation, error);
        return TRUE;
    }
    tou_dbus_practice1_complete_insert (remote, invocation);
    return TRUE;
}

static gboolean
on_remove_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation, const char *reader,
                 TouPracticeDesk *self)
{
    GError *error = NULL;

    if (!tou_practice_cards_remove (self->path, reader, &error)) {
        refuse (invocation, error);
        return TRUE;
    }
    tou_dbus_practice1_complete_remove (remote, invocation);
    return TRUE;
}

static GVariant *
describe_reviews (const GPtrArray *reviews)
{
    GVariantBuilder builder;

    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sssssxss)"));
    for (guint i = 0; i < reviews->len; i++) {
        const TouPracticeReview *review = g_ptr_array_index (reviews, i);

        g_variant_builder_add (&builder, "(sssssxss)", review->submission_id, review->reception_number,
                               review->company, tou_category_get_id (review->category),
                               tou_operation_get_id (review->operation), review->submitted_at_us,
                               tou_review_state_get_id (review->state),
                               review->reason != NULL ? review->reason : "");
    }
    return g_variant_builder_end (&builder);
}

/* Returns: %FALSE: nothing is served, and @invocation has been told so */
static gboolean
require_server (TouPracticeDesk *self, GDBusMethodInvocation *invocation)
{
    if (self->server == NULL)
        refuse (invocation, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "nothing is served"));
    return self->server != NULL;
}

static gboolean
on_list_reviews_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation, TouPracticeDesk *self)
{
    g_autoptr (GPtrArray) reviews = NULL;
    GError *error = NULL;

    if (!require_server (self, invocation))
        return TRUE;
    reviews = tou_practice_service_list_reviews (tou_practice_server_hold (self->server), &error);
    tou_practice_server_release (self->server);
    if (reviews != NULL)
        tou_dbus_practice1_complete_list_reviews (remote, invocation, describe_reviews (reviews));
    else
        refuse (invocation, error);
    return TRUE;
}

/* @reason: (nullable) */
static gboolean
decide (TouPracticeDesk *self, const char *submission_id, const char *decision_id, const char *reason,
        GError **error)
{
    TouPracticeDecision decision;
    gboolean done;

    if (!tou_practice_decision_from_id (decision_id, &decision)) {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "no such decision");
        return FALSE;
    }
    done = tou_practice_service_review (tou_practice_server_hold (self->server), submission_id, decision,
                                        reason, error);
    tou_practice_server_release (self->server);
    return done;
}

/* An empty text stands for none. */
static const char *
get_text (const char *text)
{
    return *text != '\0' ? text : NULL;
}

static gboolean
on_review_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation, const char *submission_id,
                 const char *decision, const char *reason, TouPracticeDesk *self)
{
    GError *error = NULL;

    if (!require_server (self, invocation))
        return TRUE;
    if (decide (self, submission_id, decision, get_text (reason), &error))
        tou_dbus_practice1_complete_review (remote, invocation);
    else
        refuse (invocation, error);
    return TRUE;
}

static gboolean
on_set_review_after_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation, guint seconds,
                           const char *denial, TouPracticeDesk *self)
{
    if (strlen (denial) > TOU_WIRE_MAX_TEXT) {
        refuse (invocation,
                g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "too long a reason"));
        return TRUE;
    }
    tou_practice_desk_set_review_after (self, seconds, get_text (denial));
    tou_dbus_practice1_complete_set_review_after (remote, invocation);
    return TRUE;
}

static gboolean
on_renew_qualification_asked (TouDBusPractice1 *remote, GDBusMethodInvocation *invocation,
                              TouPracticeDesk *self)
{
    gboolean done;
    GError *error = NULL;

    if (!require_server (self, invocation))
        return TRUE;
    done = tou_practice_service_renew_qualification (tou_practice_server_hold (self->server), &error);
    tou_practice_server_release (self->server);
    if (done)
        tou_dbus_practice1_complete_renew_qualification (remote, invocation);
    else
        refuse (invocation, error);
    return TRUE;
}

gboolean
tou_practice_desk_export (TouPracticeDesk *self, GDBusConnection *connection, GError **error)
{
    tou_practice_error_names_register ();
    self->remote = tou_dbus_practice1_skeleton_new ();
    g_signal_connect (self->remote, "handle-start", G_CALLBACK (on_start_asked), self);
    g_signal_connect (self->remote, "handle-list-cards", G_CALLBACK (on_list_asked), self);
    g_signal_connect (self->remote, "handle-insert", G_CALLBACK (on_insert_asked), self);
    g_signal_connect (self->remote, "handle-remove", G_CALLBACK (on_remove_asked), self);
    g_signal_connect (self->remote, "handle-list-reviews", G_CALLBACK (on_list_reviews_asked), self);
    g_signal_connect (self->remote, "handle-review", G_CALLBACK (on_review_asked), self);
    g_signal_connect (self->remote, "handle-set-review-after", G_CALLBACK (on_set_review_after_asked), self);
    g_signal_connect (self->remote, "handle-renew-qualification", G_CALLBACK (on_renew_qualification_asked),
                      self);
    return g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->remote), connection,
                                             OBJECT_PATH, error);
}

static void
dispose (GObject *object)
{
    TouPracticeDesk *self = TOU_PRACTICE_DESK (object);

    if (self->remote != NULL)
        g_signal_handlers_disconnect_by_data (self->remote, self);
    g_clear_object (&self->remote);
    stop (self);
    if (self->review_source != NULL)
        g_source_destroy (self->review_source);
    g_clear_pointer (&self->review_source, g_source_unref);
    G_OBJECT_CLASS (tou_practice_desk_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouPracticeDesk *self = TOU_PRACTICE_DESK (object);

    g_strfreev (self->faults);
    g_free (self->denial);
    g_free (self->path);
    G_OBJECT_CLASS (tou_practice_desk_parent_class)->finalize (object);
}

static void
tou_practice_desk_class_init (TouPracticeDeskClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_practice_desk_init (TouPracticeDesk *self)
{
    self->review_source = g_source_new (&review_source_functions, sizeof (GSource));
    g_source_set_callback (self->review_source, on_reviews_changed, self, NULL);
    g_source_attach (self->review_source, NULL);
}

TouPracticeDesk *
tou_practice_desk_new (const char *folder, guint16 port, const char *const *faults)
{
    TouPracticeDesk *self = g_object_new (TOU_TYPE_PRACTICE_DESK, NULL);

    self->path = g_strdup (folder);
    self->port = port;
    self->faults = g_strdupv ((char **) faults);
    return self;
}

void
tou_practice_desk_set_list_entries (TouPracticeDesk *self, guint n)
{
    self->n_list_entries = n;
}

void
tou_practice_desk_set_keeps_address (TouPracticeDesk *self, gboolean keeps)
{
    self->keeps_address = keeps;
}

const char *
tou_practice_desk_get_profile (TouPracticeDesk *self)
{
    return self->profile;
}

guint16
tou_practice_desk_get_port (TouPracticeDesk *self)
{
    return self->server != NULL ? tou_practice_server_get_port (self->server) : 0;
}

void
tou_practice_desk_set_review_after (TouPracticeDesk *self, guint seconds, const char *denial)
{
    self->review_after = seconds;
    tou_set_text (&self->denial, denial);
    if (self->server == NULL)
        return;
    tou_practice_service_set_review_after (tou_practice_server_hold (self->server), seconds, denial);
    tou_practice_server_release (self->server);
}
