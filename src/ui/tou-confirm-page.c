/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-confirm-page.h"

#include "tou-accessible-ids.h"
#include "tou-change-list.h"
#include "tou-check-note.h"
#include "tou-complete-page.h"
#include "tou-confirm-caution.h"
#include "tou-fold.h"
#include "tou-form-page.h"
#include "tou-operation-text.h"
#include "tou-password-dialog.h"
#include "tou-pin-dialog.h"
#include "tou-renewal-dialog.h"
#include "tou-renewal-facts.h"
#include "tou-section.h"
#include "tou-session-clock.h"

#include <gdk/gdkkeysyms.h>
#include <glib/gi18n-lib.h>

/* 登録内容確認 (manual 2.2 (3)) */
struct _TouConfirmPage {
    TouPage parent_instance;

    GtkSizeGroup *labels;
    GCancellable *submitting; /* of the submission under way */
    gboolean has_begun;       /* the flow was begun to ask for the PIN */
    gboolean was_cancelled;

    GtkWidget *scroller;
    GtkWidget *caution_row;
    GtkLabel *caution_label;
    GtkBox *facts_box;
    GtkLabel *advice_label;
    GtkWidget *consequence_row;
    GtkLabel *consequence_label;
    GtkWidget *status_row;
    GtkSpinner *status_spinner;
    GtkWidget *status_icon;
    GtkLabel *status_label;
    GtkWidget *submit_button;
    GtkWidget *ask_button;
    GtkWidget *give_up_button;
    GtkWidget *back_button;
    GtkWidget *cancel_button;
    TouSessionClock *session_clock;
};

G_DEFINE_TYPE (TouConfirmPage, tou_confirm_page, TOU_TYPE_PAGE)

static TouRequestFlow *
get_flow (TouConfirmPage *self)
{
    return tou_page_get_request_flow (TOU_PAGE (self));
}

static const TouOperationText *
get_text (TouConfirmPage *self)
{
    return tou_operation_text_get (tou_page_get_operation (TOU_PAGE (self)));
}

static gboolean
is_renewal (TouConfirmPage *self)
{
    return tou_page_get_operation (TOU_PAGE (self)) == TOU_OPERATION_CARD_RENEWAL;
}

static TouRequestState
get_state (TouConfirmPage *self)
{
    return tou_request_flow_get_state (get_flow (self));
}

static gboolean
is_busy (TouConfirmPage *self)
{
    TouRequestState state = get_state (self);

    return state == TOU_REQUEST_STATE_ASKING || state == TOU_REQUEST_STATE_SIGNING
           || state == TOU_REQUEST_STATE_SUBMITTING || self->submitting != NULL;
}

static gboolean
needs_card (TouConfirmPage *self)
{
    TouRequestState state = get_state (self);

    return state <= TOU_REQUEST_STATE_CARD || state == TOU_REQUEST_STATE_UNLOCKING
           || state == TOU_REQUEST_STATE_CERTIFICATE;
}

static void
show_caution (TouConfirmPage *self)
{
    g_autofree char *text = tou_confirm_caution_dup (get_flow (self));

    gtk_label_set_text (self->caution_label, text != NULL ? text : "");
    gtk_widget_set_visible (self->caution_row, text != NULL);
}

static TouRecordSheet *
make_sheet (const TouCompany *company, const TouCardCertificate *certificate, const TouContact *contact,
            gboolean is_change)
{
    TouRecordSheet *sheet = tou_record_sheet_new (NULL);

    tou_record_sheet_begin (sheet, _ ("Company"));
    if (is_change)
        tou_record_sheet_note (sheet, _ ("Updated with the newest qualification data."));
    tou_record_sheet_add_company (sheet, company, is_change);
    tou_record_sheet_begin (sheet, _ ("Department that uses the IC card"));
    tou_record_sheet_add_holder (sheet, certificate);
    tou_record_sheet_add_contact (sheet, contact);
    tou_record_sheet_begin (sheet, _ ("IC card"));
    tou_record_sheet_add_certificate (sheet, certificate);
    return sheet;
}

