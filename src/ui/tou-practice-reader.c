/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-practice-reader.h"

#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

struct _TouPracticeReader {
    GtkBox parent_instance;
    TouPracticeControl *control;
    char *name;
    GtkLabel *reader_label;
    GtkLabel *reader_card_label;
    GtkComboBoxText *reader_card_combo;
    GtkButton *reader_insert_button;
    GtkButton *reader_remove_button;
};

enum { SIGNAL_ERROR, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouPracticeReader, tou_practice_reader, GTK_TYPE_BOX)

static const TouPracticeCard *
find_card (TouPracticeReader *self, GPtrArray *cards)
{
    for (guint i = 0; i < cards->len; i++) {
        const TouPracticeCard *card = g_ptr_array_index (cards, i);

        if (g_strcmp0 (card->reader, self->name) == 0)
            return card;
    }
    return NULL;
}

static char *
describe_card (const TouPracticeCard *card)
{
    g_autofree char *date = tou_time_text_date (card->not_after_us);

    /* Translators: card, its holder, the last day it is valid. */
    return g_strdup_printf (_ ("%s\n%s, valid until %s"), card->title,
                            card->holder != NULL ? card->holder : "–", date);
}

static void
fill_combo (TouPracticeReader *self, GPtrArray *cards)
{
    g_autofree char *kept = g_strdup (gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->reader_card_combo)));

    gtk_combo_box_text_remove_all (self->reader_card_combo);
    for (guint i = 0; i < cards->len; i++) {
        const TouPracticeCard *card = g_ptr_array_index (cards, i);

        if (card->reader == NULL)
            gtk_combo_box_text_append (self->reader_card_combo, card->id, card->title);
    }
    if (kept == NULL || !gtk_combo_box_set_active_id (GTK_COMBO_BOX (self->reader_card_combo), kept))
        gtk_combo_box_set_active (GTK_COMBO_BOX (self->reader_card_combo), 0);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouPracticeReader) self = data;
    g_autoptr (GError) error = NULL;

    gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
    if (!tou_practice_control_change_finish (TOU_PRACTICE_CONTROL (source), result, &error))
        g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
}

static void
on_insert_clicked (TouPracticeReader *self)
{
    const char *id = gtk_combo_box_get_active_id (GTK_COMBO_BOX (self->reader_card_combo));

    if (id == NULL)
        return;
    gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
    tou_practice_control_insert_async (self->control, id, self->name, NULL, on_changed, g_object_ref (self));
}

static void
on_remove_clicked (TouPracticeReader *self)
{
    gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
    tou_practice_control_remove_async (self->control, self->name, NULL, on_changed, g_object_ref (self));
}

static void
finalize (GObject *object)
{
    TouPracticeReader *self = TOU_PRACTICE_READER (object);

    g_clear_object (&self->control);
    g_free (self->name);
    G_OBJECT_CLASS (tou_practice_reader_parent_class)->finalize (object);
}

static void
tou_practice_reader_class_init (TouPracticeReaderClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_ERROR] = g_signal_new ("error", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-practice-reader.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReader, reader_label);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReader, reader_card_label);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReader, reader_card_combo);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReader, reader_insert_button);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReader, reader_remove_button);
    gtk_widget_class_bind_template_callback (widget_class, on_insert_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
tou_practice_reader_init (TouPracticeReader *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
tou_practice_reader_new (TouPracticeControl *control, const char *name, guint number)
{
    TouPracticeReader *self = g_object_new (TOU_TYPE_PRACTICE_READER, NULL);
    /* With two readers in one window, the number is the mnemonic. */
    g_autofree char *insert = g_strdup_printf (_ ("Put in (_%u)"), number);
    g_autofree char *remove = g_strdup_printf (_ ("Take out (_%u)"), number);

    self->control = g_object_ref (control);
    self->name = g_strdup (name);
    gtk_label_set_text (self->reader_label, name);
    gtk_button_set_label (self->reader_insert_button, insert);
    gtk_button_set_label (self->reader_remove_button, remove);
    return GTK_WIDGET (self);
}

void
tou_practice_reader_set_cards (TouPracticeReader *self, GPtrArray *cards)
{
    const TouPracticeCard *card = find_card (self, cards);
    g_autofree char *text = card != NULL ? describe_card (card) : g_strdup (_ ("No card is in it."));

    gtk_label_set_text (self->reader_card_label, text);
    if (card == NULL)
        fill_combo (self, cards);
    gtk_widget_set_visible (GTK_WIDGET (self->reader_card_combo), card == NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->reader_insert_button), card == NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->reader_remove_button), card != NULL);
}
