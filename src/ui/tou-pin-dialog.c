/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-pin-dialog.h"

#include "tou-accessible-ids.h"
#include "tou-announcer.h"
#include "tou-card-chooser.h"
#include "tou-certificate-chooser.h"
#include "tou-countdown.h"
#include "tou-dialog-body.h"
#include "tou-dialog-room.h"
#include "tou-error-help.h"
#include "tou-error-view.h"
#include "tou-pin-field.h"
#include "tou-word-wrap.h"

#include <glib/gi18n-lib.h>

/* What the user has to do next. */
typedef enum {
    ACT_NOTHING, /* wait */
    ACT_CARD,    /* put one in, or have the readers looked at again */
    ACT_CHOOSE,  /* one of several */
    ACT_LOOK,    /* at the card, which is another one now */
    ACT_CONSENT, /* to the last try */
    ACT_PIN,
    ACT_KEYPAD, /* press OK and go on at the reader */
    ACT_CERTIFICATE,
    ACT_GIVE_UP, /* the card is locked */
} Act;

struct _TouPinDialog {
    GtkDialog parent_instance;

    TouSessionFlow *session;
    TouUnlockStep *step;
    GCancellable *cancellable; /* of the unlock under way */
    Act act;                   /* the one that had the focus put on it */
    gboolean is_done;
    gboolean was_locked;  /* the card as it was last seen */
    gboolean has_to_look; /* the rest of a PIN for a card that is gone must not go to the one that is left */
    gboolean is_current;  /* what the card says of its PIN is from after the last one */
    char *spoken;         /* (nullable): the card and its tries, as they were said last */

    TouErrorView *error_view;
    GtkWidget *prompt;
    TouCardChooser *card_chooser;
    TouPinField *pin_field;
    TouCertificateChooser *certificate_chooser;
    GtkWidget *busy_row;
    GtkSpinner *busy_spinner;
    GtkLabel *busy_label;
    TouCountdown *countdown_label;
    GtkWidget *cancel_button;
    GtkWidget *ok_button;
};

enum { SIGNAL_UNLOCKED, SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouPinDialog, tou_pin_dialog, GTK_TYPE_DIALOG)

static TouCardToken *
get_token (TouPinDialog *self)
{
    return tou_card_chooser_get_token (self->card_chooser);
}

static void
hide_error (TouPinDialog *self)
{
    tou_pin_field_set_note (self->pin_field, NULL);
    tou_pin_field_set_is_explained (self->pin_field, FALSE);
    gtk_widget_hide (GTK_WIDGET (self->error_view));
}

static gboolean
has_error (TouPinDialog *self)
{
    return gtk_widget_get_visible (GTK_WIDGET (self->error_view));
}

static gboolean
is_busy (TouPinDialog *self)
{
    return tou_unlock_step_get_state (self->step) == TOU_UNLOCK_STATE_UNLOCKING;
}

static gboolean
chooses_certificate (TouPinDialog *self)
{
    return tou_unlock_step_get_state (self->step) == TOU_UNLOCK_STATE_CERTIFICATE;
}

static gboolean
has_keypad (TouPinDialog *self)
{
    return get_token (self) != NULL && get_token (self)->has_keypad;
}

static gboolean
is_locked (TouPinDialog *self)
{
    return self->is_current && get_token (self) != NULL
           && get_token (self)->pin_state == TOU_PIN_STATE_LOCKED;
}

