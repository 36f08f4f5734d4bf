/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-pin-dialog.h"

#include "tou-accessible-ids.h"
#include "tou-card-text.h"
#include "tou-choice-list.h"
#include "tou-error-view.h"
#include "tou-practice-button.h"
#include "tou-secret-entry-buffer.h"

#include <glib/gi18n-lib.h>

struct _TouPinDialog {
    GtkDialog parent_instance;

    TouSessionFlow *session;
    TouUnlockStep *step;
    GCancellable *cancellable; /* of the unlock under way */
    TouSecretEntryBuffer *pin;
    TouCardToken *token; /* (nullable): the one chosen */
    gboolean is_done;
    gboolean is_reading_again; /* what the card says of its PIN is old until the next inventory */
    gboolean was_not_sent;     /* the last PIN did not reach the card */

    GtkWidget *error_view;
    GtkWidget *prompt;
    GtkWidget *card_part;
    GtkSpinner *card_spinner;
    GtkLabel *card_status;
    GtkWidget *retry_button;
    TouChoiceList *card_list;
    GtkWidget *pin_part;
    GtkEntry *pin_entry;
    GtkLabel *pin_hint;
    GtkWidget *notice_row;
    GtkLabel *notice;
    GtkWidget *consent_button;
    GtkWidget *keypad_label;
    GtkWidget *certificate_part;
    TouChoiceList *certificate_list;
    GtkWidget *busy_row;
    GtkSpinner *busy_spinner;
    GtkLabel *busy_label;
    GtkWidget *ok_button;
};

enum { SIGNAL_UNLOCKED, SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouPinDialog, tou_pin_dialog, GTK_TYPE_DIALOG)

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

static void
hide_error (TouPinDialog *self)
{
    self->was_not_sent = FALSE;
    gtk_widget_hide (self->error_view);
}

/* A PIN is for one card: it must never reach another. */
static void
take_token (TouPinDialog *self, TouCardToken *token)
{
    gboolean is_same = self->token != NULL && token != NULL && is_same_card (self->token, token);

    if (!is_same) {
        tou_secret_entry_buffer_wipe (self->pin);
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->consent_button), FALSE);
    }
    if (!is_same && self->token != NULL)
        hide_error (self);
    if (token != NULL)
        tou_card_token_ref (token);
    g_clear_pointer (&self->token, tou_card_token_unref);
    self->token = token;
}

static int
find_token (TouPinDialog *self, const TouCardInventory *inventory)
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
fill_cards (TouPinDialog *self, const TouCardInventory *inventory)
{
    g_autofree TouChoice *choices = g_new0 (TouChoice, inventory->tokens->len);
    g_autoptr (GPtrArray) details = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < inventory->tokens->len; i++) {
        const TouCardToken *token = g_ptr_array_index (inventory->tokens, i);
        char *detail = tou_card_text_token (token, has_namesake (inventory, i));

        g_ptr_array_add (details, detail);
        choices[i].title = tou_card_text_token_title (token);
        choices[i].detail = detail;
    }
    tou_choice_list_fill (self->card_list, choices, inventory->tokens->len, find_token (self, inventory));
}

static void
choose_token (TouPinDialog *self, const TouCardInventory *inventory)
{
    int selected = tou_choice_list_get_selected (self->card_list);

    take_token (self, selected >= 0 ? g_ptr_array_index (inventory->tokens, selected) : NULL);
}

static void
show_inventory (TouPinDialog *self)
{
    TouCardInventory *inventory = tou_unlock_step_get_inventory (self->step);
    const GError *error = tou_unlock_step_get_inventory_error (self->step);
    gboolean has_cards = error == NULL && inventory != NULL && inventory->tokens->len > 0;
    gboolean is_looking = error == NULL && inventory == NULL;
    g_autofree char *status = NULL;

    if (has_cards)
        fill_cards (self, inventory);
    else if (inventory != NULL && error == NULL)
        status = tou_card_text_inventory (inventory);
    else
        status = g_strdup (is_looking ? _ ("Looking for card readers and cards…")
                                      : _ ("The card readers cannot be looked at."));
    if (has_cards)
        choose_token (self, inventory);
    else
        take_token (self, NULL);
    gtk_label_set_text (self->card_status, status != NULL ? status : "");
    gtk_widget_set_visible (GTK_WIDGET (self->card_status), !has_cards);
    gtk_widget_set_visible (GTK_WIDGET (self->card_list), has_cards);
    gtk_widget_set_visible (self->retry_button, error != NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->card_spinner), is_looking);
    g_object_set (self->card_spinner, "active", is_looking, NULL);
    if (error != NULL)
        tou_pin_dialog_show_error (self, error);
}

