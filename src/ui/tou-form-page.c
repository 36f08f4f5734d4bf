/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-form-page.h"

#include "tou-check-note.h"
#include "tou-confirm-page.h"
#include "tou-draft-note.h"
#include "tou-field-entry.h"
#include "tou-flow-error.h"
#include "tou-fold.h"
#include "tou-operation-text.h"
#include "tou-password-dialog.h"
#include "tou-pin-dialog.h"
#include "tou-section.h"
#include "tou-session-clock.h"

#include <glib/gi18n-lib.h>

#define N_ROWS 8
/* The first of them, the company's, are typed in a contact change only. */
#define N_COMPANY_ROWS 2

/* 利用者登録 (manual 2.2 (2)), 利用者変更 (manual 3 (2)) */
struct _TouFormPage {
    TouPage parent_instance;

    GtkSizeGroup *labels;
    TouFieldEntry *fields[N_ROWS];
    guint first_row;        /* of this operation */
    gboolean is_loading;    /* the fields are being filled from the flow */
    gboolean has_begun;     /* the flow was begun to ask for the PIN */
    gboolean wants_confirm; /* go on to the confirmation once the card is unlocked again */
    guint n_faults;         /* found by the last confirmation, less what was put right since */
    gboolean is_unchanged;  /* likewise: what was typed is what is registered */

    GtkLabel *form_intro;
    GtkLabel *form_note;
    GtkScrolledWindow *form_scroller;
    GtkBox *company_box;
    GtkBox *company_fields_box;
    GtkBox *holder_box;
    GtkBox *fields_box;
    GtkWidget *status_row;
    GtkLabel *status_label;
    GtkWidget *confirm_button;
    TouDraftNote *draft_note;
    TouSessionClock *session_clock;
};

G_DEFINE_TYPE (TouFormPage, tou_form_page, TOU_TYPE_PAGE)

/* One row for each field, in the manual's order. */
static const struct {
    TouField field;
    const char *id;
    gsize offset; /* of the text in TouContact */
} rows[N_ROWS] = {
    { TOU_FIELD_COMPANY_PHONE, "company_phone_entry", G_STRUCT_OFFSET (TouContact, company_phone) },
    { TOU_FIELD_COMPANY_FAX, "company_fax_entry", G_STRUCT_OFFSET (TouContact, company_fax) },
    { TOU_FIELD_CONTACT_NAME, "contact_name_entry", G_STRUCT_OFFSET (TouContact, name) },
    { TOU_FIELD_CONTACT_POSTAL_CODE, "contact_postal_code_entry", G_STRUCT_OFFSET (TouContact, postal_code) },
    { TOU_FIELD_CONTACT_ADDRESS, "contact_address_entry", G_STRUCT_OFFSET (TouContact, address) },
    { TOU_FIELD_CONTACT_PERSON, "contact_person_entry", G_STRUCT_OFFSET (TouContact, person) },
    { TOU_FIELD_CONTACT_PHONE, "contact_phone_entry", G_STRUCT_OFFSET (TouContact, phone) },
    { TOU_FIELD_CONTACT_FAX, "contact_fax_entry", G_STRUCT_OFFSET (TouContact, fax) },
};

static TouRequestFlow *
get_flow (TouFormPage *self)
{
    return tou_page_get_request_flow (TOU_PAGE (self));
}

static const TouOperationText *
get_text (TouFormPage *self)
{
    return tou_operation_text_get (tou_page_get_operation (TOU_PAGE (self)));
}

static gboolean
is_card_needed (TouFormPage *self)
{
    return tou_request_flow_get_state (get_flow (self)) != TOU_REQUEST_STATE_EDITING;
}

static char *
describe_status (TouFormPage *self)
{
    if (self->n_faults > 0)
        return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u field still has to be put right.",
                                             "%u fields still have to be put right.", self->n_faults),
                                self->n_faults);
    if (tou_request_flow_get_draft_error (get_flow (self)) != NULL)
        return g_strdup (_ (get_text (self)->draft_failed));
    if (self->is_unchanged)
        return g_strdup (_ ("What stands here is what is registered already, so there is nothing to change. "
                            "Overwrite what is "
                            "to be changed, or go back."));
    if (is_card_needed (self))
        return g_strdup (_ (
            "The IC card is not in use any more. What you typed is kept; go on and the PIN is asked for."));
    return NULL;
}

