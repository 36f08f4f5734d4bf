/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-renewal-dialog.h"

#include "tou-accessible-ids.h"
#include "tou-card-text.h"
#include "tou-dialog-body.h"
#include "tou-error-help.h"
#include "tou-error-view.h"
#include "tou-flow-error.h"
#include "tou-pin-dialog.h"
#include "tou-practice-button.h"
#include "tou-word-wrap.h"

#include <glib/gi18n-lib.h>

/* Of an error that stands right above the buttons. */
#define BUTTON_DISTANCE 14

struct _TouRenewalDialog {
    GtkDialog parent_instance;

    TouCardRenewalFlow *flow;
    TouUnlockStep *unlock;
    GCancellable *cancellable; /* of the preparation */
    gboolean is_preparing;
    gboolean is_impossible; /* there is nothing that could be renewed */
    gboolean has_begun;     /* the flow was begun here */
    gboolean is_pin_asked;  /* the PIN dialog is in this one's place */
    gboolean is_done;
    char *cards; /* (nullable): what was in the readers, to see whether it changed */

    TouErrorView *error_view;
    GtkWidget *content_box;
    GtkLabel *turn_label;
    GtkWidget *message_label;
    GtkWidget *busy_row;
    GtkSpinner *busy_spinner;
    GtkLabel *busy_label;
    GtkWidget *cards_part;
    GtkLabel *cards_status;
    GtkBox *cards_box;
    GtkWidget *renewal_register_button;
    GtkWidget *cancel_button;
    GtkWidget *ok_button;
};

enum {
    SIGNAL_UNLOCKED,
    SIGNAL_CLOSED,
    SIGNAL_REGISTRATION_WANTED,
    N_SIGNALS,
};
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouRenewalDialog, tou_renewal_dialog, GTK_TYPE_DIALOG)

static TouRequestFlow *
get_flow (TouRenewalDialog *self)
{
    return TOU_REQUEST_FLOW (self->flow);
}

static TouRenewalStep
get_step (TouRenewalDialog *self)
{
    return tou_card_renewal_flow_get_step (self->flow);
}

/* A card is asked for and none is being used. */
static gboolean
wants_card (TouRenewalDialog *self)
{
    return tou_request_flow_get_state (get_flow (self)) == TOU_REQUEST_STATE_CARD;
}

static gboolean
is_authorizing (TouRenewalDialog *self)
{
    return get_step (self) == TOU_RENEWAL_STEP_AUTHORIZING;
}

static gboolean
wants_new (TouRenewalDialog *self)
{
    return get_step (self) >= TOU_RENEWAL_STEP_NEW_CARD;
}

/* @why: (nullable): of "closed" */
static void
finish (TouRenewalDialog *self, guint signal, const GError *why)
{
    g_autoptr (TouRenewalDialog) keeper = g_object_ref (self);

    if (self->is_done)
        return;
    self->is_done = TRUE;
    g_cancellable_cancel (self->cancellable);
    gtk_widget_hide (GTK_WIDGET (self));
    if (signal == SIGNAL_CLOSED)
        g_signal_emit (self, signals[signal], 0, why);
    else
        g_signal_emit (self, signals[signal], 0);
    gtk_widget_destroy (GTK_WIDGET (self));
}

/* What is in the readers */

static GtkWidget *
make_line (const char *text, const char *style_class)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_max_width_chars (GTK_LABEL (label), 56);
    if (style_class != NULL)
        gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
    return label;
}

static const char *
get_verdict (TouRenewalDialog *self, const TouCardToken *token, const GError *fault)
{
    if (g_error_matches (fault, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_SAME_CARD))
        return _ ("This is still the current card. It has done its part and can be taken out.");
    if (fault != NULL)
        return tou_card_text_fault (fault);
    if (token->hides_certificates)
        return _ ("Only after the PIN it can be seen whether this is the right card.");
    return wants_new (self) ? _ ("It can be used as the new card.") : _ ("This is the current card.");
}

typedef struct {
    const char *icon;
    const char *style_class;
} VerdictLook;

/* That the current card is still in when the new one has its turn is how it has to be, and so is another card
 * beside the right one. */
