/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-session-clock.h"

#include <glib/gi18n-lib.h>

#define INTERVAL_SECONDS 10
/* From here on it stands out: time enough to come to an end. */
#define SHORT_SECONDS (3 * 60)

/* What is said of the session. */
typedef enum {
    STAGE_LONG,
    STAGE_SHORT,
    STAGE_OVER,
} Stage;

struct _TouSessionClock {
    GtkLabel parent_instance;

    TouSessionFlow *session;
    Stage stage;
    guint timer; /* while it is on screen */
};

G_DEFINE_FINAL_TYPE (TouSessionClock, tou_session_clock, GTK_TYPE_LABEL)

static Stage
find_stage (guint seconds)
{
    if (seconds == 0)
        return STAGE_OVER;
    return seconds < SHORT_SECONDS ? STAGE_SHORT : STAGE_LONG;
}

static char *
describe (Stage stage, guint minutes)
{
    if (stage == STAGE_OVER)
        return g_strdup (_ ("The session is over: further on, the password is asked for once more."));
    if (stage == STAGE_SHORT)
        return g_strdup_printf (
            g_dngettext (
                GETTEXT_PACKAGE, "%u minute left in this session; then the password is asked for once more.",
                "%u minutes left in this session; then the password is asked for once more.", minutes),
            minutes);
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute left in this session",
                                         "%u minutes left in this session", minutes),
                            minutes);
}

/* Without taking the focus, and once for each stage. */
static void
announce (TouSessionClock *self, const char *text)
{
    AtkObject *accessible = gtk_widget_get_accessible (GTK_WIDGET (self));

    if (g_signal_lookup ("announcement", ATK_TYPE_OBJECT) != 0)
        g_signal_emit_by_name (accessible, "announcement", text);
}

static void
show (TouSessionClock *self)
{
    guint seconds = tou_session_flow_get_seconds_left (self->session);
    GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
    Stage stage = find_stage (seconds), before = self->stage;
    g_autofree char *text = describe (stage, (seconds + 59) / 60);

    self->stage = stage;
    if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self)), text) != 0)
        gtk_label_set_text (GTK_LABEL (self), text);
    if (stage == STAGE_LONG)
        gtk_style_context_remove_class (style, "tou-fault");
    else
        gtk_style_context_add_class (style, "tou-fault");
    if (stage > before)
        announce (self, text);
}

static void
on_session_changed (TouSessionClock *self)
{
    if (self->timer != 0)
        show (self);
}

static gboolean
on_interval_passed (gpointer user_data)
{
    show (user_data);
    return G_SOURCE_CONTINUE;
}

static void
map (GtkWidget *widget)
{
    TouSessionClock *self = TOU_SESSION_CLOCK (widget);

    GTK_WIDGET_CLASS (tou_session_clock_parent_class)->map (widget);
    if (self->timer == 0)
        self->timer = g_timeout_add_seconds (INTERVAL_SECONDS, on_interval_passed, self);
    show (self);
}

static void
unmap (GtkWidget *widget)
{
    g_clear_handle_id (&TOU_SESSION_CLOCK (widget)->timer, g_source_remove);
    GTK_WIDGET_CLASS (tou_session_clock_parent_class)->unmap (widget);
}

static void
dispose (GObject *object)
{
    TouSessionClock *self = TOU_SESSION_CLOCK (object);

    g_clear_handle_id (&self->timer, g_source_remove);
    g_clear_object (&self->session);
    G_OBJECT_CLASS (tou_session_clock_parent_class)->dispose (object);
}

static void
tou_session_clock_class_init (TouSessionClockClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    GTK_WIDGET_CLASS (klass)->map = map;
    GTK_WIDGET_CLASS (klass)->unmap = unmap;
}

static void
tou_session_clock_init (TouSessionClock *self)
{
    gtk_label_set_line_wrap (GTK_LABEL (self), TRUE);
    gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self)), "tou-hint");
}

void
tou_session_clock_follow (TouSessionClock *self, TouSessionFlow *session)
{
    g_return_if_fail (TOU_IS_SESSION_CLOCK (self) && self->session == NULL);
    self->session = g_object_ref (session);
    g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_changed), self,
                             G_CONNECT_SWAPPED);
}
