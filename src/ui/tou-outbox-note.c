/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-outbox-note.h"

#include "tou-outbox-text.h"

struct _TouOutboxNote {
    GtkBox parent_instance;
    TouOutboxFlow *outbox;
    GtkWidget *outbox_spinner;
    GtkWidget *outbox_icon;
    GtkLabel *outbox_label;
    GtkWidget *outbox_buttons;
    GtkWidget *outbox_ask_button;
    GtkWidget *outbox_send_button;
    GtkWidget *outbox_give_up_button;
    GtkWidget *outbox_close_button;
};

G_DEFINE_FINAL_TYPE (TouOutboxNote, tou_outbox_note, GTK_TYPE_BOX)

static void
show (TouOutboxNote *self)
{
    const TouOutboxItem *item = tou_outbox_flow_find (self->outbox);
    gboolean is_busy = tou_outbox_flow_is_busy (self->outbox);
    gboolean is_absent = item != NULL && item->fate == TOU_OUTBOX_FATE_ABSENT;
    g_autofree char *text = item != NULL ? tou_outbox_text_dup_fate (self->outbox, item) : NULL;

    gtk_widget_set_visible (GTK_WIDGET (self), item != NULL);
    if (item == NULL)
        return;
    if (g_strcmp0 (gtk_label_get_text (self->outbox_label), text) != 0)
        gtk_label_set_text (self->outbox_label, text);
    is_busy = is_busy && item->fate != TOU_OUTBOX_FATE_RECEIVED;
    gtk_widget_set_visible (self->outbox_spinner, is_busy);
    g_object_set (self->outbox_spinner, "active", is_busy, NULL);
    gtk_widget_set_visible (self->outbox_icon, !is_busy);
    gtk_widget_set_visible (self->outbox_buttons, !tou_outbox_flow_is_busy (self->outbox));
    gtk_widget_set_visible (self->outbox_ask_button, item->fate != TOU_OUTBOX_FATE_RECEIVED);
    gtk_widget_set_visible (self->outbox_send_button, tou_outbox_flow_can_send_again (self->outbox, item));
    gtk_widget_set_visible (self->outbox_give_up_button, is_absent);
    gtk_widget_set_visible (self->outbox_close_button, item->fate == TOU_OUTBOX_FATE_RECEIVED);
}

static void
on_ask_clicked (TouOutboxNote *self)
{
    tou_outbox_flow_refresh (self->outbox);
}

static void
on_send_clicked (TouOutboxNote *self)
{
    tou_outbox_flow_send_again (self->outbox, tou_outbox_flow_find (self->outbox));
}

static void
on_give_up_clicked (TouOutboxNote *self)
{
    tou_outbox_flow_give_up (self->outbox, tou_outbox_flow_find (self->outbox));
}

static void
on_close_clicked (TouOutboxNote *self)
{
    tou_outbox_flow_dismiss (self->outbox, tou_outbox_flow_find (self->outbox));
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_OUTBOX_NOTE (object)->outbox);
    G_OBJECT_CLASS (tou_outbox_note_parent_class)->dispose (object);
}

static void
tou_outbox_note_class_init (TouOutboxNoteClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-outbox-note.ui");
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_icon);
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_label);
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_buttons);
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_ask_button);
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_send_button);
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_give_up_button);
    gtk_widget_class_bind_template_child (widget_class, TouOutboxNote, outbox_close_button);
    gtk_widget_class_bind_template_callback (widget_class, on_ask_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_send_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_give_up_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
}

static void
tou_outbox_note_init (TouOutboxNote *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

void
tou_outbox_note_follow (TouOutboxNote *self, TouOutboxFlow *outbox)
{
    g_return_if_fail (TOU_IS_OUTBOX_NOTE (self) && self->outbox == NULL);
    self->outbox = g_object_ref (outbox);
    g_signal_connect_object (outbox, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
    show (self);
}
