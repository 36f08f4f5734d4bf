/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "touroku-ui"

#include "tou-draft-note.h"

#include "tou-time-text.h"

#include <glib/gi18n-lib.h>

struct _TouDraftNote {
    GtkLabel parent_instance;
    TouRequestFlow *flow;
    gboolean is_on_form;
    gboolean is_from_before; /* nothing was saved since the page was opened */
};

G_DEFINE_FINAL_TYPE (TouDraftNote, tou_draft_note, GTK_TYPE_LABEL)

static char *
describe (TouDraftNote *self, gint64 time_us)
{
    g_autofree char *moment = tou_time_text_moment (time_us);

    if (!self->is_on_form)
        return g_strdup_printf (_ ("What you typed is kept (%s). You can go on with it."), moment);
    if (self->is_from_before)
        return g_strdup_printf (_ ("Goes on with what was kept (%s)."), moment);
    return g_strdup_printf (_ ("What you typed is kept (%s)."), moment);
}

/* A draft that could not be saved is said elsewhere, and loudly. */
static void
show (TouDraftNote *self)
{
    gint64 time_us = tou_request_flow_get_draft_time_us (self->flow);
    gboolean is_kept = time_us != 0 && tou_request_flow_get_draft_error (self->flow) == NULL;
    g_autofree char *text = describe (self, time_us);

    gtk_label_set_text (GTK_LABEL (self), is_kept ? text : "");
    gtk_widget_set_visible (GTK_WIDGET (self), is_kept);
}

static void
on_draft_written (TouDraftNote *self)
{
    self->is_from_before = FALSE;
    show (self);
}

static void
dispose (GObject *object)
{
    g_clear_object (&TOU_DRAFT_NOTE (object)->flow);
    G_OBJECT_CLASS (tou_draft_note_parent_class)->dispose (object);
}

static void
tou_draft_note_class_init (TouDraftNoteClass *klass)
{
    G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
tou_draft_note_init (TouDraftNote *self)
{
    gtk_label_set_xalign (GTK_LABEL (self), 0);
    gtk_label_set_line_wrap (GTK_LABEL (self), TRUE);
    gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (self)), "tou-hint");
}

void
tou_draft_note_follow (TouDraftNote *self, TouRequestFlow *flow, gboolean is_on_form)
{
    g_return_if_fail (TOU_IS_DRAFT_NOTE (self) && self->flow == NULL);
    self->flow = g_object_ref (flow);
    self->is_on_form = is_on_form;
    g_signal_connect_object (flow, "contact-loaded", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (flow, "draft-written", G_CALLBACK (on_draft_written), self, G_CONNECT_SWAPPED);
}

void
tou_draft_note_begin (TouDraftNote *self)
{
    g_return_if_fail (TOU_IS_DRAFT_NOTE (self) && self->flow != NULL);
    self->is_from_before = TRUE;
    show (self);
}
