/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-practice"

#include "tou-practice-desk.h"

#include "tou-clock.h"
#include "tou-practice-cards.h"
#include "tou-practice-dbus.h"
#include "tou-practice-error-names.h"
#include "tou-practice-folder.h"
#include "tou-practice-list.h"
#include "tou-practice-profile.h"
#include "tou-practice-server.h"

#define OBJECT_PATH "/io/github/touroku/Practice1"

struct _TouPracticeDesk {
    GObject parent_instance;

    char *path;
    guint16 port;
    GStrv faults;
    guint n_list_entries;
    TouPracticeFolder *folder; /* NULL: not serving, and so for the next three */
    TouPracticeServer *server;
    char *profile;
    GFileMonitor *monitor;
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
    if (self->profile == NULL)
        g_set_error_literal (error, TOU_PRACTICE_ERROR, TOU_PRACTICE_ERROR_FOLDER_UNWRITABLE,
                             problem->message);
    return self->profile != NULL;
}

static gboolean
serve (TouPracticeDesk *self, gboolean make_anew, GError **error)
{
    g_autoptr (TouClock) clock = tou_clock_new ();
    g_autoptr (GBytes) list = NULL;
    TouPracticeService *service;

    self->folder = tou_practice_folder_prepare (self->path, make_anew, tou_clock_now_us (clock), error);
    if (self->folder == NULL)
        return FALSE;
    list = tou_practice_list_load (self->path, self->n_list_entries, tou_clock_now_us (clock), error);
    if (list == NULL)
        return FALSE;
    service = tou_practice_service_new (self->path, clock, error);
    if (service == NULL)
        return FALSE;
    self->server = tou_practice_server_start (service, list, self->path, self->port, error);
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

/* @problem: (transfer full): of the cards file */
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

gboolean
tou_practice_desk_export (TouPracticeDesk *self, GDBusConnection *connection, GError **error)
{
    tou_practice_error_names_register ();
    self->remote = tou_dbus_practice1_skeleton_new ();
    g_signal_connect (self->remote, "handle-start", G_CALLBACK (on_start_asked), self);
    g_signal_connect (self->remote, "handle-list-cards", G_CALLBACK (on_list_asked), self);
    g_signal_connect (self->remote, "handle-insert", G_CALLBACK (on_insert_asked), self);
    g_signal_connect (self->remote, "handle-remove", G_CALLBACK (on_remove_asked), self);
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
    G_OBJECT_CLASS (tou_practice_desk_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouPracticeDesk *self = TOU_PRACTICE_DESK (object);

    g_strfreev (self->faults);
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