static gboolean
can_confirm (TouPinDialog *self)
{
    switch (tou_unlock_step_get_state (self->step)) {
    case TOU_UNLOCK_STATE_CARD:
        return self->has_to_look || tou_pin_field_is_allowed (self->pin_field);
    case TOU_UNLOCK_STATE_CERTIFICATE:
        return tou_certificate_chooser_get_certificate (self->certificate_chooser) != NULL;
    case TOU_UNLOCK_STATE_IDLE:
    case TOU_UNLOCK_STATE_UNLOCKING:
    case TOU_UNLOCK_STATE_UNLOCKED:
    default:
        return FALSE;
    }
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
set_is_current (TouPinDialog *self, gboolean is_current)
{
    self->is_current = is_current;
    tou_pin_field_set_is_current (self->pin_field, is_current);
}

/* The card that is chosen, as it is now. */
static void
show_token (TouPinDialog *self)
{
    TouCardToken *token = get_token (self);

    tou_pin_field_set_token (self->pin_field, token,
                             token != NULL ? tou_unlock_step_find_profile (self->step, token) : NULL);
}

static Act
find_act (TouPinDialog *self)
{
    TouCardToken *token = get_token (self);

    if (chooses_certificate (self))
        return ACT_CERTIFICATE;
    if (is_busy (self))
        return ACT_NOTHING;
    if (token == NULL)
        return tou_card_chooser_waits_for_choice (self->card_chooser) ? ACT_CHOOSE : ACT_CARD;
    if (self->has_to_look)
        return ACT_LOOK;
    if (is_locked (self))
        return ACT_GIVE_UP;
    if (self->is_current && !tou_pin_field_is_allowed (self->pin_field))
        return ACT_CONSENT;
    return token->has_keypad ? ACT_KEYPAD : ACT_PIN;
}

static gboolean
focus_act (TouPinDialog *self)
{
    switch (self->act) {
    case ACT_CARD:
    case ACT_CHOOSE:
        return tou_card_chooser_focus (self->card_chooser);
    case ACT_CONSENT:
    case ACT_PIN:
        return tou_pin_field_focus (self->pin_field);
    case ACT_CERTIFICATE:
        return tou_certificate_chooser_focus (self->certificate_chooser);
    case ACT_LOOK:
    case ACT_KEYPAD:
        gtk_widget_grab_focus (self->ok_button);
        return gtk_widget_is_sensitive (self->ok_button);
    case ACT_GIVE_UP:
        return tou_card_chooser_focus (self->card_chooser)
               || gtk_widget_child_focus (GTK_WIDGET (self->error_view), GTK_DIR_TAB_FORWARD);
    case ACT_NOTHING:
    default:
        return FALSE;
    }
}

/* While the card works nothing has it: Enter pressed twice must not give up, nor with a locked card. */
static void
focus_next (TouPinDialog *self)
{
    self->act = find_act (self);
    if (self->act != ACT_NOTHING && !focus_act (self))
        gtk_widget_grab_focus (self->cancel_button);
}

/* An error has to be read, and says what to enter: the cards get what it leaves. */
static void
fit (TouPinDialog *self)
{
    gtk_widget_set_visible (self->prompt, !chooses_certificate (self) && !is_locked (self)
                                              && !has_keypad (self) && !has_error (self)
                                              && !self->has_to_look);
    tou_error_view_set_max_height (self->error_view, G_MAXINT);
    tou_card_chooser_fit_dialog (self->card_chooser, GTK_WINDOW (self));
    tou_error_view_fit_dialog (self->error_view, GTK_WINDOW (self));
}

/* Which card it is, or that there is none, and how many tries are left: said when it becomes another, and
 * again where the focus comes to. What is wrong comes first. */
static void
speak (TouPinDialog *self)
{
    g_autofree char *card = NULL;
    g_autofree char *all = NULL;
    g_autofree char *before = NULL;
    const char *parts[3] = { NULL };

    if (self->is_done)
        return;
    card = tou_card_chooser_dup_spoken (self->card_chooser);
    parts[0] = has_error (self) ? tou_error_view_get_spoken (self->error_view) : NULL;
    parts[1] = tou_pin_field_get_notice (self->pin_field);
    parts[2] = card;
    before = g_steal_pointer (&self->spoken);
    all = tou_announcer_join (parts, G_N_ELEMENTS (parts));
    self->spoken = tou_announcer_join (parts + 1, G_N_ELEMENTS (parts) - 1);
    tou_pin_field_set_description (self->pin_field, all);
    tou_card_chooser_set_description (self->card_chooser, all);
    atk_object_set_description (gtk_widget_get_accessible (self->cancel_button), all);
    atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (self)), all);
    if (g_strcmp0 (before, self->spoken) != 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
        tou_announcer_say (GTK_WIDGET (self), self->spoken);
}

static gboolean
is_focus_usable (TouPinDialog *self)
{
    GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

    return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus);
}

/* The focus goes to the next act whenever that is another one; else it stays where the user has put it. */
static void
refresh (TouPinDialog *self)
{
    gboolean chooses = chooses_certificate (self);

    gtk_widget_set_visible (GTK_WIDGET (self->card_chooser), !chooses);
    gtk_widget_set_visible (GTK_WIDGET (self->pin_field), !chooses);
    gtk_widget_set_visible (GTK_WIDGET (self->certificate_chooser), chooses);
    gtk_widget_set_sensitive (GTK_WIDGET (self->card_chooser), !is_busy (self));
    tou_pin_field_set_editable (self->pin_field, !is_busy (self) && !self->has_to_look);
    show_busy (self);
    gtk_widget_set_sensitive (self->ok_button, can_confirm (self));
    fit (self);
    speak (self);
    if (self->act != find_act (self) || !is_focus_usable (self))
        focus_next (self);
}