/* First what has changed, then all of it as the manual has it. @changes: (transfer floating) (nullable) */
static void
show_first (TouConfirmPage *self, GtkWidget *changes, const char *id)
{
    if (changes == NULL)
        return;
    gtk_buildable_set_name (GTK_BUILDABLE (changes), id);
    tou_accessible_ids_set (changes);
    gtk_box_pack_start (self->facts_box, changes, FALSE, FALSE, 0);
    gtk_box_reorder_child (self->facts_box, changes, 0);
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
    gtk_widget_destroy (child);
}

static void
show_both_cards (TouConfirmPage *self)
{
    GtkWidget *facts = tou_renewal_facts_new (TOU_CARD_RENEWAL_FLOW (get_flow (self)), self->labels);

    if (facts == NULL)
        return;
    gtk_container_foreach (GTK_CONTAINER (self->facts_box), destroy_child, NULL);
    gtk_container_add (GTK_CONTAINER (self->facts_box), facts);
}

/* What was shown stays on screen while the card is away. */
static void
show_facts (TouConfirmPage *self)
{
    gboolean is_change = tou_page_get_operation (TOU_PAGE (self)) == TOU_OPERATION_CONTACT_CHANGE;
    const TouCompany *company = tou_request_flow_get_company (get_flow (self));
    TouCardCertificate *certificate = tou_request_flow_get_certificate (get_flow (self));
    TouCardCertificate *former = tou_request_flow_get_former_certificate (get_flow (self));
    g_autoptr (TouRecordSheet) sheet = NULL;

    if (company == NULL || certificate == NULL)
        return;
    show_caution (self);
    if (is_renewal (self)) {
        show_both_cards (self);
        return;
    }
    sheet = make_sheet (company, certificate, tou_request_flow_get_contact (get_flow (self)), is_change);
    tou_section_fill (self->facts_box, sheet, self->labels);
    if (is_change)
        show_first (self, tou_change_list_new (get_flow (self), self->labels), "change_list");
    if (former != NULL)
        show_first (self, tou_change_list_new_card (former, certificate, self->labels), "card_change_list");
}

static const char *
get_status (TouConfirmPage *self)
{
    switch (get_state (self)) {
    case TOU_REQUEST_STATE_ASKING:
        return _ ("Waiting for the service’s answer. Then the card signs: please leave it in the reader…");
    case TOU_REQUEST_STATE_SIGNING:
        if (tou_unlock_step_asks_on_keypad (tou_request_flow_get_unlock_step (get_flow (self))))
            return _ ("Please enter the PIN on the keypad of the card reader once more: this card asks for "
                      "it at every "
                      "signature.");
        return _ ("The card is signing the application. Please leave it in the reader…");
    case TOU_REQUEST_STATE_SUBMITTING:
        return _ ("The application is being sent…");
    case TOU_REQUEST_STATE_UNCERTAIN:
        if (self->submitting != NULL)
            return _ ("Asking what became of the application…");
        /* The other text promises that it is sent again. */
        if (tou_request_flow_may_give_up (get_flow (self)))
            return _ (
                "What was sent did not arrive: the service does not have it, and refused it when it was "
                "sent once more.");
        return _ (get_text (self)->uncertain);
    case TOU_REQUEST_STATE_CONFIRMING:
    case TOU_REQUEST_STATE_EDITING:
        if (self->submitting != NULL)
            return _ ("The IC card’s certificate is being checked…");
        return self->was_cancelled ? _ (get_text (self)->stopped) : NULL;
    case TOU_REQUEST_STATE_IDLE:
    case TOU_REQUEST_STATE_PREPARING:
    case TOU_REQUEST_STATE_CARD:
    case TOU_REQUEST_STATE_UNLOCKING:
    case TOU_REQUEST_STATE_CERTIFICATE:
        return _ (get_text (self)->card_away);
    case TOU_REQUEST_STATE_COMPLETED:
    default:
        return NULL;
    }
}

static void
show_status (TouConfirmPage *self)
{
    const char *text = get_status (self);
    gboolean busy = is_busy (self);

    gtk_label_set_text (self->status_label, text != NULL ? text : "");
    gtk_widget_set_visible (self->status_row, text != NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->status_spinner), busy);
    gtk_widget_set_visible (self->status_icon, !busy);
    g_object_set (self->status_spinner, "active", busy, NULL);
}