static VerdictLook
get_verdict_look (const GError *fault, gboolean has_right_one)
{
    if (fault == NULL)
        return (VerdictLook){ "object-select-symbolic", "tou-approved" };
    if (has_right_one || g_error_matches (fault, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_SAME_CARD))
        return (VerdictLook){ "dialog-information-symbolic", NULL };
    return (VerdictLook){ "dialog-warning-symbolic", "tou-fault" };
}

static GtkWidget *
make_verdict (TouRenewalDialog *self, const TouCardToken *token, gboolean has_right_one)
{
    g_autoptr (GError) fault = NULL;
    gboolean fits = tou_unlock_step_judge_token (self->unlock, token, &fault);
    VerdictLook look = get_verdict_look (fits ? NULL : fault, has_right_one);
    GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *icon = gtk_image_new_from_icon_name (look.icon, GTK_ICON_SIZE_BUTTON);

    gtk_widget_set_valign (icon, GTK_ALIGN_START);
    if (look.style_class != NULL)
        gtk_style_context_add_class (gtk_widget_get_style_context (icon), look.style_class);
    gtk_container_add (GTK_CONTAINER (row), icon);
    gtk_container_add (GTK_CONTAINER (row), make_line (get_verdict (self, token, fault), look.style_class));
    return row;
}

static void
add_card (TouRenewalDialog *self, const TouCardToken *token, gboolean has_right_one)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
    const TouCardCertificate *certificate = tou_unlock_step_find_candidate (self->unlock, token);
    g_autofree char *detail = tou_card_text_candidate (
        token, certificate, tou_unlock_step_find_profile (self->unlock, token), FALSE);

    gtk_container_add (GTK_CONTAINER (box),
                       make_line (tou_card_text_title (token, certificate), "tou-choice-title"));
    gtk_container_add (GTK_CONTAINER (box), make_line (detail, "tou-hint"));
    gtk_container_add (GTK_CONTAINER (box), make_verdict (self, token, has_right_one));
    gtk_container_add (GTK_CONTAINER (self->cards_box), box);
    gtk_widget_show_all (box);
}

static gboolean
is_right_one_in (TouRenewalDialog *self, const TouCardInventory *inventory)
{
    for (guint i = 0; i < inventory->tokens->len; i++)
        if (tou_unlock_step_judge_token (self->unlock, g_ptr_array_index (inventory->tokens, i), NULL))
            return TRUE;
    return FALSE;
}

static char *
describe_no_card (TouRenewalDialog *self)
{
    TouCardInventory *inventory = tou_unlock_step_get_inventory (self->unlock);

    if (tou_unlock_step_get_inventory_error (self->unlock) != NULL)
        return g_strdup (_ ("The card readers cannot be looked at."));
    if (inventory == NULL)
        return g_strdup (_ ("Looking for card readers and cards…"));
    return inventory->tokens->len == 0 ? tou_card_text_inventory (inventory) : NULL;
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
    gtk_widget_destroy (child);
}

static void
show_cards (TouRenewalDialog *self)
{
    TouCardInventory *inventory = tou_unlock_step_get_inventory (self->unlock);
    g_autofree char *status = describe_no_card (self);
    gboolean has_right_one = status == NULL && is_right_one_in (self, inventory);

    gtk_container_foreach (GTK_CONTAINER (self->cards_box), destroy_child, NULL);
    for (guint i = 0; status == NULL && i < inventory->tokens->len; i++)
        add_card (self, g_ptr_array_index (inventory->tokens, i), has_right_one);
    gtk_label_set_text (self->cards_status, status != NULL ? status : "");
    gtk_widget_set_visible (GTK_WIDGET (self->cards_status), status != NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->cards_box), status == NULL);
}

/* What the dialog says */

static const char *
get_busy_text (TouRenewalDialog *self)
{
    if (self->is_preparing)
        return _ ("Asking the service which card is registered…");
    return is_authorizing (self) ? _ ("The current card is signing its consent to the renewal. Please leave "
                                      "it in the reader…")
                                 : NULL;
}

static void
show_busy (TouRenewalDialog *self)
{
    const char *text = get_busy_text (self);

    gtk_label_set_text (self->busy_label, text != NULL ? text : "");
    gtk_widget_set_visible (self->busy_row, text != NULL);
    g_object_set (self->busy_spinner, "active", text != NULL, NULL);
}

