/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-practice-panel.h"

#include "tou-dialog-body.h"
#include "tou-accessible-ids.h"
#include "tou-error-catalogue.h"
#include "tou-practice-reader.h"
#include "tou-practice-reviews.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

struct _TouPracticePanel {
    GtkWindow parent_instance;
    TouPracticeControl *control;
    GCancellable *cancellable;
    GPtrArray *readers; /* (element-type TouPracticeReader), of the box */
    GtkBox *readers_box;
    GtkLabel *practice_user_id_label;
    GtkLabel *practice_password_label;
    GtkLabel *practice_pin_label;
    TouPracticeReviews *reviews;
    GtkToggleButton *reviews_tab_button;
    GtkStack *panel_stack;
    GtkLabel *panel_status;
};

G_DEFINE_TYPE (TouPracticePanel, tou_practice_panel, GTK_TYPE_WINDOW)

static void
show_error (TouPracticePanel *self, const GError *error)
{
    const char *message = tou_error_catalogue_lookup (error)->message;

    gtk_label_set_text (self->panel_status, _ (message));
}

static void
on_cards_listed (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouPracticePanel) self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) cards = tou_practice_control_list_cards_finish (TOU_PRACTICE_CONTROL (source),
                                                                          result, &error);

    if (g_cancellable_is_cancelled (self->cancellable))
        return;
    if (cards == NULL) {
        show_error (self, error);
        return;
    }
    for (guint i = 0; i < self->readers->len; i++)
        tou_practice_reader_set_cards (g_ptr_array_index (self->readers, i), cards);
}

static void
refresh (TouPracticePanel *self)
{
    gtk_label_set_text (self->panel_status, "");
    tou_practice_control_list_cards_async (self->control, self->cancellable, on_cards_listed,
                                           g_object_ref (self));
}

static void
on_reader_error (TouPracticeReader *reader, const GError *error, TouPracticePanel *self)
{
    show_error (self, error);
}

static void
on_done (TouPracticePanel *self, const char *text)
{
    gtk_label_set_text (self->panel_status, text);
}

static void
on_waiting_counted (TouPracticePanel *self, guint n)
{
    /* Translators: %u applications wait for a decision. */
    g_autofree char *text = n > 0 ? g_strdup_printf (_ ("A_gency's review (%u)"), n)
                                  : g_strdup (_ ("A_gency's review"));

    gtk_button_set_label (GTK_BUTTON (self->reviews_tab_button), text);
}

static void
on_tab_toggled (TouPracticePanel *self)
{
    gboolean is_review = gtk_toggle_button_get_active (self->reviews_tab_button);

    gtk_stack_set_visible_child_name (self->panel_stack, is_review ? "reviews" : "cards");
}

static void
on_copy_clicked (GtkButton *button, GtkLabel *label)
{
    GtkWidget *panel = gtk_widget_get_toplevel (GTK_WIDGET (button));

    gtk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button), GDK_SELECTION_CLIPBOARD),
                            gtk_label_get_text (label), -1);
    gtk_label_set_text (TOU_PRACTICE_PANEL (panel)->panel_status, _ ("Copied."));
}

static gboolean
key_press_event (GtkWidget *widget, GdkEventKey *event)
{
    if (GTK_WIDGET_CLASS (tou_practice_panel_parent_class)->key_press_event (widget, event))
        return GDK_EVENT_STOP;
    if (event->keyval != GDK_KEY_Escape && event->keyval != GDK_KEY_F9)
        return GDK_EVENT_PROPAGATE;
    gtk_widget_hide (widget);
    return GDK_EVENT_STOP;
}

static void
dispose (GObject *object)
{
    TouPracticePanel *self = TOU_PRACTICE_PANEL (object);

    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->control);
    G_OBJECT_CLASS (tou_practice_panel_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouPracticePanel *self = TOU_PRACTICE_PANEL (object);

    g_object_unref (self->cancellable);
    g_ptr_array_unref (self->readers);
    G_OBJECT_CLASS (tou_practice_panel_parent_class)->finalize (object);
}

static void
tou_practice_panel_class_init (TouPracticePanelClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    g_type_ensure (TOU_TYPE_DIALOG_BODY);
    g_type_ensure (TOU_TYPE_PRACTICE_REVIEWS);
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    widget_class->key_press_event = key_press_event;
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-practice-panel.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, readers_box);
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, practice_user_id_label);
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, practice_password_label);
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, practice_pin_label);
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, panel_status);
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, reviews);
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, reviews_tab_button);
    gtk_widget_class_bind_template_child (widget_class, TouPracticePanel, panel_stack);
    gtk_widget_class_bind_template_callback (widget_class, on_tab_toggled);
    gtk_widget_class_bind_template_callback (widget_class, show_error);
    gtk_widget_class_bind_template_callback (widget_class, on_done);
    gtk_widget_class_bind_template_callback (widget_class, on_waiting_counted);
    gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
tou_practice_panel_init (TouPracticePanel *self)
{
    g_autoptr (GtkWindowGroup) group = gtk_window_group_new ();

    gtk_widget_init_template (GTK_WIDGET (self));
    self->cancellable = g_cancellable_new ();
    self->readers = g_ptr_array_new ();
    on_waiting_counted (self, 0);
    gtk_label_set_text (self->practice_user_id_label, TOU_PRACTICE_USER_ID);
    gtk_label_set_text (self->practice_password_label, TOU_PRACTICE_PASSWORD);
    gtk_label_set_text (self->practice_pin_label, TOU_PRACTICE_PIN);
    gtk_window_group_add_window (group, GTK_WINDOW (self));
    g_signal_connect (self, "delete-event", G_CALLBACK (gtk_widget_hide_on_delete), NULL);
}

static void
add_reader (TouPracticePanel *self, const char *name)
{
    GtkWidget *reader = tou_practice_reader_new (self->control, name, self->readers->len + 1);

    g_signal_connect_object (reader, "error", G_CALLBACK (on_reader_error), self, 0);
    gtk_container_add (GTK_CONTAINER (self->readers_box), reader);
    g_ptr_array_add (self->readers, reader);
}

GtkWidget *
tou_practice_panel_new (GtkWindow *parent, TouPracticeControl *control)
{
    TouPracticePanel *self = g_object_new (TOU_TYPE_PRACTICE_PANEL, "transient-for", parent, NULL);
    g_auto (GStrv) names = tou_practice_control_dup_readers (control);

    self->control = g_object_ref (control);
    for (char **name = names; name != NULL && *name != NULL; name++)
        add_reader (self, *name);
    tou_practice_reviews_set_control (self->reviews, control);
    tou_accessible_ids_set (GTK_WIDGET (self));
    g_signal_connect_object (control, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
    refresh (self);
    return GTK_WIDGET (self);
}
