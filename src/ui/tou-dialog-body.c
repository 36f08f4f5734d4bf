/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-dialog-body.h"

#include "tou-dialog-room.h"
#include "tou-fold.h"

/* Less than this could not be read. */
#define MIN_HEIGHT 96
/* Between a dialog and the edge of the screen, both sides together. */
#define SCREEN_MARGIN 32

struct _TouDialogBody {
    GtkScrolledWindow parent_instance;
    int width;
};

enum { PROP_0, PROP_WIDTH };

G_DEFINE_TYPE (TouDialogBody, tou_dialog_body, GTK_TYPE_SCROLLED_WINDOW)

static GtkWindow *
get_dialog (TouDialogBody *self)
{
    GtkWidget *window = gtk_widget_get_toplevel (GTK_WIDGET (self));

    return GTK_IS_WINDOW (window) ? GTK_WINDOW (window) : NULL;
}

/* Without what stands outside of it: its buttons. */
static int
measure_buttons (GtkWindow *dialog)
{
    int height = 0;

    G_GNUC_BEGIN_IGNORE_DEPRECATIONS
    if (GTK_IS_DIALOG (dialog))
        gtk_widget_get_preferred_height (gtk_dialog_get_action_area (GTK_DIALOG (dialog)), NULL, &height);
    G_GNUC_END_IGNORE_DEPRECATIONS
    return height;
}

static int
get_room (TouDialogBody *self)
{
    GtkWindow *dialog = get_dialog (self);

    if (dialog == NULL)
        return G_MAXINT;
    return MAX (MIN_HEIGHT, tou_dialog_room_get_height (dialog) - measure_buttons (dialog));
}

static int
measure_whole (TouDialogBody *self, int width)
{
    GtkWidget *child = gtk_bin_get_child (GTK_BIN (self));
    int height = 0;

    if (child != NULL)
        gtk_widget_get_preferred_height_for_width (child, width, NULL, &height);
    return height;
}

/* A part of a dialog's body may be given less. */
static int
get_limit (TouDialogBody *self)
{
    int limit = gtk_scrolled_window_get_max_content_height (GTK_SCROLLED_WINDOW (self));

    return limit >= 0 ? MIN (limit, get_room (self)) : get_room (self);
}

static void
get_preferred_width (GtkWidget *widget, int *out_minimum, int *out_natural)
{
    GtkWindow *dialog = get_dialog (TOU_DIALOG_BODY (widget));
    int width = TOU_DIALOG_BODY (widget)->width * tou_fold_get_em (widget);

    GTK_WIDGET_CLASS (tou_dialog_body_parent_class)->get_preferred_width (widget, out_minimum, out_natural);
    if (dialog != NULL)
        width = MIN (width, tou_dialog_room_get_width (dialog) - SCREEN_MARGIN);
    *out_natural = MAX (*out_minimum, width);
}

static void
get_preferred_height_for_width (GtkWidget *widget, int width, int *out_minimum, int *out_natural)
{
    TouDialogBody *self = TOU_DIALOG_BODY (widget);

    *out_natural = MIN (measure_whole (self, width), get_limit (self));
    *out_minimum = MIN (*out_natural, MIN_HEIGHT);
}

static void
get_preferred_height (GtkWidget *widget, int *out_minimum, int *out_natural)
{
    int width;

    get_preferred_width (widget, &width, &width);
    get_preferred_height_for_width (widget, width, out_minimum, out_natural);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
    return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    TOU_DIALOG_BODY (object)->width = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (object));
}

static void
tou_dialog_body_class_init (TouDialogBodyClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->set_property = set_property;
    g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_WIDTH,
                                     g_param_spec_int ("width", NULL, NULL, 1, 100, TOU_DIALOG_BODY_WIDTH,
                                                       G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
    widget_class->get_request_mode = get_request_mode;
    widget_class->get_preferred_width = get_preferred_width;
    widget_class->get_preferred_height = get_preferred_height;
    widget_class->get_preferred_height_for_width = get_preferred_height_for_width;
}

static void
tou_dialog_body_init (TouDialogBody *self)
{
    self->width = TOU_DIALOG_BODY_WIDTH;
    gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (self), FALSE);
    gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
}

int
tou_dialog_body_measure_hidden (TouDialogBody *self)
{
    int width;

    get_preferred_width (GTK_WIDGET (self), &width, &width);
    return MAX (0, measure_whole (self, width) - get_room (self));
}
