/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-card-chooser.h"

#include "tou-card-text.h"
#include "tou-choice-list.h"
#include "tou-practice-button.h"

#include <glib/gi18n-lib.h>

struct _TouCardChooser {
    GtkBox parent_instance;

    TouCardInventory *inventory; /* (nullable): the one shown */
    TouCardToken *token;         /* (nullable): the one chosen */

    GtkLabel *card_title;
    GtkWidget *card_status_row;
    GtkSpinner *card_spinner;
    GtkLabel *card_status;
    GtkWidget *retry_button;
    TouChoiceList *card_list;
    GtkWidget *practice_button;
};

enum { SIGNAL_CHANGED, SIGNAL_RETRY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouCardChooser, tou_card_chooser, GTK_TYPE_BOX)

/* The chosen token is the same one in a new inventory: ids are made anew each time, a card may have been
 * exchanged for another. */
static gboolean
is_same_card (const TouCardToken *a, const TouCardToken *b)
{
    if (!g_str_equal (a->reader, b->reader) || g_strcmp0 (a->label, b->label) != 0)
        return FALSE;
    if (a->certificates->len != b->certificates->len)
        return FALSE;
    for (guint i = 0; i < a->certificates->len; i++) {
        const TouCardCertificate *one = g_ptr_array_index (a->certificates, i);
        const TouCardCertificate *other = g_ptr_array_index (b->certificates, i);

        if (g_strcmp0 (one->sha256, other->sha256) != 0)
            return FALSE;
    }
    return TRUE;
}

static int
find_token (TouCardChooser *self, const TouCardInventory *inventory)
{
    for (guint i = 0; self->token != NULL && i < inventory->tokens->len; i++)
        if (is_same_card (self->token, g_ptr_array_index (inventory->tokens, i)))
            return (int) i;
    return -1;
}

static gboolean
has_namesake (const TouCardInventory *inventory, guint index)
{
    const char *title = tou_card_text_token_title (g_ptr_array_index (inventory->tokens, index));

    for (guint i = 0; i < inventory->tokens->len; i++) {
        const char *other = tou_card_text_token_title (g_ptr_array_index (inventory->tokens, i));

        if (i != index && g_strcmp0 (title, other) == 0)
            return TRUE;
    }
    return FALSE;
}

static void
free_fault (gpointer fault)
{
    GError *error = fault;

    g_clear_error (&error);
}

/* Returns: (transfer full) (element-type GError) (nullable): why each card cannot be used, as far as it
 * shows, %NULL for one that can; none at all when no card is left. */
static GPtrArray *
judge_cards (TouUnlockStep *step, const TouCardInventory *inventory)
{
    g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (free_fault);
    gboolean has_usable = FALSE;

    for (guint i = 0; i < inventory->tokens->len; i++) {
        GError *fault = NULL;

        if (tou_unlock_step_judge_token (step, g_ptr_array_index (inventory->tokens, i), &fault))
            has_usable = TRUE;
        g_ptr_array_add (faults, fault);
    }
    return has_usable ? g_steal_pointer (&faults) : NULL;
}

/* The one that was chosen, else the only one that can be. */
static int
find_first (TouCardChooser *self, const TouCardInventory *inventory, const TouChoice *choices)
{
    int chosen = find_token (self, inventory);
    int only = -1;

    if (chosen >= 0 && choices[chosen].problem == NULL)
        return chosen;
    for (guint i = 0; i < inventory->tokens->len; i++) {
        if (choices[i].problem != NULL)
            continue;
        if (only >= 0)
            return -1;
        only = (int) i;
    }
    return only;
}

static void
fill_cards (TouCardChooser *self, TouUnlockStep *step, const TouCardInventory *inventory)
{
    g_autofree TouChoice *choices = g_new0 (TouChoice, inventory->tokens->len);
    g_autoptr (GPtrArray) details = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GPtrArray) faults = judge_cards (step, inventory);

    for (guint i = 0; i < inventory->tokens->len; i++) {
        const TouCardToken *token = g_ptr_array_index (inventory->tokens, i);
        const GError *fault = faults != NULL ? g_ptr_array_index (faults, i) : NULL;
        char *detail = tou_card_text_token (token, has_namesake (inventory, i));

        g_ptr_array_add (details, detail);
        choices[i].title = tou_card_text_token_title (token);
        choices[i].detail = detail;
        choices[i].problem = fault != NULL ? tou_card_text_fault (fault) : NULL;
    }
    tou_choice_list_fill (self->card_list, choices, inventory->tokens->len,
                          find_first (self, inventory, choices));
}