static void
refresh (TouConfirmPage *self)
{
    gboolean busy = is_busy (self);
    gboolean is_uncertain = get_state (self) == TOU_REQUEST_STATE_UNCERTAIN;

    show_status (self);
    gtk_widget_set_visible (GTK_WIDGET (self->advice_label), !busy && !is_uncertain);
    gtk_widget_set_visible (self->consequence_row,
                            get_text (self)->consequence != NULL && !busy && !is_uncertain);
    gtk_widget_set_visible (self->submit_button, !is_uncertain);
    gtk_widget_set_visible (self->ask_button, is_uncertain);
    gtk_widget_set_visible (self->give_up_button, tou_request_flow_may_give_up (get_flow (self)));
    gtk_widget_set_sensitive (self->submit_button, !busy);
    gtk_widget_set_sensitive (self->ask_button, !busy);
    gtk_widget_set_sensitive (self->back_button, !busy);
    gtk_widget_set_visible (self->cancel_button, busy);
    gtk_widget_set_sensitive (self->cancel_button, !g_cancellable_is_cancelled (self->submitting));
}

/* What is there to be done next has the focus after a step, but never what would send at once. */
static void
focus_next (TouConfirmPage *self)
{
    if (get_state (self) == TOU_REQUEST_STATE_UNCERTAIN)
        gtk_widget_grab_focus (self->ask_button);
    else
        gtk_widget_grab_focus (self->scroller);
}

static void
scroll_to_top (TouConfirmPage *self)
{
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
confirm_again (TouConfirmPage *self)
{
    g_autoptr (GError) error = NULL;

    /* Without a form the card leads here at once; and what was sent may be unsettled. */
    if (get_state (self) == TOU_REQUEST_STATE_EDITING
        && !tou_request_flow_confirm (get_flow (self), NULL, &error)) {
        tou_page_go_on (TOU_PAGE (self), TOU_TYPE_FORM_PAGE);
        tou_page_report (TOU_PAGE (self), error);
        return;
    }
    /* What was wrong with the card before is wrong no more. */
    tou_page_report (TOU_PAGE (self), NULL);
    show_facts (self);
    if (tou_request_flow_get_former_certificate (get_flow (self)) != NULL)
        scroll_to_top (self);
    refresh (self);
    focus_next (self);
}

static void
on_pin_closed (TouConfirmPage *self)
{
    if (self->has_begun)
        tou_request_flow_leave (get_flow (self));
    refresh (self);
}

/* @why: (nullable) */
static void
ask_for_pin (TouConfirmPage *self, const GError *why)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouRequestFlow *flow = get_flow (self);
    TouPinDialog *dialog;

    self->has_begun = get_state (self) == TOU_REQUEST_STATE_IDLE;
    if (get_state (self) != TOU_REQUEST_STATE_CARD)
        tou_request_flow_begin (flow);
    dialog = tou_pin_dialog_new (GTK_WINDOW (window), tou_request_flow_get_session_flow (flow),
                                 tou_request_flow_get_unlock_step (flow));
    g_signal_connect_object (dialog, "unlocked", G_CALLBACK (confirm_again), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (on_pin_closed), self, G_CONNECT_SWAPPED);
    if (why != NULL)
        tou_pin_dialog_show_error (dialog, why);
    gtk_window_present (GTK_WINDOW (dialog));
}

static void on_submit_clicked (TouConfirmPage *self);

static void
on_password_closed (TouConfirmPage *self)
{
    refresh (self);
    focus_next (self);
}

