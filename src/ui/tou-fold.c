/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-fold.h"

struct _TouFold {
    GtkContainer parent_instance;

    GPtrArray *children; /* (element-type GtkWidget) */
    GHashTable *hidden;  /* (element-type GtkWidget): those not shown while it is folded */
    int spacing;
    int fold_spacing;
};

enum { PROP_0, PROP_SPACING, PROP_FOLD_SPACING };

G_DEFINE_TYPE (TouFold, tou_fold, GTK_TYPE_CONTAINER)

int
tou_fold_get_em (GtkWidget *widget)
{
    GtkStyleContext *style = gtk_widget_get_style_context (widget);
    PangoFontDescription *font = NULL;
    int size;

    gtk_style_context_get (style, gtk_style_context_get_state (style), GTK_STYLE_PROPERTY_FONT, &font, NULL);
    size = pango_font_description_get_size (font);
    /* In points, which the size of all text on the desktop is part of. */
    if (!pango_font_description_get_size_is_absolute (font))
        size = (int) (size * gdk_screen_get_resolution (gtk_widget_get_screen (widget)) / 72);
    size = PANGO_PIXELS (size);
    pango_font_description_free (font);
    return size;
}

/* Measuring */

static GtkWidget *
get_child (TouFold *self, guint i)
{
    return g_ptr_array_index (self->children, i);
}

/* What stands for nothing but its column. */
static gboolean
is_space (GtkWidget *child)
{
    return GTK_IS_LABEL (child) && *gtk_label_get_text (GTK_LABEL (child)) == '\0';
}

static gboolean
goes_folded (TouFold *self, GtkWidget *child)
{
    return is_space (child) || g_hash_table_contains (self->hidden, child);
}

static gboolean
is_part (TouFold *self, guint i, gboolean is_folded)
{
    GtkWidget *child = get_child (self, i);

    return gtk_widget_get_visible (child) && !(is_folded && goes_folded (self, child));
}

