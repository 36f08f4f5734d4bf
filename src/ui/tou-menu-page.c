/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-menu-page.h"

#include "tou-pin-dialog.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

#define N_COLUMNS 4
#define SESSION_TICK_SECONDS 10
/* From here on the time that is left is said with emphasis. */
#define SHORT_SESSION_SECONDS (3 * 60)

struct _TouMenuPage {
    TouPage parent_instance;
    GtkLabel *company_label;
    GtkLabel *session_label;
    GtkWidget *register_button;
    GtkSpinner *history_spinner;
    GtkWidget *refresh_button;
    GtkGrid *history_grid;
    GtkLabel *history_status;
    guint session_source;
};

G_DEFINE_TYPE (TouMenuPage, tou_menu_page, TOU_TYPE_PAGE)

static void
show_session (TouMenuPage *self)
{
    guint seconds = tou_session_flow_get_seconds_left (tou_page_get_session_flow (TOU_PAGE (self)));
    GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self->session_label));
    g_autofree char *text = NULL;

    if (seconds == 0)
        text = g_strdup (_ ("The session is over. Please log out and authenticate again."));
    else
        text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute left in this session",
                                             "%u minutes left in this session", (seconds + 59) / 60),
                                (seconds + 59) / 60);
    gtk_label_set_text (self->session_label, text);
    if (seconds < SHORT_SESSION_SECONDS)
        gtk_style_context_add_class (style, "tou-fault");
    else
        gtk_style_context_remove_class (style, "tou-fault");
}

static gboolean
on_session_ticked (gpointer data)
{
    show_session (data);
    return G_SOURCE_CONTINUE;
}

static void
destroy_cell (GtkWidget *cell, gpointer data)
{
    gtk_widget_destroy (cell);
}

static void
add_cell (TouMenuPage *self, int column, int row, const char *text, const char *style_class)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_yalign (GTK_LABEL (label), 0);
    if (style_class != NULL)
        gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
    if (column == N_COLUMNS - 1) {
        gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
        gtk_widget_set_hexpand (label, TRUE);
    }
    gtk_widget_show (label);
    gtk_grid_attach (self->history_grid, label, column, row, 1, 1);
}

static void
add_line (TouMenuPage *self, int row)
{
    GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

    gtk_widget_show (line);
    gtk_grid_attach (self->history_grid, line, 0, row, N_COLUMNS, 1);
}

static const char *
get_state_class (TouReviewState state)
{
    if (state == TOU_REVIEW_STATE_DENIED)
        return "tou-fault";
    return state == TOU_REVIEW_STATE_APPROVED ? "tou-approved" : NULL;
}

static void
add_application (TouMenuPage *self, int row, const TouApplication *application)
{
    const char *operation = tou_operation_get_label (application->operation);
    const char *state = tou_review_state_get_label (application->state);
    g_autofree char *moment = tou_time_text_moment (application->submitted_at_us);
    gboolean is_denied = application->state == TOU_REVIEW_STATE_DENIED;

    add_cell (self, 0, row, _ (operation), NULL);
    add_cell (self, 1, row, moment, NULL);
    add_cell (self, 2, row, _ (state), get_state_class (application->state));
    add_cell (self, 3, row, is_denied && application->reason != NULL ? application->reason : "", NULL);
}

static void
show_applications (TouMenuPage *self, GPtrArray *applications)
{
    const char *titles[N_COLUMNS] = { _ ("Application"), _ ("Date and time"), _ ("Result of review"),
                                      _ ("Reason for denial") };

    gtk_container_foreach (GTK_CONTAINER (self->history_grid), destroy_cell, NULL);
    for (int i = 0; i < N_COLUMNS; i++)
        add_cell (self, i, 0, titles[i], "tou-table-title");
    for (guint i = 0; i < applications->len; i++) {
        add_line (self, (int) i * 2 + 1);
        add_application (self, (int) i * 2 + 2, g_ptr_array_index (applications, i));
    }
    gtk_widget_set_visible (GTK_WIDGET (self->history_grid), applications->len > 0);
    gtk_label_set_text (self->history_status, _ ("Nothing has been applied for yet."));
    gtk_widget_set_visible (GTK_WIDGET (self->history_status), applications->len == 0);
}

static void
set_asking (TouMenuPage *self, gboolean asks)
{
    gtk_widget_set_sensitive (self->refresh_button, !asks);
    gtk_widget_set_visible (GTK_WIDGET (self->history_spinner), asks);
    g_object_set (self->history_spinner, "active", asks, NULL);
}

