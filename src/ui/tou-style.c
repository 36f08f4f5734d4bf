/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-style.h"

#define RESOURCES "/io/github/touroku/Touroku/ui/"

/* Relative, without the gamma: it is only compared. */
static double
get_brightness (const GdkRGBA *colour)
{
    return 0.2126 * colour->red + 0.7152 * colour->green + 0.0722 * colour->blue;
}

/* A theme's name does not say it, and the setting for dark themes is for those alone that have both. */
static gboolean
is_theme_dark (GtkStyleContext *style)
{
    GdkRGBA ground;
    GdkRGBA text;

    return gtk_style_context_lookup_color (style, "theme_bg_color", &ground)
           && gtk_style_context_lookup_color (style, "theme_fg_color", &text)
           && get_brightness (&ground) < get_brightness (&text);
}

static void
load_palette (GtkCssProvider *palette)
{
    g_autoptr (GtkStyleContext) style = gtk_style_context_new ();

    gtk_css_provider_load_from_resource (palette, is_theme_dark (style) ? RESOURCES "palette-dark.css"
                                                                        : RESOURCES "palette-light.css");
}

static void
on_theme_changed (GtkSettings *settings, GParamSpec *pspec, gpointer data)
{
    load_palette (data);
}

static void
add_provider (GtkCssProvider *provider)
{
    gtk_style_context_add_provider_for_screen (gdk_screen_get_default (), GTK_STYLE_PROVIDER (provider),
                                               GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* Both providers live as long as the process. */
void
tou_style_use (void)
{
    static GtkCssProvider *palette;
    GtkSettings *settings = gtk_settings_get_default ();
    g_autoptr (GtkCssProvider) rules = NULL;

    if (palette != NULL)
        return;
    palette = gtk_css_provider_new ();
    rules = gtk_css_provider_new ();
    load_palette (palette);
    gtk_css_provider_load_from_resource (rules, RESOURCES "style.css");
    add_provider (palette);
    add_provider (rules);
    g_signal_connect (settings, "notify::gtk-theme-name", G_CALLBACK (on_theme_changed), palette);
    g_signal_connect (settings, "notify::gtk-application-prefer-dark-theme", G_CALLBACK (on_theme_changed),
                      palette);
}