static gboolean
expands (GtkWidget *child)
{
    return gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

static int measure_row (TouFold *self);

/* What @child wants in a row; a row inside a row wants not to be folded itself. */
static int
measure_wanted (TouFold *self, GtkWidget *child)
{
    int minimum;
    int natural;

    gtk_widget_get_preferred_width (child, &minimum, &natural);
    if (TOU_IS_FOLD (child))
        natural = measure_row (TOU_FOLD (child));
    else if (expands (child))
        natural = MIN (natural, TOU_FOLD_ROOM * tou_fold_get_em (GTK_WIDGET (self)));
    return MAX (minimum, natural);
}

static int
measure_row (TouFold *self)
{
    int width = -self->spacing;

    for (guint i = 0; i < self->children->len; i++)
        if (is_part (self, i, FALSE))
            width += self->spacing + measure_wanted (self, get_child (self, i));
    return MAX (width, 0);
}

static gboolean
is_folded_at (TouFold *self, int width)
{
    return width < measure_row (self);
}

static void
get_preferred_width (GtkWidget *widget, int *out_minimum, int *out_natural)
{
    TouFold *self = TOU_FOLD (widget);

    *out_minimum = 0;
    *out_natural = -self->spacing;
    for (guint i = 0; i < self->children->len; i++) {
        int minimum;
        int natural;

        if (!is_part (self, i, FALSE))
            continue;
        gtk_widget_get_preferred_width (get_child (self, i), &minimum, &natural);
        *out_natural += self->spacing + natural;
        if (is_part (self, i, TRUE))
            *out_minimum = MAX (*out_minimum, minimum);
    }
    *out_natural = MAX (*out_natural, *out_minimum);
}

/* Each gets what it wants, and those that expand share the rest. @out_widths: (array): one for each child */
static void
share_row (TouFold *self, int width, int *out_widths)
{
    int rest = width - measure_row (self);
    int n_expanding = 0;

    for (guint i = 0; i < self->children->len; i++)
        n_expanding += is_part (self, i, FALSE) && expands (get_child (self, i));
    for (guint i = 0; i < self->children->len; i++) {
        GtkWidget *child = get_child (self, i);

        out_widths[i] = is_part (self, i, FALSE) ? measure_wanted (self, child) : 0;
        if (n_expanding == 0 || !is_part (self, i, FALSE) || !expands (child))
            continue;
        out_widths[i] += rest / n_expanding;
        rest -= rest / n_expanding--;
    }
}

static void
get_preferred_height_for_width (GtkWidget *widget, int width, int *out_minimum, int *out_natural)
{
    TouFold *self = TOU_FOLD (widget);
    gboolean is_folded = is_folded_at (self, width);
    g_autofree int *widths = g_new0 (int, self->children->len + 1);
    int height = is_folded ? -self->fold_spacing : 0;

    share_row (self, width, widths);
    for (guint i = 0; i < self->children->len; i++) {
        int own;

        if (!is_part (self, i, is_folded) || is_space (get_child (self, i)))
            continue;
        gtk_widget_get_preferred_height_for_width (get_child (self, i), is_folded ? width : widths[i], NULL,
                                                   &own);
        height = is_folded ? height + self->fold_spacing + own : MAX (height, own);
    }
    *out_minimum = *out_natural = MAX (height, 0);
}

static void
get_preferred_height (GtkWidget *widget, int *out_minimum, int *out_natural)
{
    int natural;

    get_preferred_width (widget, &natural, &natural);
    get_preferred_height_for_width (widget, natural, out_minimum, out_natural);
}

/* No narrower for being less high. */
static void
get_preferred_width_for_height (GtkWidget *widget, int height, int *out_minimum, int *out_natural)
{
    get_preferred_width (widget, out_minimum, out_natural);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Placing */

static int
measure_spare_height (TouFold *self, const GtkAllocation *whole)
{
    int height;

    get_preferred_height_for_width (GTK_WIDGET (self), whole->width, &height, &height);
    return MAX (0, whole->height - height);
}

static gboolean
grows_in_column (TouFold *self, guint i)
{
    return is_part (self, i, TRUE)
           && gtk_widget_compute_expand (get_child (self, i), GTK_ORIENTATION_VERTICAL);
}

static void
place_in_column (TouFold *self, const GtkAllocation *whole)
{
    GtkAllocation own = *whole;
    int spare = measure_spare_height (self, whole);
    int n_growing = 0;

    for (guint i = 0; i < self->children->len; i++)
        n_growing += grows_in_column (self, i);
    for (guint i = 0; i < self->children->len; i++) {
        if (!is_part (self, i, TRUE))
            continue;
        gtk_widget_get_preferred_height_for_width (get_child (self, i), own.width, NULL, &own.height);
        if (grows_in_column (self, i)) {
            own.height += spare / n_growing;
            spare -= spare / n_growing--;
        }
        gtk_widget_size_allocate (get_child (self, i), &own);
        own.y += own.height + self->fold_spacing;
    }
}

static void
place_in_row (TouFold *self, const GtkAllocation *whole)
{
    g_autofree int *widths = g_new0 (int, self->children->len + 1);
    gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
    int x = 0;

    share_row (self, whole->width, widths);
    for (guint i = 0; i < self->children->len; i++) {
        GtkAllocation own = { whole->x + x, whole->y, widths[i], whole->height };

        if (!is_part (self, i, FALSE))
            continue;
        if (is_mirrored)
            own.x = whole->x + whole->width - x - widths[i];
        gtk_widget_size_allocate (get_child (self, i), &own);
        x += widths[i] + self->spacing;
    }
}

static void
size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
    TouFold *self = TOU_FOLD (widget);
    gboolean is_folded = is_folded_at (self, allocation->width);

    gtk_widget_set_allocation (widget, allocation);
    for (guint i = 0; i < self->children->len; i++)
        gtk_widget_set_child_visible (get_child (self, i),
                                      !(is_folded && goes_folded (self, get_child (self, i))));
    if (is_folded)
        place_in_column (self, allocation);
    else
        place_in_row (self, allocation);
}

/* Holding */

static void
add (GtkContainer *container, GtkWidget *child)
{
    g_ptr_array_add (TOU_FOLD (container)->children, child);
    gtk_widget_set_parent (child, GTK_WIDGET (container));
}

static void
take_out (GtkContainer *container, GtkWidget *child)
{
    TouFold *self = TOU_FOLD (container);

    g_hash_table_remove (self->hidden, child);
    if (g_ptr_array_remove (self->children, child))
        gtk_widget_unparent (child);
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* The callback may take the child out. */
static void
forall (GtkContainer *container, gboolean with_internals, GtkCallback callback, gpointer data)
{
    g_autoptr (GPtrArray) children = g_ptr_array_copy (TOU_FOLD (container)->children, NULL, NULL);

    for (guint i = 0; i < children->len; i++)
        callback (g_ptr_array_index (children, i), data);
}

static GType
get_child_type (GtkContainer *container)
{
    return GTK_TYPE_WIDGET;
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    TouFold *self = TOU_FOLD (object);

    if (id == PROP_SPACING)
        self->spacing = g_value_get_int (value);
    else
        self->fold_spacing = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
finalize (GObject *object)
{
    g_ptr_array_unref (TOU_FOLD (object)->children);
    g_hash_table_unref (TOU_FOLD (object)->hidden);
    G_OBJECT_CLASS (tou_fold_parent_class)->finalize (object);
}

static void
tou_fold_class_init (TouFoldClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS (klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
    GtkContainerClass *container_class = GTK_CONTAINER_CLASS (klass);

    object_class->set_property = set_property;
    object_class->finalize = finalize;
    widget_class->get_request_mode = get_request_mode;
    widget_class->get_preferred_width = get_preferred_width;
    widget_class->get_preferred_height = get_preferred_height;
    widget_class->get_preferred_width_for_height = get_preferred_width_for_height;
    widget_class->get_preferred_height_for_width = get_preferred_height_for_width;
    widget_class->size_allocate = size_allocate;
    container_class->add = add;
    container_class->remove = take_out;
    container_class->forall = forall;
    container_class->child_type = get_child_type;
    g_object_class_install_property (
        object_class, PROP_SPACING,
        g_param_spec_int ("spacing", NULL, NULL, 0, 100, 12, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
    g_object_class_install_property (
        object_class, PROP_FOLD_SPACING,
        g_param_spec_int ("fold-spacing", NULL, NULL, 0, 100, 4, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
}

static void
tou_fold_init (TouFold *self)
{
    gtk_widget_set_has_window (GTK_WIDGET (self), FALSE);
    self->children = g_ptr_array_new ();
    self->hidden = g_hash_table_new (NULL, NULL);
    self->spacing = 12;
    self->fold_spacing = 4;
}

GtkWidget *
tou_fold_new (int spacing, int fold_spacing)
{
    return g_object_new (TOU_TYPE_FOLD, "visible", TRUE, "spacing", spacing, "fold-spacing", fold_spacing,
                         NULL);
}

void
tou_fold_hide_folded (TouFold *self, GtkWidget *child)
{
    g_return_if_fail (TOU_IS_FOLD (self) && gtk_widget_get_parent (child) == GTK_WIDGET (self));
    g_hash_table_add (self->hidden, child);
    gtk_widget_queue_resize (GTK_WIDGET (self));
}