/* A locked card is an error before any PIN, too; once it is another card or unlocked, it is none. */
static void
explain_lock (TouPinDialog *self)
{
    g_autoptr (GError) error = NULL;
    gboolean was_locked = self->was_locked;

    self->was_locked = is_locked (self);
    if (was_locked && !self->was_locked)
        hide_error (self);
    if (!self->was_locked || has_error (self))
        return;
    error = g_error_new_literal (TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_LOCKED, "CKF_USER_PIN_LOCKED");
    tou_pin_dialog_show_error (self, error);
}

static void
set_has_to_look (TouPinDialog *self, gboolean has_to_look)
{
    if (self->has_to_look == has_to_look)
        return;
    self->has_to_look = has_to_look;
    tou_pin_field_set_note (self->pin_field,
                            has_to_look ? _ ("The IC card has changed while its PIN was being typed. "
                                             "Please look at the card above and press OK, then enter "
                                             "its PIN.")
                                        : NULL);
}

/* A PIN is for one card: it must never reach another. What went wrong stays until there is another card: one
 * that was taken out in the middle of a step is gone at once. */
static void
on_card_changed (TouPinDialog *self)
{
    gboolean is_choosing = tou_card_chooser_is_choosing (self->card_chooser);
    gboolean is_typing = !is_choosing && tou_pin_field_is_begun (self->pin_field);

    tou_pin_field_clear (self->pin_field);
    if (get_token (self) != NULL)
        hide_error (self);
    show_token (self);
    explain_lock (self);
    set_has_to_look (self, is_typing && get_token (self) != NULL);
    if (is_choosing)
        self->act = find_act (self);
    refresh (self);
}

static void
show_inventory (TouPinDialog *self)
{
    const GError *error = tou_unlock_step_get_inventory_error (self->step);

    tou_card_chooser_show_step (self->card_chooser, self->step);
    show_token (self);
    if (error != NULL)
        tou_pin_dialog_show_error (self, error);
    else
        explain_lock (self);
}

static void
finish (TouPinDialog *self, guint signal)
{
    g_autoptr (TouPinDialog) keeper = g_object_ref (self);

    if (self->is_done)
        return;
    self->is_done = TRUE;
    tou_pin_field_clear (self->pin_field);
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
    tou_countdown_stop (self->countdown_label);
    switch (tou_unlock_step_get_state (self->step)) {
    case TOU_UNLOCK_STATE_UNLOCKED:
        finish (self, SIGNAL_UNLOCKED);
        return;
    case TOU_UNLOCK_STATE_CERTIFICATE:
        hide_error (self);
        tou_certificate_chooser_show_step (self->certificate_chooser, self->step);
        break;
    case TOU_UNLOCK_STATE_CARD:
        set_is_current (self, FALSE);
        break;
    case TOU_UNLOCK_STATE_IDLE:
        give_up (self);
        return;
    case TOU_UNLOCK_STATE_UNLOCKING:
        if (has_keypad (self))
            tou_countdown_start (self->countdown_label, tou_unlock_step_get_keypad_seconds (self->step));
        break;
    default:
        break;
    }
    refresh (self);
}

static void
on_inventory_changed (TouPinDialog *self)
{
    if (self->is_done || is_busy (self))
        return;
    set_is_current (self, TRUE);
    show_inventory (self);
    refresh (self);
}

/* The store has said which card was used last. */
static void
on_preferred_changed (TouPinDialog *self)
{
    gboolean waited = tou_card_chooser_waits_for_choice (self->card_chooser);

    if (self->is_done || is_busy (self) || chooses_certificate (self))
        return;
    tou_card_chooser_show_step (self->card_chooser, self->step);
    refresh (self);
    /* The focus was among the cards because one had to be chosen. */
    if (waited && get_token (self) != NULL)
        focus_next (self);
}

static void
on_retry_wanted (TouPinDialog *self)
{
    hide_error (self);
    tou_unlock_step_begin (self->step);
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
    refresh (self);
    focus_next (self);
}

/* What the error of a PIN says of itself is not said here: that it was too short, for one. */
static void
note_unused_pin (TouPinDialog *self)
{
    if (!is_busy (self) && !has_keypad (self))
        tou_pin_field_set_note (self->pin_field, _ ("The PIN was not sent to the card; no try was used up."));
}

static void
unlock (TouPinDialog *self)
{
    g_autoptr (TouSecret) pin = tou_pin_field_dup_pin (self->pin_field);
    const TouCardCertificate *chosen = tou_card_chooser_get_certificate (self->card_chooser);

    tou_pin_field_clear (self->pin_field);
    hide_error (self);
    g_clear_object (&self->cancellable);
    self->cancellable = g_cancellable_new ();
    tou_unlock_step_set_chosen (self->step, chosen != NULL ? chosen->sha256 : NULL);
    tou_unlock_step_unlock_async (self->step, get_token (self), pin, self->cancellable, on_unlocked,
                                  g_object_ref (self));
    note_unused_pin (self);
}

