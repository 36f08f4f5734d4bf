/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-category-page.h"

#include "tou-agency-choice.h"

struct _TouCategoryPage {
    TouPage parent_instance;
    TouAgencyChoice *choice;
};

enum { PROP_AGENCY_CHOICE = 1 };

G_DEFINE_TYPE (TouCategoryPage, tou_category_page, TOU_TYPE_PAGE)

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    TOU_CATEGORY_PAGE (object)->choice = g_value_dup_object (value);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_CATEGORY_PAGE (object)->choice);
    G_OBJECT_CLASS (tou_category_page_parent_class)->dispose (object);
}

static void
tou_category_page_class_init (TouCategoryPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->set_property = set_property;
    G_OBJECT_CLASS (klass)->dispose = dispose;
    g_object_class_install_property (
        G_OBJECT_CLASS (klass), PROP_AGENCY_CHOICE,
        g_param_spec_object ("agency-choice", NULL, NULL, TOU_TYPE_AGENCY_CHOICE,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-category-page.ui");
}

static void
tou_category_page_init (TouCategoryPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