static void
show_turn (TouRenewalDialog *self)
{
    gtk_label_set_text (self->turn_label,
                        wants_new (self) ? _ ("2/2  New IC card") : _ ("1/2  IC card in use now"));
    gtk_label_set_text (GTK_LABEL (self->message_label),
                        wants_new (self)
                            ? _ ("Please make sure that the IC card that you are going to use is "
                                 "properly inserted in the IC card reader, and press “OK”.")
                            : _ ("Please make sure that the IC card that you use now is "
                                 "properly inserted in the IC card reader, and press “OK”."));
    gtk_widget_set_visible (self->message_label, wants_card (self));
}

static gboolean
can_go_on (TouRenewalDialog *self)
{
    if (wants_card (self))
        return tou_unlock_step_get_inventory (self->unlock) != NULL
               || tou_unlock_step_get_inventory_error (self->unlock) != NULL;
    return !self->is_preparing && !self->is_impossible && !is_authorizing (self);
}

/* What there is to be pressed has the focus, wherever it was before it could not be pressed. */
static void
focus_next (TouRenewalDialog *self)
{
    if (self->is_impossible)
        gtk_widget_grab_focus (self->renewal_register_button);
    else if (can_go_on (self))
        gtk_widget_grab_focus (self->ok_button);
    else
        gtk_widget_grab_focus (self->cancel_button);
}

static void
refresh (TouRenewalDialog *self)
{
    gboolean could_go_on = gtk_widget_get_sensitive (self->ok_button);

    if (self->is_done)
        return;
    show_busy (self);
    show_turn (self);
    show_cards (self);
    gtk_widget_set_visible (self->cards_part, wants_card (self));
    gtk_widget_set_visible (self->renewal_register_button, self->is_impossible);
    gtk_widget_set_visible (self->content_box, !self->is_impossible);
    gtk_widget_set_margin_bottom (GTK_WIDGET (self->error_view), self->is_impossible ? BUTTON_DISTANCE : 0);
    gtk_widget_set_visible (self->ok_button, !self->is_impossible);
    gtk_widget_set_sensitive (self->ok_button, can_go_on (self));
    tou_error_view_fit_dialog (self->error_view, GTK_WINDOW (self));
    if (could_go_on != can_go_on (self) || self->is_impossible)
        focus_next (self);
}

static void
hide_error (TouRenewalDialog *self)
{
    gtk_widget_hide (GTK_WIDGET (self->error_view));
}

void
tou_renewal_dialog_show_error (TouRenewalDialog *self, const GError *error)
{
    TouSessionFlow *session = tou_request_flow_get_session_flow (get_flow (self));

    tou_error_view_set_error (self->error_view, error, tou_session_flow_get_profile (session));
    gtk_widget_show (GTK_WIDGET (self->error_view));
    tou_error_view_fit_dialog (self->error_view, GTK_WINDOW (self));
}

/* Preparation */

static gboolean
is_hopeless (const GError *error)
{
    return g_error_matches (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_NOT_REGISTERED)
           || g_error_matches (error, TOU_RENEWAL_ERROR, TOU_RENEWAL_ERROR_CURRENT_EXPIRED);
}

static void
show_failure (TouRenewalDialog *self, const GError *error)
{
    TouSessionFlow *session = tou_request_flow_get_session_flow (get_flow (self));

    if (tou_session_flow_get_session (session) == NULL) {
        finish (self, SIGNAL_CLOSED, error);
        return;
    }
    self->is_impossible = is_hopeless (error);
    tou_renewal_dialog_show_error (self, error);
    refresh (self);
}

/* What was sent and not answered has to be settled first, and there is no card to ask for. */
static void
begin_flow (TouRenewalDialog *self)
{
    tou_request_flow_begin (get_flow (self));
    if (tou_request_flow_get_state (get_flow (self)) == TOU_REQUEST_STATE_UNCERTAIN)
        finish (self, SIGNAL_UNLOCKED, NULL);
    else
        refresh (self);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouRenewalDialog) self = data;
    g_autoptr (GError) error = NULL;
    gboolean is_prepared = tou_request_flow_prepare_finish (TOU_REQUEST_FLOW (source), result, &error);

    if (self->is_done)
        return;
    self->is_preparing = FALSE;
    if (is_prepared && tou_card_renewal_flow_check (self->flow, &error))
        begin_flow (self);
    else
        show_failure (self, error);
}

