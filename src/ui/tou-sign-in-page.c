/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-sign-in-page.h"

#include "tou-field-fault.h"
#include "tou-fold.h"
#include "tou-secret-entry-buffer.h"

#include <glib/gi18n-lib.h>

struct _TouSignInPage {
    TouPage parent_instance;
    GtkLabel *agency_label;
    GtkLabel *category_label;
    GtkLabel *user_id_title;
    GtkEntry *user_id_entry;
    GtkLabel *user_id_hint;
    GtkLabel *user_id_fault;
    GtkLabel *password_title;
    GtkEntry *password_entry;
    GtkLabel *password_hint;
    GtkLabel *password_fault;
    GtkWidget *sign_in_button;
    GtkSpinner *sign_in_spinner;
    GtkWidget *sign_in_status;
    TouSecretEntryBuffer *password; /* of the entry */
};

G_DEFINE_TYPE (TouSignInPage, tou_sign_in_page, TOU_TYPE_PAGE)

static gboolean
is_signing_in (TouSignInPage *self)
{
    return tou_session_flow_get_state (tou_page_get_session_flow (TOU_PAGE (self)))
           == TOU_SESSION_STATE_SIGNING_IN;
}

static void
update (TouSignInPage *self)
{
    gboolean busy = is_signing_in (self);

    gtk_widget_set_sensitive (self->sign_in_button, !busy);
    gtk_widget_set_sensitive (GTK_WIDGET (self->user_id_entry), !busy);
    gtk_widget_set_sensitive (GTK_WIDGET (self->password_entry), !busy);
    gtk_widget_set_visible (GTK_WIDGET (self->sign_in_spinner), busy);
    gtk_widget_set_visible (self->sign_in_status, busy);
    g_object_set (self->sign_in_spinner, "active", busy, NULL);
}

static void
focus_first_empty (TouSignInPage *self)
{
    gboolean has_user_id = gtk_entry_get_text_length (self->user_id_entry) > 0;

    gtk_widget_grab_focus (GTK_WIDGET (has_user_id ? self->password_entry : self->user_id_entry));
}

static gboolean
check_fields (TouSignInPage *self, const char *user_id, TouSecret *password)
{
    gboolean id_ok = tou_field_fault_check (TOU_FIELD_USER_ID, user_id, self->user_id_fault,
                                            self->user_id_entry);
    gboolean password_ok = tou_field_fault_check (TOU_FIELD_PASSWORD, tou_secret_get_data (password),
                                                  self->password_fault, self->password_entry);

    if (!id_ok)
        gtk_widget_grab_focus (GTK_WIDGET (self->user_id_entry));
    else if (!password_ok)
        gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
    return id_ok && password_ok;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouSignInPage) self = data;
    g_autoptr (GError) error = NULL;
    gboolean ok = tou_session_flow_sign_in_finish (TOU_SESSION_FLOW (source), result, &error);

    tou_secret_entry_buffer_wipe (self->password);
    if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
        return;
    update (self);
    if (ok) {
        tou_page_go (TOU_PAGE (self), TOU_PAGE_MENU);
        return;
    }
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
    tou_page_report (TOU_PAGE (self), error);
}

static void
on_sign_in_clicked (TouSignInPage *self)
{
    g_autoptr (TouSecret) password = tou_secret_entry_buffer_dup_secret (self->password);
    g_autofree char *user_id = tou_field_tidy (TOU_FIELD_USER_ID, gtk_entry_get_text (self->user_id_entry));

    if (is_signing_in (self))
        return;
    tou_page_report (TOU_PAGE (self), NULL);
    gtk_entry_set_text (self->user_id_entry, user_id);
    if (!check_fields (self, user_id, password))
        return;
    tou_session_flow_sign_in_async (tou_page_get_session_flow (TOU_PAGE (self)), user_id, password,
                                    tou_page_get_cancellable (TOU_PAGE (self)), on_signed_in,
                                    g_object_ref (self));
}

static void
on_user_id_changed (TouSignInPage *self)
{
    tou_field_fault_check_typed (TOU_FIELD_USER_ID, gtk_entry_get_text (self->user_id_entry),
                                 self->user_id_fault, self->user_id_entry);
}

