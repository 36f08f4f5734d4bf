/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-menu-notice.h"

#include "tou-fold.h"

/* As long as nobody wonders what a button does. */
#define DELAY_MS 400

struct _TouMenuNotice {
    GtkBox parent_instance;
    GtkWidget *notice_spinner;
    GtkWidget *notice_icon;
    GtkLabel *notice_label;
    GtkWidget *notice_button;
    guint wait_source; /* until it says that an answer is awaited */
};

enum { SIGNAL_GO_ON, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouMenuNotice, tou_menu_notice, GTK_TYPE_BOX)

static void
show (TouMenuNotice *self, gboolean waits)
{
    gtk_widget_set_visible (self->notice_spinner, waits);
    gtk_widget_set_visible (self->notice_icon, !waits);
    gtk_widget_set_visible (self->notice_button, !waits);
    gtk_widget_show (GTK_WIDGET (self));
}

static gboolean
on_delay_passed (gpointer data)
{
    TouMenuNotice *self = data;

    self->wait_source = 0;
    show (self, TRUE);
    return G_SOURCE_REMOVE;
}

static void
on_button_clicked (TouMenuNotice *self)
{
    g_signal_emit (self, signals[SIGNAL_GO_ON], 0);
}

static void
dispose (GObject *object)
{
    g_clear_handle_id (&TOU_MENU_NOTICE (object)->wait_source, g_source_remove);
    G_OBJECT_CLASS (tou_menu_notice_parent_class)->dispose (object);
}

static void
tou_menu_notice_class_init (TouMenuNoticeClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    signals[SIGNAL_GO_ON] = g_signal_new ("go-on", TOU_TYPE_MENU_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-menu-notice.ui");
    gtk_widget_class_bind_template_child (widget_class, TouMenuNotice, notice_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouMenuNotice, notice_icon);
    gtk_widget_class_bind_template_child (widget_class, TouMenuNotice, notice_label);
    gtk_widget_class_bind_template_child (widget_class, TouMenuNotice, notice_button);
    gtk_widget_class_bind_template_callback (widget_class, on_button_clicked);
}

static void
tou_menu_notice_init (TouMenuNotice *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

void
tou_menu_notice_say (TouMenuNotice *self, const char *text, const char *go_on)
{
    g_return_if_fail (TOU_IS_MENU_NOTICE (self));
    tou_menu_notice_clear (self);
    gtk_label_set_text (self->notice_label, text);
    gtk_button_set_label (GTK_BUTTON (self->notice_button), go_on);
    show (self, FALSE);
    gtk_widget_grab_focus (self->notice_button);
}

void
tou_menu_notice_wait (TouMenuNotice *self, const char *text)
{
    g_return_if_fail (TOU_IS_MENU_NOTICE (self));
    tou_menu_notice_clear (self);
    gtk_label_set_text (self->notice_label, text);
    self->wait_source = g_timeout_add (DELAY_MS, on_delay_passed, self);
}

void
tou_menu_notice_clear (TouMenuNotice *self)
{
    g_return_if_fail (TOU_IS_MENU_NOTICE (self));
    g_clear_handle_id (&self->wait_source, g_source_remove);
    gtk_widget_hide (GTK_WIDGET (self));
}

gboolean
tou_menu_notice_has_said (TouMenuNotice *self)
{
    g_return_val_if_fail (TOU_IS_MENU_NOTICE (self), FALSE);
    return gtk_widget_get_visible (GTK_WIDGET (self)) && gtk_widget_get_visible (self->notice_button);
}