static void
prepare (TouRenewalDialog *self)
{
    self->has_begun = TRUE;
    self->is_preparing = TRUE;
    hide_error (self);
    tou_request_flow_prepare_async (get_flow (self), self->cancellable, on_prepared, g_object_ref (self));
    refresh (self);
}

/* The PIN */

static void
come_back (TouRenewalDialog *self)
{
    self->is_pin_asked = FALSE;
    if (tou_request_flow_get_state (get_flow (self)) == TOU_REQUEST_STATE_CONFIRMING) {
        finish (self, SIGNAL_UNLOCKED, NULL);
        return;
    }
    refresh (self);
    gtk_window_present (GTK_WINDOW (self));
    focus_next (self);
}

static void
on_pin_closed (TouRenewalDialog *self)
{
    if (self->is_done)
        return;
    if (tou_unlock_step_get_state (self->unlock) == TOU_UNLOCK_STATE_CERTIFICATE)
        tou_unlock_step_begin (self->unlock);
    come_back (self);
}

static void
ask_for_pin (TouRenewalDialog *self)
{
    TouPinDialog *dialog = tou_pin_dialog_new (gtk_window_get_transient_for (GTK_WINDOW (self)),
                                               tou_request_flow_get_session_flow (get_flow (self)),
                                               self->unlock);

    tou_pin_dialog_set_card_title (dialog, wants_new (self) ? _ ("New IC card") : _ ("IC card in use now"));
    g_signal_connect_object (dialog, "unlocked", G_CALLBACK (come_back), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (on_pin_closed), self, G_CONNECT_SWAPPED);
    self->is_pin_asked = TRUE;
    gtk_widget_hide (GTK_WIDGET (self));
    gtk_window_present (GTK_WINDOW (dialog));
}

static TouCardError
name_no_card (const TouCardInventory *inventory)
{
    if (tou_card_inventory_find_reader (inventory, TOU_READER_BUSY) != NULL)
        return TOU_CARD_ERROR_READER_BUSY;
    if (tou_card_inventory_find_reader (inventory, TOU_READER_UNRECOGNISED) != NULL)
        return TOU_CARD_ERROR_UNKNOWN_CARD;
    return inventory->readers->len == 0 ? TOU_CARD_ERROR_NO_READER : TOU_CARD_ERROR_NO_CARD;
}

/* Returns: (transfer full) (nullable): why none of the cards can have its turn now */
static GError *
find_obstacle (TouRenewalDialog *self)
{
    TouCardInventory *inventory = tou_unlock_step_get_inventory (self->unlock);
    const GError *error = tou_unlock_step_get_inventory_error (self->unlock);
    GError *obstacle = NULL;

    if (error != NULL)
        return g_error_copy (error);
    if (inventory->tokens->len == 0)
        return g_error_new_literal (TOU_CARD_ERROR, (int) name_no_card (inventory), "No card to be used");
    for (guint i = 0; i < inventory->tokens->len; i++)
        if (tou_unlock_step_judge_token (self->unlock, g_ptr_array_index (inventory->tokens, i),
                                         obstacle == NULL ? &obstacle : NULL)) {
            g_clear_error (&obstacle);
            return NULL;
        }
    return obstacle;
}

static void
use_card (TouRenewalDialog *self)
{
    g_autoptr (GError) obstacle = find_obstacle (self);

    hide_error (self);
    if (obstacle == NULL) {
        ask_for_pin (self);
        return;
    }
    tou_renewal_dialog_show_error (self, obstacle);
    if (tou_unlock_step_get_inventory_error (self->unlock) != NULL)
        tou_unlock_step_begin (self->unlock);
}

static void
give_up (TouRenewalDialog *self)
{
    if (self->is_done)
        return;
    if (self->has_begun)
        tou_request_flow_leave (get_flow (self));
    finish (self, SIGNAL_CLOSED, NULL);
}

static void
register_instead (TouRenewalDialog *self)
{
    tou_request_flow_leave (get_flow (self));
    finish (self, SIGNAL_REGISTRATION_WANTED, NULL);
}

static void
response (GtkDialog *dialog, int id)
{
    TouRenewalDialog *self = TOU_RENEWAL_DIALOG (dialog);

    if (id == GTK_RESPONSE_APPLY)
        register_instead (self);
    else if (id != GTK_RESPONSE_OK)
        give_up (self);
    else if (!can_go_on (self))
        return;
    else if (wants_card (self))
        use_card (self);
    else
        prepare (self);
}

