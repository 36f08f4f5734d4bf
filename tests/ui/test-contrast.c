/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Whether what every page and dialog says can be read in light, dark and high-contrast themes: each text's
 * own colour against the colour that is really painted behind it. The limits are those of WCAG 2.1, 1.4.3
 * and 1.4.11. */
#include "screens.h"

#include <math.h>

#define TEXT_LIMIT 4.5
#define PICTURE_LIMIT 3.0
/* A picture may fill its own area. */
#define PICTURE_MARGIN 8

static const struct {
    const char *name;
    gboolean is_dark;
} themes[] = {
    { "Adwaita", FALSE }, { "Adwaita", TRUE }, { "HighContrast", FALSE }, { "HighContrastInverse", FALSE }
};

typedef struct {
    const char *screen;
    const char *theme;
    gboolean is_backdrop;
    cairo_surface_t *picture;
    GtkWidget *window;
    GPtrArray *faults; /* (element-type utf8) */
} Look;

static double
linear (double part)
{
    return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *colour)
{
    return 0.2126 * linear (colour->red) + 0.7152 * linear (colour->green) + 0.0722 * linear (colour->blue);
}

static double
get_contrast (const GdkRGBA *a, const GdkRGBA *b)
{
    double one = get_luminance (a) + 0.05;
    double other = get_luminance (b) + 0.05;

    return one > other ? one / other : other / one;
}

static GdkRGBA
lay_over (const GdkRGBA *front, const GdkRGBA *back)
{
    double part = front->alpha;

    return (GdkRGBA){ part * front->red + (1 - part) * back->red,
                      part * front->green + (1 - part) * back->green,
                      part * front->blue + (1 - part) * back->blue, 1 };
}

static guint32
get_pixel (cairo_surface_t *picture, int x, int y)
{
    const unsigned char *data = cairo_image_surface_get_data (picture);

    return *(const guint32 *) (gconstpointer) (data + y * cairo_image_surface_get_stride (picture) + 4 * x)
           & 0xFFFFFF;
}

static void
count_pixels (GHashTable *counts, guint32 pixel, guint n)
{
    gpointer key = GUINT_TO_POINTER (pixel);

    g_hash_table_insert (counts, key,
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + n));
}

static guint32
find_most (GHashTable *counts)
{
    GHashTableIter iter;
    gpointer pixel;
    gpointer count;
    guint32 most = 0;
    guint best = 0;

    g_hash_table_iter_init (&iter, counts);
    while (g_hash_table_iter_next (&iter, &pixel, &count))
        if (GPOINTER_TO_UINT (count) > best) {
            best = GPOINTER_TO_UINT (count);
            most = GPOINTER_TO_UINT (pixel);
        }
    return most;
}

/* What most of @area has: behind text that is more than the text. */
static GdkRGBA
find_ground (cairo_surface_t *picture, const GdkRectangle *area)
{
    g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
    guint32 last = get_pixel (picture, area->x, area->y);
    guint n = 0;

    for (int y = area->y; y < area->y + area->height; y++)
        for (int x = area->x; x < area->x + area->width; x++, n++) {
            guint32 pixel = get_pixel (picture, x, y);

            if (pixel == last)
                continue;
            count_pixels (counts, last, n);
            last = pixel;
            n = 0;
        }
    count_pixels (counts, last, n);
    last = find_most (counts);
    return (GdkRGBA){ ((last >> 16) & 0xFF) / 255.0, ((last >> 8) & 0xFF) / 255.0, (last & 0xFF) / 255.0, 1 };
}

/* Returns: whether any of it is in the picture */
static gboolean
find_area (Look *self, GtkWidget *widget, int margin, GdkRectangle *out_area)
{
    GdkRectangle whole = { 0, 0, cairo_image_surface_get_width (self->picture),
                           cairo_image_surface_get_height (self->picture) };
    GdkRectangle own = { 0, 0, gtk_widget_get_allocated_width (widget),
                         gtk_widget_get_allocated_height (widget) };

    if (!gtk_widget_translate_coordinates (widget, self->window, -margin, -margin, &own.x, &own.y))
        return FALSE;
    own.width += 2 * margin;
    own.height += 2 * margin;
    return gdk_rectangle_intersect (&whole, &own, out_area);
}