static void
end_look (TouPinDialog *self)
{
    set_has_to_look (self, FALSE);
    refresh (self);
}

static void
response (GtkDialog *dialog, int id)
{
    TouPinDialog *self = TOU_PIN_DIALOG (dialog);

    if (id != GTK_RESPONSE_OK)
        give_up (self);
    else if (!can_confirm (self))
        return;
    else if (self->has_to_look)
        end_look (self);
    else if (chooses_certificate (self))
        tou_unlock_step_choose_certificate (
            self->step, tou_certificate_chooser_get_certificate (self->certificate_chooser));
    else
        unlock (self);
}

/* Whoever sees which card is meant types its PIN, wherever the focus is. Before a card is chosen nobody knows
 * whose PIN it would be. */
static gboolean
key_press_event (GtkWidget *widget, GdkEventKey *event)
{
    TouPinDialog *self = TOU_PIN_DIALOG (widget);

    if (!GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (self)))
        && !tou_pin_field_take_key (self->pin_field, event)
        && tou_card_chooser_waits_for_choice (self->card_chooser)) {
        tou_pin_field_set_note (self->pin_field, _ ("Please choose the IC card first, then enter its PIN."));
        refresh (self);
    }
    return GTK_WIDGET_CLASS (tou_pin_dialog_parent_class)->key_press_event (widget, event);
}

static void
size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
    GTK_WIDGET_CLASS (tou_pin_dialog_parent_class)->size_allocate (widget, allocation);
    tou_dialog_room_keep (GTK_WINDOW (widget), allocation);
}

static void
map (GtkWidget *widget)
{
    GTK_WIDGET_CLASS (tou_pin_dialog_parent_class)->map (widget);
    tou_announcer_say (widget, TOU_PIN_DIALOG (widget)->spoken);
}

static void
dispose (GObject *object)
{
    TouPinDialog *self = TOU_PIN_DIALOG (object);

    self->is_done = TRUE;
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    g_clear_object (&self->step);
    g_clear_object (&self->session);
    g_clear_pointer (&self->spoken, g_free);
    G_OBJECT_CLASS (tou_pin_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (TOU_TYPE_DIALOG_BODY);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-pin-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, error_view);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, prompt);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, card_chooser);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, pin_field);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, certificate_chooser);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, busy_row);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, busy_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, busy_label);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, countdown_label);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, cancel_button);
    gtk_widget_class_bind_template_child (widget_class, TouPinDialog, ok_button);
    gtk_widget_class_bind_template_callback (widget_class, on_card_changed);
    gtk_widget_class_bind_template_callback (widget_class, on_retry_wanted);
    gtk_widget_class_bind_template_callback (widget_class, refresh);
    gtk_widget_class_bind_template_callback (widget_class, speak);
}

static void
tou_pin_dialog_class_init (TouPinDialogClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    GTK_WIDGET_CLASS (klass)->key_press_event = key_press_event;
    GTK_WIDGET_CLASS (klass)->size_allocate = size_allocate;
    GTK_WIDGET_CLASS (klass)->map = map;
    GTK_DIALOG_CLASS (klass)->response = response;
    g_type_ensure (TOU_TYPE_CARD_CHOOSER);
    g_type_ensure (TOU_TYPE_PIN_FIELD);
    g_type_ensure (TOU_TYPE_ERROR_VIEW);
    g_type_ensure (TOU_TYPE_CERTIFICATE_CHOOSER);
    g_type_ensure (TOU_TYPE_COUNTDOWN);
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
    self->is_current = TRUE;
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_word_wrap_set (GTK_WIDGET (self));
    tou_error_help_add_key (GTK_WINDOW (self));
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
    g_signal_connect_object (step, "preferred-changed", G_CALLBACK (on_preferred_changed), self,
                             G_CONNECT_SWAPPED);
    show_inventory (self);
    refresh (self);
    focus_next (self);
    return self;
}

void
tou_pin_dialog_show_error (TouPinDialog *self, const GError *error)
{
    gboolean is_explained = g_error_matches (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_WRONG)
                            || g_error_matches (error, TOU_CARD_ERROR, TOU_CARD_ERROR_PIN_LOCKED);

    tou_error_view_set_error (self->error_view, error, tou_session_flow_get_profile (self->session));
    tou_pin_field_set_is_explained (self->pin_field, is_explained);
    gtk_widget_show (GTK_WIDGET (self->error_view));
    fit (self);
}

void
tou_pin_dialog_set_card_title (TouPinDialog *self, const char *title)
{
    tou_card_chooser_set_title (self->card_chooser, title);
}