static char *
describe_cards (const TouCardInventory *inventory)
{
    GString *text = g_string_new (NULL);

    for (guint i = 0; inventory != NULL && i < inventory->tokens->len; i++) {
        const TouCardToken *token = g_ptr_array_index (inventory->tokens, i);

        g_string_append_printf (text, "%s %s", token->id, token->label);
        for (guint j = 0; token->certificates != NULL && j < token->certificates->len; j++) {
            const TouCardCertificate *certificate = g_ptr_array_index (token->certificates, j);

            g_string_append_printf (text, " %s", certificate->sha256);
        }
        g_string_append_c (text, '\n');
    }
    return g_string_free (text, FALSE);
}

/* Another card answers what was said of the one before; without one it stays, since a card that was taken out
 * in the middle of a step is gone at once. */
static void
on_inventory_changed (TouRenewalDialog *self)
{
    g_autofree char *before = g_steal_pointer (&self->cards);

    self->cards = describe_cards (tou_unlock_step_get_inventory (self->unlock));
    if (self->is_done || self->is_pin_asked || !wants_card (self))
        return;
    if (before != NULL && *self->cards != '\0' && !g_str_equal (before, self->cards))
        hide_error (self);
    refresh (self);
}

static void
on_state_changed (TouRenewalDialog *self)
{
    if (!self->is_pin_asked)
        refresh (self);
}

static void
on_step_changed (TouRenewalDialog *self)
{
    if (self->is_done || self->is_pin_asked)
        return;
    hide_error (self);
    refresh (self);
    focus_next (self);
}

static void
on_authorization_failed (TouRenewalDialog *self, const GError *error)
{
    if (!self->is_done)
        show_failure (self, error);
}

static void
dispose (GObject *object)
{
    TouRenewalDialog *self = TOU_RENEWAL_DIALOG (object);

    self->is_done = TRUE;
    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->cancellable);
    g_clear_object (&self->unlock);
    g_clear_object (&self->flow);
    g_clear_pointer (&self->cards, g_free);
    G_OBJECT_CLASS (tou_renewal_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (TOU_TYPE_DIALOG_BODY);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-renewal-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, error_view);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, content_box);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, turn_label);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, message_label);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, busy_row);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, busy_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, busy_label);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, cards_part);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, cards_status);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, cards_box);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, renewal_register_button);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, cancel_button);
    gtk_widget_class_bind_template_child (widget_class, TouRenewalDialog, ok_button);
}

static void
tou_renewal_dialog_class_init (TouRenewalDialogClass *klass)
{
    GType type = G_TYPE_FROM_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    GTK_DIALOG_CLASS (klass)->response = response;
    g_type_ensure (TOU_TYPE_PRACTICE_BUTTON);
    g_type_ensure (TOU_TYPE_ERROR_VIEW);
    bind_template (GTK_WIDGET_CLASS (klass));
    signals[SIGNAL_UNLOCKED] = g_signal_new ("unlocked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 0);
    signals[SIGNAL_CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_ERROR);
    signals[SIGNAL_REGISTRATION_WANTED] = g_signal_new ("registration-wanted", type, G_SIGNAL_RUN_LAST, 0,
                                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_renewal_dialog_init (TouRenewalDialog *self)
{
    self->cancellable = g_cancellable_new ();
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
    tou_error_help_add_key (GTK_WINDOW (self));
    tou_word_wrap_set (GTK_WIDGET (self));
}

TouRenewalDialog *
tou_renewal_dialog_new (GtkWindow *parent, TouCardRenewalFlow *flow)
{
    TouRenewalDialog *self = g_object_new (TOU_TYPE_RENEWAL_DIALOG, "transient-for", parent, "use-header-bar",
                                           0, NULL);

    self->flow = g_object_ref (flow);
    self->unlock = g_object_ref (tou_request_flow_get_unlock_step (TOU_REQUEST_FLOW (flow)));
    g_signal_connect_object (flow, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (flow, "notify::step", G_CALLBACK (on_step_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (flow, "authorization-failed", G_CALLBACK (on_authorization_failed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->unlock, "inventory-changed", G_CALLBACK (on_inventory_changed), self,
                             G_CONNECT_SWAPPED);
    if (wants_card (self))
        refresh (self);
    else
        prepare (self);
    focus_next (self);
    return self;
}
