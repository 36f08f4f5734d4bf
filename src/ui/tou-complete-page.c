/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-complete-page.h"

struct _TouCompletePage {
    TouPage parent_instance;
};

G_DEFINE_TYPE (TouCompletePage, tou_complete_page, TOU_TYPE_PAGE)

static void
tou_complete_page_class_init (TouCompletePageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-complete-page.ui");
}

static void
tou_complete_page_init (TouCompletePage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
