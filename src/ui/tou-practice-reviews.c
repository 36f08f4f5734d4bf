/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-practice-reviews.h"

#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

/* Slow enough to see 受付 and 確認中 on the menu. */
#define AUTOMATIC_SECONDS 10

struct _TouPracticeReviews {
    GtkBox parent_instance;
    TouPracticeControl *control;
    GCancellable *cancellable;
    GPtrArray *waiting; /* (element-type TouPracticeReview): as the rows of the list */
    gboolean is_deciding;

    GtkWidget *reviews_frame;
    GtkListBox *reviews_list;
    GtkWidget *reviews_empty_label;
    GtkWidget *review_start_button;
    GtkWidget *review_approve_button;
    GtkWidget *review_deny_button;
    GtkEntry *review_reason_entry;
    GtkToggleButton *review_automatic_check;
    GtkWidget *qualification_button;
};

enum { SIGNAL_ERROR, SIGNAL_DONE, SIGNAL_WAITING, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouPracticeReviews, tou_practice_reviews, GTK_TYPE_BOX)

static const TouPracticeReview *
get_selected (TouPracticeReviews *self)
{
    GtkListBoxRow *row = gtk_list_box_get_selected_row (self->reviews_list);

    return row != NULL ? g_ptr_array_index (self->waiting, gtk_list_box_row_get_index (row)) : NULL;
}

static gboolean
waits (const TouPracticeReview *review)
{
    return review->state == TOU_REVIEW_STATE_RECEIVED || review->state == TOU_REVIEW_STATE_UNDER_REVIEW;
}

static char *
describe_kind (const TouPracticeReview *review)
{
    const char *operation = tou_operation_get_label (review->operation);
    const char *category = tou_category_get_label (review->category);

    /* Translators: kind of application, procurement category. */
    return g_strdup_printf (_ ("%s: %s"), _ (operation), _ (category));
}

static char *
describe (const TouPracticeReview *review)
{
    g_autofree char *kind = describe_kind (review);

    /* Translators: number of an application, its kind, company. */
    return g_strdup_printf (_ ("%s, %s, %s"), review->reception_number, kind, review->company);
}

static GtkWidget *
make_label (const char *text, const char *style_class)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    if (style_class != NULL)
        gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
    return label;
}

/* @start gives way to @end where both do not fit. */
static GtkWidget *
make_line (GtkWidget *start, GtkWidget *end)
{
    GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

    gtk_label_set_ellipsize (GTK_LABEL (end), PANGO_ELLIPSIZE_NONE);
    gtk_container_add (GTK_CONTAINER (line), start);
    gtk_box_pack_end (GTK_BOX (line), end, FALSE, FALSE, 0);
    return line;
}

/* May take two lines. */
static GtkWidget *
make_kind (const TouPracticeReview *review)
{
    g_autofree char *text = describe_kind (review);
    GtkWidget *label = make_label (text, NULL);

    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    return label;
}

static GtkWidget *
make_lines (const TouPracticeReview *review)
{
    GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
    const char *state = tou_review_state_get_label (review->state);
    g_autofree char *moment = tou_time_text_moment (review->submitted_at_us);

    g_object_set (lines, "margin", 6, NULL);
    gtk_container_add (GTK_CONTAINER (lines),
                       make_line (make_label (review->reception_number, "tou-choice-title"),
                                  make_label (_ (state), "tou-mark")));
    gtk_container_add (GTK_CONTAINER (lines), make_kind (review));
    gtk_container_add (GTK_CONTAINER (lines),
                       make_line (make_label (review->company, NULL), make_label (moment, "tou-hint")));
    return lines;
}

static void
add_row (TouPracticeReviews *self, const TouPracticeReview *review)
{
    GtkWidget *row = gtk_list_box_row_new ();
    AtkObject *accessible = gtk_widget_get_accessible (row);
    const char *state = tou_review_state_get_label (review->state);
    g_autofree char *name = describe (review);

    gtk_container_add (GTK_CONTAINER (row), make_lines (review));
    atk_object_set_accessible_id (accessible, "review_row");
    atk_object_set_name (accessible, name);
    atk_object_set_description (accessible, _ (state));
    gtk_widget_show_all (row);
    gtk_container_add (GTK_CONTAINER (self->reviews_list), row);
}

