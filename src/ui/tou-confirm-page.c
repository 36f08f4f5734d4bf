/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-confirm-page.h"

struct _TouConfirmPage {
    TouPage parent_instance;
};

G_DEFINE_TYPE (TouConfirmPage, tou_confirm_page, TOU_TYPE_PAGE)

static void
tou_confirm_page_class_init (TouConfirmPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-confirm-page.ui");
}

static void
tou_confirm_page_init (TouConfirmPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
