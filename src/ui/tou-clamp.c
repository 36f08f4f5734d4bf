/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-clamp.h"

#include "tou-fold.h"

struct _TouClamp {
    GtkBin parent_instance;
};

G_DEFINE_TYPE (TouClamp, tou_clamp, GTK_TYPE_BIN)

static int
get_limit (GtkWidget *widget)
{
    return TOU_CLAMP_WIDTH * tou_fold_get_em (widget);
}

static void
get_preferred_width (GtkWidget *widget, int *out_minimum, int *out_natural)
{
    GTK_WIDGET_CLASS (tou_clamp_parent_class)->get_preferred_width (widget, out_minimum, out_natural);
    *out_natural = CLAMP (*out_natural, *out_minimum, MAX (*out_minimum, get_limit (widget)));
}

static void
get_preferred_height_for_width (GtkWidget *widget, int width, int *out_minimum, int *out_natural)
{
    GTK_WIDGET_CLASS (tou_clamp_parent_class)
        ->get_preferred_height_for_width (widget, MIN (width, get_limit (widget)), out_minimum, out_natural);
}

static void
size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
    GtkWidget *child = gtk_bin_get_child (GTK_BIN (widget));
    GtkAllocation inner = *allocation;
    int minimum = 0;

    gtk_widget_set_allocation (widget, allocation);
    if (child == NULL || !gtk_widget_get_visible (child))
        return;
    gtk_widget_get_preferred_width (child, &minimum, NULL);
    inner.width = MIN (allocation->width, MAX (minimum, get_limit (widget)));
    inner.x += (allocation->width - inner.width) / 2;
    gtk_widget_size_allocate (child, &inner);
}

static void
tou_clamp_class_init (TouClampClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    widget_class->get_preferred_width = get_preferred_width;
    widget_class->get_preferred_height_for_width = get_preferred_height_for_width;
    widget_class->size_allocate = size_allocate;
}

static void
tou_clamp_init (TouClamp *self)
{
}

GtkWidget *
tou_clamp_new (void)
{
    return g_object_new (TOU_TYPE_CLAMP, "visible", TRUE, NULL);
}
