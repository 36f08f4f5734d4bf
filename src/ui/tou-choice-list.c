/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-choice-list.h"

/* Mnemonics are one digit. */
#define MAX_MNEMONICS 9
/* What does not fit into so many is cut; a name on a card may be as long as it likes. */
#define MAX_LINES 2
#define LINE_SPACING 2
/* About as many as the dialog has room for beside the scroll bar: a list asks for the height of that width.
 */
#define MAX_WIDTH_CHARS 60

struct _TouChoiceList {
    GtkBox parent_instance;

    GPtrArray *buttons; /* (element-type GtkToggleButton): empty when one thing is only shown */
    GtkWidget *nobody;  /* never shown: the button of the group that is on while none is chosen */
    int selected;
    GtkScrolledWindow *scroller; /* (nullable), not referenced: it holds this */
    gboolean has_to_show;        /* the one taken, which may be out of sight */
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_TYPE (TouChoiceList, tou_choice_list, GTK_TYPE_BOX)

static void
on_button_toggled (GtkToggleButton *button, TouChoiceList *self)
{
    guint index;

    if (!gtk_toggle_button_get_active (button) || !g_ptr_array_find (self->buttons, button, &index)
        || self->selected == (int) index)
        return;
    self->selected = (int) index;
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
append_if_cut (GtkWidget *child, gpointer data)
{
    GString *text = data;

    if (!GTK_IS_LABEL (child)) {
        gtk_container_foreach (GTK_CONTAINER (child), append_if_cut, text);
        return;
    }
    if (!pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (child))))
        return;
    if (text->len > 0)
        g_string_append_c (text, '\n');
    g_string_append (text, gtk_label_get_text (GTK_LABEL (child)));
}

/* Wider than GTK's own: several texts of the utmost length have to fit on the screen. */
static GtkWidget *
make_whole_text (const char *text)
{
    GtkWidget *label = gtk_label_new (text);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_max_width_chars (GTK_LABEL (label), 100);
    gtk_widget_show (label);
    return label;
}

/* By the pointer, and for a button with the focus by Ctrl+F1. */
static gboolean
on_tooltip_asked (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip,
                  GtkContainer *lines)
{
    g_autoptr (GString) text = g_string_new (NULL);

    gtk_container_foreach (lines, append_if_cut, text);
    if (text->len == 0)
        return FALSE;
    gtk_tooltip_set_custom (tooltip, make_whole_text (text->str));
    return TRUE;
}

/* Returns: @label */
static GtkWidget *
set_up_line (GtkWidget *label, const char *style_class)
{
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_WIDTH_CHARS);
    gtk_label_set_lines (GTK_LABEL (label), MAX_LINES);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_style_context_add_class (gtk_widget_get_style_context (label), style_class);
    return label;
}

/* @number: from 1 for a mnemonic, 0: none. */
static GtkWidget *
make_title (const TouChoice *choice, guint number)
{
    g_auto (GStrv) parts = NULL;
    g_autofree char *escaped = NULL;
    g_autofree char *text = NULL;

    if (number == 0 || number > MAX_MNEMONICS)
        return set_up_line (gtk_label_new (choice->title), "tou-choice-title");
    parts = g_strsplit (choice->title, "_", -1);
    escaped = g_strjoinv ("__", parts);
    text = g_strdup_printf ("_%u. %s", number, escaped);
    return set_up_line (gtk_label_new_with_mnemonic (text), "tou-choice-title");
}

static void
add_lines (GtkWidget *box, const char *text, const char *style_class)
{
    g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

    for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
        gtk_container_add (GTK_CONTAINER (box), set_up_line (gtk_label_new (lines[i]), style_class));
}

static GtkWidget *
make_lines (const TouChoice *choice)
{
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, LINE_SPACING);

    add_lines (box, choice->detail, "tou-hint");
    add_lines (box, choice->problem, "tou-fault");
    return box;
}

static void
offer_whole_text (GtkWidget *widget, GtkWidget *lines)
{
    gtk_widget_set_has_tooltip (widget, TRUE);
    g_signal_connect_object (widget, "query-tooltip", G_CALLBACK (on_tooltip_asked), lines, 0);
}

