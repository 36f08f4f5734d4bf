/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-history-view.h"

#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

#define N_COLUMNS 4

struct _TouHistoryView {
    GtkBox parent_instance;
    TouReviewFlow *flow;
    GtkSpinner *history_spinner;
    GtkWidget *refresh_button;
    GtkGrid *history_grid;
    GtkLabel *history_status;
    char *elsewhere;   /* (nullable): what stands in another history */
    gboolean is_asked; /* by the user, who wants to hear of a failure */
};

enum { SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouHistoryView, tou_history_view, GTK_TYPE_BOX)

static void
destroy_cell (GtkWidget *cell, gpointer data)
{
    gtk_widget_destroy (cell);
}

static GtkWidget *
add_cell (TouHistoryView *self, int column, int row, int width, const char *text, const char *style_class)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_yalign (GTK_LABEL (label), 0);
    if (style_class != NULL)
        gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
    gtk_widget_set_hexpand (label, column == N_COLUMNS - 1);
    gtk_widget_show (label);
    gtk_grid_attach (self->history_grid, label, column, row, width, 1);
    return label;
}

static void
add_line (TouHistoryView *self, int row)
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

/* As long as it is; a column of its own would be narrow, and empty for all that are not denied. */
static void
add_reason (TouHistoryView *self, int row, const char *reason)
{
    GtkWidget *title = add_cell (self, 0, row, 1, _ ("Reason for denial"), "tou-table-title");
    GtkWidget *text = add_cell (self, 1, row, N_COLUMNS - 1, reason, NULL);

    gtk_label_set_line_wrap (GTK_LABEL (text), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
    atk_object_add_relationship (gtk_widget_get_accessible (text), ATK_RELATION_LABELLED_BY,
                                 gtk_widget_get_accessible (title));
}

/* Returns: how many rows it takes */
static int
add_application (TouHistoryView *self, int row, const TouApplication *application)
{
    const char *operation = tou_operation_get_label (application->operation);
    const char *state = tou_review_state_get_label (application->state);
    const char *number = application->reception_number;
    g_autofree char *moment = tou_time_text_moment (application->submitted_at_us);

    add_line (self, row);
    add_cell (self, 0, row + 1, 1, _ (operation), NULL);
    add_cell (self, 1, row + 1, 1, moment, NULL);
    add_cell (self, 2, row + 1, 1, number != NULL ? number : "", NULL);
    add_cell (self, 3, row + 1, 1, _ (state), get_state_class (application->state));
    if (application->state != TOU_REVIEW_STATE_DENIED || application->reason == NULL)
        return 2;
    add_reason (self, row + 2, application->reason);
    return 3;
}

static void
show_applications (TouHistoryView *self, GPtrArray *applications)
{
    const char *titles[N_COLUMNS] = { _ ("Application"), _ ("Date and time"), _ ("Reception number"),
                                      _ ("Result of review") };
    int row = 1;

    gtk_container_foreach (GTK_CONTAINER (self->history_grid), destroy_cell, NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->history_grid), applications != NULL && applications->len > 0);
    if (applications == NULL || applications->len == 0)
        return;
    for (int i = 0; i < N_COLUMNS; i++)
        add_cell (self, i, 0, 1, titles[i], "tou-table-title");
    for (guint i = 0; i < applications->len; i++)
        row += add_application (self, row, g_ptr_array_index (applications, i));
}

static char *
describe_empty (TouHistoryView *self)
{
    const char *category = tou_category_get_label (tou_review_flow_get_category (self->flow));
    g_autofree char *text = g_strdup_printf (_ ("Nothing has been applied for in “%s” yet."), _ (category));

    return self->elsewhere != NULL ? g_strdup_printf ("%s\n%s", text, self->elsewhere) : g_strdup (text);
}

static char *
describe_list (TouHistoryView *self, GPtrArray *applications)
{
    g_autofree char *moment = tou_time_text_moment (tou_review_flow_get_answered_at_us (self->flow));

    if (applications->len == 0)
        return describe_empty (self);
    /* Translators: %s is a date and time */
    if (tou_review_flow_is_watching (self->flow))
        return g_strdup_printf (
            _ ("As of %s. The results are asked for by themselves, and the session stays open meanwhile."),
            moment);
    return g_strdup_printf (_ ("As of %s."), moment);
}

static char *
describe (TouHistoryView *self)
{
    GPtrArray *applications = tou_review_flow_get_applications (self->flow);

    if (tou_review_flow_get_error (self->flow) != NULL)
        return g_strdup (_ ("The history could not be read. Please refresh."));
    if (applications == NULL)
        return g_strdup (_ ("Reading…"));
    return describe_list (self, applications);
}

static void
show_asking (TouHistoryView *self)
{
    gboolean is_asking = self->is_asked && tou_review_flow_is_asking (self->flow);

    gtk_widget_set_visible (GTK_WIDGET (self->history_spinner), is_asking);
    g_object_set (self->history_spinner, "active", is_asking, NULL);
}

static void
tell_failure (TouHistoryView *self)
{
    const GError *error = tou_review_flow_get_error (self->flow);
    gboolean is_asked = self->is_asked;

    self->is_asked = FALSE;
    if (error != NULL && (is_asked || !tou_review_flow_is_watching (self->flow)))
        g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
on_flow_changed (TouHistoryView *self)
{
    g_autofree char *status = describe (self);

    show_applications (self, tou_review_flow_get_applications (self->flow));
    gtk_label_set_text (self->history_status, status);
    show_asking (self);
    if (!tou_review_flow_is_asking (self->flow))
        tell_failure (self);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_HISTORY_VIEW (object)->flow);
    G_OBJECT_CLASS (tou_history_view_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    g_free (TOU_HISTORY_VIEW (object)->elsewhere);
    G_OBJECT_CLASS (tou_history_view_parent_class)->finalize (object);
}

static void
tou_history_view_class_init (TouHistoryViewClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_FAILED] = g_signal_new ("failed", TOU_TYPE_HISTORY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-history-view.ui");
    gtk_widget_class_bind_template_child (widget_class, TouHistoryView, history_spinner);
    gtk_widget_class_bind_template_child (widget_class, TouHistoryView, refresh_button);
    gtk_widget_class_bind_template_child (widget_class, TouHistoryView, history_grid);
    gtk_widget_class_bind_template_child (widget_class, TouHistoryView, history_status);
    gtk_widget_class_bind_template_callback (widget_class, tou_history_view_refresh);
}

static void
tou_history_view_init (TouHistoryView *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}

void
tou_history_view_set_flow (TouHistoryView *self, TouReviewFlow *flow)
{
    g_return_if_fail (TOU_IS_HISTORY_VIEW (self) && self->flow == NULL);
    self->flow = g_object_ref (flow);
    g_signal_connect_object (flow, "changed", G_CALLBACK (on_flow_changed), self, G_CONNECT_SWAPPED);
}

void
tou_history_view_set_elsewhere (TouHistoryView *self, const char *text)
{
    g_return_if_fail (TOU_IS_HISTORY_VIEW (self));
    g_free (self->elsewhere);
    self->elsewhere = g_strdup (text);
}

void
tou_history_view_refresh (TouHistoryView *self)
{
    g_return_if_fail (TOU_IS_HISTORY_VIEW (self));
    self->is_asked = TRUE;
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, NULL);
    tou_review_flow_refresh (self->flow);
    show_asking (self);
}

void
tou_history_view_focus (TouHistoryView *self)
{
    g_return_if_fail (TOU_IS_HISTORY_VIEW (self));
    gtk_widget_grab_focus (self->refresh_button);
}
