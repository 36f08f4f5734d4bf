/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-menu-page.h"

#include "tou-confirm-page.h"
#include "tou-flow-error.h"
#include "tou-fold.h"
#include "tou-form-page.h"
#include "tou-draft-note.h"
#include "tou-history-view.h"
#include "tou-menu-notice.h"
#include "tou-outbox-note.h"
#include "tou-outbox-text.h"
#include "tou-page-table.h"
#include "tou-password-dialog.h"
#include "tou-pin-dialog.h"
#include "tou-renewal-dialog.h"
#include "tou-session-clock.h"
#include "tou-standing-text.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

struct _TouMenuPage {
    TouPage parent_instance;
    GtkLabel *company_label;
    TouSessionClock *session_label;
    GtkWidget *card_row;
    GtkLabel *card_label;
    gboolean is_card_over; /* the registered card has expired: only a new registration is left */
    GtkWidget *register_button;
    GtkLabel *register_hint;
    TouDraftNote *register_draft;
    GtkWidget *change_button;
    TouDraftNote *change_draft;
    GtkWidget *renew_button;
    TouHistoryView *history_view;
    TouOperation started; /* what was pressed last */
    TouOutboxNote *outbox_note;
    TouMenuNotice *notice;
    TouStanding noticed; /* what it was said for */
    GtkWidget
        *placed_focus; /* borrowed: where the page itself last put the keyboard; NULL: the user has acted */
    gboolean awaits_answer; /* the first of the history since the page was opened */
    gboolean wants_pressed; /* something was pressed before it came */
    gboolean is_asking;     /* nothing else is started meanwhile; the buttons keep the focus */
    gboolean asks_to_go_on; /* the notice is a question about what was started, and no refusal */
    gboolean was_settling;  /* what was sent before, when the page last heard of it */
    gboolean asks_password; /* in a dialog */
    gboolean wants_start;   /* what was pressed, once the password is given */
};

G_DEFINE_TYPE (TouMenuPage, tou_menu_page, TOU_TYPE_PAGE)

/* Returns: (transfer full) (nullable) */
static char *
describe_card (const TouRegistration *registration, int days)
{
    g_autofree char *date = tou_time_text_date (registration->card_not_after_us);

    if (days > TOU_RENEWAL_NOTICE_DAYS)
        return NULL;
    if (days < 0)
        return g_strdup_printf (_ ("The registered IC card expired on %s. It can no longer be renewed by IC "
                                   "card renewal: please buy "
                                   "a new card and register it with “Register”."),
                                date);
    if (days == 0)
        return g_strdup (_ (
            "Today is the last day of the registered IC card. From tomorrow on it can no longer be renewed, "
            "and a new registration is needed."));
    return g_strdup_printf (
        g_dngettext (
            GETTEXT_PACKAGE,
            "The registered IC card is valid for %u more day, until %s. Please renew it before then: an "
            "expired card can no longer be renewed, and a new registration is needed.",
            "The registered IC card is valid for %u more days, until %s. Please renew it before then: an "
            "expired card can no longer be renewed, and a new registration is needed.",
            (guint) days),
        (guint) days, date);
}

static TouReviewFlow *
get_review (TouMenuPage *self)
{
    return tou_page_get_flows (TOU_PAGE (self))->review;
}

/* A company whose card has expired is registered no more, unless it has applied anew. */
static TouStanding
get_standing (TouMenuPage *self)
{
    TouStanding standing = tou_review_flow_get_standing (get_review (self));

    return standing == TOU_STANDING_REGISTERED && self->is_card_over ? TOU_STANDING_NEW : standing;
}

static void
show_standing (TouMenuPage *self)
{
    GtkStyleContext *style = gtk_widget_get_style_context (self->register_button);
    g_autofree char *hint = tou_standing_text_dup_hint (
        get_standing (self), tou_review_flow_find_registration (get_review (self)));

    if (hint == NULL)
        gtk_style_context_add_class (style, GTK_STYLE_CLASS_SUGGESTED_ACTION);
    else
        gtk_style_context_remove_class (style, GTK_STYLE_CLASS_SUGGESTED_ACTION);
    gtk_label_set_text (
        self->register_hint,
        hint != NULL ? hint
                     : _ ("Registers your company and its IC card as a new user. The agency reviews it."));
}

/* To what is likely to be done next. */
static void
place_focus (TouMenuPage *self)
{
    TouStanding standing = get_standing (self);

    if (standing == TOU_STANDING_WAITING)
        tou_history_view_focus (self->history_view);
    else
        gtk_widget_grab_focus (standing == TOU_STANDING_REGISTERED ? self->change_button
                                                                   : self->register_button);
    self->placed_focus = gtk_window_get_focus (GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (self))));
}

