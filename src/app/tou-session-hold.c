/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-app"

#include "tou-session-hold.h"

#include <glib/gi18n.h>

/* GNOME's "log out" and "suspend"; the portal has the same numbers. */
#define FLAGS (1u | 4u)
#define MANAGER "org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager"
#define PORTAL "org.freedesktop.portal.Desktop"

struct _TouSessionHold {
    GObject parent_instance;
    GDBusConnection *bus; /* (nullable) */
    char *application_id;
    TouFlows *flows;
    guint32 cookie; /* of the session manager; 0: none */
    char *request;  /* (nullable): the portal's object path */
    gboolean is_wanted;
    gboolean is_asking;
};

G_DEFINE_FINAL_TYPE (TouSessionHold, tou_session_hold, G_TYPE_OBJECT)

static void follow (TouSessionHold *self);

static gboolean
is_on_its_way (TouRequestFlow *flow)
{
    TouRequestState state = flow == NULL ? TOU_REQUEST_STATE_IDLE : tou_request_flow_get_state (flow);

    return state == TOU_REQUEST_STATE_ASKING || state == TOU_REQUEST_STATE_SIGNING
           || state == TOU_REQUEST_STATE_SUBMITTING;
}

static void
let_go (TouSessionHold *self)
{
    if (self->cookie != 0)
        g_dbus_connection_call (self->bus, MANAGER, "Uninhibit", g_variant_new ("(u)", self->cookie), NULL,
                                G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
    if (self->request != NULL)
        g_dbus_connection_call (self->bus, PORTAL, self->request, "org.freedesktop.portal.Request", "Close",
                                NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
    self->cookie = 0;
    g_clear_pointer (&self->request, g_free);
}

static void
on_portal_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouSessionHold) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

    self->is_asking = FALSE;
    if (answer == NULL) {
        g_debug ("the session is not held: %s", error->message);
        return;
    }
    g_variant_get (answer, "(o)", &self->request);
    follow (self);
}

static void
ask_portal (TouSessionHold *self, const char *reason)
{
    GVariantDict options;

    g_variant_dict_init (&options, NULL);
    g_variant_dict_insert (&options, "reason", "s", reason);
    g_dbus_connection_call (
        self->bus, PORTAL, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit", "Inhibit",
        g_variant_new ("(su@a{sv})", "", FLAGS, g_variant_dict_end (&options)), G_VARIANT_TYPE ("(o)"),
        G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_portal_answered, g_object_ref (self));
}

static const char *
get_reason (void)
{
    return _ ("An application is being sent.");
}

static void
on_manager_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
    g_autoptr (TouSessionHold) self = user_data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

    if (answer == NULL && self->is_wanted) {
        ask_portal (self, get_reason ());
        return;
    }
    self->is_asking = FALSE;
    if (answer != NULL)
        g_variant_get (answer, "(u)", &self->cookie);
    follow (self);
}

static void
ask_manager (TouSessionHold *self)
{
    self->is_asking = TRUE;
    g_dbus_connection_call (self->bus, MANAGER, "Inhibit",
                            g_variant_new ("(susu)", self->application_id, 0, get_reason (), FLAGS),
                            G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL,
                            on_manager_answered, g_object_ref (self));
}

/* Brings what is asked of the desktop to what is wanted, once the answer to the last question is there. */
static void
follow (TouSessionHold *self)
{
    gboolean is_held = self->cookie != 0 || self->request != NULL;

    if (self->bus == NULL || self->is_asking || is_held == self->is_wanted)
        return;
    if (self->is_wanted)
        ask_manager (self);
    else
        let_go (self);
}

static void
on_state_changed (TouSessionHold *self)
{
    self->is_wanted = is_on_its_way (self->flows->registration) || is_on_its_way (self->flows->contact_change)
                      || is_on_its_way (self->flows->renewal);
    follow (self);
}

static void
watch (TouSessionHold *self, TouRequestFlow *flow)
{
    if (flow != NULL)
        g_signal_connect_object (flow, "notify::state", G_CALLBACK (on_state_changed), self,
                                 G_CONNECT_SWAPPED);
}

static void
finalize (GObject *object)
{
    TouSessionHold *self = TOU_SESSION_HOLD (object);

    let_go (self);
    g_clear_object (&self->bus);
    g_free (self->application_id);
    tou_flows_unref (self->flows);
    G_OBJECT_CLASS (tou_session_hold_parent_class)->finalize (object);
}

static void
tou_session_hold_class_init (TouSessionHoldClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tou_session_hold_init (TouSessionHold *self)
{
}

TouSessionHold *
tou_session_hold_new (GApplication *application, TouFlows *flows)
{
    TouSessionHold *self = g_object_new (TOU_TYPE_SESSION_HOLD, NULL);

    g_set_object (&self->bus, g_application_get_dbus_connection (application));
    self->application_id = g_strdup (g_application_get_application_id (application));
    self->flows = tou_flows_ref (flows);
    watch (self, flows->registration);
    watch (self, flows->contact_change);
    watch (self, flows->renewal);
    return self;
}