/* A session that is over leads back to where a new one begins. */
static void
show_failure (TouMenuPage *self, const GError *error)
{
    TouSessionFlow *flow = tou_page_get_session_flow (TOU_PAGE (self));

    gtk_label_set_text (self->history_status, _ ("The history could not be read. Please refresh."));
    gtk_widget_show (GTK_WIDGET (self->history_status));
    if (tou_session_flow_get_session (flow) == NULL)
        tou_page_go (TOU_PAGE (self), TOU_PAGE_SIGN_IN);
    tou_page_report (TOU_PAGE (self), error);
}

static void
on_applications_listed (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouMenuPage) self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) applications = tou_session_flow_list_applications_finish (TOU_SESSION_FLOW (source),
                                                                                    result, &error);

    if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
        return;
    set_asking (self, FALSE);
    show_session (self);
    if (applications != NULL)
        show_applications (self, applications);
    else
        show_failure (self, error);
}

static void
refresh (TouMenuPage *self)
{
    set_asking (self, TRUE);
    if (!gtk_widget_get_visible (GTK_WIDGET (self->history_grid)))
        gtk_label_set_text (self->history_status, _ ("Reading…"));
    tou_session_flow_list_applications_async (tou_page_get_session_flow (TOU_PAGE (self)),
                                              tou_page_get_cancellable (TOU_PAGE (self)),
                                              on_applications_listed, g_object_ref (self));
}

static void
on_refresh_clicked (TouMenuPage *self)
{
    tou_page_report (TOU_PAGE (self), NULL);
    refresh (self);
}

static void
on_unlocked (TouMenuPage *self)
{
    tou_page_go (TOU_PAGE (self), TOU_PAGE_FORM);
}

static void
ask_for_pin (TouMenuPage *self, TouRegisterFlow *flow)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));
    TouPinDialog *dialog = tou_pin_dialog_new (GTK_WINDOW (window), tou_register_flow_get_session_flow (flow),
                                               tou_register_flow_get_unlock_step (flow));

    g_signal_connect_object (dialog, "unlocked", G_CALLBACK (on_unlocked), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (dialog, "closed", G_CALLBACK (tou_register_flow_leave), flow, G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
}

/* What was sent and not answered has to be settled before anything new; the confirmation does it. */
static void
on_register_clicked (TouMenuPage *self)
{
    TouRegisterFlow *flow = tou_page_get_register_flow (TOU_PAGE (self));

    tou_page_report (TOU_PAGE (self), NULL);
    tou_register_flow_begin (flow);
    if (tou_register_flow_get_state (flow) == TOU_REGISTER_STATE_UNCERTAIN)
        tou_page_go (TOU_PAGE (self), TOU_PAGE_CONFIRM);
    else
        ask_for_pin (self, flow);
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
    tou_register_flow_leave (tou_page_get_register_flow (TOU_PAGE (self)));
    tou_session_flow_sign_out_async (tou_page_get_session_flow (TOU_PAGE (self)), on_signed_out, NULL);
    tou_page_go (TOU_PAGE (self), TOU_PAGE_CATEGORY);
}

static void
forget_history (TouMenuPage *self)
{
    gtk_widget_hide (GTK_WIDGET (self->history_grid));
    gtk_widget_show (GTK_WIDGET (self->history_status));
}

static void
shown (TouPage *page)
{
    TouMenuPage *self = TOU_MENU_PAGE (page);
    const TouSession *session = tou_session_flow_get_session (tou_page_get_session_flow (page));
    const char *name = session != NULL && session->company != NULL ? session->company->name : NULL;

    gtk_label_set_text (self->company_label, name != NULL ? name : "");
    forget_history (self);
    show_session (self);
    if (self->session_source == 0)
        self->session_source = g_timeout_add_seconds (SESSION_TICK_SECONDS, on_session_ticked, self);
    gtk_widget_grab_focus (self->register_button);
    refresh (self);
}

static void
hidden (TouPage *page)
{
    g_clear_handle_id (&TOU_MENU_PAGE (page)->session_source, g_source_remove);
}

static void
dispose (GObject *object)
{
    g_clear_handle_id (&TOU_MENU_PAGE (object)->session_source, g_source_remove);
    G_OBJECT_CLASS (tou_menu_page_parent_class)->dispose (object);
}

static void
tou_menu_page_class_init (TouMenuPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    TOU_PAGE_CLASS (klass)->shown = shown;
    TOU_PAGE_CLASS (klass)->hidden = hidden;
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-menu-page.ui");
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, company_label);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, session_label);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, register_button);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, history_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, refresh_button);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, history_grid);
    gtk_widget_class_bind_template_child (widget_class, TouMenuPage, history_status);
    gtk_widget_class_bind_template_callback (widget_class, on_register_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_refresh_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_sign_out_clicked);
}

static void
tou_menu_page_init (TouMenuPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