/* Full-width letters and digits become half-width, and one sees it. */
static void
on_user_id_left (TouSignInPage *self)
{
    const char *text = gtk_entry_get_text (self->user_id_entry);
    g_autofree char *tidied = NULL;

    if (gtk_widget_is_focus (GTK_WIDGET (self->user_id_entry))
        || gtk_widget_in_destruction (GTK_WIDGET (self)))
        return;
    tidied = tou_field_tidy (TOU_FIELD_USER_ID, text);
    if (!g_str_equal (text, tidied))
        gtk_entry_set_text (self->user_id_entry, tidied);
}

static void
on_user_id_activated (TouSignInPage *self)
{
    gtk_widget_grab_focus (GTK_WIDGET (self->password_entry));
}

static void
on_password_changed (TouSignInPage *self)
{
    g_autoptr (TouSecret) password = tou_secret_entry_buffer_dup_secret (self->password);

    tou_field_fault_check_typed (TOU_FIELD_PASSWORD, tou_secret_get_data (password), self->password_fault,
                                 self->password_entry);
}

static void
shown (TouPage *page)
{
    TouSignInPage *self = TOU_SIGN_IN_PAGE (page);
    TouSessionFlow *flow = tou_page_get_session_flow (page);
    const char *user_id = tou_session_flow_get_user_id (flow);
    const char *category = tou_category_get_label (tou_session_flow_get_category (flow));

    gtk_label_set_text (self->agency_label,
                        tou_service_profile_get_name (tou_session_flow_get_profile (flow)));
    gtk_label_set_text (self->category_label, _ (category));
    if (user_id != NULL && gtk_entry_get_text_length (self->user_id_entry) == 0)
        gtk_entry_set_text (self->user_id_entry, user_id);
    update (self);
    focus_first_empty (self);
}

static void
hidden (TouPage *page)
{
    TouSignInPage *self = TOU_SIGN_IN_PAGE (page);

    tou_secret_entry_buffer_wipe (self->password);
    tou_field_fault_show (self->user_id_fault, self->user_id_entry, NULL);
}

static gboolean
go_back (TouPage *page)
{
    tou_page_go (page, TOU_PAGE_PROCESS_MENU);
    return TRUE;
}

static void
constructed (GObject *object)
{
    G_OBJECT_CLASS (tou_sign_in_page_parent_class)->constructed (object);
    g_signal_connect_object (tou_page_get_session_flow (TOU_PAGE (object)), "notify::state",
                             G_CALLBACK (update), object, G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_SIGN_IN_PAGE (object)->password);
    G_OBJECT_CLASS (tou_sign_in_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-sign-in-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, agency_label);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, category_label);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, user_id_title);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, user_id_entry);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, user_id_hint);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, user_id_fault);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, password_title);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, password_entry);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, password_hint);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, password_fault);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, sign_in_button);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, sign_in_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouSignInPage, sign_in_status);
    gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_user_id_changed);
    gtk_widget_class_bind_template_callback (widget_class, on_user_id_left);
    gtk_widget_class_bind_template_callback (widget_class, on_user_id_activated);
    gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
}

static void
tou_sign_in_page_class_init (TouSignInPageClass *klass)
{
    G_OBJECT_CLASS (klass)->constructed = constructed;
    G_OBJECT_CLASS (klass)->dispose = dispose;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->hidden = hidden;
    TOU_PAGE_CLASS (klass)->go_back = go_back;
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
tou_sign_in_page_init (TouSignInPage *self)
{
    const char *user_id = tou_field_get_label (TOU_FIELD_USER_ID);
    const char *user_id_hint = tou_field_get_hint (TOU_FIELD_USER_ID);
    const char *password = tou_field_get_label (TOU_FIELD_PASSWORD);
    const char *password_hint = tou_field_get_hint (TOU_FIELD_PASSWORD);

    gtk_widget_init_template (GTK_WIDGET (self));
    gtk_label_set_text_with_mnemonic (self->user_id_title, _ (user_id));
    gtk_label_set_text (self->user_id_hint, _ (user_id_hint));
    gtk_label_set_text_with_mnemonic (self->password_title, _ (password));
    gtk_label_set_text (self->password_hint, _ (password_hint));
    self->password = TOU_SECRET_ENTRY_BUFFER (tou_secret_entry_buffer_new ());
    gtk_entry_set_buffer (self->password_entry, GTK_ENTRY_BUFFER (self->password));
}
