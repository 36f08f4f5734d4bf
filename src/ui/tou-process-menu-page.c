/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-process-menu-page.h"

struct _TouProcessMenuPage {
    TouPage parent_instance;
};

G_DEFINE_TYPE (TouProcessMenuPage, tou_process_menu_page, TOU_TYPE_PAGE)

static void
tou_process_menu_page_class_init (TouProcessMenuPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-process-menu-page.ui");
}

static void
tou_process_menu_page_init (TouProcessMenuPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
