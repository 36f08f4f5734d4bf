/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-practice-button.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

struct _TouPracticeButton {
    GtkButton parent_instance;

    GtkAccelGroup *keys;
};

G_DEFINE_TYPE (TouPracticeButton, tou_practice_button, GTK_TYPE_BUTTON)

static void
clicked (GtkButton *button)
{
    GActionGroup *application = G_ACTION_GROUP (g_application_get_default ());

    g_action_group_activate_action (application, TOU_PRACTICE_PANEL_ACTION, NULL);
}

/* Not in init(): the button's own label is set between the two. */
static void
constructed (GObject *object)
{
    GApplication *application = g_application_get_default ();
    gboolean is_practice = application != NULL
                           && g_action_group_has_action (G_ACTION_GROUP (application),
                                                         TOU_PRACTICE_PANEL_ACTION);

    G_OBJECT_CLASS (tou_practice_button_parent_class)->constructed (object);
    gtk_button_set_label (GTK_BUTTON (object), _ ("Cards and readers for practice (F9)"));
    gtk_widget_set_visible (GTK_WIDGET (object), is_practice);
}

/* The same key as in the window, which a modal dialog keeps its keys from. */
static void
hierarchy_changed (GtkWidget *widget, GtkWidget *previous_toplevel)
{
    TouPracticeButton *self = TOU_PRACTICE_BUTTON (widget);
    GtkWidget *toplevel = gtk_widget_get_toplevel (widget);

    if (previous_toplevel != NULL && GTK_IS_WINDOW (previous_toplevel))
        gtk_window_remove_accel_group (GTK_WINDOW (previous_toplevel), self->keys);
    if (GTK_IS_WINDOW (toplevel))
        gtk_window_add_accel_group (GTK_WINDOW (toplevel), self->keys);
}

static void
finalize (GObject *object)
{
    g_object_unref (TOU_PRACTICE_BUTTON (object)->keys);
    G_OBJECT_CLASS (tou_practice_button_parent_class)->finalize (object);
}

static void
tou_practice_button_class_init (TouPracticeButtonClass *klass)
{
    G_OBJECT_CLASS (klass)->constructed = constructed;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    GTK_WIDGET_CLASS (klass)->hierarchy_changed = hierarchy_changed;
    GTK_BUTTON_CLASS (klass)->clicked = clicked;
}

static void
tou_practice_button_init (TouPracticeButton *self)
{
    self->keys = gtk_accel_group_new ();
    gtk_widget_add_accelerator (GTK_WIDGET (self), "clicked", self->keys, GDK_KEY_F9, 0, 0);
}
