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

int
tou_dialog_room_measure_rest (GtkWindow *dialog, GtkWidget *part)
{
    GtkRequisition whole;
    GtkRequisition own;
    GtkWidget *body = gtk_widget_get_ancestor (part, TOU_TYPE_DIALOG_BODY);

    gtk_widget_get_preferred_size (gtk_bin_get_child (GTK_BIN (dialog)), NULL, &whole);
    gtk_widget_get_preferred_size (part, NULL, &own);
    return whole.height - own.height
           + (body != NULL ? tou_dialog_body_measure_hidden (TOU_DIALOG_BODY (body)) : 0);
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
