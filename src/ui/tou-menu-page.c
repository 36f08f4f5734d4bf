/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-menu-page.h"

struct _TouMenuPage {
    TouPage parent_instance;
};

G_DEFINE_TYPE (TouMenuPage, tou_menu_page, TOU_TYPE_PAGE)

static void
tou_menu_page_class_init (TouMenuPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-menu-page.ui");
}

static void
tou_menu_page_init (TouMenuPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