/* More is known now. Whoever has begun to move about is not moved. */
static void
settle_focus (TouMenuPage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

    if (gtk_widget_get_mapped (GTK_WIDGET (self)) && self->placed_focus != NULL
        && gtk_window_get_focus (GTK_WINDOW (window)) == self->placed_focus)
        place_focus (self);
}

/* @registration: (nullable) */
static void
show_card (TouMenuPage *self, const TouRegistration *registration)
{
    TouClock *clock = tou_session_flow_get_clock (tou_page_get_session_flow (TOU_PAGE (self)));
    gint64 now_us = tou_clock_now_us (clock);
    int days = registration != NULL ? tou_registration_get_days_left (registration, now_us) : 0;
    g_autofree char *text = registration != NULL ? describe_card (registration, days) : NULL;

    self->is_card_over = days < 0;
    gtk_label_set_text (self->card_label, text != NULL ? text : "");
    gtk_widget_set_visible (self->card_row, text != NULL);
}

/* The line is a courtesy: what keeps it away shows itself with the history, which comes the same way. */
static void
on_registration_got (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouMenuPage) self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (TouRegistration) registration = tou_session_flow_get_registration_finish (
        TOU_SESSION_FLOW (source), result, &error);

    if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
        return;
    if (registration == NULL)
        g_debug ("no registered card: %s", error->message);
    show_card (self, registration);
    if (!self->is_card_over)
        return;
    show_standing (self);
    settle_focus (self);
}

static void
ask_for_card (TouMenuPage *self)
{
    TouSessionFlow *flow = tou_page_get_session_flow (TOU_PAGE (self));
    const TouSession *session = tou_session_flow_get_session (flow);

    show_card (self, NULL);
    if (session != NULL && session->has_registration)
        tou_session_flow_get_registration_async (flow, tou_page_get_cancellable (TOU_PAGE (self)),
                                                 on_registration_got, g_object_ref (self));
}

static void
show_draft (TouMenuPage *self, TouDraftNote *note, TouOperation operation)
{
    tou_request_flow_recall_draft (tou_flows_get (tou_page_get_flows (TOU_PAGE (self)), operation));
    tou_draft_note_begin (note);
}

static void
show_elsewhere (TouMenuPage *self)
{
    TouRequestFlow *registration = tou_page_get_flows (TOU_PAGE (self))->registration;
    g_autofree char *text = tou_standing_text_dup_elsewhere (registration);

    tou_history_view_set_elsewhere (self->history_view, text);
}

static void go_on (TouMenuPage *self);

static void
on_password_closed (TouMenuPage *self)
{
    self->asks_password = FALSE;
    self->wants_start = FALSE;
    tou_page_go (TOU_PAGE (self), TOU_PAGE_SIGN_IN);
}