static void
check_colour (Look *self, GtkWidget *widget, const char *what, double limit, int margin)
{
    GtkStyleContext *style = gtk_widget_get_style_context (widget);
    GdkRectangle area;
    GdkRGBA ground;
    GdkRGBA colour;
    double contrast;

    if (!find_area (self, widget, margin, &area))
        return;
    gtk_style_context_get_color (style, gtk_style_context_get_state (style), &colour);
    ground = find_ground (self->picture, &area);
    colour = lay_over (&colour, &ground);
    contrast = get_contrast (&colour, &ground);
    if (contrast < limit)
        g_ptr_array_add (self->faults,
                         g_strdup_printf ("%s in %s%s: %.2f:1 “%s” (%s)", self->screen, self->theme,
                                          self->is_backdrop ? ", window not active" : "", contrast, what,
                                          gtk_buildable_get_name (GTK_BUILDABLE (widget))));
}

/* A closed GtkExpander keeps what it holds mapped. */
static gboolean
is_folded_away (GtkWidget *widget)
{
    GtkWidget *expander = gtk_widget_get_parent (widget);

    return GTK_IS_EXPANDER (expander) && !gtk_expander_get_expanded (GTK_EXPANDER (expander))
           && gtk_expander_get_label_widget (GTK_EXPANDER (expander)) != widget && !GTK_IS_IMAGE (widget);
}

static void
look_at (GtkWidget *widget, gpointer data)
{
    if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget) || is_folded_away (widget))
        return;
    if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
        check_colour (data, widget, gtk_label_get_text (GTK_LABEL (widget)), TEXT_LIMIT, 0);
    else if (GTK_IS_ENTRY (widget))
        check_colour (data, widget, "what is typed", TEXT_LIMIT, 0);
    else if (GTK_IS_IMAGE (widget))
        check_colour (data, widget, "a picture", PICTURE_LIMIT, PICTURE_MARGIN);
    if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), look_at, data);
}

static void
count (gpointer window, gpointer data)
{
    ++*(int *) data;
}

/* The page behind a dialog is a screen of its own. */
static gboolean
is_behind (GtkWidget *window)
{
    int n = 0;

    screens_for_each_window (count, &n);
    return TOU_IS_WINDOW (window) && n > 1;
}

static void
look_at_window (gpointer window, gpointer data)
{
    Look *self = data;
    GtkWidget *widget = window;
    cairo_t *cr;

    if (is_behind (widget))
        return;
    /* Both states: a dialog's parent stays readable behind it. */
    if (self->is_backdrop)
        gtk_widget_set_state_flags (widget, GTK_STATE_FLAG_BACKDROP, FALSE);
    else
        gtk_widget_unset_state_flags (widget, GTK_STATE_FLAG_BACKDROP);
    ui_wait_for_frame (widget);
    self->window = widget;
    self->picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, gtk_widget_get_allocated_width (widget),
                                                gtk_widget_get_allocated_height (widget));
    cr = cairo_create (self->picture);
    gtk_widget_draw (widget, cr);
    cairo_destroy (cr);
    cairo_surface_flush (self->picture);
    look_at (widget, self);
    cairo_surface_destroy (self->picture);
}

/* As tall as the screen, so that nothing is scrolled out of the picture. */
static void
enlarge (gpointer window, gpointer data)
{
    int width;

    gtk_window_get_size (window, &width, NULL);
    if (gtk_window_get_resizable (window))
        gtk_window_resize (window, width, 2300);
}

static void
use_theme (guint i)
{
    g_object_set (gtk_settings_get_default (), "gtk-theme-name", themes[i].name,
                  "gtk-application-prefer-dark-theme", themes[i].is_dark, NULL);
    fake_turn_main_loop ();
}

static void
check_screen (UiBench *bench, const Screen *screen, gpointer data)
{
    screens_for_each_window (enlarge, NULL);
    for (guint i = 0; i < 2 * G_N_ELEMENTS (themes); i++) {
        Look look = { screen->name, themes[i / 2].name, i % 2 == 1, NULL, NULL, data };
        g_autofree char *name = g_strconcat (look.theme, themes[i / 2].is_dark ? " (dark)" : "", NULL);

        look.theme = name;
        use_theme (i / 2);
        screens_for_each_window (look_at_window, &look);
    }
    use_theme (0);
}

/* Would catch: a fixed colour on a ground that the theme chooses, or the other way round. */
static void
test_all (void)
{
    g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

    screens_for_each (check_screen, faults);
    for (guint i = 0; i < faults->len; i++)
        g_test_message ("%s", (const char *) g_ptr_array_index (faults, i));
    g_assert_cmpuint (faults->len, ==, 0);
}

int
main (int argc, char **argv)
{
    /* It would forbid any other theme. */
    g_unsetenv ("GTK_THEME");
    ui_test_init (&argc, &argv);
    g_test_add_func ("/ui/contrast/all", test_all);
    return g_test_run ();
}
