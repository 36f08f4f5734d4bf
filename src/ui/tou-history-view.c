/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-history-view.h"

#include "tou-fold.h"
#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

#define N_COLUMNS 4
#define COLUMN_SPACING 24

struct _TouHistoryView {
    GtkBox parent_instance;
    TouReviewFlow *flow;
    GtkSpinner *history_spinner;
    GtkWidget *refresh_button;
    GtkBox *history_grid;
    GtkSizeGroup *columns[N_COLUMNS];
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

/* @column: N_COLUMNS: in none of them */
static GtkWidget *
add_cell (TouHistoryView *self, GtkWidget *row, int column, const char *text, const char *style_class)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_yalign (GTK_LABEL (label), 0);
    if (style_class != NULL)
        gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
    gtk_widget_show (label);
    if (column < N_COLUMNS)
        gtk_size_group_add_widget (self->columns[column], label);
    gtk_container_add (GTK_CONTAINER (row), label);
    return label;
}

static GtkWidget *
add_row (TouHistoryView *self)
{
    GtkWidget *row = tou_fold_new (COLUMN_SPACING, 2);

    gtk_container_add (GTK_CONTAINER (self->history_grid), row);
    return row;
}

static void
add_line (TouHistoryView *self)
{
    GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

    gtk_widget_show (line);
    gtk_container_add (GTK_CONTAINER (self->history_grid), line);
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
add_reason (TouHistoryView *self, const char *reason)
{
    GtkWidget *row = add_row (self);
    GtkWidget *title = add_cell (self, row, 0, _ ("Reason for denial"), "tou-table-title");
    GtkWidget *text = add_cell (self, row, N_COLUMNS, reason, NULL);

    gtk_label_set_line_wrap (GTK_LABEL (text), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
    gtk_widget_set_hexpand (text, TRUE);
    atk_object_add_relationship (gtk_widget_get_accessible (text), ATK_RELATION_LABELLED_BY,
                                 gtk_widget_get_accessible (title));
}

static void
add_application (TouHistoryView *self, const TouApplication *application)
{
    const char *operation = tou_operation_get_label (application->operation);
    const char *state = tou_review_state_get_label (application->state);
    const char *number = application->reception_number;
    g_autofree char *moment = tou_time_text_moment (application->submitted_at_us);
    GtkWidget *row;

    add_line (self);
    row = add_row (self);
    add_cell (self, row, 0, _ (operation), NULL);
    add_cell (self, row, 1, moment, NULL);
    add_cell (self, row, 2, number != NULL ? number : "", NULL);
    add_cell (self, row, 3, _ (state), get_state_class (application->state));
    if (application->state == TOU_REVIEW_STATE_DENIED && application->reason != NULL)
        add_reason (self, application->reason);
}

/* Where the columns are folded they are not wanted: what stands there is plain from itself. */
static void
add_titles (TouHistoryView *self)
{
    const char *titles[N_COLUMNS] = { _ ("Application"), _ ("Date and time"), _ ("Reception number"),
                                      _ ("Result of review") };
    GtkWidget *row = add_row (self);

    for (int i = 0; i < N_COLUMNS; i++) {
        GtkWidget *cell = add_cell (self, row, i, titles[i], "tou-table-title");

        tou_fold_hide_folded (TOU_FOLD (row), cell);
    }
}

static void
show_applications (TouHistoryView *self, GPtrArray *applications)
{
    gtk_container_foreach (GTK_CONTAINER (self->history_grid), destroy_cell, NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->history_grid), applications != NULL && applications->len > 0);
    if (applications == NULL || applications->len == 0)
        return;
    add_titles (self);
    for (guint i = 0; i < applications->len; i++)
        add_application (self, g_ptr_array_index (applications, i));
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
    for (int i = 0; i < N_COLUMNS; i++)
        g_clear_object (&TOU_HISTORY_VIEW (object)->columns[i]);
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
    g_type_ensure (TOU_TYPE_FOLD);
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
    for (int i = 0; i < N_COLUMNS; i++)
        self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
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
