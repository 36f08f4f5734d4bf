/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-practice-button.h"

#include <glib/gi18n-lib.h>

struct _TouPracticeButton {
    GtkButton parent_instance;
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
    gtk_button_set_label (GTK_BUTTON (object), _ ("Cards and readers for practice"));
    gtk_widget_set_visible (GTK_WIDGET (object), is_practice);
}

static void
tou_practice_button_class_init (TouPracticeButtonClass *klass)
{
    G_OBJECT_CLASS (klass)->constructed = constructed;
    GTK_BUTTON_CLASS (klass)->clicked = clicked;
}

static void
tou_practice_button_init (TouPracticeButton *self)
{
}
