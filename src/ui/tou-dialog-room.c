/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-dialog-room.h"

#include "tou-dialog-body.h"

/* What a window manager puts around a window, at most. */
#define FRAME_HEIGHT 48

/* @window: (nullable): of which the screen is asked for. Returns: in logical pixels */
static GdkRectangle
get_area (GtkWidget *dialog, GdkWindow *window)
{
    GdkDisplay *display = gtk_widget_get_display (dialog);
    GdkRectangle area = { 0 };

    gdk_monitor_get_workarea (window != NULL ? gdk_display_get_monitor_at_window (display, window)
                                             : gdk_display_get_monitor (display, 0),
                              &area);
    return area;
}

static GdkRectangle
get_area_of (GtkWindow *dialog)
{
    GtkWindow *parent = gtk_window_get_transient_for (dialog);
    GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (dialog));

    if (window == NULL && parent != NULL)
        window = gtk_widget_get_window (GTK_WIDGET (parent));
    return get_area (GTK_WIDGET (dialog), window);
}

int
tou_dialog_room_get_height (GtkWindow *dialog)
{
    return get_area_of (dialog).height - FRAME_HEIGHT;
}

int
tou_dialog_room_get_width (GtkWindow *dialog)
{
    return get_area_of (dialog).width;
}

static int
measure_frame (GtkWidget *widget)
{
    GtkStyleContext *style = gtk_widget_get_style_context (widget);
    GtkBorder border;
    GtkBorder padding;

    gtk_style_context_get_border (style, gtk_style_context_get_state (style), &border);
    gtk_style_context_get_padding (style, gtk_style_context_get_state (style), &padding);
    return border.left + border.right + padding.left + padding.right;
}

/* As high as it is at the width that it gets in @body. */
static int
measure_in_body (GtkWidget *part, GtkWidget *body)
{
    int width;
    int height;

    gtk_widget_get_preferred_width (body, NULL, &width);
    for (GtkWidget *one = part; one != body; one = gtk_widget_get_parent (one))
        width -= gtk_widget_get_margin_start (one) + gtk_widget_get_margin_end (one)
                 + (one != part ? measure_frame (one) : 0);
    gtk_widget_get_preferred_height_for_width (part, width, NULL, &height);
    return height;
}

int
tou_dialog_room_measure_rest (GtkWindow *dialog, GtkWidget *part)
{
    GtkWidget *body = gtk_widget_get_ancestor (gtk_widget_get_parent (part), TOU_TYPE_DIALOG_BODY);
    GtkRequisition whole;
    GtkRequisition own;

    gtk_widget_get_preferred_size (gtk_bin_get_child (GTK_BIN (dialog)), NULL, &whole);
    gtk_widget_get_preferred_size (part, NULL, &own);
    if (body == NULL)
        return whole.height - own.height;
    return whole.height - measure_in_body (part, body)
           + tou_dialog_body_measure_hidden (TOU_DIALOG_BODY (body));
}

void
tou_dialog_room_keep (GtkWindow *dialog, const GtkAllocation *allocation)
{
    GdkWindow *window = gtk_widget_get_window (GTK_WIDGET (dialog));
    GdkRectangle area;
    GdkRectangle frame;

    if (window == NULL || !gtk_widget_get_mapped (GTK_WIDGET (dialog)))
        return;
    area = get_area (GTK_WIDGET (dialog), window);
    gdk_window_get_frame_extents (window, &frame);
    frame.height += allocation->height - gdk_window_get_height (window);
    if (frame.y + frame.height > area.y + area.height)
        gtk_window_move (dialog, frame.x, MAX (area.y, area.y + area.height - frame.height));
}
