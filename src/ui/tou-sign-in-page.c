/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-sign-in-page.h"

struct _TouSignInPage {
    TouPage parent_instance;
};

G_DEFINE_TYPE (TouSignInPage, tou_sign_in_page, TOU_TYPE_PAGE)

static void
tou_sign_in_page_class_init (TouSignInPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-sign-in-page.ui");
}

static void
tou_sign_in_page_init (TouSignInPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
