/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-check-note.h"

#include "tou-error-help.h"

#include <glib/gi18n-lib.h>

struct _TouCheckNote {
    GtkBox parent_instance;

    TouUnlockStep *step;
    GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (TouCheckNote, tou_check_note, GTK_TYPE_BOX)

static gboolean
is_checking (TouUnlockStep *step)
{
    return tou_unlock_step_get_state (step) == TOU_UNLOCK_STATE_UNLOCKED
           && tou_unlock_step_is_checking (step);
}

/* Returns: (nullable): what the check could not find out */
static const TouErrorEntry *
find_warning (TouUnlockStep *step)
{
    const TouCertificateStatus *check = tou_unlock_step_get_check (step);

    if (is_checking (step) || check == NULL || check->warning == NULL)
        return NULL;
    return tou_error_catalogue_lookup (check->warning);
}

/* Returns: (transfer full) (nullable) */
static char *
describe (TouUnlockStep *step)
{
    const TouErrorEntry *warning = find_warning (step);

    if (is_checking (step))
        return g_strdup (_ ("It is still being checked whether the IC card was revoked. You can go on."));
    return warning != NULL ? g_strdup_printf ("%s\n%s", _ (warning->cause), _ (warning->remedy)) : NULL;
}

static void
show (TouCheckNote *self)
{
    g_autofree char *text = describe (self->step);

    tou_error_help_mark (GTK_WIDGET (self), find_warning (self->step));
    gtk_label_set_text (self->label, text != NULL ? text : "");
    gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_CHECK_NOTE (object)->step);
    G_OBJECT_CLASS (tou_check_note_parent_class)->dispose (object);
}

static void
tou_check_note_class_init (TouCheckNoteClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
tou_check_note_init (TouCheckNote *self)
{
    GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic", GTK_ICON_SIZE_BUTTON);
    GtkWidget *label = gtk_label_new (NULL);

    gtk_box_set_spacing (GTK_BOX (self), 10);
    gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self)), "tou-caution");
    gtk_widget_set_valign (icon, GTK_ALIGN_START);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    gtk_buildable_set_name (GTK_BUILDABLE (label), "check_label");
    gtk_widget_show (icon);
    gtk_widget_show (label);
    gtk_box_pack_start (GTK_BOX (self), icon, FALSE, FALSE, 0);
    gtk_box_pack_start (GTK_BOX (self), label, TRUE, TRUE, 0);
    gtk_widget_set_no_show_all (GTK_WIDGET (self), TRUE);
    self->label = GTK_LABEL (label);
}

GtkWidget *
tou_check_note_new (TouUnlockStep *step)
{
    TouCheckNote *self = g_object_new (TOU_TYPE_CHECK_NOTE, NULL);

    self->step = g_object_ref (step);
    g_signal_connect_object (step, "notify::state", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (step, "checked", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
    show (self);
    return GTK_WIDGET (self);
}
