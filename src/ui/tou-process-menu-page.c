/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-process-menu-page.h"

#include "tou-error-catalogue.h"
#include "tou-fold.h"
#include "tou-outbox-text.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

#define MINUTE_US (60 * G_USEC_PER_SEC)
/* From here on the PC's clock is worth a word: a certificate looked at with it may seem expired. */
#define PC_ERROR_MINUTES 5

struct _TouProcessMenuPage {
    TouPage parent_instance;
    GtkLabel *time_label;
    GtkWidget *connecting_box;
    GtkSpinner *connecting_spinner;
    GtkWidget *failure_box;
    GtkLabel *failure_label;
    GtkWidget *retry_button;
    GtkLabel *pc_clock_label;
    GtkLabel *agency_label;
    GtkLabel *category_label;
    GtkWidget *proceed_button;
    GtkWidget *waiting_row;
    GtkLabel *waiting_label;
    guint minute_source;
};

G_DEFINE_TYPE (TouProcessMenuPage, tou_process_menu_page, TOU_TYPE_PAGE)

static TouClock *
get_clock (TouProcessMenuPage *self)
{
    return tou_session_flow_get_clock (tou_page_get_session_flow (TOU_PAGE (self)));
}

static void show_time (TouProcessMenuPage *self);

static gboolean
on_minute_passed (gpointer data)
{
    TouProcessMenuPage *self = data;

    self->minute_source = 0;
    show_time (self);
    return G_SOURCE_REMOVE;
}

static void
show_pc_error (TouProcessMenuPage *self)
{
    gint64 minutes = tou_clock_get_pc_error_us (get_clock (self)) / MINUTE_US;
    g_autofree char *text = g_strdup_printf (
        minutes > 0 ? _ ("The clock of this PC is %d minutes ahead. Touroku goes by the "
                         "service’s time.")
                    : _ ("The clock of this PC is %d minutes behind. Touroku goes by the "
                         "service’s time."),
        (int) ABS (minutes));

    gtk_label_set_text (self->pc_clock_label, text);
    gtk_widget_set_visible (GTK_WIDGET (self->pc_clock_label), ABS (minutes) >= PC_ERROR_MINUTES);
}

/* Shows the minute and comes back when it is over. */
static void
show_time (TouProcessMenuPage *self)
{
    gint64 now_us = tou_clock_now_us (get_clock (self));
    gint64 left_us = MINUTE_US - now_us % MINUTE_US;
    g_autofree char *text = tou_time_text_moment (now_us);

    gtk_label_set_text (self->time_label, text);
    if (self->minute_source == 0)
        self->minute_source = g_timeout_add ((guint) (left_us / 1000) + 1, on_minute_passed, self);
}

static void
update (TouProcessMenuPage *self)
{
    TouSessionState state = tou_session_flow_get_state (tou_page_get_session_flow (TOU_PAGE (self)));
    gboolean has_time = tou_clock_has_service_time (get_clock (self)) && state > TOU_SESSION_STATE_CONNECTING;
    gboolean connects = state == TOU_SESSION_STATE_CONNECTING;

    if (has_time)
        show_time (self);
    show_pc_error (self);
    gtk_widget_set_visible (GTK_WIDGET (self->time_label), has_time);
    gtk_widget_set_visible (self->connecting_box, connects);
    g_object_set (self->connecting_spinner, "active", connects, NULL);
    gtk_widget_set_sensitive (self->proceed_button, has_time);
}

/* What a program left behind that ended before its answer came. */
static void
show_waiting (TouProcessMenuPage *self)
{
    TouServiceProfile *profile = tou_session_flow_get_profile (tou_page_get_session_flow (TOU_PAGE (self)));
    g_autofree char *text = tou_outbox_text_dup_waiting (tou_page_get_flows (TOU_PAGE (self))->outbox,
                                                         tou_service_profile_get_id (profile));

    gtk_label_set_text (self->waiting_label, text != NULL ? text : "");
    gtk_widget_set_visible (self->waiting_row, text != NULL);
}