static gboolean
is_busy (TouPinDialog *self)
{
    return tou_unlock_step_get_state (self->step) == TOU_UNLOCK_STATE_UNLOCKING;
}

static gboolean
has_keypad (TouPinDialog *self)
{
    return self->token != NULL && self->token->has_keypad;
}

static gboolean
can_unlock (TouPinDialog *self)
{
    if (self->token == NULL || self->is_reading_again || self->token->pin_state == TOU_PIN_STATE_LOCKED)
        return FALSE;
    return self->token->pin_state != TOU_PIN_STATE_FINAL_TRY
           || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->consent_button));
}

static gboolean
can_confirm (TouPinDialog *self)
{
    switch (tou_unlock_step_get_state (self->step)) {
    case TOU_UNLOCK_STATE_CARD:
        return can_unlock (self);
    case TOU_UNLOCK_STATE_CERTIFICATE:
        return tou_choice_list_get_selected (self->certificate_list) >= 0;
    case TOU_UNLOCK_STATE_IDLE:
    case TOU_UNLOCK_STATE_UNLOCKING:
    case TOU_UNLOCK_STATE_UNLOCKED:
    default:
        return FALSE;
    }
}

static void
show_notice (TouPinDialog *self)
{
    TouPinState pin_state = self->token != NULL ? self->token->pin_state : TOU_PIN_STATE_UNKNOWN;
    /* What an error has just said need not be said twice. */
    gboolean is_said = pin_state == TOU_PIN_STATE_COUNT_LOW && gtk_widget_get_visible (self->error_view);
    const char *said = is_said ? NULL : tou_card_text_pin_state (pin_state);
    const char *not_sent = self->was_not_sent ? _ ("The PIN was not sent to the card; no try was used up.")
                                              : NULL;
    gboolean has_both = said != NULL && not_sent != NULL;
    g_autofree char *text = g_strjoin (has_both ? "\n" : "", not_sent != NULL ? not_sent : "", said, NULL);

    gtk_label_set_text (self->notice, text);
    gtk_widget_set_visible (self->notice_row, *text != '\0');
    gtk_widget_set_visible (self->consent_button, pin_state == TOU_PIN_STATE_FINAL_TRY);
    atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self->pin_entry)), text);
}

static void
show_pin_length (TouPinDialog *self)
{
    g_autofree char *text = self->token != NULL ? tou_card_text_pin_length (self->token) : NULL;

    gtk_label_set_text (self->pin_hint, text != NULL ? text : "");
}

static void
show_busy (TouPinDialog *self)
{
    gboolean busy = is_busy (self);

    gtk_widget_set_visible (self->busy_row, busy);
    g_object_set (self->busy_spinner, "active", busy, NULL);
    gtk_label_set_text (self->busy_label, has_keypad (self)
                                              ? _ ("Please enter the PIN on the keypad of the card reader…")
                                              : _ ("The card is checking the PIN…"));
}

static void
refresh (TouPinDialog *self)
{
    gboolean chooses = tou_unlock_step_get_state (self->step) == TOU_UNLOCK_STATE_CERTIFICATE;
    gboolean busy = is_busy (self);
    gboolean is_locked = self->token != NULL && self->token->pin_state == TOU_PIN_STATE_LOCKED;
    gboolean types = self->token != NULL && !busy && !is_locked;

    gtk_widget_set_visible (self->prompt, !chooses && !has_keypad (self));
    gtk_widget_set_visible (self->card_part, !chooses);
    gtk_widget_set_visible (self->pin_part, !chooses && !has_keypad (self));
    gtk_widget_set_visible (self->keypad_label, !chooses && !busy && has_keypad (self));
    gtk_widget_set_visible (self->certificate_part, chooses);
    gtk_widget_set_sensitive (GTK_WIDGET (self->card_list), !busy);
    gtk_widget_set_sensitive (GTK_WIDGET (self->pin_entry), types);
    gtk_widget_set_sensitive (self->consent_button, !busy);
    show_notice (self);
    if (chooses) {
        gtk_widget_hide (self->notice_row);
        gtk_widget_hide (self->consent_button);
    }
    show_pin_length (self);
    show_busy (self);
    gtk_widget_set_sensitive (self->ok_button, can_confirm (self));
}