static void
show_status (TouFormPage *self)
{
    g_autofree char *text = describe_status (self);

    gtk_label_set_text (self->status_label, text != NULL ? text : "");
    gtk_widget_set_visible (self->status_row, text != NULL);
}

static gboolean
is_change (TouFormPage *self)
{
    return tou_page_get_operation (TOU_PAGE (self)) == TOU_OPERATION_CONTACT_CHANGE;
}

static void
show_company (TouFormPage *self)
{
    const TouCompany *company = tou_request_flow_get_company (get_flow (self));
    g_autoptr (TouRecordSheet) sheet = tou_record_sheet_new (NULL);

    tou_record_sheet_begin (sheet, _ ("Company"));
    if (is_change (self))
        tou_record_sheet_note (sheet, _ ("Updated with the newest qualification data."));
    if (company != NULL && is_change (self))
        tou_record_sheet_add_qualification (sheet, company, TRUE);
    else if (company != NULL)
        tou_record_sheet_add_company (sheet, company, FALSE);
    tou_section_fill_densely (self->company_box, sheet, self->labels);
}

static void
show_facts (TouFormPage *self)
{
    TouCardCertificate *certificate = tou_request_flow_get_certificate (get_flow (self));
    g_autoptr (TouRecordSheet) sheet = tou_record_sheet_new (NULL);

    show_company (self);
    tou_record_sheet_begin (sheet, _ ("Department that uses the IC card"));
    if (certificate != NULL)
        tou_record_sheet_add_holder (sheet, certificate);
    tou_section_fill_densely (self->holder_box, sheet, self->labels);
}

static char **
get_member (TouContact *contact, guint row)
{
    return (char **) G_STRUCT_MEMBER_P (contact, rows[row].offset);
}

static void
load_contact (TouFormPage *self)
{
    g_autoptr (TouContact) contact = tou_contact_copy (tou_request_flow_get_contact (get_flow (self)));

    self->is_loading = TRUE;
    for (guint i = self->first_row; i < N_ROWS; i++) {
        const char *text = *get_member (contact, i);

        if (g_strcmp0 (tou_field_entry_get_text (self->fields[i]), text != NULL ? text : "") != 0)
            tou_field_entry_set_text (self->fields[i], text);
    }
    self->is_loading = FALSE;
}

static void
store_contact (TouFormPage *self)
{
    g_autoptr (TouContact) contact = tou_contact_new ();

    for (guint i = self->first_row; i < N_ROWS; i++)
        tou_set_text (get_member (contact, i), tou_field_entry_get_text (self->fields[i]));
    tou_request_flow_set_contact (get_flow (self), contact);
}

static guint
count_faults (TouFormPage *self)
{
    guint n_faults = 0;

    for (guint i = self->first_row; i < N_ROWS; i++) {
        TouFieldCheck check;

        if (!tou_field_check (rows[i].field, tou_field_entry_get_text (self->fields[i]), &check))
            n_faults++;
    }
    return n_faults;
}

static void
on_field_changed (TouFormPage *self)
{
    if (self->is_loading)
        return;
    /* What is wrong only now is not counted before it is confirmed: it may be half typed. */
    self->n_faults = MIN (self->n_faults, count_faults (self));
    self->is_unchanged = FALSE;
    store_contact (self);
    show_status (self);
}

/* The field with the cursor stays in sight, with what is said below it, when lines come and go above. */
static void
show_focus (TouFormPage *self)
{
    GtkWidget *field = gtk_container_get_focus_child (GTK_CONTAINER (self->company_fields_box));
    GtkAllocation place; /* in the window that is scrolled */

    if (field == NULL)
        field = gtk_container_get_focus_child (GTK_CONTAINER (self->fields_box));
    if (field == NULL)
        return;
    gtk_widget_get_allocation (field, &place);
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->form_scroller), place.y,
                               place.y + place.height);
}

static TouFieldEntry *
check_fields (TouFormPage *self)
{
    TouFieldEntry *first = NULL;
    guint n_faults = 0;

    for (guint i = self->first_row; i < N_ROWS; i++) {
        if (tou_field_entry_confirm (self->fields[i]))
            continue;
        if (n_faults++ == 0)
            first = self->fields[i];
    }
    /* Only now: tidying is a change, and a change counts anew. */
    self->n_faults = n_faults;
    return first;
}

static void
focus_field (TouFormPage *self, TouField field)
{
    for (guint i = self->first_row; i < N_ROWS; i++)
        if (rows[i].field == field)
            tou_field_entry_focus (self->fields[i]);
}