/* One set of buttons for all: each says what it would decide about. */
static void
name_button (GtkWidget *button, const TouPracticeReview *review)
{
    const char *label = gtk_label_get_text (GTK_LABEL (gtk_bin_get_child (GTK_BIN (button))));
    g_autofree char *what = review != NULL ? describe (review) : NULL;
    /* Translators: label of a button, the application that it is for. */
    g_autofree char *name = what != NULL ? g_strdup_printf (C_ ("button", "%s: %s"), label, what)
                                         : g_strdup (label);

    atk_object_set_name (gtk_widget_get_accessible (button), name);
}

static void
offer_decisions (TouPracticeReviews *self)
{
    const TouPracticeReview *review = get_selected (self);
    gboolean has_reason = *gtk_entry_get_text (self->review_reason_entry) != '\0';

    gtk_widget_set_sensitive (self->review_start_button,
                              review != NULL && review->state == TOU_REVIEW_STATE_RECEIVED);
    gtk_widget_set_sensitive (self->review_approve_button, review != NULL);
    gtk_widget_set_sensitive (self->review_deny_button, review != NULL && has_reason);
    name_button (self->review_start_button, review);
    name_button (self->review_approve_button, review);
    name_button (self->review_deny_button, review);
}

/* The same application as before, else the one that has come to its place. */
static void
select_again (TouPracticeReviews *self, const char *submission_id, int index)
{
    for (guint i = 0; submission_id != NULL && i < self->waiting->len; i++) {
        const TouPracticeReview *review = g_ptr_array_index (self->waiting, i);

        if (g_str_equal (review->submission_id, submission_id))
            index = (int) i;
    }
    index = CLAMP (index, 0, (int) self->waiting->len - 1);
    gtk_list_box_select_row (self->reviews_list, gtk_list_box_get_row_at_index (self->reviews_list, index));
}

static GtkWidget *
get_focus (TouPracticeReviews *self)
{
    GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (self));
    GtkWidget *focus = GTK_IS_WINDOW (toplevel) ? gtk_window_get_focus (GTK_WINDOW (toplevel)) : NULL;

    return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? focus : NULL;
}

/* What had the focus may have gone, or be of no use any more. */
static void
keep_focus (TouPracticeReviews *self)
{
    GtkWidget *focus = get_focus (self);
    GtkListBoxRow *row = gtk_list_box_get_selected_row (self->reviews_list);

    if (focus == NULL || !gtk_widget_is_sensitive (focus))
        gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->qualification_button);
}

static void
destroy_row (GtkWidget *row, gpointer data)
{
    gtk_widget_destroy (row);
}

static void
fill (TouPracticeReviews *self, GPtrArray *reviews)
{
    const TouPracticeReview *selected = get_selected (self);
    GtkListBoxRow *row = gtk_list_box_get_selected_row (self->reviews_list);
    g_autofree char *id = selected != NULL ? g_strdup (selected->submission_id) : NULL;
    int index = row != NULL ? gtk_list_box_row_get_index (row) : 0;

    gtk_list_box_unselect_all (self->reviews_list);
    gtk_container_foreach (GTK_CONTAINER (self->reviews_list), destroy_row, NULL);
    g_ptr_array_unref (self->waiting);
    self->waiting = g_ptr_array_ref (reviews);
    for (guint i = 0; i < reviews->len; i++)
        add_row (self, g_ptr_array_index (reviews, i));
    gtk_widget_set_visible (self->reviews_frame, reviews->len > 0);
    gtk_widget_set_visible (self->reviews_empty_label, reviews->len == 0);
    select_again (self, id, index);
}