/* The first thing there is to do has the focus. */
static void
focus_first (TouPinDialog *self)
{
    if (tou_unlock_step_get_state (self->step) == TOU_UNLOCK_STATE_CERTIFICATE)
        tou_choice_list_focus (self->certificate_list);
    else if (has_keypad (self) && gtk_widget_get_sensitive (self->ok_button))
        gtk_widget_grab_focus (self->ok_button);
    else if (self->token == NULL)
        tou_choice_list_focus (self->card_list);
    else if (gtk_widget_get_visible (self->consent_button))
        gtk_widget_grab_focus (self->consent_button);
    else if (gtk_widget_get_sensitive (GTK_WIDGET (self->pin_entry)))
        gtk_widget_grab_focus (GTK_WIDGET (self->pin_entry));
}

static void
fill_certificates (TouPinDialog *self)
{
    GPtrArray *certificates = tou_unlock_step_get_certificates (self->step);
    gint64 now_us = tou_clock_now_us (tou_session_flow_get_clock (self->session));
    g_autofree TouChoice *choices = g_new0 (TouChoice, certificates->len);
    g_autoptr (GPtrArray) details = g_ptr_array_new_with_free_func (g_free);

    for (guint i = 0; i < certificates->len; i++) {
        const TouCardCertificate *certificate = g_ptr_array_index (certificates, i);
        char *detail = tou_card_text_certificate (certificate);

        g_ptr_array_add (details, detail);
        choices[i].title = certificate->holder != NULL ? certificate->holder : certificate->serial;
        choices[i].detail = detail;
        choices[i].problem = tou_card_text_fitness (tou_card_certificate_get_fitness (certificate, now_us));
    }
    tou_choice_list_fill (self->certificate_list, choices, certificates->len, -1);
}

static void
finish (TouPinDialog *self, guint signal)
{
    g_autoptr (TouPinDialog) keeper = g_object_ref (self);

    if (self->is_done)
        return;
    self->is_done = TRUE;
    tou_secret_entry_buffer_wipe (self->pin);
    gtk_widget_hide (GTK_WIDGET (self));
    g_signal_emit (self, signals[signal], 0);
    gtk_widget_destroy (GTK_WIDGET (self));
}

static void
give_up (TouPinDialog *self)
{
    if (self->is_done)
        return;
    g_cancellable_cancel (self->cancellable);
    finish (self, SIGNAL_CLOSED);
}

static void
on_state_changed (TouPinDialog *self)
{
    if (self->is_done)
        return;
    switch (tou_unlock_step_get_state (self->step)) {
    case TOU_UNLOCK_STATE_UNLOCKED:
        finish (self, SIGNAL_UNLOCKED);
        return;
    case TOU_UNLOCK_STATE_CERTIFICATE:
        hide_error (self);
        fill_certificates (self);
        break;
    case TOU_UNLOCK_STATE_CARD:
        self->is_reading_again = TRUE;
        break;
    case TOU_UNLOCK_STATE_IDLE:
        give_up (self);
        return;
    case TOU_UNLOCK_STATE_UNLOCKING:
    default:
        break;
    }
    refresh (self);
    if (tou_unlock_step_get_state (self->step) == TOU_UNLOCK_STATE_CERTIFICATE)
        focus_first (self);
}

static void
on_inventory_changed (TouPinDialog *self)
{
    gboolean could_type = gtk_widget_get_sensitive (GTK_WIDGET (self->pin_entry));

    if (self->is_done || is_busy (self))
        return;
    self->is_reading_again = FALSE;
    show_inventory (self);
    refresh (self);
    if (!could_type || gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
        focus_first (self);
}

static void
on_card_chosen (TouPinDialog *self)
{
    choose_token (self, tou_unlock_step_get_inventory (self->step));
    refresh (self);
}

static void
on_retry_clicked (TouPinDialog *self)
{
    hide_error (self);
    tou_unlock_step_begin (self->step);
}

static gboolean
is_local (const GError *error)
{
    return g_error_matches (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_EMPTY)
           || g_error_matches (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_LENGTH)
           || g_error_matches (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_INVALID);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouPinDialog) self = data;
    g_autoptr (GError) error = NULL;
    gboolean is_unlocked = tou_unlock_step_unlock_finish (TOU_UNLOCK_STEP (source), result, &error);

    if (self->is_done || is_unlocked)
        return;
    if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    tou_pin_dialog_show_error (self, error);
    self->was_not_sent = is_local (error);
    refresh (self);
    gtk_widget_grab_focus (GTK_WIDGET (self->pin_entry));
}

static void
unlock (TouPinDialog *self)
{
    g_autoptr (TouSecret) pin = NULL;

    if (!self->token->has_keypad)
        pin = tou_secret_entry_buffer_dup_secret (self->pin);
    tou_secret_entry_buffer_wipe (self->pin);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->consent_button), FALSE);
    hide_error (self);
    g_clear_object (&self->cancellable);
    self->cancellable = g_cancellable_new ();
    tou_unlock_step_unlock_async (self->step, self->token, pin, self->cancellable, on_unlocked,
                                  g_object_ref (self));
}

