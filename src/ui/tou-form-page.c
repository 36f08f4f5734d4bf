/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-form-page.h"

struct _TouFormPage {
    TouPage parent_instance;
};

G_DEFINE_TYPE (TouFormPage, tou_form_page, TOU_TYPE_PAGE)

static void
tou_form_page_class_init (TouFormPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-form-page.ui");
}

static void
tou_form_page_init (TouFormPage *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
}