static void
remove_decided (GPtrArray *reviews)
{
    for (guint i = reviews->len; i > 0; i--)
        if (!waits (g_ptr_array_index (reviews, i - 1)))
            g_ptr_array_remove_index (reviews, i - 1);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouPracticeReviews) self = data;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) reviews = tou_practice_control_list_reviews_finish (TOU_PRACTICE_CONTROL (source),
                                                                              result, &error);
    gboolean had_focus;

    if (g_cancellable_is_cancelled (self->cancellable))
        return;
    if (reviews == NULL) {
        g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
        return;
    }
    had_focus = get_focus (self) != NULL;
    remove_decided (reviews);
    fill (self, reviews);
    offer_decisions (self);
    if (had_focus)
        keep_focus (self);
    g_signal_emit (self, signals[SIGNAL_WAITING], 0, reviews->len);
}

static void
refresh (TouPracticeReviews *self)
{
    tou_practice_control_list_reviews_async (self->control, self->cancellable, on_listed,
                                             g_object_ref (self));
}

/* Returns: whether it was done; else "error" has been emitted. */
static gboolean
finish_change (TouPracticeReviews *self, GObject *source, GAsyncResult *result)
{
    g_autoptr (GError) error = NULL;

    if (tou_practice_control_change_finish (TOU_PRACTICE_CONTROL (source), result, &error))
        return TRUE;
    if (!g_cancellable_is_cancelled (self->cancellable))
        g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
    return FALSE;
}

typedef struct {
    TouPracticeReviews *self;
    TouPracticeDecision decision;
    char *reception_number;
} Decision;

static void
decision_free (Decision *decision)
{
    g_object_unref (decision->self);
    g_free (decision->reception_number);
    g_free (decision);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decision, decision_free)

static void
tell_decision (const Decision *decision)
{
    static const TouReviewState states[] = {
        [TOU_PRACTICE_DECISION_START_REVIEW] = TOU_REVIEW_STATE_UNDER_REVIEW,
        [TOU_PRACTICE_DECISION_APPROVE] = TOU_REVIEW_STATE_APPROVED,
        [TOU_PRACTICE_DECISION_DENY] = TOU_REVIEW_STATE_DENIED,
    };
    const char *state = tou_review_state_get_label (states[decision->decision]);
    /* Translators: number of an application, result of its review. */
    g_autofree char *text = g_strdup_printf (_ ("%s is now “%s”."), decision->reception_number, _ (state));

    g_signal_emit (decision->self, signals[SIGNAL_DONE], 0, text);
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (Decision) decision = data;
    TouPracticeReviews *self = decision->self;
    gboolean is_done = finish_change (self, source, result);

    if (g_cancellable_is_cancelled (self->cancellable))
        return;
    self->is_deciding = FALSE;
    if (is_done)
        tell_decision (decision);
    else
        refresh (self); /* somebody else may have decided */
}

static void
decide (TouPracticeReviews *self, TouPracticeDecision what)
{
    const TouPracticeReview *review = get_selected (self);
    const char *reason = what == TOU_PRACTICE_DECISION_DENY ? gtk_entry_get_text (self->review_reason_entry)
                                                            : NULL;
    Decision *decision;

    if (review == NULL || self->is_deciding)
        return;
    self->is_deciding = TRUE;
    decision = g_new0 (Decision, 1);
    decision->self = g_object_ref (self);
    decision->decision = what;
    decision->reception_number = g_strdup (review->reception_number);
    tou_practice_control_review_async (self->control, review->submission_id, what, reason, self->cancellable,
                                       on_decided, decision);
}

static void
on_start_clicked (TouPracticeReviews *self)
{
    decide (self, TOU_PRACTICE_DECISION_START_REVIEW);
}

static void
on_approve_clicked (TouPracticeReviews *self)
{
    decide (self, TOU_PRACTICE_DECISION_APPROVE);
}

static void
on_deny_clicked (TouPracticeReviews *self)
{
    decide (self, TOU_PRACTICE_DECISION_DENY);
}