static void
take_token (TouCardChooser *self, TouCardToken *token)
{
    g_autoptr (TouCardToken) before = g_steal_pointer (&self->token);
    gboolean is_same = before == token || (before != NULL && token != NULL && is_same_card (before, token));

    self->token = token != NULL ? tou_card_token_ref (token) : NULL;
    if (!is_same)
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
take_selected (TouCardChooser *self)
{
    int selected = tou_choice_list_get_selected (self->card_list);

    take_token (self, selected >= 0 ? g_ptr_array_index (self->inventory->tokens, selected) : NULL);
}

static char *
describe_status (const TouCardInventory *inventory, const GError *error)
{
    if (error != NULL)
        return g_strdup (_ ("The card readers cannot be looked at."));
    if (inventory == NULL)
        return g_strdup (_ ("Looking for card readers and cards…"));
    return tou_card_text_inventory (inventory);
}

static void
show_status (TouCardChooser *self, const GError *error)
{
    g_autofree char *status = describe_status (self->inventory, error);
    gboolean is_looking = self->inventory == NULL && error == NULL;

    gtk_label_set_text (self->card_status, status);
    gtk_widget_set_visible (GTK_WIDGET (self->card_spinner), is_looking);
    g_object_set (self->card_spinner, "active", is_looking, NULL);
}

static void
on_retry_clicked (TouCardChooser *self)
{
    g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
finalize (GObject *object)
{
    TouCardChooser *self = TOU_CARD_CHOOSER (object);

    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    g_clear_pointer (&self->token, tou_card_token_unref);
    G_OBJECT_CLASS (tou_card_chooser_parent_class)->finalize (object);
}

static guint
make_signal (const char *name)
{
    return g_signal_new (name, TOU_TYPE_CARD_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_card_chooser_class_init (TouCardChooserClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    g_type_ensure (TOU_TYPE_CHOICE_LIST);
    g_type_ensure (TOU_TYPE_PRACTICE_BUTTON);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-card-chooser.ui");
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_title);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_status_row);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_status);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, retry_button);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, card_list);
    gtk_widget_class_bind_template_child (widget_class, TouCardChooser, practice_button);
    gtk_widget_class_bind_template_callback (widget_class, take_selected);
    gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
    signals[SIGNAL_CHANGED] = make_signal ("changed");
    signals[SIGNAL_RETRY] = make_signal ("retry");
}

static void
tou_card_chooser_init (TouCardChooser *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

void
tou_card_chooser_set_title (TouCardChooser *self, const char *title)
{
    gtk_label_set_text (self->card_title, title);
}

void
tou_card_chooser_show_step (TouCardChooser *self, TouUnlockStep *step)
{
    TouCardInventory *inventory = tou_unlock_step_get_inventory (step);
    const GError *error = tou_unlock_step_get_inventory_error (step);
    gboolean has_cards = error == NULL && inventory != NULL && inventory->tokens->len > 0;

    if (inventory != NULL)
        tou_card_inventory_ref (inventory);
    g_clear_pointer (&self->inventory, tou_card_inventory_unref);
    self->inventory = inventory;
    gtk_widget_set_visible (self->card_status_row, !has_cards);
    gtk_widget_set_visible (GTK_WIDGET (self->card_list), has_cards);
    gtk_widget_set_visible (self->retry_button, error != NULL);
    if (has_cards) {
        fill_cards (self, step, inventory);
        take_selected (self);
    } else {
        show_status (self, error);
        take_token (self, NULL);
    }
}

TouCardToken *
tou_card_chooser_get_token (TouCardChooser *self)
{
    return self->token;
}

gboolean
tou_card_chooser_is_choosing (TouCardChooser *self)
{
    return tou_choice_list_has_focus (self->card_list);
}

gboolean
tou_card_chooser_focus (TouCardChooser *self)
{
    GtkWidget *button = gtk_widget_get_visible (self->retry_button) ? self->retry_button
                                                                    : self->practice_button;

    if (gtk_widget_get_visible (GTK_WIDGET (self->card_list)) && tou_choice_list_focus (self->card_list))
        return TRUE;
    if (!gtk_widget_get_visible (button))
        return FALSE;
    gtk_widget_grab_focus (button);
    return TRUE;
}