/* The session is over; the menu stays, and what was pressed is done then. */
static void
ask_for_password (TouMenuPage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouPasswordDialog *dialog;

    if (self->asks_password)
        return;
    self->asks_password = TRUE;
    dialog = tou_password_dialog_new (GTK_WINDOW (window), tou_page_get_session_flow (TOU_PAGE (self)));
    g_signal_connect_object (dialog, "signed-in", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (on_password_closed), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_session (TouMenuPage *self)
{
    return tou_session_flow_get_session (tou_page_get_session_flow (TOU_PAGE (self))) != NULL;
}

static void
show_failure (TouMenuPage *self, const GError *error)
{
    if (error != NULL && !has_session (self))
        ask_for_password (self);
    else
        tou_page_report (TOU_PAGE (self), error);
}

static void
on_history_failed (TouMenuPage *self, const GError *error)
{
    if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        show_failure (self, error);
}

static TouRequestFlow *
get_started (TouMenuPage *self)
{
    return tou_flows_get (tou_page_get_flows (TOU_PAGE (self)), self->started);
}

static TouPageId
get_form (TouMenuPage *self)
{
    return tou_page_table_find (self->started, TOU_TYPE_FORM_PAGE);
}

static void
on_unlocked (TouMenuPage *self)
{
    tou_page_go (TOU_PAGE (self), get_form (self));
}

static void
ask_for_pin (TouMenuPage *self, TouRequestFlow *flow)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouPinDialog *dialog = tou_pin_dialog_new (GTK_WINDOW (window), tou_request_flow_get_session_flow (flow),
                                               tou_request_flow_get_unlock_step (flow));

    g_signal_connect_object (dialog, "unlocked", G_CALLBACK (on_unlocked), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (tou_request_flow_leave), flow, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
    tou_page_go_soon (TOU_PAGE (self), get_form (self));
}

/* What was sent and not answered has to be settled before anything new; the confirmation does it. */
static void
begin (TouMenuPage *self)
{
    TouRequestFlow *flow = get_started (self);

    tou_request_flow_begin (flow);
    if (tou_request_flow_get_state (flow) == TOU_REQUEST_STATE_UNCERTAIN)
        tou_page_go (TOU_PAGE (self), tou_page_table_find (self->started, TOU_TYPE_CONFIRM_PAGE));
    else
        ask_for_pin (self, flow);
}

static void
set_asking (TouMenuPage *self, gboolean asks)
{
    self->is_asking = asks;
    if (asks)
        tou_menu_notice_wait (self->notice, _ ("Asking the service what is registered…"));
    else
        tou_menu_notice_clear (self->notice);
}

static void
say (TouMenuPage *self, const char *text)
{
    self->noticed = get_standing (self);
    tou_menu_notice_say (self->notice, text,
                         self->asks_to_go_on && self->started != TOU_OPERATION_REGISTRATION
                             ? _ ("_Go on all the same")
                             : _ ("_Go to the registration"));
}

static void
show_not_registered (TouMenuPage *self)
{
    g_autofree char *text = tou_standing_text_dup_refusal (
        get_standing (self), tou_review_flow_find_registration (get_review (self)));

    self->asks_to_go_on = FALSE;
    say (self, text);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouMenuPage) self = data;
    g_autoptr (GError) error = NULL;
    gboolean is_ready = tou_request_flow_prepare_finish (TOU_REQUEST_FLOW (source), result, &error);

    if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
        return;
    set_asking (self, FALSE);
    self->wants_start = !is_ready && !has_session (self);
    if (is_ready)
        begin (self);
    else if (g_error_matches (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_NOT_REGISTERED))
        show_not_registered (self);
    else
        show_failure (self, error);
}

static void
start (TouMenuPage *self, TouOperation operation)
{
    if (self->is_asking)
        return;
    self->started = operation;
    self->placed_focus = NULL;
    tou_page_report (TOU_PAGE (self), NULL);
    if (!has_session (self)) {
        self->wants_start = TRUE;
        ask_for_password (self);
        return;
    }
    set_asking (self, TRUE);
    tou_flows_leave (tou_page_get_flows (TOU_PAGE (self)), get_started (self));
    tou_request_flow_prepare_async (get_started (self), tou_page_get_cancellable (TOU_PAGE (self)),
                                    on_prepared, g_object_ref (self));
}

static void
start_registration (TouMenuPage *self)
{
    /* From the notice, too, which goes: the focus is to come back to something. */
    gtk_widget_grab_focus (self->register_button);
    start (self, TOU_OPERATION_REGISTRATION);
}

static void on_register_clicked (TouMenuPage *self);

/* The registered card cannot be renewed, or there is none. */
static void
on_registration_wanted (TouMenuPage *self)
{
    if (get_standing (self) == TOU_STANDING_WAITING)
        on_register_clicked (self);
    else
        start_registration (self);
}

static void
on_cards_unlocked (TouMenuPage *self)
{
    tou_page_go (TOU_PAGE (self), TOU_PAGE_RENEWAL_CONFIRM);
}

static void
on_renewal_closed (TouMenuPage *self, const GError *why)
{
    if (why == NULL)
        return;
    self->wants_start = TRUE;
    show_failure (self, why);
}

static void
start_renewal (TouMenuPage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouRequestFlow *flow = tou_page_get_flows (TOU_PAGE (self))->renewal;
    TouRenewalDialog *dialog;

    gtk_widget_grab_focus (self->renew_button);
    self->started = TOU_OPERATION_CARD_RENEWAL;
    self->placed_focus = NULL;
    set_asking (self, FALSE);
    tou_page_report (TOU_PAGE (self), NULL);
    tou_flows_leave (tou_page_get_flows (TOU_PAGE (self)), flow);
    dialog = tou_renewal_dialog_new (GTK_WINDOW (window), TOU_CARD_RENEWAL_FLOW (flow));
    g_signal_connect_object (dialog, "unlocked", G_CALLBACK (on_cards_unlocked), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (on_renewal_closed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "registration-wanted", G_CALLBACK (on_registration_wanted), self,
                             G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
    tou_page_go_soon (TOU_PAGE (self), TOU_PAGE_RENEWAL_CONFIRM);
}

static void
start_change (TouMenuPage *self)
{
    gtk_widget_grab_focus (self->change_button);
    start (self, TOU_OPERATION_CONTACT_CHANGE);
}

static void
start_operation (TouMenuPage *self, TouOperation operation)
{
    if (operation == TOU_OPERATION_CARD_RENEWAL)
        start_renewal (self);
    else if (operation == TOU_OPERATION_CONTACT_CHANGE)
        start_change (self);
    else
        start_registration (self);
}

/* Returns: (transfer full) (nullable): what has to be said before another one of what was pressed; not of one
 * that is to be settled first. */
static char *
find_question (TouMenuPage *self)
{
    TouOutboxFlow *outbox = tou_page_get_flows (TOU_PAGE (self))->outbox;
    g_autofree char *open = NULL;

    if (tou_request_flow_get_state (get_started (self)) == TOU_REQUEST_STATE_UNCERTAIN)
        return NULL;
    open = tou_outbox_text_dup_question (outbox, self->started);
    if (open != NULL)
        return g_steal_pointer (&open);
    if (self->started == TOU_OPERATION_REGISTRATION)
        return g_strdup (tou_standing_text_get_question (get_standing (self)));
    if (self->started == TOU_OPERATION_CARD_RENEWAL)
        return tou_standing_text_dup_renewal_question (
            tou_review_flow_find_waiting (get_review (self), TOU_OPERATION_CARD_RENEWAL));
    return NULL;
}

static void
ask_or_start (TouMenuPage *self)
{
    g_autofree char *question = find_question (self);

    if (question == NULL) {
        start_operation (self, self->started);
        return;
    }
    tou_page_report (TOU_PAGE (self), NULL);
    self->asks_to_go_on = TRUE;
    say (self, question);
}

static gboolean
is_settling (TouMenuPage *self)
{
    return tou_outbox_flow_is_busy (tou_page_get_flows (TOU_PAGE (self))->outbox);
}

/* Whether there is an application already is known with the history, and with what was sent before. */
static void
press (TouMenuPage *self, TouOperation operation)
{
    if (self->is_asking)
        return;
    self->started = operation;
    self->wants_pressed = (self->awaits_answer && operation != TOU_OPERATION_CONTACT_CHANGE)
                          || is_settling (self);
    if (self->wants_pressed)
        set_asking (self, TRUE);
    else
        ask_or_start (self);
}

static void
on_register_clicked (TouMenuPage *self)
{
    press (self, TOU_OPERATION_REGISTRATION);
}

static void
on_notice_answered (TouMenuPage *self)
{
    start_operation (self, self->asks_to_go_on ? self->started : TOU_OPERATION_REGISTRATION);
}

/* There is nothing to go back to; what was said goes, and the keyboard is where it was. */
static gboolean
go_back (TouPage *page)
{
    TouMenuPage *self = TOU_MENU_PAGE (page);

    if (!tou_menu_notice_has_said (self->notice))
        return FALSE;
    if (self->started == TOU_OPERATION_CARD_RENEWAL)
        gtk_widget_grab_focus (self->renew_button);
    else
        gtk_widget_grab_focus (self->started == TOU_OPERATION_CONTACT_CHANGE ? self->change_button
                                                                             : self->register_button);
    tou_menu_notice_clear (self->notice);
    return TRUE;
}

/* What stands in the notice is over. */
static void
withdraw_notice (TouMenuPage *self)
{
    if (tou_menu_notice_has_said (self->notice) && get_standing (self) != self->noticed)
        (void) go_back (TOU_PAGE (self));
}

static void
go_on_with_wanted (TouMenuPage *self)
{
    if (!self->wants_pressed || self->awaits_answer || is_settling (self))
        return;
    self->wants_pressed = FALSE;
    set_asking (self, FALSE);
    ask_or_start (self);
}

static void
take_first_answer (TouMenuPage *self)
{
    self->awaits_answer = FALSE;
    if (self->wants_pressed)
        go_on_with_wanted (self);
    else
        settle_focus (self);
}

/* After the first answer the keyboard stays where it is: what one is about to press does not change with a
 * result. */
static void
on_review_changed (TouMenuPage *self)
{
    show_standing (self);
    withdraw_notice (self);
    if (self->awaits_answer && !tou_review_flow_is_asking (get_review (self)))
        take_first_answer (self);
}

/* What has been received now stands in the history too. */
static void
on_outbox_changed (TouMenuPage *self)
{
    const TouOutboxItem *item = tou_outbox_flow_find (tou_page_get_flows (TOU_PAGE (self))->outbox);
    gboolean was_settling = self->was_settling;

    self->was_settling = is_settling (self);
    if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
        return;
    if (was_settling && !self->was_settling && item != NULL && item->fate == TOU_OUTBOX_FATE_RECEIVED)
        tou_history_view_refresh (self->history_view);
    go_on_with_wanted (self);
}

static void
on_change_clicked (TouMenuPage *self)
{
    press (self, TOU_OPERATION_CONTACT_CHANGE);
}

static void
on_renew_clicked (TouMenuPage *self)
{
    press (self, TOU_OPERATION_CARD_RENEWAL);
}

/* The session is over whatever the service answers. */
static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (GError) error = NULL;

    if (!tou_session_flow_sign_out_finish (TOU_SESSION_FLOW (source), result, &error))
        g_debug ("The service did not end the session: %s", error->message);
}

static void
on_sign_out_clicked (TouMenuPage *self)
{
    tou_flows_leave (tou_page_get_flows (TOU_PAGE (self)), NULL);
    tou_session_flow_sign_out_async (tou_page_get_session_flow (TOU_PAGE (self)), on_signed_out, NULL);
    tou_page_go (TOU_PAGE (self), TOU_PAGE_CATEGORY);
}

static void
shown (TouPage *page)
{
    TouMenuPage *self = TOU_MENU_PAGE (page);
    const TouSession *session = tou_session_flow_get_session (tou_page_get_session_flow (page));
    const char *name = session != NULL && session->company != NULL ? session->company->name : NULL;

    gtk_label_set_text (self->company_label, name != NULL ? name : "");
    set_asking (self, FALSE);
    show_draft (self, self->register_draft, TOU_OPERATION_REGISTRATION);
    show_draft (self, self->change_draft, TOU_OPERATION_CONTACT_CHANGE);
    ask_for_card (self);
    show_elsewhere (self);
    show_standing (self);
    place_focus (self);
    self->wants_pressed = FALSE;
    self->awaits_answer = has_session (self);
    tou_history_view_refresh (self->history_view);
    if (!has_session (self))
        ask_for_password (self);
}

/* A new session is open. */
static void
go_on (TouMenuPage *self)
{
    gboolean wants_start = self->wants_start;

    self->asks_password = FALSE;
    self->wants_start = FALSE;
    shown (TOU_PAGE (self));
    if (wants_start)
        start_operation (self, self->started);
}

static void
hidden (TouPage *page)
{
    tou_menu_notice_clear (TOU_MENU_PAGE (page)->notice);
}

static void
constructed (GObject *object)
{
    TouMenuPage *self = TOU_MENU_PAGE (object);
    TouFlows *flows = tou_page_get_flows (TOU_PAGE (self));

    G_OBJECT_CLASS (tou_menu_page_parent_class)->constructed (object);
    tou_session_clock_follow (self->session_label, flows->session);
    tou_draft_note_follow (self->register_draft, flows->registration, FALSE);
    tou_draft_note_follow (self->change_draft, flows->contact_change, FALSE);
    tou_history_view_set_flow (self->history_view, get_review (self));
    tou_outbox_note_follow (self->outbox_note, flows->outbox);
    g_signal_connect_object (flows->outbox, "changed", G_CALLBACK (on_outbox_changed), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (get_review (self), "changed", G_CALLBACK (on_review_changed), self,
                             G_CONNECT_SWAPPED);
}

static void
tou_menu_page_class_init (TouMenuPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    g_type_ensure (TOU_TYPE_DRAFT_NOTE);
    g_type_ensure (TOU_TYPE_MENU_NOTICE);
    g_type_ensure (TOU_TYPE_OUTBOX_NOTE);
    g_type_ensure (TOU_TYPE_SESSION_CLOCK);
    G_OBJECT_CLASS (klass)->constructed = constructed;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->hidden = hidden;
    TOU_PAGE_CLASS (klass)->go_back = go_back;
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-menu-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, company_label);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, session_label);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, card_row);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, card_label);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, register_button);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, register_hint);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, register_draft);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, change_button);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, change_draft);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, outbox_note);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, notice);
    gtk_widget_class_bind_template_callback (widget_class, on_change_clicked);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, renew_button);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, history_view);
    gtk_widget_class_bind_template_callback (widget_class, on_register_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_notice_answered);
    gtk_widget_class_bind_template_callback (widget_class, on_renew_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_history_failed);
    gtk_widget_class_bind_template_callback (widget_class, on_sign_out_clicked);
}

static void
tou_menu_page_init (TouMenuPage *self)
{
    g_type_ensure (TOU_TYPE_HISTORY_VIEW);
    gtk_widget_init_template (GTK_WIDGET (self));
}
