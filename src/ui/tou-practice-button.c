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

static void
tou_practice_button_class_init (TouPracticeButtonClass *klass)
{
    GTK_BUTTON_CLASS (klass)->clicked = clicked;
}

static void
tou_practice_button_init (TouPracticeButton *self)
{
    GApplication *application = g_application_get_default ();
    gboolean is_practice = application != NULL
                           && g_action_group_has_action (G_ACTION_GROUP (application),
                                                         TOU_PRACTICE_PANEL_ACTION);

    gtk_button_set_label (GTK_BUTTON (self), _ ("Cards and readers for practice"));
    gtk_widget_set_visible (GTK_WIDGET (self), is_practice);
}
