/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-test"

/* Whether every page and dialog can be read and worked with large text and in a narrow window: nothing that
 * is on screen is cut, and every button is within reach. */
#include "screens.h"

#include <libintl.h>
#include <locale.h>

/* What is left of the smallest screen, 1024×768, with a panel and a window's frame. */
#define MAX_DIALOG_WIDTH 1008
#define MAX_DIALOG_HEIGHT 728
#define MAX_WINDOW_HEIGHT 600
/* Two lines at twice the size, and something around them. */
#define MIN_READABLE_HEIGHT 80

typedef struct {
    int percent; /* of the text's usual size */
    int width;   /* of the window */
} Setting;

static const Setting settings[] = { { 100, 880 }, { 100, 440 }, { 150, 880 }, { 200, 880 } };

typedef struct {
    const char *screen;
    const Setting *setting;
    GtkWidget *window;
    int width;
    int height;
    GPtrArray *faults; /* (element-type utf8) */
} Look;

/* What is shortened on purpose, and said in full elsewhere: in a tooltip, or on the page itself. */
static const char *const may_be_shortened[] = { "page_title", "page_agency" };

static void G_GNUC_PRINTF (2, 3) add_fault (Look *self, const char *format, ...)
{
    va_list parts;
    g_autofree char *what = NULL;

    va_start (parts, format);
    what = g_strdup_vprintf (format, parts);
    va_end (parts);
    g_ptr_array_add (self->faults, g_strdup_printf ("%s, %d %%, %d wide: %s", self->screen,
                                                    self->setting->percent, self->setting->width, what));
}

static const char *
name (GtkWidget *widget)
{
    const char *id = gtk_buildable_get_name (GTK_BUILDABLE (widget));

    return id != NULL ? id : G_OBJECT_TYPE_NAME (widget);
}

/* A list's lines have their whole text in a tooltip. */
static gboolean
is_shortened_on_purpose (GtkWidget *label)
{
    const char *id = gtk_buildable_get_name (GTK_BUILDABLE (label));

    for (guint i = 0; id != NULL && i < G_N_ELEMENTS (may_be_shortened); i++)
        if (g_str_equal (id, may_be_shortened[i]))
            return TRUE;
    return gtk_label_get_lines (GTK_LABEL (label)) > 0;
}

/* A table of data may be scrolled in both directions (WCAG 2.1, 1.4.10); each row stands in full elsewhere.
 */
static gboolean
is_of_table (GtkWidget *widget)
{
    return GTK_IS_TREE_VIEW (widget) || gtk_widget_get_ancestor (widget, GTK_TYPE_TREE_VIEW) != NULL;
}

static void
look_at_label (Look *self, GtkWidget *label)
{
    PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
    int width;
    int height;
    int x;

    pango_layout_get_pixel_size (layout, &width, &height);
    if (pango_layout_is_ellipsized (layout) && !is_shortened_on_purpose (label))
        add_fault (self, "%s is shortened: “%s”", name (label), gtk_label_get_text (GTK_LABEL (label)));
    if (width > gtk_widget_get_allocated_width (label) || height > gtk_widget_get_allocated_height (label))
        add_fault (self, "%s needs %d×%d and has %d×%d: “%s”", name (label), width, height,
                   gtk_widget_get_allocated_width (label), gtk_widget_get_allocated_height (label),
                   gtk_label_get_text (GTK_LABEL (label)));
    if (!is_of_table (label) && gtk_widget_translate_coordinates (label, self->window, 0, 0, &x, NULL)
        && (x < 0 || x + gtk_widget_get_allocated_width (label) > self->width))
        add_fault (self, "%s ends at %d of %d: “%s”", name (label),
                   x + gtk_widget_get_allocated_width (label), self->width,
                   gtk_label_get_text (GTK_LABEL (label)));
}

static void
look_at_scroller (Look *self, GtkWidget *scroller)
{
    GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));

    if (gtk_adjustment_get_upper (across) > gtk_adjustment_get_page_size (across)
        && !is_of_table (gtk_bin_get_child (GTK_BIN (scroller))))
        add_fault (self, "%s has to be scrolled sideways: %.0f of %.0f", name (scroller),
                   gtk_adjustment_get_page_size (across), gtk_adjustment_get_upper (across));
    if (gtk_widget_get_allocated_height (scroller) < MIN_READABLE_HEIGHT)
        add_fault (self, "%s is only %d high", name (scroller), gtk_widget_get_allocated_height (scroller));
}

/* Inside the window, or inside what can be scrolled and is itself. */
static void
look_at_button (Look *self, GtkWidget *button)
{
    GtkWidget *scroller = gtk_widget_get_ancestor (button, GTK_TYPE_SCROLLED_WINDOW);
    GtkWidget *part = scroller != NULL ? scroller : button;
    int bottom = gtk_widget_get_allocated_height (part);

    if (gtk_widget_translate_coordinates (part, self->window, 0, bottom, NULL, &bottom)
        && bottom > self->height)
        add_fault (self, "%s ends at %d of %d", name (button), bottom, self->height);
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
    if (!gtk_widget_get_mapped (widget) || is_folded_away (widget))
        return;
    if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
        look_at_label (data, widget);
    else if (GTK_IS_SCROLLED_WINDOW (widget))
        look_at_scroller (data, widget);
    else if (GTK_IS_BUTTON (widget))
        look_at_button (data, widget);
    if (GTK_IS_CONTAINER (widget))
        gtk_container_forall (GTK_CONTAINER (widget), look_at, data);
}

static void
look_at_window (gpointer window, gpointer data)
{
    Look *self = data;
    gboolean is_fixed = !gtk_window_get_resizable (window);
    int max_width = is_fixed ? MAX_DIALOG_WIDTH : self->setting->width;
    int max_height = is_fixed ? MAX_DIALOG_HEIGHT : MAX_WINDOW_HEIGHT;

    if (!is_fixed)
        gtk_window_resize (window, self->setting->width, MAX_WINDOW_HEIGHT);
    ui_wait_for_frame (window);
    ui_wait_for_frame (window);
    self->window = window;
    gtk_window_get_size (window, &self->width, &self->height);
    if (self->width > max_width || self->height > max_height)
        add_fault (self, "%s is %d×%d", G_OBJECT_TYPE_NAME (window), self->width, self->height);
    look_at (window, self);
}

static void
use_text_size (int percent)
{
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * percent / 100, NULL);
    fake_turn_main_loop ();
}

/* The text is enlarged while the window is there, as in the settings of a desktop. */
static void
check_screen (UiBench *bench, const Screen *screen, gpointer data)
{
    for (guint i = 0; i < G_N_ELEMENTS (settings); i++) {
        Look look = { screen->name, &settings[i], NULL, 0, 0, data };

        use_text_size (settings[i].percent);
        screens_for_each_window (look_at_window, &look);
    }
    use_text_size (100);
}

static void
test_all (void)
{
    g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);

    screens_for_each (check_screen, faults);
    for (guint i = 0; i < faults->len; i++)
        g_test_message ("FAULT %s", (const char *) g_ptr_array_index (faults, i));
    g_assert_cmpuint (faults->len, ==, 0);
}

int
main (int argc, char **argv)
{
    const char *build = g_getenv ("TOUROKU_BUILD_DIR");
    g_autofree char *texts = g_build_filename (build != NULL ? build : "", "po", NULL);

    ui_test_init (&argc, &argv);
    bindtextdomain (GETTEXT_PACKAGE, texts);
    bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
    g_test_add_func ("/ui/text-sizes/all", test_all);
    return g_test_run ();
}