static void
choose_certificate (TouPinDialog *self)
{
    int selected = tou_choice_list_get_selected (self->certificate_list);
    GPtrArray *certificates = tou_unlock_step_get_certificates (self->step);

    tou_unlock_step_choose_certificate (self->step, g_ptr_array_index (certificates, selected));
}

static void
response (GtkDialog *dialog, int id)
{
    TouPinDialog *self = TOU_PIN_DIALOG (dialog);

    if (id != GTK_RESPONSE_OK)
        give_up (self);
    else if (!can_confirm (self))
        return;
    else if (tou_unlock_step_get_state (self->step) == TOU_UNLOCK_STATE_CERTIFICATE)
        choose_certificate (self);
    else
        unlock (self);
}

/* An error makes the dialog grow downwards; its buttons have to stay on screen. */
static void
size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
    GdkWindow *window = gtk_widget_get_window (widget);
    GdkRectangle area;
    GdkRectangle frame;

    GTK_WIDGET_CLASS (tou_pin_dialog_parent_class)->size_allocate (widget, allocation);
    if (window == NULL || !gtk_widget_get_mapped (widget))
        return;
    gdk_monitor_get_workarea (gdk_display_get_monitor_at_window (gtk_widget_get_display (widget), window),
                              &area);
    gdk_window_get_frame_extents (window, &frame);
    frame.height += allocation->height - gdk_window_get_height (window);
    if (frame.y + frame.height > area.y + area.height)
        gtk_window_move (GTK_WINDOW (widget), frame.x, MAX (area.y, area.y + area.height - frame.height));
}

static void
dispose (GObject *object)
{
    TouPinDialog *self = TOU_PIN_DIALOG (object);

    self->is_done = TRUE;
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    if (self->pin != NULL)
        tou_secret_entry_buffer_wipe (self->pin);
    g_clear_object (&self->pin);
    g_clear_object (&self->step);
    g_clear_object (&self->session);
    g_clear_pointer (&self->token, tou_card_token_unref);
    G_OBJECT_CLASS (tou_pin_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-pin-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, error_view);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, prompt);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, card_part);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, card_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, card_status);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, retry_button);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, card_list);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, pin_part);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, pin_entry);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, pin_hint);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, notice_row);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, notice);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, consent_button);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, keypad_label);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, certificate_part);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, certificate_list);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, busy_row);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, busy_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, busy_label);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, ok_button);
    gtk_widget_class_bind_template_callback (widget_class, on_card_chosen);
    gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
    gtk_widget_class_bind_template_callback (widget_class, refresh);
}

static void
tou_pin_dialog_class_init (TouPinDialogClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    GTK_WIDGET_CLASS (klass)->size_allocate = size_allocate;
    GTK_DIALOG_CLASS (klass)->response = response;
    g_type_ensure (TOU_TYPE_PRACTICE_BUTTON);
    g_type_ensure (TOU_TYPE_ERROR_VIEW);
    g_type_ensure (TOU_TYPE_CHOICE_LIST);
    bind_template (GTK_WIDGET_CLASS (klass));
    signals[SIGNAL_UNLOCKED] = g_signal_new ("unlocked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
    signals[SIGNAL_CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
tou_pin_dialog_init (TouPinDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->pin = TOU_SECRET_ENTRY_BUFFER (tou_secret_entry_buffer_new ());
    gtk_entry_set_buffer (self->pin_entry, GTK_ENTRY_BUFFER (self->pin));
    tou_accessible_ids_set (GTK_WIDGET (self));
}

TouPinDialog *
tou_pin_dialog_new (GtkWindow *parent, TouSessionFlow *session, TouUnlockStep *step)
{
    TouPinDialog *self = g_object_new (TOU_TYPE_PIN_DIALOG, "transient-for", parent, "use-header-bar", 0,
                                       NULL);

    self->session = g_object_ref (session);
    self->step = g_object_ref (step);
    g_signal_connect_object (step, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (step, "inventory-changed", G_CALLBACK (on_inventory_changed), self,
                             G_CONNECT_SWAPPED);
    show_inventory (self);
    refresh (self);
    focus_first (self);
    return self;
}

void
tou_pin_dialog_show_error (TouPinDialog *self, const GError *error)
{
    tou_error_view_set_error (TOU_ERROR_VIEW (self->error_view), error,
                              tou_session_flow_get_profile (self->session));
    gtk_widget_show (self->error_view);
}