/* One thing alone. */
static GtkWidget *
make_text (const TouChoice *choice)
{
    GtkWidget *box = make_lines (choice);
    GtkWidget *title = make_title (choice, 0);

    gtk_container_add (GTK_CONTAINER (box), title);
    gtk_box_reorder_child (GTK_BOX (box), title, 0);
    offer_whole_text (box, box);
    return box;
}

/* A grid has the baseline of its first row, so that the mark of the button stands beside the title. */
static GtkWidget *
make_content (const TouChoice *choice, GtkWidget *button, guint number)
{
    GtkWidget *grid = gtk_grid_new ();
    GtkWidget *title = make_title (choice, number);

    gtk_label_set_mnemonic_widget (GTK_LABEL (title), button);
    gtk_widget_set_valign (title, GTK_ALIGN_BASELINE);
    gtk_grid_set_row_spacing (GTK_GRID (grid), LINE_SPACING);
    gtk_grid_attach (GTK_GRID (grid), make_lines (choice), 0, 1, 1, 1);
    /* Last: a grid lists what it holds backwards. */
    gtk_grid_attach (GTK_GRID (grid), title, 0, 0, 1, 1);
    gtk_widget_set_valign (grid, GTK_ALIGN_BASELINE);
    gtk_widget_set_margin_start (grid, 6);
    offer_whole_text (button, grid);
    return grid;
}

static void
describe (GtkWidget *button, const TouChoice *choice)
{
    AtkObject *accessible = gtk_widget_get_accessible (button);
    const char *detail = choice->detail != NULL ? choice->detail : "";
    g_autofree char *description = g_strjoin ("\n", detail, choice->problem, NULL);

    atk_object_set_name (accessible, choice->title);
    atk_object_set_description (accessible, description);
}

/* In a row of its own: a column aligns no baselines. */
static void
add_button (TouChoiceList *self, const TouChoice *choice)
{
    GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    GtkWidget *button = gtk_radio_button_new_from_widget (GTK_RADIO_BUTTON (self->nobody));

    gtk_container_add (GTK_CONTAINER (button), make_content (choice, button, self->buttons->len + 1));
    gtk_widget_set_valign (button, GTK_ALIGN_BASELINE);
    gtk_style_context_add_class (gtk_widget_get_style_context (button), "tou-choice");
    gtk_widget_set_sensitive (button, choice->problem == NULL);
    describe (button, choice);
    g_ptr_array_add (self->buttons, button);
    g_signal_connect_object (button, "toggled", G_CALLBACK (on_button_toggled), self, 0);
    gtk_box_pack_start (GTK_BOX (row), button, TRUE, TRUE, 0);
    gtk_container_add (GTK_CONTAINER (self), row);
}

static void
destroy_child (GtkWidget *child, gpointer data)
{
    gtk_widget_destroy (child);
}

static void
show_child (GtkWidget *child, gpointer data)
{
    gtk_widget_show_all (child);
}

/* Whoever enters a PIN has to see for which of them. */
static void
show_selected (TouChoiceList *self)
{
    GtkAllocation list, button;

    gtk_widget_get_allocation (GTK_WIDGET (self), &list);
    gtk_widget_get_allocation (g_ptr_array_index (self->buttons, self->selected), &button);
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller), button.y - list.y,
                               button.y - list.y + button.height);
}

static void
size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
    TouChoiceList *self = TOU_CHOICE_LIST (widget);

    GTK_WIDGET_CLASS (tou_choice_list_parent_class)->size_allocate (widget, allocation);
    if (self->has_to_show && self->scroller != NULL && self->selected >= 0 && self->buttons->len > 0)
        show_selected (self);
    self->has_to_show = FALSE;
}

static int
measure_height (GtkWidget *widget)
{
    int width;
    int height;

    gtk_widget_get_preferred_width (widget, NULL, &width);
    gtk_widget_get_preferred_height_for_width (widget, width, NULL, &height);
    return height;
}

