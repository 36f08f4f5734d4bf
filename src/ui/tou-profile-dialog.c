/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-profile-dialog.h"

#include "tou-accessible-ids.h"
#include "tou-dialog-room.h"
#include "tou-profile-facts.h"
#include "tou-word-wrap.h"

#include <glib/gi18n-lib.h>

#define SCROLLBAR_GAP 12

struct _TouProfileDialog {
    GtkDialog parent_instance;
    GtkLabel *profile_heading;
    GtkLabel *profile_advice;
    GtkScrolledWindow *profile_scroller;
    GtkButton *profile_take_button;
    GtkButton *profile_keep_button;
};

G_DEFINE_FINAL_TYPE (TouProfileDialog, tou_profile_dialog, GTK_TYPE_DIALOG)

static void
size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
    GTK_WIDGET_CLASS (tou_profile_dialog_parent_class)->size_allocate (widget, allocation);
    tou_dialog_room_keep (GTK_WINDOW (widget), allocation);
}

static void
tou_profile_dialog_class_init (TouProfileDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

    widget_class->size_allocate = size_allocate;
    gtk_widget_class_set_template_from_resource (widget_class,
                                                 "/io/github/touroku/Touroku/ui/tou-profile-dialog.ui");
    gtk_widget_class_bind_template_child (widget_class, TouProfileDialog, profile_heading);
    gtk_widget_class_bind_template_child (widget_class, TouProfileDialog, profile_advice);
    gtk_widget_class_bind_template_child (widget_class, TouProfileDialog, profile_scroller);
    gtk_widget_class_bind_template_child (widget_class, TouProfileDialog, profile_take_button);
    gtk_widget_class_bind_template_child (widget_class, TouProfileDialog, profile_keep_button);
}

static void
tou_profile_dialog_init (TouProfileDialog *self)
{
    gtk_widget_init_template (GTK_WIDGET (self));
    tou_accessible_ids_set (GTK_WIDGET (self));
    g_signal_connect_after (self, "response", G_CALLBACK (gtk_widget_destroy), NULL);
}

/* The number in the file may be the forger's. */
static char *
dup_advice (const TouServiceProfile *known)
{
    const char *phone = tou_service_profile_get_help_desk_phone (known);

    if (phone == NULL)
        return g_strdup (_ ("Compare the address and the fingerprints with what the agency’s help desk says. "
                            "Do not ask whoever sent you the file."));
    /* Translators: a telephone number */
    return g_strdup_printf (
        _ ("Compare the address and the fingerprints with what the help desk says that you know (%s). "
           "Do not ask whoever sent you the file."),
        phone);
}

static void
show_words (TouProfileDialog *self, const TouServiceProfile *known, gboolean replaces)
{
    g_autofree char *advice = dup_advice (known);

    gtk_window_set_title (GTK_WINDOW (self), replaces ? _ ("Replace the Service Profile?")
                                                      : _ ("Another Agency of the Same Name?"));
    gtk_label_set_text (self->profile_heading,
                        replaces
                            ? _ ("The file would replace the service profile of an agency that you have.")
                            : _ ("The file is of another agency, with the name of one that you have."));
    gtk_label_set_text (self->profile_advice, advice);
    gtk_button_set_label (self->profile_take_button, replaces ? _ ("_Replace it") : _ ("_Add it"));
    gtk_button_set_label (self->profile_keep_button,
                          replaces ? _ ("_Keep what I have") : _ ("Do _not add it"));
}

/* As high as its rows, as long as the buttons stay on the screen. */
static void
fit (TouProfileDialog *self, GtkWidget *facts)
{
    int room = tou_dialog_room_get_height (GTK_WINDOW (self))
               - tou_dialog_room_measure_rest (GTK_WINDOW (self), GTK_WIDGET (self->profile_scroller));
    int width, height;

    gtk_widget_get_preferred_width (gtk_bin_get_child (GTK_BIN (self)), NULL, &width);
    gtk_widget_get_preferred_height_for_width (facts, width, NULL, &height);
    gtk_scrolled_window_set_max_content_height (self->profile_scroller, MAX (room, 1));
    gtk_scrolled_window_set_min_content_height (self->profile_scroller, CLAMP (height, 1, MAX (room, 1)));
}

GtkWidget *
tou_profile_dialog_new (GtkWindow *parent, const TouServiceProfile *known, const TouServiceProfile *opened)
{
    TouProfileDialog *self = g_object_new (TOU_TYPE_PROFILE_DIALOG, "transient-for", parent, "use-header-bar",
                                           0, NULL);
    GtkWidget *facts = tou_profile_facts_new (known, opened);

    show_words (self, known,
                g_str_equal (tou_service_profile_get_id (known), tou_service_profile_get_id (opened)));
    gtk_widget_set_margin_end (facts, SCROLLBAR_GAP);
    gtk_container_add (GTK_CONTAINER (self->profile_scroller), facts);
    tou_word_wrap_set (GTK_WIDGET (self->profile_heading));
    tou_word_wrap_set (GTK_WIDGET (self->profile_advice));
    fit (self, facts);
    gtk_widget_grab_focus (GTK_WIDGET (self->profile_keep_button));
    return GTK_WIDGET (self);
}