static void
show_failure (TouProcessMenuPage *self, const GError *error)
{
    g_autofree char *text = g_strdup_printf (
        _ ("The date and time could not be read (error code %s). Please try again."),
        tou_error_catalogue_lookup (error)->code);

    gtk_label_set_text (self->failure_label, text);
    gtk_widget_show (self->failure_box);
    gtk_widget_grab_focus (self->retry_button);
    tou_page_report (TOU_PAGE (self), error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouProcessMenuPage) self = data;
    g_autoptr (GError) error = NULL;
    gboolean ok = tou_session_flow_connect_finish (TOU_SESSION_FLOW (source), result, &error);

    if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
        return;
    if (ok)
        gtk_widget_grab_focus (self->proceed_button);
    else
        show_failure (self, error);
}

static void
connect_service (TouProcessMenuPage *self)
{
    gtk_widget_hide (self->failure_box);
    tou_page_report (TOU_PAGE (self), NULL);
    tou_session_flow_connect_async (tou_page_get_session_flow (TOU_PAGE (self)),
                                    tou_page_get_cancellable (TOU_PAGE (self)), on_connected,
                                    g_object_ref (self));
}

static void
on_retry_clicked (TouProcessMenuPage *self)
{
    connect_service (self);
}

static void
on_proceed_clicked (TouProcessMenuPage *self)
{
    TouSessionState state = tou_session_flow_get_state (tou_page_get_session_flow (TOU_PAGE (self)));

    tou_page_go (TOU_PAGE (self), state == TOU_SESSION_STATE_SIGNED_IN ? TOU_PAGE_MENU : TOU_PAGE_SIGN_IN);
}

static void
shown (TouPage *page)
{
    TouProcessMenuPage *self = TOU_PROCESS_MENU_PAGE (page);
    TouSessionFlow *flow = tou_page_get_session_flow (page);
    const char *category = tou_category_get_label (tou_session_flow_get_category (flow));

    gtk_label_set_text (self->agency_label,
                        tou_service_profile_get_name (tou_session_flow_get_profile (flow)));
    gtk_label_set_text (self->category_label, _ (category));
    update (self);
    tou_outbox_flow_refresh (tou_page_get_flows (page)->outbox);
    if (tou_session_flow_get_state (flow) == TOU_SESSION_STATE_IDLE)
        connect_service (self);
    else if (gtk_widget_get_sensitive (self->proceed_button))
        gtk_widget_grab_focus (self->proceed_button);
}

static void
hidden (TouPage *page)
{
    g_clear_handle_id (&TOU_PROCESS_MENU_PAGE (page)->minute_source, g_source_remove);
}

static gboolean
go_back (TouPage *page)
{
    tou_page_go (page, TOU_PAGE_CATEGORY);
    return TRUE;
}

static void
constructed (GObject *object)
{
    G_OBJECT_CLASS (tou_process_menu_page_parent_class)->constructed (object);
    g_signal_connect_object (tou_page_get_session_flow (TOU_PAGE (object)), "notify::state",
                             G_CALLBACK (update), object, G_CONNECT_SWAPPED);
    g_signal_connect_object (tou_page_get_flows (TOU_PAGE (object))->outbox, "changed",
                             G_CALLBACK (show_waiting), object, G_CONNECT_SWAPPED);
}

static void
dispose (GObject *object)
{
    g_clear_handle_id (&TOU_PROCESS_MENU_PAGE (object)->minute_source, g_source_remove);
    G_OBJECT_CLASS (tou_process_menu_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    g_type_ensure (TOU_TYPE_FOLD);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-process-menu-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, time_label);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, connecting_box);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, connecting_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, failure_box);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, failure_label);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, retry_button);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, pc_clock_label);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, agency_label);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, category_label);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, proceed_button);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, waiting_row);
    gtk_widget_class_bind_template_child (widget_class, TouProcessMenuPage, waiting_label);
    gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_proceed_clicked);
}

static void
tou_process_menu_page_class_init (TouProcessMenuPageClass *klass)
{
    G_OBJECT_CLASS (klass)->constructed = constructed;
    G_OBJECT_CLASS (klass)->dispose = dispose;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->hidden = hidden;
    TOU_PAGE_CLASS (klass)->go_back = go_back;
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
tou_process_menu_page_init (TouProcessMenuPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