static void
show_unchanged (TouFormPage *self)
{
    self->is_unchanged = TRUE;
    show_status (self);
    tou_field_entry_focus (self->fields[self->first_row]);
}

static void
confirm (TouFormPage *self)
{
    g_autoptr (GError) error = NULL;
    TouField field = TOU_FIELD_CONTACT_NAME;

    if (tou_request_flow_confirm (get_flow (self), &field, &error)) {
        tou_page_go_on (TOU_PAGE (self), TOU_TYPE_CONFIRM_PAGE);
        return;
    }
    if (g_error_matches (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_UNCHANGED)) {
        show_unchanged (self);
        return;
    }
    if (g_error_matches (error, TOU_FLOW_ERROR, TOU_FLOW_ERROR_FORM))
        focus_field (self, field);
    tou_page_report (TOU_PAGE (self), error);
}

static void
on_unlocked (TouFormPage *self)
{
    tou_page_report (TOU_PAGE (self), NULL);
    show_facts (self);
    show_status (self);
    if (self->wants_confirm)
        confirm (self);
    else
        tou_field_entry_focus (self->fields[self->first_row]);
}

/* Without a card there is nothing to register; what is typed stays as a draft. */
static void
on_pin_closed (TouFormPage *self)
{
    if (self->has_begun)
        tou_request_flow_leave (get_flow (self));
    if (tou_request_flow_get_state (get_flow (self)) == TOU_REQUEST_STATE_IDLE)
        tou_page_go (TOU_PAGE (self), TOU_PAGE_MENU);
}