/* The card stays in use meanwhile, and what was pressed is done then. */
static void
ask_for_password (TouConfirmPage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouPasswordDialog *dialog = tou_password_dialog_new (GTK_WINDOW (window),
                                                         tou_page_get_session_flow (TOU_PAGE (self)));

    g_signal_connect_object (dialog, "signed-in", G_CALLBACK (on_submit_clicked), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (on_password_closed), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_renewal_closed (TouConfirmPage *self, const GError *why)
{
    refresh (self);
    if (why != NULL)
        ask_for_password (self);
}

static void
on_registration_wanted (TouConfirmPage *self)
{
    tou_page_go (TOU_PAGE (self), TOU_PAGE_FORM);
}

/* @why: (nullable) */
static void
ask_for_cards (TouConfirmPage *self, const GError *why)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouRenewalDialog *dialog = tou_renewal_dialog_new (GTK_WINDOW (window),
                                                       TOU_CARD_RENEWAL_FLOW (get_flow (self)));

    g_signal_connect_object (dialog, "unlocked", G_CALLBACK (confirm_again), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (on_renewal_closed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "registration-wanted", G_CALLBACK (on_registration_wanted), self,
                             G_CONNECT_SWAPPED);
    if (why != NULL)
        tou_renewal_dialog_show_error (dialog, why);
    gtk_window_present (GTK_WINDOW (dialog));
}

/* @why: (nullable) */
static void
ask_for_card (TouConfirmPage *self, const GError *why)
{
    if (is_renewal (self))
        ask_for_cards (self, why);
    else
        ask_for_pin (self, why);
}

static void
show_failure (TouConfirmPage *self, const GError *error)
{
    self->was_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    refresh (self);
    focus_next (self);
    /* The status says it all, and what to do. */
    if (self->was_cancelled || g_error_matches (error, TOU_SERVICE_ERROR, TOU_SERVICE_ERROR_CONNECTION_LOST))
        return;
    if (tou_session_flow_is_session_over (error))
        ask_for_password (self);
    else if (get_state (self) == TOU_REQUEST_STATE_CARD && error->domain == TOU_CARD_ERROR)
        ask_for_card (self, error);
    else
        tou_page_report (TOU_PAGE (self), error);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouConfirmPage) self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouReceipt) receipt = tou_request_flow_submit_finish (TOU_REQUEST_FLOW (source), result,
                                                                     &error);

    g_clear_object (&self->submitting);
    if (gtk_widget_in_destruction (GTK_WIDGET (self)) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
        return;
    if (receipt != NULL)
        tou_page_go_on (TOU_PAGE (self), TOU_TYPE_COMPLETE_PAGE);
    else
        show_failure (self, error);
}

static void
submit (TouConfirmPage *self)
{
    self->was_cancelled = FALSE;
    self->submitting = g_cancellable_new ();
    tou_page_report (TOU_PAGE (self), NULL);
    tou_request_flow_submit_async (get_flow (self), self->submitting, on_submitted, g_object_ref (self));
    refresh (self);
    /* Not the button that stops it: Enter is often pressed twice. */
    gtk_widget_grab_focus (self->scroller);
}

static void
on_submit_clicked (TouConfirmPage *self)
{
    if (is_busy (self))
        return;
    if (needs_card (self))
        ask_for_card (self, NULL);
    else
        submit (self);
}

static void
stop (TouConfirmPage *self)
{
    g_cancellable_cancel (self->submitting);
    refresh (self);
}

static void
on_given_up (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouConfirmPage) self = data;
    g_autoptr (GError) error = NULL;
    gboolean is_given_up = tou_request_flow_give_up_finish (TOU_REQUEST_FLOW (source), result, &error);

    if (gtk_widget_in_destruction (GTK_WIDGET (self)) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
        return;
    refresh (self);
    focus_next (self);
    tou_page_report (TOU_PAGE (self), is_given_up ? NULL : error);
}

static void
on_give_up_clicked (TouConfirmPage *self)
{
    tou_request_flow_give_up_async (get_flow (self), on_given_up, g_object_ref (self));
}

static void
on_back_clicked (TouConfirmPage *self)
{
    tou_page_go_back (TOU_PAGE (self));
}

/* GTK would go from a scrolled window that has the focus itself past all that is in it. */
static gboolean
on_scroller_focus (GtkWidget *scroller, GtkDirectionType direction, TouConfirmPage *self)
{
    return gtk_widget_is_focus (scroller) && direction == GTK_DIR_TAB_FORWARD
           && gtk_widget_child_focus (gtk_bin_get_child (GTK_BIN (scroller)), direction);
}

/* Whoever reads with the keyboard expects the arrows to scroll; GTK would move the focus away. */
static gboolean
on_scroller_key_pressed (GtkWidget *scroller, const GdkEventKey *event, TouConfirmPage *self)
{
    gboolean is_up = event->keyval == GDK_KEY_Up || event->keyval == GDK_KEY_KP_Up;
    gboolean is_down = event->keyval == GDK_KEY_Down || event->keyval == GDK_KEY_KP_Down;
    gboolean scrolled = FALSE;

    if (is_up || is_down)
        g_signal_emit_by_name (scroller, "scroll-child",
                               is_up ? GTK_SCROLL_STEP_BACKWARD : GTK_SCROLL_STEP_FORWARD, FALSE, &scrolled);
    return scrolled;
}

static void
on_state_changed (TouConfirmPage *self)
{
    if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        refresh (self);
}

static void
shown (TouPage *page)
{
    TouConfirmPage *self = TOU_CONFIRM_PAGE (page);

    self->was_cancelled = FALSE;
    show_facts (self);
    scroll_to_top (self);
    refresh (self);
    focus_next (self);
}

static void
hidden (TouPage *page)
{
    g_cancellable_cancel (TOU_CONFIRM_PAGE (page)->submitting);
}

static gboolean
go_back (TouPage *page)
{
    TouConfirmPage *self = TOU_CONFIRM_PAGE (page);
    TouRequestState state = get_state (self);

    if (is_busy (self)) {
        stop (self);
        return TRUE;
    }
    if (is_renewal (self))
        tou_request_flow_leave (get_flow (self));
    else if (state == TOU_REQUEST_STATE_CONFIRMING)
        tou_request_flow_edit_again (get_flow (self));
    if (is_renewal (self) || state == TOU_REQUEST_STATE_UNCERTAIN)
        tou_page_go (page, TOU_PAGE_MENU);
    else
        tou_page_go_on (page, TOU_TYPE_FORM_PAGE);
    return TRUE;
}

static void
on_card_refused (TouConfirmPage *self, const GError *error)
{
    if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
        return;
    refresh (self);
    tou_page_report (TOU_PAGE (self), error);
}

static void
show_text (TouConfirmPage *self)
{
    const TouOperationText *text = get_text (self);

    atk_object_set_name (gtk_widget_get_accessible (self->scroller), _ (text->facts_name));
    gtk_label_set_text (self->advice_label, _ (text->advice));
    if (text->consequence != NULL)
        gtk_label_set_text (self->consequence_label, _ (text->consequence));
    gtk_button_set_label (GTK_BUTTON (self->submit_button), _ (text->submit_label));
}

static void
constructed (GObject *object)
{
    TouConfirmPage *self = TOU_CONFIRM_PAGE (object);
    TouRequestFlow *flow = get_flow (self);
    GtkWidget *note = tou_check_note_new (tou_request_flow_get_unlock_step (flow));

    G_OBJECT_CLASS (tou_confirm_page_parent_class)->constructed (object);
    show_text (self);
    tou_session_clock_follow (self->session_clock, tou_request_flow_get_session_flow (flow));
    gtk_box_pack_start (GTK_BOX (self), note, FALSE, FALSE, 0);
    gtk_box_reorder_child (GTK_BOX (self), note, 0);
    g_signal_connect_object (flow, "card-refused", G_CALLBACK (on_card_refused), object, G_CONNECT_SWAPPED);
    g_signal_connect_object (flow, "notify::state", G_CALLBACK (on_state_changed), object, G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
    TouConfirmPage *self = TOU_CONFIRM_PAGE (object);

    g_cancellable_cancel (self->submitting);
    g_clear_object (&self->submitting);
    g_clear_object (&self->labels);
    G_OBJECT_CLASS (tou_confirm_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-confirm-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, scroller);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, caution_row);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, caution_label);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, facts_box);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, advice_label);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, consequence_row);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, consequence_label);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, status_row);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, status_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, status_icon);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, status_label);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, submit_button);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, ask_button);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, give_up_button);
    gtk_widget_class_bind_template_callback (widget_class, on_give_up_clicked);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, back_button);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, cancel_button);
    gtk_widget_class_bind_template_child (widget_class, TouConfirmPage, session_clock);
    gtk_widget_class_bind_template_callback (widget_class, on_submit_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
    gtk_widget_class_bind_template_callback (widget_class, stop);
    gtk_widget_class_bind_template_callback (widget_class, submit);
    gtk_widget_class_bind_template_callback (widget_class, on_scroller_focus);
    gtk_widget_class_bind_template_callback (widget_class, on_scroller_key_pressed);
}

static void
tou_confirm_page_class_init (TouConfirmPageClass *klass)
{
    G_OBJECT_CLASS (klass)->constructed = constructed;
    G_OBJECT_CLASS (klass)->dispose = dispose;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->hidden = hidden;
    TOU_PAGE_CLASS (klass)->go_back = go_back;
    g_type_ensure (TOU_TYPE_SESSION_CLOCK);
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
tou_confirm_page_init (TouConfirmPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
}