/* A scrolled window asks without a width, and a row answers that for its narrowest. */
static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
    *minimum = *natural = measure_height (widget);
}

static void
finalize (GObject *object)
{
    g_ptr_array_unref (TOU_CHOICE_LIST (object)->buttons);
    g_object_unref (TOU_CHOICE_LIST (object)->nobody);
    G_OBJECT_CLASS (tou_choice_list_parent_class)->finalize (object);
}

static void
tou_choice_list_class_init (TouChoiceListClass *klass)
{
    G_OBJECT_CLASS (klass)->finalize = finalize;
    GTK_WIDGET_CLASS (klass)->get_preferred_height = get_preferred_height;
    GTK_WIDGET_CLASS (klass)->size_allocate = size_allocate;
    signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_choice_list_init (TouChoiceList *self)
{
    self->buttons = g_ptr_array_new ();
    self->nobody = g_object_ref_sink (gtk_radio_button_new (NULL));
    self->selected = -1;
    gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing (GTK_BOX (self), 2);
}

static void
add_choices (TouChoiceList *self, const TouChoice *choices, guint n_choices)
{
    if (n_choices == 1)
        gtk_container_add (GTK_CONTAINER (self), make_text (&choices[0]));
    for (guint i = 0; n_choices > 1 && i < n_choices; i++)
        add_button (self, &choices[i]);
    gtk_container_foreach (GTK_CONTAINER (self), show_child, NULL);
}

void
tou_choice_list_fill (TouChoiceList *self, const TouChoice *choices, guint n_choices, int selected)
{
    gboolean had_focus = tou_choice_list_has_focus (self);

    g_ptr_array_set_size (self->buttons, 0);
    gtk_container_foreach (GTK_CONTAINER (self), destroy_child, NULL);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->nobody), TRUE);
    add_choices (self, choices, n_choices);
    if (n_choices == 1)
        selected = choices[0].problem == NULL ? 0 : -1;
    self->has_to_show |= self->selected != selected;
    self->selected = selected;
    if (selected >= 0 && n_choices > 1)
        gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, selected), TRUE);
    if (had_focus)
        tou_choice_list_focus (self);
}

int
tou_choice_list_get_selected (TouChoiceList *self)
{
    return self->selected;
}

gboolean
tou_choice_list_focus (TouChoiceList *self)
{
    for (guint i = 0; i < self->buttons->len; i++) {
        GtkWidget *button = g_ptr_array_index (self->buttons, i);

        if (!gtk_widget_get_sensitive (button) || (self->selected >= 0 && self->selected != (int) i))
            continue;
        gtk_widget_grab_focus (button);
        return TRUE;
    }
    return FALSE;
}

gboolean
tou_choice_list_has_focus (TouChoiceList *self)
{
    GtkWidget *toplevel = gtk_widget_get_toplevel (GTK_WIDGET (self));
    GtkWidget *focus = GTK_IS_WINDOW (toplevel) ? gtk_window_get_focus (GTK_WINDOW (toplevel)) : NULL;

    return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
tou_choice_list_set_scroller (TouChoiceList *self, GtkScrolledWindow *scroller)
{
    self->scroller = scroller;
    gtk_container_set_focus_vadjustment (GTK_CONTAINER (self),
                                         gtk_scrolled_window_get_vadjustment (scroller));
}

void
tou_choice_list_show_selected (TouChoiceList *self)
{
    self->has_to_show = TRUE;
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

int
tou_choice_list_measure_whole (TouChoiceList *self, int height)
{
    g_autoptr (GList) children = gtk_container_get_children (GTK_CONTAINER (self));
    int spacing = gtk_box_get_spacing (GTK_BOX (self));
    int whole = 0;
    int tallest = 0;
    int end = 0;

    for (GList *l = children; l != NULL; l = l->next) {
        int own = measure_height (l->data);

        tallest = MAX (tallest, own);
        end += own;
        if (end <= height)
            whole = end;
        end += spacing;
    }
    return MAX (whole, tallest);
}