static void
ask_for_pin (TouFormPage *self, gboolean wants_confirm)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouRequestFlow *flow = get_flow (self);
    TouRequestState state = tou_request_flow_get_state (flow);
    TouPinDialog *dialog;

    self->has_begun = state == TOU_REQUEST_STATE_IDLE || state == TOU_REQUEST_STATE_COMPLETED;
    if (state != TOU_REQUEST_STATE_CARD)
        tou_request_flow_begin (flow);
    dialog = tou_pin_dialog_new (GTK_WINDOW (window), tou_request_flow_get_session_flow (flow),
                                 tou_request_flow_get_unlock_step (flow));
    self->wants_confirm = wants_confirm;
    g_signal_connect_object (dialog, "unlocked", G_CALLBACK (on_unlocked), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (on_pin_closed), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

static void on_confirm_clicked (TouFormPage *self);

/* Before a card that was let go meanwhile is asked for: whoever has read that the password comes next would
 * type it as the PIN, which costs a try. */
static void
ask_for_password (TouFormPage *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouPasswordDialog *dialog = tou_password_dialog_new (GTK_WINDOW (window),
                                                         tou_page_get_session_flow (TOU_PAGE (self)));

    g_signal_connect_object (dialog, "signed-in", G_CALLBACK (on_confirm_clicked), self, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_confirm_clicked (TouFormPage *self)
{
    TouFieldEntry *first = check_fields (self);

    tou_page_report (TOU_PAGE (self), NULL);
    store_contact (self);
    show_status (self);
    if (first != NULL)
        tou_field_entry_focus (first);
    else if (tou_session_flow_get_seconds_left (tou_page_get_session_flow (TOU_PAGE (self))) == 0)
        ask_for_password (self);
    else if (is_card_needed (self))
        ask_for_pin (self, TRUE);
    else
        confirm (self);
}

static void
on_back_clicked (TouFormPage *self)
{
    tou_page_go_back (TOU_PAGE (self));
}

static void
add_fields (TouFormPage *self)
{
    for (guint i = self->first_row; i < N_ROWS; i++) {
        GtkWidget *field = tou_field_entry_new (rows[i].field, self->labels);

        self->fields[i] = TOU_FIELD_ENTRY (field);
        gtk_buildable_set_name (GTK_BUILDABLE (tou_field_entry_get_entry (self->fields[i])), rows[i].id);
        g_signal_connect_object (field, "changed", G_CALLBACK (on_field_changed), self, G_CONNECT_SWAPPED);
        gtk_container_add (GTK_CONTAINER (i < N_COMPANY_ROWS ? self->company_fields_box : self->fields_box),
                           field);
    }
}

/* Also when the focus goes to a button: what was typed so far is a field that is done with. */
static void
on_field_left (TouFormPage *self)
{
    tou_request_flow_flush_draft (get_flow (self));
}

static void
hidden (TouPage *page)
{
    on_field_left (TOU_FORM_PAGE (page));
}

static void
shown (TouPage *page)
{
    TouFormPage *self = TOU_FORM_PAGE (page);
    TouRequestState state = tou_request_flow_get_state (get_flow (self));

    self->n_faults = 0;
    self->is_unchanged = FALSE;
    show_facts (self);
    load_contact (self);
    show_status (self);
    tou_draft_note_begin (self->draft_note);
    gtk_widget_grab_default (self->confirm_button);
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->form_scroller), 0);
    tou_field_entry_focus (self->fields[self->first_row]);
    if (state == TOU_REQUEST_STATE_UNCERTAIN)
        tou_page_go_on (page, TOU_TYPE_CONFIRM_PAGE);
    else if (state == TOU_REQUEST_STATE_IDLE || state == TOU_REQUEST_STATE_COMPLETED)
        ask_for_pin (self, FALSE);
}

static gboolean
go_back (TouPage *page)
{
    tou_request_flow_leave (tou_page_get_request_flow (page));
    tou_page_go (page, TOU_PAGE_MENU);
    return TRUE;
}

/* Found out after the form was opened; the other page shows it where that is what the user sees. */
static void
on_card_refused (TouFormPage *self, const GError *error)
{
    show_status (self);
    if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        tou_page_report (TOU_PAGE (self), error);
}

static void
add_check_note (TouFormPage *self)
{
    GtkWidget *note = tou_check_note_new (tou_request_flow_get_unlock_step (get_flow (self)));

    gtk_box_pack_start (GTK_BOX (self), note, FALSE, FALSE, 0);
    gtk_box_reorder_child (GTK_BOX (self), note, 1);
}

static void
constructed (GObject *object)
{
    TouFormPage *self = TOU_FORM_PAGE (object);
    TouRequestFlow *flow = get_flow (self);

    self->first_row = is_change (self) ? 0 : N_COMPANY_ROWS;
    gtk_widget_set_visible (GTK_WIDGET (self->company_fields_box), is_change (self));
    add_fields (self);
    G_OBJECT_CLASS (tou_form_page_parent_class)->constructed (object);
    gtk_label_set_text (self->form_intro, _ (get_text (self)->form_intro));
    gtk_label_set_text (self->form_note, _ (get_text (self)->form_note));
    g_signal_connect_object (flow, "contact-loaded", G_CALLBACK (load_contact), object, G_CONNECT_SWAPPED);
    g_signal_connect_object (flow, "draft-written", G_CALLBACK (show_status), object, G_CONNECT_SWAPPED);
    g_signal_connect_object (flow, "card-lost", G_CALLBACK (show_status), object, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->company_fields_box, "set-focus-child", G_CALLBACK (on_field_left), object,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (self->fields_box, "set-focus-child", G_CALLBACK (on_field_left), object,
                             G_CONNECT_SWAPPED);
    tou_draft_note_follow (self->draft_note, flow, TRUE);
    tou_session_clock_follow (self->session_clock, tou_request_flow_get_session_flow (flow));
    g_signal_connect_object (flow, "card-refused", G_CALLBACK (on_card_refused), object, G_CONNECT_SWAPPED);
    add_check_note (TOU_FORM_PAGE (object));
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_FORM_PAGE (object)->labels);
    G_OBJECT_CLASS (tou_form_page_parent_class)->dispose (object);
}

static void
tou_form_page_class_init (TouFormPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    g_type_ensure (TOU_TYPE_DRAFT_NOTE);
    g_type_ensure (TOU_TYPE_SESSION_CLOCK);
    G_OBJECT_CLASS (klass)->constructed = constructed;
    G_OBJECT_CLASS (klass)->dispose = dispose;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->hidden = hidden;
    TOU_PAGE_CLASS (klass)->go_back = go_back;
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-form-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, form_intro);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, form_note);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, form_scroller);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, company_box);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, company_fields_box);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, holder_box);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, fields_box);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, status_row);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, status_label);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, confirm_button);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, draft_note);
    gtk_widget_class_bind_template_child (widget_class, TouFormPage, session_clock);
    gtk_widget_class_bind_template_callback (widget_class, on_confirm_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
    gtk_widget_class_bind_template_callback (widget_class, show_focus);
}

static void
tou_form_page_init (TouFormPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    self->labels = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
}
