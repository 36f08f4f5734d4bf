/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-certificate-chooser.h"

#include "tou-card-text.h"
#include "tou-choice-list.h"

struct _TouCertificateChooser {
    GtkBox parent_instance;

    GPtrArray *certificates; /* (nullable) (element-type TouCardCertificate): those shown */

    GtkScrolledWindow *certificate_scroller;
    TouChoiceList *certificate_list;
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TouCertificateChooser, tou_certificate_chooser, GTK_TYPE_BOX)

static void
on_list_changed (TouCertificateChooser *self)
{
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
finalize (GObject *object)
{
    g_clear_pointer (&TOU_CERTIFICATE_CHOOSER (object)->certificates, g_ptr_array_unref);
    G_OBJECT_CLASS (tou_certificate_chooser_parent_class)->finalize (object);
}

static void
tou_certificate_chooser_class_init (TouCertificateChooserClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    G_OBJECT_CLASS (klass)->finalize = finalize;
    g_type_ensure (TOU_TYPE_CHOICE_LIST);
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-certificate-chooser.ui");
    gtk_widget_class_bind_template_child (widget_class, TouCertificateChooser, certificate_scroller);
    gtk_widget_class_bind_template_child (widget_class, TouCertificateChooser, certificate_list);
    gtk_widget_class_bind_template_callback (widget_class, on_list_changed);
    signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 0);
}

static void
tou_certificate_chooser_init (TouCertificateChooser *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_choice_list_set_scroller (self->certificate_list, self->certificate_scroller);
}

void
tou_certificate_chooser_show_step (TouCertificateChooser *self, TouUnlockStep *step)
{
    GPtrArray *certificates = tou_unlock_step_get_certificates (step);
    g_autofree TouChoice *choices = g_new0 (TouChoice, certificates->len);
    g_autoptr (GPtrArray) details = g_ptr_array_new_with_free_func (g_free);
    int first = -1;

    for (guint i = 0; i < certificates->len; i++) {
        const TouCardCertificate *certificate = g_ptr_array_index (certificates, i);
        char *detail = tou_card_text_certificate (certificate);

        g_ptr_array_add (details, detail);
        choices[i].title = certificate->holder != NULL ? certificate->holder : certificate->serial;
        choices[i].detail = detail;
        choices[i].problem = tou_card_text_judge (step, certificate);
        if (choices[i].problem == NULL
            && g_strcmp0 (certificate->sha256, tou_unlock_step_get_preferred (step)) == 0)
            first = (int) i;
    }
    g_clear_pointer (&self->certificates, g_ptr_array_unref);
    self->certificates = g_ptr_array_ref (certificates);
    tou_choice_list_fill (self->certificate_list, choices, certificates->len, first);
}

TouCardCertificate *
tou_certificate_chooser_get_certificate (TouCertificateChooser *self)
{
    int selected = tou_choice_list_get_selected (self->certificate_list);

    return selected >= 0 ? g_ptr_array_index (self->certificates, selected) : NULL;
}

gboolean
tou_certificate_chooser_focus (TouCertificateChooser *self)
{
    return tou_choice_list_focus (self->certificate_list);
}