static void on_automatic_toggled (TouPracticeReviews *self);

static void
on_automatic_set (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouPracticeReviews) self = data;
    gboolean is_automatic;

    if (finish_change (self, source, result) || g_cancellable_is_cancelled (self->cancellable))
        return;
    is_automatic = gtk_toggle_button_get_active (self->review_automatic_check);
    g_signal_handlers_block_by_func (self->review_automatic_check, on_automatic_toggled, self);
    gtk_toggle_button_set_active (self->review_automatic_check, !is_automatic);
    g_signal_handlers_unblock_by_func (self->review_automatic_check, on_automatic_toggled, self);
}

static void
on_automatic_toggled (TouPracticeReviews *self)
{
    gboolean is_automatic = gtk_toggle_button_get_active (self->review_automatic_check);

    tou_practice_control_set_review_after_async (self->control, is_automatic ? AUTOMATIC_SECONDS : 0, NULL,
                                                 self->cancellable, on_automatic_set, g_object_ref (self));
}

static void
on_qualification_renewed (GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr (TouPracticeReviews) self = data;

    if (finish_change (self, source, result) && !g_cancellable_is_cancelled (self->cancellable))
        g_signal_emit (self, signals[SIGNAL_DONE], 0, _ ("The qualification data are newer now."));
}

static void
on_qualification_clicked (TouPracticeReviews *self)
{
    tou_practice_control_renew_qualification_async (self->control, self->cancellable,
                                                    on_qualification_renewed, g_object_ref (self));
}

static void
dispose (GObject *object)
{
    TouPracticeReviews *self = TOU_PRACTICE_REVIEWS (object);

    g_cancellable_cancel (self->cancellable);
    g_clear_object (&self->control);
    G_OBJECT_CLASS (tou_practice_reviews_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
    TouPracticeReviews *self = TOU_PRACTICE_REVIEWS (object);

    g_object_unref (self->cancellable);
    g_ptr_array_unref (self->waiting);
    G_OBJECT_CLASS (tou_practice_reviews_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-practice-reviews.ui");
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, reviews_frame);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, reviews_list);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, reviews_empty_label);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, review_start_button);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, review_approve_button);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, review_deny_button);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, review_reason_entry);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, review_automatic_check);
    gtk_widget_class_bind_template_child (widget_class, TouPracticeReviews, qualification_button);
    gtk_widget_class_bind_template_callback (widget_class, offer_decisions);
    gtk_widget_class_bind_template_callback (widget_class, on_start_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_approve_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_deny_clicked);
    gtk_widget_class_bind_template_callback (widget_class, on_automatic_toggled);
    gtk_widget_class_bind_template_callback (widget_class, on_qualification_clicked);
}

static guint
make_signal (const char *name, GType argument)
{
    return g_signal_new (name, TOU_TYPE_PRACTICE_REVIEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                         1, argument);
}

static void
tou_practice_reviews_class_init (TouPracticeReviewsClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
    G_OBJECT_CLASS (klass)->finalize = finalize;
    signals[SIGNAL_ERROR] = make_signal ("error", G_TYPE_ERROR);
    signals[SIGNAL_DONE] = make_signal ("done", G_TYPE_STRING);
    signals[SIGNAL_WAITING] = make_signal ("waiting", G_TYPE_UINT);
    bind_template (GTK_WIDGET_CLASS (klass));
}

static void
tou_practice_reviews_init (TouPracticeReviews *self)
{
    self->cancellable = g_cancellable_new ();
    self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) tou_practice_review_free);
    gtk_widget_init_template (GTK_WIDGET (self));
    offer_decisions (self);
}

void
tou_practice_reviews_set_control (TouPracticeReviews *self, TouPracticeControl *control)
{
    g_return_if_fail (TOU_IS_PRACTICE_REVIEWS (self) && self->control == NULL);
    self->control = g_object_ref (control);
    g_signal_connect_object (control, "reviews-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
    refresh (self);
}
